//! The runs of inline pieces in blocks, and helpers that make blocks of them.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::compile::markdown::{Block, Piece, heading_level, inner};
use crate::compile::outline::{Section, is_visible};

/// Inline pieces that stand together in one block.
pub(super) struct Run<'p, 't> {
    pub(super) kind: RunKind,
    pub(super) pieces: &'p [Piece<'t>],
    /// Where the pieces stand in what was searched.
    pub(super) at: Range<usize>,
    /// What follows in the item of a list that the run begins.
    pub(super) rest: &'p [Piece<'t>],
}

/// The kind of block that a run stands in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum RunKind {
    /// A paragraph, an item of a list, a definition: prose.
    Prose,
    Heading,
    Cell,
}

impl Run<'_, '_> {
    /// The bytes of the note that the run came from.
    pub(super) fn source(&self) -> Range<usize> {
        source(self.pieces)
    }
}

/// All runs, in order: none of code, raw HTML and footnotes.
pub(super) fn runs<'p, 't>(pieces: &'p [Piece<'t>]) -> Vec<Run<'p, 't>> {
    let ends = ends(pieces);
    let mut runs = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        match &pieces[at].event {
            event if is_inline(event) => {
                let len = pieces[at..]
                    .iter()
                    .take_while(|piece| is_inline(&piece.event))
                    .count();
                let range = at..at + len;
                runs.extend(run(pieces, range.clone(), &open, &ends));
                at = range.end;
                continue;
            }
            Event::Start(
                Tag::CodeBlock(_)
                | Tag::HtmlBlock
                | Tag::MetadataBlock(_)
                | Tag::FootnoteDefinition(_),
            ) => at = ends[at],
            Event::Start(_) => open.push(at),
            Event::End(_) => {
                open.pop();
            }
            _ => {}
        }
        at += 1;
    }
    runs
}

/// The bytes of the note from the first of these pieces to the last.
pub(super) fn source(pieces: &[Piece]) -> Range<usize> {
    let start = pieces.first().map_or(0, |piece| piece.range.start);
    let end = pieces.iter().map(|piece| piece.range.end).max();
    start..end.unwrap_or(start)
}

/// A paragraph of inline pieces.
pub(super) fn paragraph(content: Vec<Piece>) -> Vec<Piece> {
    let range = source(&content);
    let piece = |event| Piece {
        event,
        range: range.clone(),
    };
    let mut pieces = vec![piece(Event::Start(Tag::Paragraph))];
    let end = piece(Event::End(TagEnd::Paragraph));
    pieces.extend(content);
    pieces.push(end);
    pieces
}

/// Closes what is open in these pieces, and returns the starts of it. What is open and empty at
/// their end goes: a row that begins with the cut has nothing to show.
pub(super) fn close<'t>(pieces: &mut Vec<Piece<'t>>) -> Vec<Piece<'t>> {
    let mut open: Vec<Piece> = Vec::new();
    for piece in pieces.iter() {
        match piece.event {
            Event::Start(_) => open.push(piece.clone()),
            Event::End(_) => drop(open.pop()),
            _ => {}
        }
    }
    let is_start = |piece: &&Piece| matches!(piece.event, Event::Start(_));
    let empty = pieces.iter().rev().take_while(is_start).count();
    pieces.truncate(pieces.len() - empty);
    for piece in open[..open.len() - empty].iter().rev() {
        if let Event::Start(tag) = &piece.event {
            pieces.push(Piece {
                event: Event::End(tag.to_end()),
                range: piece.range.clone(),
            });
        }
    }
    open
}

/// Whether a block is a paragraph.
pub(super) fn is_paragraph(block: Block) -> bool {
    let first = block.first().map(|piece| &piece.event);
    matches!(first, Some(Event::Start(Tag::Paragraph)))
}

/// A question and what is given with it.
pub(super) type Asked<'t> = (Vec<Piece<'t>>, Vec<Piece<'t>>);

/// The first paragraph as the question; the other blocks are given with it.
pub(super) fn question_of<'t>(blocks: &[Vec<Piece<'t>>]) -> Option<Asked<'t>> {
    let is_question = |block: &Vec<Piece>| is_paragraph(block) && is_visible(block);
    let at = blocks.iter().position(is_question)?;
    let given = [&blocks[..at], &blocks[at + 1..]].concat().concat();
    Some((inner(&blocks[at]).to_vec(), given))
}

/// The blocks of a section that stand together: without an empty line or a heading between them.
pub(super) fn stretches(section: &Section, text: &str) -> Vec<Range<usize>> {
    let blocks = &section.blocks;
    let is_heading = |at: usize| heading_level(blocks[at]).is_some();
    let mut stretches = Vec::new();
    let mut start = 0;
    for at in 1..=blocks.len() {
        let ends = at == blocks.len()
            || is_heading(at)
            || is_heading(at - 1)
            || has_gap(blocks[at - 1], blocks[at], text);
        if ends {
            stretches.push(start..at);
            start = at;
        }
    }
    stretches
}

/// What stands in the note between two blocks, without the white space of the first.
pub(super) fn between<'n>(before: Block, after: Block, text: &'n str) -> &'n str {
    let end = before.first().map_or(0, |piece| piece.range.end);
    let start = after.first().map_or(end, |piece| piece.range.start);
    let end = text.get(..end).unwrap_or_default().trim_end().len();
    text.get(end..start).unwrap_or_default()
}

fn has_gap(before: Block, after: Block, text: &str) -> bool {
    between(before, after, text).matches('\n').count() > 1
}

/// For each start the place of its end.
fn ends(pieces: &[Piece]) -> Vec<usize> {
    let mut ends = vec![pieces.len(); pieces.len()];
    let mut open = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        match piece.event {
            Event::Start(_) => open.push(at),
            Event::End(_) => {
                if let Some(start) = open.pop() {
                    ends[start] = at;
                }
            }
            _ => {}
        }
    }
    ends
}

fn run<'p, 't>(
    pieces: &'p [Piece<'t>],
    mut at: Range<usize>,
    open: &[usize],
    ends: &[usize],
) -> Option<Run<'p, 't>> {
    let tag = |depth: usize| {
        let start = open.len().checked_sub(depth).map(|index| open[index])?;
        match &pieces[start].event {
            Event::Start(tag) => Some((start, tag)),
            _ => None,
        }
    };
    if matches!(pieces[at.start].event, Event::TaskListMarker(_)) {
        at.start += 1;
    }
    let kind = match tag(1) {
        Some((_, Tag::Heading { .. })) => RunKind::Heading,
        Some((_, Tag::TableCell)) => RunKind::Cell,
        _ => RunKind::Prose,
    };
    let rest = match (tag(1), tag(2)) {
        (Some((item, Tag::Item)), _) if at.start <= item + 2 => at.end..ends[item],
        (Some((start, Tag::Paragraph)), Some((item, Tag::Item))) if start <= item + 2 => {
            at.end + 1..ends[item]
        }
        _ => at.end..at.end,
    };
    (!at.is_empty()).then(|| Run {
        kind,
        pieces: &pieces[at.clone()],
        at,
        rest: pieces.get(rest).unwrap_or_default(),
    })
}

fn is_inline(event: &Event) -> bool {
    match event {
        Event::Start(tag) => is_inline_end(tag.to_end()),
        Event::End(end) => is_inline_end(*end),
        Event::Html(_) | Event::Rule => false,
        _ => true,
    }
}

fn is_inline_end(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
