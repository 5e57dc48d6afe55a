//! The ledger: cards keep their ids through every edit, and no card gets the id of another.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod by_hand;
mod edits;
mod history;
mod ids;
mod merging;
mod repository;
mod settling;
mod sides;
mod text;
mod world;
