//! The log as a file: out of the app, and in again after a look at what it would bring.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{Event, HtmlInputElement, Node};

use super::dom::{El, all, el, live, nothing};
use super::link::link;
use super::shapes::{button, field, muted, quiet_button};
use super::words;
use crate::state::{App, ImportPreview, Route, Way};

/// The part of the settings about the log.
pub fn log(app: App) -> El {
    let text = move || {
        let size = words::count(app.event_count() as u32, "entry", "entries");
        format!(
            "Every answer is one entry of the log, kept in this browser: {size}. The file holds \
             all of them; importing adds what is missing here, after a backup."
        )
    };
    el("section")
        .class("settings-group")
        .child(el("h2").text("Your log"))
        .child(el("p").live_text(text))
        .child(exports(app))
        .child(import(app))
        .child(el("p").class("settings-links").children([
            link(app, Route::Storage).text("Storage and backups").into(),
            link(app, Route::Devices).text("Devices").into(),
        ]))
}

fn exports(app: App) -> El {
    let share = match app.can_share() {
        true => all([
            quiet_button("Share log…", move || app.export(Way::Share)).into(),
            quiet_button("Share reviews as CSV…", move || app.share_csv()).into(),
        ]),
        false => nothing(),
    };
    el("div")
        .class("notice-actions")
        .child(button("Export log", move || app.export(Way::File)))
        .child(share)
        .child(quiet_button("Export compressed", move || {
            app.export(Way::Compressed)
        }))
        .child(quiet_button("Export reviews as CSV", move || {
            app.download_csv()
        }))
}

fn import(app: App) -> Node {
    let said = RwSignal::new(None::<Result<String, String>>);
    let choose = move |event: Event| {
        let input: HtmlInputElement = event_target(&event);
        let Some(file) = input.files().and_then(|files| files.get(0)) else {
            return;
        };
        spawn_local(async move {
            said.set(app.preview_file(file).await.err().map(Err));
            // The same file can be chosen again.
            input.set_value("");
        });
    };
    let accept = ".jsonl,.json,.txt,.gz,application/jsonl,application/gzip,text/plain";
    let input = el("input")
        .attr("type", "file")
        .attr("accept", accept)
        .on("change", choose);
    let outcome = move || match said.get() {
        None => nothing(),
        Some(Ok(text)) => el("p").class("notice").text(&text).into(),
        Some(Err(reason)) => {
            let text = format!("Nothing was imported: {reason}.");
            el("p").class("notice notice-bad").text(&text).into()
        }
    };
    all([
        field("Import log", input)
            .class("field settings-import")
            .into(),
        el("div")
            .attr("role", "status")
            .child(live(outcome))
            .child(incoming(app, move |text| said.set(text.map(Ok))))
            .into(),
    ])
}

/// What a file or the codes of another device would bring, and the buttons to take it or not.
/// `say` tells what was done with it.
pub fn incoming(app: App, say: impl Fn(Option<String>) + Copy + 'static) -> Node {
    live(move || match app.incoming() {
        None => nothing(),
        Some(found) => preview(app, &found, say).into(),
    })
}

fn preview(app: App, found: &ImportPreview, say: impl Fn(Option<String>) + Copy + 'static) -> El {
    say(None);
    let take = move || {
        spawn_local(async move {
            say(Some(app.take_import().await));
        });
    };
    let add = match found.new_events + found.contradictions {
        0 => nothing(),
        _ => button("Add to my log", take).into(),
    };
    el("div")
        .class("notice")
        .child(el("p").text(&summary(found)))
        .children(
            remarks(found)
                .into_iter()
                .map(|remark| muted(&remark).into()),
        )
        .child(
            el("div")
                .class("notice-actions")
                .child(add)
                .child(quiet_button("Cancel", move || app.cancel_import())),
        )
}

/// `312 reviews, 40 new; 3 other entries.`
fn summary(found: &ImportPreview) -> String {
    let reviews = words::count(found.reviews as u32, "review", "reviews");
    let mut text = format!("{reviews}, {} new", found.new_reviews);
    let others = (found.events - found.reviews) as u32;
    if others > 0 {
        let entries = words::count(others, "other entry", "other entries");
        text += &format!(
            ", and {entries}, {} new",
            found.new_events - found.new_reviews
        );
    }
    if found.new_events + found.contradictions == 0 {
        text += ". Your log has all of it already";
    }
    text + "."
}

fn remarks(found: &ImportPreview) -> Vec<String> {
    let mut remarks = Vec::new();
    let mut remark = |number: usize, one: &str, many: &str| {
        if number > 0 {
            remarks.push(words::count(number as u32, one, many));
        }
    };
    remark(
        found.cards_unknown,
        "card is not in these notes: its reviews are kept and wait for it.",
        "cards are not in these notes: their reviews are kept and wait for them.",
    );
    remark(
        found.missing as usize,
        "entry that the file should have is not in it: it was cut off or damaged.",
        "entries that the file should have are not in it: it was cut off or damaged.",
    );
    remark(
        found.bad_lines,
        "line cannot be read and is left out.",
        "lines cannot be read and are left out.",
    );
    remark(
        found.contradicting_lines,
        "line contradicts another one of the file and is left out.",
        "lines of the file contradict each other and are left out.",
    );
    remark(
        found.contradictions,
        "entry differs from the one of the same name in your log: the same one of the two counts on all devices.",
        "entries differ from those of the same name in your log: the same one of the two counts on all devices.",
    );
    remark(
        found.from_future,
        "entry is dated in the future, by a clock that was wrong.",
        "entries are dated in the future, by a clock that was wrong.",
    );
    remarks
}
