//! Recovery: a fence, a comment or a `<pre>` that is not closed would take all cards below it with
//! it, so it is ended where the next card begins, and reported.
//!
//! What is never closed ends above the next heading. A fence that is closed may have been closed by
//! the mark of another: then lines of a card stand in its code. It is taken to be such a fence only
//! if a heading in its code is followed
//!
//! - by the beginning of another fence that is as long and has a language: a mark that could have
//!   closed the fence would stand between the two;
//! - or, with the note's last fence never closed, so that a mark is missing somewhere, by an end that
//!   looks like a beginning: an empty line above it, and code below it.
//!
//! A fence that begins in the line below a list or a quotation with an open one is the end of that,
//! if a mark is missing or too many.
//!
//! A comment or a `<pre>` that has an end is taken not to, if a heading stands in it and below that
//! another begins, or if its end is an arrow within a line.
//!
//! A heading counts here if an empty line or `---` stands above it, and its level is at least `##`
//! and no deeper than the headings above the fence. So `# comments`, and a fence that shows Markdown
//! and is closed, are left alone.
//!
//! The missing marks are put into a copy of the note, which is parsed as a whole, so that links and
//! their definitions find each other; places are those of the note itself.

mod blocks;
mod broken;
mod repaired;

use std::cell::OnceCell;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag};

use super::checks;
use super::markdown::{self, Piece};
use super::source::Findings;
use blocks::{Headings, OpenHtml};
use broken::{Break, Kind};
pub(crate) use repaired::Insertions;
use repaired::Repaired;

/// What is kept of a note whose marks had to be completed. The pieces borrow from it.
pub(crate) type Copy = OnceCell<Repaired>;

/// Parses a note from `start` on, with what is not closed ended where the next card begins.
pub(crate) fn parse<'t>(
    text: &'t str,
    start: usize,
    copy: &'t Copy,
    findings: &mut Findings,
) -> Vec<Piece<'t>> {
    let before = findings.problems.len();
    let pieces = markdown::parse(text, start, findings);
    let breaks = breaks(text, start, &pieces, findings);
    if breaks.is_empty() {
        doubtful(text, &pieces, findings);
        return pieces;
    }
    findings.forget_from(before);
    for broken in &breaks {
        broken.report(text, findings);
    }
    let repaired = copy.get_or_init(|| Repaired::new(text, breaks.iter().map(Break::insertion)));
    findings.map_places(Some(repaired.insertions.clone()));
    let mut pieces = markdown::parse(&repaired.text, start, findings);
    findings.map_places(None);
    for piece in &mut pieces {
        piece.range = repaired.insertions.original_range(&piece.range);
    }
    doubtful(text, &pieces, findings);
    pieces
}

/// A heading in code whose end may as well be the beginning of other code: it stays code, but is
/// told.
fn doubtful(text: &str, pieces: &[Piece], findings: &mut Findings) {
    let mut headings = Headings::default();
    for block in markdown::blocks(pieces) {
        let range = block[0].range.clone();
        if let Event::Start(Tag::Heading { level, .. }) = block[0].event {
            headings.see(level);
        } else if is_fence(&block[0].event)
            && !findings.recovered.contains(&range.start)
            && let Some(fence) = blocks::Fence::read(text, range.start, range.end)
            && let Some(heading) = fence.doubtful(&headings)
        {
            let message = "this stands in code that begins above, so it makes no card";
            let hint = "if it is meant as a heading, end the code above it";
            findings.warning("heading-in-code", heading, message, hint);
            findings.also(range.start, "the code begins here");
        }
    }
}

/// How many times the length of a note is parsed in the search for what is not closed.
const BUDGET: usize = 32;

/// Everything that is not closed, in order. Each changes the meaning of what follows it, so the
/// rest is parsed anew behind each; a budget keeps the time in proportion to the note.
fn breaks(text: &str, start: usize, pieces: &[Piece], findings: &Findings) -> Vec<Break> {
    let mut headings = Headings::default();
    let mut breaks = Vec::new();
    let mut next = first_break(text, 0, pieces, &mut headings);
    let mut budget = text.len().saturating_sub(start) * BUDGET;
    while let Some(broken) = next {
        let from = broken.heading;
        breaks.push(broken);
        let cost = text.len() - from;
        if cost > budget {
            break;
        }
        budget -= cost;
        let rest = markdown::parse(&text[from..], 0, &mut findings.scratch());
        next = first_break(text, from, &rest, &mut headings);
    }
    breaks
}

/// The first break among pieces whose ranges count from `base`.
fn first_break(
    text: &str,
    base: usize,
    pieces: &[Piece],
    headings: &mut Headings,
) -> Option<Break> {
    let blocks = markdown::blocks(pieces);
    let is_open = blocks.last().is_some_and(|block| {
        is_fence(&block[0].event)
            && blocks::Fence::read(text, base + block[0].range.start, base + block[0].range.end)
                .is_some_and(|fence| !fence.is_closed)
    });
    for (index, block) in blocks.iter().enumerate() {
        let range = base + block[0].range.start..base + block[0].range.end;
        let above = index.checked_sub(1).map(|above| blocks[above]);
        let is_open_above =
            || above.is_some_and(|above| is_open_above(&text[base..], above, range.start - base));
        let found = match &block[0].event {
            Event::Start(Tag::Heading { level, .. }) => {
                headings.see(*level);
                None
            }
            event if is_fence(event) => {
                let fence = blocks::Fence::read(text, range.start, range.end);
                fence.and_then(|fence| {
                    match is_open_above() {
                        true => stray(&fence, &range, headings, is_open),
                        false => None,
                    }
                    .or_else(|| open_fence(text, &fence, &range, headings, is_open))
                })
            }
            Event::Start(Tag::HtmlBlock) => open_html(text, &range, headings),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

fn open_fence(
    text: &str,
    fence: &blocks::Fence,
    range: &Range<usize>,
    headings: &Headings,
    is_open: bool,
) -> Option<Break> {
    let (mark, heading) = fence.broken(headings, is_open)?;
    Some(Break::above(text, Kind::Fence(mark), range.start, heading))
}

fn open_html(text: &str, range: &Range<usize>, headings: &Headings) -> Option<Break> {
    let open = OpenHtml::read(text, range.start, range.end)?;
    let heading = headings.first_in(text, range.start, open.until)?;
    let kind = match open.mark {
        "-->" => Kind::Comment,
        mark => Kind::Html(mark),
    };
    Some(Break::above(text, kind, range.start, heading))
}

/// The fence in a range, if it is the end of the one above it.
fn stray(
    fence: &blocks::Fence,
    range: &Range<usize>,
    headings: &Headings,
    is_open: bool,
) -> Option<Break> {
    let (mark, behind) = fence.stray_end(headings, is_open)?;
    Some(Break {
        kind: Kind::Stray(mark),
        start: range.start,
        end: behind,
        heading: behind,
    })
}

/// Whether a block ends with a fence that is not closed in it, in the line above a place.
fn is_open_above(text: &str, block: markdown::Block, below: usize) -> bool {
    let is_code = |piece: &Piece| matches!(piece.event, Event::Text(_) | Event::End(_));
    let Some(last) = block.iter().rposition(|piece| !is_code(piece)) else {
        return false;
    };
    let between = text.get(block[last].range.end..below).unwrap_or_default();
    last > 0
        && is_fence(&block[last].event)
        && !checks::is_closed(text, &block[last..])
        && between.trim_matches(['>', ' ', '\t', '\n']).is_empty()
        && between.matches('\n').count() < 2
}

fn is_fence(event: &Event) -> bool {
    matches!(
        event,
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_)))
    )
}

/// The number of marks of a heading's level.
fn depth(level: HeadingLevel) -> usize {
    level as usize
}
