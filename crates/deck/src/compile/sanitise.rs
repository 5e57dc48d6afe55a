//! Sanitises HTML: the one place that all HTML of a bundle goes through.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::highlight;
use super::html::{self, KEPT_BLOCK, KEPT_INLINE};

/// Where HTML stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Context {
    /// In a heading or label: no blocks, and no links, since it may stand in a link itself.
    Inline,
    /// In an answer.
    Block,
}

/// HTML with only what the compiler writes itself, and safe elements of the note's own HTML.
pub(crate) fn sanitise(html: &str, context: Context) -> String {
    let cleaner = match context {
        Context::Inline => &INLINE,
        Context::Block => &BLOCK,
    };
    cleaner.clean(html).to_string()
}

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
            ("img", &["alt", "height", "loading", "src", "width"]),
            ("div", &["role", "tabindex"]),
            ("li", &["value"]),
            ("ol", &["reversed", "start", "type"]),
            ("pre", &["aria-label", "data-lang", "role", "tabindex"]),
            ("td", &["colspan", "rowspan"]),
            ("th", &["colspan", "rowspan", "scope"]),
        ]))
        .allowed_classes(map(&[
            ("div", &["table"]),
            ("pre", &["code"]),
            ("span", highlight::CLASSES),
            ("td", ALIGNMENTS),
            ("th", ALIGNMENTS),
        ]))
        .url_schemes(set(&["http", "https", "mailto", "data"]))
        .url_relative(UrlRelative::PassThrough)
        .attribute_filter(filter_address)
        .strip_comments(true)
        .link_rel(None);
    builder
}

const ALIGNMENTS: &[&str] = &["left", "center", "right"];

/// Links lead out of the app, images come with it.
fn filter_address<'v>(element: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let is_allowed = match (element, attribute) {
        ("a", "href") => html::is_outside_link(value),
        ("img", "src") => html::is_own_image(value),
        _ => true,
    };
    is_allowed.then_some(Cow::Borrowed(value))
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
