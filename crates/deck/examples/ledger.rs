//! Prints what settling a ledger costs by the number of cards, of which one in twenty is edited and
//! one note is renamed. Run it with
//! `cargo run --profile bench -p deck --features compile --example ledger [cards]`.

#[path = "../tests/generate/processor.rs"]
mod processor;

use std::time::Duration;

use deck::compile::identity::fingerprint;
use deck::compile::ledger::{Ledger, SeenCard, SeenPart, settle};
use processor::processor_time;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const CARDS_PER_NOTE: usize = 20;
/// One card of so many is edited.
const EDITED: usize = 20;
/// How many words the notes are written with, the first more often than the last.
const WORDS: u64 = 20_000;

fn main() {
    match std::env::args().nth(1) {
        Some(cards) => measure(cards.parse().expect("a number of cards")),
        None => SIZES.iter().for_each(|cards| measure(*cards)),
    }
}

struct Card {
    note: String,
    question: String,
    parts: Vec<String>,
}

fn measure(count: usize) {
    let mut random = Random(count as u64);
    let mut cards: Vec<Card> = (0..count).map(|at| card(at, &mut random)).collect();
    let (starting, first) = timed(|| settle(&Ledger::default(), &seen(&cards)));
    edit(&mut cards, &mut random);
    let shown = seen(&cards);
    let (same, _) = timed(|| settle(&first.ledger, &shown));
    let (writing, text) = timed(|| first.ledger.to_text());
    let (reading, read) = timed(|| text.parse::<Ledger>());
    let read = read.expect("what was written can be read");
    let (settling, settled) = timed(|| settle(&read, &shown));
    let pairs = first.cards.iter().zip(&settled.cards);
    let lost = pairs.filter(|(before, now)| before != now).count();
    let each = |time: Duration| time.as_secs_f64() * 1e6 / count as f64;
    println!(
        "{count:>7} cards, {} bytes a card: settle {settling:.0?} ({:.1} µs a card; again {:.1}), \
         from nothing {:.1}, read {:.1}, write {:.1}; {lost} new ids",
        text.len() / count,
        each(settling),
        each(same),
        each(starting),
        each(reading),
        each(writing),
    );
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = processor_time();
    let result = work();
    (processor_time().saturating_sub(start), result)
}

/// A card with two parts of some sentences.
fn card(at: usize, random: &mut Random) -> Card {
    let part = |random: &mut Random| {
        let words = 12 + random.below(40) as usize;
        random.words(words)
    };
    Card {
        note: format!("area/note-{}.md", at / CARDS_PER_NOTE),
        question: format!("What is {}?", random.words(3)),
        parts: vec![part(random), part(random)],
    }
}

/// One card in twenty has another question and some other words; the first note has another name.
fn edit(cards: &mut [Card], random: &mut Random) {
    for card in cards.iter_mut().step_by(EDITED) {
        card.question = format!("How does {}?", random.words(3));
        let other = random.words(1);
        let words = card.parts[0].split(' ').enumerate();
        let words: Vec<&str> = words
            .map(|(at, word)| if at % 7 == 3 { &other } else { word })
            .collect();
        card.parts[0] = words.join(" ");
    }
    for card in cards.iter_mut().take(CARDS_PER_NOTE) {
        card.note = "renamed.md".to_owned();
    }
}

fn seen(cards: &[Card]) -> Vec<SeenCard<'_>> {
    cards.iter().map(seen_card).collect()
}

fn seen_card(card: &Card) -> SeenCard<'_> {
    let part = |text| SeenPart { label: "", text };
    SeenCard {
        note: &card.note,
        question: &card.question,
        answer: fingerprint(&card.parts.join("\n")),
        parts: card.parts.iter().map(|text| part(text.as_str())).collect(),
    }
}

/// The generator of Lehmer: the same everywhere, and good enough for words.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = (self.0 + 1) * 48_271 % 0x7fff_ffff;
        (self.0 >> 4) % end
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|_| self.word()).collect();
        words.join(" ")
    }

    /// A word; those with small numbers come often.
    fn word(&mut self) -> String {
        let range = 1 + self.below(WORDS);
        let range = 1 + self.below(range);
        format!("w{}", self.below(range))
    }
}
