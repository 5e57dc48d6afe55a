//! The memory of a card by FSRS-6, behind a type and a trait of our own.

use crate::event::Rating;
use fsrs::{FSRS, FSRS6_DEFAULT_DECAY, FSRSItem, FSRSReview};

/// What is remembered of a card. Always derived from the log, never saved as truth.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct MemoryState {
    /// Days until the chance of recall has fallen to 90 %.
    pub stability: f32,
    /// How hard the card is, from 1 to 10.
    pub difficulty: f32,
}

/// A model of memory.
pub trait Scheduler {
    /// The memory after a grade. `before` is `None` for a card that was never graded. With no
    /// day elapsed the formula for reviews of the same day is used.
    fn after(&self, before: Option<MemoryState>, rating: Rating, elapsed_days: u32) -> MemoryState;

    /// Days until the chance of recall has fallen to the desired one, neither rounded nor limited.
    fn interval_days(&self, memory: MemoryState, desired_retention: f32) -> f32;

    /// The chance of recall so many days after the last review.
    fn retrievability(&self, memory: MemoryState, elapsed_days: u32) -> f32;
}

/// FSRS-6 with one set of 21 parameters.
#[derive(Clone, Debug)]
pub struct Fsrs6 {
    fsrs: FSRS,
    decay: f32,
}

impl Default for Fsrs6 {
    fn default() -> Fsrs6 {
        Fsrs6 {
            fsrs: FSRS::default(),
            decay: FSRS6_DEFAULT_DECAY,
        }
    }
}

impl Fsrs6 {
    /// The model with parameters of its own. `None` where the model cannot work with them.
    pub fn with_parameters(parameters: &[f32; 21]) -> Option<Fsrs6> {
        Some(Fsrs6 {
            fsrs: FSRS::new(parameters).ok()?,
            // As the crate itself limits it.
            decay: parameters[20].clamp(0.1, 0.8),
        })
    }
}

impl Scheduler for Fsrs6 {
    fn after(&self, before: Option<MemoryState>, rating: Rating, elapsed_days: u32) -> MemoryState {
        let review = FSRSReview {
            rating: rating.number(),
            delta_t: elapsed_days,
        };
        let item = FSRSItem {
            reviews: vec![review],
        };
        let after = self.fsrs.memory_state(item, before.map(to_crate));
        // Not `expect`: it would bring the whole formatting of the crate's errors.
        let Ok(after) = after else {
            unreachable!("finite parameters and a finite state give a finite state");
        };
        MemoryState {
            stability: after.stability,
            difficulty: after.difficulty,
        }
    }

    fn interval_days(&self, memory: MemoryState, desired_retention: f32) -> f32 {
        // The rating is used for cards without a stability only.
        self.fsrs
            .next_interval(Some(memory.stability), desired_retention, 0)
    }

    fn retrievability(&self, memory: MemoryState, elapsed_days: u32) -> f32 {
        fsrs::current_retrievability(to_crate(memory), elapsed_days as f32, self.decay)
    }
}

fn to_crate(memory: MemoryState) -> fsrs::MemoryState {
    fsrs::MemoryState {
        stability: memory.stability,
        difficulty: memory.difficulty,
    }
}
