//! `Choices`: a list of `- [ ]` and `- [x]` below a question.
//!
//! The question is the heading of the section where the list begins it, or else the paragraph or
//! heading directly above the list. The options are given with the question, in the order of the
//! note; the answer is the right ones with their letters, and then the explanation below the list.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::runs::{is_paragraph, source};
use super::{RawCard, Reader};
use crate::compile::markdown::{Block, Piece, element_len, heading_level, inner};
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
        for (at, block) in section.blocks.iter().enumerate() {
            let Some(options) = options(block) else {
                continue;
            };
            let above = at.checked_sub(1).map(|above| section.blocks[above]);
            let question = match above {
                None => section.question,
                Some(above) if is_question(above) => Some(above),
                Some(_) => None,
            };
            match question.filter(|block| !inline_text(inner(block)).is_empty()) {
                Some(question) => {
                    found.extend(card(question, block, &options, section, at, findings));
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

fn card<'t>(
    question: Block<'_, 't>,
    list: Block<'_, 't>,
    options: &[Choice<'_, 't>],
    section: &Section<'_, 't>,
    at: usize,
    findings: &mut Findings,
) -> Option<RawCard<'t>> {
    let offset = source(question).start;
    if !options.iter().any(|option| option.is_right) {
        let message = "none of these options is marked as right, so they make no card";
        let hint = "mark the right ones with `- [x]`";
        findings.error("no-right-option", source(list).start, message, hint);
        return None;
    }
    let all: Vec<Option<usize>> = vec![None; options.len()];
    let given = html_list(list, options.iter().zip(all));
    let numbered = options.iter().zip((1..).map(Some));
    let right = html_list(list, numbered.filter(|(option, _)| option.is_right));
    let rest = &section.blocks[at + 1..];
    let explanation = &rest[..explanation_len(rest)];
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

/// The explanation ends at a heading, and where the next question with options begins.
fn explanation_len(blocks: &[Block]) -> usize {
    let is_end = |at: usize| {
        let is_asked = |next: &Block| is_question(blocks[at]) && options(next).is_some();
        heading_level(blocks[at]).is_some()
            || options(blocks[at]).is_some()
            || blocks.get(at + 1).is_some_and(is_asked)
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
        let marker = item.iter().take(3).find_map(|piece| match piece.event {
            Event::TaskListMarker(is_right) => Some(is_right),
            _ => None,
        });
        let is_marker = |piece: &&Piece| matches!(piece.event, Event::TaskListMarker(_));
        let is_first = |index: usize| index < 2;
        let content = inner(item).iter().enumerate();
        options.push(Choice {
            is_right: marker?,
            content: content
                .filter(|(index, piece)| !(is_first(*index) && is_marker(piece)))
                .map(|(_, piece)| piece)
                .collect(),
        });
        rest = after;
    }
    (options.len() > 1).then_some(options)
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

fn report_no_question(list: Block, findings: &mut Findings) {
    let message = "these options stand below no question, so they make no card";
    let hint = "write the question directly above the list";
    findings.warning("half-card", source(list).start, message, hint);
}
