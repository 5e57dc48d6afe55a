//! `Bundle`: all decks of one build, read from their bytes without decoding them first.
//!
//! Opening a bundle checks its header only. Everything else is read where it stands, when it is
//! asked for; what lies outside the bytes reads as empty or zero.

use std::fmt;
use std::ops::Range;

pub use entries::{Body, CardEntry, DeckEntry, Direction, Part, Strings};

use crate::id::CardId;
use crate::layout::{self, NUMBER, TEXT, header};

mod entries;

/// The place of a deck in its bundle, counted from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DeckIndex(pub u32);

/// The place of a card in its bundle, counted from 0: decks in order, cards in order of the note.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CardIndex(pub u32);

/// All decks of one build.
#[derive(Clone, Copy)]
pub struct Bundle<'a> {
    version: &'a [u8],
    decks: Table<'a>,
    cards: Table<'a>,
    parts: Table<'a>,
    names: Table<'a>,
    by_id: Table<'a>,
    heap: &'a [u8],
}

/// Why bytes are not a bundle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BundleError {
    /// The bytes do not begin as a bundle does.
    NotABundle,
    /// The bundle was written in another format than this reader's.
    Format {
        /// The number of the format found.
        found: u32,
    },
    /// The bundle's length is not what its header says.
    Length,
}

impl<'a> Bundle<'a> {
    /// Opens a bundle. Checks the header and the bounds of the tables: the cost does not depend on
    /// the number of cards.
    pub fn new(bytes: &'a [u8]) -> Result<Bundle<'a>, BundleError> {
        if !bytes.starts_with(&layout::MAGIC) || bytes.len() < header::LEN {
            return Err(BundleError::NotABundle);
        }
        let found = number(bytes, header::FORMAT_AT);
        if found != layout::FORMAT {
            return Err(BundleError::Format { found });
        }
        Self::split(bytes).ok_or(BundleError::Length)
    }

    /// How many decks there are.
    pub fn deck_count(&self) -> u32 {
        self.decks.count
    }

    /// All decks in order.
    pub fn decks(&self) -> impl Iterator<Item = DeckEntry<'a>> + use<'a> {
        let bundle = *self;
        (0..self.decks.count).map(move |index| bundle.deck(DeckIndex(index)))
    }

    /// One deck. A place that does not exist reads as an empty deck.
    pub fn deck(&self, index: DeckIndex) -> DeckEntry<'a> {
        DeckEntry {
            bundle: *self,
            record: self.decks.record(index.0),
            index,
        }
    }

    /// How many cards there are.
    pub fn card_count(&self) -> u32 {
        self.cards.count
    }

    /// All cards, in the order of decks and notes.
    pub fn cards(&self) -> impl Iterator<Item = CardEntry<'a>> + use<'a> {
        let bundle = *self;
        (0..self.cards.count).map(move |index| bundle.card(CardIndex(index)))
    }

    /// One card's index data. A place that does not exist reads as an empty card.
    pub fn card(&self, index: CardIndex) -> CardEntry<'a> {
        CardEntry {
            bundle: *self,
            record: self.cards.record(index.0),
            index,
        }
    }

    /// The place of the card with this id, by binary search.
    pub fn find(&self, id: &CardId) -> Option<CardIndex> {
        let mut range = 0..self.by_id.count;
        while !range.is_empty() {
            let middle = range.start + (range.end - range.start) / 2;
            let index = CardIndex(number(self.by_id.record(middle), 0));
            match self.card(index).id().cmp(id) {
                std::cmp::Ordering::Less => range.start = middle + 1,
                std::cmp::Ordering::Equal => return Some(index),
                std::cmp::Ordering::Greater => range.end = middle,
            }
        }
        None
    }

    /// The answer of a card: the one way to its HTML.
    pub fn body(&self, index: CardIndex) -> Body<'a> {
        let record = self.cards.record(index.0);
        let first = number(record, layout::card::FIRST_PART);
        let all = self.parts.rows(first, number(record, layout::card::PARTS));
        let prompts = number(record, layout::card::PROMPTS).min(1);
        let split = (all.start + prompts).min(all.end);
        Body {
            bundle: *self,
            prompt: all.start..split,
            parts: split..all.end,
        }
    }

    /// The hash of the bundle's content, in hexadecimal.
    pub fn version(&self) -> &'a str {
        std::str::from_utf8(self.version).unwrap_or_default()
    }

    fn split(bytes: &'a [u8]) -> Option<Bundle<'a>> {
        let mut rest = bytes.get(header::LEN..)?;
        let mut table = |count_at: usize, width: usize| {
            let count = number(bytes, count_at);
            let len = usize::try_from(count).ok()?.checked_mul(width)?;
            let (records, after) = rest.split_at_checked(len)?;
            rest = after;
            Some(Table {
                records,
                width,
                count,
            })
        };
        let decks = table(header::DECKS, layout::deck::LEN)?;
        let cards = table(header::CARDS, layout::card::LEN)?;
        let parts = table(header::PARTS, layout::part::LEN)?;
        let names = table(header::NAMES, TEXT)?;
        let by_id = table(header::CARDS, NUMBER)?;
        let heap = table(header::HEAP, 1)?.records;
        rest.is_empty().then_some(Bundle {
            version: bytes.get(header::VERSION..header::DECKS)?,
            decks,
            cards,
            parts,
            names,
            by_id,
            heap,
        })
    }

    fn text(&self, record: &[u8], at: usize) -> &'a str {
        let start = number(record, at) as usize;
        let len = number(record, at + NUMBER) as usize;
        start
            .checked_add(len)
            .and_then(|end| self.heap.get(start..end))
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }

    fn part(&self, row: u32) -> Part<'a> {
        Part {
            bundle: *self,
            record: self.parts.record(row),
        }
    }

    fn strings(&self, first: u32, count: u32) -> Strings<'a> {
        Strings {
            bundle: *self,
            rows: self.names.rows(first, count),
        }
    }
}

impl fmt::Display for BundleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BundleError::NotABundle => f.write_str("these bytes are not a bundle of decks"),
            BundleError::Format { found } => {
                write!(f, "the bundle has format {found}, not {}", layout::FORMAT)
            }
            BundleError::Length => f.write_str("the bundle is cut short or has bytes left over"),
        }
    }
}

impl std::error::Error for BundleError {}

/// Records of one width.
#[derive(Clone, Copy)]
struct Table<'a> {
    records: &'a [u8],
    width: usize,
    count: u32,
}

impl<'a> Table<'a> {
    /// The bytes of one record; none for a row that does not exist.
    fn record(&self, row: u32) -> &'a [u8] {
        (row as usize)
            .checked_mul(self.width)
            .and_then(|start| self.records.get(start..)?.get(..self.width))
            .unwrap_or_default()
    }

    /// The rows from `first` on, at most `count` and only such as exist.
    fn rows(&self, first: u32, count: u32) -> Range<u32> {
        let end = first.saturating_add(count).min(self.count);
        first.min(end)..end
    }
}

fn bytes(record: &[u8], at: usize, len: usize) -> &[u8] {
    record
        .get(at..)
        .and_then(|rest| rest.get(..len))
        .unwrap_or_default()
}

fn number(record: &[u8], at: usize) -> u32 {
    bytes(record, at, NUMBER)
        .try_into()
        .map(u32::from_le_bytes)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty_bundle() -> Vec<u8> {
        let mut bytes = layout::MAGIC.to_vec();
        bytes.extend(layout::FORMAT.to_le_bytes());
        bytes.extend(b"0123456789abcdef");
        bytes.extend([0; 5 * NUMBER]);
        bytes
    }

    #[test]
    fn an_empty_bundle_has_a_version_and_nothing_else() {
        let bytes = empty_bundle();
        let bundle = Bundle::new(&bytes).expect("a bundle");
        assert_eq!(bundle.version(), "0123456789abcdef");
        assert_eq!((bundle.deck_count(), bundle.card_count()), (0, 0));
        assert_eq!(bundle.decks().count() + bundle.cards().count(), 0);
        assert_eq!(bundle.find(&CardId::NONE), None);
    }

    #[test]
    fn bytes_that_are_no_bundle_are_refused_with_the_reason() {
        #[track_caller]
        fn check(bytes: &[u8], expected: BundleError) {
            assert_eq!(Bundle::new(bytes).err(), Some(expected));
        }
        let good = empty_bundle();
        check(b"", BundleError::NotABundle);
        check(b"QUIR", BundleError::NotABundle);
        check(&good[..good.len() - 1], BundleError::NotABundle);
        check(&[&good[..], b"x"].concat(), BundleError::Length);
        let mut other = good.clone();
        other[header::FORMAT_AT] = 9;
        check(&other, BundleError::Format { found: 9 });
        let mut one_card = good;
        one_card[header::CARDS] = 1;
        check(&one_card, BundleError::Length);
    }

    #[test]
    fn a_place_that_does_not_exist_reads_as_empty() {
        let bytes = empty_bundle();
        let bundle = Bundle::new(&bytes).expect("a bundle");
        let deck = bundle.deck(DeckIndex(u32::MAX));
        assert_eq!((deck.title(), deck.cards()), ("", 0..0));
        let card = bundle.card(CardIndex(7));
        assert_eq!(
            (card.id(), card.question(), card.part_count()),
            (CardId::NONE, "", 0)
        );
        assert_eq!(card.tags().count(), 0);
        let body = bundle.body(CardIndex(7));
        assert!(body.prompt().is_none() && body.parts().next().is_none());
    }
}
