//! The tags that stand for the marks of clozes: which piece is one, and which belong together.

use pulldown_cmark::Event;

use super::Kind;
use crate::compile::markdown::Piece;

pub(super) fn has_marks(pieces: &[Piece], text: &str) -> bool {
    pieces.iter().any(|piece| is_mark(piece, text).is_some())
}

/// Whether a piece is a tag made of a mark, and whether it opens.
pub(super) fn is_mark(piece: &Piece, text: &str) -> Option<bool> {
    let Event::InlineHtml(tag) = &piece.event else {
        return None;
    };
    let is_written = text.get(piece.range.clone())?.starts_with('<');
    match &**tag {
        "<mark>" | "<span>" if !is_written => Some(true),
        "</mark>" | "</span>" if !is_written => Some(false),
        _ => None,
    }
}

/// The places of the tags of each cloze, in the order in which they open. Highlights and braces may
/// overlap: a tag belongs to the last open one of its name.
pub(super) fn pairs(pieces: &[Piece], text: &str) -> Vec<(usize, usize)> {
    let mut open: [Vec<usize>; 2] = Default::default();
    let mut pairs = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let Some(is_open) = is_mark(piece, text) else {
            continue;
        };
        let is_highlight = matches!(&piece.event, Event::InlineHtml(tag) if tag.ends_with("mark>"));
        let open = &mut open[usize::from(is_highlight)];
        if is_open {
            open.push(at);
        } else if let Some(start) = open.pop() {
            pairs.push((start, at));
        }
    }
    pairs.sort_unstable();
    pairs
}

pub(super) fn kind_of(mark: &str) -> Option<Kind> {
    match mark.as_bytes() {
        [b'=', ..] => Some(Kind::Highlight),
        [b'{', ..] => Some(Kind::Braces),
        [b'[', ..] => Some(Kind::Brackets),
        _ => None,
    }
}

/// The number of `{{c1::` or `{{1::`.
pub(super) fn number(mark: &str) -> Option<String> {
    let name = mark.strip_prefix("{{")?.strip_suffix("::")?;
    let digits = name.strip_prefix('c').unwrap_or(name);
    let digits = digits.trim_start_matches('0');
    Some(format!("c{digits}"))
}
