//! Comments between `%%` and `%%` within a line, which Obsidian hides.

use super::super::markdown::Piece;
use super::super::text::joins_words;
use super::{literal, text_piece};

/// The pieces without comments.
pub(super) fn hide<'t>(text: &'t str, pieces: Vec<Piece<'t>>) -> Vec<Piece<'t>> {
    if !text.contains("%%") {
        return pieces;
    }
    let mut is_code = false;
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        use pulldown_cmark::{Event, Tag, TagEnd};
        match piece.event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            _ => {}
        }
        match literal(text, &piece).filter(|source| !is_code && source.contains("%%")) {
            Some(source) => without_comments(text, source, piece.range.start, &mut out),
            None => out.push(piece),
        }
    }
    out
}

fn without_comments<'t>(text: &'t str, source: &str, start: usize, out: &mut Vec<Piece<'t>>) {
    let mut shown = 0;
    let mut at = 0;
    while let Some(open) = source[at..].find("%%").map(|found| at + found) {
        let Some(close) = source[open + 2..].find("%%").map(|found| open + 2 + found) else {
            break;
        };
        let after = close + 2;
        let begins = source[..open].chars().next_back();
        let ends = source[after..].chars().next();
        let is_free = |c: Option<char>| c.is_none_or(|c| !joins_words(c) && c != '%');
        if is_free(begins) && is_free(ends) && close > open + 2 {
            out.extend(text_piece(text, start + shown, start + open));
            shown = after;
            at = after;
        } else {
            at = close;
        }
    }
    out.extend(text_piece(text, start + shown, start + source.len()));
}
