//! `Break`: something that is not closed, where it is taken to end, and how that is told.

use super::blocks::end_above;
use super::repaired::Insertion;
use crate::compile::source::Findings;

/// Something that is not closed, and the heading where the note goes on.
#[derive(Debug)]
pub(super) struct Break {
    pub(super) kind: Kind,
    /// Where it begins.
    pub(super) start: usize,
    /// Where its missing end belongs.
    pub(super) end: usize,
    /// The line of the heading.
    pub(super) heading: usize,
}

/// What is not closed, with the mark that closes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Fence(String),
    /// The end of a fence in a list or a quotation, which stands outside and begins another.
    Stray(String),
    Comment,
    Html(&'static str),
}

impl Kind {
    fn mark(&self) -> &str {
        match self {
            Kind::Fence(mark) | Kind::Stray(mark) => mark,
            Kind::Comment => "-->",
            Kind::Html(mark) => mark,
        }
    }
}

impl Break {
    pub(super) fn above(text: &str, kind: Kind, start: usize, heading: usize) -> Break {
        Break {
            kind,
            start,
            end: end_above(text, start, heading),
            heading,
        }
    }

    pub(super) fn insertion(&self) -> Insertion {
        Insertion {
            at: self.end,
            text: format!("{}\n", self.kind.mark()),
        }
    }

    pub(super) fn report(&self, text: &str, findings: &mut Findings) {
        let start = self.start + text[self.start..].len() - text[self.start..].trim_start().len();
        let mark = self.kind.mark();
        let line = findings.line(self.heading);
        let rest =
            format!("is not closed: it is taken to end above line {line}, where the note goes on");
        match &self.kind {
            // The fence that it should end is told.
            Kind::Stray(_) => {
                findings.recovered.insert(self.start);
                return;
            }
            Kind::Fence(_) => {
                let hint = format!("end the code with a line of its own: {mark}");
                findings.error(
                    "unclosed-fence",
                    start,
                    &format!("this fence {rest}"),
                    &hint,
                );
                findings.recovered.insert(self.start);
            }
            Kind::Comment => {
                let message = format!("this comment {rest}");
                findings.error(
                    "unclosed-comment",
                    start,
                    &message,
                    "end the comment with `-->`",
                );
            }
            Kind::Html(_) => {
                let hint = format!("end it with `{mark}`");
                findings.error("unclosed-html", start, &format!("this HTML {rest}"), &hint);
            }
        }
        findings.also(self.heading, "the note goes on here");
    }
}
