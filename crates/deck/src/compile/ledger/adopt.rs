//! Settling by hand which card is which.

use std::fmt;

use super::parts;
use super::{Entry, Ledger, State};
use crate::CardId;

/// Why a card cannot take the id of an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AdoptError {
    /// The ledger has no such id.
    Unknown(CardId),
    /// The card that has the id is in the notes.
    Present(CardId),
    /// The card that is to get an id is in no note.
    Retired(CardId),
    /// There is no doubt about the card.
    Sure(CardId),
}

impl Ledger {
    /// Gives a card of the notes the id of a card that is gone: they are the same. What was
    /// answered under the id that it gives up stays with that id.
    ///
    /// # Errors
    ///
    /// Fails unless `old` is retired and `new` is in the notes.
    pub fn adopt(&mut self, old: CardId, new: CardId) -> Result<(), AdoptError> {
        let gone = self.get(old).ok_or(AdoptError::Unknown(old))?;
        let card = self.get(new).ok_or(AdoptError::Unknown(new))?;
        if gone.state == State::Present {
            return Err(AdoptError::Present(old));
        }
        if card.state == State::Retired {
            return Err(AdoptError::Retired(new));
        }
        let entry = Entry {
            parts: parts::adopt(gone, card),
            unsure: Vec::new(),
            ..card.clone()
        };
        let given_up = Entry {
            state: State::Retired,
            unsure: Vec::new(),
            ..card.clone()
        };
        self.entries.insert(old, entry);
        self.entries.insert(new, given_up);
        for entry in self.entries.values_mut() {
            entry.unsure.retain(|id| *id != old);
        }
        Ok(())
    }

    /// A card of the notes is the entry that it may be: the first that the ledger names. Gives
    /// the id of that.
    ///
    /// # Errors
    ///
    /// Fails if there is no doubt about the card.
    pub fn same(&mut self, new: CardId) -> Result<CardId, AdoptError> {
        let entry = self.get(new).ok_or(AdoptError::Unknown(new))?;
        let old = *entry.unsure.first().ok_or(AdoptError::Sure(new))?;
        self.adopt(old, new)?;
        Ok(old)
    }

    /// A card of the notes is none of the entries that it may be.
    ///
    /// # Errors
    ///
    /// Fails if there is no doubt about the card.
    pub fn new_card(&mut self, new: CardId) -> Result<(), AdoptError> {
        let entry = self.entries.get_mut(&new).ok_or(AdoptError::Unknown(new))?;
        match std::mem::take(&mut entry.unsure).is_empty() {
            true => Err(AdoptError::Sure(new)),
            false => Ok(()),
        }
    }

    /// The cards of the notes that may be entries whose card is gone.
    pub fn doubts(&self) -> impl Iterator<Item = (CardId, &Entry)> {
        self.entries()
            .filter(|(_, entry)| !entry.unsure.is_empty() && entry.state == State::Present)
    }
}

impl fmt::Display for AdoptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AdoptError::Unknown(id) => write!(f, "the ledger has no card `{id}`"),
            AdoptError::Present(id) => {
                write!(
                    f,
                    "`{id}` is in the notes: only the id of a card that is gone can be taken"
                )
            }
            AdoptError::Retired(id) => write!(f, "`{id}` is in no note any more"),
            AdoptError::Sure(id) => write!(f, "there is no doubt about `{id}`"),
        }
    }
}

impl std::error::Error for AdoptError {}
