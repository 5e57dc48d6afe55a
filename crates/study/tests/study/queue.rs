//! Today's cards in order.

use crate::helper::{DAY, Learner, at, card, cards};
use deck::CardId;
use study::{
    Action, Counts, DAY_MS, Due, MINUTE_MS, Next, Queue, Rating, SettingsChange, StudyDay, queue,
};

use Rating::{Again, Easy, Good};

fn today(learner: &Learner, cards: &[CardId]) -> Queue {
    queue(&learner.state, cards, learner.now)
}

fn next(learner: &Learner, cards: &[CardId]) -> Next {
    today(learner, cards).next(learner.now)
}

fn new_per_day(cards: u32) -> SettingsChange {
    SettingsChange {
        new_per_day: Some(cards),
        ..SettingsChange::default()
    }
}

fn set_due(learner: &mut Learner, card: CardId, day: i32) {
    let due = Due::Day(StudyDay(DAY + day));
    learner.act(Action::SetDue { card, due });
}

#[test]
fn new_cards_come_in_the_order_of_the_notes_up_to_the_limit() {
    let learner = Learner::with(new_per_day(3));
    let cards = cards(5);
    let queue = today(&learner, &cards);
    assert_eq!(queue.new, cards[..3]);
    assert_eq!(queue.new_held_back, 2);
    assert_eq!(queue.next(learner.now), Next::Card(cards[0]));
}

#[test]
fn cards_introduced_today_count_against_the_limit_until_the_rollover() {
    let mut learner = Learner::with(new_per_day(3));
    let cards = cards(9);
    learner.grade(cards[0], Again);
    learner.grade(cards[0], Again);
    learner.grade(cards[1], Easy);
    assert_eq!(today(&learner, &cards).new, cards[2..3]);
    learner.now = at(1, 3, 59);
    assert_eq!(today(&learner, &cards).new, cards[2..3]);
    learner.now = at(1, 4, 0);
    assert_eq!(today(&learner, &cards).new, cards[2..5]);
}

#[test]
fn an_undone_introduction_gives_its_place_back() {
    let mut learner = Learner::with(new_per_day(1));
    let cards = cards(2);
    learner.grade(cards[0], Good);
    assert_eq!(today(&learner, &cards).new, []);
    learner.act(Action::Undo);
    assert_eq!(today(&learner, &cards).new, cards[..1]);
}

#[test]
fn the_longest_overdue_card_comes_first_then_the_order_of_the_notes() {
    let mut learner = Learner::new();
    let cards = cards(4);
    for (index, day) in [(0, 3), (1, 1), (2, 5), (3, 1)] {
        set_due(&mut learner, cards[index], day);
    }
    learner.now = at(3, 12, 0);
    assert_eq!(today(&learner, &cards).due, [cards[1], cards[3], cards[0]]);
}

#[test]
fn steps_come_when_their_time_has_come_before_all_else() {
    let mut learner = Learner::new();
    let cards = cards(4);
    set_due(&mut learner, cards[3], 0);
    learner.grade(cards[0], Good);
    assert_eq!(next(&learner, &cards), Next::Card(cards[3]));
    learner.wait_min(9);
    assert_eq!(next(&learner, &cards), Next::Card(cards[3]));
    learner.wait_min(1);
    assert_eq!(next(&learner, &cards), Next::Card(cards[0]));
}

#[test]
fn when_nothing_else_is_due_steps_are_taken_up_to_twenty_minutes_ahead() {
    let mut learner = Learner::with(SettingsChange {
        learning_steps_min: Some(vec![1, 60]),
        ..SettingsChange::default()
    });
    let cards = cards(1);
    learner.grade(cards[0], Again);
    assert_eq!(next(&learner, &cards), Next::Card(cards[0]));
    learner.grade(cards[0], Good);
    let until_utc_ms = learner.now.utc_ms + 40 * MINUTE_MS;
    assert_eq!(next(&learner, &cards), Next::Wait { until_utc_ms });
    learner.wait_min(39);
    assert_eq!(next(&learner, &cards), Next::Wait { until_utc_ms });
    learner.wait_min(1);
    assert_eq!(next(&learner, &cards), Next::Card(cards[0]));
    learner.grade(cards[0], Good);
    assert_eq!(next(&learner, &cards), Next::Done);
}

#[test]
fn the_card_that_was_just_graded_is_not_asked_twice_in_a_row_if_another_waits() {
    let mut learner = Learner::new();
    let cards = cards(2);
    learner.grade(cards[0], Good);
    learner.grade(cards[1], Again);
    assert_eq!(next(&learner, &cards), Next::Card(cards[0]));
    learner.grade(cards[0], Good);
    assert_eq!(next(&learner, &cards), Next::Card(cards[1]));
}

#[test]
fn suspended_and_buried_cards_are_not_asked() {
    let mut learner = Learner::new();
    let cards = cards(4);
    set_due(&mut learner, cards[0], 0);
    set_due(&mut learner, cards[1], 0);
    learner.act(Action::Suspend(cards[0]));
    learner.act(Action::Bury(cards[1]));
    learner.act(Action::Suspend(cards[2]));
    let queue = today(&learner, &cards);
    assert_eq!((queue.due, queue.new), (vec![], vec![cards[3]]));

    learner.now = at(1, 12, 0);
    assert_eq!(today(&learner, &cards).due, [cards[1]]);
    learner.act(Action::Unsuspend(cards[0]));
    assert_eq!(today(&learner, &cards).due, [cards[0], cards[1]]);
}

#[test]
fn a_step_that_crossed_the_rollover_is_asked_that_day() {
    let mut learner = Learner::new();
    let cards = cards(1);
    learner.now = at(1, 3, 55);
    learner.grade(cards[0], Good);
    assert_eq!(next(&learner, &cards), Next::Done);
    learner.now = at(1, 4, 0);
    assert_eq!(next(&learner, &cards), Next::Card(cards[0]));
}

#[test]
fn counts_are_those_of_the_lists() {
    let mut learner = Learner::with(new_per_day(3));
    let cards = cards(9);
    set_due(&mut learner, cards[0], 0);
    learner.grade(cards[1], Good);
    let counts = today(&learner, &cards).counts();
    let expected = Counts {
        learning: 1,
        due: 1,
        new: 2,
    };
    assert_eq!(counts, expected);
    assert_eq!(counts.total(), 4);
}

#[test]
fn cards_that_the_deck_lacks_or_the_learner_filtered_out_are_not_asked() {
    let mut learner = Learner::new();
    learner.grade(card("gone"), Again);
    assert_eq!(next(&learner, &[]), Next::Done);
    assert_eq!(next(&learner, &[card("kept")]), Next::Card(card("kept")));
}

#[test]
fn a_clock_set_back_by_a_day_leaves_tomorrows_steps_for_tomorrow() {
    let mut learner = Learner::new();
    let cards = cards(1);
    learner.grade(cards[0], Good);
    learner.now.utc_ms -= DAY_MS;
    assert_eq!(next(&learner, &cards), Next::Done);
}
