//! Lists whose items are questions: `1. ### What is a slot?` with the answer indented below it.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::labels;
use super::markdown::{Block, Piece, blocks, element_len, heading_level, inner};
use super::text::inline_text;

/// Takes the headings out of every list in which each item begins with one that is no higher than
/// the heading above the list. That of a table of contents does not count: its list may follow
/// without another. The number of an item goes to its heading.
pub(crate) fn unfold(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut above = 0;
    let mut unfolded = Vec::new();
    let mut has_unfolded = false;
    for block in blocks(&pieces) {
        if let Some(level) = heading_level(block)
            && !labels::is_contents(&inline_text(inner(block)))
        {
            above = level as usize;
        }
        match block.first().map(|piece| &piece.event) {
            Some(Event::Start(Tag::List(first))) if begins_with_headings(block, above) => {
                unfold_list(inner(block), *first, &mut unfolded);
                has_unfolded = true;
            }
            _ => unfolded.extend_from_slice(block),
        }
    }
    if has_unfolded { unfolded } else { pieces }
}

fn begins_with_headings(list: Block, above: usize) -> bool {
    let items = blocks(inner(list));
    let is_below = |level: HeadingLevel| level as usize >= above;
    let begins = |item: &Block| heading_level(inner(item)).is_some_and(is_below);
    !items.is_empty() && items.iter().all(begins)
}

fn unfold_list<'t>(items: &[Piece<'t>], first: Option<u64>, out: &mut Vec<Piece<'t>>) {
    let mut number = first;
    for item in blocks(items) {
        let content = inner(item);
        let (heading, rest) = content.split_at(element_len(content));
        out.extend(heading.first().cloned());
        if let (Some(number), Some(start)) = (number, heading.first()) {
            out.push(Piece {
                event: Event::Text(format!("{number}. ").into()),
                range: start.range.clone(),
            });
        }
        out.extend_from_slice(heading.get(1..).unwrap_or_default());
        wrap_inlines(rest, out);
        number = number.map(|number| number.saturating_add(1));
    }
}

/// What a heading says, without the number of its item: other tools make no link of it.
pub(crate) fn without_number<'p, 't>(content: &'p [Piece<'t>]) -> &'p [Piece<'t>] {
    let [first, rest @ ..] = content else {
        return content;
    };
    // The piece that was put in stands where the whole heading does.
    let is_around = |piece: &Piece| {
        let (own, inner) = (&first.range, &piece.range);
        own.start < inner.start && inner.end <= own.end
    };
    match &first.event {
        Event::Text(text) if text.ends_with(". ") && rest.first().is_some_and(is_around) => rest,
        _ => content,
    }
}

/// In a list without empty lines text stands in no paragraph: it gets one.
fn wrap_inlines<'t>(pieces: &[Piece<'t>], out: &mut Vec<Piece<'t>>) {
    let mut is_open = false;
    let mut toggle = |wants_open: bool, at: &Piece<'t>, out: &mut Vec<Piece<'t>>| {
        if wants_open != is_open {
            let event = match wants_open {
                true => Event::Start(Tag::Paragraph),
                false => Event::End(TagEnd::Paragraph),
            };
            out.push(Piece {
                event,
                range: at.range.clone(),
            });
            is_open = wants_open;
        }
    };
    for element in blocks(pieces) {
        toggle(is_inline(&element[0].event), &element[0], out);
        out.extend_from_slice(element);
    }
    if let Some(last) = pieces.last() {
        toggle(false, last, out);
    }
}

fn is_inline(event: &Event) -> bool {
    match event {
        Event::Rule | Event::Html(_) | Event::End(_) => false,
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript
                | Tag::Link { .. }
                | Tag::Image { .. }
        ),
        _ => true,
    }
}
