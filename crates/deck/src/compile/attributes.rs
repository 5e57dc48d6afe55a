//! Attributes of headings, such as `{#id}` and `{: .class}`: they are not shown, and links lead to the
//! ids.

use pulldown_cmark::{Event, Tag};

use super::markdown::{Piece, element_len};

/// Takes the attributes off all headings. Gives the ids, each with the place of its heading.
pub(crate) fn take(pieces: &mut [Piece]) -> Vec<(String, usize)> {
    let mut ids = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let len = match pieces[at].event {
            Event::Start(Tag::Heading { .. }) => element_len(&pieces[at..]),
            _ => 1,
        };
        if len > 2 {
            let place = pieces[at].range.start;
            let heading = &mut pieces[at + 1..at + len - 1];
            ids.extend(take_from(heading).into_iter().map(|id| (id, place)));
        }
        at += len;
    }
    ids
}

/// Takes the attributes off the end of a heading. Its text may come in several pieces.
fn take_from(heading: &mut [Piece]) -> Vec<String> {
    let texts = heading.iter().rev().map_while(|piece| match &piece.event {
        Event::Text(text) => Some(&**text),
        _ => None,
    });
    let texts: Vec<&str> = texts.collect();
    let first = heading.len() - texts.len();
    let end: String = texts.into_iter().rev().collect();
    let Some((kept, inside)) = attributes(&end) else {
        return Vec::new();
    };
    let names = inside.split_whitespace();
    let ids = names.filter_map(|name| Some(name.strip_prefix('#')?.to_owned()));
    let ids = ids.collect();
    for piece in &mut heading[first..] {
        piece.event = Event::Text("".into());
    }
    if let Some(piece) = heading.get_mut(first) {
        piece.event = Event::Text(kept.trim_end().to_owned().into());
    }
    ids
}

/// The text without the attributes that end it, and what stands in their braces. Braces with
/// anything else in them are text.
fn attributes(text: &str) -> Option<(&str, &str)> {
    let inside = text.trim_end().strip_suffix('}')?;
    let (before, inside) = inside.rsplit_once('{')?;
    let inside = inside.strip_prefix(':').unwrap_or(inside);
    let is_name = |name: &str| {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
        name.len() > 1 && name.starts_with(['#', '.']) && name[1..].chars().all(is_part)
    };
    let mut names = inside.split_whitespace().peekable();
    (names.peek().is_some() && names.all(is_name)).then_some((before, inside))
}
