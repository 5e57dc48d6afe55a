//! What a bundle knows of decks, cards and parts, read where it stands.

use std::ops::Range;

use super::{Bundle, CardIndex, DeckIndex, bytes, number};
use crate::id::{CardId, PartId};
use crate::layout;

/// The direction that a text is read in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "compile", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "compile", serde(rename_all = "kebab-case"))]
pub enum Direction {
    /// As English is.
    LeftToRight,
    /// As Arabic and Hebrew are.
    RightToLeft,
}

/// What the index knows of a deck.
#[derive(Clone, Copy)]
pub struct DeckEntry<'a> {
    pub(super) bundle: Bundle<'a>,
    pub(super) record: &'a [u8],
    pub(super) index: DeckIndex,
}

impl<'a> DeckEntry<'a> {
    /// The deck's place in the bundle.
    pub fn index(&self) -> DeckIndex {
        self.index
    }

    /// The title as text.
    pub fn title(&self) -> &'a str {
        self.bundle.text(self.record, layout::deck::TITLE)
    }

    /// The title as inline HTML.
    pub fn title_html(&self) -> &'a str {
        self.bundle.text(self.record, layout::deck::TITLE_HTML)
    }

    /// The note's path in the notes' folder, with `/`.
    pub fn path(&self) -> &'a str {
        self.bundle.text(self.record, layout::deck::PATH)
    }

    /// The tags of the note's frontmatter, in order.
    pub fn tags(&self) -> Strings<'a> {
        let first = number(self.record, layout::deck::FIRST_TAG);
        let count = number(self.record, layout::deck::TAGS);
        self.bundle.strings(first, count)
    }

    /// What the note says outside its cards, as HTML.
    pub fn intro_html(&self) -> &'a str {
        self.bundle.text(self.record, layout::deck::INTRO_HTML)
    }

    /// The places of the deck's cards.
    pub fn cards(&self) -> Range<u32> {
        let first = number(self.record, layout::deck::FIRST_CARD);
        let count = number(self.record, layout::deck::CARDS);
        self.bundle.cards.rows(first, count)
    }
}

/// What the index knows of a card.
#[derive(Clone, Copy)]
pub struct CardEntry<'a> {
    pub(super) bundle: Bundle<'a>,
    pub(super) record: &'a [u8],
    pub(super) index: CardIndex,
}

impl<'a> CardEntry<'a> {
    /// The card's place in the bundle.
    pub fn index(&self) -> CardIndex {
        self.index
    }

    /// The card's id.
    pub fn id(&self) -> CardId {
        let bytes = bytes(self.record, layout::card::ID, CardId::MAX_LEN);
        CardId::from_padded(bytes).unwrap_or(CardId::NONE)
    }

    /// The deck that the card belongs to.
    pub fn deck(&self) -> DeckIndex {
        DeckIndex(number(self.record, layout::card::DECK))
    }

    /// The question as text.
    pub fn question(&self) -> &'a str {
        self.bundle.text(self.record, layout::card::QUESTION)
    }

    /// The question as inline HTML.
    pub fn question_html(&self) -> &'a str {
        self.bundle.text(self.record, layout::card::QUESTION_HTML)
    }

    /// What is shown below the question before the answer, as HTML: code, a table, the options of
    /// a choice. Mostly empty.
    pub fn given_html(&self) -> &'a str {
        self.bundle.text(self.record, layout::card::GIVEN_HTML)
    }

    /// The headings above the card within its note, from the outermost on, as text.
    pub fn section(&self) -> Strings<'a> {
        let first = number(self.record, layout::card::FIRST_SECTION);
        let count = number(self.record, layout::card::SECTIONS);
        self.bundle.strings(first, count)
    }

    /// The direction that the card is read in.
    pub fn direction(&self) -> Direction {
        match number(self.record, layout::card::DIRECTION) {
            1 => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        }
    }

    /// A hash of the answer's text: it changes when the answer does.
    pub fn fingerprint(&self) -> u32 {
        number(self.record, layout::card::FINGERPRINT)
    }

    /// The line of the question in its note, counted from 1.
    pub fn line(&self) -> u32 {
        number(self.record, layout::card::LINE)
    }

    /// How many parts the answer has, without the prompt.
    pub fn part_count(&self) -> u32 {
        let parts = self.bundle.body(self.index).parts;
        parts.end - parts.start
    }

    /// How many characters the answer's text has, without the prompt.
    pub fn answer_chars(&self) -> u32 {
        number(self.record, layout::card::ANSWER_CHARS)
    }

    /// The card's tags, in order.
    pub fn tags(&self) -> Strings<'a> {
        let first = number(self.record, layout::card::FIRST_TAG);
        let count = number(self.record, layout::card::TAGS);
        self.bundle.strings(first, count)
    }
}

/// The answer of a card: its prompt and its parts.
#[derive(Clone)]
pub struct Body<'a> {
    pub(super) bundle: Bundle<'a>,
    pub(super) prompt: Range<u32>,
    pub(super) parts: Range<u32>,
}

impl<'a> Body<'a> {
    /// What the question is after, where the note says so.
    pub fn prompt(&self) -> Option<Part<'a>> {
        self.prompt.clone().next().map(|row| self.bundle.part(row))
    }

    /// The parts in order, without the prompt.
    pub fn parts(&self) -> impl Iterator<Item = Part<'a>> + use<'a> {
        let bundle = self.bundle;
        self.parts.clone().map(move |row| bundle.part(row))
    }
}

/// One part of an answer.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    pub(super) bundle: Bundle<'a>,
    pub(super) record: &'a [u8],
}

impl<'a> Part<'a> {
    /// The part's id within its card.
    pub fn id(&self) -> PartId {
        let bytes = bytes(self.record, layout::part::ID, PartId::MAX_LEN);
        PartId::from_padded(bytes).unwrap_or(PartId::NONE)
    }

    /// The label as text without its colon; empty for a part without a label.
    pub fn label(&self) -> &'a str {
        self.bundle.text(self.record, layout::part::LABEL)
    }

    /// The label as inline HTML.
    pub fn label_html(&self) -> &'a str {
        self.bundle.text(self.record, layout::part::LABEL_HTML)
    }

    /// The whole part as HTML, with the paragraph or heading of its label.
    pub fn html(&self) -> &'a str {
        self.bundle.text(self.record, layout::part::HTML)
    }
}

/// The tags of a deck or a card, or the headings above a card, in order.
#[derive(Clone)]
pub struct Strings<'a> {
    pub(super) bundle: Bundle<'a>,
    pub(super) rows: Range<u32>,
}

impl<'a> Iterator for Strings<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let record = self.bundle.names.record(self.rows.next()?);
        Some(self.bundle.text(record, 0))
    }
}
