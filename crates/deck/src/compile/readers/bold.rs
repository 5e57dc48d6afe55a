//! Bold text that ends in punctuation directly before a letter, as in `**要点：**两个`. CommonMark reads
//! these marks as text; who writes without spaces between words means bold.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::flat::Flat;
use super::marks::Changes;
use super::runs::runs;
use crate::compile::markdown::Piece;

/// The pieces of a note with such marks read as bold.
pub(crate) fn mend_bold<'t>(pieces: Vec<Piece<'t>>, text: &str) -> Vec<Piece<'t>> {
    let has_mark = |piece: &Piece| match &piece.event {
        Event::Text(content) => content.contains('*'),
        _ => false,
    };
    if !pieces.iter().any(has_mark) {
        return pieces;
    }
    let mut out = Vec::with_capacity(pieces.len());
    let mut at = 0;
    for run in runs(&pieces) {
        if run.pieces.iter().any(has_mark) {
            let flat = Flat::new(run.pieces, text);
            out.extend_from_slice(&pieces[at..run.at.start]);
            out.extend(flat.replace(pairs(&flat)));
            at = run.at.end;
        }
    }
    out.extend_from_slice(&pieces[at..]);
    out
}

const MARK: &str = "**";

/// What bold text ends in, so that Markdown does not see its end before a letter.
const ENDS: [&str; 17] = [
    ":", "：", "。", "，", "、", "；", "！", "？", "”", "’", "」", "』", "）", "】", "》", "〉",
    "…",
];

/// The pairs of marks that stand in one line and in one element.
fn pairs<'t>(flat: &Flat<'_, 't>) -> Changes<'t> {
    let mut changes = Vec::new();
    let mut depth = 0_usize;
    // Where a mark stands that may open, and how deep.
    let mut open: Option<(usize, usize)> = None;
    for (index, piece) in flat.pieces.iter().enumerate() {
        match &piece.event {
            Event::Start(_) => depth += 1,
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                open = open.filter(|(_, own)| *own <= depth);
            }
            Event::SoftBreak | Event::HardBreak => open = None,
            Event::Text(_) => {
                for at in marks(flat, index) {
                    match open {
                        Some((start, own)) if own == depth && can_close(&flat.bytes, at) => {
                            let (from, to) =
                                (Event::Start(Tag::Strong), Event::End(TagEnd::Strong));
                            changes.push((start..start + MARK.len(), Some(from)));
                            changes.push((at..at + MARK.len(), Some(to)));
                            open = None;
                        }
                        _ if can_open(&flat.bytes, at) => open = Some((at, depth)),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    changes
}

/// Where two asterisks begin in a piece that are not more. The parser gives each of them a piece.
fn marks(flat: &Flat, index: usize) -> Vec<usize> {
    let is_star = |at: usize| flat.bytes.get(at) == Some(&b'*');
    let range = flat.starts[index]..flat.starts[index + 1];
    let next = flat.pieces.get(index + 1).map(|piece| &piece.event);
    let goes_on = matches!(next, Some(Event::Text(_)));
    let is_mark = |at: &usize| {
        let is_begin = is_star(*at) && !at.checked_sub(1).is_some_and(is_star);
        let is_together = at + 1 < range.end || goes_on;
        is_begin && is_together && is_star(at + 1) && !is_star(at + 2)
    };
    range.clone().filter(is_mark).collect()
}

fn can_open(bytes: &[u8], at: usize) -> bool {
    let next = bytes.get(at + MARK.len());
    next.is_some_and(|byte| !byte.is_ascii_whitespace())
}

fn can_close(bytes: &[u8], at: usize) -> bool {
    let ends = ENDS.iter().any(|end| bytes[..at].ends_with(end.as_bytes()));
    let after = bytes.get(at + MARK.len()..).unwrap_or_default();
    // No character has more bytes.
    let next = after.get(..4).unwrap_or(after).utf8_chunks().next();
    let next = next.and_then(|chunk| chunk.valid().chars().next());
    ends && next.is_some_and(char::is_alphanumeric)
}
