//! `Separators`: lines of a question, a line with nothing but `?`, and lines of an answer; `??` for
//! both ways.
//!
//! An empty line ends the card, as in Obsidian. Code, lists and tables directly below a line
//! belong to it.

use std::ops::Range;

use super::flat::Flat;
use super::runs::{is_paragraph, paragraph, question_of, source, stretches};
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
    after: Option<Vec<Piece<'t>>>,
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
        return None;
    }
    let flat = Flat::new(inner(block), text);
    let is_mark = |line: &Range<usize>| {
        let line = &flat.bytes[flat.trim(line.clone())];
        line == b"?" || line == b"??"
    };
    let line = flat.lines().into_iter().find(is_mark)?;
    let before = flat.trim(0..line.start);
    let after = flat.trim(line.end..flat.bytes.len());
    let mut slices = flat.slices(&[before.clone(), after.clone()]).into_iter();
    let mut slice = |range: Range<usize>| {
        let slice = slices.next().filter(|_| !range.is_empty());
        slice.map(paragraph)
    };
    Some(Separator {
        block: at,
        offset: flat.source(flat.trim(line.clone()).start),
        is_both_ways: flat.trim(line.clone()).len() == 2,
        before: slice(before),
        after: slice(after),
    })
}
