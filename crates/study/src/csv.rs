//! Reviews as CSV, in the shape that the Python package `fsrs-optimizer` reads.

use crate::card::CardState;
use crate::event::{Event, Kind, Phase};
use crate::state::State;
use deck::CardId;
use std::fmt::Write;

const HEADER: &str = "card_id,review_time,review_rating,review_state,review_duration\n";
/// The characters of a card id.
const ALPHABET: &[u8; 37] = b"-0123456789abcdefghijklmnopqrstuvwxyz";

/// The reviews that count, by card and then by time: card as a number, UTC ms, rating 1 to 4,
/// state before (0 new, 1 learning, 2 review, 3 relearning), ms. As Anki does it, practice that
/// moved no card and what came before a reset are left out: they say nothing of the memory that
/// the card has now.
pub fn reviews_csv(state: &State) -> String {
    let mut csv = HEADER.to_owned();
    for (id, _) in state.cards() {
        let course = state.course(id);
        let is_reset = |(event, _): &(&Event, CardState)| matches!(event.kind, Kind::Reset { .. });
        let start = course.iter().rposition(is_reset).unwrap_or(0);
        let card = number(id);
        for (event, before) in &course[start..] {
            push_row(&mut csv, card, event, before);
        }
    }
    csv
}

fn push_row(csv: &mut String, card: u64, event: &Event, before: &CardState) {
    let Some(review) = event.review() else {
        return;
    };
    let state = match review.phase {
        Phase::Cram => return,
        _ if before.reps == 0 => 0,
        Phase::Learn => 1,
        Phase::Review => 2,
        Phase::Relearn => 3,
    };
    let (utc_ms, rating, took_ms) = (event.utc_ms, review.rating.number(), review.took_ms);
    writeln!(csv, "{card},{utc_ms},{rating},{state},{took_ms}").expect("a string takes every text");
}

/// The card as a whole number that fits into 63 bits: its id read as a number of base 37. Ids of
/// up to 12 characters, and those of the ledger have ten, never share one.
fn number(id: CardId) -> u64 {
    let digit = |byte| ALPHABET.iter().position(|&char| char == byte).unwrap_or(0);
    let digits = id.as_str().bytes().map(digit);
    let number = digits.fold(0_u64, |number, digit| {
        number.wrapping_mul(37).wrapping_add(digit as u64)
    });
    number & (u64::MAX >> 1)
}
