//! That a card was edited since its last review, and what was edited.

use deck::{CardEntry, Direction};
use leptos::prelude::*;
use web_sys::Node;

use super::answer::direction;
use super::dom::{El, all, el, live, nothing, text, when};
use super::shapes::{muted, quiet_button};
use crate::state::{App, CardText, Edit, Edits, Piece};

/// A quiet line, where the card is not what it was.
pub fn edited_note(edits: Edits) -> Node {
    let edited = Memo::new(move |_| edits.edit().is_some());
    when(
        move || edited.get(),
        || {
            muted("Edited since your last review.")
                .class("muted edited-note")
                .into()
        },
    )
}

/// The offer in a session. What was edited would give the answer away: first all of that is shown.
pub fn what_changed_once_answered(app: App, card: CardEntry<'static>, edits: Edits) -> Node {
    let total = card.part_count();
    let complete = Memo::new(move |_| app.shown_parts() >= total);
    when(
        move || complete.get(),
        move || what_changed(edits, card.direction()),
    )
}

/// The offer to see what was edited, where it is known what the card was.
pub fn what_changed(edits: Edits, read: Direction) -> Node {
    let edit = Memo::new(move |_| edits.edit());
    live(move || match edit.get() {
        Some(Edit::Known(then)) => offer(edits, then, read).into(),
        _ => nothing(),
    })
}

fn offer(edits: Edits, then: CardText, read: Direction) -> El {
    let open = RwSignal::new(false);
    let expanded = move || Some(if open.get() { "true" } else { "false" }.into());
    let button = quiet_button("See what changed", move || {
        open.update(|open| *open = !*open)
    })
    .live_attr("aria-expanded", expanded);
    el("div").class("edited").child(button).child(when(
        move || open.get(),
        move || all(changes(edits, &then, read)),
    ))
}

fn changes(edits: Edits, then: &CardText, read: Direction) -> Vec<Node> {
    let change = edits.since(then);
    let mut blocks = Vec::new();
    if let Some(pieces) = &change.question {
        blocks.extend([name("Question"), marked(pieces, read)]);
        if !change.parts.is_empty() {
            blocks.push(name("Answer"));
        }
    }
    blocks.extend(change.parts.iter().map(|pieces| marked(pieces, read)));
    match blocks.is_empty() {
        // Such as another order of the parts, or a picture.
        true => vec![muted("Its words are the ones that you know.").into()],
        false => blocks,
    }
}

fn name(name: &str) -> Node {
    muted(name).class("muted edited-name").into()
}

/// A text with what was removed and added: by the elements, by lines through and below, and in
/// words for who listens.
fn marked(pieces: &[Piece], read: Direction) -> Node {
    let words = pieces.iter().flat_map(|piece| match piece {
        Piece::Same(words) => [text(words), nothing()],
        Piece::Removed(words) => change("del", "removed", words),
        Piece::Added(words) => change("ins", "added", words),
    });
    let text = el("p").class("edited-text").attr("dir", direction(read));
    text.children(words).into()
}

fn change(tag: &str, what: &str, words: &str) -> [Node; 2] {
    let bare = words.trim_end();
    let changed = el(tag)
        .child(aloud(&format!(" {what}: ")))
        .text(bare)
        .child(aloud(". "));
    [changed.into(), text(&words[bare.len()..])]
}

fn aloud(words: &str) -> El {
    el("span")
        .class("visually-hidden")
        .attr("lang", "en")
        .text(words)
}
