//! The log as a file: every line of it, or its reviews as a table.

use leptos::prelude::*;
use study::{Exported, StudyDay, reviews_csv};

use super::app::App;
use crate::platform::{clock, files, page};

/// How the log leaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// As a download.
    File,
    /// As a compressed download.
    Compressed,
    /// Through the share sheet of the phone.
    Share,
}

impl App {
    /// Hands out the whole log, with what is not saved yet and what was set aside.
    pub fn export(&self, way: Way) {
        let app = *self;
        let text = self.core.with_untracked(|core| core.export());
        leptos::task::spawn_local(async move {
            let outcome = match way {
                Way::File => files::download(&name("log", "jsonl"), "application/jsonl", &text),
                Way::Compressed => {
                    files::download_compressed(&name("log", "jsonl.gz"), &text).await
                }
                Way::Share => match files::share(&name("log", "txt"), &text).await {
                    Ok(true) => Ok(()),
                    Ok(false) => return,
                    Err(error) => Err(error),
                },
            };
            if outcome.is_ok() {
                app.note_export();
            }
            app.announce_handover("The log", outcome);
        });
    }

    /// Offers the log as a download.
    pub fn download_log(&self) {
        self.export(Way::File);
    }

    /// Offers the reviews as a table for other programs.
    pub fn download_csv(&self) {
        let text = self.core.with_untracked(|core| reviews_csv(&core.state));
        let outcome = files::download(&name("reviews", "csv"), "text/csv", &text);
        self.announce_handover("The table", outcome);
    }

    /// Hands that table to the share sheet of the phone.
    pub fn share_csv(&self) {
        let app = *self;
        let text = self.core.with_untracked(|core| reviews_csv(&core.state));
        leptos::task::spawn_local(async move {
            match files::share(&name("reviews", "csv"), &text).await {
                Ok(false) => {}
                outcome => app.announce_handover("The table", outcome.map(drop)),
            }
        });
    }

    /// Whether the phone has a share sheet for files.
    pub fn can_share(&self) -> bool {
        files::can_share()
    }

    /// When the log was last exported.
    pub fn exported(&self) -> Option<Exported> {
        self.core.with(|core| core.exported)
    }

    /// Whether an app that is installed from this page starts with empty storage: iOS copies
    /// nothing to the home screen.
    pub fn installs_empty(&self) -> bool {
        page::is_ios_tab()
    }

    /// A moment as a date of this device's calendar.
    pub fn date_of(&self, utc_ms: i64) -> String {
        clock::local_time(utc_ms)
    }

    fn note_export(&self) {
        let now = clock::now();
        self.core.update(|core| {
            let exported = Exported {
                utc_ms: now.utc_ms,
                events: core.state.event_count() as u32,
            };
            core.drafts.save_exported(&exported);
            core.exported = Some(exported);
        });
        // The reminder has had its answer.
        self.tick.update(|tick| *tick += 1);
    }

    fn announce_handover(&self, what: &str, outcome: Result<(), String>) {
        self.announce(match outcome {
            Ok(()) => format!("{what} was handed to the browser."),
            Err(error) => format!("The browser refused: {error}"),
        });
    }
}

/// A file name with today's date.
fn name(what: &str, ending: &str) -> String {
    let date = clock::date_of(StudyDay::at(clock::now(), 0));
    format!("quire-{what}-{date}.{ending}")
}
