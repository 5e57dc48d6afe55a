//! Tags that are written as names: `What is <main>?` means the word, not the element.
//!
//! A tag within a line is HTML only if its end stands in the same paragraph, or if it needs none.
//! Any other would vanish, and a `<div>` would take in all that follows it.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, Tag, TagEnd};

use super::html::{self, Element, KEPT_INLINE, RawTag};
use super::markdown::Piece;
use super::source::Findings;

/// Turns the tags that are names into text, and reports them.
pub(crate) fn show(pieces: &mut [Piece], findings: &mut Findings) {
    let is_tag = |piece: &Piece| matches!(piece.event, Event::InlineHtml(_));
    if !pieces.iter().any(is_tag) {
        return;
    }
    let ends = last_ends(pieces);
    let mut at = 0;
    while at < pieces.len() {
        let place = match pieces[at].event {
            Event::Start(Tag::Heading { .. }) => Place::Heading,
            _ => Place::Text,
        };
        at += 1;
        let len = pieces[at..].iter().take_while(|p| is_inline(p)).count();
        let run = Run {
            place,
            pieces: &pieces[at..at + len],
            end: at + len,
            ended_below: ended_below(&pieces[at + len..]),
        };
        for name in names(&run, &ends) {
            let piece = &mut pieces[at + name];
            if let Event::InlineHtml(tag) = &piece.event {
                report(tag, piece.range.start, findings);
                piece.event = Event::Text(tag.clone());
            }
        }
        at += len;
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Heading,
    Text,
}

/// Text that nothing divides.
struct Run<'p, 't> {
    place: Place,
    pieces: &'p [Piece<'t>],
    /// The number of the piece behind it.
    end: usize,
    ended_below: BTreeSet<String>,
}

/// For each element the last piece that ends it.
type Ends = BTreeMap<String, usize>;

fn last_ends(pieces: &[Piece]) -> Ends {
    let mut ends = Ends::new();
    for (index, piece) in pieces.iter().enumerate() {
        if let Event::InlineHtml(html) | Event::Html(html) = &piece.event {
            let tags = html::tags(html).into_iter().filter(is_end);
            ends.extend(tags.map(|tag| (tag.name.to_ascii_lowercase(), index)));
        }
    }
    ends
}

/// The places in a run of text of the tags that are names.
fn names(run: &Run, ends: &Ends) -> BTreeSet<usize> {
    let mut open: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut names = BTreeSet::new();
    let mut has_list = false;
    for (index, piece) in run.pieces.iter().enumerate() {
        let Some(tag) = tag(piece) else { continue };
        let name = tag.name.to_ascii_lowercase();
        if !is_end(&tag) {
            open.entry(name).or_default().push(index);
        } else if open.get_mut(&name).and_then(Vec::pop).is_some() {
            has_list |= LISTS.contains(&name.as_str());
        } else if run.place == Place::Heading && name != "br" {
            names.insert(index);
        }
    }
    for (name, indices) in open {
        if run.ended_below.contains(&name) {
            continue;
        }
        let goes_on = ends.get(&name).is_some_and(|end| *end >= run.end);
        names.extend(indices.into_iter().filter(|index| {
            let is_attributed = tag(&run.pieces[*index]).is_some_and(|tag| has_attributes(&tag));
            match name.as_str() {
                "br" | "wbr" => false,
                "hr" => run.place == Place::Heading,
                "a" | "area" | "img" => !is_attributed,
                "details" | "summary" => run.place == Place::Heading || !goes_on,
                name if KEPT_INLINE.contains(&name) => {
                    !is_attributed && !goes_on && !touches_text(run.pieces.get(index + 1))
                }
                name => !(has_list && WITHOUT_END.contains(&name)),
            }
        }));
    }
    names
}

/// Whether what follows a tag is what it would change.
fn touches_text(next: Option<&Piece>) -> bool {
    match next.map(|piece| &piece.event) {
        Some(Event::Text(text)) => text.starts_with(char::is_alphanumeric),
        Some(Event::Start(_) | Event::Code(_) | Event::InlineMath(_)) => true,
        _ => false,
    }
}

/// Elements whose parts need no ends of their own.
const LISTS: &[&str] = &["ul", "ol", "dl", "table"];

const WITHOUT_END: &[&str] = &[
    "caption", "col", "colgroup", "dd", "dt", "li", "p", "tbody", "td", "tfoot", "th", "thead",
    "tr",
];

/// The ends in HTML that follows directly: it breaks off a paragraph.
fn ended_below(after: &[Piece]) -> BTreeSet<String> {
    let is_end_of_block = |piece: &&Piece| matches!(piece.event, Event::End(_));
    let rest = &after[after.iter().take_while(is_end_of_block).count()..];
    let mut names = BTreeSet::new();
    if let [
        Piece {
            event: Event::Start(Tag::HtmlBlock),
            ..
        },
        lines @ ..,
    ] = rest
    {
        for piece in lines {
            let Event::Html(line) = &piece.event else {
                break;
            };
            let ends = html::tags(line).into_iter().filter(is_end);
            names.extend(ends.map(|tag| tag.name.to_ascii_lowercase()));
        }
    }
    names
}

/// The tag of a piece that is one, of an element that is shown.
fn tag<'p>(piece: &'p Piece) -> Option<RawTag<'p>> {
    let Event::InlineHtml(html) = &piece.event else {
        return None;
    };
    let tag = html::tags(html).into_iter().next()?;
    let is_shown = matches!(tag.element(), Element::Kept | Element::Unwrapped);
    (!tag.is_comment && is_shown).then_some(tag)
}

fn is_end(tag: &RawTag) -> bool {
    tag.source.starts_with("</")
}

fn has_attributes(tag: &RawTag) -> bool {
    let rest = tag.source.get(1 + tag.name.len()..).unwrap_or_default();
    !rest.trim_matches(['/', '>', ' ', '\t', '\n']).is_empty()
}

fn is_inline(piece: &Piece) -> bool {
    match &piece.event {
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        ),
        Event::End(end) => matches!(
            end,
            TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image
        ),
        Event::Html(_) | Event::Rule => false,
        _ => true,
    }
}

fn report(tag: &str, offset: usize, findings: &mut Findings) {
    let message = format!(
        "`{}` is read as an HTML tag, but nothing here belongs to it",
        shown(tag)
    );
    let hint = "it is shown as it stands: write it as code, between backticks";
    findings.warning("unknown-tag", offset, &message, hint);
    findings.of_length(tag.len());
}

fn shown(tag: &str) -> String {
    const MOST_CHARS: usize = 40;
    tag.chars().take(MOST_CHARS).collect()
}
