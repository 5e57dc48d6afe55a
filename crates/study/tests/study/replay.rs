//! Live state equals replay, in whatever order the events arrive.

use crate::helper::{Learner, author, card, cards, grade, view};
use deck::PartId;
use proptest::prelude::*;
use study::{
    Action, Asked, DAY_MS, Due, Event, EventId, Extra, Kind, MINUTE_MS, Phase, Rating, Review,
    Scope, SettingsChange, State, StudyDay, Theme, apply, decode_line, encode_line,
};

/// What a learner does next, and how much later.
#[derive(Clone, Debug)]
pub struct Step {
    /// Which of two devices.
    pub device: usize,
    pub later_ms: i64,
    pub action: Action,
}

/// Any action on one of four cards.
pub fn any_action() -> impl Strategy<Value = Action> {
    let any_card = || (0..4_usize).prop_map(|index| cards(4)[index]);
    let scope = prop_oneof![
        Just(Scope::Tag("t".into())),
        Just(Scope::Deck("é/b.md".into()))
    ];
    let asked = prop_oneof![Just(Asked::No), Just(Asked::Yes)];
    let reason = prop_oneof![Just(None), Just(Some("\"typo\" \u{1F600}\n".to_owned()))];
    let settings = (1..60_u32, any::<bool>()).prop_map(|(number, is_theme)| SettingsChange {
        new_per_day: Some(number),
        theme: is_theme.then_some(Theme::Dark),
        ..SettingsChange::default()
    });
    prop_oneof![
        8 => (any_card(), 0..4_usize).prop_map(|(card, rating)| any_grade(card, Rating::ALL[rating])),
        1 => any_card().prop_map(Action::Suspend),
        1 => any_card().prop_map(Action::Unsuspend),
        1 => any_card().prop_map(Action::Bury),
        1 => (any_card(), reason).prop_map(|(card, reason)| Action::Flag { card, reason }),
        1 => any_card().prop_map(Action::Reset),
        1 => (any_card(), 20_000..20_090_i32).prop_map(|(card, day)| Action::SetDue {
            card,
            due: Due::Day(StudyDay(day)),
        }),
        1 => (scope, asked).prop_map(|(scope, asked)| Action::SetAside { scope, asked }),
        1 => settings.prop_map(Action::ChangeSettings),
        2 => Just(Action::Undo),
        1 => Just(Action::Redo),
    ]
}

fn any_grade(card: deck::CardId, rating: Rating) -> Action {
    let part = |name: &str| name.parse::<PartId>().unwrap();
    let Action::Grade {
        fingerprint,
        took_ms,
        ..
    } = grade(card, rating)
    else {
        unreachable!("it is a grade");
    };
    Action::Grade {
        card,
        fingerprint,
        rating,
        took_ms,
        got: vec![part("p1"), part("p2")],
        missed: vec![part("p3")],
    }
}

pub fn any_steps() -> impl Strategy<Value = Vec<Step>> {
    let later = prop_oneof![
        4 => 0..30 * MINUTE_MS,
        2 => 0..40 * DAY_MS,
        1 => -3 * DAY_MS..0,
    ];
    let step = (0..2_usize, later, any_action());
    let step = step.prop_map(|(device, later_ms, action)| Step {
        device,
        later_ms,
        action,
    });
    prop::collection::vec(step, 0..50)
}

/// Two devices that learn of each other's events now and then.
pub fn two_devices(steps: &[Step]) -> [Learner; 2] {
    let mut devices = [author("one", "x"), author("two", "y")].map(Learner::of);
    for (index, step) in steps.iter().enumerate() {
        let learner = &mut devices[step.device];
        learner.now.utc_ms += step.later_ms;
        learner.act(step.action.clone());
        if index % 7 == 6 {
            merge(&mut devices);
        }
    }
    merge(&mut devices);
    devices
}

fn merge(devices: &mut [Learner; 2]) {
    for (to, from) in [(0, 1), (1, 0)] {
        for event in devices[from].log.clone() {
            if !devices[to].state.contains(event.id) {
                devices[to].log.push(event.clone());
            }
            apply(&mut devices[to].state, &event);
        }
    }
}

proptest! {
    #[test]
    fn live_state_equals_replay_and_no_order_or_repetition_matters(
        steps in any_steps(),
        seed: u64,
    ) {
        let [one, two] = two_devices(&steps);
        let live = view(&one.state);
        let author = one.state.author();
        let mut log = one.log.clone();
        prop_assert_eq!(&view(&State::replay(author, log.clone())), &live);

        // Repeated, shuffled, and applied one by one as it comes.
        log.extend(two.log.clone());
        let mut random = seed;
        for last in (1..log.len()).rev() {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            log.swap(last, (random >> 33) as usize % (last + 1));
        }
        let mut shuffled = State::new(author);
        for event in &log {
            apply(&mut shuffled, event);
        }
        prop_assert_eq!(&view(&shuffled), &live);
        prop_assert_eq!(shuffled.redoable(), one.state.redoable());
        prop_assert_eq!(view(&State::replay(author, log)), live);
    }

    #[test]
    fn both_devices_see_the_same_cards_after_a_merge(steps in any_steps()) {
        let [one, two] = two_devices(&steps);
        prop_assert_eq!(one.state.event_count(), two.state.event_count());
        // Each device undoes what it did itself: all else is the same.
        let seen_by_one = State::replay(author("three", "z"), one.log);
        let seen_by_two = State::replay(author("three", "z"), two.log);
        prop_assert_eq!(view(&seen_by_one), view(&seen_by_two));
    }

    #[test]
    fn every_event_survives_its_line(steps in any_steps()) {
        for event in &two_devices(&steps)[0].log {
            prop_assert_eq!(&decode_line(&encode_line(event)).unwrap(), event);
        }
    }
}

#[test]
fn new_events_are_later_than_all_known_ones_even_if_the_clock_was_set_back() {
    let mut learner = Learner::new();
    learner.grade(card("a"), Rating::Good);
    learner.now.utc_ms -= 5 * DAY_MS;
    learner.grade(card("a"), Rating::Good);
    learner.grade(card("a"), Rating::Good);
    let clocks: Vec<i64> = learner.log.iter().map(|event| event.hlc_ms).collect();
    assert_eq!(clocks[1..], [clocks[0] + 1, clocks[0] + 2]);
    assert_eq!(learner.log[1].utc_ms, learner.now.utc_ms);
    let seqs: Vec<u32> = learner.log.iter().map(|event| event.id.seq).collect();
    assert_eq!(seqs, [0, 1, 2]);
}

#[test]
fn numbering_goes_on_where_the_log_of_this_page_load_ends() {
    let mut learner = Learner::new();
    learner.grade(card("a"), Rating::Good);
    let mut state = State::replay(learner.state.author(), learner.log.clone());
    let next = study::decide(&state, grade(card("b"), Rating::Good), learner.now);
    assert_eq!(next[0].id.seq, 1);
    apply(&mut state, &next[0]);
    assert_eq!(state.event_count(), 2);
}

#[test]
fn weights_and_settings_move_no_card_that_was_graded_before() {
    let mut learner = Learner::new();
    learner.grade(card("a"), Rating::Easy);
    let before = learner.card(card("a")).clone();
    learner.act(Action::ChangeSettings(SettingsChange {
        desired_retention_percent: Some(80),
        learning_steps_min: Some(vec![3]),
        rollover_hour: Some(0),
        ..SettingsChange::default()
    }));
    assert_eq!(*learner.card(card("a")), before);
    assert_eq!(*learner.reloaded("again").card(card("a")), before);
}

#[test]
fn cram_leaves_the_schedule_alone_and_counts_for_the_day() {
    let mut learner = Learner::new();
    learner.grade(card("a"), Rating::Easy);
    let before = learner.card(card("a")).clone();
    let event = Event {
        id: author("dev", "other").event(0),
        utc_ms: learner.now.utc_ms + 1,
        hlc_ms: learner.now.utc_ms + 1,
        utc_offset_min: 0,
        study_day: StudyDay(20_000),
        kind: Kind::Review(Review {
            card: card("a"),
            fingerprint: 9,
            rating: Rating::Again,
            took_ms: 1_000,
            phase: Phase::Cram,
            got: vec![],
            missed: vec![],
            due: None,
            step: None,
        }),
        extra: Extra::default(),
    };
    assert_eq!(decode_line(&encode_line(&event)), Ok(event.clone()));
    apply(&mut learner.state, &event);
    assert_eq!(*learner.card(card("a")), before);
    let day = learner.state.reviews_on(StudyDay(20_000));
    assert_eq!((day.reviews, day.again, day.new_cards), (2, 1, 1));
    assert_eq!(day.took_ms, 13_000);
}

#[test]
fn an_answer_left_open_over_lunch_counts_for_five_minutes() {
    let mut learner = Learner::new();
    assert_eq!(learner.state.seconds_per_card(), 40.0);
    let Action::Grade {
        card,
        rating,
        got,
        missed,
        fingerprint,
        ..
    } = grade(card("a"), Rating::Good)
    else {
        unreachable!("it is a grade");
    };
    learner.act(Action::Grade {
        card,
        fingerprint,
        rating,
        took_ms: 3_600_000,
        got,
        missed,
    });
    assert_eq!(learner.state.seconds_per_card(), 300.0);
}

#[test]
fn an_undo_may_arrive_before_what_it_undoes() {
    let mut learner = Learner::new();
    learner.grade(card("a"), Rating::Good);
    learner.act(Action::Undo);
    learner.log.reverse();
    let mut late = State::new(learner.state.author());
    for event in &learner.log {
        apply(&mut late, event);
    }
    assert_eq!(view(&late), view(&learner.state));
    assert!(late.card(card("a")).is_none());
}

/// Undo events that no page of Quire writes: name of the undo, what it names, hybrid clock.
#[track_caller]
fn check_without_effect(undos: &[(u32, EventId, i64)]) {
    let mut learner = Learner::new();
    learner.grade(card("a"), Rating::Good);
    let before = view(&learner.state);
    for &(seq, event, hlc_ms) in undos {
        let undo = Event {
            id: author("foe", "z").event(seq),
            utc_ms: hlc_ms,
            hlc_ms,
            utc_offset_min: 0,
            study_day: StudyDay(0),
            kind: Kind::Undo { event },
            extra: Extra::default(),
        };
        apply(&mut learner.state, &undo);
    }
    assert_eq!(view(&learner.state), before);
    assert_eq!(learner.state.event_count(), 1 + undos.len());
    let replayed = State::replay(learner.state.author(), learner.state.events().cloned());
    assert_eq!(view(&replayed), before);
}

#[test]
fn an_undo_of_a_later_event_of_itself_or_in_a_circle_has_no_effect() {
    let foe = author("foe", "z");
    let graded = author("dev", "load").event(0);
    check_without_effect(&[(0, graded, 8)]);
    check_without_effect(&[(0, foe.event(0), 8)]);
    check_without_effect(&[(0, foe.event(1), 8), (1, foe.event(0), 9)]);
    check_without_effect(&[(1, foe.event(0), 9), (0, foe.event(1), 8)]);
}
