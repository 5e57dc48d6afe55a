//! `Source`: the text of a note, and where each byte of it stands in the file.

use super::problem::{Problem, Severity};

/// The text of a note with plain line ends, without a byte order mark.
pub(crate) struct Source {
    pub(crate) text: String,
    line_starts: Vec<usize>,
}

/// A place in a file: line and column from 1, the column in characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// Where a file stops being UTF-8.
pub(crate) struct NotUtf8 {
    pub(crate) place: Place,
    pub(crate) hint: &'static str,
}

impl Source {
    /// Reads a file. CRLF and CR become LF, which moves no line and no column.
    pub(crate) fn read(bytes: &[u8]) -> Result<Source, NotUtf8> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Source::new(text)),
            Err(error) => {
                let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
                let before = Source::new(&valid);
                let is_utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
                Err(NotUtf8 {
                    place: before.place(before.text.len()),
                    hint: if is_utf16 {
                        "the file looks like UTF-16: save it as UTF-8"
                    } else {
                        "save the file as UTF-8"
                    },
                })
            }
        }
    }

    fn new(text: &str) -> Source {
        let text = text
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .replace('\0', "\u{fffd}");
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(after_breaks).collect();
        Source { text, line_starts }
    }

    /// The place of a byte of the text.
    pub(crate) fn place(&self, offset: usize) -> Place {
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let start = self.line_starts[line - 1];
        let before = self.text.get(start..offset).unwrap_or_default();
        Place {
            line: small(line),
            column: small(before.chars().count() + 1),
        }
    }

    /// The line of a byte of the text.
    pub(crate) fn line(&self, offset: usize) -> u32 {
        self.place(offset).line
    }
}

/// Gathers the problems of one note.
pub(crate) struct Findings<'s> {
    path: &'s str,
    source: &'s Source,
    pub(crate) problems: Vec<Problem>,
}

impl<'s> Findings<'s> {
    pub(crate) fn new(path: &'s str, source: &'s Source) -> Findings<'s> {
        Findings {
            path,
            source,
            problems: Vec::new(),
        }
    }

    /// Something that the note says does not reach the learner.
    pub(crate) fn error(&mut self, code: &'static str, offset: usize, message: &str, hint: &str) {
        self.report(Severity::Error, code, offset, [message, hint]);
    }

    /// Everything is there, but perhaps not as it was meant.
    pub(crate) fn warning(&mut self, code: &'static str, offset: usize, message: &str, hint: &str) {
        self.report(Severity::Warning, code, offset, [message, hint]);
    }

    fn report(&mut self, severity: Severity, code: &'static str, offset: usize, texts: [&str; 2]) {
        let Place { line, column } = self.source.place(offset);
        let [message, hint] = texts.map(str::to_owned);
        let path = self.path.to_owned();
        self.problems.push(Problem {
            severity,
            code,
            path,
            line,
            column,
            message,
            hint,
        });
    }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_the_same_for_every_line_end() {
        #[track_caller]
        fn check(bytes: &[u8], needle: &str, line: u32, column: u32) {
            let source = Source::read(bytes).ok().expect("UTF-8");
            let offset = source.text.find(needle).expect("the needle is there");
            assert_eq!(source.place(offset), Place { line, column });
        }
        for text in [
            "a\nüx\n\nb",
            "a\r\nüx\r\n\r\nb",
            "a\rüx\r\rb",
            "\u{feff}a\nüx\n\nb",
        ] {
            check(text.as_bytes(), "a", 1, 1);
            check(text.as_bytes(), "x", 2, 2);
            check(text.as_bytes(), "b", 4, 1);
        }
    }
}
