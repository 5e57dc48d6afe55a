//! `Tagged`: a heading, paragraph or item of a list that has the tag `#card`.
//!
//! Below a heading the answer is what stands there, below a line of a paragraph what follows up to
//! an empty line, below an item of a list (Logseq) the items inside it. `#card-reverse` and
//! `#card/reverse` ask both ways. Other tags of the line are tags of the card; those at its end
//! are not shown, and neither are the properties that Logseq writes below it.

use std::ops::Range;

use super::flat::Flat;
use super::inline::is_property;
use super::runs::{RunKind, is_paragraph, paragraph, runs, source, stretches};
use super::{RawCard, Reader, reversed};
use crate::compile::markdown::{Block, Piece, blocks, heading_level, inner};
use crate::compile::outline::{Section, is_visible};
use crate::compile::source::Findings;
use crate::compile::text::inline_text;

pub(super) struct Tagged;

impl Reader for Tagged {
    fn read<'t>(
        &self,
        section: &Section<'_, 't>,
        text: &str,
        findings: &mut Findings,
    ) -> Vec<RawCard<'t>> {
        let mut reading = Reading {
            text,
            findings,
            found: Vec::new(),
        };
        if let Some(heading) = section.question {
            reading.heading(heading, &section.blocks);
        }
        for stretch in stretches(section, text) {
            let end = stretch.end;
            for at in stretch {
                let block = section.blocks[at];
                if heading_level(block).is_some() {
                    reading.inner_heading(&section.blocks[at..]);
                } else if is_paragraph(block) {
                    reading.paragraph(block, &section.blocks[at + 1..end]);
                } else {
                    reading.items(block);
                }
            }
        }
        reading.found
    }
}

struct Reading<'r, 's, 't> {
    text: &'r str,
    findings: &'r mut Findings<'s>,
    found: Vec<RawCard<'t>>,
}

impl<'t> Reading<'_, '_, 't> {
    fn heading(&mut self, heading: Block<'_, 't>, answer: &[Block<'_, 't>]) {
        if let Some(front) = front(inner(heading), self.text) {
            let answer = answer.iter().map(|block| block.to_vec()).collect();
            self.card(front, source(heading).start, answer);
        }
    }

    /// A heading inside the section: its answer ends at the next heading that is not below it.
    fn inner_heading(&mut self, blocks: &[Block<'_, 't>]) {
        let level = heading_level(blocks[0]);
        let is_end = |block: &Block| heading_level(block).is_some_and(|other| Some(other) <= level);
        let len = blocks[1..].iter().position(is_end);
        self.heading(
            blocks[0],
            &blocks[1..len.map_or(blocks.len(), |len| len + 1)],
        );
    }

    fn paragraph(&mut self, block: Block<'_, 't>, below: &[Block<'_, 't>]) {
        if let Some(mut front) = front(inner(block), self.text) {
            let rest = front.rest.take().map(paragraph);
            let below = below.iter().map(|block| block.to_vec());
            let answer = rest.into_iter().chain(below).collect();
            self.card(front, source(block).start, answer);
        }
    }

    fn items(&mut self, block: Block<'_, 't>) {
        for run in runs(block) {
            if run.kind != RunKind::Prose {
                continue;
            }
            if let Some(mut front) = front(run.pieces, self.text) {
                let rest = front.rest.take().map(paragraph);
                let below = blocks(run.rest).into_iter().map(<[_]>::to_vec);
                let answer = rest.into_iter().chain(below).collect();
                self.card(front, run.source().start, answer);
            }
        }
    }

    fn card(&mut self, front: Front<'t>, offset: usize, answer: Vec<Vec<Piece<'t>>>) {
        let is_asked = !inline_text(&front.question).is_empty();
        if !is_asked || !answer.iter().any(|block| is_visible(block)) {
            let lacks = if is_asked { "answer" } else { "question" };
            let message = format!("this `#card` has no {lacks}, so it makes no card");
            let hint =
                "write the question in the line of the tag, and the answer directly below it";
            self.findings.warning("half-card", offset, &message, hint);
            return;
        }
        let end = answer.iter().map(|block| source(block).end).max();
        let card = RawCard {
            offset,
            question: front.question,
            answer,
            tags: front.tags,
            covers: offset..end.unwrap_or(offset).max(front.end),
            ..RawCard::default()
        };
        let other = front.is_both_ways.then(|| reversed(&card)).flatten();
        self.found.push(card);
        self.found.extend(other);
    }
}

/// The side of a card that has the tag.
struct Front<'t> {
    question: Vec<Piece<'t>>,
    /// The lines below that of the tag.
    rest: Option<Vec<Piece<'t>>>,
    tags: Vec<String>,
    is_both_ways: bool,
    end: usize,
}

/// A `#tag`, with its place.
struct HashTag {
    range: Range<usize>,
    name: String,
}

fn front<'t>(pieces: &[Piece<'t>], text: &str) -> Option<Front<'t>> {
    let flat = Flat::new(pieces, text);
    let lines = flat.lines();
    let mut tagged = lines
        .iter()
        .enumerate()
        .map(|(at, line)| (at, hash_tags(&flat, line)));
    let (at, tags) =
        tagged.find(|(_, tags)| tags.iter().any(|tag| is_card(&tag.name).is_some()))?;
    let is_both_ways = tags.iter().any(|tag| is_card(&tag.name) == Some(true));
    let question = kept(&flat, lines[at].end, &tags);
    let count = question.len();
    let below = lines[at + 1..].iter();
    let below = below.filter(|line| !is_property(&flat.bytes[(*line).clone()]));
    // A line keeps the break behind it.
    let below = below.map(|line| line.start..(line.end + 1).min(flat.bytes.len()));
    let ranges: Vec<Range<usize>> = question.into_iter().chain(below).collect();
    let mut slices = flat.slices(&ranges);
    let rest = slices.split_off(count).concat();
    let names = tags.into_iter().map(|tag| tag.name);
    Some(Front {
        question: slices.concat(),
        rest: (!inline_text(&rest).is_empty()).then_some(rest),
        tags: names.filter(|name| is_card(name).is_none()).collect(),
        is_both_ways,
        end: source(pieces).end,
    })
}

/// The text up to `end` without `#card` and without the tags at its end.
fn kept(flat: &Flat, end: usize, tags: &[HashTag]) -> Vec<Range<usize>> {
    let mut end = flat.trim(0..end).end;
    let mut shown = tags;
    while let Some((last, before)) = shown.split_last()
        && last.range.end == end
    {
        end = flat.trim(0..last.range.start).end;
        shown = before;
    }
    let mut kept = Vec::new();
    let mut at = 0;
    for tag in shown.iter().filter(|tag| is_card(&tag.name).is_some()) {
        kept.push(at..tag.range.start);
        at = (tag.range.end + 1).min(end);
    }
    kept.push(at.min(end)..end);
    kept
}

fn hash_tags(flat: &Flat, line: &Range<usize>) -> Vec<HashTag> {
    let mut tags = Vec::new();
    let mut start = line.start;
    for word in flat.bytes[line.clone()].split(|byte| byte.is_ascii_whitespace()) {
        if let Some(name) = word.strip_prefix(b"#") {
            let len = name.iter().take_while(|&&byte| is_tag_byte(byte)).count();
            let name = String::from_utf8_lossy(&name[..len]).into_owned();
            let range = start..start + 1 + len;
            if name.chars().any(|c| !c.is_ascii_digit()) {
                tags.push(HashTag { range, name });
            }
        }
        start += word.len() + 1;
    }
    tags
}

fn is_tag_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii() || b"_-/".contains(&byte)
}

/// Whether a tag makes a card, and if so whether both ways.
fn is_card(name: &str) -> Option<bool> {
    match name {
        "card" => Some(false),
        "card-reverse" | "card/reverse" => Some(true),
        _ => None,
    }
}
