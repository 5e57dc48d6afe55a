//! What was done on each study day.

use crate::card::Stage;
use crate::event::{Phase, Rating, Review};
use crate::time::StudyDay;

/// No answer counts for longer: a card left open over lunch says nothing about its time.
const MAX_COUNTED_MS: u32 = 5 * 60_000;
/// So many reviews make a good average.
const ENOUGH_REVIEWS: u32 = 50;
const DEFAULT_SECONDS: f32 = 40.0;

/// What was done on one study day.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct DayCounts {
    /// Grades given, cram included.
    pub reviews: u32,
    /// Cards graded for the first time.
    pub new_cards: u32,
    /// Time spent, where no answer counts for more than five minutes.
    pub took_ms: u64,
    /// Grades that were Again.
    pub again: u32,
}

/// What one review adds to its day.
pub(crate) struct Tally {
    day: StudyDay,
    counts: DayCounts,
}

/// The counts of all days in their order. A day on which nothing was done has no entry.
#[derive(Clone, Default, Debug)]
pub(crate) struct Days(Vec<(StudyDay, DayCounts)>);

impl Tally {
    /// What a review adds, when the card stood there before it.
    pub(crate) fn of(day: StudyDay, review: &Review, before: Stage) -> Tally {
        let introduces = before == Stage::New && review.phase != Phase::Cram;
        Tally {
            day,
            counts: DayCounts {
                reviews: 1,
                new_cards: u32::from(introduces),
                took_ms: u64::from(review.took_ms.min(MAX_COUNTED_MS)),
                again: u32::from(review.rating == Rating::Again),
            },
        }
    }
}

impl Days {
    pub(crate) fn add(&mut self, tally: &Tally) {
        let place = match self.place(tally.day) {
            Ok(place) => place,
            Err(place) => {
                self.0.insert(place, (tally.day, DayCounts::default()));
                place
            }
        };
        let day = &mut self.0[place].1;
        day.reviews += tally.counts.reviews;
        day.new_cards += tally.counts.new_cards;
        day.took_ms += tally.counts.took_ms;
        day.again += tally.counts.again;
    }

    /// Takes back what [`Days::add`] has added.
    pub(crate) fn remove(&mut self, tally: &Tally) {
        let place = self.place(tally.day).expect("it was added before");
        let day = &mut self.0[place].1;
        day.reviews -= tally.counts.reviews;
        day.new_cards -= tally.counts.new_cards;
        day.took_ms -= tally.counts.took_ms;
        day.again -= tally.counts.again;
        if day.reviews == 0 {
            self.0.remove(place);
        }
    }

    pub(crate) fn on(&self, day: StudyDay) -> DayCounts {
        self.place(day)
            .map_or_else(|_| DayCounts::default(), |place| self.0[place].1)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (StudyDay, DayCounts)> {
        self.0.iter().copied()
    }

    fn place(&self, day: StudyDay) -> Result<usize, usize> {
        self.0.binary_search_by_key(&day, |&(day, _)| day)
    }

    /// The mean over the last days that have enough reviews together.
    pub(crate) fn seconds_per_card(&self) -> f32 {
        let (mut reviews, mut took_ms) = (0, 0);
        for (_, counts) in self.0.iter().rev() {
            reviews += counts.reviews;
            took_ms += counts.took_ms;
            if reviews >= ENOUGH_REVIEWS {
                break;
            }
        }
        if reviews == 0 {
            return DEFAULT_SECONDS;
        }
        took_ms as f32 / 1000.0 / reviews as f32
    }
}
