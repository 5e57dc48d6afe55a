//! Definition lists: a term, and below it lines that begin with `: `.
//!
//! The parser's own reading of them takes `:::`, `:smile:` and lines after an empty line too. Here
//! the term and its definitions are one paragraph, and a paragraph with a bold label stays one: it
//! is a part.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::markdown::{Piece, element_len};
use super::text_piece;

/// The pieces with paragraphs that define terms turned into definition lists.
pub(super) fn find<'t>(text: &'t str, pieces: Vec<Piece<'t>>) -> Vec<Piece<'t>> {
    if !text.contains("\n: ") && !text.contains("> : ") && !text.contains("  : ") {
        return pieces;
    }
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut rest = &pieces[..];
    while let Some(piece) = rest.first() {
        let len = match piece.event {
            Event::Start(Tag::Paragraph) => element_len(rest),
            _ => 1,
        };
        let (block, after) = rest.split_at(len);
        match definition_list(text, block) {
            Some(list) => join(&mut out, list),
            None => out.extend_from_slice(block),
        }
        rest = after;
    }
    out
}

/// One list after another is one list.
fn join<'t>(out: &mut Vec<Piece<'t>>, list: Vec<Piece<'t>>) {
    let follows = out
        .last()
        .is_some_and(|piece| piece.event == Event::End(TagEnd::DefinitionList));
    if follows {
        out.pop();
    }
    out.extend(list.into_iter().skip(usize::from(follows)));
}

fn definition_list<'t>(text: &'t str, paragraph: &[Piece<'t>]) -> Option<Vec<Piece<'t>>> {
    let content = paragraph.get(1..paragraph.len().checked_sub(1)?)?;
    let lines = lines(content);
    let is_definition = |line: &[Piece]| {
        let start = line.first().map_or(0, |piece| piece.range.start);
        matches!(line.first()?.event, Event::Text(_))
            .then(|| text.get(start..)?.strip_prefix(": "))?
    };
    let is_bold = matches!(
        content.first()?.event,
        Event::Start(Tag::Strong | Tag::Emphasis)
    );
    if is_bold
        || is_definition(lines[0]).is_some()
        || !lines.iter().any(|line| is_definition(line).is_some())
    {
        return None;
    }
    let range = paragraph[0].range.clone();
    let piece = |event| Piece {
        event,
        range: range.clone(),
    };
    let mut out = vec![piece(Event::Start(Tag::DefinitionList))];
    let mut open = None;
    for line in lines {
        let defines = is_definition(line).is_some();
        match open {
            Some(TagEnd::DefinitionListDefinition) if !defines => {
                out.push(piece(Event::SoftBreak));
                out.extend_from_slice(line);
                continue;
            }
            Some(end) => out.push(piece(Event::End(end))),
            None => {}
        }
        if defines {
            let first = &line[0].range;
            out.push(piece(Event::Start(Tag::DefinitionListDefinition)));
            out.extend(text_piece(text, first.start + 2, first.end));
            out.extend_from_slice(&line[1..]);
            open = Some(TagEnd::DefinitionListDefinition);
        } else {
            out.push(piece(Event::Start(Tag::DefinitionListTitle)));
            out.extend_from_slice(line);
            open = Some(TagEnd::DefinitionListTitle);
        }
    }
    out.extend(open.map(|end| piece(Event::End(end))));
    out.push(piece(Event::End(TagEnd::DefinitionList)));
    Some(out)
}

/// The lines of a paragraph. A break inside emphasis does not end a line.
fn lines<'p, 't>(content: &'p [Piece<'t>]) -> Vec<&'p [Piece<'t>]> {
    let mut lines = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    for (index, piece) in content.iter().enumerate() {
        match piece.event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::SoftBreak | Event::HardBreak if depth == 0 => {
                lines.push(&content[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    lines.push(&content[start..]);
    lines
}
