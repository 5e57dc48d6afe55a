//! Prints what compiling a folder costs again after one note was edited. Run it with
//! `cargo run --profile bench -p deck --features compile --example edit [notes]`, and without the
//! profile for what `cargo xtask` needs.

#[path = "../tests/generate/notes.rs"]
mod notes;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use deck::{Cache, Folder, Settings};

const NOTES: usize = 1_000;
const CARDS_PER_NOTE: usize = 10;

fn main() {
    let count = std::env::args().nth(1);
    let count = count.map_or(NOTES, |count| count.parse().expect("a number of notes"));
    let place = std::env::temp_dir().join(format!("quire-edit-{}", std::process::id()));
    let mut folder = Folder::of_notes(notes::notes(count, CARDS_PER_NOTE));
    let one = Folder::of_notes(folder.notes.first().cloned());
    let alone = timed(&one, &place.join("alone"));
    let all = timed(&folder, &place.join("all"));
    let unchanged = timed(&folder, &place.join("all"));
    folder.notes[count / 2]
        .bytes
        .extend(b"\n\nOne more line.\n");
    let edited = timed(&folder, &place.join("all"));
    println!("{count} notes with {CARDS_PER_NOTE} cards each");
    for (what, time) in [
        ("one note alone", alone),
        ("all notes, nothing kept", all),
        ("all notes, nothing changed", unchanged),
        ("all notes, one edited", edited),
    ] {
        let ratio = time.as_secs_f64() / all.as_secs_f64();
        println!("{what:<28} {time:>10.1?}  {ratio:.3}");
    }
    fs::remove_dir_all(place).expect("it was made above");
}

/// How long it takes to compile a folder with the cache at a place, and to write its bundle.
fn timed(folder: &Folder, place: &Path) -> Duration {
    let start = Instant::now();
    let cache = Cache::in_folder(place).expect("this program is a file");
    let compiled = deck::compile_cached(folder, &Settings::default(), &cache);
    let bytes = compiled.to_bytes();
    assert!(!bytes.is_empty());
    start.elapsed()
}
