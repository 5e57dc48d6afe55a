//! What the learner must know on any screen: storage trouble, lines set aside,
//! a new version.

use super::dom::{El, el, live, nothing, when};
use super::shapes::{button, quiet_button};
use crate::state::{App, Trouble};

/// All notices, above the screen.
pub fn notices(app: App) -> El {
    el("div")
        .class("notices")
        .child(live(move || {
            app.trouble()
                .map_or_else(nothing, |t| trouble(app, t).into())
        }))
        .child(live(move || {
            app.set_aside_lines()
                .map_or_else(nothing, |n| aside(app, n).into())
        }))
        .child(when(
            move || app.update_is_ready(),
            move || update_ready(app).into(),
        ))
}

fn trouble(app: App, trouble: Trouble) -> El {
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
             and tried again at the next answer: download them to be safe."
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

fn aside(app: App, lines: usize) -> El {
    let lines = if lines == 1 {
        "1 stored line"
    } else {
        "Some stored lines"
    };
    let text = format!(
        "{lines} of your log could not be read. Nothing was deleted: what was there is set \
         aside and part of the download; everything else is in use."
    );
    let actions = el("div")
        .class("notice-actions")
        .child(button("Download log", move || app.download_log()))
        .child(quiet_button("Close", move || app.dismiss_set_aside()));
    el("div")
        .class("notice")
        .attr("role", "alert")
        .child(el("p").text(&text))
        .child(actions)
}

fn update_ready(app: App) -> El {
    let text = "A new version of your cards is ready. Your progress stays.";
    let actions = el("div")
        .class("notice-actions")
        .child(button("Update now", move || app.accept_update()))
        .child(quiet_button("Later", move || app.postpone_update()));
    el("div")
        .class("notice")
        .attr("role", "status")
        .child(el("p").text(text))
        .child(actions)
}
