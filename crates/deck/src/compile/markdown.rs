//! Parses Markdown: the one place where the parser is built.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::extensions;
use super::math::{Display, mathml};
use super::references;
use super::source::Findings;
use super::tag_names;
use super::wikilinks;

/// One event of the parser and the bytes of the note that it came from.
#[derive(Clone, Debug)]
pub(crate) struct Piece<'t> {
    pub(crate) event: Event<'t>,
    pub(crate) range: Range<usize>,
}

/// The pieces of one block that stands in no other block.
pub(crate) type Block<'p, 't> = &'p [Piece<'t>];

/// Parses the text from `start` on. Ranges count from the beginning of the text.
pub(crate) fn parse<'t>(text: &'t str, start: usize, findings: &mut Findings) -> Vec<Piece<'t>> {
    let body = &text[start..];
    let mut unused = Vec::new();
    let mut pieces = match extensions::prepare::prepare(body) {
        Some(prepared) => {
            let events = events(&prepared.text, &mut unused);
            unused = unused.iter().map(|it| prepared.places(it)).collect();
            let pieces = extensions::find(&prepared.text, events);
            let owned = |piece: Piece| Piece {
                event: piece.event.into_static(),
                range: prepared.places(&piece.range),
            };
            pieces.into_iter().map(owned).collect()
        }
        None => extensions::find(body, events(body, &mut unused)),
    };
    for place in unused {
        references::report(place.start + start, findings);
    }
    for piece in &mut pieces {
        piece.range = piece.range.start + start..piece.range.end + start;
    }
    undo_setext(text, &mut pieces, findings);
    wikilinks::mend(text, &mut pieces);
    tag_names::show(&mut pieces, findings);
    show_broken_math(&mut pieces, findings);
    pieces
}

/// The events of a text, and the places of definitions that nothing uses.
fn events<'t>(text: &'t str, unused: &mut Vec<Range<usize>>) -> Vec<Piece<'t>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_WIKILINKS;
    let mut events = Parser::new_ext(text, options).into_offset_iter();
    let pieces = events.by_ref();
    let pieces = pieces
        .map(|(event, range)| Piece { event, range })
        .collect::<Vec<_>>();
    *unused = references::unused(events.reference_definitions(), &pieces);
    pieces
}

/// The text that an entity such as `&copy;` stands for.
pub(crate) fn entity(source: &str) -> Option<String> {
    let mut events = Parser::new_ext(source, Options::empty()).skip(1);
    match (events.next(), events.next()) {
        (Some(Event::Text(text)), Some(Event::End(_))) if *text != *source => Some(text.into()),
        _ => None,
    }
}

/// A formula that cannot be read is shown as it was written.
fn show_broken_math(pieces: &mut [Piece], findings: &mut Findings) {
    for piece in pieces {
        let (tex, display, mark) = match &piece.event {
            Event::InlineMath(tex) => (tex, Display::Inline, "$"),
            Event::DisplayMath(tex) => (tex, Display::Block, "$$"),
            _ => continue,
        };
        if let Err(error) = mathml(tex, display) {
            let message = format!("this formula cannot be read: {error}");
            let hint = "it is shown as code: mend the formula, or write `\\$` for a dollar sign";
            findings.warning("broken-math", piece.range.start, &message, hint);
            piece.event = Event::Code(format!("{mark}{tex}{mark}").into());
        }
    }
}

/// The top-level blocks, in order.
pub(crate) fn blocks<'p, 't>(pieces: &'p [Piece<'t>]) -> Vec<Block<'p, 't>> {
    let mut blocks = Vec::new();
    let mut rest = pieces;
    while !rest.is_empty() {
        let (block, after) = rest.split_at(element_len(rest));
        blocks.push(block);
        rest = after;
    }
    blocks
}

/// How many pieces the first element has: from a start to its end, or one piece alone.
pub(crate) fn element_len(pieces: &[Piece]) -> usize {
    let mut depth = 0_usize;
    for (index, piece) in pieces.iter().enumerate() {
        match piece.event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return index + 1;
        }
    }
    pieces.len()
}

/// What stands between the start and the end of an element.
pub(crate) fn inner<'p, 't>(element: &'p [Piece<'t>]) -> &'p [Piece<'t>] {
    element
        .get(1..element.len().saturating_sub(1))
        .unwrap_or_default()
}

/// The level of a heading, for a block that is one.
pub(crate) fn heading_level(block: Block) -> Option<HeadingLevel> {
    match block.first()?.event {
        Event::Start(Tag::Heading { level, .. }) => Some(level),
        _ => None,
    }
}

/// A paragraph directly above `---` is a heading to Markdown, but hardly ever meant as one: it
/// becomes a paragraph again, and is reported.
fn undo_setext(text: &str, pieces: &mut [Piece], findings: &mut Findings) {
    let mut is_inside = false;
    for piece in pieces {
        let spans_lines = || {
            let source = text.get(piece.range.clone()).unwrap_or_default();
            source.trim_end().contains('\n')
        };
        match piece.event {
            Event::Start(Tag::Heading {
                level: HeadingLevel::H2,
                ..
            }) if spans_lines() => {
                is_inside = true;
                report_setext(piece.range.start, findings);
                piece.event = Event::Start(Tag::Paragraph);
            }
            Event::End(TagEnd::Heading(HeadingLevel::H2)) if is_inside => {
                is_inside = false;
                piece.event = Event::End(TagEnd::Paragraph);
            }
            _ => {}
        }
    }
}

fn report_setext(offset: usize, findings: &mut Findings) {
    let message = "a paragraph directly above `---` is a heading in Markdown; it makes no card";
    let hint = "put an empty line above the `---`, or write the question as `## Question`";
    findings.warning("setext-heading", offset, message, hint);
}
