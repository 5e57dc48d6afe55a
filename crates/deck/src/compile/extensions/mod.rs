//! What notes write beyond CommonMark and beyond what the parser knows.
//!
//! `prepare` changes the text before the parser reads it, for what the parser would read as code;
//! all else works on the parser's pieces, so that nothing is ever looked for inside code or HTML.

pub(super) mod footnotes;
pub(super) mod prepare;

mod callouts;
mod comments;
mod definitions;
mod formulas;
mod likeness;

use super::markdown::Piece;

/// Callouts, definition lists, formulas and hidden comments, found in the pieces of a text.
pub(super) fn find<'t>(text: &'t str, pieces: Vec<Piece<'t>>) -> Vec<Piece<'t>> {
    let pieces = formulas::find(text, pieces);
    let pieces = comments::hide(text, pieces);
    let pieces = callouts::find(text, pieces);
    definitions::find(text, pieces)
}

/// The source of a piece of text that stands there letter by letter, without escapes.
fn literal<'t>(text: &'t str, piece: &Piece<'t>) -> Option<&'t str> {
    let source = text.get(piece.range.clone())?;
    match &piece.event {
        pulldown_cmark::Event::Text(content) if **content == *source => Some(source),
        _ => None,
    }
}

/// The piece of text between two places.
fn text_piece(text: &str, start: usize, end: usize) -> Option<Piece<'_>> {
    let source = text.get(start..end).filter(|source| !source.is_empty())?;
    Some(Piece {
        event: pulldown_cmark::Event::Text(source.into()),
        range: start..end,
    })
}
