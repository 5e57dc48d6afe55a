//! Cells that Markdown drops: those of a row behind as many as the head of its table has.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::markdown::Piece;
use super::source::Findings;

/// Reports the rows of tables of which a part is lost.
pub(crate) fn check(text: &str, pieces: &[Piece], findings: &mut Findings) {
    let mut cells_end = 0;
    for piece in pieces {
        match &piece.event {
            Event::Start(Tag::TableRow) => cells_end = piece.range.start,
            Event::End(TagEnd::TableCell) => cells_end = piece.range.end,
            Event::End(TagEnd::TableRow) => {
                lost(text, cells_end..piece.range.end, findings);
            }
            _ => {}
        }
    }
}

/// Reports what stands in a row behind its last cell.
fn lost(text: &str, behind: Range<usize>, findings: &mut Findings) {
    let is_mark = |c: char| c == '|' || c.is_whitespace();
    let rest = text.get(behind.clone()).unwrap_or_default();
    let lost = rest.trim_start_matches(is_mark);
    if lost.is_empty() {
        return;
    }
    let message = "this row has more cells than the head of its table: from here on it is lost";
    let hint = "write `\\|` for a `|` that divides no cells, in code too, or give the head more";
    let offset = behind.end - lost.len();
    findings.error("lost-cells", offset, message, hint);
    findings.of_length(lost.trim_end_matches(is_mark).len());
}
