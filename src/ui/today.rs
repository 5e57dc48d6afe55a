//! Today: what is due, by deck, and one button to start.

use deck::DeckEntry;
use leptos::prelude::*;
use web_sys::Node;

use super::dom::{El, el, live, nothing, text, when};
use super::shapes::{big_button, button, facts, field, heading, muted, quiet_button, select};
use super::words;
use crate::state::{App, Counts, Length, Notice, Route};

/// The first screen.
pub fn today(app: App) -> El {
    el("section")
        .class("today")
        .child(heading("Today"))
        .child(live(move || due(app).into()))
        .child(reminder(app))
        .child(when(
            move || app.is_first_run(),
            move || welcome(app).into(),
        ))
        .child(decks(app))
}

fn welcome(app: App) -> El {
    let grades = el("p")
        .text("Read a question, say the answer to yourself, then grade how it went: ")
        .children(grade("Again", " if you did not know it, "))
        .children(grade("Hard", " if it took a struggle, "))
        .children(grade("Good", " if it came, "))
        .children(grade(
            "Easy",
            " if it cost nothing; the better the grade, the later the card returns.",
        ));
    let place = "Your progress lives in this browser on this device, with no account and no \
                 server, so export it in Settings now and then.";
    let notes = el("p")
        .text("To study your own notes, put Markdown files into the ")
        .child(el("code").text("content"))
        .text(" folder (each ")
        .child(el("code").text("## heading"))
        .text(" becomes a card) and run ")
        .child(el("code").text("cargo xtask serve"))
        .text(".");
    el("section")
        .class("welcome")
        .attr("aria-label", "Welcome to Quire")
        .child(el("h2").text("Welcome to Quire"))
        .child(grades)
        .child(el("p").text(place))
        .child(notes)
        .child(button("Got it", move || app.dismiss_welcome()))
}

/// A calm word that an export is due, or, on an iPhone, that installing begins with nothing.
fn reminder(app: App) -> Node {
    let due = Memo::new(move |_| app.export_reminder());
    live(move || {
        let Some(due) = due.get() else {
            return nothing();
        };
        let reviews = words::count(due.reviews as u32, "review is", "reviews are");
        let mut text = format!(
            "{reviews} in this browser only. A file keeps them safe from a lost phone or cleared \
             browser data."
        );
        if app.installs_empty() {
            text += " If you add Quire to the home screen, export first: the installed app \
                     starts empty, and takes your progress from the file.";
        }
        let actions = el("div")
            .class("notice-actions")
            .child(button("Export log", move || app.download_log()))
            .child(quiet_button("Not now", move || app.close(Notice::Reminder)));
        el("section")
            .class("notice")
            .attr("aria-label", "Export")
            .child(el("p").text(&text))
            .child(actions)
            .into()
    })
}

fn grade(name: &str, meaning: &str) -> [Node; 2] {
    [el("b").text(name).into(), text(meaning)]
}

fn due(app: App) -> El {
    let counts = app.counts();
    match app.session_left() {
        Some(left) => going_on(app, left),
        None if counts.total() == 0 => nothing_due(app),
        None => start(app, counts),
    }
}

fn start(app: App, counts: Counts) -> El {
    let cards = if counts.total() == 1 { "card" } else { "cards" };
    let unit = format!("{cards} · about {}", words::minutes(counts.minutes));
    let kinds = [
        ("To review", counts.due),
        ("Learning", counts.learning),
        ("New", counts.new),
    ];
    let ways = el("div").class("due-start");
    // Of a log of a later version the notice says all there is to say.
    let start = match app.read_only() {
        Some(_) => ways,
        None => ways
            .child(session_length(app))
            .child(big_button("Start studying", move || {
                app.start_session(None)
            })),
    };
    el("section")
        .class("due")
        .attr("aria-label", "Due today")
        .child(total(counts.total(), &unit))
        .child(facts(
            kinds.map(|(name, number)| (name, number.to_string())),
        ))
        .child(start)
}

fn total(number: u32, unit: &str) -> El {
    el("p")
        .class("due-total")
        .child(el("span").class("due-number").text(&number.to_string()))
        .text(" ")
        .child(el("span").class("due-unit").text(unit))
}

fn session_length(app: App) -> El {
    let choices = [
        ("5", "5 minutes"),
        ("10", "10 minutes"),
        ("20", "20 minutes"),
        ("40", "40 minutes"),
        ("all", "All that is due"),
    ];
    let chosen = match app.session_length() {
        Length::Minutes(minutes) => minutes.to_string(),
        Length::AllDue => "all".to_owned(),
    };
    let choose = move |event| {
        let value = event_target_value(&event);
        app.choose_length(value.parse().map_or(Length::AllDue, Length::Minutes));
    };
    field(
        "Session length",
        select(&choices, &chosen).on("change", choose),
    )
}

fn going_on(app: App, left: u32) -> El {
    let unit = if left == 1 { "answer" } else { "answers" };
    let actions = el("div")
        .class("due-start")
        .child(big_button("Continue session", move || app.go(Route::Study)))
        .child(quiet_button("End it", move || app.end_session()));
    el("section")
        .class("due")
        .attr("aria-label", "Session in progress")
        .child(total(left, &format!("{unit} left in your session")))
        .child(actions)
}

fn nothing_due(app: App) -> El {
    let when = match app.next_due_in_days() {
        Some((days_ahead, number)) => {
            let cards = words::count(number, "card comes", "cards come");
            format!("{cards} {}.", words::from_today(days_ahead))
        }
        None => "There are no cards yet: add notes and build again.".to_owned(),
    };
    el("section")
        .class("due")
        .attr("aria-label", "Due today")
        .child(el("p").class("due-done").text("Nothing is due. Well done."))
        .child(muted(&when))
}

fn decks(app: App) -> El {
    let rows = app.bundle().decks().map(|deck| deck_row(app, deck).into());
    el("section")
        .class("decks")
        .attr("aria-label", "Decks")
        .child(el("h2").text("Decks"))
        .child(el("ul").class("decks-list").children(rows))
}

fn deck_row(app: App, deck: DeckEntry<'static>) -> El {
    let index = deck.index();
    let counts = Memo::new(move |_| app.deck_counts(index));
    let cards = words::count(deck.cards().len() as u32, "card", "cards");
    let summary = move || {
        let counts = counts.get();
        match counts.total() {
            0 => format!("{cards} · nothing due"),
            _ => format!(
                "{cards} · {} to review · {} new",
                counts.due + counts.learning,
                counts.new
            ),
        }
    };
    let title = deck.title();
    let name = format!("Study {title}");
    let study = move || {
        let button = quiet_button("Study", move || app.start_session(Some(index)));
        button.attr("aria-label", &name).into()
    };
    let text = el("div")
        .class("deck-row-text")
        .child(
            el("span")
                .class("deck-row-title")
                .attr("dir", "auto")
                .text(title),
        )
        .child(el("span").class("muted").live_text(summary));
    el("li").class("deck-row").child(text).child(when(
        move || counts.get().total() > 0 && app.read_only().is_none(),
        study,
    ))
}
