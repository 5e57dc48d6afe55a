//! What changed in the notes since the learner was told last, and telling it once.
//!
//! The catalogue in the database is that of the bundle whose cards the learner knows of. It is
//! written anew when the news was read or closed, so a reload before that tells it again.

use leptos::prelude::*;

use super::app::App;
use super::catalogue::{Catalogue, Changed, Tally, compare, tally};
use crate::platform::{clock, page, tabs};

const CATALOGUE: &str = "catalogue";
/// The version of the catalogue, which is read at every start.
const VERSION: &str = "version";
/// The first screen, and the first taps on it, come before a catalogue that nobody waits for.
const IDLE_MS: i32 = 1_500;
/// How often a page that nobody sees looks whether it is seen.
const GLANCE_MS: i32 = 1_000;

/// What changed in the notes.
#[derive(Default)]
pub struct News {
    changed: Vec<Changed>,
    told: Told,
}

/// Whether the learner knows of the news.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Told {
    #[default]
    Yes,
    NotYet,
}

impl App {
    /// How many cards changed, as long as the learner has neither read nor closed it.
    pub fn unread_news(&self) -> Option<Tally> {
        self.news
            .with(|news| (news.told == Told::NotYet).then(|| tally(&news.changed)))
    }

    /// The cards that changed, for the list. They stay there as long as the page does.
    pub fn news(&self) -> Vec<Changed> {
        self.news.with(|news| news.changed.clone())
    }

    /// The news was read, or closed: it is not told again.
    pub fn note_news(&self) {
        if self.news.with_untracked(|news| news.told == Told::Yes) {
            return;
        }
        self.news.update(|news| news.told = Told::Yes);
        let app = *self;
        leptos::task::spawn_local(async move { app.write_catalogue().await });
    }

    /// Compares the cards with those that the learner knows of. Where several tabs do so at the
    /// same time, one of them tells.
    pub(super) async fn look_for_news(&self) {
        // Of several tabs, one that the learner sees is to tell.
        while page::is_hidden() {
            clock::wait(GLANCE_MS).await;
        }
        let database = self.database();
        let version = self.bundle().version();
        // A database that fails is told elsewhere; nothing is known then, and nothing written.
        let Ok(known) = database.seen(VERSION).await else {
            return;
        };
        if known.as_deref() == Some(version) {
            return;
        }
        let Ok(text) = database.seen(CATALOGUE).await else {
            return;
        };
        let changed = self.changed_since(text.and_then(|text| Catalogue::decode(&text)));
        if changed.is_empty() {
            clock::wait(IDLE_MS).await;
            return self.write_catalogue().await;
        }
        let app = *self;
        let scope = self.core.with_untracked(|core| core.scope.clone());
        let tell = async move {
            let told = Told::NotYet;
            app.news.set(News { changed, told });
            // The other tabs have nothing to tell as long as this one is there.
            std::future::pending().await
        };
        tabs::alone(&format!("quire:{scope}:news:{version}"), tell).await;
    }

    /// Nothing, where it is not known what was before. Whoever writes notes while they are watched
    /// need not be told.
    fn changed_since(&self, then: Option<Catalogue>) -> Vec<Changed> {
        let Some(then) = then.filter(|_| !cfg!(quire_watch)) else {
            return Vec::new();
        };
        let now = Catalogue::of(&self.bundle());
        self.core.with_untracked(|core| {
            compare(&then, &now, |card| {
                core.state.history(card).next().is_some()
            })
        })
    }

    async fn write_catalogue(&self) {
        let catalogue = Catalogue::of(&self.bundle());
        let texts = [
            (VERSION.to_owned(), Some(catalogue.version().to_owned())),
            (CATALOGUE.to_owned(), Some(catalogue.encode())),
        ];
        // What could not be written is told again, or compared again, at the next start.
        drop(self.database().note_seen(&texts).await);
    }
}
