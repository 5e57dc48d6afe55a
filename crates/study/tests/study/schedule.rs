//! What each rating grants.

use crate::helper::{DAY, Learner, at, card, cards};
use study::{
    Action, Due, Fuzz, Grant, Interval, MINUTE_MS, Now, Rating, SettingsChange, Stage, StudyDay,
    preview,
};

use Rating::{Again, Easy, Good, Hard};

/// Grants as the labels of four buttons: `1m 6m 10m 8d`.
fn labels(grants: [Grant; 4]) -> String {
    let label = |grant: Grant| match grant.interval {
        Interval::Minutes(minutes) => format!("{minutes}m"),
        Interval::Days(days) => format!("{days}d"),
    };
    grants.map(label).join(" ")
}

fn no_fuzz() -> SettingsChange {
    SettingsChange {
        fuzz: Some(Fuzz::Off),
        ..SettingsChange::default()
    }
}

/// What the buttons say, by the formulas of FSRS worked out apart from this crate, after these grades of a new card, each given when its card is due.
#[track_caller]
fn check(change: SettingsChange, grades: &[Rating], expected: &str) {
    let mut learner = Learner::with(change);
    let id = card("a");
    for &rating in grades {
        learner.grade(id, rating);
        learner.now = match learner.card(id).due.unwrap() {
            Due::At { utc_ms } => Now {
                utc_ms,
                ..learner.now
            },
            Due::Day(day) => at(day.0 - DAY, 12, 0),
        };
    }
    let grants = preview(&learner.state, id, learner.now);
    assert_eq!(labels(grants), expected, "after {grades:?}");
}

#[test]
fn a_new_card_takes_its_steps_and_graduates_by_fsrs() {
    check(no_fuzz(), &[], "1m 6m 10m 8d");
    check(no_fuzz(), &[Again], "1m 6m 10m 1d");
    check(no_fuzz(), &[Hard], "1m 6m 10m 2d");
    check(no_fuzz(), &[Good], "1m 10m 2d 4d");
    check(no_fuzz(), &[Good, Hard], "1m 10m 2d 4d");
    check(no_fuzz(), &[Good, Again], "1m 6m 10m 1d");
}

#[test]
fn a_known_card_gets_growing_intervals_and_a_lapse_its_own_step() {
    check(no_fuzz(), &[Easy], "10m 27d 39d 66d");
    check(no_fuzz(), &[Good, Good], "10m 8d 11d 19d");
    check(no_fuzz(), &[Good, Good, Again], "10m 15m 1d 2d");
    check(no_fuzz(), &[Good, Good, Again, Hard], "10m 15m 1d 2d");
}

#[test]
fn without_steps_fsrs_grants_days_that_still_grow_with_the_rating() {
    let change = SettingsChange {
        learning_steps_min: Some(vec![]),
        relearning_steps_min: Some(vec![]),
        ..no_fuzz()
    };
    check(change.clone(), &[], "1d 2d 3d 8d");
    check(change, &[Good], "1d 9d 14d 24d");
}

#[test]
fn steps_of_the_settings_are_used_even_when_there_are_fewer_than_before() {
    let steps = |steps: &[u32]| SettingsChange {
        learning_steps_min: Some(steps.to_vec()),
        ..no_fuzz()
    };
    check(steps(&[5]), &[], "5m 8m 2d 8d");
    check(steps(&[2, 7, 30]), &[Good], "2m 7m 30m 4d");
    let mut learner = Learner::with(steps(&[2, 7, 30]));
    learner.grade(card("a"), Good);
    learner.grade(card("a"), Good);
    learner.act(Action::ChangeSettings(steps(&[1, 10])));
    assert_eq!(learner.card(card("a")).stage, Stage::Learn { step: 2 });
    let grants = preview(&learner.state, card("a"), learner.now);
    assert_eq!(labels(grants), "1m 10m 2d 4d");
}

#[test]
fn no_interval_passes_the_maximum() {
    let change = SettingsChange {
        maximum_interval_days: Some(10),
        ..SettingsChange::default()
    };
    check(change, &[Easy], "10m 10d 10d 10d");
}

#[test]
fn more_retention_means_shorter_intervals() {
    let retention = |percent| SettingsChange {
        desired_retention_percent: Some(percent),
        ..no_fuzz()
    };
    check(retention(97), &[Easy], "10m 3d 4d 6d");
    check(retention(70), &[Easy], "10m 648d 1027d 1825d");
}

#[test]
fn the_labels_are_what_the_answers_grant_and_grow_with_the_rating_for_any_card() {
    for id in cards(200) {
        let mut learner = Learner::new();
        learner.grade(id, Easy);
        for _ in 0..6 {
            let Some(Due::Day(due)) = learner.card(id).due else {
                panic!("the card left its steps");
            };
            learner.now = at(due.0 - DAY, 20, 0);
            let grants = preview(&learner.state, id, learner.now);
            let days = grants.map(|grant| grant.interval);
            let is_growing =
                |pair: &[Interval]| pair[0] < pair[1] || pair == [Interval::Days(1825); 2];
            assert!(days.windows(2).all(is_growing), "{days:?}");
            let events = learner.grade(id, Good);
            let review = events[0].review().unwrap();
            assert_eq!(review.due, Some(grants[Good.index()].due));
            assert_eq!(review.step, grants[Good.index()].step);
        }
    }
}

#[test]
fn cards_learned_together_part_by_fuzz() {
    let mut learner = Learner::new();
    let mut dues = Vec::new();
    for id in cards(60) {
        learner.grade(id, Easy);
        let Some(Due::Day(day)) = learner.card(id).due else {
            panic!("easy graduates");
        };
        dues.push(day.0 - DAY);
    }
    dues.sort_unstable();
    dues.dedup();
    // 8.3 days, spread by 1 + 15 % of 4.5 + 10 % of 1.3.
    assert_eq!(dues, [6, 7, 8, 9, 10]);
}

#[test]
fn fuzz_does_not_shorten_an_interval_that_was_to_grow() {
    for id in cards(100) {
        let mut learner = Learner::new();
        learner.grade(id, Good);
        learner.wait_min(10);
        learner.grade(id, Good);
        for _ in 0..4 {
            let state = learner.card(id).clone();
            let Some(Due::Day(due)) = state.due else {
                panic!("the card left its steps");
            };
            let previous = due.days_since(state.last_review.unwrap().day);
            learner.now = at(due.0 - DAY, 12, 0);
            let grants = preview(&learner.state, id, learner.now);
            let Interval::Days(days) = grants[Good.index()].interval else {
                panic!("good grants days");
            };
            assert!(days > previous, "{days} after {previous}");
            learner.grade(id, Hard);
        }
    }
}

#[test]
fn a_step_that_crosses_the_rollover_is_due_that_day() {
    let mut learner = Learner::new();
    learner.now = at(1, 3, 55);
    learner.grade(card("a"), Good);
    let state = learner.card(card("a"));
    assert_eq!(state.due, Some(Due::Day(StudyDay(DAY + 1))));
    assert_eq!(state.stage, Stage::Learn { step: 1 });

    learner.grade(card("b"), Again);
    let utc_ms = learner.now.utc_ms + MINUTE_MS;
    assert_eq!(learner.card(card("b")).due, Some(Due::At { utc_ms }));
}

#[test]
fn a_lapse_is_forgetting_a_card_that_had_left_the_steps_and_eight_make_a_leech() {
    let mut learner = Learner::new();
    let id = card("a");
    learner.grade(id, Again);
    learner.grade(id, Again);
    learner.grade(id, Easy);
    assert_eq!(learner.card(id).lapses, 0);
    for lapse in 1..=8 {
        assert!(!learner.card(id).is_leech());
        learner.grade_on(lapse * 30, id, Again);
        learner.grade(id, Again);
        learner.grade(id, Good);
        assert_eq!(learner.card(id).lapses, lapse as u32);
    }
    assert!(learner.card(id).is_leech());
    assert_eq!(learner.card(id).reps, 3 + 8 * 3);
}

#[test]
fn a_clock_that_was_set_back_counts_as_the_same_day() {
    let mut learner = Learner::new();
    learner.grade_on(10, card("a"), Easy);
    learner.grade_on(10, card("b"), Easy);
    learner.grade_on(10, card("a"), Good);
    learner.grade_on(2, card("b"), Good);
    assert_eq!(
        learner.card(card("a")).memory,
        learner.card(card("b")).memory
    );
}

#[test]
fn a_card_whose_day_was_chosen_is_reviewed_like_any_other() {
    let mut learner = Learner::new();
    let id = card("a");
    let due = Due::Day(StudyDay(DAY + 3));
    learner.act(Action::SetDue { card: id, due });
    assert_eq!(learner.card(id).due, Some(due));
    assert_eq!(learner.card(id).stage, Stage::Review);
    learner.grade_on(3, id, Good);
    assert!(learner.card(id).memory.is_some());
    assert_eq!(learner.card(id).stage, Stage::Review);
}

#[test]
fn retrievability_falls_from_one_by_the_stability() {
    let mut learner = Learner::new();
    let id = card("a");
    assert_eq!(learner.state.retrievability(id, StudyDay(DAY)), None);
    learner.grade(id, Easy);
    let recall = |day| {
        learner
            .state
            .retrievability(id, StudyDay(DAY + day))
            .unwrap()
    };
    assert_eq!(recall(0), 1.0);
    assert!((recall(8) - 0.9).abs() < 0.01);
    assert!(recall(100) < recall(8));
}
