//! Keeping the log in a store of keys and texts, such as a browser's localStorage.
//!
//! Each page load writes keys of its own only, since two tabs cannot share one:
//!
//! | key | value |
//! | --- | --- |
//! | `quire:<scope>:device` | the id of this device |
//! | `quire:<scope>:tail:<device>.<load>` | the newest lines of a page load, at most [`TAIL_BYTES`], written anew at every answer |
//! | `quire:<scope>:seg:<device>.<load>.<nnnnn>` | older lines of a page load, what it imported, restored or folded, numbered from 0, never written again |
//! | `quire:<scope>:rescue:<source>.<checksum>` | damaged lines of another key, copied |
//!
//! Nothing that was read is ever written over, least of all what could not be read. A value is
//! removed only when each of its lines is whole and in the archive: see [`LogKeeper::make_room`]
//! and [`LogKeeper::fold`].

pub(crate) mod open;
mod tail;

pub(crate) mod log;

mod fold;
mod room;

pub use fold::Folded;
pub use open::{FirstSeen, Opened, Rescued, Unreadable, device_id};
pub use room::{LOW_UNITS, NEAR_UNITS, Need, QUOTA_UNITS, REFILL_UNITS, Room, SEGMENT_BYTES};

use crate::event::Event;
use crate::format::Access;
use crate::heads::Heads;
use crate::id::Author;
use crate::saved::encode_line;
use std::collections::VecDeque;
use std::fmt;
use tail::Tail;

/// The longest value that the keeper writes: rewriting it takes a browser 0.1 ms.
pub const TAIL_BYTES: usize = 8 * 1024;

/// A store of texts by key.
pub trait KeyValue {
    /// The text of a key, `None` where there is none.
    fn get(&self, key: &str) -> Result<Option<String>, StoreError>;
    /// Sets the text of a key. After an error the key has the text that it had before.
    fn set(&self, key: &str, value: &str) -> Result<(), StoreError>;
    /// Removes a key.
    fn remove(&self, key: &str) -> Result<(), StoreError>;
    /// All keys, in any order.
    fn keys(&self) -> Result<Vec<String>, StoreError>;
}

/// Why a store did not do what it was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StoreError {
    /// There is no store, or it may not be used.
    Blocked(String),
    /// There is no room.
    Full,
    /// Anything else, in the store's own words.
    Other(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Blocked(why) => write!(f, "the browser's storage is blocked: {why}"),
            StoreError::Full => f.write_str("the browser's storage is full"),
            StoreError::Other(what) => write!(f, "the browser's storage failed: {what}"),
        }
    }
}

impl std::error::Error for StoreError {}

impl StoreError {
    /// What a store says that a later version of Quire has written.
    pub(crate) fn read_only() -> StoreError {
        StoreError::Blocked("a newer version of Quire has written it".to_owned())
    }
}

/// Keeps the events of one page load.
#[derive(Debug)]
pub struct LogKeeper<S> {
    store: S,
    scope: String,
    author: Author,
    access: Access,
    /// Full tails that are yet to be written as segments, the oldest first.
    unsealed: VecDeque<Tail>,
    tail: Tail,
    next_segment: u32,
}

impl<S: KeyValue> LogKeeper<S> {
    /// Reads the log and begins to keep it. This never fails: what goes wrong is told in
    /// [`Opened`], and events are then kept in memory until the store takes them. What the
    /// archive has is not decoded again; without an archive its heads are empty.
    pub fn open(
        store: S,
        scope: &str,
        author: Author,
        archive: &Heads,
        access: Access,
    ) -> Opened<S> {
        open::open(store, scope, author, archive, access)
    }

    /// What may be done with the log.
    pub fn access(&self) -> Access {
        self.access
    }

    /// Allows less from here on: an archive that was late is of a later version.
    pub fn forbid(&mut self, access: Access) {
        self.access = access;
    }

    /// Who writes: the author that was given to `open`, with another page load if that one was
    /// taken.
    pub fn author(&self) -> Author {
        self.author
    }

    /// Saves events before it returns. After an error they are pending: in memory, and written
    /// with the next events or by [`LogKeeper::retry`].
    pub fn append(&mut self, events: &[Event]) -> Result<(), StoreError> {
        for event in events {
            let line = encode_line(event);
            if !self.tail.has_room(&line) {
                self.unsealed.push_back(std::mem::take(&mut self.tail));
            }
            self.tail.push(&line);
        }
        self.retry()
    }

    /// Saves events of other page loads, and seals them at once. The caller leaves out what the
    /// log has already. They go into segments of this page load, since their own authors may be
    /// writing to theirs; each line says who wrote it.
    pub fn import(&mut self, events: &[Event]) -> Result<(), StoreError> {
        if !self.tail.is_empty() {
            self.unsealed.push_back(std::mem::take(&mut self.tail));
        }
        self.append(events)?;
        self.unsealed.push_back(std::mem::take(&mut self.tail));
        self.retry()
    }

    /// Tries again to save what is pending.
    pub fn retry(&mut self) -> Result<(), StoreError> {
        self.check_access()?;
        // A segment first: only then may the tail that holds its lines be written over.
        while let Some(segment) = self.unsealed.front() {
            let key = self.segment_key(self.next_segment);
            self.store.set(&key, segment.text())?;
            self.next_segment += 1;
            self.unsealed.pop_front();
            self.tail.note_change();
        }
        if self.tail.is_saved() {
            return Ok(());
        }
        self.store.set(&self.tail_key(), self.tail.text())?;
        self.tail.note_saved();
        Ok(())
    }

    /// Copies damaged lines of one key to where nothing is ever written over, once. Gives the key
    /// of the copy.
    pub fn set_aside(&self, key: &str, lines: &[String]) -> Result<String, StoreError> {
        self.check_access()?;
        let name = key.get("quire::".len() + self.scope.len()..);
        let name = name.unwrap_or_default();
        open::copy(&self.store, &self.scope, name, &lines.join("\n")).0
    }

    /// How many events are in memory only.
    pub fn pending(&self) -> usize {
        let unsealed = self.unsealed.iter().map(Tail::pending);
        unsealed.sum::<usize>() + self.tail.pending()
    }

    /// The store.
    pub fn store(&self) -> &S {
        &self.store
    }

    fn check_access(&self) -> Result<(), StoreError> {
        match self.access {
            Access::ReadWrite => Ok(()),
            Access::ReadOnly { .. } => Err(StoreError::read_only()),
        }
    }

    fn tail_key(&self) -> String {
        let Author { device, load } = self.author;
        format!("quire:{}:tail:{device}.{load}", self.scope)
    }

    fn segment_key(&self, number: u32) -> String {
        let Author { device, load } = self.author;
        format!("quire:{}:seg:{device}.{load}.{number:05}", self.scope)
    }
}
