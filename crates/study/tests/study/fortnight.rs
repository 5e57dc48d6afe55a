//! Two weeks of a learner whose grades come from a seed.

use crate::helper::{Learner, at, cards};
use deck::CardId;
use study::{Action, Next, Rating, SettingsChange, State, queue};

/// Numbers that look random and are the same everywhere (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    fn rating(&mut self) -> Rating {
        match self.roll(10) {
            0 => Rating::Again,
            1 => Rating::Hard,
            9 => Rating::Easy,
            _ => Rating::Good,
        }
    }
}

const CARDS: usize = 60;
const NEW_PER_DAY: u32 = 7;
const DAYS: i32 = 14;
/// A session that takes more answers than this is stuck.
const MANY: usize = 400;

/// Studies all that is due on a day, and returns the cards asked.
fn session(learner: &mut Learner, dice: &mut Dice, cards: &[CardId]) -> Vec<CardId> {
    let mut asked = Vec::new();
    loop {
        let queue = queue(&learner.state, cards, learner.now);
        match queue.next(learner.now) {
            Next::Done => return asked,
            Next::Wait { until_utc_ms } => panic!("stalled until {until_utc_ms} after {asked:?}"),
            Next::Card(card) => {
                let state = learner.state.card(card);
                assert!(
                    state.is_none_or(|card| !card.suspended),
                    "{card} is suspended"
                );
                learner.grade(card, dice.rating());
                learner.now.utc_ms += 20_000 + dice.roll(40_000).cast_signed();
                asked.push(card);
            }
        }
        assert!(
            asked.len() < MANY,
            "the session of {:?} does not end",
            learner.now
        );
    }
}

fn fortnight(seed: u64) -> (Vec<Vec<CardId>>, Learner) {
    let cards = cards(CARDS);
    let mut dice = Dice(seed);
    let mut learner = Learner::with(SettingsChange {
        new_per_day: Some(NEW_PER_DAY),
        ..SettingsChange::default()
    });
    let mut days = Vec::new();
    for day in 0..DAYS {
        learner.now = at(day, 9 + dice.roll(12).cast_signed(), 0);
        let suspended = cards[dice.roll(CARDS as u64) as usize];
        learner.act(Action::Suspend(suspended));
        let buried = cards[dice.roll(CARDS as u64) as usize];
        learner.act(Action::Bury(buried));
        let asked = session(&mut learner, &mut dice, &cards);
        assert!(!asked.contains(&suspended) && !asked.contains(&buried));
        if dice.roll(2) == 0 {
            learner.act(Action::Unsuspend(suspended));
        }
        days.push(asked);
    }
    (days, learner)
}

#[test]
fn no_session_of_a_fortnight_stalls_and_every_limit_holds() {
    for seed in 1..=20 {
        let (days, learner) = fortnight(seed);
        for (day, counts) in learner.state.days() {
            assert!(counts.new_cards <= NEW_PER_DAY, "{day:?}: {counts:?}");
        }
        let introduced: u32 = learner.state.days().map(|(_, day)| day.new_cards).sum();
        assert!(introduced >= 45, "{introduced} cards were introduced");
        assert!(
            days[0].len() >= 2 * NEW_PER_DAY as usize - 2,
            "{:?}",
            days[0]
        );
    }
}

#[test]
fn the_same_seed_gives_the_same_days_and_another_seed_others() {
    assert_eq!(fortnight(5).0, fortnight(5).0);
    assert_ne!(fortnight(5).0, fortnight(6).0);
}

#[test]
fn a_fortnight_replays_to_the_same_queue() {
    let (_, learner) = fortnight(9);
    let replayed = State::replay(learner.state.author(), learner.log.clone());
    let (cards, tomorrow) = (cards(CARDS), at(DAYS, 12, 0));
    let live = queue(&learner.state, &cards, tomorrow);
    assert_eq!(queue(&replayed, &cards, tomorrow), live);
    assert!(live.counts().total() > 0);
}
