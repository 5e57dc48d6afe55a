//! `Change`: what is different about a card since the ledger was written.

use serde::Serialize;

use crate::CardId;

/// What is different about one card.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Change {
    /// The card's id, as text.
    #[serde(serialize_with = "as_text")]
    pub id: CardId,
    /// The note that it is in, or was in last.
    pub note: String,
    /// Its question.
    pub question: String,
    /// What is different, in this order.
    pub kinds: Vec<Kind>,
}

/// One thing that is different.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Kind {
    /// The card was not there before.
    New,
    /// The card may be one that is gone. It counts as new until someone settles it.
    Unsure {
        /// The entries that it may be, the most alike first.
        may_be: Vec<Doubt>,
    },
    /// The card was retired, and is back.
    Returned,
    /// The question was written anew.
    Reworded {
        /// The question before.
        before: String,
    },
    /// The card was in another note.
    Moved {
        /// The note before.
        from: String,
    },
    /// The answer is another.
    Edited,
    /// The card is in no note any more.
    Retired,
}

/// An entry that a card may be.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Doubt {
    /// The id of the entry.
    #[serde(serialize_with = "as_text")]
    pub id: CardId,
    /// Its note.
    pub note: String,
    /// Its question.
    pub question: String,
    /// How alike they are, in per cent.
    pub percent: u32,
}

fn as_text<S: serde::Serializer>(id: &CardId, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(id.as_str())
}
