//! The app's one store: the decks, the log, the session, and where we are.

use std::rc::Rc;

use deck::{Bundle, CardId};
use leptos::prelude::*;
use study::{
    Exported, Heads, LogKeeper, Now, Settings, SettingsChange, State, StoreError, StudyDay, Welcome,
};

use super::drafts::Drafts;
use super::filter::Filter;
use super::merging::Incoming;
use super::news::News;
use super::opening::{self, Damage, Restored};
use super::outbox::{Outbox, Saving};
use super::route::{Route, cards_path};
use super::session::{Length, Session};
use super::standing::Hidden;
use crate::platform::offline::{self, Update as NewVersion};
use crate::platform::storage::WebStorage;
use crate::platform::tabs::Tabs;
use crate::platform::{clock, page};

/// The notes, compiled by build.rs.
#[cfg(not(quire_watch))]
async fn decks() -> &'static [u8] {
    include_bytes!(concat!(env!("OUT_DIR"), "/decks.bin"))
}

/// The notes as `serve --watch` has them at the moment.
#[cfg(quire_watch)]
async fn decks() -> &'static [u8] {
    crate::platform::watch::decks().await
}

/// Why answers cannot be saved at the moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// The browser blocks storage for this site.
    Blocked,
    /// No room is left.
    Full,
    /// Anything else.
    Failing,
}

impl From<&StoreError> for Trouble {
    fn from(error: &StoreError) -> Trouble {
        match error {
            StoreError::Blocked(_) => Trouble::Blocked,
            StoreError::Full => Trouble::Full,
            StoreError::Other(_) => Trouble::Failing,
        }
    }
}

/// A handle to the one store; copied freely into event handlers.
#[derive(Clone, Copy)]
pub struct App {
    bundle: Bundle<'static>,
    pub(super) core: RwSignal<Core, LocalStorage>,
    /// How saving goes; apart from the core, since it changes after every answer.
    saving: RwSignal<Saving>,
    route: RwSignal<Route>,
    /// What stands in the address behind a `?`: which cards are listed.
    query: RwSignal<String>,
    announcement: RwSignal<String>,
    update: RwSignal<Option<NewVersion>, LocalStorage>,
    /// An import that waits for the learner's word.
    pub(super) incoming: RwSignal<Option<Incoming>, LocalStorage>,
    /// What changed in the notes.
    pub(super) news: RwSignal<News, LocalStorage>,
    /// The notices that the learner has closed.
    pub(super) hidden: RwSignal<Hidden>,
    /// Counts up when time has passed that the screens should show.
    pub(super) tick: RwSignal<u32>,
}

/// What changes together: the replayed log and what keeps it.
pub(super) struct Core {
    pub(super) state: State,
    pub(super) keeper: LogKeeper<WebStorage>,
    pub(super) outbox: Rc<Outbox>,
    pub(super) tabs: Tabs,
    pub(super) drafts: Drafts,
    pub(super) session: Option<Session>,
    pub(super) length: Length,
    /// Cards whose reviews are being saved; their texts are kept then.
    pub(super) unkept: Vec<CardId>,
    /// Why localStorage takes nothing at the moment.
    pub(super) trouble: Option<Trouble>,
    pub(super) damage: Damage,
    pub(super) restored: Restored,
    /// Whether the archive has not answered yet since the start.
    pub(super) archive_is_late: bool,
    /// Whether the archive does not know this device yet.
    pub(super) device_is_new: bool,
    /// Events that localStorage has given up for room.
    pub(super) only_in_archive: usize,
    /// Events of elsewhere that localStorage had no room for: until the archive has them they are
    /// in memory only.
    pub(super) unplaced: Heads,
    /// The study day on which the log was looked after last.
    pub(super) upkeep_day: StudyDay,
    pub(super) exported: Option<Exported>,
    /// The path that the app is served under.
    pub(super) scope: String,
}

/// What is known at the start, before the first screen.
pub struct Start {
    core: Core,
    left: opening::Left,
    bundle: Bundle<'static>,
}

impl Start {
    /// Reads the log, replays it, and finds the session that was left.
    pub async fn read() -> Start {
        let bundle = Bundle::new(decks().await).expect("the compiler has written these bytes");
        let (core, left) = opening::open(&bundle).await;
        Start { core, left, bundle }
    }
}

impl App {
    /// Starts the app, for the life of the page.
    pub fn start(start: Start) -> App {
        let Start { core, left, bundle } = start;
        let app = App {
            bundle,
            saving: core.outbox.saving(),
            core: RwSignal::new_local(core),
            route: RwSignal::new(Route::parse(&page::current_path())),
            query: RwSignal::new(page::current_query()),
            announcement: RwSignal::new(String::new()),
            update: RwSignal::new_local(None),
            incoming: RwSignal::new_local(None),
            news: RwSignal::new_local(News::default()),
            hidden: RwSignal::new(Hidden::default()),
            tick: RwSignal::new(0),
        };
        app.apply_theme();
        clock::every_minute_and_on_return(move || {
            app.tick.update(|tick| *tick += 1);
            app.retry();
            app.look_after_daily();
        });
        offline::start(move |update| app.update.set(Some(update)));
        Effect::new(move |_| page::set_unsaved(app.unsaved_events()));
        app.listen_to_tabs();
        app.keep_texts();
        app.look_after(left);
        app
    }

    /// All decks of this build.
    pub fn bundle(&self) -> Bundle<'static> {
        self.bundle
    }

    /// The screen that is shown.
    pub fn route(&self) -> Route {
        self.route.get()
    }

    /// Goes to a screen.
    pub fn go(&self, route: Route) {
        if self.route.get_untracked() != route || !self.query.get_untracked().is_empty() {
            page::push_path(&route.path());
            self.follow_address();
        }
    }

    /// Goes to the list of the cards that a query names.
    pub fn show_cards(&self, query: &str) {
        page::push_path(&cards_path(query));
        self.follow_address();
    }

    /// Which cards are listed, if not all.
    pub fn filter(&self) -> Option<Filter> {
        self.query.with(|query| Filter::find(&self.bundle, query))
    }

    /// Shows the screen of the address bar, after Back or Forward.
    pub fn follow_address(&self) {
        self.query.set(page::current_query());
        self.route.set(Route::parse(&page::current_path()));
    }

    /// Sets the title of a screen, and moves the focus to its heading unless
    /// the page has just been loaded.
    pub fn arrived(&self, route: Route, before: Option<Route>) {
        page::set_title(&self.title(route));
        if before.is_some_and(|before| before != route) {
            page::after_render(move || match route {
                // The cards are long: the focus goes to the deck itself.
                Route::Deck(id) => page::focus(&format!("#deck-{id}")),
                _ => page::focus("main h1"),
            });
        }
    }

    /// What was said last to a screen reader.
    pub fn announcement(&self) -> String {
        self.announcement.get()
    }

    /// The time now; asked again at least every minute by whoever tracks it.
    pub fn now(&self) -> Now {
        self.tick.track();
        clock::now()
    }

    /// The settings, from the log.
    pub fn settings(&self) -> Settings {
        self.core.with(|core| core.state.settings().clone())
    }

    /// How saving goes.
    pub fn saving(&self) -> Saving {
        self.saving.get()
    }

    /// Whether the learner has neither studied nor closed the welcome.
    pub fn is_first_run(&self) -> bool {
        self.core.with(|core| {
            let state = &core.state;
            state.settings().welcome == Welcome::Unread && state.cards().next().is_none()
        })
    }

    /// Closes the welcome for good.
    pub fn dismiss_welcome(&self) {
        self.change_settings(SettingsChange {
            welcome: Some(Welcome::Read),
            ..Default::default()
        });
        page::after_render(|| page::focus("main h1"));
    }

    /// Whether a new version waits for the learner's word.
    pub fn update_is_ready(&self) -> bool {
        self.update.with(Option::is_some)
    }

    /// Takes the new version: the page loads again.
    pub fn accept_update(&self) {
        let saving = self.saving.get_untracked();
        if self.core.with_untracked(|core| core.unsaved(saving)) > 0 {
            let text = "Some answers are in this page only: download your log first.";
            return self.announce(text.to_owned());
        }
        let mut ready = None;
        self.update.update(|update| ready = update.take());
        if let Some(update) = ready {
            update.accept();
        }
    }

    /// Hides the offer until the next start.
    pub fn postpone_update(&self) {
        self.update.set(None);
    }

    /// Whether the app is ready to work offline, in a sentence.
    pub fn offline_text(&self) -> String {
        self.tick.track();
        offline::status().to_string()
    }

    /// Tells a screen reader what just happened.
    pub(super) fn announce(&self, text: String) {
        self.announcement.set(text);
    }

    pub(super) fn apply_theme(&self) {
        let theme = self.core.with_untracked(|core| core.state.settings().theme);
        page::set_theme(match theme {
            study::Theme::System => None,
            study::Theme::Light => Some("light"),
            study::Theme::Dark => Some("dark"),
        });
    }
}
