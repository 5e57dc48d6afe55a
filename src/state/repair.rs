//! What the start has left to do: each store gets what it lacks from the other, migrations run, an
//! archive that is late joins, and one that comes back is compared anew.

use std::time::Duration;

use leptos::prelude::*;
use study::{
    Access, Event, FORMAT, Formats, Need, Reason, Ring, SEAL_ROWS, StoreError, back_up, formats,
    migrate, read_archive, save_device, set_aside, stamp,
};

use super::app::{App, Core, Trouble};
use super::opening::{Answer, Left};
use super::upkeep::lock_of;
use crate::platform::database::Database;
use crate::platform::storage::WebStorage;
use crate::platform::{clock, tabs};

/// The first screen, and the first taps on it, come first.
const AFTER_START: Duration = Duration::from_millis(1_500);
/// How long an archive that is late is waited for before the learner is told, and then again.
const PATIENCE_MS: i32 = 15_000;
const FIRST_WAIT_MS: i32 = 500;

impl App {
    /// Does what the start has left, and looks after the log from then on.
    pub(super) fn look_after(&self, left: Left) {
        self.core.with_untracked(|core| tabs::hold(&lock_of(core)));
        let app = *self;
        let is_late = left.archive != Answer::Read;
        match self.read_only_untracked() {
            // What an archive that is late has is shown too.
            true if is_late => {
                leptos::task::spawn_local(async move {
                    app.reach_archive().await;
                });
            }
            true => {}
            false => {
                self.finish_start(left);
                self.follow_trouble();
            }
        }
    }

    /// Repairs either side from the other, and then looks after both.
    fn finish_start(&self, left: Left) {
        let Left {
            to_archive,
            to_store,
            formats,
            archive,
        } = left;
        let app = *self;
        if archive == Answer::Read {
            let is_current = formats.version() == FORMAT;
            // What a migration is about to move needs not be sent before.
            let (now, after) = match is_current {
                true => (to_archive, Vec::new()),
                false => (Vec::new(), to_archive),
            };
            self.core.with_untracked(|core| core.outbox.send_anew(now));
            // At once: a side without a format would pass for a log of the first version.
            leptos::task::spawn_local(async move {
                app.bring_up_to_date(&formats, after).await;
            });
            leptos::task::spawn_local(async move { app.look_for_news().await });
        }
        let work = move || {
            leptos::task::spawn_local(async move {
                if archive != Answer::Read {
                    let Some(formats) = app.reach_archive().await else {
                        return;
                    };
                    app.bring_up_to_date(&formats, Vec::new()).await;
                    leptos::task::spawn_local(async move { app.look_for_news().await });
                }
                app.keep_up(to_store).await;
            });
        };
        match archive {
            Answer::Read => set_timeout(work, AFTER_START),
            Answer::Late | Answer::Failed => work(),
        }
    }

    /// Does what is due when a store fills up, comes back or has taken many answers.
    fn follow_trouble(&self) {
        let app = *self;
        // A full store gives up what the archive has, at once.
        let full = Memo::new(move |_| app.core.with(|core| core.trouble == Some(Trouble::Full)));
        Effect::new(move |_| {
            if full.get() {
                leptos::task::spawn_local(async move { app.make_room(Need::Full).await });
            }
        });
        // A database that comes back may have lost what it had: it is compared with the log anew.
        let recoveries = self.core.with_untracked(|core| core.outbox.recoveries());
        Effect::new(move |_| {
            if recoveries.get() > 0 {
                leptos::task::spawn_local(async move {
                    if let Ok(archived) = read_archive(&app.database()).await {
                        app.reconcile(archived);
                    }
                });
            }
        });
        let sealing = Memo::new(move |_| app.saving().saved / SEAL_ROWS);
        Effect::new(move |_| {
            if sealing.get() > 0 {
                leptos::task::spawn_local(async move { app.seal(SEAL_ROWS).await });
            }
        });
    }

    /// Asks an archive that has not answered for as long as it takes, and says what both stores
    /// are then. `None` where nothing may be written beside what it has.
    async fn reach_archive(&self) -> Option<Formats> {
        let database = self.database();
        let scope = self.core.with_untracked(|core| core.scope.clone());
        let mut wait_ms = FIRST_WAIT_MS;
        loop {
            match clock::within(PATIENCE_MS, read_archive(&database)).await {
                Some(Ok(archived)) => {
                    let formats = formats(&WebStorage::open(), &scope, Some(&archived));
                    if formats.access() != Access::ReadWrite {
                        self.core.update(|core| core.forbid_writing(&formats));
                        self.show_only(archived);
                        return None;
                    }
                    self.reconcile(archived);
                    return Some(formats);
                }
                Some(Err(error)) => self.note_archive_trouble(&error),
                None => self.note_archive_trouble(&StoreError::Other("no answer".to_owned())),
            }
            clock::wait(wait_ms).await;
            wait_ms = (2 * wait_ms).min(PATIENCE_MS);
            // A damaged one may be made anew by the browser when it is opened again.
            database.reopen();
        }
    }

    fn note_archive_trouble(&self, error: &StoreError) {
        self.core
            .with_untracked(|core| core.outbox.note_trouble(error));
    }

    /// Copies aside what cannot be read, runs the migrations that are due, and says in both stores
    /// what they hold. Where a migration fails, what it should have brought into the archive is
    /// sent there all the same.
    async fn bring_up_to_date(&self, formats: &Formats, to_archive: Vec<Event>) {
        // First what cannot be read is copied, before anything of the sort is written anew.
        let mut done = self.set_aside().await;
        if done.is_ok() {
            done = self.migrate_and_stamp(formats).await;
        }
        if let Err(error) = done {
            if formats.version() < FORMAT {
                self.note_archive_trouble(&error);
            }
            self.core
                .with_untracked(|core| core.outbox.send_anew(to_archive));
        }
    }

    async fn migrate_and_stamp(&self, formats: &Formats) -> Result<(), StoreError> {
        let database = self.database();
        let (scope, device) = self
            .core
            .with_untracked(|core| (core.scope.clone(), core.keeper.author().device));
        let store = WebStorage::open();
        if formats.version() < FORMAT {
            let ring = BeforeMigration(database.clone());
            migrate(&store, &scope, &database, &ring, formats.version()).await?;
        }
        stamp(&store, &scope, Some(&database), formats).await?;
        match self.core.with_untracked(|core| core.device_is_new) {
            true => save_device(&database, device).await,
            false => Ok(()),
        }
    }

    /// Copies damaged lines of the archive, so that they are told of once.
    async fn set_aside(&self) -> Result<(), StoreError> {
        let damaged = self
            .core
            .with_untracked(|core| core.damage.archived.clone());
        set_aside(&self.database(), &damaged).await.map(drop)
    }
}

impl Core {
    /// The archive turned out to be of a later version: from here on nothing is written.
    fn forbid_writing(&mut self, formats: &Formats) {
        self.keeper.forbid(formats.access());
        self.drafts.forbid(formats.access());
        self.outbox.hold();
    }
}

/// The ring, as a migration sees it.
struct BeforeMigration(Database);

impl Ring for BeforeMigration {
    async fn back_up(&self, text: &str) -> Result<(), StoreError> {
        let kept = back_up(&self.0, text, clock::now(), Reason::Migration).await;
        kept.map(drop)
            .map_err(|error| StoreError::Other(error.to_string()))
    }
}
