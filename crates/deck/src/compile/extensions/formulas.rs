//! Formulas: `$…$` and `$$…$$`, `\(…\)` and `\[…\]`, told apart from money and shells.
//!
//! They are found in the source of each run of text, so that what is no formula keeps all of its
//! Markdown. A `$` opens one if no space follows it and no letter or digit stands before it; the
//! next `$` must close it: no space before it, no digit after it. What stands between must look
//! like mathematics, not like prose, prices or variables.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::markdown::Piece;
use super::super::text::{is_unspaced, joins_words};
use super::likeness::{is_inline_formula, is_sure, looks_like_math};
use super::{literal, text_piece};

/// The pieces with formulas told apart.
pub(super) fn find<'t>(text: &'t str, pieces: Vec<Piece<'t>>) -> Vec<Piece<'t>> {
    if !text.contains('$') && !text.contains("\\(") && !text.contains("\\[") {
        return pieces;
    }
    let mut out = Vec::with_capacity(pieces.len());
    let mut rest = &pieces[..];
    while let Some(piece) = rest.first() {
        let len = match piece.event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                super::super::markdown::element_len(rest)
            }
            _ => rest
                .iter()
                .take_while(|piece| is_inline(piece))
                .count()
                .max(1),
        };
        let (run, after) = rest.split_at(len);
        let formulas = match piece.event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => Vec::new(),
            _ => in_run(text, run),
        };
        match formulas.is_empty() {
            true => out.extend_from_slice(run),
            false => replace(text, run, &formulas, &mut out),
        }
        rest = after;
    }
    out
}

fn is_inline(piece: &Piece) -> bool {
    match &piece.event {
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        ),
        Event::End(end) => matches!(
            end,
            TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image
        ),
        Event::Html(_) | Event::Rule => false,
        _ => true,
    }
}

/// A formula and where it stands, its marks included.
struct Formula {
    range: Range<usize>,
    mark: usize,
    is_display: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Dollar,
    Dollars,
    Open(char),
    Close(char),
    /// Something that no formula goes across.
    Wall,
}

fn in_run(text: &str, run: &[Piece]) -> Vec<Formula> {
    let marks = marks(text, run);
    let mut formulas = Vec::new();
    let mut at = 0;
    while at + 1 < marks.len() {
        match formula(text, marks[at], marks[at + 1]) {
            Some(formula) => {
                formulas.push(formula);
                at += 2;
            }
            None => at += 1,
        }
    }
    formulas
}

fn marks(text: &str, run: &[Piece]) -> Vec<(Mark, usize)> {
    let mut marks = Vec::new();
    let mut links = 0_usize;
    for piece in run {
        let start = piece.range.start;
        match &piece.event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                links += 1;
                marks.push((Mark::Wall, start));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => links = links.saturating_sub(1),
            Event::Text(_) if links == 0 => {
                if let Some(source) = literal(text, piece) {
                    marks_in(text, source, start, &mut marks);
                }
            }
            Event::Code(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) => {
                marks.push((Mark::Wall, start));
            }
            _ => {}
        }
    }
    marks
}

fn marks_in(text: &str, source: &str, start: usize, marks: &mut Vec<(Mark, usize)>) {
    let bytes = source.as_bytes();
    let mut at = 0;
    if let Some(first @ (b'(' | b')' | b'[' | b']')) = bytes.first()
        && is_escaped(text, start)
    {
        let mark = match first {
            b'(' => Mark::Open('('),
            b'[' => Mark::Open('['),
            b')' => Mark::Close('('),
            _ => Mark::Close('['),
        };
        marks.push((mark, start - 1));
    }
    while let Some(found) = source[at..].find('$') {
        let place = at + found;
        at = place + 1;
        if is_escaped(text, start + place) {
            continue;
        }
        if bytes.get(at) == Some(&b'$') {
            at += 1;
            marks.push((Mark::Dollars, start + place));
        } else {
            marks.push((Mark::Dollar, start + place));
        }
    }
}

fn is_escaped(text: &str, at: usize) -> bool {
    let before = text.as_bytes()[..at].iter().rev();
    before.take_while(|byte| **byte == b'\\').take(64).count() % 2 == 1
}

fn formula(text: &str, open: (Mark, usize), close: (Mark, usize)) -> Option<Formula> {
    let len = match (open.0, close.0) {
        (Mark::Dollar, Mark::Dollar) => 1,
        (Mark::Dollars, Mark::Dollars) => 2,
        (Mark::Open(open), Mark::Close(close)) if open == close => 2,
        _ => return None,
    };
    let content = text.get(open.1 + len..close.1)?;
    let before = text[..open.1].chars().next_back();
    let after = text[close.1 + len..].chars().next();
    let is_unspaced_money =
        before.is_some_and(is_unspaced) && content.contains(is_unspaced) && !content.contains('\\');
    let fits = match open.0 {
        Mark::Dollar => is_inline_formula(content, after) && !is_unspaced_money,
        Mark::Open('(') => is_sure(content.trim()),
        Mark::Open('[') => content.contains(['\\', '^', '_', '=']),
        _ => true,
    };
    if !fits
        || before.is_some_and(joins_words)
        || !looks_like_math(content)
        || content.len() > MAX_LEN
    {
        return None;
    }
    Some(Formula {
        range: open.1..close.1 + len,
        mark: len,
        is_display: matches!(open.0, Mark::Dollars | Mark::Open('[')),
    })
}

/// Longer ones are no formulas, but a mark that was never closed.
pub(super) const MAX_LEN: usize = 4_000;

/// Writes the pieces of a run with its formulas in place of what they were read as.
fn replace<'t>(text: &'t str, run: &[Piece<'t>], formulas: &[Formula], out: &mut Vec<Piece<'t>>) {
    let mut rest = formulas;
    let mut written = None;
    for piece in run {
        if matches!(piece.event, Event::Start(_) | Event::End(_)) {
            if !is_torn(&piece.range, formulas) {
                out.push(piece.clone());
            }
            continue;
        }
        let Range { start, end } = piece.range;
        let mut at = start;
        loop {
            while let Some((_, after)) = rest.split_first().filter(|(f, _)| f.range.end <= at) {
                rest = after;
            }
            let Some(formula) = rest.first().filter(|formula| formula.range.start < end) else {
                break;
            };
            out.extend(text_piece(text, at, formula.range.start));
            if written != Some(formula.range.start) {
                out.push(formula.piece(text));
                written = Some(formula.range.start);
            }
            at = formula.range.end.min(end);
            if at == end {
                break;
            }
        }
        if at == start && start < end {
            out.push(piece.clone());
        } else {
            out.extend(text_piece(text, at, end));
        }
    }
}

impl Formula {
    fn piece<'t>(&self, text: &'t str) -> Piece<'t> {
        let inside = self.range.start + self.mark..self.range.end - self.mark;
        let source = text.get(inside).unwrap_or_default();
        let content = match source.contains('\n') {
            // Lines in a quotation have its mark before them.
            true => {
                let lines = source.split('\n');
                let lines: Vec<&str> = lines
                    .map(|line| line.trim_start_matches(['>', ' ', '\t']))
                    .collect();
                lines.join("\n").into()
            }
            false => source.into(),
        };
        Piece {
            event: match self.is_display {
                true => Event::DisplayMath(content),
                false => Event::InlineMath(content),
            },
            range: self.range.clone(),
        }
    }
}

/// Whether an element begins or ends inside a formula: it was none then, but letters of it.
fn is_torn(range: &Range<usize>, formulas: &[Formula]) -> bool {
    let is_inside = |at: usize| {
        let before = formulas.partition_point(|formula| formula.range.start < at);
        before > 0 && formulas[before - 1].range.end > at
    };
    is_inside(range.start) || is_inside(range.end)
}
