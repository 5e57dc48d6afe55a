//! `Inline`: `question :: answer` on one line, `:::` for both ways.
//!
//! **What is no separator.** In C++, Rust and CSS `std::vec` and `::before` are names. So `::`
//! separates if white space follows, or where no name could stand: beside a character that is no
//! ASCII letter, digit or `_`. A name outside code is reported, since `Q::A` may have been meant.
//! A `:::` at the beginning of a line opens a container, as in `::: tip`, and Logseq's properties
//! (`id:: …`) are none either.
//!
//! Lines that follow without a `::` of their own continue the answer.
//!
//! **Identity.** A reversed card is known by the question of its sibling and the word `reversed`.

use std::ops::Range;

use super::flat::Flat;
use super::runs::{RunKind, paragraph, runs};
use super::{RawCard, Reader, reversed};
use crate::compile::markdown::Piece;
use crate::compile::outline::Section;
use crate::compile::source::Findings;

pub(super) struct Inline;

impl Reader for Inline {
    fn read<'t>(
        &self,
        section: &Section<'_, 't>,
        text: &str,
        findings: &mut Findings,
    ) -> Vec<RawCard<'t>> {
        let mut found = Vec::new();
        for block in &section.blocks {
            for run in runs(block) {
                if run.kind == RunKind::Prose {
                    found.extend(cards(run.pieces, text, findings));
                }
            }
        }
        found
    }
}

/// The two sides of a line, and how they are separated.
struct Sides {
    question: Range<usize>,
    answer: Range<usize>,
    is_both_ways: bool,
}

fn cards<'t>(pieces: &[Piece<'t>], text: &str, findings: &mut Findings) -> Vec<RawCard<'t>> {
    let flat = Flat::new(pieces, text);
    let mut all: Vec<Sides> = Vec::new();
    for line in flat.lines() {
        match (sides(&flat, line.clone(), findings), all.last_mut()) {
            (Some(sides), _) => all.push(sides),
            (None, Some(last)) if !is_property(&flat.bytes[line.clone()]) => {
                last.answer.end = line.end;
            }
            (None, _) => {}
        }
    }
    all.retain_mut(|sides| is_whole(&flat, sides, findings));
    let ranges = all.iter();
    let ranges: Vec<Range<usize>> = ranges
        .flat_map(|sides| [sides.question.clone(), sides.answer.clone()])
        .collect();
    let slices = flat.slices(&ranges);
    let mut found = Vec::new();
    for (sides, slices) in all.iter().zip(slices.chunks_exact(2)) {
        let covers = flat.source_range(sides.question.start..sides.answer.end);
        let card = RawCard {
            offset: covers.start,
            question: slices[0].clone(),
            answer: vec![paragraph(slices[1].clone())],
            covers,
            ..RawCard::default()
        };
        let other = sides.is_both_ways.then(|| reversed(&card)).flatten();
        found.push(card);
        found.extend(other);
    }
    found
}

/// Trims both sides; one that is empty is reported.
fn is_whole(flat: &Flat, sides: &mut Sides, findings: &mut Findings) -> bool {
    let at = sides.question.start;
    sides.question = flat.trim(sides.question.clone());
    sides.answer = flat.trim(sides.answer.clone());
    let lacks = match (sides.question.is_empty(), sides.answer.is_empty()) {
        (false, false) => return true,
        (false, true) => "answer",
        (true, _) => "question",
    };
    let message = format!("this line has a `::` but no {lacks}, so it makes no card");
    let hint = "write both sides on one line: `question :: answer`";
    findings.warning("half-card", flat.source(at), &message, hint);
    false
}

fn sides(flat: &Flat, line: Range<usize>, findings: &mut Findings) -> Option<Sides> {
    let bytes = &flat.bytes[line.clone()];
    if is_property(bytes) || bytes.trim_ascii_start().starts_with(b":::") {
        return None;
    }
    let mut name = None;
    let mut at = 0;
    while at < bytes.len() {
        let len = bytes[at..].iter().take_while(|&&byte| byte == b':').count();
        if len == 2 || len == 3 {
            if is_separator(bytes, at, len) {
                return Some(Sides {
                    question: line.start..line.start + at,
                    answer: line.start + at + len..line.end,
                    is_both_ways: len == 3,
                });
            }
            name.get_or_insert(line.start + at);
        }
        at += len.max(1);
    }
    if let Some(at) = name {
        let message = "this `::` is read as part of a name, such as `std::vec`, not as a card";
        let hint =
            "for a card put spaces around the `::`, and write a name as code, between backticks";
        findings.warning("tight-separator", flat.source(at), message, hint);
    }
    None
}

fn is_separator(bytes: &[u8], at: usize, len: usize) -> bool {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let before = at.checked_sub(1).map(|at| bytes[at]);
    let Some(&after) = bytes.get(at + len) else {
        return true;
    };
    let can_begin = is_name(after) || b"<~*{".contains(&after);
    let can_end = before.is_none_or(|byte| {
        is_name(byte) || byte == b'>' || byte.is_ascii_whitespace() || byte == b'('
    });
    !(can_begin && can_end)
}

/// A line that Logseq keeps for itself.
pub(super) fn is_property(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    let name = line.iter().position(|&byte| byte == b':').unwrap_or(0);
    let (name, rest) = line.split_at(name);
    let is_own = name == b"id" || name == b"collapsed" || name.starts_with(b"card-");
    is_own && rest.starts_with(b"::")
}
