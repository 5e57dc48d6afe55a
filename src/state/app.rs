//! The app's one store: the decks, the log, the session, and where we are.

use deck::{Bundle, CardId};
use leptos::prelude::*;
use study::{
    Author, FirstSeen, LoadId, LogKeeper, Now, Opened, Settings, SettingsChange, State, StoreError,
    Welcome, device_id,
};

use super::drafts::Drafts;
use super::route::Route;
use super::session::{Length, Session};
use crate::platform::offline::{self, Update as NewVersion};
use crate::platform::storage::WebStorage;
use crate::platform::{clock, page};

/// The notes, compiled by build.rs.
static DECKS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/decks.bin"));

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
    route: RwSignal<Route>,
    announcement: RwSignal<String>,
    update: RwSignal<Option<NewVersion>, LocalStorage>,
    /// Counts up when time has passed that the screens should show.
    tick: RwSignal<u32>,
}

/// What changes together: the replayed log and what keeps it.
pub(super) struct Core {
    pub(super) state: State,
    pub(super) keeper: LogKeeper<WebStorage>,
    pub(super) drafts: Drafts,
    pub(super) session: Option<Session>,
    pub(super) length: Length,
    pub(super) trouble: Option<Trouble>,
    pub(super) damage: Damage,
}

impl App {
    /// Reads the log, replays it, and finds the session that was left.
    pub fn start() -> App {
        let bundle = Bundle::new(DECKS).expect("build.rs has written these bytes");
        let app = App {
            bundle,
            core: RwSignal::new_local(Core::open(&bundle)),
            route: RwSignal::new(Route::parse(&page::current_path())),
            announcement: RwSignal::new(String::new()),
            update: RwSignal::new_local(None),
            tick: RwSignal::new(0),
        };
        app.apply_theme();
        clock::every_minute_and_on_return(move || app.tick.update(|tick| *tick += 1));
        offline::start(move |update| app.update.set(Some(update)));
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
        if self.route.get_untracked() != route {
            page::push_path(&route.path());
            self.route.set(route);
        }
    }

    /// Shows the screen of the address bar, after Back or Forward.
    pub fn follow_address(&self) {
        self.route.set(Route::parse(&page::current_path()));
    }

    /// Sets the title of a screen, and moves the focus to its heading unless
    /// the page has just been loaded.
    pub fn arrived(&self, route: Route, before: Option<Route>) {
        page::set_title(&self.title(route));
        if before.is_some_and(|before| before != route) {
            page::after_render(|| page::focus("main h1"));
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

    /// Why answers cannot be saved, if they cannot.
    pub fn trouble(&self) -> Option<Trouble> {
        self.core.with(|core| core.trouble)
    }

    /// How many stored lines could not be read, if any.
    pub fn set_aside_lines(&self) -> Option<usize> {
        self.core
            .with(|core| (core.damage.unsaid > 0).then_some(core.damage.unsaid))
    }

    /// Takes the notice about such lines away until the next start.
    pub fn dismiss_set_aside(&self) {
        self.core.update(|core| core.damage.unsaid = 0);
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

    fn title(&self, route: Route) -> String {
        let screen = match route {
            Route::Today => "Today",
            Route::Study => "Study",
            Route::Cards => "Cards",
            Route::Settings => "Settings",
            Route::NotFound => "No such page",
            Route::Card(id) => self.question_of(id).unwrap_or("No such card"),
        };
        format!("{screen} · Quire")
    }

    fn question_of(&self, id: CardId) -> Option<&'static str> {
        let index = self.bundle.find(&id)?;
        Some(self.bundle.card(index).question())
    }
}

impl Core {
    fn open(bundle: &Bundle<'static>) -> Core {
        let scope = page::base_path();
        let now = clock::now();
        let store = WebStorage::open();
        let (device, device_kept) = device_id(&store, &scope, clock::random_bits());
        let load = LoadId::from_start(now.utc_ms, clock::random_bits() as u32);
        let opened = LogKeeper::open(store, &scope, Author { device, load });
        let damage = Damage::of(&opened);
        let trouble = opened.trouble.as_ref().or(device_kept.as_ref().err());
        let trouble = trouble.map(Trouble::from);
        let state = State::replay(opened.keeper.author(), opened.events);
        let drafts = Drafts::new(WebStorage::open(), &scope);
        Core {
            session: drafts.session(&state, bundle, now),
            length: drafts.length(),
            state,
            keeper: opened.keeper,
            drafts,
            trouble,
            damage,
        }
    }
}

/// What the store held and could not be read.
pub(super) struct Damage {
    /// The lines themselves, for the download.
    pub(super) lines: Vec<String>,
    /// How many lines and values were not known to be damaged before.
    unsaid: usize,
}

impl Damage {
    fn of<S>(opened: &Opened<S>) -> Damage {
        let fresh = opened
            .rescued
            .iter()
            .filter(|found| found.first_seen == FirstSeen::Now);
        let unsaid = fresh.map(|found| found.lines.len()).sum::<usize>();
        let lines = opened
            .rescued
            .iter()
            .flat_map(|found| found.lines.iter().cloned());
        Damage {
            lines: lines.collect(),
            unsaid: unsaid + opened.unreadable.len(),
        }
    }
}
