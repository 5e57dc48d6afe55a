//! Storage and backups: where the log is, whether it is whole, and how to get an earlier one back.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Node;

use super::dom::{El, all, el, live, nothing, when};
use super::link::link;
use super::shapes::{button, facts_list, heading, muted, quiet_button};
use super::words;
use crate::state::{App, Backup, Chosen, Health, Integrity, Later, Reason, Route};

/// The page about storage.
pub fn storage(app: App) -> El {
    let health = RwSignal::new(None::<Health>);
    let look = move || spawn_local(async move { health.set(Some(app.health().await)) });
    look();
    // All of it at once, so that nothing moves under a finger.
    let is_known = Memo::new(move |_| health.with(Option::is_some));
    el("section")
        .class("settings")
        .child(link(app, Route::Settings).class("back").text("Settings"))
        .child(heading("Storage and backups"))
        .child(when(
            move || is_known.get(),
            move || all(groups(app, health, look)),
        ))
}

fn groups(
    app: App,
    health: RwSignal<Option<Health>>,
    look: impl Fn() + Copy + 'static,
) -> [Node; 4] {
    let facts = move || {
        health.with(|health| {
            health
                .as_ref()
                .map_or_else(nothing, |health| places(app, health))
        })
    };
    let list = move || {
        health
            .get()
            .map_or_else(nothing, |health| backups(app, health.backups, look))
    };
    let kept = group("Where your log is")
        .child(el("p").text(
            "Every answer is written twice: into the browser's quick storage before the next \
             card appears, and into its database, which tells when it is on the disk. If one of \
             them fails, the other one restores it.",
        ))
        .child(live(facts));
    let copies = group("Backups")
        .child(el("p").text(
            "Quire keeps copies of the log inside this browser: all of the last two days, then \
             daily, weekly and monthly ones, and one before each import and restore. They do not \
             outlive the browser's data: an exported file does.",
        ))
        .child(live(list));
    [
        kept.into(),
        integrity(app).into(),
        damaged(app),
        copies.into(),
    ]
}

fn group(name: &str) -> El {
    el("section")
        .class("settings-group")
        .child(el("h2").text(name))
}

fn places(app: App, health: &Health) -> Node {
    let exported = match app.exported() {
        Some(exported) => app.date_of(exported.utc_ms),
        None => "never".to_owned(),
    };
    let entries = words::count(app.event_count() as u32, "entry", "entries");
    facts_list([
        ("Log", entries),
        ("Quick storage", store_row(health)),
        ("Database", database_row(app)),
        ("This site", site_row(health)),
        ("Kept when the disk is full", persistence_row(health)),
        ("Last export", exported),
        ("Last backup", backup_row(health)),
    ])
    .into()
}

fn store_row(health: &Health) -> String {
    match health.store_units {
        Some(units) => format!("{} of 5.2 MB in use", megabytes(units as f64)),
        None => "cannot be read".to_owned(),
    }
}

fn site_row(health: &Health) -> String {
    match health.space.filter(|space| space.quota_bytes > 0.0) {
        Some(space) => {
            let (used, quota) = (megabytes(space.used_bytes), megabytes(space.quota_bytes));
            format!("{used} of {quota} that the browser gives it")
        }
        None => "this browser does not say".to_owned(),
    }
}

fn persistence_row(health: &Health) -> String {
    match health.space.and_then(|space| space.persisted) {
        Some(true) => "yes, the browser has promised",
        Some(false) => "not promised: export now and then",
        None => "this browser does not say",
    }
    .to_owned()
}

fn backup_row(health: &Health) -> String {
    match health.backups.as_deref() {
        Ok([newest, ..]) => newest.when.clone(),
        Ok([]) => "none yet".to_owned(),
        Err(_) => "cannot be listed".to_owned(),
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

fn backups(app: App, found: Result<Vec<Backup>, String>, look: impl Fn() + Copy + 'static) -> Node {
    let back_up = move || {
        spawn_local(async move {
            app.back_up_by_hand().await;
            look();
        });
    };
    let now = quiet_button("Back up now", back_up).class("button button-quiet button-start");
    let chosen = RwSignal::new_local(None::<Result<(Backup, Chosen), String>>);
    let preview = move || match chosen.get() {
        None => nothing(),
        Some(Err(error)) => el("p").class("notice notice-bad").text(&error).into(),
        Some(Ok((backup, found))) => restoring(app, &backup, &found, move || {
            chosen.set(None);
            look();
        })
        .into(),
    };
    let list = match found {
        Err(error) => muted(&format!("They cannot be listed: {error}.")).into(),
        Ok(backups) if backups.is_empty() => muted("There is none yet.").into(),
        Ok(backups) => {
            let choose = move |backup: Backup| {
                spawn_local(async move {
                    let found = app.choose_backup(&backup.name).await;
                    chosen.set(Some(found.map(|found| (backup, found))));
                });
            };
            let rows = backups.into_iter().map(|backup| row(backup, choose).into());
            Node::from(el("ul").class("rows").children(rows))
        }
    };
    all([
        now.into(),
        el("div").attr("role", "status").child(live(preview)).into(),
        list,
    ])
}

fn row(backup: Backup, choose: impl Fn(Backup) + 'static) -> El {
    let entries = words::count(backup.events, "entry", "entries");
    let text = el("div")
        .class("rows-text")
        .child(el("span").text(&backup.when))
        .child(
            el("span")
                .class("muted")
                .text(&format!("{entries} · {}", reason(backup.reason))),
        );
    let name = format!(
        "Restore the backup of {}, {entries}, {}",
        backup.when,
        reason(backup.reason)
    );
    let restore = quiet_button("Restore…", move || choose(backup.clone()));
    el("li")
        .class("rows-row")
        .child(text)
        .child(restore.attr("aria-label", &name))
}

fn restoring(app: App, backup: &Backup, chosen: &Chosen, done: impl Fn() + Copy + 'static) -> El {
    let count = |number: usize| words::count(number as u32, "entry", "entries");
    let (back, later) = (chosen.preview.comes_back, chosen.preview.later);
    let mut text = format!("The backup of {} ({}) ", backup.when, reason(backup.reason));
    text += &match back {
        0 => "has nothing that your log lacks".to_owned(),
        _ => format!("has {} that your log lacks", count(back)),
    };
    if later > 0 {
        text += &format!("; your log has {} that came later", count(later));
    }
    text.push('.');
    let restore = move |chosen: Chosen, later: Later| {
        spawn_local(async move {
            app.restore(chosen, later).await;
            done();
        });
    };
    let mut actions: Vec<Node> = Vec::new();
    if back > 0 {
        let chosen = chosen.clone();
        let bring = move || restore(chosen.clone(), Later::Keep);
        actions.push(button("Bring back what is missing", bring).into());
    }
    if later > 0 {
        let chosen = chosen.clone();
        let rewind = move || restore(chosen.clone(), Later::TakeBack);
        actions.push(quiet_button("Go back to this backup", rewind).into());
    }
    actions.push(quiet_button("Cancel", done).into());
    let note = match (back, later) {
        (0, 0) => "It is what your log is now: there is nothing to restore.",
        (_, 0) => "",
        _ => "Going back takes the later entries back as Undo does: they stay in the log.",
    };
    el("div")
        .class("notice")
        .child(el("p").text(&text))
        .child(muted(note))
        .child(el("div").class("notice-actions").children(actions))
}

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Daily => "daily",
        Reason::Import => "before an import",
        Reason::Merge => "before a merge",
        Reason::Restore => "before a restore",
        Reason::Migration => "before an update of the format",
        Reason::Hand => "by hand",
    }
}

fn megabytes(bytes: f64) -> String {
    let tenths = (bytes / 100_000.0) as u64;
    match tenths {
        0 => "less than 0.1 MB".to_owned(),
        10_000.. => format!("{} GB", tenths / 10_000),
        _ => format!("{}.{} MB", tenths / 10, tenths % 10),
    }
}
