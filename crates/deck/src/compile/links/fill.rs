//! Puts the targets of links and images into HTML, in place of what stood for them.

use super::super::html::{self, RawTag, escape};
use super::super::images::Picture;
use super::super::output::Deck;
use super::address::{Address, SCHEME};
use crate::CardId;

/// What a link or image leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Target {
    Card(CardId),
    /// The deck that begins with this card.
    Deck(CardId),
    Picture(Picture),
    /// Nothing in the app: the text is shown.
    Nothing,
}

/// Fills the HTML of a deck.
pub(super) fn fill_deck(deck: &mut Deck, target: &mut dyn FnMut(&Address) -> Target) {
    let mut fill = |html: &mut String| {
        if html.contains(SCHEME) {
            *html = filled(html, target);
        }
    };
    fill(&mut deck.intro_html);
    for card in &mut deck.cards {
        fill(&mut card.given_html);
        card.parts.iter_mut().for_each(|part| fill(&mut part.html));
    }
}

fn filled(html: &str, target: &mut dyn FnMut(&Address) -> Target) -> String {
    let mut out = String::with_capacity(html.len());
    let mut at = 0;
    let mut is_dropped_link = false;
    for tag in html::tags(html) {
        out.push_str(&html[at..tag.start]);
        at = tag.start + tag.source.len();
        let address = match tag.name {
            "a" => tag.attribute("href"),
            "img" => tag.attribute("src"),
            _ => None,
        };
        match address.and_then(Address::from_placeholder) {
            Some(address) if tag.name == "img" => {
                image(&mut out, &tag, &address, target(&address));
            }
            Some(address) => is_dropped_link = !link(&mut out, &tag, target(&address)),
            None if tag.source == "</a>" && is_dropped_link => is_dropped_link = false,
            None => out.push_str(tag.source),
        }
    }
    out.push_str(&html[at..]);
    out
}

/// Writes the start of a link; says whether there is one.
fn link(out: &mut String, tag: &RawTag, target: Target) -> bool {
    let (href, leads_out) = match target {
        Target::Card(card) => (format!("cards/{card}"), false),
        Target::Deck(card) => (format!("decks/{card}"), false),
        Target::Picture(picture) => (picture.name, true),
        Target::Nothing => return false,
    };
    out.push_str("<a");
    attribute(out, "href", &href);
    for name in ["title", "dir", "lang"] {
        attribute(out, name, tag.attribute(name).unwrap_or_default());
    }
    if leads_out {
        attribute(out, "target", "_blank");
        attribute(out, "rel", "noopener");
    }
    out.push('>');
    true
}

/// Writes an image with its size, or the text that stands for it.
fn image(out: &mut String, tag: &RawTag, address: &Address, target: Target) {
    let alt = tag.attribute("alt").unwrap_or_default();
    let Target::Picture(picture) = target else {
        let name = address.target();
        out.push_str("<span class=\"missing\">");
        match alt.is_empty() {
            true => escape(out, &name),
            false => escape(out, &html::visible_text(alt)),
        }
        return out.push_str("</span>");
    };
    out.push_str("<img loading=\"lazy\" decoding=\"async\"");
    attribute(out, "src", &picture.name);
    out.push_str(&format!(" alt=\"{alt}\""));
    for name in ["title", "dir", "lang"] {
        attribute(out, name, tag.attribute(name).unwrap_or_default());
    }
    let (width, height) = shown_size(tag, address, picture.size);
    attribute(out, "width", &width);
    attribute(out, "height", &height);
    out.push('>');
}

/// Width and height: what the note asks for, and what follows from it by the file's shape.
fn shown_size(tag: &RawTag, address: &Address, size: Option<(u32, u32)>) -> (String, String) {
    let asked = |name| tag.attribute(name).map(str::to_owned);
    let (mut width, mut height) = (asked("width"), asked("height"));
    if let Some((asked_width, asked_height)) = address.asked_size() {
        width = Some(asked_width.to_owned());
        height = asked_height.map(str::to_owned);
    }
    let scaled = |length: &str, by: u32, of: u32| {
        let length: f64 = length.trim().trim_end_matches("px").parse().ok()?;
        let scaled = (length * f64::from(by) / f64::from(of)).round();
        (1.0..1e6).contains(&scaled).then(|| format!("{scaled:.0}"))
    };
    match (&width, &height, size) {
        (None, None, Some((w, h))) => (w.to_string(), h.to_string()),
        (Some(asked), None, Some((w, h))) => {
            let height = scaled(asked, h, w);
            (asked.clone(), height.unwrap_or_default())
        }
        (None, Some(asked), Some((w, h))) => {
            let width = scaled(asked, w, h);
            (width.unwrap_or_default(), asked.clone())
        }
        _ => (width.unwrap_or_default(), height.unwrap_or_default()),
    }
}

/// Values come from sanitised HTML, where they are escaped, or are plain.
fn attribute(out: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        out.push_str(&format!(" {name}=\"{value}\""));
    }
}
