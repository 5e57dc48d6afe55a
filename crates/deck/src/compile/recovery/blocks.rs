//! The lines of fences and of HTML: where they end, and which of them begin a card.

use pulldown_cmark::HeadingLevel;

use super::depth;
use crate::compile::asked::is_asked;

/// The levels of the headings above a place.
#[derive(Default)]
pub(super) struct Headings {
    deepest: usize,
}

impl Headings {
    pub(super) fn see(&mut self, level: HeadingLevel) {
        self.deepest = self.deepest.max(depth(level));
    }

    /// The first line between two places that begins a card.
    pub(super) fn first_in(&self, text: &str, start: usize, end: usize) -> Option<usize> {
        let mut lines = Lines::new(text, start, end);
        let mut is_free = false;
        lines.next();
        for (at, line) in lines {
            if is_free && self.begins_card(line) {
                return Some(at);
            }
            is_free = line.trim().is_empty() || is_rule(line);
        }
        None
    }

    fn begins_card(&self, line: &str) -> bool {
        let rest = line.trim_start_matches('#');
        let level = line.len() - rest.len();
        let has_text = rest.starts_with(' ') && !rest.trim_matches(['#', ' ', '\n']).is_empty();
        if !has_text {
            return false;
        }
        match self.deepest {
            0 => (2..=6).contains(&level),
            1 => (2..=6).contains(&level) || level == 1 && is_asked(rest),
            deepest => (2..=deepest).contains(&level),
        }
    }
}

/// A fence that stands in no other block.
pub(super) struct Fence<'t> {
    text: &'t str,
    start: usize,
    end: usize,
    /// The marks that it begins with.
    mark: &'t str,
    info: &'t str,
    /// Where its last line begins, if that closes it.
    pub(super) is_closed: bool,
}

impl<'t> Fence<'t> {
    pub(super) fn read(text: &'t str, start: usize, end: usize) -> Option<Fence<'t>> {
        let lines = Lines::new(text, start, end);
        let (_, first) = lines.clone().next()?;
        let (mark, info) = marks(first)?;
        let last = lines.skip(1).last();
        let closes = |(_, line): (usize, &str)| can_close(line, mark);
        Some(Fence {
            text,
            start,
            end,
            mark,
            info: info.trim(),
            is_closed: last.is_some_and(closes),
        })
    }

    /// The mark that is missing and the heading above which it belongs. `is_open` tells whether the
    /// last fence of the note is never closed.
    pub(super) fn broken(&self, headings: &Headings, is_open: bool) -> Option<(String, usize)> {
        let at = headings.first_in(self.text, self.start, self.end)?;
        let is_broken = !self.is_closed || self.swallows(at) || is_open && self.ends_in_beginning();
        is_broken.then(|| (self.mark.to_owned(), at))
    }

    /// Whether another fence with a language begins behind a place. A fence that shows Markdown may
    /// show the beginning of one.
    fn swallows(&self, from: usize) -> bool {
        !self.shows_markdown()
            && Lines::new(self.text, from, self.end).any(|(_, line)| {
                marks(line).is_some_and(|(mark, info)| {
                    mark.starts_with(&self.mark[..1])
                        && mark.len() >= self.mark.len()
                        && info.trim_start().starts_with(|c: char| c.is_alphanumeric())
                })
            })
    }

    /// The heading in the code, if the end of the fence may be the beginning of another.
    pub(super) fn doubtful(&self, headings: &Headings) -> Option<usize> {
        if !self.is_closed || self.shows_markdown() || !self.is_followed() {
            return None;
        }
        let at = headings.first_in(self.text, self.start, self.end)?;
        let last = self.last_line();
        (last.trim().is_empty() || headings.begins_card(last)).then_some(at)
    }

    /// The place behind its first line, if that may be the end of another fence: the note has a mark
    /// too many then, and this one has no language.
    pub(super) fn stray_end(&self, headings: &Headings, is_open: bool) -> Option<(String, usize)> {
        let is_odd = is_open || !self.is_closed || self.broken(headings, is_open).is_some();
        let line_len = self.text[self.start..].find('\n')? + 1;
        let is_stray = self.info.is_empty() && is_odd;
        is_stray.then(|| (self.mark.to_owned(), self.start + line_len))
    }

    fn shows_markdown(&self) -> bool {
        const NAMES: [&str; 5] = ["md", "markdown", "mdx", "qmd", "rmd"];
        let language = self.info.split([' ', ',', '{']).next().unwrap_or_default();
        NAMES.contains(&language.to_ascii_lowercase().as_str())
    }

    /// Whether the mark that closes it looks like one that begins a fence.
    fn ends_in_beginning(&self) -> bool {
        self.last_line().trim().is_empty() && self.is_followed()
    }

    /// The last line of the code.
    fn last_line(&self) -> &str {
        let before = self
            .block()
            .rsplit_once('\n')
            .map_or("", |(before, _)| before);
        before.rsplit('\n').next().unwrap_or_default()
    }

    /// Whether something stands directly below its end.
    fn is_followed(&self) -> bool {
        let after = &self.text[self.start + self.block().len()..];
        let next = after.split('\n').nth(1);
        next.is_some_and(|line| !line.trim().is_empty())
    }

    fn block(&self) -> &'t str {
        self.text[self.start..self.end].trim_end()
    }
}

/// HTML of the kinds that run on through empty lines, without an end of its own.
pub(super) struct OpenHtml {
    /// The end that it is waiting for.
    pub(super) mark: &'static str,
    /// Where something begins that has an end, or where the block ends.
    pub(super) until: usize,
}

impl OpenHtml {
    /// An end that stands behind another beginning may belong to that, so that a card between the
    /// two would be lost. So may an arrow within a line.
    pub(super) fn read(text: &str, start: usize, end: usize) -> Option<OpenHtml> {
        let block = text.get(start..end)?;
        let indent = block.len() - block.trim_start().len();
        let block = &block[indent..];
        let (mark, until) = open_until(block)?;
        Some(OpenHtml {
            mark,
            until: start + indent + until,
        })
    }
}

fn open_until(block: &str) -> Option<(&'static str, usize)> {
    const VERBATIM: [(&str, &str); 4] = [
        ("<pre", "</pre>"),
        ("<script", "</script>"),
        ("<style", "</style>"),
        ("<textarea", "</textarea>"),
    ];
    const FIRST_NAME_BYTE: usize = 2;
    for (begin, mark) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
        if block.starts_with(begin) {
            let rest = block.get(FIRST_NAME_BYTE..)?;
            let Some(close) = rest.find(mark).map(|at| FIRST_NAME_BYTE + at) else {
                return Some((mark, block.len()));
            };
            let again = block[..close].rfind(begin).filter(|at| *at > 0);
            let arrow =
                (mark == "-->" && is_within_line(block, close, mark.len())).then_some(close);
            return again.or(arrow).map(|until| (mark, until));
        }
    }
    let folded = block.to_ascii_lowercase();
    let (_, mark) = VERBATIM
        .iter()
        .find(|(begin, _)| folded.starts_with(begin))?;
    let close = VERBATIM
        .iter()
        .filter_map(|(_, mark)| folded.find(mark))
        .min();
    let Some(close) = close else {
        return Some((mark, block.len()));
    };
    let begins = VERBATIM
        .iter()
        .filter_map(|(begin, _)| folded[..close].rfind(begin));
    let again = begins.max().filter(|at| *at > 0)?;
    Some((mark, again))
}

/// Whether something stands in a line both before and behind a mark.
fn is_within_line(text: &str, at: usize, len: usize) -> bool {
    let before = text[..at].rsplit('\n').next().unwrap_or_default();
    let after = text[at + len..].split('\n').next().unwrap_or_default();
    !before.trim().is_empty() && !after.trim().is_empty()
}

/// Where a missing mark belongs: behind the last line above a heading that says something.
pub(super) fn end_above(text: &str, start: usize, heading: usize) -> usize {
    let mut end = heading;
    while let Some((line_start, line)) = line_before(text, start, end) {
        if line_start <= start || !line.trim().is_empty() && !is_rule(line) {
            break;
        }
        end = line_start;
    }
    end
}

fn line_before(text: &str, start: usize, end: usize) -> Option<(usize, &str)> {
    let before = text.get(start..end)?;
    let line_start = before
        .strip_suffix('\n')?
        .rfind('\n')
        .map_or(0, |at| at + 1);
    Some((start + line_start, &before[line_start..]))
}

/// The marks that a fence begins with, and what follows them.
fn marks(line: &str) -> Option<(&str, &str)> {
    let indented = line.trim_start_matches(' ');
    let first = indented.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let rest = indented.trim_start_matches(first);
    let mark = &indented[..indented.len() - rest.len()];
    let is_begin = line.len() - indented.len() < 4 && mark.len() > 2;
    (is_begin && !(first == '`' && rest.contains('`'))).then_some((mark, rest))
}

fn can_close(line: &str, mark: &str) -> bool {
    marks(line).is_some_and(|(own, rest)| own.starts_with(mark) && rest.trim().is_empty())
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() > 2
        && ['-', '*', '_']
            .iter()
            .any(|mark| line.chars().all(|c| c == *mark))
}

/// The lines between two places of a text, each with its own.
#[derive(Clone)]
struct Lines<'t> {
    text: &'t str,
    at: usize,
    end: usize,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str, start: usize, end: usize) -> Lines<'t> {
        Lines {
            text,
            at: start,
            end,
        }
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<(usize, &'t str)> {
        let at = self.at;
        let line = self.text.get(at..self.end)?.split_inclusive('\n').next()?;
        self.at += line.len();
        Some((at, line))
    }
}
