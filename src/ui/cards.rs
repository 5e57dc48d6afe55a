//! Cards: all of them, deck by deck.

use deck::{CardIndex, DeckEntry};
use leptos::prelude::*;
use web_sys::Node;

use super::answer::{intro, question_line};
use super::dom::{El, all, el, live, nothing};
use super::link::link;
use super::shapes::{heading, muted, quiet_button};
use super::words;
use crate::state::{App, Route};

/// How many cards of a deck are listed before the learner asks for all.
const FIRST_CARDS: u32 = 100;

/// The list of all cards.
pub fn cards(app: App) -> El {
    let bundle = app.bundle();
    el("section")
        .class("cards")
        .child(heading("Cards"))
        .child(muted(&words::count(bundle.card_count(), "card", "cards")))
        .children(bundle.decks().map(|deck| deck_of_cards(app, deck).into()))
}

fn deck_of_cards(app: App, deck: DeckEntry<'static>) -> El {
    let tags = deck.tags().flat_map(|tag| {
        [
            el("span").class("tag").text(tag).into(),
            super::dom::text(" "),
        ]
    });
    let intro = match deck.intro_html() {
        "" => nothing(),
        html => intro(html).into(),
    };
    el("section")
        .class("cards-deck")
        .child(el("h2").attr("dir", "auto").text(deck.title()))
        .child(el("p").class("cards-tags").children(tags))
        .child(intro)
        .child(list(app, deck))
}

/// The list of a deck, cut short where it is long, with a button for the rest.
fn list(app: App, deck: DeckEntry<'static>) -> Node {
    let total = deck.cards().len() as u32;
    let whole = RwSignal::new(total <= FIRST_CARDS);
    let first = deck.cards().start;
    live(move || {
        let number = if whole.get() { total } else { FIRST_CARDS };
        let rows = (first..first + number).map(|index| card_row(app, CardIndex(index)).into());
        let more = match whole.get() {
            true => nothing(),
            false => {
                quiet_button(&format!("Show all {total} cards"), move || whole.set(true)).into()
            }
        };
        all([el("ol").class("cards-list").children(rows).into(), more])
    })
}

fn card_row(app: App, index: CardIndex) -> El {
    let card = app.bundle().card(index);
    let id = card.id();
    let standing = move || words::standing(app.card_state(id).as_ref(), &app.settings(), app.now());
    el("li")
        .class("cards-row")
        .child(
            link(app, Route::Card(id))
                .class("cards-link")
                .child(question_line(card)),
        )
        .child(el("span").class("cards-state").live_text(standing))
}
