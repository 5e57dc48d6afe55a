//! The verbs of studying: start, reveal, grade, undo.

use deck::{CardId, DeckIndex};
use leptos::prelude::*;
use study::{Action, Grant, Rating, preview};

use super::app::{App, Core};
use super::route::Route;
use super::session::{Current, Length, Place, Prompt, Session};
use crate::platform::{clock, page, space};

/// Time beyond this on one card was spent elsewhere.
const LONGEST_ANSWER_MS: i64 = 10 * 60 * 1000;

impl App {
    /// The length of the next session.
    pub fn session_length(&self) -> Length {
        self.core.with(|core| core.length)
    }

    /// Chooses the length of the next session.
    pub fn choose_length(&self, length: Length) {
        self.core.update(|core| {
            core.length = length;
            core.drafts.save_length(length);
        });
    }

    /// Starts a session with all decks or one, and goes to it.
    pub fn start_session(&self, deck: Option<DeckIndex>) {
        self.plan_session(deck);
        self.go(Route::Study);
        page::after_render(|| page::focus("main h1"));
    }

    /// Continues the session that was left, or starts one with all decks.
    pub fn continue_or_start(&self) {
        let now = clock::now();
        let going_on = self.core.with_untracked(|core| {
            core.session
                .as_ref()
                .is_some_and(|session| session.is_of_today(&core.state, now))
        });
        if going_on {
            self.change_session(|_, session| session.update_current(|card| card.resume(now)));
        } else {
            self.plan_session(None);
        }
    }

    /// Ends the session; its answers are in the log.
    pub fn end_session(&self) {
        self.core.update(|core| core.session = None);
        self.save_session();
        self.go(Route::Today);
    }

    /// Where the session stands, without what changes while a card is read;
    /// `None` without a session.
    pub fn place(&self) -> Option<Place> {
        let place = self
            .core
            .with(|core| core.session.as_ref().map(|session| session.place));
        place.map(|place| match place {
            Place::Card(current) => Place::Card(current.unread()),
            other => other,
        })
    }

    /// How many parts of the current answer are shown.
    pub fn shown_parts(&self) -> u32 {
        self.current().map_or(0, |current| current.shown_parts)
    }

    /// Whether the prompt of the current card is shown.
    pub fn prompt(&self) -> Prompt {
        self.current()
            .map_or(Prompt::Hidden, |current| current.prompt)
    }

    /// Shows the prompt.
    pub fn show_prompt(&self) {
        self.change_session(|_, session| {
            session.update_current(|card| card.prompt = Prompt::Shown)
        });
        self.announce("Prompt shown.".to_owned());
        page::after_render(|| page::focus(".part-prompt"));
    }

    /// Shows the next part of the answer.
    pub fn show_next_part(&self) {
        let shown = self.shown_parts_untracked();
        self.show_parts(shown + 1);
    }

    /// Shows the whole answer.
    pub fn show_all_parts(&self) {
        self.show_parts(self.total_parts());
    }

    /// Space: shows the next part, or grades Good when all are shown.
    pub fn reveal_or_grade_good(&self) {
        if self.shown_parts_untracked() < self.total_parts() {
            self.show_next_part();
        } else {
            self.grade(Rating::Good);
        }
    }

    /// What each grade would grant to the current card.
    pub fn grants(&self) -> Vec<Grant> {
        let now = self.now();
        let Some(current) = self.current() else {
            return Vec::new();
        };
        self.core
            .with(|core| preview(&core.state, current.card, now).to_vec())
    }

    /// Grades the current card once its whole answer is shown: the log is
    /// written before the next card appears.
    pub fn grade(&self, rating: Rating) {
        let Some(current) = self.current_untracked() else {
            return;
        };
        if current.shown_parts < self.total_parts() {
            return;
        }
        let now = clock::now();
        let took_ms = (now.utc_ms - current.since_ms).clamp(0, LONGEST_ANSWER_MS) as u32;
        let action = Action::Grade {
            card: current.card,
            fingerprint: self.fingerprint_of(current.card),
            rating,
            took_ms,
            got: Vec::new(),
            missed: Vec::new(),
        };
        let granted = self
            .core
            .with_untracked(|core| preview(&core.state, current.card, now));
        self.core.update(|core| {
            core.act(action, now);
            core.unkept.push(current.card);
            let Core { state, session, .. } = core;
            if let Some(session) = session {
                session.answered(state, rating, took_ms, now);
            }
        });
        self.save_session();
        self.ask_to_persist();
        self.announce_grade(rating, &granted);
        page::after_render(|| page::focus("main h1"));
    }

    /// Whether there is an answer of this device to take back.
    pub fn can_undo(&self) -> bool {
        let now = self.now();
        self.core.with(|core| core.last_answer(now).is_some())
    }

    /// Takes back the last answer; its card comes again, the answer shown.
    pub fn undo(&self) {
        let now = clock::now();
        let Some(taken) = self.core.with_untracked(|core| core.last_answer(now)) else {
            return;
        };
        let parts = self.parts_of(taken.card);
        self.core.update(|core| {
            core.act(Action::Undo, now);
            let Core { state, session, .. } = core;
            if let Some(session) = session {
                session.taken_back(state, &taken, parts, now);
            }
        });
        self.save_session();
        self.announce("Answer taken back.".to_owned());
        page::after_render(|| page::focus("main h1"));
    }

    /// Goes on when the wait for a learning step is over.
    pub fn wake_at(&self, utc_ms: i64) {
        let app = *self;
        clock::at(utc_ms, move || {
            let now = clock::now();
            app.change_session(|core, session| {
                if matches!(session.place, Place::Wait { .. }) {
                    session.move_on(core, now);
                }
            });
        });
    }

    fn plan_session(&self, deck: Option<DeckIndex>) {
        let now = clock::now();
        let bundle = self.bundle();
        let cards = match deck {
            Some(deck) => bundle.deck(deck).cards(),
            None => 0..bundle.card_count(),
        };
        let ids: Vec<CardId> = cards
            .map(|index| bundle.card(deck::CardIndex(index)).id())
            .collect();
        self.core.update(|core| {
            core.session = Session::plan(&core.state, &ids, core.length, now);
            core.drafts.save_plan(core.session.as_ref());
        });
        self.save_session();
    }

    fn show_parts(&self, number: u32) {
        let (shown_before, total) = (self.shown_parts_untracked(), self.total_parts());
        if self.current_untracked().is_none() || shown_before >= total {
            return;
        }
        let bundle = self.bundle();
        self.change_session(|_, session| {
            session.update_current(|current| {
                current.shown_parts = number.min(total);
                let card = bundle.find(&current.card).into_iter();
                let mut parts = card.flat_map(|card| bundle.body(card).parts());
                let last = parts.nth(current.shown_parts as usize - 1);
                current.last_part = last.map(|part| part.id());
            });
        });
        self.announce(format!("Part {} of {total}.", number.min(total)));
        let newest = format!(".answer > .part:nth-child({})", shown_before + 1);
        page::after_render(move || page::focus(&newest));
    }

    /// At the end of a session the learner has something to lose: then the browser is asked to
    /// keep it.
    fn ask_to_persist(&self) {
        let is_over = self.core.with_untracked(|core| {
            let session = core.session.as_ref();
            session.is_some_and(|session| session.place == Place::Finished)
        });
        if is_over {
            space::ask_to_persist();
        }
    }

    fn announce_grade(&self, rating: Rating, granted: &[Grant; 4]) {
        let finished = self.core.with_untracked(|core| match &core.session {
            Some(session) => session.place == Place::Finished,
            None => true,
        });
        let what = if finished {
            "Session finished."
        } else {
            "Next card."
        };
        let interval = granted
            .iter()
            .find(|grant| grant.rating == rating)
            .map(|g| g.interval);
        let when = match interval {
            Some(study::Interval::Minutes(minutes)) => format!("again in {minutes} min"),
            Some(study::Interval::Days(1)) => "again tomorrow".to_owned(),
            Some(study::Interval::Days(days)) => format!("again in {days} days"),
            None => "graded".to_owned(),
        };
        self.announce(format!("{rating:?}: {when}. {what}"));
    }

    fn current(&self) -> Option<Current> {
        self.core.with(|core| core.session.as_ref()?.current())
    }

    fn current_untracked(&self) -> Option<Current> {
        self.core
            .with_untracked(|core| core.session.as_ref()?.current())
    }

    fn shown_parts_untracked(&self) -> u32 {
        self.current_untracked()
            .map_or(0, |current| current.shown_parts)
    }

    fn total_parts(&self) -> u32 {
        self.current_untracked()
            .map_or(0, |current| self.parts_of(current.card))
    }

    fn parts_of(&self, card: CardId) -> u32 {
        let bundle = self.bundle();
        bundle
            .find(&card)
            .map_or(0, |index| bundle.card(index).part_count())
    }

    fn fingerprint_of(&self, card: CardId) -> u32 {
        let bundle = self.bundle();
        bundle
            .find(&card)
            .map_or(0, |index| bundle.card(index).fingerprint())
    }

    fn change_session(&self, change: impl FnOnce(&study::State, &mut Session)) {
        self.core.update(|core| {
            let Core { state, session, .. } = core;
            if let Some(session) = session {
                change(state, session);
            }
        });
        self.save_session();
    }

    fn save_session(&self) {
        self.core
            .with_untracked(|core| core.drafts.save_session(core.session.as_ref()));
    }
}
