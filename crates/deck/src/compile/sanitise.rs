//! Sanitises HTML: the one place that all HTML of a bundle goes through.

mod plain;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::flatten::{divide, flatten, has_too_much_to_escape, loses_value};
use super::highlight;
use super::html::{self, KEPT_BLOCK, KEPT_INLINE};
use super::links::{self, Address};

/// Where HTML stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Context {
    /// In a heading or label: no blocks, and no links, since it may stand in a link itself.
    Inline,
    /// In an answer.
    Block,
}

/// What sanitising takes from HTML because it would cost too much to keep.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Loss {
    /// The tags of elements that stand too deep.
    DeepTags,
    /// The value of an attribute that has too much to escape.
    Value,
}

/// HTML with only what the compiler writes itself, and safe elements of the note's own HTML. What
/// had to go for its cost is told; what goes because it is not safe, `checks` reports.
pub(crate) fn sanitise(html: &str, context: Context) -> (String, Vec<Loss>) {
    if let Some(clean) = plain::clean(html, context) {
        return (clean, Vec::new());
    }
    let flat = flatten(html);
    let deep_tags = matches!(flat, Cow::Owned(_)).then_some(Loss::DeepTags);
    let value = loses_value(html).then_some(Loss::Value);
    (
        by_tree(&divide(&flat), context),
        deep_tags.into_iter().chain(value).collect(),
    )
}

/// HTML that was read as a browser reads it, cleaned, and written again.
fn by_tree(html: &str, context: Context) -> String {
    let cleaner = match context {
        Context::Inline => &INLINE,
        Context::Block => &BLOCK,
    };
    cleaner.clean(html).to_string()
}

/// What stands in HTML for a formula until the HTML has been sanitised.
pub(crate) fn place_of_formula(index: usize) -> String {
    format!("{FORMULA}{index}\"></span>")
}

/// Sanitised HTML with its formulas, which `math` has checked. Each is put in once: a note that
/// writes such a place itself shows a formula of its own, or nothing.
pub(crate) fn with_formulas(html: String, formulas: &[String]) -> String {
    if formulas.is_empty() {
        return html;
    }
    let mut formulas: Vec<Option<&String>> = formulas.iter().map(Some).collect();
    let mut pieces = html.split(FORMULA);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let place = piece.split_once("\"></span>").and_then(|(index, after)| {
            let formula = formulas.get_mut(index.parse::<usize>().ok()?)?.take()?;
            Some((formula, after))
        });
        match place {
            Some((formula, after)) => {
                let after = tie(&mut out, formula, after);
                out.push_str(after);
            }
            None => {
                out.push_str(FORMULA);
                out.push_str(piece);
            }
        }
    }
    out
}

/// Writes a formula, and returns what is left of the text after it. A browser breaks lines on both
/// sides of a formula, as if it were an image: not so beside brackets, commas and full stops.
fn tie<'a>(out: &mut String, formula: &str, after: &'a str) -> &'a str {
    let rest = after.trim_start_matches(CLOSING);
    let closing = &after[..after.len() - rest.len()];
    let opening = out.chars().next_back().filter(|c| OPENING.contains(c));
    if opening.is_none() && closing.is_empty() || formula.contains(" display=\"block\"") {
        out.push_str(formula);
        return after;
    }
    out.truncate(out.len() - opening.map_or(0, char::len_utf8));
    out.push_str("<span class=\"tied\">");
    out.extend(opening);
    out.push_str(formula);
    out.push_str(closing);
    out.push_str("</span>");
    rest
}

const OPENING: [char; 2] = ['(', '['];
const CLOSING: [char; 14] = [
    '.', ',', ';', ':', '!', '?', ')', ']', '،', '؛', '؟', '。', '，', '、',
];

/// Quotes are written as references everywhere but around attributes, so that this is a tag.
const FORMULA: &str = "<span data-math=\"";

static INLINE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = cleaner();
    builder.tags(set(KEPT_INLINE));
    builder
});

static BLOCK: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = cleaner();
    builder
        .tags(set(&[KEPT_INLINE, KEPT_BLOCK].concat()))
        .set_tag_attribute_value("a", "target", "_blank")
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
});

fn cleaner() -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .clean_content_tags(set(html::REMOVED))
        .generic_attributes(set(&["dir", "lang", "title"]))
        .tag_attributes(map(&[
            ("a", &["href"]),
            ("col", &["span"]),
            ("details", &["open"]),
            ("img", &["alt", "height", "src", "width"]),
            ("div", &["role", "tabindex"]),
            ("li", &["value"]),
            ("ol", &["reversed", "start", "type"]),
            ("span", &["data-math"]),
            ("pre", &["aria-label", "data-lang", "role", "tabindex"]),
            ("td", &["colspan", "rowspan"]),
            ("th", &["colspan", "rowspan", "scope"]),
        ]))
        .allowed_classes(map(&[
            ("div", BOXES),
            ("figure", &["diagram"]),
            ("li", &["task"]),
            ("mark", &["cloze"]),
            ("ol", &["choices", "footnotes"]),
            ("p", &["callout-title"]),
            ("summary", &["callout-title"]),
            ("sup", &["footnote"]),
            ("pre", &["code"]),
            ("span", &[highlight::CLASSES, &["cloze"]].concat()),
            ("td", ALIGNMENTS),
            ("th", ALIGNMENTS),
        ]))
        .url_schemes(set(&["http", "https", "mailto", "data", links::SCHEME]))
        .url_relative(UrlRelative::PassThrough)
        .attribute_filter(filter_address)
        .strip_comments(true)
        .link_rel(None);
    builder
}

const BOXES: &[&str] = &[
    "table",
    "callout",
    "note",
    "tip",
    "important",
    "warning",
    "caution",
];
const ALIGNMENTS: &[&str] = &["left", "center", "right"];

/// Links lead out of the app or to another place of the notes, images come with it. What is in the
/// folder of notes gets its address when all notes are known.
fn filter_address<'v>(element: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let is_allowed = match (element, attribute) {
        ("a", "href") => html::is_outside_link(value),
        ("img", "src") => html::is_data_image(value),
        _ => true,
    };
    if has_too_much_to_escape(value) {
        return None;
    }
    if is_allowed || Address::from_placeholder(value).is_some() {
        return Some(Cow::Borrowed(value));
    }
    Address::of_path(value).map(|address| Cow::Owned(address.placeholder()))
}

fn set(names: &[&'static str]) -> HashSet<&'static str> {
    names.iter().copied().collect()
}

fn map(
    entries: &[(&'static str, &[&'static str])],
) -> HashMap<&'static str, HashSet<&'static str>> {
    entries
        .iter()
        .map(|(name, values)| (*name, set(values)))
        .collect()
}
