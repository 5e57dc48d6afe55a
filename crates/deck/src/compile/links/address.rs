//! `Address`: what a link or an image of a note points to, as it was written.

use std::borrow::Cow;

use pulldown_cmark::LinkType;
use serde::{Deserialize, Serialize};

use super::super::html;

/// What a link or an image points to, inside of the folder of notes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub(crate) struct Address {
    pub(crate) style: Style,
    pub(crate) written: String,
}

/// How an address names its target.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub(crate) enum Style {
    /// `../dir/note.md#heading`: by the way from the note to it.
    Path,
    /// `[[note#heading]]`: by its name, wherever it is.
    Name,
}

/// The width and height that a note asks for.
pub(crate) type AskedSize<'w> = (&'w str, Option<&'w str>);

impl Address {
    /// The address of a link or an image of Markdown, unless it leads out of the folder.
    pub(crate) fn new(link_type: LinkType, written: &str) -> Option<Address> {
        match link_type {
            LinkType::WikiLink { .. } => Some(Address {
                style: Style::Name,
                written: written.to_owned(),
            }),
            LinkType::Email => None,
            _ => Address::of_path(written),
        }
    }

    /// The address of a path, unless it leads out of the folder.
    pub(crate) fn of_path(written: &str) -> Option<Address> {
        let is_inside = html::is_own_image(written) && !is_data(written) && !written.is_empty();
        is_inside.then(|| Address {
            style: Style::Path,
            written: written.to_owned(),
        })
    }

    /// The path or name, without what stands behind it.
    pub(crate) fn target(&self) -> String {
        let target = match self.style {
            Style::Path => {
                let end = self.written.find(['?', '#']);
                &self.written[..end.unwrap_or(self.written.len())]
            }
            Style::Name => {
                let target = self.written.split('|').next().unwrap_or_default();
                target.split('#').next().unwrap_or_default()
            }
        };
        percent_decoded(target.trim())
            .replace('\\', "/")
            .trim()
            .to_owned()
    }

    /// The heading, anchor or block. Of nested headings the innermost.
    pub(crate) fn fragment(&self) -> Option<String> {
        let (_, fragment) = self.written.split_once('#')?;
        let fragment = fragment.rsplit('#').next().unwrap_or_default();
        Some(percent_decoded(fragment.trim()).into_owned())
    }

    /// The size that stands behind the name of an embedded image.
    pub(crate) fn asked_size(&self) -> Option<AskedSize<'_>> {
        let (_, size) = self.written.rsplit_once('|')?;
        asked_size(size)
    }

    /// Whether this is embedded as a link: a note, or another file that is no image.
    pub(crate) fn is_embedded_as_link(&self) -> bool {
        let target = self.target();
        match self.style {
            Style::Name => super::super::images::kind(&target).is_none(),
            Style::Path => is_markdown(&target),
        }
    }

    /// What stands for the address in HTML until it is resolved.
    pub(crate) fn placeholder(&self) -> String {
        let style = match self.style {
            Style::Path => 'p',
            Style::Name => 'n',
        };
        let mut text = format!("{SCHEME}:{style}");
        for byte in self.written.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._/".contains(&byte) {
                text.push(char::from(byte));
            } else {
                text.push_str(&format!("%{byte:02X}"));
            }
        }
        text
    }

    /// Reads a placeholder.
    pub(crate) fn from_placeholder(text: &str) -> Option<Address> {
        let rest = text.strip_prefix(SCHEME)?.strip_prefix(':')?;
        let (style, rest) = match (rest.strip_prefix('p'), rest.strip_prefix('n')) {
            (Some(rest), _) => (Style::Path, rest),
            (_, Some(rest)) => (Style::Name, rest),
            _ => return None,
        };
        let written = percent_decoded(rest).into_owned();
        Some(Address { style, written })
    }
}

/// The scheme of placeholders. A note that writes it itself gets what any link gets.
pub(crate) const SCHEME: &str = "quire-note";

/// `300` or `300x200`, as Obsidian writes the size of an image.
pub(crate) fn asked_size(text: &str) -> Option<AskedSize<'_>> {
    let is_number = |text: &str| {
        (1..=4).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && !text.starts_with('0')
    };
    let text = text.trim();
    match text.split_once('x') {
        Some((width, height)) if is_number(width) && is_number(height) => {
            Some((width, Some(height)))
        }
        None if is_number(text) => Some((text, None)),
        _ => None,
    }
}

/// Whether a file's name is that of Markdown.
pub(crate) fn is_markdown(name: &str) -> bool {
    without_markdown_ending(name).len() < name.len()
}

/// A name without `.md` or `.markdown`.
pub(crate) fn without_markdown_ending(name: &str) -> &str {
    let cut = |ending: &str| {
        let at = name.len().checked_sub(ending.len())?;
        let (stem, end) = (name.get(..at)?, name.get(at..)?);
        end.eq_ignore_ascii_case(ending).then_some(stem)
    };
    cut(".md").or_else(|| cut(".markdown")).unwrap_or(name)
}

fn is_data(address: &str) -> bool {
    let address = address.trim_start_matches(|c: char| c <= ' ');
    address
        .get(..5)
        .is_some_and(|start| start.eq_ignore_ascii_case("data:"))
}

/// Bytes written as `%20`; a text that is none afterwards stays as it is.
fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes
            .get(at + 1..at + 3)
            .filter(|digits| bytes[at] == b'%' && digits.iter().all(u8::is_ascii_hexdigit));
        let byte = digits
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_apart_into_target_and_fragment() {
        #[track_caller]
        fn check(style: Style, written: &str, target: &str, fragment: Option<&str>) {
            let written = written.to_owned();
            let address = Address { style, written };
            assert_eq!(address.target(), target);
            assert_eq!(address.fragment().as_deref(), fragment);
            let text = address.placeholder();
            assert_eq!(Address::from_placeholder(&text), Some(address));
        }
        check(Style::Path, "a.md", "a.md", None);
        check(
            Style::Path,
            "../a%20b.md?x#c%C3%BC",
            "../a b.md",
            Some("cü"),
        );
        check(Style::Path, "#a", "", Some("a"));
        check(Style::Path, "img\\a.png", "img/a.png", None);
        check(Style::Path, "100%.md", "100%.md", None);
        check(Style::Path, "%ff.md", "%ff.md", None);
        check(Style::Name, "Why?#a#b \"<&>\"", "Why?", Some("b \"<&>\""));
        check(Style::Name, "a.png|300", "a.png", None);
    }

    #[test]
    fn a_size_is_a_number_or_two() {
        assert_eq!(asked_size("300"), Some(("300", None)));
        assert_eq!(asked_size("300x20"), Some(("300", Some("20"))));
        for text in ["", "x", "0", "x20", "30000", "a300", "300px", "1x2x3"] {
            assert_eq!(asked_size(text), None, "{text}");
        }
    }
}
