//! The lines of a text before it is parsed, and where each of them stands.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// One line without its end.
pub(super) struct Line<'s> {
    pub(super) text: &'s str,
    pub(super) start: usize,
}

impl<'s> Line<'s> {
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    pub(super) fn indent(&self) -> &'s str {
        &self.text[..self.text.len() - self.text.trim_start_matches([' ', '\t']).len()]
    }

    /// What stands behind this.
    pub(super) fn behind(&self, before: &str) -> Option<Line<'s>> {
        let text = self.text.strip_prefix(before)?;
        let start = self.start + before.len();
        Some(Line { text, start })
    }

    /// The line as part of the body of an admonition that is indented itself.
    pub(super) fn body(&self, indent: &str) -> Option<Line<'s>> {
        let line = self.behind(indent)?;
        line.behind("    ").or_else(|| line.behind("\t"))
    }

    /// The empty line at its end.
    pub(super) fn end(&self) -> Line<'s> {
        Line {
            text: "",
            start: self.start + self.text.len(),
        }
    }
}

pub(super) fn lines(source: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for text in source.split_inclusive('\n') {
        lines.push(Line {
            text: text.strip_suffix('\n').unwrap_or(text),
            start,
        });
        start += text.len();
    }
    lines
}

/// Where a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// In an item of a list: what belongs to it is indented.
    Item,
    /// In code or HTML, in which nothing is looked for.
    Code,
}

/// Where each line stands.
pub(super) fn kinds(lines: &[Line]) -> Vec<Kind> {
    let mut starts = Vec::with_capacity(lines.len());
    let mut text = String::new();
    for line in lines {
        starts.push(text.len());
        text.push_str(line.text);
        text.push('\n');
    }
    let mut kinds = vec![Kind::Text; lines.len()];
    let mut items = 0_usize;
    for (event, range) in Parser::new_ext(&text, Options::empty()).into_offset_iter() {
        let kind = match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => Kind::Code,
            Event::Start(Tag::Item) => {
                items += 1;
                if items > 1 {
                    continue;
                }
                Kind::Item
            }
            Event::End(TagEnd::Item) => {
                items -= 1;
                continue;
            }
            _ => continue,
        };
        let first = starts.partition_point(|start| *start <= range.start) - 1;
        let after = starts.partition_point(|start| *start < range.end);
        kinds[first..after].fill(kind);
    }
    kinds
}
