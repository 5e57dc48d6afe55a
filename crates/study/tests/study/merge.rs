//! Merging logs, those that contradict each other included.

use crate::helper::{Learner, author, card, cards, view};
use crate::replay::{any_steps, two_devices};
use proptest::prelude::*;
use proptest::sample::Index;
use study::{
    Author, DAY_MS, Event, Kind, Rating, State, StudyDay, apply, decode_line, encode_line,
};

/// Another event of the same id.
fn contradiction(event: &Event, how: u8) -> Event {
    let mut other = event.clone();
    match how % 4 {
        0 => other.utc_ms -= 1,
        1 => other.hlc_ms += 3 * DAY_MS,
        2 => other.kind = Kind::Suspend { card: cards(4)[1] },
        _ => {
            other.kind = Kind::Undo {
                event: event.id.author().event(event.id.seq.wrapping_sub(1)),
            }
        }
    }
    other
}

/// The log of two devices with some contradictions, dealt out to three logs.
fn three_logs() -> impl Strategy<Value = [Vec<Event>; 3]> {
    let contradictions = prop::collection::vec((any::<Index>(), any::<u8>()), 0..8);
    let hands = prop::collection::vec(1..8_usize, 1..20);
    (any_steps(), contradictions, hands).prop_map(|(steps, contradictions, hands)| {
        let mut events = two_devices(&steps)[0].log.clone();
        for (index, how) in contradictions {
            if !events.is_empty() {
                let event = contradiction(index.get(&events), how);
                events.insert(index.index(events.len()), event);
            }
        }
        let mut logs = [Vec::new(), Vec::new(), Vec::new()];
        for (place, event) in events.iter().enumerate() {
            let hand = hands[place % hands.len()];
            for (bit, log) in logs.iter_mut().enumerate() {
                if hand >> bit & 1 == 1 {
                    log.push(event.clone());
                }
            }
        }
        logs
    })
}

fn me() -> Author {
    author("one", "z")
}

fn state(log: &[Event]) -> State {
    State::replay(me(), log.to_vec())
}

fn merged(one: &State, other: &State) -> State {
    let mut merged = one.clone();
    merged.merge(other.events().cloned());
    merged
}

#[track_caller]
fn check_same(one: &State, other: &State) {
    assert_eq!(view(one), view(other));
    assert_eq!(one.redoable(), other.redoable());
    assert!(one.events().eq(other.events()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn merging_is_commutative_associative_and_idempotent(logs in three_logs()) {
        let [a, b, c] = logs.each_ref().map(|log| state(log));
        check_same(&merged(&a, &b), &merged(&b, &a));
        check_same(&merged(&merged(&a, &b), &c), &merged(&a, &merged(&b, &c)));
        check_same(&merged(&merged(&a, &b), &b), &merged(&a, &b));
        check_same(&merged(&a, &a), &a);
        check_same(&merged(&merged(&a, &b), &c), &state(&logs.concat()));
    }

    #[test]
    fn contradictions_are_settled_the_same_in_any_order_and_one_by_one(
        logs in three_logs(),
        seed: u64,
    ) {
        let mut events = logs.concat();
        let all = state(&events);
        let mut random = seed;
        for last in (1..events.len()).rev() {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            events.swap(last, (random >> 33) as usize % (last + 1));
        }
        check_same(&state(&events), &all);
        let mut one_by_one = State::new(me());
        for event in &events {
            apply(&mut one_by_one, event);
        }
        check_same(&one_by_one, &all);
    }
}

#[test]
fn of_two_events_of_one_id_the_one_whose_line_sorts_first_counts() {
    let mut learner = Learner::new();
    learner.grade(card("a"), Rating::Good);
    let mut other = learner.log[0].clone();
    other.utc_ms -= 1;
    assert!(encode_line(&other) < encode_line(&learner.log[0]));
    for events in [
        [learner.log[0].clone(), other.clone()],
        [other.clone(), learner.log[0].clone()],
    ] {
        let state = State::replay(me(), events);
        assert_eq!(state.event(other.id), Some(&other));
        assert_eq!(state.event_count(), 1);
    }
    apply(&mut learner.state, &other);
    assert_eq!(learner.state.event(other.id), Some(&other));
    let kept = learner.log[0].clone();
    apply(&mut learner.state, &kept);
    assert_eq!(learner.state.event(other.id), Some(&other));
}

#[test]
fn many_contradictions_and_undos_are_merged_in_the_time_of_a_replay() {
    let template = two_events();
    let mut events = Vec::new();
    for seq in 0..30_000 {
        let mut review = template.0.clone();
        review.id.seq = seq;
        review.hlc_ms -= i64::from(seq);
        let mut undo = template.1.clone();
        undo.id = author("foe", "u").event(seq);
        undo.kind = Kind::Undo { event: review.id };
        undo.hlc_ms += i64::from(seq % 7);
        events.extend([contradiction(&review, 0), review, undo]);
    }
    // Quadratic in any of these, it would take hours: all reviews are of one card.
    let mut state = State::new(me());
    state.merge(events.iter().step_by(2).cloned());
    state.merge(events.iter().cloned());
    assert_eq!(state.event_count(), 60_000);
    assert!(state.card(card("a")).is_none());
}

fn two_events() -> (Event, Event) {
    let mut learner = Learner::of(author("dev", "x"));
    learner.grade(card("a"), Rating::Good);
    learner.act(study::Action::Undo);
    (learner.log[0].clone(), learner.log[1].clone())
}

#[test]
fn what_repeats_the_name_of_a_known_field_says_nothing() {
    let sealed = |object: &str| format!("{object}{:08x}", crc32fast::hash(object.as_bytes()));
    let object = r#"{"i":"a.b.0","t":5,"h":5,"d":7,"k":"reset","c":"x","h":9,"z":1,"d":8,"z":2}"#;
    let event = decode_line(&sealed(object)).unwrap();
    assert_eq!((event.hlc_ms, event.study_day), (5, StudyDay(7)));
    assert_eq!(event.extra.0.len(), 2);
    assert_eq!(decode_line(&encode_line(&event)), Ok(event));
}

#[test]
fn two_lines_of_one_event_are_one_event_whatever_their_escapes() {
    let sealed = |object: &str| format!("{object}{:08x}", crc32fast::hash(object.as_bytes()));
    let plain = decode_line(&sealed(r#"{"i":"a.b.0","t":5,"k":"x","é":"ü"}"#));
    let escaped = decode_line(&sealed(r#"{"i":"a.b.0","t":5,"k":"x","\u00e9":"\u00fc"}"#));
    assert_eq!(plain, escaped);
    assert!(plain.is_ok());
}

#[test]
fn a_line_break_inside_of_an_unknown_value_does_not_break_the_line() {
    let sealed = |object: &str| format!("{object}{:08x}", crc32fast::hash(object.as_bytes()));
    let event = decode_line(&sealed("{\"i\":\"a.b.0\",\"t\":5,\"z\":[1,\r\n2]}")).unwrap();
    assert!(!encode_line(&event).contains(['\n', '\r']));
    assert_eq!(decode_line(&encode_line(&event)), Ok(event));
}
