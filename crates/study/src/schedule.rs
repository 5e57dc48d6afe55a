//! What each rating grants: the next step in minutes, or the next interval in days.

use crate::card::{CardState, Stage};
use crate::event::{Due, Rating};
use crate::fuzz::{Seed, fuzzed_days};
use crate::memory::Scheduler;
use crate::settings::Settings;
use crate::time::{MINUTE_MS, Now, StudyDay};
use deck::CardId;

const DAY_MIN: u32 = 24 * 60;

/// What a rating grants.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Grant {
    /// The rating.
    pub rating: Rating,
    /// When the card is due.
    pub due: Due,
    /// The same as a span, for the label of a button.
    pub interval: Interval,
    /// The step on which the card then stands, `None` once it has left the steps.
    pub step: Option<u8>,
}

/// A span until a card is due.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Interval {
    /// A step.
    Minutes(u32),
    /// Study days.
    Days(u32),
}

/// All that a grant depends on.
pub(crate) struct Situation<'a, S> {
    pub(crate) id: CardId,
    pub(crate) card: &'a CardState,
    pub(crate) settings: &'a Settings,
    pub(crate) scheduler: &'a S,
    pub(crate) now: Now,
}

/// What a rating leads to, before times are known.
enum Outcome {
    Step { step: u8, minutes: u32 },
    Days,
}

impl<S: Scheduler> Situation<'_, S> {
    /// The grants of all ratings, in the order of [`Rating::ALL`]. Spans in days grow from one
    /// rating to the next, unless the maximum stops them.
    pub(crate) fn grants(&self) -> [Grant; 4] {
        let mut floor_days = 1;
        Rating::ALL.map(|rating| match self.outcome(rating) {
            Outcome::Step { step, minutes } => self.step_grant(rating, step, minutes),
            Outcome::Days => {
                let days = self.days(rating, floor_days);
                floor_days = days + 1;
                Grant {
                    rating,
                    due: Due::Day(self.today().plus(days)),
                    interval: Interval::Days(days),
                    step: None,
                }
            }
        })
    }

    fn today(&self) -> StudyDay {
        StudyDay::at(self.now, self.settings.rollover_hour)
    }

    fn outcome(&self, rating: Rating) -> Outcome {
        let learning = &self.settings.learning_steps_min;
        let relearning = &self.settings.relearning_steps_min;
        let (steps, step) = match (self.card.stage, rating) {
            (Stage::New, _) => (learning, 0),
            (Stage::Learn { step }, _) => (learning, usize::from(step)),
            (Stage::Relearn { step }, _) => (relearning, usize::from(step)),
            (Stage::Review, Rating::Again) => (relearning, 0),
            (Stage::Review, _) => return Outcome::Days,
        };
        let to = match rating {
            Rating::Again => 0,
            // Steps may have been taken out of the settings since.
            Rating::Hard => step.min(steps.len().saturating_sub(1)),
            Rating::Good => step + 1,
            Rating::Easy => return Outcome::Days,
        };
        match steps.get(to) {
            None => Outcome::Days,
            Some(&minutes) => Outcome::Step {
                step: to as u8,
                minutes: match rating {
                    Rating::Hard if to == 0 => hard_on_the_first(steps),
                    _ => minutes,
                },
            },
        }
    }

    /// A step that ends after the study day is due on the day it ends in, at any time.
    fn step_grant(&self, rating: Rating, step: u8, minutes: u32) -> Grant {
        let utc_ms = self
            .now
            .utc_ms
            .saturating_add(i64::from(minutes) * MINUTE_MS);
        let end = Now { utc_ms, ..self.now };
        let end_day = StudyDay::at(end, self.settings.rollover_hour);
        Grant {
            rating,
            due: if end_day > self.today() {
                Due::Day(end_day)
            } else {
                Due::At { utc_ms }
            },
            interval: Interval::Minutes(minutes),
            step: Some(step),
        }
    }

    fn days(&self, rating: Rating, floor_days: u32) -> u32 {
        let elapsed_days = self.card.elapsed_days(self.today());
        let memory = self.scheduler.after(self.card.memory, rating, elapsed_days);
        let retention = self.settings.desired_retention();
        let raw_days = self.scheduler.interval_days(memory, retention);
        let previous_days = self.previous_days();
        // Fuzz must not shorten an interval that was to grow.
        let floor_days = if raw_days.round() as u32 > previous_days {
            floor_days.max(previous_days + 1)
        } else {
            floor_days
        };
        fuzzed_days(
            raw_days,
            floor_days,
            self.settings.maximum_interval_days,
            Seed::new(self.id, self.card.reps),
            self.settings.fuzz,
        )
    }

    /// The interval that ends now, 0 where the card comes out of steps.
    fn previous_days(&self) -> u32 {
        match (self.card.stage, self.card.due, self.card.last_review) {
            (Stage::Review, Some(Due::Day(due)), Some(last)) => due.days_since(last.day),
            _ => 0,
        }
    }
}

/// Hard on the first step waits for the mean of the first two, and where there is one only, for
/// half as long again, though at most a day longer.
fn hard_on_the_first(steps: &[u32]) -> u32 {
    match *steps {
        [first, second, ..] => (first + second).div_ceil(2),
        [first] => first + (first / 2 + first % 2).min(DAY_MIN),
        [] => 0,
    }
}
