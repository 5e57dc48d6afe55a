//! The reviews as a table for other programs, as docs/format.md describes it.

use browser_tests::{Clock, Device, Grade, Learner, Look, Setup, scenario};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

const HEADER: &str = "card_id,review_time,review_rating,review_state,review_duration";

#[test]
fn the_table_has_a_row_for_each_review_that_counts() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Desktop).await;
        studies_through_every_state(&learner).await;
        let events = events_of(&learner).await;
        learner.goes_to("Settings").await;
        let file = learner
            .downloads_by(Look::button("Export reviews as CSV"))
            .await;
        let table = fs::read_to_string(&file).expect("the browser has written it");
        let mut lines = table.lines();
        assert_eq!(lines.next(), Some(HEADER));
        let rows: Vec<Vec<u64>> = lines.map(numbers).collect();
        assert_eq!(sorted(rows.clone()), sorted(expected_rows(&events)));
        let states: BTreeSet<u64> = rows.iter().map(|row| row[3]).collect();
        assert_eq!(states, BTreeSet::from([0, 1, 2, 3]), "{table}");
    });
}

/// One card new, learning, in review and relearning, one that stays in review, and an answer that
/// is taken back.
async fn studies_through_every_state(learner: &Learner) {
    learner.starts_a_session().await;
    learner.answers(Grade::Again).await;
    let third = learner.answers(Grade::Easy).await.next;
    learner.answers(Grade::Hard).await;
    learner.presses("u").await;
    learner.sees_heading(&third).await;
    for (clock, grade) in [
        (Clock::on_day(0, 10), Grade::Easy),
        (Clock::on_day(60, 9), Grade::Again),
        (Clock::on_day(60, 10), Grade::Good),
    ] {
        learner.has_nothing_pending().await;
        learner.lives_on_until(clock).await;
        learner.due_today().await;
        learner.starts_a_session().await;
        learner.answers(grade).await;
    }
    learner.has_nothing_pending().await;
}

/// The events as the log has them.
async fn events_of(learner: &Learner) -> Vec<Value> {
    let lines = learner.log_lines("/").await;
    let event = |line: &String| serde_json::from_str(&line[..line.len() - 8]);
    let events = lines.iter().map(event).collect::<Result<Vec<Value>, _>>();
    events.expect("a line is an object and its checksum")
}

/// What the table has to say of these events.
fn expected_rows(events: &[Value]) -> Vec<Vec<u64>> {
    let undos = events.iter().filter(|event| event["k"] == "undo");
    let undone: Vec<&Value> = undos.map(|undo| &undo["e"]).collect();
    assert_eq!(undone.len(), 1, "one answer was taken back");
    let counts = |event: &&Value| event["k"].is_null() && !undone.contains(&&event["i"]);
    let mut reviews: Vec<&Value> = events.iter().filter(counts).collect();
    reviews.sort_by_key(|review| review["t"].as_u64());
    let mut seen = BTreeMap::new();
    let mut row = |review: &Value| {
        let card = review["c"].as_str().expect("a review is about a card");
        let times = seen.entry(card.to_owned()).or_insert(0);
        *times += 1;
        let state = match (*times, review["p"].as_u64().unwrap_or(1)) {
            (1, _) => 0,
            (_, phase) => phase + 1,
        };
        let number = |name: &str| review[name].as_u64().unwrap_or(0);
        vec![base_37(card), number("t"), number("g"), state, number("m")]
    };
    reviews.into_iter().map(&mut row).collect()
}

/// A card's id as a number: `-` is 0, digits are 1 to 10, letters 11 to 36.
fn base_37(id: &str) -> u64 {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => u64::from(byte - b'0') + 1,
        b'a'..=b'z' => u64::from(byte - b'a') + 11,
        _ => 0,
    };
    id.bytes().fold(0, |number, byte| number * 37 + digit(byte))
}

fn numbers(row: &str) -> Vec<u64> {
    let number = |cell: &str| cell.parse().unwrap_or_else(|_| panic!("{row}"));
    row.split(',').map(number).collect()
}

fn sorted(mut rows: Vec<Vec<u64>>) -> Vec<Vec<u64>> {
    rows.sort();
    rows
}
