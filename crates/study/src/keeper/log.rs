//! Reading the values of all page loads. Nothing is written.

use super::{FirstSeen, KeyValue, Rescued, StoreError, Unreadable};
use crate::event::Event;
use crate::heads::{Heads, line_id};
use crate::id::EventId;
use crate::saved::decode_line;

/// What the values of the log hold.
#[derive(Default, Debug)]
pub(crate) struct Log {
    /// What follows the scope in their keys.
    pub(crate) names: Vec<String>,
    /// All events that were decoded, some perhaps twice.
    pub(crate) events: Vec<Event>,
    /// The ids of the events, and of those that were not decoded since the archive has them.
    pub(crate) heads: Heads,
    /// Damaged lines, not copied yet.
    pub(crate) damaged: Vec<Rescued>,
    pub(crate) unreadable: Vec<Unreadable>,
    pub(crate) trouble: Option<StoreError>,
    /// Length of the keys and values, in UTF-16 units.
    pub(crate) units: usize,
    /// The hybrid clock at the end of the oldest value.
    pub(crate) kept_from_ms: Option<i64>,
    oldest_tail_ms: Option<i64>,
}

/// Reads the log. A segment is decoded unless each of its lines is whole and in the archive.
pub(crate) fn read_log<S: KeyValue>(store: &S, scope: &str, archive: &Heads) -> Log {
    let mut log = Log::default();
    // Another tab may seal its tail meanwhile: its lines are then in a segment that is listed
    // only after the tail was read.
    for sort in ["tail:", "seg:"] {
        let prefix = format!("quire:{scope}:");
        let names = match names(store, &prefix, sort) {
            Ok(names) => names,
            Err(error) => {
                log.trouble = Some(error);
                return log;
            }
        };
        for name in &names {
            log.read(store, &prefix, name, archive);
        }
        log.names.extend(names);
    }
    log.kept_from_ms = log.kept_from_ms.or(log.oldest_tail_ms);
    log
}

/// What follows the prefix in the keys of one sort.
pub(crate) fn names<S: KeyValue>(
    store: &S,
    prefix: &str,
    sort: &str,
) -> Result<Vec<String>, StoreError> {
    let mut names = store.keys()?;
    names.retain_mut(|key| match key.strip_prefix(prefix) {
        Some(name) if name.starts_with(sort) => {
            *key = name.to_owned();
            true
        }
        _ => false,
    });
    Ok(names)
}

/// What the quota of the store counts of a text.
pub(crate) fn units(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.encode_utf16().count()
    }
}

/// The lines of a value.
pub(super) fn lines(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split('\n').filter(|line| !line.is_empty())
}

/// The newest whole event of a value, which is its last.
pub(super) fn last_event(text: &str) -> Option<Event> {
    lines(text).rev().find_map(|line| decode_line(line).ok())
}

impl Log {
    fn read<S: KeyValue>(&mut self, store: &S, prefix: &str, name: &str, archive: &Heads) {
        let key = format!("{prefix}{name}");
        let text = match store.get(&key) {
            Ok(Some(text)) => text,
            // Another tab has removed it since the keys were listed.
            Ok(None) => return,
            Err(error) => return self.unreadable.push(Unreadable { key, error }),
        };
        self.units += units(&key) + units(&text);
        let is_tail = name.starts_with("tail:");
        self.note_age(&text, is_tail);
        // Tails are decoded always: they are short, and the browser may have cut them off.
        if let Some(ids) = (!is_tail).then(|| archived_ids(&text, archive)).flatten() {
            for id in ids {
                self.heads.insert(id);
            }
            return;
        }
        let mut damaged = Vec::new();
        for line in lines(&text) {
            match decode_line(line) {
                Ok(event) => {
                    self.heads.insert(event.id);
                    self.events.push(event);
                }
                Err(_) => damaged.push(line.to_owned()),
            }
        }
        if !damaged.is_empty() {
            self.damaged.push(Rescued {
                source: key,
                copy: Err(StoreError::Other("it was not copied".to_owned())),
                lines: damaged,
                first_seen: FirstSeen::Now,
            });
        }
    }

    /// Tails count only where nothing is sealed: segments are what the store gives up for room.
    fn note_age(&mut self, text: &str, is_tail: bool) {
        let oldest = if is_tail {
            &mut self.oldest_tail_ms
        } else {
            &mut self.kept_from_ms
        };
        if let Some(last) = last_event(text) {
            *oldest = Some(oldest.map_or(last.hlc_ms, |oldest| oldest.min(last.hlc_ms)));
        }
    }
}

/// The ids of all lines, if each is whole and the archive has it. No more of them is read: decoding
/// five megabytes at every start would take longer than all else, their checksums do not.
fn archived_ids(text: &str, archive: &Heads) -> Option<Vec<EventId>> {
    if archive.is_empty() {
        return None;
    }
    let ids = lines(text).map(|line| line_id(line).filter(|&id| archive.contains(id)));
    ids.collect()
}
