//! Callouts: quotations that begin with `[!type]`, as GitHub and Obsidian write them.
//!
//! A callout stays a quotation, of one of five kinds, and its first element is a
//! `DefinitionListTitle`, which stands nowhere else outside a definition list. One that folds has
//! all of it in `<details>`.

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

use super::super::markdown::{Piece, element_len};
use super::text_piece;

/// The pieces with quotations that are callouts told apart.
pub(super) fn find<'t>(text: &'t str, pieces: Vec<Piece<'t>>) -> Vec<Piece<'t>> {
    if !text.contains("[!") {
        return pieces;
    }
    let mut out = Vec::with_capacity(pieces.len());
    let mut open: Vec<Option<Marker>> = Vec::new();
    let mut rest = &pieces[..];
    while let Some((piece, after)) = rest.split_first() {
        rest = after;
        match &piece.event {
            Event::Start(Tag::BlockQuote(None)) => {
                let marker = marker(text, after);
                match &marker {
                    Some(marker) => {
                        let paragraph = &after[..element_len(after)];
                        rest = &after[paragraph.len()..];
                        begin(text, piece, marker, paragraph, &mut out);
                    }
                    None => out.push(piece.clone()),
                }
                open.push(marker);
            }
            Event::End(TagEnd::BlockQuote(None)) => match open.pop().flatten() {
                Some(marker) => end(piece, &marker, &mut out),
                None => out.push(piece.clone()),
            },
            _ => out.push(piece.clone()),
        }
    }
    out
}

/// What `[!type]-` says.
struct Marker {
    kind: BlockQuoteKind,
    word: String,
    /// The tag of a callout that folds.
    details: Option<&'static str>,
    /// Where the title begins.
    end: usize,
}

fn marker(text: &str, quoted: &[Piece]) -> Option<Marker> {
    let [paragraph, first, ..] = quoted else {
        return None;
    };
    if paragraph.event != Event::Start(Tag::Paragraph) || !matches!(first.event, Event::Text(_)) {
        return None;
    }
    let start = first.range.start;
    let line = text.get(start..)?.lines().next()?;
    let (name, after) = line.strip_prefix("[!")?.split_once(']')?;
    let name = name.split('|').next()?.trim();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    if name.is_empty() || name.len() > 40 || !name.chars().all(is_name) {
        return None;
    }
    let details = match after.chars().next() {
        Some('-') => Some("<details>"),
        Some('+') => Some("<details open>"),
        _ => None,
    };
    let title = after[usize::from(details.is_some())..].trim_start_matches([' ', '\t']);
    Some(Marker {
        kind: kind(&name.to_lowercase()),
        word: word(name),
        details,
        end: start + (line.len() - title.len()),
    })
}

fn kind(name: &str) -> BlockQuoteKind {
    match name {
        "tip" | "hint" | "success" | "check" | "done" => BlockQuoteKind::Tip,
        "important" | "question" | "help" | "faq" | "example" => BlockQuoteKind::Important,
        "warning" | "attention" => BlockQuoteKind::Warning,
        "caution" | "danger" | "error" | "bug" | "failure" | "fail" | "missing" => {
            BlockQuoteKind::Caution
        }
        _ => BlockQuoteKind::Note,
    }
}

/// The type as a word to read.
fn word(name: &str) -> String {
    match name.to_lowercase().as_str() {
        "faq" => return "FAQ".to_owned(),
        "tldr" => return "TL;DR".to_owned(),
        _ => {}
    }
    let name = name.replace(['-', '_'], " ").to_lowercase();
    let mut letters = name.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

fn begin<'t>(
    text: &'t str,
    quote: &Piece<'t>,
    marker: &Marker,
    paragraph: &[Piece<'t>],
    out: &mut Vec<Piece<'t>>,
) {
    let piece = |event| Piece {
        event,
        range: paragraph[0].range.clone(),
    };
    out.push(Piece {
        event: Event::Start(Tag::BlockQuote(Some(marker.kind))),
        range: quote.range.clone(),
    });
    if let Some(details) = marker.details {
        out.extend(html(details, &paragraph[0]));
    }
    let content = &paragraph[1..paragraph.len() - 1];
    let (title, body) = content.split_at(first_line(content));
    out.push(piece(Event::Start(Tag::DefinitionListTitle)));
    let title = after_marker(text, marker.end, title);
    // The kind is never told by its colour alone.
    let name = match title.is_empty() {
        true => marker.word.clone(),
        false => format!("{}: ", marker.word),
    };
    out.push(piece(Event::Text(name.into())));
    out.extend(title);
    out.push(piece(Event::End(TagEnd::DefinitionListTitle)));
    if body.len() > 1 {
        out.push(piece(Event::Start(Tag::Paragraph)));
        out.extend_from_slice(&body[1..]);
        out.push(piece(Event::End(TagEnd::Paragraph)));
    }
}

fn end<'t>(quote: &Piece<'t>, marker: &Marker, out: &mut Vec<Piece<'t>>) {
    if marker.details.is_some() {
        out.extend(html("</details>", quote));
    }
    out.push(Piece {
        event: Event::End(TagEnd::BlockQuote(Some(marker.kind))),
        range: quote.range.clone(),
    });
}

fn html<'t>(tag: &'static str, at: &Piece) -> [Piece<'t>; 3] {
    let events = [
        Event::Start(Tag::HtmlBlock),
        Event::Html(tag.into()),
        Event::End(TagEnd::HtmlBlock),
    ];
    events.map(|event| Piece {
        event,
        range: at.range.clone(),
    })
}

/// How many pieces stand before the first break that is in no other element.
fn first_line(content: &[Piece]) -> usize {
    let mut depth = 0_usize;
    for (index, piece) in content.iter().enumerate() {
        match piece.event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::SoftBreak | Event::HardBreak if depth == 0 => return index,
            _ => {}
        }
    }
    content.len()
}

/// The pieces of a line behind its marker.
fn after_marker<'t>(text: &'t str, end: usize, line: &[Piece<'t>]) -> Vec<Piece<'t>> {
    let mut out = Vec::new();
    for piece in line {
        if piece.range.start >= end {
            out.push(piece.clone());
        } else if piece.range.end > end {
            out.extend(text_piece(text, end, piece.range.end));
        }
    }
    out
}
