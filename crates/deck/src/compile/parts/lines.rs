//! Labels on successive lines of one paragraph.

use std::borrow::Cow;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::bold_label;
use crate::compile::markdown::{Block, Piece, inner};

/// A paragraph in which every line begins with a label, and there are several: a paragraph for each
/// line. Any other block as it is.
pub(super) fn label_lines<'p, 't>(block: Block<'p, 't>) -> Vec<Cow<'p, [Piece<'t>]>> {
    let is_paragraph =
        matches!(block.first(), Some(piece) if piece.event == Event::Start(Tag::Paragraph));
    if is_paragraph && bold_label(block).is_some() {
        let lines = lines(block);
        if lines.len() > 1 && lines.iter().all(|line| bold_label(line).is_some()) {
            return lines.into_iter().map(Cow::Owned).collect();
        }
    }
    vec![Cow::Borrowed(block)]
}

/// The lines of a paragraph, each as a paragraph.
fn lines<'t>(paragraph: Block<'_, 't>) -> Vec<Vec<Piece<'t>>> {
    let mut lines = Vec::new();
    let mut depth = 0_usize;
    let content = inner(paragraph);
    let is_break = |piece: &Piece| match piece.event {
        Event::Start(_) => {
            depth += 1;
            false
        }
        Event::End(_) => {
            depth = depth.saturating_sub(1);
            false
        }
        Event::SoftBreak | Event::HardBreak => depth == 0,
        _ => false,
    };
    for line in content.split(is_break) {
        let (Some(first), Some(last)) = (line.first(), line.last()) else {
            continue;
        };
        let range = first.range.start..last.range.end;
        let piece = |event| Piece {
            event,
            range: range.clone(),
        };
        let start = piece(Event::Start(Tag::Paragraph));
        let end = piece(Event::End(TagEnd::Paragraph));
        lines.push([&[start], line, &[end]].concat());
    }
    lines
}
