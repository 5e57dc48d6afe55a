//! Reviews for `fsrs-optimizer`.

use crate::helper::{Learner, card};
use deck::CardId;
use study::{Action, Event, Kind, Phase, Rating, State, apply, reviews_csv};

#[test]
fn reviews_are_listed_by_card_with_the_state_before_each() {
    let mut learner = Learner::new();
    let [b, a] = ["00000000b", "00000000a"].map(card);
    learner.grade_on(0, b, Rating::Good);
    learner.grade_on(0, a, Rating::Easy);
    learner.wait_min(10);
    learner.grade(b, Rating::Good);
    learner.grade_on(9, a, Rating::Again);
    learner.wait_min(10);
    learner.grade(a, Rating::Hard);
    let day = 86_400_000_i64;
    let noon = 20_000 * day + day / 2;
    // The ids in base 37, where 0 is 1 and a is 11.
    let zeros = (0..8).fold(0_u64, |number, _| number * 37 + 1) * 37;
    let expected = [
        "card_id,review_time,review_rating,review_state,review_duration".to_owned(),
        format!("{},{noon},4,0,12000", zeros + 11),
        format!("{},{},1,2,12000", zeros + 11, noon + 9 * day),
        format!("{},{},2,3,12000", zeros + 11, noon + 9 * day + 600_000),
        format!("{},{noon},3,0,12000", zeros + 12),
        format!("{},{},3,1,12000", zeros + 12, noon + 600_000),
    ];
    assert_eq!(reviews_csv(&learner.state), expected.join("\n") + "\n");
}

#[test]
fn what_is_undone_practice_or_before_a_reset_is_left_out() {
    let mut learner = Learner::new();
    learner.grade_on(0, card("a"), Rating::Good);
    learner.grade_on(1, card("a"), Rating::Good);
    learner.act(Action::Reset(card("a")));
    learner.grade_on(2, card("a"), Rating::Easy);
    learner.grade_on(3, card("a"), Rating::Again);
    learner.act(Action::Undo);
    let mut cram: Event = learner.log[3].clone();
    cram.id = crate::helper::author("dev", "c").event(0);
    cram.hlc_ms += 1;
    if let Kind::Review(review) = &mut cram.kind {
        (review.phase, review.due) = (Phase::Cram, None);
    }
    apply(&mut learner.state, &cram);
    let csv = reviews_csv(&learner.state);
    let rows: Vec<&str> = csv.lines().skip(1).collect();
    assert_eq!(rows, ["11,1728216000000,4,0,12000"]);
    learner.act(Action::Reset(card("a")));
    assert_eq!(reviews_csv(&learner.state).lines().count(), 1);
    let empty = reviews_csv(&State::new(learner.state.author()));
    assert_eq!(empty.lines().count(), 1);
}

#[test]
fn every_card_has_a_number_of_its_own_that_fits_into_63_bits() {
    let number = |id: &str| -> i64 {
        let mut learner = Learner::new();
        learner.grade(id.parse::<CardId>().unwrap(), Rating::Good);
        let csv = reviews_csv(&learner.state);
        let row = csv.lines().nth(1).unwrap();
        row.split(',').next().unwrap().parse().unwrap()
    };
    let ids = [
        "zzzzzzzzzzzz",
        "zzzzzzzzzzzzzzzz",
        "zzzzzzzzzz",
        "k7q2m9x4ab",
        "k7q2m9x4ac",
        "0a",
        "a",
    ];
    let mut numbers: Vec<i64> = ids.iter().map(|id| number(id)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), ids.len());
}
