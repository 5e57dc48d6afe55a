//! Reading the log of all page loads, and setting aside what cannot be read.

use super::tail::Tail;
use super::{KeyValue, LogKeeper, StoreError};
use crate::checksum::crc32;
use crate::event::Event;
use crate::id::{Author, DeviceId, LoadId};
use crate::saved::decode_line;
use std::collections::VecDeque;

/// What was found in the store.
#[derive(Debug)]
pub struct Opened<S> {
    /// Keeps the log from here on.
    pub keeper: LogKeeper<S>,
    /// All events that could be read, in no particular order, some perhaps twice.
    pub events: Vec<Event>,
    /// Damaged lines.
    pub rescued: Vec<Rescued>,
    /// Values that the store did not give out.
    pub unreadable: Vec<Unreadable>,
    /// Set where the store could not even say which keys it has.
    pub trouble: Option<StoreError>,
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

/// The id of this device, from the store or else new from the random bits. An error tells that
/// the id is new and could not be kept. A damaged id is copied to a rescue key.
pub fn device_id<S: KeyValue>(
    store: &S,
    scope: &str,
    random: u64,
) -> (DeviceId, Result<(), StoreError>) {
    let key = format!("quire:{scope}:device");
    let fresh = DeviceId::from_random(random);
    match store.get(&key) {
        Err(error) => (fresh, Err(error)),
        Ok(None) => (fresh, store.set(&key, fresh.as_str())),
        Ok(Some(text)) => match text.parse() {
            Ok(device) => (device, Ok(())),
            Err(_) => {
                let (copy, _) = copy(store, scope, "device", &text);
                let kept = copy.and_then(|_| store.set(&key, fresh.as_str()));
                (fresh, kept)
            }
        },
    }
}

pub(super) fn open<S: KeyValue>(store: S, scope: &str, author: Author) -> Opened<S> {
    let mut opened = Opened {
        keeper: LogKeeper {
            store,
            scope: scope.to_owned(),
            author,
            unsealed: VecDeque::new(),
            tail: Tail::default(),
            next_segment: 0,
        },
        events: Vec::new(),
        rescued: Vec::new(),
        unreadable: Vec::new(),
        trouble: None,
    };
    // Another tab may seal its tail meanwhile: its lines are then in a segment that is listed
    // only after the tail was read.
    let mut names = opened.read_all("tail:");
    names.extend(opened.read_all("seg:"));
    opened.keeper.author = free_author(author, &names);
    opened
}

impl<S: KeyValue> Opened<S> {
    /// Reads the values of all keys of one sort, and returns what follows the scope in them.
    fn read_all(&mut self, sort: &str) -> Vec<String> {
        let prefix = format!("quire:{}:", self.keeper.scope);
        let mut names = match self.keeper.store.keys() {
            Ok(keys) => keys,
            Err(error) => {
                self.trouble = Some(error);
                return Vec::new();
            }
        };
        names.retain_mut(|key| match key.strip_prefix(&prefix) {
            Some(name) if name.starts_with(sort) => {
                *key = name.to_owned();
                true
            }
            _ => false,
        });
        for name in &names {
            self.read(&format!("{prefix}{name}"), name);
        }
        names
    }

    fn read(&mut self, key: &str, name: &str) {
        let text = match self.keeper.store.get(key) {
            Ok(Some(text)) => text,
            // Another tab has removed it since the keys were listed.
            Ok(None) => return,
            Err(error) => {
                let key = key.to_owned();
                return self.unreadable.push(Unreadable { key, error });
            }
        };
        let mut damaged = Vec::new();
        for line in text.split('\n').filter(|line| !line.is_empty()) {
            match decode_line(line) {
                Ok(event) => self.events.push(event),
                Err(_) => damaged.push(line.to_owned()),
            }
        }
        if damaged.is_empty() {
            return;
        }
        let LogKeeper { store, scope, .. } = &self.keeper;
        let (copy, first_seen) = copy(store, scope, name, &damaged.join("\n"));
        self.rescued.push(Rescued {
            source: key.to_owned(),
            copy,
            lines: damaged,
            first_seen,
        });
    }
}

/// Copies a damaged text to a key that its content names, so that it is copied once only and
/// nothing else is ever written there.
fn copy<S: KeyValue>(
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
