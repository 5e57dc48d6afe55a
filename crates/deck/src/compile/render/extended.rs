//! Rendering of what goes beyond CommonMark: callouts, footnotes, formulas and marks.

use pulldown_cmark::{BlockQuoteKind, Event};

use super::{Open, Renderer};
use crate::compile::html::{self, escape};
use crate::compile::math::{Display, mathml};
use crate::compile::sanitise::{self, Context};
use crate::compile::text::joins_words;

impl Renderer {
    pub(super) fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let class = match kind {
            None => {
                self.open.push(Open::Quote);
                return self.push("<blockquote>");
            }
            Some(BlockQuoteKind::Note) => "note",
            Some(BlockQuoteKind::Tip) => "tip",
            Some(BlockQuoteKind::Important) => "important",
            Some(BlockQuoteKind::Warning) => "warning",
            Some(BlockQuoteKind::Caution) => "caution",
        };
        self.open.push(Open::Callout);
        self.out
            .push_str(&format!("<div class=\"callout {class}\">"));
    }

    /// A title stands in a definition list, or it is that of a callout, which may fold.
    pub(super) fn start_title(&mut self) {
        if self.open.last() != Some(&Open::Callout) {
            return self.push("<dt>");
        }
        self.folds = self.out.ends_with("<details>") || self.out.ends_with("<details open>");
        self.push(if self.folds {
            "<summary class=\"callout-title\">"
        } else {
            "<p class=\"callout-title\">"
        });
    }

    pub(super) fn end_title(&mut self) {
        if self.open.last() != Some(&Open::Callout) {
            return self.push("</dt>");
        }
        self.push(if self.folds { "</summary>" } else { "</p>" });
    }

    /// The box of a task. Its item is marked, since it needs no bullet beside the box.
    pub(super) fn task(&mut self, is_done: bool) {
        for start in ["<li>", "<li><p>"] {
            if self.out.ends_with(start) {
                self.out.truncate(self.out.len() - start.len());
                self.push("<li class=\"task\">");
                self.push(&start["<li>".len()..]);
                break;
            }
        }
        self.push(html::checkbox(is_done));
    }

    pub(super) fn reference(&mut self, number: &str) {
        self.push("<sup class=\"footnote\">");
        escape(&mut self.out, number);
        self.push("</sup>");
    }

    pub(super) fn end_footnotes(&mut self) {
        if self.has_footnotes {
            self.push("</ol>");
        }
    }

    /// A formula is put into its place when all else has been sanitised.
    pub(super) fn formula(&mut self, tex: &str, display: Display) {
        let display = match self.context {
            Context::Inline => Display::Inline,
            Context::Block => display,
        };
        match mathml(tex, display) {
            Ok(formula) => {
                let place = sanitise::place_of_formula(self.formulas.len());
                self.formulas.push(formula);
                self.out.push_str(&place);
            }
            Err(_) => self.event(&Event::Code(tex.to_owned().into())),
        }
    }
}

/// Writes text as HTML, with what stands between `==` and `==` marked.
///
/// Comparisons such as `a == b` and `a==b` are none: a mark touches what it marks, and no letter.
pub(super) fn marked(out: &mut String, text: &str) {
    let mut rest = text;
    let mut before = None;
    while let Some((plain, after)) = rest.split_once("==") {
        let is_open = plain.chars().next_back().or(before).is_none_or(is_outside)
            && after.starts_with(|c: char| !c.is_whitespace() && c != '=');
        let content = after.split_once("==").filter(|(content, after)| {
            is_open
                && !content.ends_with(char::is_whitespace)
                && after.chars().next().is_none_or(is_outside)
        });
        escape(out, plain);
        match content {
            Some((content, after)) => {
                out.push_str("<mark>");
                escape(out, content);
                out.push_str("</mark>");
                rest = after;
            }
            None => {
                out.push_str("==");
                rest = after;
            }
        }
        before = Some('=');
    }
    escape(out, rest);
}

fn is_outside(c: char) -> bool {
    !joins_words(c) && !matches!(c, '=' | '!' | '<' | '>')
}
