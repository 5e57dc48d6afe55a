//! The backups: a new one, the list of them, and the way back to an earlier log.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Node;

use super::dom::{El, el, live, nothing};
use super::shapes::{button, group, muted, quiet_button};
use super::words;
use crate::state::{App, Backup, Chosen, Health, Later, Listing, Reason};

/// What is shown of the backup that was chosen, or why it cannot be read.
type Choice = RwSignal<Option<Result<(Backup, Chosen), String>>, LocalStorage>;

/// The part of the page about storage with the backups.
pub fn backups(app: App, health: Health) -> El {
    let back_up = move || {
        spawn_local(async move {
            app.back_up_by_hand().await;
            health.look();
        });
    };
    let now = quiet_button("Back up now", back_up).class("button button-quiet button-start");
    let choice: Choice = RwSignal::new_local(None);
    let preview = move || match choice.get() {
        None => nothing(),
        Some(Err(error)) => el("p").class("notice notice-bad").text(&error).into(),
        Some(Ok((backup, found))) => restoring(app, &backup, &found, move || {
            choice.set(None);
            health.look();
        })
        .into(),
    };
    // The list alone is built anew when another backup is there: not the button that made it, nor
    // what is shown of one that was chosen.
    group("Backups")
        .child(el("p").text(
            "Quire keeps copies of the log inside this browser: all of the last two days, then \
             daily, weekly and monthly ones, and one before each import and restore. They do not \
             outlive the browser's data: an exported file does.",
        ))
        .child(now)
        .child(el("div").attr("role", "status").child(live(preview)))
        .child(live(move || list(app, health.backups(), choice)))
}

fn list(app: App, found: Option<Listing>, choice: Choice) -> Node {
    let backups = match found {
        None => return muted("The browser's database has not answered yet.").into(),
        Some(Err(error)) => return muted(&format!("They cannot be listed: {error}.")).into(),
        Some(Ok(backups)) if backups.is_empty() => return muted("There is none yet.").into(),
        Some(Ok(backups)) => backups,
    };
    let choose = move |backup: Backup| {
        spawn_local(async move {
            let found = app.choose_backup(&backup.name).await;
            choice.set(Some(found.map(|found| (backup, found))));
        });
    };
    let rows = backups.into_iter().map(|backup| row(backup, choose).into());
    el("ul").class("rows").children(rows).into()
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
