//! The shape of the bundle's bytes, shared by the reader and the writer.
//!
//! All numbers are little-endian `u32`. A header is followed by tables of records of one width
//! each, then by the heap of texts. A text is an offset into the heap and a length, in bytes.
//!
//! ```text
//! header   magic "QUIR", format, version (16 bytes of hex), counts of decks, cards, parts, names,
//!          bytes of the heap
//! decks    path, title, title_html, intro_html (texts), first tag, tags, first card, cards
//! cards    id (16 bytes), question, question_html, given_html (texts), deck, line, fingerprint,
//!          answer characters, first tag, tags, first section, sections, first part, parts,
//!          prompts (0 or 1), direction (0 left to right, 1 right to left)
//! parts    id (8 bytes), label, label_html, html (texts); a card's prompt comes first
//! names    tags and headings of sections (text)
//! ids      the index of a card; the cards sorted by id
//! heap     UTF-8
//! ```

pub(crate) const MAGIC: [u8; 4] = *b"QUIR";
/// Raised with every change of the layout.
pub(crate) const FORMAT: u32 = 2;
/// Bytes of the hexadecimal content hash.
pub(crate) const VERSION_LEN: usize = 16;

pub(crate) const NUMBER: usize = 4;
pub(crate) const TEXT: usize = 2 * NUMBER;

/// Places in the header.
pub(crate) mod header {
    use super::*;

    pub(crate) const FORMAT_AT: usize = MAGIC.len();
    pub(crate) const VERSION: usize = FORMAT_AT + NUMBER;
    pub(crate) const DECKS: usize = VERSION + VERSION_LEN;
    pub(crate) const CARDS: usize = DECKS + NUMBER;
    pub(crate) const PARTS: usize = CARDS + NUMBER;
    pub(crate) const NAMES: usize = PARTS + NUMBER;
    pub(crate) const HEAP: usize = NAMES + NUMBER;
    pub(crate) const LEN: usize = HEAP + NUMBER;
}

/// Places in a deck's record.
pub(crate) mod deck {
    use super::*;

    pub(crate) const PATH: usize = 0;
    pub(crate) const TITLE: usize = PATH + TEXT;
    pub(crate) const TITLE_HTML: usize = TITLE + TEXT;
    pub(crate) const INTRO_HTML: usize = TITLE_HTML + TEXT;
    pub(crate) const FIRST_TAG: usize = INTRO_HTML + TEXT;
    pub(crate) const TAGS: usize = FIRST_TAG + NUMBER;
    pub(crate) const FIRST_CARD: usize = TAGS + NUMBER;
    pub(crate) const CARDS: usize = FIRST_CARD + NUMBER;
    pub(crate) const LEN: usize = CARDS + NUMBER;
}

/// Places in a card's record.
pub(crate) mod card {
    use super::*;

    pub(crate) const ID: usize = 0;
    pub(crate) const QUESTION: usize = ID + crate::CardId::MAX_LEN;
    pub(crate) const QUESTION_HTML: usize = QUESTION + TEXT;
    pub(crate) const GIVEN_HTML: usize = QUESTION_HTML + TEXT;
    pub(crate) const DECK: usize = GIVEN_HTML + TEXT;
    pub(crate) const LINE: usize = DECK + NUMBER;
    pub(crate) const FINGERPRINT: usize = LINE + NUMBER;
    pub(crate) const ANSWER_CHARS: usize = FINGERPRINT + NUMBER;
    pub(crate) const FIRST_TAG: usize = ANSWER_CHARS + NUMBER;
    pub(crate) const TAGS: usize = FIRST_TAG + NUMBER;
    pub(crate) const FIRST_SECTION: usize = TAGS + NUMBER;
    pub(crate) const SECTIONS: usize = FIRST_SECTION + NUMBER;
    pub(crate) const FIRST_PART: usize = SECTIONS + NUMBER;
    pub(crate) const PARTS: usize = FIRST_PART + NUMBER;
    pub(crate) const PROMPTS: usize = PARTS + NUMBER;
    pub(crate) const DIRECTION: usize = PROMPTS + NUMBER;
    pub(crate) const LEN: usize = DIRECTION + NUMBER;
}

/// Places in a part's record.
pub(crate) mod part {
    use super::*;

    pub(crate) const ID: usize = 0;
    pub(crate) const LABEL: usize = ID + crate::PartId::MAX_LEN;
    pub(crate) const LABEL_HTML: usize = LABEL + TEXT;
    pub(crate) const HTML: usize = LABEL_HTML + TEXT;
    pub(crate) const LEN: usize = HTML + TEXT;
}
