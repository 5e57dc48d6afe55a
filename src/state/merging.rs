//! What joins the log from elsewhere: other tabs, files, backups, an archive that was late.

use std::rc::Rc;

use deck::CardId;
use leptos::prelude::*;
use study::{
    Archived, Event, Heads, Import, ImportPreview, Now, REFILL_UNITS, Reason, RestorePreview,
    Vault, decode_line, events_to_take, parse_export, preview_import, preview_restore, sort_by,
    take_back_later,
};

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
    import: Rc<Import>,
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
        // No more than what stays there: the next start does the rest.
        if self.keeper.restore(&newest_first, REFILL_UNITS).is_ok() {
            self.only_in_archive = self.keeper.lacking(&heads).unwrap_or(0);
        }
    }

    /// Takes what an archive says that was read after the start; its events come apart.
    fn take_archive(&mut self, archived: &Archived) {
        let is_first = std::mem::take(&mut self.archive_is_late) || self.outbox.is_held();
        // Of an archive that was late: what it calls itself counts, as it does at a start.
        if archived.device.is_some() {
            self.device_is_new = false;
        }
        self.damage.take_archived(&archived.damaged);
        self.damage.archived = archived.damaged.clone();
        let on_the_way = self.outbox.ids();
        let mut lacking = archived.heads.lacking(self.state.events());
        lacking.retain(|event| !on_the_way.contains(event.id));
        let lost_here = |event: &&Event| !self.state.contains(event.id);
        let from_archive = archived.events.iter().filter(lost_here).count();
        self.restored.from_store += lacking.len();
        self.restored.whole |= archived.heads.is_empty() && !lacking.is_empty();
        if is_first {
            self.restored.from_archive += from_archive;
            self.restored.whole |= from_archive > 0 && from_archive == archived.events.len();
        }
        if self.may_write() {
            self.outbox.note_answer();
            self.outbox.send_anew(lacking);
            self.refill(&archived.events);
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
        self.core.update(|core| core.take_archive(&archived));
        self.receive(archived.events);
    }

    /// Shows what an archive of a later version has, and writes nothing.
    pub(super) fn show_only(&self, archived: Archived) {
        self.core.update(|core| core.archive_is_late = false);
        self.receive(archived.events);
    }

    /// Reads a file and shows what it would bring; nothing is changed yet.
    pub async fn preview_file(&self, file: files::ChosenFile) -> Result<(), String> {
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

    /// Adds what the file has and the log has not, after a backup, and tells in a sentence what was
    /// done.
    pub async fn take_import(&self) -> String {
        let mut incoming = None;
        self.incoming.update(|waiting| incoming = waiting.take());
        let Some(Incoming { preview, import }) = incoming else {
            return "Nothing was added.".to_owned();
        };
        let this = self.core.with_untracked(|core| core.keeper.author().device);
        let is_own = preview.devices.iter().all(|device| device.id == this);
        let reason = match is_own {
            true => Reason::Import,
            false => Reason::Merge,
        };
        let backed_up = self.back_up(reason).await;
        // Without a backup the log may grow, but nothing that is in it may change.
        if let (Err(error), 1..) = (&backed_up, preview.contradictions) {
            return format!("Nothing was added: there is no backup of before, {error}.");
        }
        let added = self.join(import);
        let entries = if added == 1 { "entry" } else { "entries" };
        match backed_up {
            Ok(()) => format!("{added} {entries} added."),
            Err(error) => format!("{added} {entries} added, without a backup of before: {error}."),
        }
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
        Ok(Chosen {
            preview,
            import: Rc::new(import),
        })
    }

    /// Brings back what a backup has, after a backup of what is there now.
    pub async fn restore(&self, chosen: Chosen, later: Later) {
        if !self.core.with_untracked(|core| core.may_write()) {
            return self.announce("A newer version of Quire has written the log.".to_owned());
        }
        let backed_up = self.back_up(Reason::Restore).await;
        self.join((*chosen.import).clone());
        if later == Later::TakeBack {
            let now = clock::now();
            self.core.update(|core| {
                let events = take_back_later(&core.state, &chosen.import, now);
                core.record(&events);
            });
        }
        self.apply_theme();
        self.announce(match backed_up {
            Ok(()) => "Restored.".to_owned(),
            Err(error) => format!("Restored, without a backup of before: {error}."),
        });
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
