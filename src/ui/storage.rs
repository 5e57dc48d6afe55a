//! Storage and backups: where the log is, and whether it is whole.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Node;

use super::backups::backups;
use super::dom::{El, all, el, live, when};
use super::link::link;
use super::shapes::{button, facts_list, group, heading, muted, quiet_button};
use super::words;
use crate::state::{App, Health, Integrity, Route, Space};

/// What is said of a question that the browser has not answered yet.
const NO_ANSWER: &str = "no answer yet";

/// The page about storage.
pub fn storage(app: App) -> El {
    let health = app.health();
    // All of it at once, so that nothing moves under a finger.
    let is_ready = Memo::new(move |_| health.is_ready());
    el("section")
        .class("settings")
        .child(link(app, Route::Settings).class("back").text("Settings"))
        .child(heading("Storage and backups"))
        .child(when(
            move || is_ready.get(),
            move || all(groups(app, health)),
        ))
}

fn groups(app: App, health: Health) -> [Node; 4] {
    let kept = group("Where your log is")
        .child(el("p").text(
            "Every answer is written twice: into the browser's quick storage before the next \
             card appears, and into its database, which tells when it is on the disk. If one of \
             them fails, the other one restores it.",
        ))
        .child(live(move || places(app, health).into()));
    [
        kept.into(),
        integrity(app).into(),
        damaged(app),
        backups(app, health).into(),
    ]
}

fn places(app: App, health: Health) -> El {
    let exported = match app.exported() {
        Some(exported) => app.date_of(exported.utc_ms),
        None => "never".to_owned(),
    };
    let entries = words::count(app.event_count() as u32, "entry", "entries");
    let space = health.space();
    let said = |row: fn(Option<Space>) -> String| space.map_or_else(|| NO_ANSWER.to_owned(), row);
    facts_list([
        ("Log", entries),
        ("Quick storage", store_row(app)),
        ("Database", database_row(app)),
        ("This site", said(site_row)),
        ("Kept when the disk is full", said(persistence_row)),
        ("Last export", exported),
        ("Last backup", backup_row(health)),
    ])
}

fn store_row(app: App) -> String {
    match app.store_units() {
        Some(units) => format!("{} of 5.2 MB in use", megabytes(units as f64)),
        None => "cannot be read".to_owned(),
    }
}

fn site_row(space: Option<Space>) -> String {
    match space.filter(|space| space.quota_bytes > 0.0) {
        Some(space) => {
            let (used, quota) = (megabytes(space.used_bytes), megabytes(space.quota_bytes));
            format!("{used} of {quota} that the browser gives it")
        }
        None => "this browser does not say".to_owned(),
    }
}

fn persistence_row(space: Option<Space>) -> String {
    match space.and_then(|space| space.persisted) {
        Some(true) => "yes, the browser has promised",
        Some(false) => "not promised: export now and then",
        None => "this browser does not say",
    }
    .to_owned()
}

fn backup_row(health: Health) -> String {
    match health.backups().as_ref().map(Result::as_deref) {
        Some(Ok([newest, ..])) => newest.when.clone(),
        Some(Ok([])) => "none yet".to_owned(),
        Some(Err(_)) => "cannot be listed".to_owned(),
        None => NO_ANSWER.to_owned(),
    }
}

fn database_row(app: App) -> String {
    let works = match app.saving().trouble {
        Some(_) => "does not work",
        None => "works",
    };
    match app.only_in_archive() {
        0 => works.to_owned(),
        old => {
            let entries = words::count(old as u32, "old entry is", "old entries are");
            format!("{works}; {entries} kept there only, to leave room")
        }
    }
}

fn integrity(app: App) -> El {
    let result = RwSignal::new_local(None::<Integrity>);
    let check = move || {
        spawn_local(async move { result.set(Some(app.check_stores().await)) });
    };
    let text = move || result.with(|found| found.as_ref().map(verdict).unwrap_or_default());
    group("Check")
        .child(muted(
            "Reads every line in both places, compares them, and repairs what differs.",
        ))
        .child(button("Check now", check).class("button button-start"))
        .child(el("p").attr("role", "status").live_text(text))
}

fn verdict(found: &Integrity) -> String {
    let count = |number: usize| words::count(number as u32, "entry", "entries");
    let trouble = found
        .archive
        .trouble
        .as_ref()
        .or(found.store.trouble.as_ref());
    if let Some(trouble) = trouble {
        return format!("Checked: one of the two places could not be read. {trouble}.");
    }
    let mut text = format!(
        "Checked: {} in quick storage, {} in the database, which takes {}.",
        count(found.store.entries),
        count(found.archive.entries),
        megabytes(found.archive.size as f64),
    );
    let mut problem = |number: usize, what: &str| {
        if number > 0 {
            text += &format!(" {what}: {number}.");
        }
        number
    };
    let damaged = found.store.damaged.len() + found.archive.damaged.len();
    let unreadable = found.store.unreadable.len() + found.archive.unreadable.len();
    let problems = problem(damaged, "Damaged lines, left where they are and set aside")
        + problem(unreadable, "Values that the browser does not give out")
        + problem(
            found.contradictions,
            "Entries that contradict another of the same name",
        )
        + problem(
            found.only_in_store,
            "Entries that the database lacked and is given now",
        );
    if problems == 0 {
        text += " No problem found.";
    }
    text
}

fn damaged(app: App) -> Node {
    let lines = Memo::new(move |_| app.damaged_lines());
    when(
        move || lines.get() > 0,
        move || {
            let lines = words::count(lines.get() as u32, "line", "lines");
            let text = format!(
                "{lines} could not be read and were set aside as found. A whole copy, where there is one, \
                 is in use."
            );
            let download = quiet_button("Download damaged lines", move || app.download_damaged());
            group("Damaged lines")
                .child(el("p").text(&text))
                .child(download)
                .into()
        },
    )
}

fn megabytes(bytes: f64) -> String {
    let tenths = (bytes / 100_000.0) as u64;
    match tenths {
        0 => "less than 0.1 MB".to_owned(),
        10_000.. => format!("{} GB", tenths / 10_000),
        _ => format!("{}.{} MB", tenths / 10, tenths % 10),
    }
}
