//! `Headings`: a heading is the question, what stands below it is the answer.
//!
//! Where a heading `Answer` or a folded answer stands in between, what is above it belongs to the
//! question. The heading itself says nothing and goes.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::{RawCard, Reader};
use crate::compile::details::{self, with_level};
use crate::compile::labels;
use crate::compile::markdown::{Block, Piece, heading_level, inner};
use crate::compile::normalise::normalise;
use crate::compile::outline::{Section, is_visible};
use crate::compile::parts::bold_label;
use crate::compile::source::Findings;
use crate::compile::text::inline_text;

pub(super) struct Headings;

impl Reader for Headings {
    fn read<'t>(
        &self,
        section: &Section<'_, 't>,
        _text: &str,
        _findings: &mut Findings,
    ) -> Vec<RawCard<'t>> {
        section
            .question
            .map(|heading| card(section, heading))
            .into_iter()
            .collect()
    }
}

fn card<'t>(section: &Section<'_, 't>, heading: Block<'_, 't>) -> RawCard<'t> {
    let (given, answer) = given_and_answer(&section.blocks, heading_level(heading));
    // A question in a summary and its answer come from one block, so neither need be first.
    let ranges = || {
        let blocks = section.blocks.iter().chain([&heading]);
        blocks.map(|block| &block[0].range)
    };
    let start = ranges().map(|range| range.start).min().unwrap_or_default();
    let end = ranges().map(|range| range.end).max().unwrap_or_default();
    RawCard {
        offset: section.offset(),
        covers: start..end,
        question: inner(heading).to_vec(),
        given,
        answer,
        section: section.path.clone(),
        ..RawCard::default()
    }
}

/// What is shown with the question, and the answer. `level` is that of the question.
fn given_and_answer<'t>(
    blocks: &[Block<'_, 't>],
    level: Option<HeadingLevel>,
) -> (Vec<Piece<'t>>, Vec<Vec<Piece<'t>>>) {
    let is_start = |block: &Block| is_answer_heading(block) || details::answer(block).is_some();
    let start = blocks.iter().position(is_start).unwrap_or(0);
    let (above, below) = blocks.split_at(start);
    let has_several = below
        .iter()
        .filter(|block| is_answer_heading(block))
        .count()
        > 1;
    let shown = |block: &Block<'_, 't>| match level {
        // `Solution 1` and `Solution 2` tell apart what stands below them: they are parts.
        Some(level) if has_several && is_answer_heading(block) => {
            let below = HeadingLevel::try_from(level as usize + 1).ok();
            Some(below.map_or_else(|| as_bold(block), |below| with_level(block, below)))
        }
        _ => answer_block(block),
    };
    let answer: Vec<Vec<Piece>> = below.iter().filter_map(shown).collect();
    let is_plain = |block: &Block| heading_level(block).is_none() && bold_label(block).is_none();
    if above.iter().all(is_plain) && answer.iter().any(|block| is_visible(block)) {
        return (above.concat(), answer);
    }
    let above = above.iter().map(|block| block.to_vec());
    (Vec::new(), above.chain(answer).collect())
}

fn is_answer_heading(block: &Block) -> bool {
    heading_level(block).is_some() && labels::is_answer_heading(&inline_text(inner(block)))
}

/// A block of the answer, without what only says that it is one.
fn answer_block<'t>(block: Block<'_, 't>) -> Option<Vec<Piece<'t>>> {
    if is_answer_heading(&block) {
        let says_more = !labels::is_answer(&normalise(&inline_text(inner(block))));
        return says_more.then(|| as_bold(block));
    }
    let Some(html) = details::answer(block) else {
        return Some(block.to_vec());
    };
    let rest = details::with_html(block, &html);
    is_visible(&rest).then_some(rest)
}

/// A heading such as `Answer: D` holds the answer: it becomes a bold paragraph.
fn as_bold<'t>(heading: Block<'_, 't>) -> Vec<Piece<'t>> {
    let range = heading[0].range.clone();
    let piece = |event| Piece {
        event,
        range: range.clone(),
    };
    let mut pieces = vec![
        piece(Event::Start(Tag::Paragraph)),
        piece(Event::Start(Tag::Strong)),
    ];
    pieces.extend_from_slice(inner(heading));
    pieces.push(piece(Event::End(TagEnd::Strong)));
    pieces.push(piece(Event::End(TagEnd::Paragraph)));
    pieces
}
