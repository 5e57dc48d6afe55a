//! Keeping the log in a database as well, such as a browser's IndexedDB: the archive.
//!
//! It holds the same lines as the store of [`crate::LogKeeper`], in four shelves:
//!
//! | shelf | key | value |
//! | --- | --- | --- |
//! | `fresh` | event id | one line |
//! | `sealed` | first id, last id, number of lines and checksum | about [`SEALED_LINES`] lines |
//! | `meta` | `format`, `device`, … | a text |
//! | `rescue` | shelf, key and checksum | damaged lines of another record, copied |
//!
//! A line in `fresh` moves to `sealed` in one commit. A record of `sealed` is named by what it
//! holds, so that two tabs that seal at the same time write the same record, or two that overlap:
//! the log is a set, and a line that is there twice counts once.

mod read;
mod unite;

pub(crate) use read::settle;
pub use read::{Archived, DamagedLine, read_archive, read_heads, set_aside};
pub use unite::{United, unite};

use crate::checksum::crc32;
use crate::event::Event;
use crate::heads::line_id;
use crate::id::{DeviceId, EventId};
use crate::keeper::StoreError;
use crate::order::sort_by;
use crate::saved::encode_line;
use std::fmt::Write;
use std::future::Future;

/// Lines of a sealed record.
pub const SEALED_LINES: usize = 1000;
/// So many fresh rows are worth sealing while the app runs.
pub const SEAL_ROWS: usize = 1000;
/// So many fresh rows are worth sealing at the start, when they are all of other page loads.
pub const SEAL_ROWS_AT_START: usize = 200;

/// A database of texts in which several changes happen together or not at all.
pub trait Archive {
    /// All records of a shelf, in the order of their keys.
    fn read(&self, shelf: Shelf)
    -> impl Future<Output = Result<Vec<(String, String)>, StoreError>>;

    /// Makes all of the changes or none, and returns when they are on the disk.
    fn commit(&self, changes: Vec<Change>) -> impl Future<Output = Result<(), StoreError>>;
}

/// A table of the archive.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Shelf {
    /// The newest events, one a record.
    Fresh,
    /// Older events, many a record.
    Sealed,
    /// What there is once: the device, the format.
    Meta,
    /// Copies of damaged lines.
    Rescue,
}

/// A change of one record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// Sets the value of a key.
    Put {
        /// The table.
        shelf: Shelf,
        /// The key.
        key: String,
        /// The value.
        value: String,
    },
    /// Removes a key. It need not be there.
    Delete {
        /// The table.
        shelf: Shelf,
        /// The key.
        key: String,
    },
}

impl Shelf {
    /// All shelves.
    pub const ALL: [Shelf; 4] = [Shelf::Fresh, Shelf::Sealed, Shelf::Meta, Shelf::Rescue];

    /// The name of the table.
    pub fn name(self) -> &'static str {
        match self {
            Shelf::Fresh => "fresh",
            Shelf::Sealed => "sealed",
            Shelf::Meta => "meta",
            Shelf::Rescue => "rescue",
        }
    }
}

/// Saves events in one commit: as fresh rows, or sealed at once where they are many.
pub async fn save<A: Archive>(archive: &A, events: &[Event]) -> Result<(), StoreError> {
    if events.is_empty() {
        return Ok(());
    }
    archive.commit(puts(events)).await
}

/// Keeps the id of this device in the archive too.
pub async fn save_device<A: Archive>(archive: &A, device: DeviceId) -> Result<(), StoreError> {
    archive.commit(vec![put_device(device)]).await
}

/// Moves fresh rows into sealed records if there are so many, and says how many were moved. A row
/// that is damaged stays where it is.
pub async fn seal<A: Archive>(archive: &A, at_least: usize) -> Result<usize, StoreError> {
    let rows = archive.read(Shelf::Fresh).await?;
    let mut lines: Vec<(EventId, String, String)> = Vec::with_capacity(rows.len());
    for (key, line) in rows {
        if let Some(id) = line_id(&line) {
            lines.push((id, key, line));
        }
    }
    if lines.len() < at_least.max(1) {
        return Ok(0);
    }
    // The order of the keys has 10 before 2.
    sort_by(&mut lines, |(one, ..), (other, ..)| one.cmp(other));
    let mut changes = Vec::new();
    for chunk in lines.chunks(SEALED_LINES) {
        let chunk = chunk.iter().map(|(id, _, line)| (*id, line.as_str()));
        changes.push(put_sealed(chunk));
    }
    let count = lines.len();
    changes.extend(lines.into_iter().map(|(_, key, _)| Change::Delete {
        shelf: Shelf::Fresh,
        key,
    }));
    archive.commit(changes).await?;
    Ok(count)
}

/// What saves events.
pub(crate) fn puts(events: &[Event]) -> Vec<Change> {
    let lines: Vec<(EventId, String)> = events
        .iter()
        .map(|event| (event.id, encode_line(event)))
        .collect();
    if lines.len() > SEALED_LINES {
        let chunks = lines.chunks(SEALED_LINES);
        let lines = |chunk: &[(EventId, String)]| {
            put_sealed(chunk.iter().map(|(id, line)| (*id, line.as_str())))
        };
        return chunks.map(lines).collect();
    }
    let put = |(id, value): (EventId, String)| Change::Put {
        shelf: Shelf::Fresh,
        key: id.to_string(),
        value,
    };
    lines.into_iter().map(put).collect()
}

pub(crate) fn put_device(device: DeviceId) -> Change {
    put_meta("device", device.as_str())
}

pub(crate) fn put_meta(name: &str, value: &str) -> Change {
    Change::Put {
        shelf: Shelf::Meta,
        key: name.to_owned(),
        value: value.to_owned(),
    }
}

/// A sealed record of lines, of which there is at least one.
fn put_sealed<'a>(lines: impl Iterator<Item = (EventId, &'a str)>) -> Change {
    let mut value = String::new();
    let mut ids: Option<(EventId, EventId)> = None;
    let mut count = 0;
    for (id, line) in lines {
        if count > 0 {
            value.push('\n');
        }
        value.push_str(line);
        ids = Some((ids.map_or(id, |(first, _)| first), id));
        count += 1;
    }
    let (first, last) = ids.expect("a chunk has at least one line");
    let mut key = String::new();
    let checksum = crc32(value.as_bytes());
    write!(key, "{first}-{last}.{count}.{checksum:08x}").expect("a string takes every text");
    Change::Put {
        shelf: Shelf::Sealed,
        key,
        value,
    }
}
