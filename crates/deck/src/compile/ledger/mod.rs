//! The ledger, `cards.lock`: which id each card has, so that progress survives every edit.
//!
//! A card's id is given once. When notes change, the cards of the new notes are compared with the
//! entries of the ledger, and what is the same card keeps its id: `settle` decides it. Entries
//! whose card is gone are retired, never removed: a card that comes back gets its id back.

mod shingles;

mod file;

mod change;
mod settle;

mod adopt;

mod assign;
mod likeness;
mod parts;
mod renames;

use std::collections::BTreeMap;

use crate::{CardId, PartId};

pub use adopt::AdoptError;
pub use change::{Change, Doubt, Kind};
pub use file::{LedgerError, NAME};
pub use settle::{SeenCard, SeenPart, Settled, settle};
pub use shingles::Shingles;

/// What is kept of every card that there ever was.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Ledger {
    entries: BTreeMap<CardId, Entry>,
    /// Cards that the two sides of a merge have in two forms: the second form.
    others: Vec<(CardId, Entry)>,
    has_conflict: bool,
}

/// What is kept of a card: as it was when it was last seen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The path of its note.
    pub note: String,
    /// What it is known by: mostly the text of its question.
    pub question: String,
    /// The hash of its answer.
    pub answer: u32,
    /// Its parts in the order of the note; behind them those that are gone.
    pub parts: Vec<PartEntry>,
    /// Whether it is in the notes.
    pub state: State,
    /// The entries that it may be as well, until someone settles it, the most alike first.
    pub unsure: Vec<CardId>,
}

/// What is kept of a part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PartEntry {
    /// Its id.
    pub id: PartId,
    /// Its label, or the beginning of its text.
    pub name: PartName,
    /// The words of its text.
    pub words: Shingles,
    /// Whether it is in the notes.
    pub state: State,
}

/// What a part is known by.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum PartName {
    /// Its label.
    Label(String),
    /// The beginning of its text, where it has no label.
    Text(String),
}

/// Whether something is in the notes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// It is.
    Present,
    /// It was once, and may come back.
    Retired,
}

impl Ledger {
    /// The entry of a card.
    pub fn get(&self, id: CardId) -> Option<&Entry> {
        self.entries.get(&id)
    }

    /// All entries, sorted by id.
    pub fn entries(&self) -> impl Iterator<Item = (CardId, &Entry)> {
        self.entries.iter().map(|(id, entry)| (*id, entry))
    }

    /// All entries, those that stand in two forms twice.
    fn forms(&self) -> impl Iterator<Item = (CardId, &Entry)> {
        let others = self.others.iter().map(|(id, entry)| (*id, entry));
        self.entries().chain(others)
    }

    /// Whether it was read from a merge that git left unfinished.
    pub fn has_conflict(&self) -> bool {
        self.has_conflict
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl Entry {
    /// The words of the whole answer.
    fn words(&self) -> Shingles {
        let present = self
            .parts
            .iter()
            .filter(|part| part.state == State::Present);
        Shingles::union(present.map(|part| &part.words))
    }
}
