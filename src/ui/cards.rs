//! Cards: all of them or some, deck by deck and section by section.

use deck::{CardEntry, CardIndex, DeckEntry};
use leptos::prelude::*;
use web_sys::Node;

use super::answer::{direction, intro, question_line};
use super::dom::{El, all, el, live, nothing};
use super::link::link;
use super::shapes::{field, heading, muted, quiet_button};
use super::words;
use crate::state::{App, Filter, Route, filters};

/// How many cards of a deck are listed before the learner asks for all.
const FIRST_CARDS: usize = 100;

/// The list of the cards that the address names.
pub fn cards(app: App) -> El {
    let filter = Memo::new(move |_| app.filter());
    el("section")
        .class("cards")
        .child(heading("Cards"))
        .child(filter_field(app, filter))
        .child(live(move || decks(app, filter.get())))
}

/// The choice of what is listed. Its value is the address' own, so it follows Back.
fn filter_field(app: App, filter: Memo<Option<Filter>>) -> Node {
    let bundle = app.bundle();
    let choices = filters(&bundle);
    if choices.len() < 2 {
        return nothing();
    }
    let query = move |filter: Option<Filter>| filter.map(|filter| filter.query(&bundle));
    let option = |value: &str, name: &str| el("option").attr("value", value).text(name);
    let all_cards = option("", &format!("All cards ({})", bundle.card_count()));
    let select = choices
        .iter()
        .fold(el("select").child(all_cards), |select, (filter, count)| {
            let name = filter.name(&bundle);
            let name = match *filter {
                Filter::Section { depth, .. } => {
                    format!("{}{name} ({count})", "\u{2003}".repeat(depth))
                }
                Filter::Tag { .. } => format!("# {name} ({count})"),
            };
            select.child(option(&query(Some(*filter)).unwrap_or_default(), &name))
        });
    let select = select
        .live_prop("value", move || query(filter.get()).unwrap_or_default())
        .on("change", move |event| {
            app.show_cards(&event_target_value(&event))
        });
    field("Show", select).class("field cards-filter").into()
}

fn decks(app: App, filter: Option<Filter>) -> Node {
    let bundle = app.bundle();
    let is_listed = |card: &CardEntry| filter.is_none_or(|filter| filter.takes(&bundle, *card));
    let mut total = 0;
    let mut listed = Vec::new();
    for deck in bundle.decks() {
        let cards = deck.cards().map(|index| bundle.card(CardIndex(index)));
        let cards: Vec<CardEntry> = cards.filter(is_listed).collect();
        total += cards.len();
        if !cards.is_empty() {
            listed.push(deck_of_cards(app, deck, cards, filter).into());
        }
    }
    let count = Node::from(muted(&words::count(total as u32, "card", "cards")));
    all(std::iter::once(count).chain(listed))
}

fn deck_of_cards(
    app: App,
    deck: DeckEntry<'static>,
    cards: Vec<CardEntry<'static>>,
    filter: Option<Filter>,
) -> El {
    let tags = deck.tags().flat_map(|tag| {
        [
            el("span").class("tag").text(tag).into(),
            super::dom::text(" "),
        ]
    });
    // What the note says outside its cards belongs to the whole of it.
    let intro = match (deck.intro_html(), filter) {
        ("", _) => nothing(),
        (html, None | Some(Filter::Section { depth: 0, .. })) => intro(html).into(),
        _ => nothing(),
    };
    // Title, tags and what is due stand on the side on which the questions begin.
    let read = cards.first().map(|card| direction(card.direction()));
    el("section")
        .class("cards-deck")
        .attr("dir", read.unwrap_or("auto"))
        .child(title(app, deck))
        .child(el("p").class("cards-tags").children(tags))
        .child(intro)
        .child(list(app, cards))
}

/// The title of a deck, which a link to the deck leads to.
fn title(app: App, deck: DeckEntry<'static>) -> El {
    let title = el("h2").attr("dir", "auto").text(deck.title());
    match deck.cards().next() {
        None => title,
        Some(first) => {
            let id = app.bundle().card(CardIndex(first)).id();
            title
                .attr("id", &format!("deck-{id}"))
                .attr("tabindex", "-1")
        }
    }
}

/// The list of a deck, cut short where it is long, with a button for the rest.
fn list(app: App, cards: Vec<CardEntry<'static>>) -> Node {
    let total = cards.len();
    let whole = RwSignal::new(total <= FIRST_CARDS);
    live(move || {
        let shown = match whole.get() {
            true => &cards[..],
            false => &cards[..FIRST_CARDS],
        };
        let runs = shown.chunk_by(|one, other| one.section().eq(other.section()));
        let more = match whole.get() {
            true => nothing(),
            false => {
                quiet_button(&format!("Show all {total} cards"), move || whole.set(true)).into()
            }
        };
        all(runs.map(|run| section(app, run)).chain([more]))
    })
}

/// Cards that stand below the same headings, below those.
fn section(app: App, cards: &[CardEntry<'static>]) -> Node {
    let path: Vec<&str> = cards
        .iter()
        .take(1)
        .flat_map(|card| card.section())
        .collect();
    let name = match (path.is_empty(), cards.first()) {
        (false, Some(first)) => el("h3")
            .class("cards-section")
            .attr("dir", direction(first.direction()))
            .text(&path.join(" › "))
            .into(),
        _ => nothing(),
    };
    let rows = cards.iter().map(|card| card_row(app, *card).into());
    all([name, el("ol").class("cards-list").children(rows).into()])
}

fn card_row(app: App, card: CardEntry<'static>) -> El {
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
