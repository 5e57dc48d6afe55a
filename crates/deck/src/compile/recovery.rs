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
//! A heading counts here if an empty line or `---` stands above it, and its level is at least `##`
//! and no deeper than the headings above the fence. So `# comments`, and a fence that shows Markdown
//! and is closed, are left alone.
//!
//! The missing marks are put into a copy of the note, which is parsed as a whole, so that links and
//! their definitions find each other; places are those of the note itself.

mod blocks;
mod repaired;

use std::cell::OnceCell;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag};

use super::markdown::{self, Piece};
use super::source::Findings;
use blocks::Headings;
pub(crate) use repaired::Insertions;
use repaired::{Insertion, Repaired};

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

/// Something that is not closed, and the heading where the note goes on.
#[derive(Debug)]
struct Break {
    kind: Kind,
    /// Where it begins.
    start: usize,
    /// Where its missing end belongs.
    end: usize,
    /// The line of the heading.
    heading: usize,
}

/// What is not closed, with the mark that closes it.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Kind {
    Fence(String),
    Comment,
    Html(&'static str),
}

impl Kind {
    fn mark(&self) -> &str {
        match self {
            Kind::Fence(mark) => mark,
            Kind::Comment => "-->",
            Kind::Html(mark) => mark,
        }
    }
}

impl Break {
    fn insertion(&self) -> Insertion {
        Insertion {
            at: self.end,
            text: format!("{}\n", self.kind.mark()),
        }
    }

    fn report(&self, text: &str, findings: &mut Findings) {
        let start = self.start + text[self.start..].len() - text[self.start..].trim_start().len();
        let mark = self.kind.mark();
        let line = findings.line(self.heading);
        let rest =
            format!("is not closed: it is taken to end above line {line}, where the note goes on");
        match &self.kind {
            Kind::Fence(_) => {
                let hint = format!("end the code with a line of its own: {mark}");
                findings.error(
                    "unclosed-fence",
                    start,
                    &format!("this fence {rest}"),
                    &hint,
                );
                findings.recovered.insert(self.start);
            }
            Kind::Comment => {
                let message = format!("this comment {rest}");
                findings.error(
                    "unclosed-comment",
                    start,
                    &message,
                    "end the comment with `-->`",
                );
            }
            Kind::Html(_) => {
                let hint = format!("end it with `{mark}`");
                findings.error("unclosed-html", start, &format!("this HTML {rest}"), &hint);
            }
        }
        findings.also(self.heading, "the note goes on here");
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
    for block in blocks {
        let (start, end) = (base + block[0].range.start, base + block[0].range.end);
        let found = match &block[0].event {
            Event::Start(Tag::Heading { level, .. }) => {
                headings.see(*level);
                None
            }
            event if is_fence(event) => blocks::Fence::read(text, start, end)
                .and_then(|fence| fence.broken(headings, is_open))
                .map(|(mark, at)| (Kind::Fence(mark), at)),
            Event::Start(Tag::HtmlBlock) => blocks::open_html(text, start, end).and_then(|mark| {
                let at = headings.first_in(text, start, end)?;
                let is_comment = mark == "-->";
                Some((
                    if is_comment {
                        Kind::Comment
                    } else {
                        Kind::Html(mark)
                    },
                    at,
                ))
            }),
            _ => None,
        };
        if let Some((kind, heading)) = found {
            let end = blocks::end_above(text, start, heading);
            return Some(Break {
                kind,
                start,
                end,
                heading,
            });
        }
    }
    None
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
