//! Raw HTML in notes: which tags are kept, and which are no HTML at all.
//!
//! `Vec<String>` without code marks is a tag to Markdown, and a browser would hide it. Tags that no
//! HTML element has are therefore shown as they were written.

mod addresses;
mod entities;

pub(crate) use addresses::{is_data_image, is_outside_link, is_own_image, outside_address};
use entities::without_entities;

/// What becomes of an element of raw HTML.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Element {
    /// It stays.
    Kept,
    /// The tags go, the content stays.
    Unwrapped,
    /// It goes with its content.
    Removed,
    /// It is no HTML: it is shown as text.
    Unknown,
}

/// Elements that stay in headings and labels as well as in answers.
pub(crate) const KEPT_INLINE: &[&str] = &[
    "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark",
    "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var",
    "wbr",
];

/// Elements that stay in answers.
pub(crate) const KEPT_BLOCK: &[&str] = &[
    "a",
    "blockquote",
    "caption",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements that go with their content.
pub(crate) const REMOVED: &[&str] = &[
    "applet", "audio", "base", "button", "canvas", "datalist", "dialog", "embed", "fieldset",
    "form", "frame", "frameset", "iframe", "input", "link", "map", "math", "meta", "meter",
    "noscript", "object", "optgroup", "option", "output", "param", "progress", "script", "select",
    "slot", "source", "style", "svg", "template", "textarea", "title", "track", "video",
];

const UNWRAPPED: &[&str] = &[
    "acronym", "address", "area", "article", "aside", "big", "body", "center", "data", "dir",
    "font", "footer", "head", "header", "hgroup", "html", "label", "legend", "main", "marquee",
    "menu", "nav", "nobr", "picture", "search", "section", "strike", "time", "tt",
];

/// One tag of raw HTML.
pub(crate) struct RawTag<'h> {
    pub(crate) start: usize,
    /// The tag as it stands, from `<` to `>` or to the end.
    pub(crate) source: &'h str,
    pub(crate) name: &'h str,
    pub(crate) is_comment: bool,
}

impl RawTag<'_> {
    /// What becomes of the tag. Names such as `String` or `T` are types, not elements.
    pub(crate) fn element(&self) -> Element {
        let name = self.name.to_ascii_lowercase();
        let begins_upper = self.name.starts_with(|c: char| c.is_ascii_uppercase());
        let is_shouted = self.name.len() > 1 && self.name == self.name.to_ascii_uppercase();
        if begins_upper && !is_shouted {
            return Element::Unknown;
        }
        let is_in = |names: &[&str]| names.contains(&name.as_str());
        if is_in(KEPT_INLINE) || is_in(KEPT_BLOCK) {
            Element::Kept
        } else if is_in(REMOVED) {
            Element::Removed
        } else if is_in(UNWRAPPED) {
            Element::Unwrapped
        } else {
            Element::Unknown
        }
    }

    /// The value of an attribute, without its quotes.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let lower = self.source.to_ascii_lowercase();
        let at = lower
            .match_indices(name)
            .map(|(at, _)| at)
            .find(|&at| lower[..at].ends_with(|c: char| c.is_ascii_whitespace()))?;
        let rest = self.source[at + name.len()..]
            .trim_start()
            .strip_prefix('=')?
            .trim_start();
        let quoted = |quote| {
            rest.strip_prefix(quote)
                .and_then(|rest| rest.split(quote).next())
        };
        let is_end = |c: char| c.is_ascii_whitespace() || c == '>';
        quoted('"')
            .or_else(|| quoted('\''))
            .or_else(|| rest.split(is_end).next())
    }
}

/// The tags and comments of raw HTML, in order.
pub(crate) fn tags(html: &str) -> Vec<RawTag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = html[at..].find('<').map(|found| at + found) {
        let source = &html[start..];
        let tag = if source.starts_with("<!--") {
            let end = source.find("-->").map_or(source.len(), |end| end + 3);
            Some(RawTag {
                start,
                source: &source[..end],
                name: "",
                is_comment: true,
            })
        } else {
            tag(source, start)
        };
        at = start + tag.as_ref().map_or(1, |tag| tag.source.len());
        tags.extend(tag);
    }
    tags
}

/// The HTML with tags that are no HTML turned into text.
pub(crate) fn escape_unknown(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut at = 0;
    for tag in tags(html) {
        if !tag.is_comment && tag.element() == Element::Unknown {
            out.push_str(&html[at..tag.start]);
            escape(&mut out, tag.source);
            at = tag.start + tag.source.len();
        }
    }
    out.push_str(&html[at..]);
    out
}

/// What a reader sees of raw HTML.
pub(crate) fn visible_text(html: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for tag in tags(html) {
        out.push_str(&html[at..tag.start]);
        at = tag.start + tag.source.len();
        if tag.is_comment {
            continue;
        }
        match tag.name.to_ascii_lowercase().as_str() {
            _ if tag.element() == Element::Unknown => out.push_str(tag.source),
            "br" | "hr" => out.push('\n'),
            "img" => out.push_str(tag.attribute("alt").unwrap_or_default()),
            _ => {}
        }
    }
    out.push_str(&html[at..]);
    without_entities(&out)
}

/// Whether raw HTML shows an image.
pub(crate) fn has_image(html: &str) -> bool {
    let is_image = |tag: &RawTag| tag.name.eq_ignore_ascii_case("img");
    tags(html).iter().any(is_image)
}

/// What stands for a checkbox of a task list.
pub(crate) fn checkbox(is_done: bool) -> &'static str {
    if is_done { "☑ " } else { "☐ " }
}

/// Writes text as HTML, for content and for attribute values.
pub(crate) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
}

fn tag(source: &str, start: usize) -> Option<RawTag<'_>> {
    let rest = &source[1..];
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let is_end = |c: char| c.is_ascii_whitespace() || c == '/' || c == '>';
    let name = rest.split(is_end).next()?;
    let end = tag_end(source);
    Some(RawTag {
        start,
        source: &source[..end],
        name,
        is_comment: false,
    })
}

/// The length of a tag, with any `>` inside quotes.
fn tag_end(source: &str) -> usize {
    let mut quote = None;
    for (at, c) in source.char_indices() {
        match (quote, c) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    source.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_says_its_name_and_its_attributes() {
        let html = r#"x <IMG alt='a > b' src = "p.png"> <!-- <b> --> </T> < 3 <br/>"#;
        let tags = tags(html);
        let names: Vec<&str> = tags.iter().map(|tag| tag.name).collect();
        assert_eq!(names, ["IMG", "", "T", "br"]);
        assert_eq!(tags[0].attribute("alt"), Some("a > b"));
        assert_eq!(tags[0].attribute("src"), Some("p.png"));
        assert_eq!(tags[0].attribute("srcset"), None);
        let elements: Vec<Element> = tags.iter().map(RawTag::element).collect();
        assert_eq!(elements[0], Element::Kept);
        assert_eq!(elements[2..], [Element::Unknown, Element::Kept]);
    }
}
