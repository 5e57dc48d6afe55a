//! What the notices ask: whether answers are safe, and what the learner should know.

use leptos::prelude::*;
use study::{Access, ClockTrouble, ExportReminder, clock_trouble, export_reminder};

use super::app::{App, Trouble};
use super::opening::Restored;
use crate::platform::page;

/// So few events are the answers of a page that was closed before its archive had them: no news.
const ORDINARY_EVENTS: usize = 5;
/// What Chromium forgets of localStorage when it is killed: the answers of a minute. The archive
/// has them, and who studies on a phone need not hear of it every day.
const ORDINARY_KILL: usize = 20;

/// Where new answers go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Into both stores.
    Safe,
    /// Into one of the two.
    OneOfTwo(Side),
    /// Into no store that promises anything.
    Unsaved(Trouble),
}

/// One of the two stores.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// localStorage.
    Store,
    /// IndexedDB.
    Archive,
}

/// The notices that the learner has closed, until the next start.
#[derive(Clone, Copy, Default)]
pub struct Hidden {
    clock: bool,
    one_of_two: bool,
    reminder: bool,
}

/// A notice that can be closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Notice {
    /// About damaged lines.
    Damage,
    /// About events that came back from the other store.
    Restored,
    /// About the clock.
    Clock,
    /// About one store of two.
    OneOfTwo,
    /// The reminder to export.
    Reminder,
    /// What changed in the notes.
    News,
}

impl App {
    /// Where new answers go.
    pub fn standing(&self) -> Standing {
        let archive = self.saving().trouble;
        let store = self.core.with(|core| core.trouble);
        match (store, archive) {
            (None, None) => Standing::Safe,
            (None, Some(_)) => Standing::OneOfTwo(Side::Archive),
            (Some(_), None) => Standing::OneOfTwo(Side::Store),
            (Some(store), Some(_)) => Standing::Unsaved(store),
        }
    }

    /// The format that the log needs, where it may only be read.
    pub fn read_only(&self) -> Option<u32> {
        self.core.with(|core| match core.keeper.access() {
            Access::ReadWrite => None,
            Access::ReadOnly { needs } => Some(needs),
        })
    }

    /// Whether the archive has not answered since the start: there may be more than is shown.
    pub fn archive_is_late(&self) -> bool {
        self.core.with(|core| core.archive_is_late)
    }

    /// How many stored lines could not be read and were not known, if any.
    pub fn set_aside_lines(&self) -> Option<usize> {
        let unsaid = self.core.with(|core| core.damage.unsaid);
        (unsaid > 0).then_some(unsaid)
    }

    /// What one store has back from the other, where that is news.
    pub fn restored(&self) -> Option<Restored> {
        let restored = self.core.with(|core| core.restored);
        let many = restored.from_archive > ORDINARY_KILL || restored.from_store > ORDINARY_EVENTS;
        let is_news = many || restored.whole;
        // Not before the other side has it.
        let saving = self.saving();
        (is_news && saving.pending == 0 && saving.trouble.is_none()).then_some(restored)
    }

    /// What is odd about the clock.
    pub fn clock_trouble(&self) -> Option<ClockTrouble> {
        let now = self.now();
        // Goes through the whole log: once a minute, not at every answer.
        let trouble = self
            .core
            .with_untracked(|core| clock_trouble(&core.state, now));
        trouble.filter(|_| self.hidden.with(|hidden| !hidden.clock))
    }

    /// Whether the notice about one store of two is closed.
    pub fn one_of_two_is_hidden(&self) -> bool {
        self.hidden.with(|hidden| hidden.one_of_two)
    }

    /// Whether it is time to export.
    pub fn export_reminder(&self) -> Option<ExportReminder> {
        let now = self.now();
        let due = self
            .core
            .with_untracked(|core| export_reminder(&core.state, core.exported, now));
        due.filter(|_| self.hidden.with(|hidden| !hidden.reminder))
    }

    /// Closes a notice until the next start, or for good where there is nothing more to say.
    pub fn close(&self, notice: Notice) {
        match notice {
            Notice::Damage => self.core.update(|core| core.damage.unsaid = 0),
            Notice::Restored => self.core.update(|core| core.restored = Restored::default()),
            Notice::Clock => self.hidden.update(|hidden| hidden.clock = true),
            Notice::OneOfTwo => self.hidden.update(|hidden| hidden.one_of_two = true),
            Notice::News => self.note_news(),
            Notice::Reminder => self.hidden.update(|hidden| hidden.reminder = true),
        }
        // The button that was pressed is gone.
        page::after_render(|| page::focus("main h1"));
    }
}
