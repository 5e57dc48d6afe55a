//! What is done when nobody waits: small pieces are gathered, room is made, backups are kept.

use leptos::prelude::*;
use study::{
    Access, Author, BackupError, Event, Heads, LoadId, NEAR_UNITS, Need, Reason,
    SEAL_ROWS_AT_START, StoreError, StudyDay, Vault, back_up, is_backup_due, read_heads, seal,
};

use super::app::{App, Core, Trouble};
use crate::platform::database::Database;
use crate::platform::{clock, tabs};

/// A page load that nothing was heard of for so long is over, where the browser cannot tell.
const SURELY_OVER_MS: i64 = 7 * 24 * 60 * 60 * 1000;

impl App {
    /// Looks after the log again when a page has been open into another study day.
    pub(super) fn look_after_daily(&self) {
        let now = clock::now();
        let mut is_due = false;
        self.core.update_untracked(|core| {
            let today = StudyDay::at(now, core.state.settings().rollover_hour);
            is_due = core.may_write() && !core.outbox.is_held() && core.upkeep_day != today;
            if is_due {
                core.upkeep_day = today;
            }
        });
        if is_due {
            let app = *self;
            leptos::task::spawn_local(async move { app.keep_up(Vec::new()).await });
        }
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
            return Err(StoreError::Other(reason.to_owned()).into());
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

    pub(super) fn read_only_untracked(&self) -> bool {
        self.core
            .with_untracked(|core| core.keeper.access() != Access::ReadWrite)
    }

    /// Everything that keeps the stores in order, in one tab.
    pub(super) async fn keep_up(&self, to_store: Vec<Event>) {
        let app = *self;
        let scope = self.core.with_untracked(|core| core.scope.clone());
        if !to_store.is_empty() {
            self.core
                .update_untracked(|core| drop(core.keeper.restore(&to_store, NEAR_UNITS)));
        }
        let work = async move {
            // Each of these can fail without harm: what it did not do is done at the next start.
            drop(app.database().remove_padding().await);
            app.seal(SEAL_ROWS_AT_START).await;
            drop(app.fold().await);
            app.make_room(Need::IfNear).await;
            drop(app.back_up_daily().await);
            app.tidy_texts().await;
        };
        tabs::alone(&format!("quire:{scope}:upkeep"), work).await;
    }

    pub(super) async fn seal(&self, at_least: usize) {
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

/// The name of the lock that a page holds as long as it lives.
pub(super) fn lock_of(core: &Core) -> String {
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
