//! What the log makes of one card.

use crate::event::{Due, Event, Kind, Phase, Rating, Review};
use crate::memory::{MemoryState, Scheduler};
use crate::tally::Tally;
use crate::time::StudyDay;
use deck::PartId;

/// From this many lapses on a card is a leech: its note wants mending.
pub const LEECH_LAPSES: u32 = 8;

/// The state of one card, as its events leave it.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct CardState {
    /// Where the card stands between new and known.
    pub stage: Stage,
    /// What is remembered of it. `None` until it is graded.
    pub memory: Option<MemoryState>,
    /// When it is due. `None` for a new card.
    pub due: Option<Due>,
    /// How often it was graded since it was new.
    pub reps: u32,
    /// How often it was forgotten after it had left the steps.
    pub lapses: u32,
    /// The last grade.
    pub last_review: Option<LastReview>,
    /// The fingerprint of the answer at the last grade, 0 before there is one.
    pub last_fingerprint: u32,
    /// The parts missed at the last grade.
    pub last_missed: Vec<PartId>,
    /// Whether it is suspended.
    pub suspended: bool,
    /// The first day on which it may be asked, if it was buried.
    pub buried_until: Option<StudyDay>,
    /// Why it is flagged, if it is.
    pub flag: Option<String>,
}

/// Where a card stands between new and known.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Stage {
    /// Never graded, or reset.
    #[default]
    New,
    /// In the first steps.
    Learn {
        /// The step, from 0.
        step: u8,
    },
    /// Out of the steps.
    Review,
    /// In the steps after a lapse.
    Relearn {
        /// The step, from 0.
        step: u8,
    },
}

/// The last grade of a card.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LastReview {
    /// Its study day.
    pub day: StudyDay,
    /// Its moment.
    pub utc_ms: i64,
    /// The grade.
    pub rating: Rating,
}

impl CardState {
    /// Whether the card is forgotten so often that its note wants mending.
    pub fn is_leech(&self) -> bool {
        self.lapses >= LEECH_LAPSES
    }

    /// Whether the card may be asked on that day: it is neither suspended nor buried.
    pub fn is_asked_on(&self, day: StudyDay) -> bool {
        !self.suspended && self.buried_until.is_none_or(|until| until <= day)
    }

    /// Whole days since the last grade, 0 without one.
    pub fn elapsed_days(&self, today: StudyDay) -> u32 {
        self.last_review
            .map_or(0, |last| today.days_since(last.day))
    }

    /// The phase of a review that is made now.
    pub(crate) fn phase(&self) -> Phase {
        match self.stage {
            Stage::New | Stage::Learn { .. } => Phase::Learn,
            Stage::Review => Phase::Review,
            Stage::Relearn { .. } => Phase::Relearn,
        }
    }

    /// Takes an event of this card, and says what it adds to its day.
    pub(crate) fn take(&mut self, event: &Event, scheduler: &impl Scheduler) -> Option<Tally> {
        if let Kind::Review(review) = &event.kind {
            return Some(self.take_review(event, review, scheduler));
        }
        self.take_standing(&event.kind);
        None
    }

    /// Takes an event of this card that is no review.
    pub(crate) fn take_standing(&mut self, kind: &Kind) {
        match kind {
            Kind::Suspend { .. } => self.suspended = true,
            Kind::Unsuspend { .. } => self.suspended = false,
            Kind::Bury { until, .. } => self.buried_until = Some(*until),
            Kind::Flag { reason, .. } => self.flag.clone_from(reason),
            Kind::Reset { .. } => self.reset(),
            Kind::SetDue { due, .. } => {
                self.due = Some(*due);
                self.stage = Stage::Review;
            }
            Kind::Review(_)
            | Kind::Undo { .. }
            | Kind::SetAside { .. }
            | Kind::Settings(_)
            | Kind::Device { .. }
            | Kind::Unknown => {}
        }
    }

    fn take_review(&mut self, event: &Event, review: &Review, scheduler: &impl Scheduler) -> Tally {
        let tally = Tally::of(event.study_day, review, self.stage);
        if review.phase == Phase::Cram {
            return tally;
        }
        let elapsed_days = self.elapsed_days(event.study_day);
        self.memory = Some(scheduler.after(self.memory, review.rating, elapsed_days));
        self.stage = match (review.step, review.phase) {
            (None, _) => Stage::Review,
            (Some(step), Phase::Learn) => Stage::Learn { step },
            (Some(step), _) => Stage::Relearn { step },
        };
        self.due = review.due;
        self.reps += 1;
        if review.phase == Phase::Review && review.rating == Rating::Again {
            self.lapses += 1;
        }
        self.last_review = Some(LastReview {
            day: event.study_day,
            utc_ms: event.utc_ms,
            rating: review.rating,
        });
        self.last_fingerprint = review.fingerprint;
        self.last_missed.clone_from(&review.missed);
        tally
    }

    fn reset(&mut self) {
        *self = CardState {
            suspended: self.suspended,
            flag: self.flag.take(),
            ..CardState::default()
        };
    }
}
