//! Prints what compiling costs by the number of cards: time, memory, bytes of the bundle. Run it
//! with `cargo run --profile bench -p deck --features compile --example measure [cards]`. Each
//! size runs in a process of its own, since memory is measured at its peak.

#[path = "../tests/generate/notes.rs"]
mod notes;
#[path = "../tests/generate/processor.rs"]
mod processor;

use std::process::Command;
use std::time::Duration;

use deck::{Folder, Settings};
use processor::processor_time;

const SIZES: [usize; 4] = [100, 1_000, 10_000, 100_000];
const CARDS_PER_NOTE: usize = 10;

fn main() {
    match std::env::args().nth(1) {
        Some(cards) => measure(cards.parse().expect("a number of cards")),
        None => SIZES.iter().for_each(|cards| measure_apart(*cards)),
    }
}

fn measure_apart(cards: usize) {
    let this = std::env::current_exe().expect("a process knows its program");
    let status = Command::new(this).arg(cards.to_string()).status();
    assert!(status.expect("it was started once already").success());
}

fn measure(cards: usize) {
    let notes = notes::notes(cards / CARDS_PER_NOTE, CARDS_PER_NOTE);
    let source: usize = notes.iter().map(|note| note.bytes.len()).sum();
    let folder = Folder::of_notes(notes);
    let before_kb = peak_kb();
    let (compiling, compiled) = timed(|| deck::compile(&folder, &Settings::default()));
    let compiled_kb = peak_kb();
    let (encoding, bytes) = timed(|| compiled.to_bytes());
    let found: usize = compiled.decks.iter().map(|deck| deck.cards.len()).sum();
    assert_eq!((found, compiled.problems.len()), (cards, 0));
    println!(
        "{cards:>7} cards of {} bytes: compile {compiling:.0?} ({:.1} µs a card, {:.2} MB/s), \
         encode {encoding:.0?}, bundle {} bytes a card, peak {} MB ({:.1} KB a card for decks, \
         {:.1} KB for encoding)",
        source / cards,
        compiling.as_secs_f64() * 1e6 / cards as f64,
        source as f64 / 1e6 / compiling.as_secs_f64(),
        bytes.len() / cards,
        peak_kb() / 1024,
        (compiled_kb - before_kb) as f64 / cards as f64,
        (peak_kb() - compiled_kb) as f64 / cards as f64,
    );
}

/// The most memory that this process ever held at once, where the system tells.
fn peak_kb() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = processor_time();
    let result = work();
    (processor_time().saturating_sub(start), result)
}
