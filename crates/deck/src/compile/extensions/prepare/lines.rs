//! The lines of a text before it is parsed, and where each of them stands.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// One line without its end.
pub(super) struct Line<'s> {
    pub(super) text: &'s str,
    pub(super) start: usize,
}

impl<'s> Line<'s> {
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    pub(super) fn is(&self, mark: &str) -> bool {
        self.text.trim_end() == mark
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
    /// Code by its indentation; it may as well be a line of a formula.
    Indented,
    /// Code between fences, or HTML.
    Verbatim,
}

impl Kind {
    fn is_text(self) -> bool {
        matches!(self, Kind::Text | Kind::Item)
    }
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
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Kind::Indented,
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => Kind::Verbatim,
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

/// The lines of `%%`, of which two make a comment.
pub(super) struct Comments {
    /// How many stand from the line on that is looked at.
    left: usize,
}

impl Comments {
    pub(super) fn new(lines: &[Line], kinds: &[Kind]) -> Comments {
        let is_mark = |(line, kind): &(&Line, &Kind)| line.is("%%") && kind.is_text();
        Comments {
            left: lines.iter().zip(kinds).filter(is_mark).count(),
        }
    }

    /// The line after the comment that begins in a line. With one mark too few in the note, one
    /// that would take a heading with it is not closed.
    pub(super) fn end(&mut self, lines: &[Line], kinds: &[Kind], at: usize) -> Option<usize> {
        if !lines[at].is("%%") {
            return None;
        }
        let is_odd = self.left % 2 == 1;
        self.left = self.left.saturating_sub(1);
        let end = fenced_by(lines, kinds, at, "%%")?;
        let takes_heading = || lines[at..end].iter().any(|line| is_heading(line.text));
        if is_odd && takes_heading() {
            return None;
        }
        self.left = self.left.saturating_sub(1);
        Some(end + 1)
    }
}

/// The line of the second of two marks that each stand alone in a line.
pub(super) fn fenced_by(lines: &[Line], kinds: &[Kind], at: usize, mark: &str) -> Option<usize> {
    if !lines[at].is(mark) {
        return None;
    }
    (at + 1..lines.len()).find(|&line| lines[line].is(mark) && kinds[line].is_text())
}

pub(super) fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with([' ', '\t'])
}
