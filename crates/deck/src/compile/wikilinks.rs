//! Wikilinks as they are meant: what is none becomes text again, and what is shown is readable.

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::links::{Address, asked_size};
use super::markdown::{Piece, element_len};
use super::text::joins_words;

/// Goes over the wikilinks of a note.
///
/// `[[ -f x ]]`, `m[[0]]` and `[[1, 2], [3, 4]]` are code without its marks. A link without a text
/// of its own shows `note > heading`. The size of an embedded image goes from its text to its
/// address, so that the text says what the image shows or nothing.
pub(crate) fn mend(text: &str, pieces: &mut [Piece]) {
    let mut index = 0;
    while index < pieces.len() {
        if let Some((written, has_text)) = wikilink(&pieces[index].event) {
            let len = element_len(&pieces[index..]);
            mend_one(text, &mut pieces[index..index + len], &written, has_text);
        }
        index += 1;
    }
}

/// The address of a wikilink, and whether it has a text of its own.
fn wikilink(event: &Event) -> Option<(String, bool)> {
    match event {
        Event::Start(
            Tag::Link {
                link_type: LinkType::WikiLink { has_pothole },
                dest_url,
                ..
            }
            | Tag::Image {
                link_type: LinkType::WikiLink { has_pothole },
                dest_url,
                ..
            },
        ) => Some((dest_url.to_string(), *has_pothole)),
        _ => None,
    }
}

fn mend_one(text: &str, link: &mut [Piece], written: &str, has_text: bool) {
    let range = link[0].range.clone();
    let before = text[..range.start].chars().next_back();
    if !is_meant(written, before) {
        return undo(text, link);
    }
    // In a table the bar has to be escaped.
    let mut address = written.trim_end_matches('\\').to_owned();
    let is_image = matches!(link[0].event, Event::Start(Tag::Image { .. }));
    if let [
        _,
        Piece {
            event: Event::Text(shown),
            ..
        },
        _,
    ] = link
    {
        if !has_text && (!is_image || is_embed_of_note(&address)) {
            *shown = readable(&address).into();
        } else if is_image && let Some(rest) = without_size(shown) {
            address = format!("{address}|{}", shown[rest.len()..].trim_start_matches('|'));
            *shown = rest.into();
        }
    }
    if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) =
        &mut link[0].event
    {
        *dest_url = address.into();
    }
}

fn is_embed_of_note(written: &str) -> bool {
    let link_type = LinkType::WikiLink { has_pothole: false };
    Address::new(link_type, written).is_some_and(|address| address.is_embedded_as_link())
}

/// Whether this is the name of a note: it has letters, or is a year, and no marks of code.
fn is_meant(written: &str, before: Option<char>) -> bool {
    const YEAR_DIGITS: usize = 4;
    let is_padded = written.trim() != written;
    let is_index = before.is_some_and(|c| joins_words(c) || matches!(c, '_' | ')' | ']'));
    let digits = written.chars().filter(char::is_ascii_digit).count();
    let is_named = written.chars().any(char::is_alphabetic) || digits >= YEAR_DIGITS;
    is_named && !is_padded && !is_index && !written.contains(['[', ']', '\n'])
}

/// What stood around the content becomes text, and of a link with a text also its address.
fn undo(text: &str, link: &mut [Piece]) {
    let range = link[0].range.clone();
    let content = match link {
        [_, first, .., last, _] => first.range.start..last.range.end,
        [_, only, _] => only.range.clone(),
        _ => range.end.saturating_sub(2)..range.end.saturating_sub(2),
    };
    let source = |range: std::ops::Range<usize>| -> CowStr<'static> {
        text.get(range).unwrap_or_default().to_owned().into()
    };
    let (start, end) = (range.start..content.start, content.end..range.end);
    let last = link.len() - 1;
    link[0] = Piece {
        event: Event::Text(source(start.clone())),
        range: start,
    };
    if let Event::End(TagEnd::Link | TagEnd::Image) = link[last].event {
        link[last] = Piece {
            event: Event::Text(source(end.clone())),
            range: end,
        };
    }
}

/// `note > heading` for `note#heading`, and `heading` for `#heading`.
fn readable(address: &str) -> String {
    let names = address.split('#').map(|name| name.trim_start_matches('^'));
    let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    names.join(" > ")
}

/// The text of an embedded image without the size at its end.
fn without_size(shown: &str) -> Option<String> {
    let (rest, size) = shown.rsplit_once('|').unwrap_or(("", shown));
    asked_size(size).map(|_| rest.to_owned())
}
