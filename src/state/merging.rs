//! What joins the log from elsewhere: other tabs, files, backups, an archive that was late.

use deck::CardId;
use leptos::prelude::*;
use study::{
    Archived, Event, Heads, Import, ImportPreview, Now, Reason, RestorePreview, Vault, decode_line,
    events_to_take, parse_export, preview_import, preview_restore, sort_by, take_back_later,
};
use web_sys::File;

use super::app::{App, Core};
use crate::platform::{clock, files};

/// An import that waits for the learner's word.
#[derive(Clone)]
pub struct Incoming {
    /// What it has.
    pub preview: ImportPreview,
    import: Import,
}

/// A backup that waits for the learner's word.
#[derive(Clone)]
pub struct Chosen {
    /// How it differs from the log.
    pub preview: RestorePreview,
    import: Import,
}

/// What becomes of the answers that a backup does not have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Later {
    /// They stay.
    Keep,
    /// They are taken back, as by Undo; the log keeps them.
    TakeBack,
}

impl Core {
    /// Writes into localStorage what it lacks of the archive, as far as there is room.
    fn refill(&mut self, archived: &[Event]) {
        let mut newest_first = archived.to_vec();
        sort_by(&mut newest_first, |one, other| {
            other.hlc_ms.cmp(&one.hlc_ms)
        });
        let heads = Heads::of(archived);
        if self.keeper.restore(&newest_first).is_ok() {
            self.only_in_archive = self.keeper.lacking(&heads).unwrap_or(0);
        }
    }

    /// Lets the session go on if one of these cards is in front of the learner: it was answered
    /// elsewhere, and is not asked here again.
    fn go_on_without(&mut self, cards: &[CardId], now: Now) {
        let Core { state, session, .. } = self;
        let Some(session) = session.as_mut().filter(|session| session.is_open()) else {
            return;
        };
        let current = session.current();
        if current.is_none_or(|current| cards.contains(&current.card)) {
            session.move_on(state, now);
            self.drafts.save_session(self.session.as_ref());
        }
    }
}

impl App {
    /// Follows the answers of the other tabs, for the life of the page.
    pub(super) fn listen_to_tabs(&self) {
        let app = *self;
        let hear = move |lines: String| {
            let events = lines.split('\n').filter_map(|line| decode_line(line).ok());
            app.receive(events.collect());
        };
        self.core.with_untracked(|core| core.tabs.listen(hear));
    }

    /// Takes events that another tab, or a store of this device, has saved already.
    fn receive(&self, mut events: Vec<Event>) {
        let is_new = self.core.with_untracked(|core| {
            events.retain(|event| !core.state.contains(event.id));
            !events.is_empty()
        });
        if !is_new {
            return;
        }
        let now = clock::now();
        self.core.update(|core| {
            let cards: Vec<CardId> = events.iter().filter_map(Event::card).collect();
            core.state.merge(events);
            core.go_on_without(&cards, now);
        });
        self.apply_theme();
    }

    /// Brings the log together with an archive that was read after the start.
    pub(super) fn reconcile(&self, archived: Archived) {
        self.core.update(|core| {
            core.outbox.note_answer();
            if archived.heads.is_empty() && core.state.event_count() > 0 {
                core.restored.whole = true;
                core.restored.from_store = core.state.event_count();
            }
            if core.may_write() {
                core.outbox
                    .send_anew(archived.heads.lacking(core.state.events()));
                core.refill(&archived.events);
            }
        });
        self.receive(archived.events);
    }

    /// Reads a file and shows what it would bring; nothing is changed yet.
    pub async fn preview_file(&self, file: File) -> Result<(), String> {
        let text = files::read_log(file).await?;
        self.preview_text(&text)
    }

    /// Reads an export and shows what it would bring; nothing is changed yet.
    pub fn preview_text(&self, text: &str) -> Result<(), String> {
        let import = parse_export(text).map_err(|error| error.to_string())?;
        let bundle = self.bundle();
        let now = clock::now();
        let preview = self.core.with_untracked(|core| {
            preview_import(&core.state, &import, now, |card| {
                bundle.find(&card).is_some()
            })
        });
        self.incoming.set(Some(Incoming { preview, import }));
        Ok(())
    }

    /// What waits for the learner's word.
    pub fn incoming(&self) -> Option<ImportPreview> {
        self.incoming
            .with(|incoming| Some(incoming.as_ref()?.preview.clone()))
    }

    /// Leaves the file alone.
    pub fn cancel_import(&self) {
        self.incoming.set(None);
    }

    /// Adds what the file has and the log has not, after a backup; how many events that was.
    pub async fn take_import(&self) -> usize {
        let mut incoming = None;
        self.incoming.update(|waiting| incoming = waiting.take());
        let Some(Incoming { preview, import }) = incoming else {
            return 0;
        };
        let this = self.core.with_untracked(|core| core.keeper.author().device);
        let is_own = preview.devices.iter().all(|device| device.id == this);
        let reason = match is_own {
            true => Reason::Import,
            false => Reason::Merge,
        };
        // Without a backup too: the log only grows, and nothing that is in it changes.
        drop(self.back_up(reason).await);
        self.join(import)
    }

    /// Reads a backup, and tells how it differs from the log.
    pub async fn choose_backup(&self, name: &str) -> Result<Chosen, String> {
        let database = self.database();
        let text = Vault::read(&database, name).await;
        let text = text.map_err(|error| error.to_string())?;
        let text = text.ok_or("it is not there any more")?;
        let import = parse_export(&text).map_err(|error| error.to_string())?;
        let preview = self
            .core
            .with_untracked(|core| preview_restore(&core.state, &import));
        Ok(Chosen { preview, import })
    }

    /// Brings back what a backup has, after a backup of what is there now.
    pub async fn restore(&self, chosen: Chosen, later: Later) {
        drop(self.back_up(Reason::Restore).await);
        self.join(chosen.import.clone());
        if later == Later::TakeBack {
            let now = clock::now();
            self.core.update(|core| {
                let events = take_back_later(&core.state, &chosen.import, now);
                core.record(&events);
            });
        }
        self.apply_theme();
        self.announce("Restored.".to_owned());
    }

    /// Adds events of elsewhere; how many of them were new.
    fn join(&self, import: Import) -> usize {
        let mut added = 0;
        let now = clock::now();
        self.core.update(|core| {
            if !core.may_write() {
                return;
            }
            let events = events_to_take(&core.state, import);
            added = events.len();
            let cards: Vec<CardId> = events.iter().filter_map(Event::card).collect();
            core.add(events);
            core.go_on_without(&cards, now);
        });
        self.apply_theme();
        added
    }
}
