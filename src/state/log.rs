//! The log: what was decided is appended before it is applied; the settings are events like
//! any other.

use leptos::prelude::*;
use study::{
    Access, Action, Event, NEAR_UNITS, Now, SettingsChange, StoreError, StudyDay, Theme, decide,
    encode_line, export_text, sort_by,
};

use super::app::{App, Core, Trouble};
use super::outbox::Saving;
use super::session::LastAnswer;
use crate::platform::{clock, page};

impl Core {
    /// Decides, appends, applies: in this order, so that nothing is shown that
    /// was not written (or reported as not written) first.
    pub fn act(&mut self, action: Action, now: Now) {
        let events = decide(&self.state, action, now);
        self.record(&events);
    }

    /// Writes events of this page load to both stores, applies them, and tells the other tabs.
    pub fn record(&mut self, events: &[Event]) {
        if !self.may_write() {
            return;
        }
        let result = self.keeper.append(events);
        self.send(events);
        self.note(result);
        self.state.merge(events.iter().cloned());
    }

    /// Adds events of elsewhere that the log has not.
    pub fn add(&mut self, mut events: Vec<Event>) {
        if !self.may_write() {
            return;
        }
        // The newest are kept in localStorage as far as there is room, all of them in the archive.
        sort_by(&mut events, |one, other| other.hlc_ms.cmp(&one.hlc_ms));
        let fitting = &events[..self.fitting(&events)];
        let kept = self.keeper.restore(fitting, NEAR_UNITS);
        let left_out = &events[kept.as_ref().map_or(0, |&kept| kept.min(events.len()))..];
        self.only_in_archive += left_out.len();
        for event in left_out {
            self.unplaced.insert(event.id);
        }
        self.send(&events);
        self.note(kept.map(drop));
        self.state.merge(events);
    }

    /// How many of these, the newest first, are not older than what localStorage has given up.
    fn fitting(&self, newest_first: &[Event]) -> usize {
        let given_up_ms = match self.only_in_archive {
            0 => None,
            _ => self.keeper.oldest_segment_ms(),
        };
        let given_up_ms = given_up_ms.unwrap_or(i64::MIN);
        newest_first.partition_point(|event| event.hlc_ms > given_up_ms)
    }

    /// Whether the log is one that this version may write to.
    pub fn may_write(&self) -> bool {
        self.keeper.access() == Access::ReadWrite
    }

    fn send(&mut self, events: &[Event]) {
        self.outbox.send(events);
        let lines: Vec<String> = events.iter().map(encode_line).collect();
        self.tabs.tell(&lines.join("\n"));
    }

    /// The log as the text of a file: also what is not saved yet, and the
    /// damaged lines, which a later import reports and leaves out.
    pub fn export(&self) -> String {
        let mut text = export_text(self.state.events());
        for line in &self.damage.lines {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// Remembers whether localStorage took what it was given.
    pub fn note(&mut self, result: Result<(), StoreError>) {
        self.trouble = result.as_ref().err().map(Trouble::from);
        page::set_unsaved(self.unsaved(self.outbox.saving().get_untracked()));
    }

    /// How many events no store has taken: each store lacks its newest ones, and localStorage what
    /// of an import it had no room for.
    pub fn unsaved(&self, saving: Saving) -> usize {
        let pending = self.keeper.pending().min(saving.pending);
        match self.unplaced.is_empty() {
            true => pending,
            false => pending + self.outbox.ids().count_shared(&self.unplaced),
        }
    }

    /// The answer that Undo would take back, if there is one: of today, since
    /// nobody means last week's when a new session begins.
    pub fn last_answer(&self, now: Now) -> Option<LastAnswer> {
        let today = StudyDay::at(now, self.state.settings().rollover_hour);
        let event = self.state.event(self.state.undoable()?.action)?;
        let review = event.review().filter(|_| event.study_day == today)?;
        Some(LastAnswer {
            card: review.card,
            rating: review.rating,
            took_ms: review.took_ms,
        })
    }
}

impl App {
    /// How many entries the log has.
    pub fn event_count(&self) -> usize {
        self.core.with(|core| core.state.event_count())
    }

    /// How many entries no store has taken yet.
    pub fn unsaved_events(&self) -> usize {
        let saving = self.saving();
        self.core.with(|core| core.unsaved(saving))
    }

    /// Sets the desired retention, in percent.
    pub fn choose_retention(&self, percent: u32) {
        self.change_settings(SettingsChange {
            desired_retention_percent: Some(percent),
            ..Default::default()
        });
    }

    /// Sets how many new cards are shown a day.
    pub fn choose_new_per_day(&self, number: u32) {
        self.change_settings(SettingsChange {
            new_per_day: Some(number),
            ..Default::default()
        });
    }

    /// Sets the theme.
    pub fn choose_theme(&self, theme: Theme) {
        self.change_settings(SettingsChange {
            theme: Some(theme),
            ..Default::default()
        });
        self.apply_theme();
    }

    pub(super) fn change_settings(&self, change: SettingsChange) {
        let now = clock::now();
        self.core
            .update(|core| core.act(Action::ChangeSettings(change), now));
    }
}
