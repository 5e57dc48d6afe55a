//! The start: both stores are read and brought together, then the log is replayed.

use std::rc::Rc;

use deck::Bundle;
use study::{
    Archived, Author, DamagedLine, DeviceId, Event, FORMAT, FirstSeen, Formats, Heads, LoadId,
    LogKeeper, Now, Rescued, State, StoreError, StudyDay, United, device_id, formats, read_archive,
    unite,
};

use super::app::{Core, Trouble};
use super::drafts::Drafts;
use super::outbox::Outbox;
use crate::platform::database::Database;
use crate::platform::storage::WebStorage;
use crate::platform::tabs::Tabs;
use crate::platform::{clock, page};

/// The archive answers in a few milliseconds. One that does not in this time is not waited for:
/// what it has joins the log when it comes.
const ARCHIVE_WITHIN_MS: i32 = 2_000;

/// Events that one of the two stores had lost and has back from the other.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Restored {
    /// What localStorage had lost.
    pub from_archive: usize,
    /// What the archive had lost.
    pub from_store: usize,
    /// Whether one of the two had lost everything.
    pub whole: bool,
}

/// What the stores held and could not be read.
#[derive(Default)]
pub struct Damage {
    /// The lines themselves, for downloads.
    pub lines: Vec<String>,
    /// Those of the archive, which are yet to be copied aside.
    pub archived: Vec<DamagedLine>,
    /// How many lines and values were not known to be damaged before.
    pub unsaid: usize,
}

/// What is left to do once the screen is there.
pub struct Left {
    /// What the archive lacks.
    pub to_archive: Vec<Event>,
    /// What localStorage lacks.
    pub to_store: Vec<Event>,
    /// What both stores said of their format.
    pub formats: Formats,
    /// Whether the archive has answered.
    pub archive: Answer,
}

/// Whether the archive has answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// It was read.
    Read,
    /// It takes its time.
    Late,
    /// It cannot be used.
    Failed,
}

/// Reads the log from both stores.
pub async fn open(bundle: &Bundle<'static>) -> (Core, Left) {
    let scope = page::base_path();
    let database = Database::new(&scope);
    let (archived, answer, archive_error) = read(&database).await;
    let now = clock::now();
    let store = WebStorage::open();
    let has_answered = answer == Answer::Read;
    let formats = formats(&store, &scope, has_answered.then_some(&archived));
    let access = formats.access();
    let (device, device_kept) = device_id(
        &store,
        &scope,
        archived.device,
        clock::random_bits(),
        access,
    );
    let device_is_new = archived.device.is_none();
    let opened = LogKeeper::open(store, &scope, author(device, now), &archived.heads, access);
    let united = unite(opened, archived);
    // A log of an earlier format was never in the archive.
    let both_were_kept = has_answered && formats.version() == FORMAT;
    let restored = Restored::of(
        &united,
        both_were_kept.then_some(united.restored_from_store),
    );
    let outbox = outbox(database, answer, archive_error.as_ref());
    let trouble = united.trouble.as_ref().or(device_kept.as_ref().err());
    let left = Left {
        to_archive: united.to_archive,
        to_store: united.to_store,
        formats,
        archive: answer,
    };
    let state = State::replay(united.keeper.author(), united.events);
    let drafts = Drafts::new(WebStorage::open(), &scope, access);
    let core = Core {
        session: drafts.session(&state, bundle, now),
        length: drafts.length(),
        exported: drafts.exported(),
        trouble: trouble.map(Trouble::from),
        damage: Damage::of(&united.rescued, &united.damaged, united.unreadable.len()),
        restored,
        archive_is_late: answer == Answer::Late,
        device_is_new,
        only_in_archive: united.only_in_archive,
        unplaced: Heads::default(),
        upkeep_day: StudyDay::at(now, state.settings().rollover_hour),
        tabs: Tabs::join(&scope),
        state,
        keeper: united.keeper,
        drafts,
        outbox,
        unkept: Vec::new(),
        scope,
    };
    (core, left)
}

/// An outbox that waits where the archive has not said what it is.
fn outbox(database: Database, answer: Answer, error: Option<&StoreError>) -> Rc<Outbox> {
    let outbox = Outbox::new(database);
    if answer != Answer::Read {
        outbox.hold();
    }
    if let Some(error) = error {
        outbox.note_trouble(error);
    }
    outbox
}

async fn read(database: &Database) -> (Archived, Answer, Option<StoreError>) {
    match clock::within(ARCHIVE_WITHIN_MS, read_archive(database)).await {
        Some(Ok(archived)) => (archived, Answer::Read, None),
        Some(Err(error)) => (Archived::default(), Answer::Failed, Some(error)),
        None => (Archived::default(), Answer::Late, None),
    }
}

fn author(device: DeviceId, now: Now) -> Author {
    let load = LoadId::from_start(now.utc_ms, clock::random_bits() as u32);
    Author { device, load }
}

impl Restored {
    /// `from_store` is what the archive had lost, `None` where it never had it.
    fn of<S>(united: &United<S>, from_store: Option<usize>) -> Restored {
        // The archive is never filled before the store is: an empty store has lost what it had.
        let store_lost_all = united.store_heads.is_empty() && united.restored_from_archive > 0;
        let archive_lost_all = united.archive_heads.is_empty() && !united.store_heads.is_empty();
        Restored {
            from_archive: united.restored_from_archive,
            from_store: from_store.unwrap_or(0),
            whole: store_lost_all || (archive_lost_all && from_store.is_some()),
        }
    }
}

impl Damage {
    fn of(rescued: &[Rescued], damaged: &[DamagedLine], unreadable: usize) -> Damage {
        let mut damage = Damage {
            lines: Vec::new(),
            archived: damaged.to_vec(),
            unsaid: unreadable,
        };
        for found in rescued {
            damage.take(&found.lines, found.first_seen);
        }
        damage.take_archived(damaged);
        damage
    }

    /// Takes in damaged lines of the archive.
    pub fn take_archived(&mut self, damaged: &[DamagedLine]) {
        for line in damaged {
            self.take(std::slice::from_ref(&line.text), line.first_seen);
        }
    }

    /// Takes in damaged lines; what is there already is no news.
    pub fn take(&mut self, lines: &[String], first_seen: FirstSeen) {
        for line in lines {
            if self.lines.contains(line) {
                continue;
            }
            self.lines.push(line.clone());
            self.unsaid += usize::from(first_seen == FirstSeen::Now);
        }
    }
}
