//! The one place where HTML of the notes reaches the page. It was sanitised
//! when the notes were compiled.

use deck::{CardEntry, Part};

use super::dom::{El, el};

/// The question, as the heading of a screen.
pub fn question(card: CardEntry<'static>) -> El {
    from_notes("h1", "question", card.question_html()).attr("tabindex", "-1")
}

/// One part of an answer.
pub fn part(part: Part<'static>) -> El {
    from_notes("div", "part", part.html()).attr("tabindex", "-1")
}

/// The prompt of a card.
pub fn prompt(part: Part<'static>) -> El {
    from_notes("div", "part part-prompt", part.html()).attr("tabindex", "-1")
}

/// The introduction of a deck.
pub fn intro(html: &'static str) -> El {
    from_notes("div", "intro", html)
}

/// A question in one line, as in lists.
pub fn question_line(card: CardEntry<'static>) -> El {
    from_notes("span", "question-line", card.question_html())
}

fn from_notes(tag: &str, class: &str, html: &'static str) -> El {
    el(tag).class(class).attr("dir", "auto").sanitised(html)
}
