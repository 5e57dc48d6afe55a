//! The log: what was decided is appended before it is applied; export, import
//! and the settings, which are events like any other.

use leptos::prelude::*;
use study::{
    Action, Event, Now, SettingsChange, StoreError, StudyDay, Theme, apply, decide, export_text,
    parse_export,
};
use web_sys::File;

use super::app::{App, Core, Trouble};
use super::session::LastAnswer;
use crate::platform::{clock, files, page};

/// What an import did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Import {
    /// Entries that were new here.
    pub added: u32,
    /// Entries that were here already.
    pub known: u32,
    /// Lines that could not be read.
    pub unreadable: u32,
    /// Entries that the file says it has, and has not.
    pub missing: u32,
}

impl Core {
    /// Decides, appends, applies: in this order, so that nothing is shown that
    /// was not written (or reported as not written) first.
    pub fn act(&mut self, action: Action, now: Now) {
        let events = decide(&self.state, action, now);
        let result = self.keeper.append(&events);
        self.note(result);
        for event in &events {
            apply(&mut self.state, event);
        }
    }

    /// Adds what an export has and the log has not; how many events that was.
    fn add(&mut self, mut events: Vec<Event>) -> u32 {
        events.retain(|event| !self.state.contains(event.id));
        let result = self.keeper.import(&events);
        self.note(result);
        for event in &events {
            apply(&mut self.state, event);
        }
        events.len() as u32
    }

    /// The log as the text of a file: also what is not saved yet, and the
    /// damaged lines, which a later import reports and leaves out.
    fn export(&self) -> String {
        let mut text = export_text(self.state.events());
        for line in &self.damage.lines {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// Remembers whether the log could be written, also for the boot script.
    fn note(&mut self, result: Result<(), StoreError>) {
        self.trouble = result.as_ref().err().map(Trouble::from);
        page::set_unsaved(self.keeper.pending());
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

    /// How many entries wait to be saved.
    pub fn unsaved_events(&self) -> usize {
        self.core.with(|core| core.keeper.pending())
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

    /// Offers the whole log, with what is not saved yet and what was set
    /// aside, as a file.
    pub fn download_log(&self) {
        let now = clock::now();
        let text = self.core.with_untracked(|core| core.export());
        let name = format!("quire-log-{}.jsonl", clock::date_of(StudyDay::at(now, 0)));
        match files::download(&name, &text) {
            Ok(()) => self.announce("The log was handed to the browser as a download.".to_owned()),
            Err(error) => self.announce(format!("The browser refused the download: {error}")),
        }
    }

    /// Adds what a file has and the log has not.
    pub async fn import_file(&self, file: File) -> Result<Import, String> {
        let text = files::read_text(file).await?;
        let import = parse_export(&text).map_err(|error| error.to_string())?;
        let total = import.events.len() as u32;
        let mut added = 0;
        self.core.update(|core| added = core.add(import.events));
        self.apply_theme();
        let unreadable = import.bad_lines.len() as u32;
        Ok(Import {
            added,
            known: total - added,
            unreadable,
            missing: import.missing,
        })
    }

    pub(super) fn change_settings(&self, change: SettingsChange) {
        let now = clock::now();
        self.core
            .update(|core| core.act(Action::ChangeSettings(change), now));
    }
}
