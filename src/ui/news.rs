//! What changed in the notes: a notice once, and the list of the cards.

use deck::CardId;
use leptos::prelude::*;
use web_sys::Node;

use super::answer::direction;
use super::dom::{El, all, el, live, nothing};
use super::link::{button_link, link};
use super::notices::notice;
use super::shapes::{heading, muted, quiet_button};
use super::words;
use crate::state::{App, CardChange, Changed, Notice, Route, Tally};

/// How many cards are listed before the learner asks for all.
const FIRST_CARDS: usize = 100;

/// The notice: how many cards changed, and the way to the list.
pub fn news(app: App, tally: Tally) -> El {
    let text = format!("The notes have changed: {}.", in_words(&tally));
    let actions = [
        button_link(app, Route::Changes, "See the list").into(),
        quiet_button("Close", move || app.close(Notice::News)).into(),
    ];
    notice("status", &text, actions)
}

/// `3 new cards, 2 reworded, 1 retired`.
fn in_words(tally: &Tally) -> String {
    let mut words = String::new();
    for (name, number) in CardChange::NAMES.iter().zip(tally) {
        match (*number, words.is_empty()) {
            (0, _) => {}
            (1, true) => words = format!("1 {name} card"),
            (number, true) => words = format!("{number} {name} cards"),
            (number, false) => words += &format!(", {number} {name}"),
        }
    }
    words
}

/// The list of the cards that changed. Who opens it knows of them.
pub fn changes(app: App) -> El {
    untrack(move || app.note_news());
    el("section")
        .class("news")
        .child(heading("What changed"))
        .child(live(move || match app.news() {
            changed if changed.is_empty() => nothing_new(app),
            changed => list(app, changed),
        }))
}

fn nothing_new(app: App) -> Node {
    let text = "Nothing has changed in the notes since you looked last.";
    all([
        muted(text).into(),
        button_link(app, Route::Today, "Back to Today").into(),
    ])
}

fn list(app: App, changed: Vec<Changed>) -> Node {
    let total = changed.len();
    let cards = words::count(total as u32, "card", "cards");
    let text = format!("{cards}. What you have learned of them stays.");
    let whole = RwSignal::new(total <= FIRST_CARDS);
    let rows = live(move || {
        let (shown, more) = match whole.get() {
            true => (total, nothing()),
            false => {
                let name = format!("Show all {total} cards");
                let more = quiet_button(&name, move || whole.set(true));
                (FIRST_CARDS, more.into())
            }
        };
        let rows = changed[..shown].iter().map(|card| row(app, card).into());
        all([el("ol").class("cards-list").children(rows).into(), more])
    });
    all([muted(&text).into(), rows])
}

/// The question, the deck, and what happened.
fn row(app: App, card: &Changed) -> El {
    let read = read_direction(app, card.card);
    let question = el("bdi").text(&card.question);
    let question = match app.bundle().find(&card.card) {
        Some(_) => link(app, Route::Card(card.card)).class("cards-link news-question"),
        None => el("span").class("news-question"),
    }
    .attr("dir", read)
    .child(question);
    let before = card.changes.iter().map(|change| match change {
        CardChange::Reworded { before } => el("p")
            .class("muted news-before")
            .text("Before: ")
            .child(el("bdi").text(before))
            .into(),
        _ => nothing(),
    });
    let what = el("p")
        .class("muted news-what")
        .child(el("bdi").text(&card.deck))
        .children(card.changes.iter().map(happened));
    el("li")
        .class("news-row")
        .child(question)
        .children(before)
        .child(what)
}

fn happened(change: &CardChange) -> Node {
    let what = match change {
        CardChange::New => "new",
        CardChange::Reworded { .. } => "reworded",
        CardChange::Edited => "answer edited",
        CardChange::Moved { .. } => "moved from ",
        CardChange::Returned => "back again, with its reviews",
        CardChange::Retired => "retired: its reviews are kept",
    };
    let what = el("span").text(" · ").text(what);
    match change {
        CardChange::Moved { from } => what.child(el("bdi").text(from)).into(),
        _ => what.into(),
    }
}

fn read_direction(app: App, card: CardId) -> &'static str {
    let bundle = app.bundle();
    let found = bundle.find(&card);
    found.map_or("auto", |card| direction(bundle.card(card).direction()))
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn the_cards_that_changed_are_counted_in_words() {
        assert_eq!(
            in_words(&[3, 2, 0, 0, 0, 1]),
            "3 new cards, 2 reworded, 1 retired"
        );
        assert_eq!(in_words(&[0, 0, 1, 0, 0, 0]), "1 edited card");
        assert_eq!(in_words(&[0, 0, 0, 2, 1, 0]), "2 moved cards, 1 returned");
    }
}
