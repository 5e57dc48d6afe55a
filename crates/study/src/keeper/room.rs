//! Keeping the store within its quota: the oldest segments stay in the archive only.

use super::log::{last_event, lines, names, units};
use super::{KeyValue, LogKeeper, StoreError};
use crate::event::Event;
use crate::format::Access;
use crate::heads::{Heads, line_id};
use crate::integrity::used_units;
use crate::order::sort_by;
use crate::saved::{decode_line, encode_line};

/// What a browser gives all apps of an origin together, in UTF-16 units of keys and values.
pub const QUOTA_UNITS: usize = 5_242_880;
/// From here on the store is nearly full: 80 % of the quota.
pub const NEAR_UNITS: usize = QUOTA_UNITS / 5 * 4;
/// What making room comes down to: 60 % of the quota.
pub const LOW_UNITS: usize = QUOTA_UNITS / 5 * 3;
/// Up to here the store takes back what it once gave up: 40 % of the quota.
pub const REFILL_UNITS: usize = QUOTA_UNITS / 5 * 2;

/// The longest segment that is written at once.
pub const SEGMENT_BYTES: usize = 64 * 1024;

/// Why room is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// The store may be nearly full: then its oldest segments go.
    IfNear,
    /// The store has said that it is full, whatever it holds.
    Full,
}

/// What making room came to.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Room {
    /// Segments that were removed.
    pub removed_segments: usize,
    /// Entries that were in them, and are in the archive only.
    pub removed_entries: usize,
    /// Length of all keys and values of the origin now, in UTF-16 units.
    pub used_units: usize,
}

impl<S: KeyValue> LogKeeper<S> {
    /// Length of all keys and values of the origin, other apps included, in UTF-16 units: what
    /// the quota counts.
    pub fn used_units(&self) -> Result<usize, StoreError> {
        used_units(&self.store)
    }

    /// Removes the oldest segments if the store is nearly full. A segment goes only if each of
    /// its lines is whole and in the archive, whose ids the caller has read just now.
    pub fn make_room(&mut self, archive: &Heads, need: Need) -> Result<Room, StoreError> {
        let mut room = Room {
            removed_segments: 0,
            removed_entries: 0,
            used_units: self.used_units()?,
        };
        let goal = match need {
            Need::IfNear if room.used_units <= NEAR_UNITS => return Ok(room),
            Need::IfNear => LOW_UNITS,
            // The quota is smaller than it should be.
            Need::Full => LOW_UNITS.min(room.used_units / 4 * 3),
        };
        if self.access != Access::ReadWrite {
            return Ok(room);
        }
        for (_, key) in self.segments_by_age()? {
            if room.used_units <= goal {
                break;
            }
            let Some(text) = self.store.get(&key)? else {
                continue;
            };
            if lines(&text).all(|line| is_archived(line, archive)) {
                self.store.remove(&key)?;
                room.removed_segments += 1;
                room.removed_entries += lines(&text).count();
                room.used_units -= (units(&key) + units(&text)).min(room.used_units);
            }
        }
        Ok(room)
    }

    /// Writes events that the archive has, and that this store has lost, into segments of this
    /// page load: the newest come first, and are saved first. What another tab has restored
    /// meanwhile is left out. Stops before the store holds more than `most_units`, such as
    /// [`NEAR_UNITS`], and says how many were written.
    pub fn restore(
        &mut self,
        newest_first: &[Event],
        most_units: usize,
    ) -> Result<usize, StoreError> {
        self.check_access()?;
        let mut used_units = self.used_units()?;
        let missing = self.stored()?.lacking(newest_first);
        let mut written = 0;
        while written < missing.len() {
            let (text, count) = segment(&missing[written..]);
            used_units += units(&self.segment_key(0)) + text.len();
            if used_units > most_units {
                break;
            }
            self.write_segment(&text)?;
            written += count;
        }
        Ok(written)
    }

    /// The hybrid clock at the end of the oldest segment. A store that has given up segments has
    /// given up what is older.
    pub fn oldest_segment_ms(&self) -> Option<i64> {
        let segments = self.segments_by_age().ok()?;
        segments.first().map(|(last_ms, _)| *last_ms)
    }

    /// How many of the ids the store has not.
    pub fn lacking(&self, heads: &Heads) -> Result<usize, StoreError> {
        let stored = self.stored()?;
        Ok(heads.count() - heads.count_shared(&stored))
    }

    /// Writes the next segment of this page load, and reads it back.
    pub(super) fn write_segment(&mut self, text: &str) -> Result<(), StoreError> {
        let key = self.segment_key(self.next_segment);
        self.store.set(&key, text)?;
        // Never written again, whatever the store made of it.
        self.next_segment += 1;
        match self.store.get(&key)? {
            Some(kept) if kept == text => Ok(()),
            _ => Err(StoreError::Other("it did not keep what was written".into())),
        }
    }

    /// The ids of all whole lines in the store.
    fn stored(&self) -> Result<Heads, StoreError> {
        let prefix = format!("quire:{}:", self.scope);
        let mut heads = Heads::default();
        for sort in ["tail:", "seg:"] {
            for name in names(&self.store, &prefix, sort)? {
                let text = self.store.get(&format!("{prefix}{name}"))?;
                let text = text.unwrap_or_default();
                for id in lines(&text).filter_map(line_id) {
                    heads.insert(id);
                }
            }
        }
        Ok(heads)
    }

    /// The keys of all segments, the oldest first.
    fn segments_by_age(&self) -> Result<Vec<(i64, String)>, StoreError> {
        let prefix = format!("quire:{}:", self.scope);
        let mut segments = Vec::new();
        for name in names(&self.store, &prefix, "seg:")? {
            let key = format!("{prefix}{name}");
            let text = self.store.get(&key)?;
            if let Some(last) = text.as_deref().and_then(last_event) {
                segments.push((last.hlc_ms, key));
            }
        }
        sort_by(&mut segments, Ord::cmp);
        Ok(segments)
    }
}

/// Whether a line is whole and the archive has its event.
pub(super) fn is_archived(line: &str, archive: &Heads) -> bool {
    decode_line(line).is_ok_and(|event| archive.contains(event.id))
}

/// A segment of the newest events, the oldest of them first as in every segment, and how many
/// there are.
fn segment(newest_first: &[Event]) -> (String, usize) {
    let mut lines = Vec::new();
    let mut bytes = 0;
    for event in newest_first {
        let line = encode_line(event);
        bytes += line.len() + 1;
        if bytes > SEGMENT_BYTES && !lines.is_empty() {
            break;
        }
        lines.push(line);
    }
    let mut text = String::with_capacity(bytes);
    for line in lines.iter().rev() {
        text.push_str(line);
        text.push('\n');
    }
    (text, lines.len())
}
