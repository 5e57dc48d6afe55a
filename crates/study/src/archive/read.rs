//! Reading the archive, whatever has become of it.

use super::{Archive, Change, Shelf};
use crate::checksum::crc32;
use crate::event::Event;
use crate::format::Format;
use crate::heads::{Heads, line_id};
use crate::id::DeviceId;
use crate::keeper::{FirstSeen, StoreError};
use crate::order::sort_by;
use crate::saved::{decode_line, encode_line};

/// What was found in the archive.
#[derive(Clone, Default, Debug)]
pub struct Archived {
    /// All events that could be read, each once, in no particular order.
    pub events: Vec<Event>,
    /// Their ids.
    pub heads: Heads,
    /// Lines that could not be read.
    pub damaged: Vec<DamagedLine>,
    /// The device that it belongs to, where that was kept and can be read.
    pub device: Option<DeviceId>,
    /// The texts of the shelf of what there is once, by name.
    pub meta: Vec<(String, String)>,
    /// How many fresh rows there are.
    pub fresh_rows: usize,
    /// What all its records take up: keys and values.
    pub size_bytes: usize,
    /// How many events were there under the id of another event. Of those the one whose line
    /// sorts first counts, so that all devices agree.
    pub contradictions: usize,
}

/// A damaged line of the archive. Its record stays as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DamagedLine {
    /// The table it was found in.
    pub shelf: Shelf,
    /// The key of its record.
    pub key: String,
    /// The line.
    pub text: String,
    /// Whether it was set aside already.
    pub first_seen: FirstSeen,
}

impl Archived {
    /// A text of the shelf of what there is once.
    pub fn meta(&self, name: &str) -> Option<&str> {
        let found = self.meta.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Reads all of the archive. A damaged line costs that line only.
pub async fn read_archive<A: Archive>(archive: &A) -> Result<Archived, StoreError> {
    let mut archived = Archived::default();
    let mut copies = Vec::new();
    // Another tab may seal meanwhile: its fresh rows are then in a record that is read later.
    let fresh = archive.read(Shelf::Fresh).await?;
    archived.fresh_rows = fresh.len();
    let mut again = Vec::new();
    archived.take(Shelf::Fresh, fresh, &mut again);
    archived.take(
        Shelf::Sealed,
        archive.read(Shelf::Sealed).await?,
        &mut again,
    );
    archived.contradictions = settle(&mut archived.events, again).contradictions;
    archived.meta = archive.read(Shelf::Meta).await?;
    for (key, text) in archive.read(Shelf::Rescue).await? {
        archived.size_bytes += key.len() + text.len();
        copies.push(key);
    }
    for (key, text) in &archived.meta {
        archived.size_bytes += key.len() + text.len();
    }
    archived.device = archived.meta("device").and_then(|text| text.parse().ok());
    if archived.device.is_none() {
        archived.note_damage("device");
    }
    if archived.meta("format").and_then(Format::decode).is_none() {
        archived.note_damage("format");
    }
    for line in &mut archived.damaged {
        if copies.contains(&line.copy_key()) {
            line.first_seen = FirstSeen::Earlier;
        }
    }
    Ok(archived)
}

/// The ids of all events whose lines are whole, without reading more of them.
pub async fn read_heads<A: Archive>(archive: &A) -> Result<Heads, StoreError> {
    let mut heads = Heads::default();
    for shelf in [Shelf::Fresh, Shelf::Sealed] {
        for (_, text) in archive.read(shelf).await? {
            for id in text.split('\n').filter_map(line_id) {
                heads.insert(id);
            }
        }
    }
    Ok(heads)
}

/// Copies the damaged lines that are new to the shelf for them, and says how many there were.
pub async fn set_aside<A: Archive>(
    archive: &A,
    damaged: &[DamagedLine],
) -> Result<usize, StoreError> {
    let new = damaged
        .iter()
        .filter(|line| line.first_seen == FirstSeen::Now);
    let copy = |line: &DamagedLine| Change::Put {
        shelf: Shelf::Rescue,
        key: line.copy_key(),
        value: line.text.clone(),
    };
    let copies: Vec<Change> = new.map(copy).collect();
    let count = copies.len();
    if count > 0 {
        archive.commit(copies).await?;
    }
    Ok(count)
}

impl Archived {
    fn take(&mut self, shelf: Shelf, records: Vec<(String, String)>, again: &mut Vec<Event>) {
        for (key, text) in records {
            self.size_bytes += key.len() + text.len();
            for line in text.split('\n').filter(|line| !line.is_empty()) {
                match decode_line(line) {
                    Ok(event) if self.heads.insert(event.id) => self.events.push(event),
                    Ok(event) => again.push(event),
                    Err(_) => self.damaged.push(DamagedLine {
                        shelf,
                        key: key.clone(),
                        text: line.to_owned(),
                        first_seen: FirstSeen::Now,
                    }),
                }
            }
        }
    }

    /// Notes what cannot be read and will be written anew, if it is there at all.
    fn note_damage(&mut self, name: &str) {
        if let Some(text) = self.meta(name).map(str::to_owned) {
            self.damaged.push(DamagedLine {
                shelf: Shelf::Meta,
                key: name.to_owned(),
                text,
                first_seen: FirstSeen::Now,
            });
        }
    }
}

impl DamagedLine {
    /// Named by its content, so that it is copied once only.
    fn copy_key(&self) -> String {
        let checksum = crc32(self.text.as_bytes());
        format!("{}:{}.{checksum:08x}", self.shelf.name(), self.key)
    }
}

/// What came of events that are there more than once.
#[derive(Default)]
pub(crate) struct Settled {
    /// How many were another event of the same id.
    pub(crate) contradictions: usize,
    /// Those that count instead of the ones that were there.
    pub(crate) changed: Heads,
}

/// Takes in further events of ids that are there. Where two differ, the one whose line sorts
/// first counts.
pub(crate) fn settle(events: &mut [Event], mut again: Vec<Event>) -> Settled {
    let mut settled = Settled::default();
    if again.is_empty() {
        return settled;
    }
    sort_by(&mut again, |one, other| one.id.cmp(&other.id));
    let ids = Heads::of(&again);
    for event in events.iter_mut().filter(|event| ids.contains(event.id)) {
        let id = event.id;
        let first = again.partition_point(|other| other.id < id);
        let same = again[first..].iter().take_while(|other| other.id == id);
        let mut is_changed = false;
        for other in same {
            if other == event {
                continue;
            }
            settled.contradictions += 1;
            if encode_line(other) < encode_line(event) {
                *event = other.clone();
                is_changed = true;
            }
        }
        if is_changed {
            settled.changed.insert(id);
        }
    }
    settled
}
