//! Footnotes that stand where they are referred to: `^[the text]`.
//!
//! A pattern such as `^[a-z]+` is none: what stands between the brackets is prose, and no mark
//! that repeats follows it.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::flat::Flat;
use super::runs::runs;
use crate::compile::markdown::Piece;

/// The text of a footnote, under a name that no footnote of the note can have.
pub(crate) struct InlineNote<'t> {
    pub(crate) name: String,
    pub(crate) offset: usize,
    /// A paragraph.
    pub(crate) pieces: Vec<Piece<'t>>,
}

/// The pieces of a note with references in place of such footnotes, and these.
pub(crate) fn inline_notes<'t>(
    pieces: Vec<Piece<'t>>,
    text: &str,
) -> (Vec<Piece<'t>>, Vec<InlineNote<'t>>) {
    let mut notes = Vec::new();
    if !text.contains("^[") {
        return (pieces, notes);
    }
    let mut out = Vec::with_capacity(pieces.len());
    let mut at = 0;
    for run in runs(&pieces) {
        let flat = Flat::new(run.pieces, text);
        let found = found(&flat.bytes);
        if found.is_empty() {
            continue;
        }
        out.extend_from_slice(&pieces[at..run.at.start]);
        at = run.at.end;
        take(&flat, &found, &mut out, &mut notes);
    }
    out.extend_from_slice(&pieces[at..]);
    (out, notes)
}

fn take<'t>(
    flat: &Flat<'_, 't>,
    found: &[Range<usize>],
    out: &mut Vec<Piece<'t>>,
    notes: &mut Vec<InlineNote<'t>>,
) {
    let mut ranges = Vec::with_capacity(2 * found.len() + 1);
    let mut shown_from = 0;
    for range in found {
        ranges.push(shown_from..range.start);
        ranges.push(range.start + 2..range.end - 1);
        shown_from = range.end;
    }
    ranges.push(shown_from..flat.bytes.len());
    let mut slices = flat.slices(&ranges).into_iter();
    for range in found {
        out.extend(slices.next().unwrap_or_default());
        let source = flat.source_range(range.clone());
        let name = format!("[{}", source.start);
        out.push(Piece {
            event: Event::FootnoteReference(name.clone().into()),
            range: source.clone(),
        });
        notes.push(InlineNote {
            name,
            offset: source.start,
            pieces: paragraph(slices.next().unwrap_or_default(), &source),
        });
    }
    out.extend(slices.next().unwrap_or_default());
}

fn paragraph<'t>(inside: Vec<Piece<'t>>, range: &Range<usize>) -> Vec<Piece<'t>> {
    let piece = |event| Piece {
        event,
        range: range.clone(),
    };
    let mut all = vec![piece(Event::Start(Tag::Paragraph))];
    all.extend(inside);
    all.push(piece(Event::End(TagEnd::Paragraph)));
    all
}

/// Where such footnotes stand, from the `^` to the bracket, in order; none in another.
fn found(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut open = Vec::new();
    let mut found = Vec::new();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'[' => open.push(at),
            b']' => {
                let begins = open.pop().and_then(|start| start.checked_sub(1));
                found.extend(
                    begins
                        .map(|start| start..at + 1)
                        .filter(|range| is_note(bytes, range)),
                );
            }
            _ => {}
        }
    }
    found.sort_by_key(|range| range.start);
    let mut end = 0;
    found.retain(|range| {
        let is_free = range.start >= end;
        if is_free {
            end = range.end;
        }
        is_free
    });
    found
}

fn is_note(bytes: &[u8], range: &Range<usize>) -> bool {
    if bytes[range.start] != b'^' {
        return false;
    }
    let inside = bytes[range.start + 2..range.end - 1].trim_ascii();
    let is_word = inside.len() > 2 && inside.iter().all(|byte| byte.is_ascii_alphabetic());
    let is_prose = is_word || inside.iter().any(u8::is_ascii_whitespace);
    let repeats = |byte: &u8| b"*+{$".contains(byte);
    is_prose && !bytes.get(range.end).is_some_and(repeats)
}
