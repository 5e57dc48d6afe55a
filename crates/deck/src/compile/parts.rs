//! The rule that divides an answer into parts.
//!
//! Headings one level below the question are the parts, where there are any. Otherwise a part starts at a
//! paragraph with a bold label, and at each line of one in which all lines have labels. With neither, the items of a list that stands alone are the parts,
//! or else the whole answer is one. The leading part is the prompt if its label says so.

mod lines;

use std::borrow::Cow;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::markdown::{Block, Piece, element_len, heading_level, inner};
use super::normalise::normalise;
use super::outline::is_visible;
use super::output::PartKind;
use super::text::inline_text;
use lines::label_lines;

/// One part of an answer, not yet rendered.
pub(crate) struct RawPart<'t> {
    pub(crate) kind: PartKind,
    /// The label without its colon; empty for a part without a label.
    pub(crate) label: Vec<Piece<'t>>,
    /// All pieces of the part, those of the label too.
    pub(crate) pieces: Vec<Piece<'t>>,
    /// Where the part begins.
    pub(crate) offset: usize,
}

/// Divides an answer into parts. An answer without anything to see has none. `level` is that of
/// the questions.
pub(crate) fn split<'t>(
    answer: &[Block<'_, 't>],
    prompts: &[String],
    level: HeadingLevel,
) -> Vec<RawPart<'t>> {
    let blocks: Vec<Cow<[Piece]>> = answer.iter().flat_map(|block| label_lines(block)).collect();
    let answer: Vec<Block> = blocks.iter().map(|block| &**block).collect();
    let mut groups = group(&answer, level as usize + 1);
    join_invisible(&mut groups);
    let has_prompt = groups.first().is_some_and(|group| group.is_prompt(prompts));
    let (prompt, rest) = groups.split_at(usize::from(has_prompt));
    match (prompt, rest) {
        ([], [whole]) if whole.label.is_empty() => split_unlabelled(&whole.blocks),
        ([prompt], []) => split_after_prompt(prompt),
        _ => {
            let prompts = prompt.iter().map(|group| group.part(PartKind::Prompt));
            let parts = rest.iter().map(|group| group.part(PartKind::Part));
            prompts.chain(parts).collect()
        }
    }
}

/// A start and all blocks up to the next start.
struct Group<'p, 't> {
    label: Vec<Piece<'t>>,
    blocks: Vec<Block<'p, 't>>,
    /// Where the part begins: behind blocks that show nothing.
    offset: usize,
}

impl<'t> Group<'_, 't> {
    fn is_prompt(&self, prompts: &[String]) -> bool {
        let label = normalise(&inline_text(&self.label));
        !label.is_empty() && prompts.iter().any(|prompt| normalise(prompt) == label)
    }

    fn part(&self, kind: PartKind) -> RawPart<'t> {
        RawPart {
            kind,
            label: self.label.clone(),
            pieces: self.blocks.concat(),
            offset: self.offset,
        }
    }
}

fn group<'p, 't>(answer: &[Block<'p, 't>], part_level: usize) -> Vec<Group<'p, 't>> {
    let mut groups: Vec<Group> = Vec::new();
    let mut is_below_heading = false;
    for &block in answer {
        let start = if heading_level(block).is_some_and(|level| level as usize == part_level) {
            is_below_heading = true;
            Some(without_colon(inner(block)))
        } else if is_below_heading {
            None
        } else {
            bold_label(block)
        };
        match (start, groups.last_mut()) {
            (None, Some(group)) => group.blocks.push(block),
            (start, _) => groups.push(Group {
                label: start.unwrap_or_default(),
                blocks: vec![block],
                offset: offset(block),
            }),
        }
    }
    groups
}

/// Leading blocks that show nothing are no part: they go to the first part.
fn join_invisible(groups: &mut Vec<Group>) {
    let Some(first) = groups.first() else { return };
    let hidden = first
        .blocks
        .iter()
        .take_while(|block| !is_visible(block))
        .count();
    if hidden < first.blocks.len() {
        let shown_offset = offset(groups[0].blocks[hidden]);
        groups[0].offset = shown_offset;
    } else {
        let hidden = groups.remove(0).blocks;
        if let Some(next) = groups.first_mut() {
            next.blocks.splice(0..0, hidden);
        }
    }
}

/// With nothing but a prompt, what follows the paragraph of its label is the answer.
fn split_after_prompt<'t>(prompt: &Group<'_, 't>) -> Vec<RawPart<'t>> {
    let is_label = |block: &&Block| offset(block) == prompt.offset;
    let label_at = prompt
        .blocks
        .iter()
        .position(|block| is_label(&block))
        .unwrap_or(0);
    let (question, answer) = prompt.blocks.split_at(label_at + 1);
    let mut parts = vec![RawPart {
        kind: PartKind::Prompt,
        label: prompt.label.clone(),
        pieces: question.concat(),
        offset: prompt.offset,
    }];
    if answer.iter().any(|block| is_visible(block)) {
        parts.extend(split_unlabelled(answer));
    }
    parts
}

/// The items of a list that stands alone, or else the whole.
fn split_unlabelled<'t>(blocks: &[Block<'_, 't>]) -> Vec<RawPart<'t>> {
    let visible: Vec<&Block> = blocks.iter().filter(|block| is_visible(block)).collect();
    if let [list] = visible[..]
        && let Event::Start(Tag::List(first_number)) = list[0].event
    {
        return split_list(list, first_number);
    }
    vec![RawPart {
        kind: PartKind::Part,
        label: Vec::new(),
        pieces: blocks.concat(),
        offset: visible.first().map_or(0, |block| offset(block)),
    }]
}

/// Each item becomes a list of one item that keeps its number.
fn split_list<'t>(list: Block<'_, 't>, first_number: Option<u64>) -> Vec<RawPart<'t>> {
    let mut parts = Vec::new();
    let mut number = first_number;
    let mut rest = inner(list);
    while !rest.is_empty() {
        let (item, after) = rest.split_at(element_len(rest));
        let range = item[0].range.clone();
        let start = Event::Start(Tag::List(number));
        let end = Event::End(TagEnd::List(number.is_some()));
        let mut pieces = vec![Piece {
            event: start,
            range: range.clone(),
        }];
        pieces.extend_from_slice(item);
        pieces.push(Piece {
            event: end,
            range: range.clone(),
        });
        parts.push(RawPart {
            kind: PartKind::Part,
            label: Vec::new(),
            pieces,
            offset: range.start,
        });
        number = number.map(|number| number.saturating_add(1));
        rest = after;
    }
    parts
}

/// The label of a paragraph that begins with one: bold text, if a colon follows or ends it, or
/// ends the paragraph.
pub(crate) fn bold_label<'t>(block: Block<'_, 't>) -> Option<Vec<Piece<'t>>> {
    if !matches!(block.first()?.event, Event::Start(Tag::Paragraph)) {
        return None;
    }
    let content = inner(block);
    let (first, after) = content.split_at(element_len(content));
    let bold = match first.first()?.event {
        Event::Start(Tag::Strong) => first,
        // Text that is bold and italic.
        Event::Start(Tag::Emphasis) => inner(first),
        _ => return None,
    };
    if !matches!(bold.first()?.event, Event::Start(Tag::Strong)) || element_len(bold) < bold.len() {
        return None;
    }
    let starts = ends_in_colon(bold) || colon_follows(after) || ends_in_colon(content);
    let label = without_colon(inner(bold));
    (starts && !inline_text(&label).is_empty()).then_some(label)
}

fn colon_follows(pieces: &[Piece]) -> bool {
    for piece in pieces {
        match &piece.event {
            Event::SoftBreak => {}
            Event::Text(text) if text.trim().is_empty() => {}
            Event::Text(text) => return text.trim_start().starts_with(COLONS),
            _ => return false,
        }
    }
    false
}

fn ends_in_colon(pieces: &[Piece]) -> bool {
    match pieces
        .iter()
        .rfind(|piece| !matches!(piece.event, Event::End(_)))
    {
        Some(Piece {
            event: Event::Text(text),
            ..
        }) => text.trim_end().ends_with(COLONS),
        _ => false,
    }
}

fn without_colon<'t>(label: &[Piece<'t>]) -> Vec<Piece<'t>> {
    let mut label = label.to_vec();
    let last = label
        .iter_mut()
        .rfind(|piece| !matches!(piece.event, Event::End(_)));
    if let Some(Piece {
        event: Event::Text(text),
        ..
    }) = last
    {
        let short = text.trim_end();
        let short = short.strip_suffix(COLONS).unwrap_or(short).trim_end();
        *text = short.to_owned().into();
    }
    label
}

/// The colon, and the full-width colon of Chinese and Japanese.
const COLONS: [char; 2] = [':', '：'];

fn offset(block: Block) -> usize {
    block.first().map_or(0, |piece| piece.range.start)
}
