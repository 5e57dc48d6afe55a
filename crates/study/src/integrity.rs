//! Whether both stores hold the log, line by line. Nothing is written.

use crate::archive::{Archive, Archived, Shelf, read_archive, settle};
use crate::heads::Heads;
use crate::keeper::log::{Log, names, read_log, units};
use crate::keeper::{KeyValue, StoreError, Unreadable};

/// What a check of both stores found.
#[derive(Clone, Default, Debug)]
pub struct Integrity {
    /// The store.
    pub store: SideCheck,
    /// The archive.
    pub archive: SideCheck,
    /// Entries of the log that the store alone has.
    pub only_in_store: usize,
    /// Entries that the archive alone has: lost by the store, or given up for room.
    pub only_in_archive: usize,
    /// Entries that differ from another entry of the same id.
    pub contradictions: usize,
    /// Length of all keys and values of the origin in the store, other apps included, in UTF-16
    /// units. `None` where it does not say.
    pub origin_units: Option<usize>,
}

/// What a check of one side found.
#[derive(Clone, Default, Debug)]
pub struct SideCheck {
    /// Entries of the log, each counted once.
    pub entries: usize,
    /// Lines that are damaged where they stand.
    pub damaged: Vec<Quarantined>,
    /// What was set aside by this or an earlier page load: copies of damaged lines, and what
    /// stands nowhere else any more.
    pub set_aside: Vec<Quarantined>,
    /// Values that were not given out.
    pub unreadable: Vec<Unreadable>,
    /// What the log takes up, keys and values: UTF-16 units in the store, bytes in the archive.
    pub size: usize,
    /// Why the side could not be read.
    pub trouble: Option<StoreError>,
}

/// A text that is no line of the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quarantined {
    /// Its key in the store, or its shelf and key in the archive.
    pub place: String,
    /// The text.
    pub text: String,
}

/// Reads every line of both stores. It takes seconds for a long log.
pub async fn check<S: KeyValue, A: Archive>(store: &S, scope: &str, archive: &A) -> Integrity {
    let mut log = read_log(store, scope, &Heads::default());
    let mut archived = Archived::default();
    let mut archive_side = SideCheck::default();
    match read_archive(archive).await {
        Ok(found) => {
            archived = found;
            archive_side = check_archive(&archived);
            let copies = archive.read(Shelf::Rescue).await.unwrap_or_default();
            archive_side.set_aside = copies.into_iter().map(Quarantined::from).collect();
        }
        Err(trouble) => archive_side.trouble = Some(trouble),
    }
    let shared = log.heads.count_shared(&archived.heads);
    let mut both = std::mem::take(&mut log.events);
    both.retain(|event| archived.heads.contains(event.id));
    let settled = settle(&mut archived.events, both);
    Integrity {
        only_in_store: log.heads.count() - shared,
        only_in_archive: archived.heads.count() - shared,
        contradictions: archived.contradictions + settled.contradictions,
        origin_units: used_units(store).ok(),
        archive: archive_side,
        store: check_store(store, scope, log),
    }
}

/// Length of all keys and values of the origin, in UTF-16 units: what the quota counts.
pub fn used_units<S: KeyValue>(store: &S) -> Result<usize, StoreError> {
    let mut used = 0;
    for key in store.keys()? {
        let value = store.get(&key)?;
        used += units(&key) + value.as_deref().map_or(0, units);
    }
    Ok(used)
}

fn check_store<S: KeyValue>(store: &S, scope: &str, log: Log) -> SideCheck {
    let mut side = SideCheck {
        entries: log.heads.count(),
        unreadable: log.unreadable,
        size: log.units,
        trouble: log.trouble,
        ..SideCheck::default()
    };
    for found in log.damaged {
        for text in found.lines {
            let place = found.source.clone();
            side.damaged.push(Quarantined { place, text });
        }
    }
    let prefix = format!("quire:{scope}:");
    for name in names(store, &prefix, "rescue:").unwrap_or_default() {
        let place = format!("{prefix}{name}");
        if let Ok(Some(text)) = store.get(&place) {
            side.set_aside.push(Quarantined { place, text });
        }
    }
    side
}

fn check_archive(archived: &Archived) -> SideCheck {
    let mut side = SideCheck {
        entries: archived.heads.count(),
        size: archived.size_bytes,
        ..SideCheck::default()
    };
    for line in &archived.damaged {
        let place = format!("{}/{}", line.shelf.name(), line.key);
        let text = line.text.clone();
        side.damaged.push(Quarantined { place, text });
    }
    side
}

impl From<(String, String)> for Quarantined {
    fn from((key, text): (String, String)) -> Quarantined {
        Quarantined {
            place: format!("{}/{key}", Shelf::Rescue.name()),
            text,
        }
    }
}
