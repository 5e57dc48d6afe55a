//! `Separators`: lines of a question, a line with nothing but `?`, and lines of an answer; `??` for
//! both ways.
//!
//! An empty line ends the card, as in Obsidian. Code, lists and tables directly below a line
//! belong to it. A `?` directly below a list or a quotation counts as well, though Markdown reads on
//! there.

use std::ops::Range;

use pulldown_cmark::Event;

use super::flat::Flat;
use super::runs::{RunKind, close, is_paragraph, paragraph, question_of, runs, source, stretches};
use super::{RawCard, Reader, reversed};
use crate::compile::markdown::{Block, Piece, inner};
use crate::compile::outline::{Section, is_visible};
use crate::compile::source::Findings;

pub(super) struct Separators;

impl Reader for Separators {
    fn read<'t>(
        &self,
        section: &Section<'_, 't>,
        text: &str,
        findings: &mut Findings,
    ) -> Vec<RawCard<'t>> {
        let mut found = Vec::new();
        for stretch in stretches(section, text) {
            let Some(card) = card(&section.blocks[stretch], text, findings) else {
                continue;
            };
            let (card, is_both_ways) = card;
            let other = is_both_ways.then(|| reversed(&card)).flatten();
            found.push(card);
            found.extend(other);
        }
        found
    }
}

/// A line that separates: its block, and what it has before and behind it there.
struct Separator<'t> {
    block: usize,
    offset: usize,
    is_both_ways: bool,
    before: Option<Vec<Piece<'t>>>,
    after: Vec<Vec<Piece<'t>>>,
}

fn card<'t>(
    blocks: &[Block<'_, 't>],
    text: &str,
    findings: &mut Findings,
) -> Option<(RawCard<'t>, bool)> {
    let mut all = blocks.iter().enumerate();
    let separator = all.find_map(|(at, block)| separator(at, block, text))?;
    let own = |block: &Block<'_, 't>| block.to_vec();
    let question: Vec<_> = blocks[..separator.block]
        .iter()
        .map(own)
        .chain(separator.before)
        .collect();
    let answer: Vec<_> = separator
        .after
        .into_iter()
        .chain(blocks[separator.block + 1..].iter().map(own))
        .collect();
    let Some((asked, given)) = question_of(&question) else {
        let message = "no question stands directly above this `?`, so it makes no card";
        let hint = "write the question in the line above the `?`, without an empty line between";
        findings.error("half-card", separator.offset, message, hint);
        return None;
    };
    if !answer.iter().any(|block| is_visible(block)) {
        let message = "no answer stands directly below this `?`, so it makes no card";
        let hint = "write the answer in the line below the `?`: an empty line ends the card";
        findings.warning("half-card", separator.offset, message, hint);
        return None;
    }
    let first = blocks.first().map_or(0, |block| source(block).start);
    let last = blocks.last().map_or(first, |block| source(block).end);
    let card = RawCard {
        offset: first,
        question: asked,
        given,
        answer,
        covers: first..last,
        ..RawCard::default()
    };
    Some((card, separator.is_both_ways))
}

fn separator<'t>(at: usize, block: &Block<'_, 't>, text: &str) -> Option<Separator<'t>> {
    if !is_paragraph(block) {
        return below(at, block, text);
    }
    let flat = Flat::new(inner(block), text);
    let line = flat.lines().into_iter().find(|line| is_mark(&flat, line))?;
    let [before, after] = sides(&flat, &line);
    Some(Separator {
        block: at,
        offset: flat.source(flat.trim(line.clone()).start),
        is_both_ways: flat.trim(line).len() == 2,
        before: before.map(paragraph),
        after: after.map(paragraph).into_iter().collect(),
    })
}

fn is_mark(flat: &Flat, line: &Range<usize>) -> bool {
    let line = &flat.bytes[flat.trim(line.clone())];
    line == b"?" || line == b"??"
}

/// What stands before a line and behind it, if anything does.
fn sides<'t>(flat: &Flat<'_, 't>, line: &Range<usize>) -> [Option<Vec<Piece<'t>>>; 2] {
    let before = flat.trim(0..line.start);
    let after = flat.trim(line.end..flat.bytes.len());
    let is_there = [!before.is_empty(), !after.is_empty()];
    let mut slices = flat.slices(&[before, after]).into_iter();
    is_there.map(|is_there| slices.next().filter(|_| is_there))
}

/// The line that separates at the beginning of a line of the note, where Markdown reads on in a
/// list or a quotation.
fn below<'t>(at: usize, block: &Block<'_, 't>, text: &str) -> Option<Separator<'t>> {
    let prose = runs(block).into_iter();
    for run in prose.filter(|run| run.kind == RunKind::Prose) {
        let flat = Flat::new(run.pieces, text);
        let begins_line = |line: &Range<usize>| {
            let before = text.get(..flat.source(line.start)).unwrap_or_default();
            before.ends_with('\n')
        };
        let mut lines = flat.lines().into_iter();
        let Some(line) = lines.find(|line| is_mark(&flat, line) && begins_line(line)) else {
            continue;
        };
        let [before, after] = sides(&flat, &line);
        let mut above = block[..run.at.start].to_vec();
        above.extend(before.unwrap_or_default());
        let mut tail = close(&mut above);
        let mut end = run.at.end;
        // What the line stands in ends with it.
        while let Some(Event::End(_)) = block.get(end).map(|piece| &piece.event) {
            tail.pop();
            end += 1;
        }
        tail.extend_from_slice(&block[end..]);
        let after = after.map(paragraph).into_iter();
        return Some(Separator {
            block: at,
            offset: flat.source(line.start),
            is_both_ways: flat.trim(line).len() == 2,
            before: Some(above),
            after: after
                .chain([tail].into_iter().filter(|tail| is_visible(tail)))
                .collect(),
        });
    }
    None
}
