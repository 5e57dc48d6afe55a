//! The union of the store and the archive, and what each lacks.

use super::read::settle;
use super::{Archived, DamagedLine};
use crate::event::Event;
use crate::format::Access;
use crate::heads::Heads;
use crate::keeper::{
    KeyValue, LogKeeper, NEAR_UNITS, Opened, REFILL_UNITS, Rescued, StoreError, Unreadable,
};
use crate::saved::encode_line;
use crate::state::in_order;

/// The whole log, and how to repair either side.
#[derive(Debug)]
pub struct United<S> {
    /// Keeps the log in the store from here on.
    pub keeper: LogKeeper<S>,
    /// All events that either side has, each once, in no particular order.
    pub events: Vec<Event>,
    /// The ids in the store.
    pub store_heads: Heads,
    /// The ids in the archive, before it is repaired.
    pub archive_heads: Heads,
    /// What the archive lacks: for [`crate::save`].
    pub to_archive: Vec<Event>,
    /// What the store lacks and has room for, the newest first: for [`LogKeeper::restore`].
    pub to_store: Vec<Event>,
    /// How many events the store had lost: the archive has them, and they are not among the old
    /// ones that the store gave up for room. All of them where the store had none.
    pub restored_from_archive: usize,
    /// How many events the archive lacked.
    pub restored_from_store: usize,
    /// How many events the archive alone has.
    pub only_in_archive: usize,
    /// Ids under which there were several events.
    pub contradictions: usize,
    /// Damaged lines of the store.
    pub rescued: Vec<Rescued>,
    /// Damaged lines of the archive.
    pub damaged: Vec<DamagedLine>,
    /// Values that the store did not give out.
    pub unreadable: Vec<Unreadable>,
    /// Set where the store could not even say which keys it has.
    pub trouble: Option<StoreError>,
}

/// Unites what was found in the store and in the archive. Neither is written to.
pub fn unite<S: KeyValue>(opened: Opened<S>, archived: Archived) -> United<S> {
    let lost = Lost::of(&opened, &archived);
    let only_in_archive = archived.heads.count() - archived.heads.count_shared(&opened.heads);
    let (mut events, mut again) = (archived.events, Vec::new());
    let mut missing = Heads::default();
    for event in opened.events {
        if !archived.heads.contains(event.id) && missing.insert(event.id) {
            events.push(event);
        } else {
            again.push(event);
        }
    }
    let settled = settle(&mut events, again);
    let is_due = |event: &&Event| missing.contains(event.id) || settled.changed.contains(event.id);
    let to_archive = match opened.keeper.access() {
        Access::ReadOnly { .. } => Vec::new(),
        Access::ReadWrite if missing.is_empty() && settled.changed.is_empty() => Vec::new(),
        Access::ReadWrite => events.iter().filter(is_due).cloned().collect(),
    };
    United {
        keeper: opened.keeper,
        events,
        store_heads: opened.heads,
        archive_heads: archived.heads,
        to_archive,
        to_store: lost.events,
        restored_from_archive: lost.count,
        restored_from_store: missing.count(),
        only_in_archive,
        contradictions: archived.contradictions + settled.contradictions,
        rescued: opened.rescued,
        damaged: archived.damaged,
        unreadable: opened.unreadable,
        trouble: opened.trouble,
    }
}

/// What the store has lost.
#[derive(Default)]
struct Lost {
    /// Those that it has room for, the newest first, and after them as many older ones as there
    /// is much room for.
    events: Vec<Event>,
    /// How many were lost.
    count: usize,
}

impl Lost {
    fn of<S: KeyValue>(opened: &Opened<S>, archived: &Archived) -> Lost {
        let is_read_only = opened.keeper.access() != Access::ReadWrite;
        if opened.trouble.is_some() || is_read_only {
            return Lost::default();
        }
        // The store gives up its oldest values for room: what is older than all that it has kept
        // was not lost. It comes back while the store is far from full, so that what comes back
        // is never given up again at once.
        let kept_from_ms = opened.kept_from_ms.unwrap_or(i64::MIN);
        let is_refilled = opened.log_units < REFILL_UNITS;
        let is_wanted = |event: &&Event| {
            (is_refilled || event.hlc_ms > kept_from_ms) && !opened.heads.contains(event.id)
        };
        let wanted: Vec<&Event> = archived.events.iter().filter(is_wanted).collect();
        if wanted.is_empty() {
            return Lost::default();
        }
        let mut lost = Lost::default();
        let mut used_units = opened.keeper.used_units().unwrap_or(NEAR_UNITS);
        for place in in_order(&wanted).into_iter().rev() {
            let event = wanted[place as usize];
            let is_lost = event.hlc_ms > kept_from_ms;
            used_units += encode_line(event).len() + 1;
            if used_units > if is_lost { NEAR_UNITS } else { REFILL_UNITS } {
                break;
            }
            lost.count += usize::from(is_lost);
            lost.events.push(event.clone());
        }
        if opened.kept_from_ms.is_none() {
            lost.count = archived.events.len();
        }
        lost
    }
}
