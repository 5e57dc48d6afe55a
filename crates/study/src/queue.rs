//! Today's cards in order, as a pure function of the log, the deck and the clock.

use crate::card::{CardState, Stage};
use crate::event::Due;
use crate::order::sort_by;
use crate::state::State;
use crate::time::{MINUTE_MS, Now, StudyDay};
use deck::CardId;

/// How long before its time a step may be asked when nothing else is due.
pub const LEARN_AHEAD_MIN: u32 = 20;
const LEARN_AHEAD_MS: i64 = LEARN_AHEAD_MIN as i64 * MINUTE_MS;

/// Today's cards. It holds until the log, the deck or the study day changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Queue {
    /// Cards in steps with the moment each is due, the earliest first.
    pub learning: Vec<(i64, CardId)>,
    /// Cards whose day has come, the longest overdue first, else in the order of the notes.
    pub due: Vec<CardId>,
    /// New cards in the order of the notes, as many as today's limit leaves.
    pub new: Vec<CardId>,
    /// New cards that the limit holds back.
    pub new_held_back: u32,
    /// When the next study day begins.
    pub next_rollover_utc_ms: i64,
    /// The card that was graded last: it is not asked twice in a row if that can be helped.
    last_graded: Option<CardId>,
}

/// How many cards wait.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Counts {
    /// In steps.
    pub learning: u32,
    /// Due by their day.
    pub due: u32,
    /// New.
    pub new: u32,
}

/// What to ask now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    /// This card.
    Card(CardId),
    /// Nothing before that moment.
    Wait {
        /// The moment.
        until_utc_ms: i64,
    },
    /// Nothing more today.
    Done,
}

/// The queue of the given cards, which stand in the order of their notes. What the learner has
/// filtered out, or set aside by deck or tag, is left out by the caller.
pub fn queue(state: &State, cards: &[CardId], now: Now) -> Queue {
    let rollover_hour = state.settings().rollover_hour;
    let today = StudyDay::at(now, rollover_hour);
    let next_rollover_utc_ms = now.next_rollover_utc_ms(rollover_hour);
    let untouched = CardState::default();
    let (mut learning, mut due, mut new) = (Vec::new(), Vec::new(), Vec::new());
    for &id in cards {
        let card = state.card(id).unwrap_or(&untouched);
        if !card.is_asked_on(today) {
            continue;
        }
        match (card.stage, card.due) {
            (Stage::New, _) | (_, None) => new.push(id),
            (_, Some(Due::At { utc_ms })) if utc_ms < next_rollover_utc_ms => {
                learning.push((utc_ms, id));
            }
            (_, Some(Due::Day(day))) if day <= today => due.push((i64::from(day.0), id)),
            _ => {}
        }
    }
    sort(&mut learning);
    sort(&mut due);
    let introduced = state.reviews_on(today).new_cards;
    let left = state.settings().new_per_day.saturating_sub(introduced) as usize;
    let new_held_back = new.len().saturating_sub(left) as u32;
    new.truncate(left);
    Queue {
        learning,
        due: due.into_iter().map(|(_, id)| id).collect(),
        new,
        new_held_back,
        next_rollover_utc_ms,
        last_graded: state.undoable().and_then(|target| target.card),
    }
}

/// By time. What is equal stays in the order of the notes.
fn sort(cards: &mut [(i64, CardId)]) {
    sort_by(cards, |(one, _), (other, _)| one.cmp(other));
}

impl Queue {
    /// What to ask now: steps whose time has come, then due cards, then new ones, then steps of
    /// the next twenty minutes, so that a session does not stall for a step.
    pub fn next(&self, now: Now) -> Next {
        let from_steps = self.step_before(now.utc_ms);
        let first = from_steps
            .or(self.due.first().copied())
            .or(self.new.first().copied())
            .or_else(|| self.step_before(now.utc_ms.saturating_add(LEARN_AHEAD_MS)));
        match (first, self.learning.first()) {
            (Some(card), _) => Next::Card(card),
            (None, Some(&(utc_ms, _))) => Next::Wait {
                until_utc_ms: utc_ms - LEARN_AHEAD_MS,
            },
            (None, None) => Next::Done,
        }
    }

    /// How many cards wait.
    pub fn counts(&self) -> Counts {
        Counts {
            learning: self.learning.len() as u32,
            due: self.due.len() as u32,
            new: self.new.len() as u32,
        }
    }

    /// The earliest step until that moment, but rather not the card that was graded last.
    fn step_before(&self, until_utc_ms: i64) -> Option<CardId> {
        let until = self.learning.iter();
        let mut until = until
            .take_while(|&&(utc_ms, _)| utc_ms <= until_utc_ms)
            .map(|&(_, card)| card);
        let first = until.next()?;
        if Some(first) == self.last_graded {
            return until.next().or(Some(first));
        }
        Some(first)
    }
}

impl Counts {
    /// All of them.
    pub fn total(self) -> u32 {
        self.learning + self.due + self.new
    }
}
