//! The one place where HTML of the notes reaches the page. It was sanitised
//! when the notes were compiled.

use deck::{CardEntry, Direction, Part};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, MouseEvent, Node};

use super::dom::{El, el, nothing};
use super::link::is_plain;
use crate::state::{App, Route};

/// From this many bytes on a question is set as a text, not as a heading: it fills a phone.
const LONG_QUESTION: usize = 300;

/// The question, as the heading of a screen.
pub fn question(card: CardEntry<'static>) -> El {
    let class = match card.question().len() {
        0..LONG_QUESTION => "question",
        _ => "question question-long",
    };
    from_notes("h1", class, card.question_html(), card.direction()).attr("tabindex", "-1")
}

/// What belongs to the question and is shown below it: code, a table, the options of a choice.
pub fn given(card: CardEntry<'static>) -> Node {
    match card.given_html() {
        "" => nothing(),
        html => from_notes("div", "part part-given", html, card.direction()).into(),
    }
}

/// One part of an answer.
pub fn part(card: CardEntry<'static>, part: Part<'static>) -> El {
    from_notes("div", "part", part.html(), card.direction()).attr("tabindex", "-1")
}

/// The prompt of a card.
pub fn prompt(card: CardEntry<'static>, part: Part<'static>) -> El {
    from_notes("div", "part part-prompt", part.html(), card.direction()).attr("tabindex", "-1")
}

/// The introduction of a deck.
pub fn intro(html: &'static str) -> El {
    el("div").class("intro").attr("dir", "auto").sanitised(html)
}

/// A question in one line, as in lists.
pub fn question_line(card: CardEntry<'static>) -> El {
    from_notes(
        "span",
        "question-line",
        card.question_html(),
        card.direction(),
    )
}

/// Lets the links of notes to other cards and decks be followed without loading the page, wherever
/// in the element they are.
pub fn follow_links(app: App, element: El) -> El {
    element.on("click", move |event| {
        let is_plain = event.dyn_ref::<MouseEvent>().is_none_or(is_plain);
        if event.default_prevented() || !is_plain {
            return;
        }
        if let Some(route) = linked_route(&event) {
            event.prevent_default();
            app.go(route);
        }
    })
}

/// The card or deck that the clicked link leads to, if it is one of the notes' links.
fn linked_route(event: &Event) -> Option<Route> {
    let clicked = event.target()?.dyn_into::<Element>().ok()?;
    let link = clicked.closest("a[href]").ok()??;
    match Route::parse(&link.get_attribute("href")?) {
        route @ (Route::Card(_) | Route::Deck(_)) => Some(route),
        _ => None,
    }
}

/// The value of `dir` for a direction.
pub fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    }
}

fn from_notes(tag: &str, class: &str, html: &'static str, read: Direction) -> El {
    el(tag)
        .class(class)
        .attr("dir", direction(read))
        .sanitised(html)
}
