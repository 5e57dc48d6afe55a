//! What the screens ask: how much is due, how far the session is, what is
//! known of a card.

use deck::{CardId, CardIndex, DeckIndex};
use leptos::prelude::*;
use study::{CardState, Due, Rating, State, StudyDay, queue};

use super::app::App;
use super::session::{answers_left, minutes_for};
use crate::platform::clock;

/// What is due among some cards.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Counts {
    /// Cards in review that are due.
    pub due: u32,
    /// Cards between two learning steps.
    pub learning: u32,
    /// New cards that today's limit allows.
    pub new: u32,
    /// The minutes that all of these take at the learner's pace.
    pub minutes: u32,
}

impl Counts {
    /// All cards.
    pub fn total(&self) -> u32 {
        self.due + self.learning + self.new
    }
}

/// How far the session is.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Progress {
    /// Answers given.
    pub done: u32,
    /// Answers still to be given, if all goes well.
    pub left: u32,
    /// The minutes that these take at the learner's pace.
    pub minutes: u32,
}

/// How a session went.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Summary {
    /// Answers given.
    pub answers: u32,
    /// Time spent on them, in milliseconds.
    pub took_ms: u64,
    /// Answers other than Again, in percent; `None` without an answer.
    pub remembered_percent: Option<u32>,
    /// Cards that are still due today.
    pub due_now: u32,
}

/// One line of a card's history.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reviewed {
    /// The study day, as `2026-11-22`.
    pub date: String,
    /// The grade.
    pub rating: Rating,
    /// The time it took, in milliseconds.
    pub took_ms: u32,
}

impl App {
    /// What is due among all cards.
    pub fn counts(&self) -> Counts {
        self.counts_of(0..self.bundle().card_count())
    }

    /// What is due in one deck.
    pub fn deck_counts(&self, deck: DeckIndex) -> Counts {
        self.counts_of(self.bundle().deck(deck).cards())
    }

    /// How far the session is; all zeros without one.
    pub fn progress(&self) -> Progress {
        self.core.with(|core| {
            let Some(session) = &core.session else {
                return Progress::default();
            };
            Progress {
                done: session.answers,
                left: session.left,
                minutes: minutes_for(&core.state, session.left),
            }
        })
    }

    /// The answers left in a session that was begun today and not finished.
    pub fn session_left(&self) -> Option<u32> {
        let now = self.now();
        let begun = self.core.with(|core| {
            let session = core.session.as_ref();
            session
                .is_some_and(|session| session.is_open() && session.is_of_today(&core.state, now))
        });
        begun.then(|| self.progress().left.max(1))
    }

    /// How the session went.
    pub fn summary(&self) -> Summary {
        let due_now = self.counts().total();
        self.core.with(|core| {
            let session = core.session.as_ref();
            let answers = session.map_or(0, |session| session.answers);
            let again = session.map_or(0, |session| session.again);
            let remembered = answers.saturating_sub(again) * 100;
            Summary {
                answers,
                took_ms: session.map_or(0, |session| session.took_ms),
                remembered_percent: remembered.checked_div(answers),
                due_now,
            }
        })
    }

    /// When the next cards come, in days from today, and how many; `None`
    /// without cards.
    pub fn next_due_in_days(&self) -> Option<(i32, u32)> {
        let now = self.now();
        let ids: Vec<CardId> = self.bundle().cards().map(|card| card.id()).collect();
        self.core.with(|core| {
            let hour = core.state.settings().rollover_hour;
            let today = StudyDay::at(now, hour).0;
            let days = ids.iter().map(|id| day_of(&core.state, *id, today));
            let days: Vec<i32> = days.collect();
            let first = *days.iter().min()?;
            let number = days.iter().filter(|day| **day == first).count();
            Some((first - today, number as u32))
        })
    }

    /// What the log says of a card; `None` if it was never touched.
    pub fn card_state(&self, id: CardId) -> Option<CardState> {
        self.core.with(|core| core.state.card(id).cloned())
    }

    /// The probability to know a card now, in percent; `None` before the first answer.
    pub fn retrievability_percent(&self, id: CardId) -> Option<u32> {
        let now = self.now();
        self.core.with(|core| {
            let today = StudyDay::at(now, core.state.settings().rollover_hour);
            let probability = core.state.retrievability(id, today)?;
            Some((probability * 100.0 + 0.5) as u32)
        })
    }

    /// The reviews of a card that count, newest first.
    pub fn history(&self, id: CardId) -> Vec<Reviewed> {
        self.core.with(|core| {
            let reviews = core.state.history(id);
            let mut lines: Vec<Reviewed> = reviews.filter_map(reviewed).collect();
            lines.reverse();
            lines
        })
    }

    fn counts_of(&self, cards: std::ops::Range<u32>) -> Counts {
        let bundle = self.bundle();
        let ids: Vec<CardId> = cards
            .map(|index| bundle.card(CardIndex(index)).id())
            .collect();
        let now = self.now();
        self.core.with(|core| {
            let queue = queue(&core.state, &ids, now);
            Counts {
                due: queue.due.len() as u32,
                learning: queue.learning.len() as u32,
                new: queue.new.len() as u32,
                minutes: minutes_for(&core.state, answers_left(&core.state, &queue)),
            }
        })
    }
}

/// The study day a card comes next; new cards beyond today's limit come tomorrow.
fn day_of(state: &State, id: CardId, today: i32) -> i32 {
    let card = state.card(id);
    match card.and_then(|card| card.due) {
        Some(Due::Day(day)) => day.0.max(today + 1),
        Some(Due::At { .. }) => today,
        None => today + 1,
    }
}

fn reviewed(event: &study::Event) -> Option<Reviewed> {
    let study::Kind::Review(review) = &event.kind else {
        return None;
    };
    let date = clock::date_of(event.study_day);
    Some(Reviewed {
        date,
        rating: review.rating,
        took_ms: review.took_ms,
    })
}
