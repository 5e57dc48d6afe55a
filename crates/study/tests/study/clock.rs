//! Clocks that are wrong, and days that are longer or shorter than others.

use crate::helper::{Learner, at, author, card, cards, view};
use proptest::prelude::*;
use study::{
    ClockTrouble, DAY_MS, Due, Interval, MINUTE_MS, Now, Phase, Rating, State, StudyDay,
    clock_trouble, preview,
};

const YEAR_MS: i64 = 365 * DAY_MS;

#[test]
fn a_clock_that_is_set_right_by_minutes_is_no_trouble() {
    let mut learner = Learner::new();
    assert_eq!(clock_trouble(&learner.state, learner.now), None);
    learner.grade(card("a"), Rating::Good);
    for later_ms in [0, -5 * MINUTE_MS, 366 * DAY_MS] {
        let now = Now {
            utc_ms: learner.now.utc_ms + later_ms,
            ..learner.now
        };
        assert_eq!(clock_trouble(&learner.state, now), None, "{later_ms}");
    }
}

#[test]
fn a_clock_a_day_back_is_told_until_it_is_answered_by_and_is_right_again() {
    let mut learner = Learner::new();
    learner.grade(card("a"), Rating::Easy);
    learner.now.utc_ms -= DAY_MS;
    let trouble = Some(ClockTrouble::Back { by_ms: DAY_MS });
    assert_eq!(clock_trouble(&learner.state, learner.now), trouble);
    learner.grade(card("b"), Rating::Easy);
    assert_eq!(learner.log.len(), 2);
    learner.now.utc_ms += DAY_MS;
    assert_eq!(clock_trouble(&learner.state, learner.now), None);
    // Nothing is reordered, and nothing elapsed.
    let order: Vec<_> = learner.state.events().map(|event| event.id.seq).collect();
    assert_eq!(order, [0, 1]);
}

#[test]
fn the_clock_of_another_device_is_no_trouble_within_a_day_and_then_is_told_with_its_events() {
    let mut other = Learner::of(author("other", "x"));
    other.now.utc_ms += DAY_MS;
    other.grade(card("a"), Rating::Good);
    let mut learner = Learner::new();
    learner.state.merge(other.log.clone());
    assert_eq!(clock_trouble(&learner.state, learner.now), None);
    other.now.utc_ms += 1;
    other.grade(card("a"), Rating::Good);
    learner.state.merge(other.log.clone());
    let trouble = Some(ClockTrouble::Future { events: 1 });
    assert_eq!(clock_trouble(&learner.state, learner.now), trouble);
}

#[test]
fn ten_years_ahead_and_back_drops_and_reorders_nothing() {
    let mut learner = Learner::new();
    learner.grade(card("a"), Rating::Easy);
    learner.now.utc_ms += 10 * YEAR_MS;
    let trouble = Some(ClockTrouble::Ahead {
        by_ms: 10 * YEAR_MS,
    });
    assert_eq!(clock_trouble(&learner.state, learner.now), trouble);
    learner.grade(card("a"), Rating::Good);
    learner.now.utc_ms -= 10 * YEAR_MS;
    let trouble = Some(ClockTrouble::Back {
        by_ms: 10 * YEAR_MS,
    });
    assert_eq!(clock_trouble(&learner.state, learner.now), trouble);
    assert_eq!(learner.card(card("a")).elapsed_days(StudyDay(20_000)), 0);
    learner.wait_min(1);
    learner.grade(card("a"), Rating::Good);
    // The clock is right now: what is left to tell is the answer of the wrong time.
    let trouble = Some(ClockTrouble::Future { events: 1 });
    assert_eq!(clock_trouble(&learner.state, learner.now), trouble);
    let order: Vec<_> = learner.state.events().map(|event| event.id.seq).collect();
    assert_eq!(order, [0, 1, 2]);
    assert_eq!(learner.card(card("a")).reps, 3);
    assert_eq!(view(&learner.state), view(&learner.reloaded("y").state));
}

/// Offsets in minutes: summer and winter time, half hours, and a journey round the world.
fn any_offset() -> impl Strategy<Value = i32> {
    prop::sample::select(vec![0, 60, 120, 330, -300, -240, 14 * 60, -11 * 60])
}

proptest! {
    #[test]
    fn whatever_clock_and_zone_do_grants_are_labels_and_nothing_is_lost(
        steps in prop::collection::vec((0..3_usize, 0..4_usize, any_offset(), prop_oneof![
            8 => 0..2 * DAY_MS,
            1 => Just(-DAY_MS),
            1 => Just(10 * YEAR_MS),
            1 => Just(-10 * YEAR_MS),
        ]), 1..40),
    ) {
        let mut learner = Learner::new();
        for (index, rating, utc_offset_min, later_ms) in steps {
            learner.now = Now { utc_ms: learner.now.utc_ms + later_ms, utc_offset_min };
            let card = cards(3)[index];
            let label = preview(&learner.state, card, learner.now)[rating];
            let before = learner.state.card(card).cloned().unwrap_or_default();
            let today = StudyDay::at(learner.now, 4);
            let event = learner.grade(card, Rating::ALL[rating]).remove(0);
            let review = event.review().unwrap();
            prop_assert_eq!(review.due, Some(label.due));
            prop_assert_eq!(event.study_day, today);
            match (label.due, label.interval) {
                (Due::Day(day), Interval::Days(days)) => prop_assert_eq!(day, today.plus(days)),
                (Due::At { utc_ms }, Interval::Minutes(min)) => {
                    prop_assert_eq!(utc_ms, learner.now.utc_ms + i64::from(min) * MINUTE_MS);
                }
                (Due::Day(day), Interval::Minutes(_)) => prop_assert_eq!(day, today.plus(1)),
                (due, interval) => prop_assert!(false, "{due:?} {interval:?}"),
            }
            prop_assert!(before.elapsed_days(today) <= 40_000, "never negative as u32");
            let memory = learner.card(card).memory.unwrap();
            prop_assert!(memory.stability.is_finite() && memory.stability > 0.0);
        }
        let order: Vec<u32> = learner.state.events().map(|event| event.id.seq).collect();
        prop_assert!(order.is_sorted());
        prop_assert_eq!(order.len(), learner.log.len());
        let replayed = State::replay(learner.state.author(), learner.log.clone());
        prop_assert_eq!(view(&replayed), view(&learner.state));
    }
}

#[test]
fn a_night_of_23_or_25_hours_and_a_flight_round_the_world_are_one_day_each() {
    // UTC+1 to UTC+2 in the night, back again, then UTC+14 and UTC-11.
    for (before_min, after_min) in [
        (60, 120),
        (120, 60),
        (14 * 60, 14 * 60),
        (-11 * 60, -11 * 60),
    ] {
        let mut learner = Learner::new();
        learner.now = Now {
            utc_offset_min: before_min,
            ..at(0, 9, 0)
        };
        learner.grade(card("a"), Rating::Easy);
        let graded = StudyDay::at(learner.now, 4);
        learner.now = Now {
            utc_offset_min: after_min,
            ..at(1, 9, 0)
        };
        assert_eq!(
            learner
                .card(card("a"))
                .elapsed_days(StudyDay::at(learner.now, 4)),
            1
        );
        assert_eq!(StudyDay::at(learner.now, 4), graded.plus(1));
    }
    // Over the date line the day is one on which something was done already: nothing elapses.
    let mut learner = Learner::new();
    learner.now = Now {
        utc_offset_min: 14 * 60,
        ..at(0, 20, 0)
    };
    learner.grade(card("a"), Rating::Easy);
    let review = learner.log[0].study_day;
    learner.now = Now {
        utc_offset_min: -11 * 60,
        ..at(0, 23, 0)
    };
    assert_eq!(StudyDay::at(learner.now, 4).0, review.0 - 1);
    assert_eq!(
        learner
            .card(card("a"))
            .elapsed_days(StudyDay::at(learner.now, 4)),
        0
    );
    learner.grade(card("a"), Rating::Again);
    assert_eq!(learner.log[1].review().unwrap().phase, Phase::Review);
    assert_eq!(clock_trouble(&learner.state, learner.now), None);
}
