//! `Flat`: the text of inline pieces as one run of bytes, in which marks are looked for.
//!
//! Code, HTML, links, images, addresses and escaped characters are masked by zero bytes, so that
//! no reader finds a mark in them. All marks are ASCII: a cut at a mark never splits a character.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::cut::Cutter;
use crate::compile::html;
use crate::compile::markdown::Piece;

/// Inline pieces and their bytes.
pub(super) struct Flat<'p, 't> {
    pub(super) pieces: &'p [Piece<'t>],
    /// Where each piece begins in `bytes`, and the length of all.
    pub(super) starts: Vec<usize>,
    /// The text; a line break is `\n`, and what holds no marks is zeros.
    pub(super) bytes: Vec<u8>,
}

impl<'p, 't> Flat<'p, 't> {
    /// `text` is that of the whole note.
    pub(super) fn new(pieces: &'p [Piece<'t>], text: &str) -> Flat<'p, 't> {
        let mut flat = Flat {
            pieces,
            starts: Vec::with_capacity(pieces.len() + 1),
            bytes: Vec::new(),
        };
        let mut links = 0_u32;
        let mut code_tags = 0_u32;
        for (index, piece) in pieces.iter().enumerate() {
            flat.starts.push(flat.bytes.len());
            match &piece.event {
                Event::Text(content) if links + code_tags == 0 => {
                    let before = index.checked_sub(1).map(|before| &pieces[before]);
                    flat.push_text(content, piece, before, text);
                }
                Event::Text(content) => flat.mask(content.len()),
                Event::SoftBreak | Event::HardBreak => flat.bytes.push(b'\n'),
                Event::Start(Tag::Link { .. }) => links += 1,
                Event::Start(Tag::Image { .. }) => {
                    links += 1;
                    flat.mask(1);
                }
                Event::End(TagEnd::Link | TagEnd::Image) => links = links.saturating_sub(1),
                Event::Start(_) | Event::End(_) => {}
                Event::InlineHtml(tag) => {
                    flat.mask(1);
                    count_code_tag(tag, &mut code_tags);
                }
                _ => flat.mask(1),
            }
        }
        flat.starts.push(flat.bytes.len());
        flat.mask_addresses();
        flat
    }

    /// The lines, without their breaks.
    pub(super) fn lines(&self) -> Vec<Range<usize>> {
        let mut start = 0;
        let line = |line: &[u8]| {
            let range = start..start + line.len();
            start = range.end + 1;
            range
        };
        self.bytes.split(|&byte| byte == b'\n').map(line).collect()
    }

    /// The range without white space at its ends.
    pub(super) fn trim(&self, range: Range<usize>) -> Range<usize> {
        let bytes = &self.bytes[range.clone()];
        let start = range.start + (bytes.len() - bytes.trim_ascii_start().len());
        let end = range.end - (bytes.len() - bytes.trim_ascii_end().len());
        start..end.max(start)
    }

    /// The byte of the note that a byte of the text came from.
    pub(super) fn source(&self, at: usize) -> usize {
        let index = self.starts.partition_point(|&start| start <= at);
        let index = index
            .saturating_sub(1)
            .min(self.pieces.len().saturating_sub(1));
        let Some(piece) = self.pieces.get(index) else {
            return 0;
        };
        (piece.range.start + (at - self.starts[index])).min(piece.range.end)
    }

    /// The bytes of the note that a range of the text came from.
    pub(super) fn source_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.source(range.start);
        let end = range
            .end
            .checked_sub(1)
            .map_or(start, |last| self.source(last) + 1);
        start..end.max(start)
    }

    /// The pieces of some ranges, which are in order and do not overlap. Elements that a cut
    /// divides are closed before it and opened again behind it.
    pub(super) fn slices(&self, ranges: &[Range<usize>]) -> Vec<Vec<Piece<'t>>> {
        let mut cutter = Cutter::new(self);
        ranges.iter().map(|range| cutter.slice(range)).collect()
    }

    /// All pieces, with some ranges of the text replaced by an event or by nothing. The ranges are
    /// in order and do not overlap.
    pub(super) fn replace(
        &self,
        changes: Vec<(Range<usize>, Option<Event<'t>>)>,
    ) -> Vec<Piece<'t>> {
        let mut out = Vec::with_capacity(self.pieces.len() + 2 * changes.len());
        let mut changes = changes.into_iter().peekable();
        let mut removed_to = 0;
        for (index, piece) in self.pieces.iter().enumerate() {
            let whole = self.starts[index]..self.starts[index + 1];
            let mut at = whole.start.max(removed_to.min(whole.end));
            while let Some((range, _)) = changes.peek()
                && range.start < whole.end
            {
                let (range, event) = changes.next().expect("it was looked at");
                self.push_part(&mut out, index, at..range.start);
                let source = self.source_range(range.clone());
                out.extend(event.map(|event| Piece {
                    event,
                    range: source,
                }));
                removed_to = range.end;
                at = range.end.min(whole.end);
            }
            let is_tag = matches!(piece.event, Event::Start(_) | Event::End(_));
            if is_tag {
                out.push(piece.clone());
            } else {
                self.push_part(&mut out, index, at..whole.end);
            }
        }
        out
    }

    /// Adds a part of a piece: all of it, or some of its text.
    pub(super) fn push_part(&self, out: &mut Vec<Piece<'t>>, index: usize, part: Range<usize>) {
        let whole = self.starts[index]..self.starts[index + 1];
        let piece = &self.pieces[index];
        if part == whole {
            out.push(piece.clone());
        } else if let Event::Text(content) = &piece.event
            && !part.is_empty()
        {
            let part = part.start - whole.start..part.end - whole.start;
            let source = &piece.range;
            out.push(Piece {
                range: source.start + part.start..source.start + part.end,
                event: Event::Text(slice(content, part)),
            });
        }
    }

    fn mask(&mut self, len: usize) {
        self.bytes.resize(self.bytes.len() + len, 0);
    }

    /// Text that does not stand in the note as it reads (entities) can hold no marks, and neither
    /// can a character behind a backslash.
    fn push_text(&mut self, content: &str, piece: &Piece, before: Option<&Piece>, text: &str) {
        if text.get(piece.range.clone()) != Some(content) {
            return self.mask(content.len());
        }
        let start = self.bytes.len();
        self.bytes.extend_from_slice(content.as_bytes());
        let backslash_at = piece.range.start.checked_sub(1);
        let is_escaped = backslash_at.is_some_and(|at| {
            text.as_bytes()[at] == b'\\' && before.is_none_or(|before| before.range.end <= at)
        });
        if is_escaped && content.starts_with(|c: char| c.is_ascii_punctuation()) {
            self.bytes[start] = 0;
        }
    }

    /// Masks addresses such as `https://example.org/?a==b`, without marks at their ends.
    fn mask_addresses(&mut self) {
        let mut at = 0;
        while let Some(found) = find(&self.bytes, b"://", at) {
            let end = self.bytes[found..]
                .iter()
                .position(|&byte| byte.is_ascii_whitespace() || byte == 0)
                .map_or(self.bytes.len(), |len| found + len);
            at = end.max(found + 1);
            let is_scheme = |byte: &u8| byte.is_ascii_alphanumeric();
            if found
                .checked_sub(1)
                .is_some_and(|at| is_scheme(&self.bytes[at]))
            {
                let address = &self.bytes[found..end];
                let is_mark = |byte: &&u8| b"=}:]?".contains(byte);
                let marks = address.iter().rev().take_while(is_mark).count();
                self.bytes[found..end - marks.min(end - found)].fill(0);
            }
        }
    }
}

/// The place of the first `needle` at or behind `from`.
pub(super) fn find(bytes: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let windows = bytes.get(from..)?.windows(needle.len());
    Some(from + windows.into_iter().position(|window| window == needle)?)
}

fn slice<'t>(content: &CowStr<'t>, part: Range<usize>) -> CowStr<'t> {
    match content {
        CowStr::Borrowed(content) => CowStr::Borrowed(&content[part]),
        content => content[part].to_owned().into(),
    }
}

/// Text between `<code>` and `</code>` is code.
fn count_code_tag(tag: &str, open: &mut u32) {
    for tag in html::tags(tag) {
        let name = tag.name.to_ascii_lowercase();
        if !["code", "kbd", "pre", "samp", "tt", "var"].contains(&name.as_str()) {
            continue;
        }
        if tag.source.starts_with("</") {
            *open = open.saturating_sub(1);
        } else {
            *open += 1;
        }
    }
}
