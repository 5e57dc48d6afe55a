//! Prints what the log costs: bytes a review, time of a replay, and time of a grade by the length
//! of the log. Run it with `cargo run --release -p study --example measure`.

use deck::CardId;
use std::hint::black_box;
use std::time::{Duration, Instant};
use study::{
    Action, Author, DAY_MS, DeviceId, Event, LoadId, Now, Rating, State, apply, decide,
    decode_line, encode_line, queue,
};

/// Cards that a log of that many reviews is about.
const REVIEWS_PER_CARD: usize = 10;
const GRADES: usize = 200;
const RUNS: u32 = 7;

fn main() {
    for reviews in [1_000, 10_000, 200_000] {
        replay(reviews);
    }
    for reviews in [10, 10_000, 200_000] {
        grade(reviews);
    }
}

fn replay(reviews: usize) {
    let (state, now) = learner(reviews);
    let lines: Vec<String> = state.events().map(encode_line).collect();
    let bytes: usize = lines.iter().map(|line| line.len() + 1).sum();
    let decode = |_| -> Vec<Event> {
        let events = lines.iter().map(|line| decode_line(line));
        events
            .map(|event| event.expect("it was just encoded"))
            .collect()
    };
    let decoding = best(|| (), decode);
    let replaying = best(
        || decode(()),
        |events| State::replay(state.author(), events),
    );
    let cards: Vec<CardId> = state.cards().map(|(id, _)| id).collect();
    let queueing = best(|| (), |()| queue(&state, &cards, now));
    println!(
        "{reviews:>7} reviews: {} bytes a review, decoding {decoding:.1?}, replay {replaying:.1?}, queue of {} cards {queueing:.1?}",
        bytes / reviews,
        cards.len(),
    );
}

/// The median of grades, each undone, on top of a log.
fn grade(reviews: usize) {
    let (mut state, now) = learner(reviews);
    let mut grades = Vec::new();
    let mut undos = Vec::new();
    for index in 0..GRADES {
        let (time, ()) = timed(|| act(&mut state, grade_of(index % 7), now));
        grades.push(time);
        let (time, ()) = timed(|| act(&mut state, Action::Undo, now));
        undos.push(time);
    }
    println!(
        "{reviews:>7} reviews before: grade {:.1?}, undo {:.1?} (medians, line encoded)",
        median(grades),
        median(undos)
    );
}

fn act(state: &mut State, action: Action, now: Now) {
    for event in decide(state, action, now) {
        black_box(encode_line(&event));
        apply(state, &event);
    }
}

/// A log in which each card comes every few days.
fn learner(reviews: usize) -> (State, Now) {
    let mut state = State::new(Author {
        device: DeviceId::from_random(0x0123_4567_89ab_cdef),
        load: LoadId::from_start(1_700_000_000_000, 12_345),
    });
    let mut now = Now {
        utc_ms: 1_700_000_000_000,
        utc_offset_min: 60,
    };
    let cards = reviews.div_ceil(REVIEWS_PER_CARD);
    let between_ms = 7 * DAY_MS / cards as i64;
    for index in 0..reviews {
        now.utc_ms += between_ms + (index % 997) as i64;
        act(&mut state, grade_of(index % cards), now);
    }
    (state, now)
}

fn grade_of(card: usize) -> Action {
    Action::Grade {
        card: format!("k7q2m{card:05}").parse().expect("it is a card id"),
        fingerprint: 3_123_456_789,
        rating: match card % 10 {
            0 => Rating::Again,
            1 => Rating::Hard,
            9 => Rating::Easy,
            _ => Rating::Good,
        },
        took_ms: 23_456,
        got: Vec::new(),
        missed: Vec::new(),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the clock of the measurement"
)]
fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed(), result)
}

/// The shortest of several runs: other work on the machine only ever makes a run longer.
fn best<I, O>(input: impl Fn() -> I, work: impl Fn(I) -> O) -> Duration {
    let run = |_| {
        let input = input();
        timed(|| black_box(work(input))).0
    };
    (0..RUNS).map(run).min().expect("there are runs")
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
