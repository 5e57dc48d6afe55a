//! `Source`: the text of a note, and where each byte of it stands in the file.

use super::excerpt::Excerpt;
pub(crate) use super::findings::Findings;

/// The text of a note with plain line ends, without a byte order mark.
pub(crate) struct Source {
    pub(crate) text: String,
    line_starts: Vec<usize>,
    /// How many characters begin before each stretch of the text: a line of a megabyte with a
    /// thousand problems is not counted through a thousand times.
    chars_before: Vec<usize>,
}

/// How many bytes a stretch has.
const STRETCH: usize = 1024;

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
            Ok(text) => Ok(Source::of_text(text)),
            Err(error) => {
                let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
                let before = Source::of_text(&valid);
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

    /// A text that has been read already.
    pub(crate) fn of_text(text: &str) -> Source {
        let text = text
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .replace('\0', "\u{fffd}");
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(after_breaks).collect();
        let mut chars_before = Vec::new();
        let mut chars = 0;
        for stretch in text.as_bytes().chunks(STRETCH) {
            chars_before.push(chars);
            chars += begun(stretch);
        }
        Source {
            text,
            line_starts,
            chars_before,
        }
    }

    /// The place of a byte of the text.
    pub(crate) fn place(&self, offset: usize) -> Place {
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let start = self.line_starts[line - 1];
        Place {
            line: small(line),
            column: small(self.chars_to(offset).saturating_sub(self.chars_to(start)) + 1),
        }
    }

    /// Where the text of a line begins behind its indentation.
    pub(crate) fn line_text_start(&self, line: u32) -> usize {
        let index = (line as usize).clamp(1, self.line_starts.len()) - 1;
        let start = self.line_starts[index];
        start + self.text[start..].len() - self.text[start..].trim_start_matches(' ').len()
    }

    /// What stands in the file at a byte of the text, to be shown: `length` characters of its line
    /// are meant, or what seems to be meant there.
    pub(crate) fn excerpt(&self, offset: usize, length: Option<usize>) -> Excerpt {
        let Place { line, .. } = self.place(offset);
        let start = self.line_starts[line as usize - 1];
        let end = self
            .line_starts
            .get(line as usize)
            .map_or(self.text.len(), |next| next - 1);
        Excerpt::of(&self.text[start..end], offset.min(end) - start, length)
    }

    /// How many characters begin before a byte.
    fn chars_to(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        let stretch = (offset / STRETCH).min(self.chars_before.len().saturating_sub(1));
        let before = self.chars_before.get(stretch).copied().unwrap_or(0);
        before + begun(&self.text.as_bytes()[stretch * STRETCH..offset])
    }

    /// The line of a byte of the text.
    pub(crate) fn line(&self, offset: usize) -> u32 {
        small(self.line_starts.partition_point(|&start| start <= offset))
    }
}

/// How many characters begin in these bytes.
fn begun(bytes: &[u8]) -> usize {
    let is_begin = |byte: &&u8| **byte & 0xc0 != 0x80;
    bytes.iter().filter(is_begin).count()
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

    #[test]
    fn columns_count_characters_wherever_a_stretch_ends() {
        let text = format!("a\n{}", "aü中🎉".repeat(STRETCH));
        let source = Source::of_text(&text);
        for (column, (offset, _)) in text[2..].char_indices().enumerate() {
            let column = small(column + 1);
            assert_eq!(source.place(offset + 2), Place { line: 2, column });
        }
        assert_eq!(source.place(text.len()).column, small(4 * STRETCH + 1));
    }
}
