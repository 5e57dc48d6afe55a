//! What the learner must know on any screen: whether answers are safe, what was set aside or
//! restored, an odd clock, a new version.

use leptos::prelude::*;
use web_sys::Node;

use super::dom::{El, el, live, nothing, when};
use super::link::link;
use super::news::news;
use super::shapes::{button, quiet_button};
use super::words;
use crate::state::{App, ClockTrouble, DAY_MS, Notice, Restored, Route, Side, Standing, Trouble};

/// All notices, above the screen.
pub fn notices(app: App) -> El {
    // Each is built anew only when what it says changes: a button in it keeps the focus.
    let standing = Memo::new(move |_| app.standing());
    let aside = Memo::new(move |_| app.set_aside_lines());
    let restored = Memo::new(move |_| app.restored());
    let clock = Memo::new(move |_| app.clock_trouble());
    let read_only = Memo::new(move |_| app.read_only().is_some());
    let unread = Memo::new(move |_| app.unread_news());
    let late = Memo::new(move |_| app.archive_is_late());
    el("div")
        .class("notices")
        .child(when(move || read_only.get(), move || newer(app).into()))
        .child(when(move || late.get(), move || still_reading().into()))
        .child(live(move || standing_notice(app, standing.get())))
        .child(live(move || {
            some(aside.get(), |lines| set_aside(app, lines))
        }))
        .child(live(move || {
            some(restored.get(), |found| came_back(app, found))
        }))
        .child(live(move || {
            some(clock.get(), |trouble| odd_clock(app, trouble))
        }))
        .child(live(move || some(unread.get(), |tally| news(app, tally))))
        .child(when(
            move || app.update_is_ready(),
            move || update_ready(app).into(),
        ))
}

fn some<T>(found: Option<T>, notice: impl Fn(T) -> El) -> Node {
    found.map_or_else(nothing, |found| notice(found).into())
}

fn standing_notice(app: App, standing: Standing) -> Node {
    match standing {
        Standing::Safe => nothing(),
        Standing::Unsaved(why) => unsaved(app, why).into(),
        Standing::OneOfTwo(side) => when(
            move || !app.one_of_two_is_hidden(),
            move || one_of_two(app, side).into(),
        ),
    }
}

fn unsaved(app: App, trouble: Trouble) -> El {
    let text = match trouble {
        Trouble::Blocked => {
            "This browser blocks storage for this site. You can study, but your answers \
             live only as long as this page: download them before you leave."
        }
        Trouble::Full => {
            "The browser's storage for this site is full. Your new answers are kept in \
             this page only: download them, then free some space."
        }
        Trouble::Failing => {
            "The browser could not save your last answers. They are kept in this page \
             and tried again and again: download them to be safe."
        }
    };
    let waiting = move || match app.unsaved_events() {
        0 => String::new(),
        1 => " 1 entry is not saved yet.".to_owned(),
        number => format!(" {number} entries are not saved yet."),
    };
    el("div")
        .class("notice notice-bad")
        .attr("role", "alert")
        .child(el("p").text(text).live_text(waiting))
        .child(button("Download log", move || app.download_log()))
}

fn one_of_two(app: App, side: Side) -> El {
    if side == Side::Archive {
        return archive_down(app);
    }
    let text = "Quire keeps your answers in one of its two places only: the database works, the \
                browser's quick storage does not. It tries again by itself. An export now and \
                then is wise.";
    let actions = [
        button("Download log", move || app.download_log()).into(),
        link(app, Route::Storage)
            .class("button button-quiet")
            .text("Details")
            .into(),
        quiet_button("Close", move || app.close(Notice::OneOfTwo)).into(),
    ];
    notice("status", text, actions)
}

/// Only the database promises anything: a full disk and a killed browser lose the quick storage.
fn archive_down(app: App) -> El {
    let text = "Quire keeps your answers in one of its two places only, and that one cannot \
                promise to keep them: the browser's database does not work. It tries again by \
                itself.";
    let waiting = move || match app.saving().pending {
        0 => String::new(),
        1 => " 1 answer waits for it: download your log to be safe.".to_owned(),
        number => format!(" {number} answers wait for it: download your log to be safe."),
    };
    let actions = el("div")
        .class("notice-actions")
        .child(button("Download log", move || app.download_log()))
        .child(
            link(app, Route::Storage)
                .class("button button-quiet")
                .text("Details"),
        )
        .child(quiet_button("Close", move || app.close(Notice::OneOfTwo)));
    el("div")
        .class("notice notice-bad")
        .attr("role", "alert")
        .child(el("p").text(text).live_text(waiting))
        .child(actions)
}

fn set_aside(app: App, lines: usize) -> El {
    let lines = match lines {
        1 => "1 stored line",
        _ => "Some stored lines",
    };
    let text = format!(
        "{lines} of your log could not be read. Nothing was deleted: what was there is set \
         aside and part of the download; everything else is in use."
    );
    let actions = [
        button("Download log", move || app.download_log()).into(),
        quiet_button("Close", move || app.close(Notice::Damage)).into(),
    ];
    notice("alert", &text, actions)
}

fn came_back(app: App, restored: Restored) -> El {
    let mut text = String::new();
    if restored.from_archive > 0 {
        let entries = words::count(restored.from_archive as u32, "entry", "entries");
        text +=
            &format!("{entries} of your log, lost here, came back: restored from the database. ");
    }
    if restored.from_store > 0 {
        let entries = words::count(restored.from_store as u32, "entry", "entries");
        text += &format!(
            "{entries} that the database lacked came back: restored from the quick storage. "
        );
    }
    text += "Nothing is missing now. An export keeps your progress safe from this browser.";
    let actions = [
        button("Download log", move || app.download_log()).into(),
        quiet_button("Close", move || app.close(Notice::Restored)).into(),
    ];
    notice("status", &text, actions)
}

fn odd_clock(app: App, trouble: ClockTrouble) -> El {
    let days = |ms: i64| (ms / DAY_MS) as u32;
    let text = match trouble {
        ClockTrouble::Back { by_ms } if days(by_ms) == 0 => {
            let minutes = words::minutes((by_ms / 60_000) as u32);
            format!("The clock of this device is {minutes} behind your last answer.")
        }
        ClockTrouble::Back { by_ms } => {
            let days = words::days(days(by_ms));
            format!("The clock of this device is {days} behind your last answer.")
        }
        ClockTrouble::Ahead { by_ms } => {
            let days = words::days(days(by_ms));
            format!("The clock of this device is {days} ahead of your last answer.")
        }
        ClockTrouble::Future { events } => {
            let entries = words::count(events as u32, "entry", "entries");
            format!("By the clock of this device, the log has {entries} more than a day ahead.")
        }
    };
    let text = format!(
        "{text} If the clock is wrong, set it right: due dates follow it. You can go on \
         studying; nothing is lost or reordered."
    );
    let close = quiet_button("Close", move || app.close(Notice::Clock)).into();
    notice("status", &text, [close])
}

fn still_reading() -> El {
    let text = "The browser's database has not answered yet. What your log has there is shown as \
                soon as it does; you can study meanwhile.";
    notice("status", text, [])
}

fn newer(app: App) -> El {
    let text = "Your log was written by a newer version of Quire than this one. It is shown and \
                can be exported, but nothing is written to it: update the app to study.";
    let actions = [button("Download log", move || app.download_log()).into()];
    notice("alert", text, actions)
}

/// A notice with what can be done about it.
pub(super) fn notice(role: &str, text: &str, actions: impl IntoIterator<Item = Node>) -> El {
    el("div")
        .class("notice")
        .attr("role", role)
        .child(el("p").text(text))
        .child(el("div").class("notice-actions").children(actions))
}

fn update_ready(app: App) -> El {
    let text = "A new version of your cards is ready. Your progress stays.";
    let actions = [
        button("Update now", move || app.accept_update()).into(),
        quiet_button("Later", move || app.postpone_update()).into(),
    ];
    notice("status", text, actions)
}
