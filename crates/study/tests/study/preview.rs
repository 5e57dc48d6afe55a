//! What an import or a restore would change.

use crate::helper::{Learner, at, author, card, cards, view};
use crate::replay::{any_steps, two_devices};
use proptest::prelude::*;
use study::{
    Action, Author, BadLine, DAY_MS, Event, Import, LineProblem, Rating, RestorePreview,
    SettingsChange, State, StudyDay, apply, encode_line, events_to_take, export_text, parse_export,
    preview_import, preview_restore, take_back_later,
};

fn import(log: &[Event]) -> Import {
    parse_export(&export_text(log)).unwrap()
}

/// Two devices of three days each, of which the laptop knows two of the phone's.
fn phone_and_laptop() -> (Learner, Learner) {
    let mut phone = Learner::of(author("phone", "a"));
    let mut laptop = Learner::of(author("laptop", "b"));
    phone.act(Action::NameDevice("Pocket".into()));
    for day in 0..3 {
        phone.grade_on(day, card("a"), Rating::Good);
        laptop.grade_on(day, card("b"), Rating::Good);
    }
    phone.act(Action::Suspend(card("gone")));
    laptop.state.merge(phone.log[..2].to_vec());
    (phone, laptop)
}

#[test]
fn an_import_is_counted_before_anything_is_touched() {
    let (phone, laptop) = phone_and_laptop();
    let before = view(&laptop.state);
    let knows = |id| id == card("a") || id == card("b");
    let preview = preview_import(&laptop.state, &import(&phone.log), laptop.now, knows);
    assert_eq!((preview.events, preview.reviews), (5, 3));
    assert_eq!(
        (preview.new_events, preview.new_reviews, preview.known),
        (3, 2, 2)
    );
    assert_eq!(preview.cards_unknown, 1);
    assert_eq!(preview.devices.len(), 1);
    assert_eq!(preview.devices[0].name.as_deref(), Some("Pocket"));
    assert_eq!(preview.first_day, Some(StudyDay(20_000)));
    assert_eq!(preview.last_day, Some(StudyDay(20_002)));
    assert_eq!(
        (preview.contradictions, preview.bad_lines, preview.missing),
        (0, 0, 0)
    );
    assert_eq!(preview.from_future, 0);
    assert_eq!(view(&laptop.state), before);
}

#[test]
fn a_second_import_of_the_same_file_has_nothing_new() {
    let (phone, mut laptop) = phone_and_laptop();
    let file = import(&phone.log);
    let taken = events_to_take(&laptop.state, file.clone());
    assert_eq!(taken.len(), 3);
    laptop.state.merge(taken);
    let preview = preview_import(&laptop.state, &file, laptop.now, |_| true);
    assert_eq!(
        (preview.new_events, preview.known, preview.cards_unknown),
        (0, 5, 0)
    );
    assert_eq!(events_to_take(&laptop.state, file), []);
}

#[test]
fn what_a_truncated_or_damaged_file_lacks_is_counted_and_the_rest_can_be_taken() {
    let (phone, laptop) = phone_and_laptop();
    let text = export_text(&phone.log);
    let cut = parse_export(&text[..text.len() - 30]).unwrap();
    let preview = preview_import(&laptop.state, &cut, laptop.now, |_| true);
    assert_eq!(
        (preview.events, preview.bad_lines, preview.missing),
        (4, 1, 1)
    );
    assert_eq!(cut.bad_lines[0].problem, LineProblem::Bad(BadLine::Damaged));
    assert_eq!(events_to_take(&laptop.state, cut).len(), 2);
}

#[test]
fn events_that_say_something_else_than_the_log_are_counted_and_settled_alike_on_both_sides() {
    let (phone, laptop) = phone_and_laptop();
    let mut forged = phone.log.clone();
    forged[1].utc_ms -= 5;
    let preview = preview_import(&laptop.state, &import(&forged), laptop.now, |_| true);
    assert_eq!(
        (preview.contradictions, preview.new_events, preview.known),
        (1, 3, 1)
    );

    let me = author("me", "x");
    let [mut honest, mut forger] = [&phone.log, &forged].map(|log| State::replay(me, log.clone()));
    honest.merge(events_to_take(&honest, import(&forged)));
    forger.merge(events_to_take(&forger, import(&phone.log)));
    assert!(honest.events().eq(forger.events()));
}

#[test]
fn events_that_are_yet_to_come_are_counted() {
    let (phone, laptop) = phone_and_laptop();
    let mut now = at(1, 12, 0);
    let preview = |now| preview_import(&laptop.state, &import(&phone.log), now, |_| true);
    assert_eq!(preview(now).from_future, 0);
    now.utc_ms -= 1;
    assert_eq!(preview(now).from_future, 2);
    now.utc_ms -= DAY_MS;
    assert_eq!(preview(now).from_future, 3);
}

#[test]
fn an_event_whose_hybrid_clock_alone_is_ahead_is_yet_to_come_too() {
    let (phone, laptop) = phone_and_laptop();
    let mut log = phone.log.clone();
    log[1].hlc_ms = 1 << 53;
    let preview = preview_import(&laptop.state, &import(&log), at(5, 12, 0), |_| true);
    assert_eq!(preview.from_future, 1);
}

/// The state once a backup is restored.
fn restored(state: &State, backup: &[Event], me: Author) -> State {
    let file = import(backup);
    let mut state = State::replay(me, state.events().cloned());
    state.merge(events_to_take(&state, file.clone()));
    for event in take_back_later(&state, &file, at(900, 12, 0)) {
        apply(&mut state, &event);
    }
    state
}

#[test]
fn a_restore_is_counted_and_takes_back_what_came_later_without_removing_it() {
    let (phone, mut laptop) = phone_and_laptop();
    let backup = [&phone.log[..4], &laptop.log[..1]].concat();
    laptop.act(Action::ChangeSettings(SettingsChange {
        new_per_day: Some(5),
        ..SettingsChange::default()
    }));
    let expected = RestorePreview {
        comes_back: 2,
        reviews_back: 2,
        later: 3,
        later_reviews: 2,
    };
    assert_eq!(preview_restore(&laptop.state, &import(&backup)), expected);
    let undone = take_back_later(&laptop.state, &import(&backup), laptop.now);
    let undone: Vec<u32> = undone
        .iter()
        .map(|undo| undo.undoes().unwrap().seq)
        .collect();
    assert_eq!(undone, [3, 2, 1], "newest first");
    let state = restored(&laptop.state, &backup, laptop.state.author());
    assert_eq!(state.event_count(), 6 + 2 + 3);
    assert_eq!(state.settings().new_per_day, 20);
    assert_eq!(state.card(card("b")).unwrap().reps, 1);
    assert_eq!(state.card(card("a")).unwrap().reps, 3);
    // Restored once more, there is nothing left to do.
    assert_eq!(preview_restore(&state, &import(&backup)).later, 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_restore_gives_the_cards_of_the_backup_whatever_was_undone_since(
        steps in any_steps(),
        kept in any::<prop::sample::Index>(),
    ) {
        let [one, two] = two_devices(&steps);
        let kept = kept.index(one.log.len() + 1);
        let mut backup: Vec<Event> = one.state.events().cloned().collect();
        backup.truncate(kept);
        let me = author("me", "x");
        let state = restored(&two.state, &backup, me);
        prop_assert_eq!(view(&State::replay(me, state.events().cloned())), view(&state));
        let then = State::replay(me, backup.clone());
        for id in cards(4) {
            prop_assert_eq!(state.card(id), then.card(id));
        }
        prop_assert!(state.days().eq(then.days()));
        prop_assert_eq!(state.settings(), then.settings());
        prop_assert!(state.set_aside().eq(then.set_aside()));
        // And it can be undone: nothing has left the log.
        for event in two.state.events() {
            prop_assert!(state.contains(event.id));
            prop_assert_eq!(state.event(event.id).map(encode_line), Some(encode_line(event)));
        }
    }
}
