//! `Choices`: a list of `- [ ]` and `- [x]` below a question.
//!
//! The question is the heading of the section where the list begins it, or else the paragraph or
//! heading directly above the list. Code, tables and images may stand between: they are given with
//! the question, and so are the options, in the order of the note. The answer is the right ones with
//! their letters, and then the explanation below the list.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::runs::{is_paragraph, source};
use super::{RawCard, Reader};
use crate::compile::markdown::{Block, Piece, blocks, element_len, heading_level, inner};
use crate::compile::outline::Section;
use crate::compile::source::Findings;
use crate::compile::text::inline_text;

pub(super) struct Choices;

impl Reader for Choices {
    fn read<'t>(
        &self,
        section: &Section<'_, 't>,
        _text: &str,
        findings: &mut Findings,
    ) -> Vec<RawCard<'t>> {
        let mut found = Vec::new();
        let leading = leading(&section.blocks);
        for (at, block) in section.blocks.iter().enumerate() {
            let Some(options) = options(block) else {
                report_without_box(block, findings);
                continue;
            };
            let (question, shown) = question(section, at);
            match question.filter(|block| !inline_text(inner(block)).is_empty()) {
                Some(question) => {
                    let list = List {
                        at,
                        shown,
                        options: &options,
                        leading: &leading,
                    };
                    found.extend(card(question, &list, section, findings));
                }
                None => report_no_question(block, findings),
            }
        }
        found
    }
}

/// One option of a list.
struct Choice<'p, 't> {
    is_right: bool,
    content: Vec<&'p Piece<'t>>,
}

/// A list of options.
struct List<'o, 'p, 't> {
    /// Its place among the blocks of the section.
    at: usize,
    /// How many blocks between it and the question are shown with the question.
    shown: usize,
    options: &'o [Choice<'p, 't>],
    /// For each block of the section whether it leads to options.
    leading: &'o [bool],
}

/// The question of the list at a place, and how many blocks between them are given with it.
fn question<'p, 't>(section: &Section<'p, 't>, at: usize) -> (Option<Block<'p, 't>>, usize) {
    let above = &section.blocks[..at];
    let shown = above
        .iter()
        .rev()
        .take_while(|block| is_given(block))
        .count();
    match above[..at - shown].last() {
        None if section.question.is_some() => (section.question, shown),
        Some(&block) if is_question(block) => (Some(block), shown),
        // An image may be the question itself.
        _ => (above.last().copied().filter(|block| is_question(block)), 0),
    }
}

/// Whether a block is code, a table or nothing but images.
fn is_given(block: Block) -> bool {
    let mut has_image = false;
    let mut images = 0_u32;
    for piece in block {
        match &piece.event {
            Event::Start(Tag::CodeBlock(_) | Tag::Table(_)) => return true,
            Event::Start(Tag::Image { .. }) => {
                has_image = true;
                images += 1;
            }
            Event::End(TagEnd::Image) => images = images.saturating_sub(1),
            Event::Start(Tag::Paragraph) | Event::End(_) | Event::SoftBreak => {}
            _ if images == 0 => return false,
            _ => {}
        }
    }
    has_image
}

fn card<'t>(
    question: Block<'_, 't>,
    list: &List<'_, '_, 't>,
    section: &Section<'_, 't>,
    findings: &mut Findings,
) -> Option<RawCard<'t>> {
    let List {
        at,
        shown,
        options,
        leading,
    } = *list;
    let list = section.blocks[at];
    let offset = source(question).start;
    if !options.iter().any(|option| option.is_right) {
        let message = "none of these options is marked as right, so they make no card";
        let hint = "mark the right ones with `- [x]`";
        findings.error("no-right-option", source(list).start, message, hint);
        return None;
    }
    let all: Vec<Option<usize>> = vec![None; options.len()];
    let mut given = section.blocks[at - shown..at].concat();
    given.extend(html_list(list, options.iter().zip(all)));
    let numbered = options.iter().zip((1..).map(Some));
    let right = html_list(list, numbered.filter(|(option, _)| option.is_right));
    let rest = &section.blocks[at + 1..];
    let explanation = &rest[..explanation_len(rest, &leading[at + 1..])];
    let last = explanation.last().copied().unwrap_or(list);
    let explanation = explanation.iter().map(|block| block.to_vec());
    Some(RawCard {
        offset,
        question: inner(question).to_vec(),
        given,
        answer: std::iter::once(right).chain(explanation).collect(),
        covers: offset..source(last).end,
        ..RawCard::default()
    })
}

/// For each block whether it is a list of options, or given with one below it.
fn leading(blocks: &[Block]) -> Vec<bool> {
    let mut leading = vec![false; blocks.len()];
    let mut is_leading = false;
    for (at, block) in blocks.iter().enumerate().rev() {
        is_leading = options(block).is_some() || is_leading && is_given(block);
        leading[at] = is_leading;
    }
    leading
}

/// The explanation ends at a heading, and where the next question with options begins.
fn explanation_len(blocks: &[Block], leading: &[bool]) -> usize {
    let is_end = |at: usize| {
        let is_asked = is_question(blocks[at]) && leading.get(at + 1) == Some(&true);
        let is_list = !is_given(blocks[at]) && leading[at];
        heading_level(blocks[at]).is_some() || is_list || is_asked
    };
    let mut places = 0..blocks.len();
    places.find(|&at| is_end(at)).unwrap_or(blocks.len())
}

fn is_question(block: Block) -> bool {
    is_paragraph(block) || heading_level(block).is_some()
}

/// The options of a list of at least two items, all of which have a box.
fn options<'p, 't>(list: Block<'p, 't>) -> Option<Vec<Choice<'p, 't>>> {
    if !matches!(list.first()?.event, Event::Start(Tag::List(_))) {
        return None;
    }
    let mut options = Vec::new();
    let mut rest = inner(list);
    while !rest.is_empty() {
        let (item, after) = rest.split_at(element_len(rest));
        let is_marker = |piece: &&Piece| matches!(piece.event, Event::TaskListMarker(_));
        let is_first = |index: usize| index < 2;
        let content = inner(item).iter().enumerate();
        options.push(Choice {
            is_right: own_box(item)?,
            content: content
                .filter(|(index, piece)| !(is_first(*index) && is_marker(piece)))
                .map(|(_, piece)| piece)
                .collect(),
        });
        rest = after;
    }
    (options.len() > 1).then_some(options)
}

/// Whether the box of an item is marked, if it begins with one.
fn own_box(item: Block) -> Option<bool> {
    item.iter().take(3).find_map(|piece| match piece.event {
        Event::TaskListMarker(is_right) => Some(is_right),
        _ => None,
    })
}

/// An ordered list with letters; an option with a number has the letter of that number.
fn html_list<'p, 't, 'o>(
    list: Block<'_, 't>,
    options: impl Iterator<Item = (&'o Choice<'p, 't>, Option<usize>)>,
) -> Vec<Piece<'t>>
where
    't: 'p,
    'p: 'o,
{
    let range = list[0].range.clone();
    let html = |html: CowStr<'t>| {
        [
            Event::Start(Tag::HtmlBlock),
            Event::Html(html),
            Event::End(TagEnd::HtmlBlock),
        ]
        .map(|event| Piece {
            event,
            range: range.clone(),
        })
    };
    let mut out = html("<ol class=\"choices\" type=\"A\">".into()).to_vec();
    for (option, number) in options {
        let start = match number {
            None => "<li>".to_owned(),
            Some(number) => format!("<li value=\"{number}\">"),
        };
        out.extend(html(start.into()));
        out.extend(option.content.iter().map(|&piece| piece.clone()));
        out.extend(html("</li>".into()));
    }
    out.extend(html("</ol>".into()));
    out
}

/// A list with a right option, and with others that have no box.
fn report_without_box(list: Block, findings: &mut Findings) {
    let is_list = matches!(list[0].event, Event::Start(Tag::List(_)));
    if !is_list {
        return;
    }
    let items = blocks(inner(list));
    let boxes: Vec<Option<bool>> = items.iter().map(|item| own_box(item)).collect();
    if boxes.contains(&Some(true)) && boxes.contains(&None) {
        let message = "not all items of this list have a box, so they make no card";
        let hint = "begin each option with `- [ ]`, and the right ones with `- [x]`";
        findings.warning("half-card", source(list).start, message, hint);
    }
}

fn report_no_question(list: Block, findings: &mut Findings) {
    let message = "these options stand below no question, so they make no card";
    let hint = "write the question directly above the list";
    findings.warning("half-card", source(list).start, message, hint);
}
