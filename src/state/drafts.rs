//! What may be lost without losing an answer: the session in progress, the chosen length, the day
//! of the last export. A store that fails is ignored.

use deck::{Bundle, CardId};
use study::{Access, Exported, KeyValue, Now, State};

use super::session::{Current, Length, Session};
use crate::platform::storage::WebStorage;

/// Small texts under keys of their own, beside the log.
pub struct Drafts {
    store: WebStorage,
    scope: String,
    access: Access,
}

impl Drafts {
    /// The drafts of the app under this path.
    pub fn new(store: WebStorage, scope: &str, access: Access) -> Drafts {
        Drafts {
            store,
            scope: scope.to_owned(),
            access,
        }
    }

    /// Saves nothing from here on: the log turned out to be of a later version.
    pub fn forbid(&mut self, access: Access) {
        self.access = access;
    }

    /// Saves a text under a name, or forgets it.
    fn save(&self, name: &str, text: Option<&str>) {
        if self.access != Access::ReadWrite {
            return;
        }
        let key = self.key(name);
        let result = match text {
            Some(text) => self.store.set(&key, text),
            None => self.store.remove(&key),
        };
        // A draft that cannot be saved costs a reload its place, nothing more;
        // the log has its own, loud, way of failing.
        drop(result);
    }

    /// The session that was left, if it is of today and its cards still exist.
    pub fn session(&self, state: &State, bundle: &Bundle<'_>, now: Now) -> Option<Session> {
        let mut session = Session::from_texts(&self.read("draft")?, &self.read("plan")?)?;
        let known = |card: &CardId| bundle.find(card).is_some();
        session.plan.retain(known);
        // After a kill the draft may be older than the log: what was answered is not asked again.
        let is_over = |current: Current| {
            let card = state.card(current.card);
            let last = card.and_then(|card| card.last_review);
            !known(&current.card) || last.is_some_and(|last| last.utc_ms >= current.since_ms)
        };
        if session.current().is_some_and(is_over) {
            session.move_on(state, now);
        }
        session.update_current(|current| {
            if let Some(card) = bundle.find(&current.card) {
                current.find_last_part(bundle.body(card).parts().map(|part| part.id()));
            }
        });
        session.is_of_today(state, now).then_some(session)
    }

    /// Saves the plan of a session, or forgets it.
    pub fn save_plan(&self, session: Option<&Session>) {
        self.save("plan", session.map(Session::plan_text).as_deref());
    }

    /// Saves where the session stands, or forgets it.
    pub fn save_session(&self, session: Option<&Session>) {
        self.save("draft", session.map(Session::to_text).as_deref());
    }

    /// The length chosen last; ten minutes at first.
    pub fn length(&self) -> Length {
        match self.read("length") {
            None => Length::Minutes(10),
            Some(text) => text.parse().map_or(Length::AllDue, Length::Minutes),
        }
    }

    /// Saves the chosen length.
    pub fn save_length(&self, length: Length) {
        let text = match length {
            Length::Minutes(minutes) => minutes.to_string(),
            Length::AllDue => "all".to_owned(),
        };
        self.save("length", Some(&text));
    }

    /// When the log was last exported, and what it had then.
    pub fn exported(&self) -> Option<Exported> {
        self.read("exported")?.parse().ok()
    }

    /// Saves that the log was exported.
    pub fn save_exported(&self, exported: &Exported) {
        self.save("exported", Some(&exported.to_string()));
    }

    fn read(&self, name: &str) -> Option<String> {
        self.store.get(&self.key(name)).ok().flatten()
    }

    fn key(&self, name: &str) -> String {
        format!("quire:{}:{name}", self.scope)
    }
}
