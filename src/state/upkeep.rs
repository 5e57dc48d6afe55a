//! What is done when nobody waits: each store gets what it lacks from the other, small pieces are
//! gathered, room is made, backups are kept.

use std::time::Duration;

use leptos::prelude::*;
use study::{
    Access, Author, BackupError, Event, FORMAT, Formats, Heads, LoadId, Need, Reason, Ring,
    SEAL_ROWS, SEAL_ROWS_AT_START, StoreError, Vault, back_up, formats, is_backup_due, migrate,
    read_archive, read_heads, save_device, seal, set_aside, stamp,
};

use super::app::{App, Core, Trouble};
use super::opening::{Answer, Left};
use crate::platform::database::Database;
use crate::platform::storage::WebStorage;
use crate::platform::{clock, tabs};

/// The first screen, and the first taps on it, come first.
const AFTER_START: Duration = Duration::from_millis(1_500);
/// A page load that nothing was heard of for so long is over, where the browser cannot tell.
/// How long an archive that is late is waited for before the learner is told, and then again.
const PATIENCE_MS: i32 = 15_000;
const FIRST_WAIT_MS: i32 = 500;
const SURELY_OVER_MS: i64 = 7 * 24 * 60 * 60 * 1000;

impl App {
    /// Does what the start has left, and looks after the log from then on.
    pub(super) fn look_after(&self, left: Left) {
        let Left {
            to_archive,
            to_store,
            formats,
            archive,
        } = left;
        let app = *self;
        self.core.with_untracked(|core| tabs::hold(&lock_of(core)));
        if self.read_only_untracked() {
            return;
        }
        // What a migration is about to move needs not be sent before.
        if archive == Answer::Read && formats.version() == FORMAT {
            self.core
                .with_untracked(|core| core.outbox.send_anew(to_archive));
            // At once: a side without a format would pass for a log of the first version.
            leptos::task::spawn_local(async move {
                drop(app.set_aside().await);
                drop(app.bring_up_to_date(&formats).await);
            });
        }
        let work = move || {
            leptos::task::spawn_local(async move {
                let formats = match archive {
                    Answer::Read => Some(formats),
                    Answer::Late | Answer::Failed => app.reach_archive().await,
                };
                if let Some(formats) = formats {
                    app.keep_up(to_store, formats).await;
                }
            });
        };
        match archive {
            Answer::Read => set_timeout(work, AFTER_START),
            Answer::Late | Answer::Failed => work(),
        }
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

    /// Tries again to save what could not be saved, when the learner comes back and every minute.
    pub(super) fn retry(&self) {
        let app = *self;
        let is_waiting = self.core.with_untracked(|core| {
            core.outbox.retry();
            core.keeper.pending() > 0
        });
        let mut is_full = false;
        if is_waiting {
            self.core.update(|core| {
                let retried = core.keeper.retry();
                core.note(retried);
                is_full = core.trouble == Some(Trouble::Full);
            });
        }
        if is_full {
            leptos::task::spawn_local(async move { app.make_room(Need::Full).await });
        }
    }

    /// Gives up old segments of localStorage that the archive has, and writes what waits.
    pub(super) async fn make_room(&self, need: Need) {
        let Ok(heads) = read_heads(&self.database()).await else {
            return;
        };
        let mut is_news = false;
        self.core.update_untracked(|core| {
            if let Ok(room) = core.keeper.make_room(&heads, need) {
                core.only_in_archive += room.removed_entries;
                is_news = room.removed_entries > 0;
            }
            if core.keeper.pending() > 0 {
                let retried = core.keeper.retry();
                core.note(retried);
                is_news = true;
            }
        });
        if is_news {
            self.core.notify();
        }
    }

    /// Keeps a copy of the log as it is now.
    pub(super) async fn back_up(&self, reason: Reason) -> Result<(), BackupError> {
        if self.read_only_untracked() {
            let reason = "a newer version of Quire has written the log";
            return Err(StoreError::Blocked(reason.to_owned()).into());
        }
        let text = self.core.with_untracked(|core| core.export());
        back_up(&self.database(), &text, clock::now(), reason)
            .await
            .map(drop)
    }

    pub(super) fn database(&self) -> Database {
        self.core
            .with_untracked(|core| core.outbox.database().clone())
    }

    fn read_only_untracked(&self) -> bool {
        self.core
            .with_untracked(|core| core.keeper.access() != Access::ReadWrite)
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

    async fn keep_up(&self, to_store: Vec<Event>, formats: Formats) {
        let app = *self;
        let scope = self.core.with_untracked(|core| core.scope.clone());
        if !to_store.is_empty() {
            self.core
                .update_untracked(|core| drop(core.keeper.restore(&to_store)));
        }
        let work = async move {
            // Each of these can fail without harm: what it did not do is done at the next start.
            // First what cannot be read is copied, before anything of the sort is written anew.
            drop(app.set_aside().await);
            drop(app.bring_up_to_date(&formats).await);
            app.seal(SEAL_ROWS_AT_START).await;
            drop(app.fold().await);
            app.make_room(Need::IfNear).await;
            drop(app.back_up_daily().await);
        };
        tabs::alone(&format!("quire:{scope}:upkeep"), work).await;
    }

    /// Runs the migrations that are due, and says in both stores what they hold.
    async fn bring_up_to_date(&self, formats: &Formats) -> Result<(), StoreError> {
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

    async fn seal(&self, at_least: usize) {
        drop(seal(&self.database(), at_least).await);
    }

    /// Gathers what page loads that are over have left in many small pieces.
    async fn fold(&self) -> Result<(), StoreError> {
        let held = tabs::held().await;
        let heads = read_heads(&self.database()).await?;
        let mut folded = Ok(());
        self.core.update_untracked(|core| {
            let over = over(core, &heads, held.as_deref());
            folded = core.keeper.fold(&over, &heads).map(drop);
        });
        folded
    }

    async fn back_up_daily(&self) -> Result<(), StoreError> {
        let names = self.database().list().await?;
        let events = self.core.with_untracked(|core| core.state.event_count());
        if is_backup_due(&names, events, clock::now()) {
            drop(self.back_up(Reason::Daily).await);
        }
        Ok(())
    }
}

impl Core {
    /// The archive turned out to be of a later version: from here on nothing is written.
    fn forbid_writing(&mut self, formats: &Formats) {
        self.keeper.forbid(formats.access());
        self.outbox.stop();
    }
}

/// The name of the lock that a page holds as long as it lives.
fn lock_of(core: &Core) -> String {
    let Author { device, load } = core.keeper.author();
    format!("quire:{}:load:{device}.{load}", core.scope)
}

/// The page loads of this device that are over: they hold their lock no more. Where the browser
/// has no locks, those that began long ago.
fn over(core: &Core, heads: &Heads, held: Option<&[String]>) -> Vec<Author> {
    let this = core.keeper.author();
    let long_ago = LoadId::from_start(clock::now().utc_ms - SURELY_OVER_MS, 0);
    let is_over = |author: &Author| match held {
        Some(held) => {
            let Author { device, load } = author;
            let lock = format!("quire:{}:load:{device}.{load}", core.scope);
            !held.contains(&lock)
        }
        None => author.load < long_ago,
    };
    let others = heads.authors();
    let others = others.filter(|author| author.device == this.device && *author != this);
    others.filter(is_over).collect()
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
