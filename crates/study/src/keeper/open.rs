//! Reading the log of all page loads, and setting aside what cannot be read.

use super::log::read_log;
use super::tail::Tail;
use super::{KeyValue, LogKeeper, StoreError};
use crate::checksum::crc32;
use crate::event::Event;
use crate::format::Access;
use crate::heads::Heads;
use crate::id::{Author, DeviceId, LoadId};
use std::collections::VecDeque;

/// What was found in the store.
#[derive(Debug)]
pub struct Opened<S> {
    /// Keeps the log from here on.
    pub keeper: LogKeeper<S>,
    /// The events that could be read, in no particular order, some perhaps twice. Those of a
    /// segment that the archive has all of are left out.
    pub events: Vec<Event>,
    /// The ids of all events in the store, of those that are left out too.
    pub heads: Heads,
    /// Damaged lines.
    pub rescued: Vec<Rescued>,
    /// Values that the store did not give out.
    pub unreadable: Vec<Unreadable>,
    /// Set where the store could not even say which keys it has.
    pub trouble: Option<StoreError>,
    /// Length of the keys and values of the log, in UTF-16 units.
    pub(crate) log_units: usize,
    /// The hybrid clock at the end of the oldest value. What is older was given up for room.
    pub(crate) kept_from_ms: Option<i64>,
}

/// Damaged lines of one value. The value itself stays as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rescued {
    /// The key that they were found under.
    pub source: String,
    /// The key that they were copied to, or why that failed.
    pub copy: Result<String, StoreError>,
    /// The lines.
    pub lines: Vec<String>,
    /// Whether an earlier page load found them already.
    pub first_seen: FirstSeen,
}

/// When something was first seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FirstSeen {
    /// Just now.
    Now,
    /// By an earlier page load.
    Earlier,
}

/// A value that the store did not give out. It is left alone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unreadable {
    /// Its key.
    pub key: String,
    /// Why.
    pub error: StoreError,
}

/// The id of this device: from the archive, from the store, or else new from the random bits. The
/// archive's counts more, since it survives what the store does not. An error tells that the store
/// did not keep it. A damaged id is copied to a rescue key.
pub fn device_id<S: KeyValue>(
    store: &S,
    scope: &str,
    archived: Option<DeviceId>,
    random: u64,
    access: Access,
) -> (DeviceId, Result<(), StoreError>) {
    let key = format!("quire:{scope}:device");
    let otherwise = archived.unwrap_or_else(|| DeviceId::from_random(random));
    let text = match store.get(&key) {
        Ok(text) => text,
        Err(error) => return (otherwise, Err(error)),
    };
    let stored: Option<DeviceId> = text.as_deref().and_then(|text| text.parse().ok());
    let device = archived.or(stored).unwrap_or(otherwise);
    if stored == Some(device) || access != Access::ReadWrite {
        return (device, Ok(()));
    }
    let kept = match (text, stored) {
        (Some(damaged), None) => copy(store, scope, "device", &damaged).0.map(drop),
        _ => Ok(()),
    };
    (device, kept.and_then(|()| store.set(&key, device.as_str())))
}

pub(super) fn open<S: KeyValue>(
    store: S,
    scope: &str,
    author: Author,
    archive: &Heads,
    access: Access,
) -> Opened<S> {
    let mut log = read_log(&store, scope, archive);
    for found in &mut log.damaged {
        let name = found.source.get("quire::".len() + scope.len()..);
        let name = name.unwrap_or_default();
        (found.copy, found.first_seen) = match access {
            Access::ReadWrite => copy(&store, scope, name, &found.lines.join("\n")),
            Access::ReadOnly { .. } => found_copy(&store, scope, name, &found.lines.join("\n")),
        };
    }
    Opened {
        keeper: LogKeeper {
            store,
            scope: scope.to_owned(),
            author: free_author(author, &log.names),
            access,
            unsealed: VecDeque::new(),
            tail: Tail::default(),
            next_segment: 0,
        },
        events: log.events,
        heads: log.heads,
        rescued: log.damaged,
        unreadable: log.unreadable,
        trouble: log.trouble,
        log_units: log.units,
        kept_from_ms: log.kept_from_ms,
    }
}

/// Copies a damaged text to a key that its content names, so that it is copied once only and
/// nothing else is ever written there.
pub(crate) fn copy<S: KeyValue>(
    store: &S,
    scope: &str,
    source: &str,
    text: &str,
) -> (Result<String, StoreError>, FirstSeen) {
    let checksum = crc32(text.as_bytes());
    let mut key = format!("quire:{scope}:rescue:{source}.{checksum:08x}");
    loop {
        match store.get(&key) {
            Err(error) => return (Err(error), FirstSeen::Now),
            Ok(None) => return (store.set(&key, text).map(|()| key), FirstSeen::Now),
            Ok(Some(copied)) if copied == text => return (Ok(key), FirstSeen::Earlier),
            // Another text of the same checksum, or a damaged copy.
            Ok(Some(_)) => key.push('+'),
        }
    }
}

/// What [`copy`] would find there already, without writing.
fn found_copy<S: KeyValue>(
    store: &S,
    scope: &str,
    source: &str,
    text: &str,
) -> (Result<String, StoreError>, FirstSeen) {
    let checksum = crc32(text.as_bytes());
    let key = format!("quire:{scope}:rescue:{source}.{checksum:08x}");
    match store.get(&key) {
        Ok(Some(copied)) if copied == text => (Ok(key), FirstSeen::Earlier),
        _ => (Err(StoreError::read_only()), FirstSeen::Now),
    }
}

/// The author with a page load that has no keys yet: two tabs may have drawn the same.
fn free_author(author: Author, names: &[String]) -> Author {
    let is_taken = |author: &Author| {
        let tail = format!("tail:{}.{}", author.device, author.load);
        let segment = format!("seg:{}.{}.", author.device, author.load);
        names
            .iter()
            .any(|name| *name == tail || name.starts_with(&segment))
    };
    let mut free = author;
    let mut random = 0_u32;
    while is_taken(&free) {
        random += 1;
        free.load = LoadId::from_start(i64::from(crc32(author.load.as_str().as_bytes())), random);
    }
    free
}
