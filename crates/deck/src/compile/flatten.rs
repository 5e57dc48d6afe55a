//! Makes HTML that costs too much to sanitise cheap: elements that stand too deep in each other, and
//! texts that are full of characters to escape.

use std::borrow::Cow;

use super::html::{RawTag, tags};

/// How deep elements stand in each other. What it costs to read HTML grows with its depth, and no
/// learner sees the difference between the hundredth quotation and the thousandth. What stands
/// deeper keeps its text and loses its tags.
pub(crate) const DEEPEST: usize = 100;

/// Elements that have no end, or whose end the next one of their kind is.
const NOT_COUNTED: &[&str] = &[
    "br", "col", "dd", "dt", "hr", "img", "li", "p", "rp", "rt", "tbody", "td", "tfoot", "th",
    "thead", "tr", "wbr",
];

/// HTML without the tags of elements that stand too deep.
pub(crate) fn flatten(html: &str) -> Cow<'_, str> {
    let tags = tags(html);
    if depths(&tags).all(|(_, depth)| depth <= DEEPEST) {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(html.len());
    let mut at = 0;
    for (tag, depth) in depths(&tags) {
        if depth > DEEPEST && !tag.is_comment {
            out.push_str(&html[at..tag.start]);
            at = tag.start + tag.source.len();
        }
    }
    out.push_str(&html[at..]);
    Cow::Owned(out)
}

/// How many characters to escape stand in one text: for each of them the serialiser looks through
/// all of the text behind it.
const MOST_TO_ESCAPE: usize = 256;

/// HTML whose long texts are divided by comments. These go when the HTML is sanitised; the texts
/// stay divided until they are one again on the page.
pub(crate) fn divide(html: &str) -> Cow<'_, str> {
    let is_escaped = |byte: &u8| matches!(byte, b'&' | 0xc2);
    if html.bytes().filter(is_escaped).count() <= MOST_TO_ESCAPE {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(html.len());
    let mut at = 0;
    for tag in tags(html) {
        divide_text(&mut out, &html[at..tag.start]);
        out.push_str(tag.source);
        at = tag.start + tag.source.len();
    }
    divide_text(&mut out, &html[at..]);
    Cow::Owned(out)
}

/// These are the characters that begin with the byte 0xc2, of which one is escaped.
const LATIN: std::ops::RangeInclusive<char> = '\u{80}'..='\u{bf}';

fn divide_text(out: &mut String, text: &str) {
    let is_escaped = |c: char| c == '&' || LATIN.contains(&c);
    let mut count = 0;
    let mut from = 0;
    for (at, _) in text.match_indices(is_escaped) {
        count += 1;
        if count % MOST_TO_ESCAPE == 0 {
            out.push_str(&text[from..at]);
            out.push_str("<!---->");
            from = at;
        }
    }
    out.push_str(&text[from..]);
}

/// Whether the value of an attribute, which cannot be divided, has more to escape than any that
/// was meant.
pub(crate) fn has_too_much_to_escape(value: &str) -> bool {
    let is_escaped = |byte: &u8| matches!(byte, b'&' | 0xc2);
    value.bytes().filter(is_escaped).count() > 4 * MOST_TO_ESCAPE
}

/// Whether a tag has such a value, as the HTML is written: between two quotes.
pub(crate) fn loses_value(html: &str) -> bool {
    has_too_much_to_escape(html)
        && tags(html)
            .iter()
            .filter(|tag| !tag.is_comment)
            .any(|tag| tag.source.split(['"', '\'']).any(has_too_much_to_escape))
}

/// Each tag, and how deep its element stands.
fn depths<'t, 'h>(tags: &'t [RawTag<'h>]) -> impl Iterator<Item = (&'t RawTag<'h>, usize)> {
    let mut open = 0_usize;
    tags.iter().map(move |tag| (tag, depth(tag, &mut open)))
}

/// How deep the element of a tag stands, behind tags that leave so many elements `open`.
pub(crate) fn depth(tag: &RawTag, open: &mut usize) -> usize {
    if tag.is_comment || NOT_COUNTED.contains(&tag.name) {
        return *open;
    }
    if tag.source.starts_with("</") {
        let own = *open;
        *open = open.saturating_sub(1);
        return own;
    }
    *open += 1;
    *open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_too_deep_keeps_its_text() {
        let nested = |depth: usize| format!("{}x{}", "<q>".repeat(depth), "</q>".repeat(depth));
        assert_eq!(flatten(&nested(DEEPEST)), nested(DEEPEST));
        assert_eq!(flatten(&nested(DEEPEST + 5)), nested(DEEPEST));
        let items = "<li><p>a<br><img src=\"b\">".repeat(1_000);
        assert_eq!(flatten(&items), items);
    }

    #[test]
    fn a_text_full_of_characters_to_escape_is_divided_and_says_the_same() {
        let text = "&amp;\u{a0}ü§".repeat(MOST_TO_ESCAPE);
        let html = format!("<p title=\"{text}\">{text}</p>");
        let divided = divide(&html);
        assert_eq!(divided.matches("<!---->").count(), 3);
        assert_eq!(divided.replace("<!---->", ""), html);
        assert_eq!(divide("<p>&amp;</p>"), "<p>&amp;</p>");
    }

    #[test]
    fn what_stands_beside_it_keeps_its_tags() {
        let deep = format!("{}x{}", "<q>".repeat(500), "</q>".repeat(500));
        let html = format!("<b>a</b>{deep}<b>c</b>");
        let flat = flatten(&html);
        assert!(flat.starts_with("<b>a</b><q>") && flat.ends_with("</q><b>c</b>"));
        assert_eq!(flat.matches("<q>").count(), DEEPEST);
    }
}
