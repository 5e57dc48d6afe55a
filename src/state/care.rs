//! What the pages about storage and devices ask and do.

use leptos::prelude::*;
use leptos::task::spawn_local;
use study::{
    Action, BackupName, Device, DeviceId, FirstSeen, Integrity, Quarantined, Reason, Vault, check,
    read_archive, set_aside, sort_by,
};

use super::app::{App, Core};
use crate::platform::space::{self, Space};
use crate::platform::storage::WebStorage;
use crate::platform::{clock, files, page};

/// How long the page about storage waits for what the browser says, so that all of it appears at
/// once. What comes later joins when it comes.
const PATIENCE_MS: i32 = 1_000;

/// What the browser says of where the log is kept; each answer is `None` until it has come.
#[derive(Clone, Copy)]
pub struct Health {
    app: App,
    space: RwSignal<Option<Option<Space>>>,
    backups: RwSignal<Option<Listing>>,
    waited: RwSignal<Waited>,
}

/// The backups, the newest first; what went wrong, where they cannot be listed.
pub type Listing = Result<Vec<Backup>, String>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Waited {
    Not,
    LongEnough,
}

/// One backup.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Backup {
    /// Its name in the ring.
    pub name: String,
    /// When it was made, `2026-11-22 14:05` by the clock of this device.
    pub when: String,
    /// Why it was made.
    pub reason: Reason,
    /// How many entries it has.
    pub events: u32,
}

impl App {
    /// Begins to look at the room and at the ring, for as long as the page about them is there.
    pub fn health(&self) -> Health {
        let health = Health {
            app: *self,
            space: RwSignal::new(None),
            backups: RwSignal::new(None),
            waited: RwSignal::new(Waited::Not),
        };
        health.look();
        spawn_local(async move {
            clock::wait(PATIENCE_MS).await;
            health.waited.set(Waited::LongEnough);
        });
        health
    }

    /// Characters in localStorage, those of other apps of this site included; `None` where it
    /// cannot be read.
    pub fn store_units(&self) -> Option<usize> {
        self.core.with(|core| core.keeper.used_units().ok())
    }

    /// Entries that are kept in the archive alone, since localStorage is small.
    pub fn only_in_archive(&self) -> usize {
        self.core.with(|core| core.only_in_archive)
    }

    /// Reads every line of both stores, and brings the stores together if one lacks something.
    pub async fn check_stores(&self) -> Integrity {
        let scope = self.core.with_untracked(|core| core.scope.clone());
        let database = self.database();
        let found = check(&WebStorage::open(), &scope, &database).await;
        self.core
            .update(|core| core.set_aside(&found.store.damaged));
        if let Ok(archived) = read_archive(&database).await {
            if self.core.with_untracked(|core| core.may_write()) {
                // What could not be copied is copied at the next start.
                drop(set_aside(&database, &archived.damaged).await);
            }
            self.reconcile(archived);
        }
        found
    }

    /// Keeps a copy of the log as it is now, because the learner wants one.
    pub async fn back_up_by_hand(&self) {
        self.announce(match self.back_up(Reason::Hand).await {
            Ok(()) => "Backed up.".to_owned(),
            Err(error) => format!("There is no new backup: {error}"),
        });
    }

    /// Damaged lines that are set aside.
    pub fn damaged_lines(&self) -> usize {
        self.core.with(|core| core.damage.lines.len())
    }

    /// Offers the damaged lines, as they were found.
    pub fn download_damaged(&self) {
        let text = self
            .core
            .with_untracked(|core| core.damage.lines.join("\n"));
        if let Err(error) = files::download("quire-damaged-lines.txt", "text/plain", &text) {
            self.announce(format!("The browser refused: {error}"));
        }
    }

    /// Moves the focus to what has just appeared, and so brings it into sight.
    pub fn bring_into_sight(&self, selector: &'static str) {
        page::after_render(move || page::focus(selector));
    }

    /// The devices that wrote the log.
    pub fn devices(&self) -> Vec<Device> {
        self.core.with(|core| core.state.devices())
    }

    /// The same, this one first, and then who wrote last.
    pub fn devices_in_order(&self) -> Vec<Device> {
        let this = self.this_device();
        let mut devices = self.devices();
        let rank = |device: &Device| (device.id != this, -device.last_utc_ms);
        sort_by(&mut devices, |one, other| rank(one).cmp(&rank(other)));
        devices
    }

    /// The id of this device.
    pub fn this_device(&self) -> DeviceId {
        self.core.with_untracked(|core| core.state.author().device)
    }

    /// Gives this device a name.
    pub fn name_device(&self, name: &str) {
        let action = Action::NameDevice(name.trim().to_owned());
        let now = clock::now();
        self.core.update(|core| core.act(action, now));
    }
}

impl Health {
    /// Asks anew. What was said before stands until then.
    pub fn look(&self) {
        let Health {
            app,
            space,
            backups,
            ..
        } = *self;
        spawn_local(async move { space.set(Some(space::space().await)) });
        spawn_local(async move {
            let names = app.database().list().await;
            backups.set(Some(names.map(listed).map_err(|error| error.to_string())));
        });
    }

    /// Whether the browser has answered, or has been waited for long enough.
    pub fn is_ready(&self) -> bool {
        let has_answered = self.space.with(Option::is_some) && self.backups.with(Option::is_some);
        has_answered || self.waited.get() == Waited::LongEnough
    }

    /// What the browser says about the room of this site.
    pub fn space(&self) -> Option<Option<Space>> {
        self.space.get()
    }

    /// The ring.
    pub fn backups(&self) -> Option<Listing> {
        self.backups.get()
    }
}

impl Core {
    /// Copies damaged lines of localStorage to where they stay, those of one key together.
    fn set_aside(&mut self, damaged: &[Quarantined]) {
        for group in damaged.chunk_by(|one, other| one.place == other.place) {
            let lines: Vec<String> = group.iter().map(|line| line.text.clone()).collect();
            // What could not be copied is copied at the next start.
            drop(self.keeper.set_aside(&group[0].place, &lines));
            self.damage.take(&lines, FirstSeen::Now);
        }
    }
}

fn listed(names: Vec<String>) -> Vec<Backup> {
    let mut backups: Vec<(i64, Backup)> = names
        .into_iter()
        .filter_map(|name| {
            let parsed = name.parse::<BackupName>().ok()?;
            let backup = Backup {
                when: clock::local_time(parsed.utc_ms),
                reason: parsed.reason,
                events: parsed.events,
                name,
            };
            Some((parsed.utc_ms, backup))
        })
        .collect();
    sort_by(&mut backups, |(one, _), (other, _)| other.cmp(one));
    backups.into_iter().map(|(_, backup)| backup).collect()
}
