//! The names that Obsidian gives to blocks: `^name` at the end of a paragraph, an item or a heading,
//! or in a line of its own below a block.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::markdown::Piece;

/// The names of the blocks of a note, with their `^`, and where these stand. They are read before
/// the names are hidden.
#[derive(Default)]
pub(crate) struct BlockNames(pub(super) BTreeMap<String, usize>);

impl BlockNames {
    /// Reads a note's pieces. `text` is that of the note.
    pub(crate) fn of(pieces: &[Piece], text: &str) -> BlockNames {
        let mut names = BlockNames::default();
        if !may_have_names(text) {
            return names;
        }
        // The last two pieces that begin something or are something.
        let [mut before, mut last]: [Option<&Piece>; 2] = [None, None];
        let mut above = None;
        for piece in pieces {
            match (&piece.event, last) {
                (
                    Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)),
                    Some(Piece {
                        event: Event::Text(text),
                        ..
                    }),
                ) => {
                    let is_alone = before.is_some_and(|it| is_paragraph(&it.event));
                    let place = above.filter(|_| is_alone && text.starts_with('^'));
                    names.add(text, place.unwrap_or(piece.range.start));
                }
                (Event::End(_), _) => {}
                _ => {
                    if is_paragraph(&piece.event) {
                        above = last.map(|piece| piece.range.start);
                    }
                    [before, last] = [last, Some(piece)];
                }
            }
        }
        names
    }

    fn add(&mut self, text: &str, place: usize) {
        let word = text.rsplit([' ', '\t']).next().unwrap_or_default();
        if is_block_name(word.as_bytes()) {
            self.0.entry(word.to_lowercase()).or_insert(place);
        }
    }
}

fn is_paragraph(event: &Event) -> bool {
    matches!(event, Event::Start(Tag::Paragraph))
}

/// Whether a note may have such a name: few notes do.
pub(crate) fn may_have_names(text: &str) -> bool {
    let begins = |(at, _): (usize, &str)| {
        at.checked_sub(1)
            .is_none_or(|at| text.as_bytes()[at].is_ascii_whitespace())
    };
    text.match_indices('^').any(begins)
}

/// Whether a word is a name with its `^`.
pub(crate) fn is_block_name(word: &[u8]) -> bool {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let name = word.strip_prefix(b"^");
    name.is_some_and(|name| !name.is_empty() && name.iter().all(is_name))
}
