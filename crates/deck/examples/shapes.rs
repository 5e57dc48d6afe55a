//! Compiles texts that are hard on a compiler, each in two sizes, and prints how the time grows:
//! 4 for four times the text is linear, 16 is quadratic. Run it with
//! `cargo run --profile bench -p deck --features compile --example shapes [size in KB] [name] [all]`: with
//! `all`, by all conventions instead of by headings.

#[path = "../tests/generate/processor.rs"]
mod processor;
#[path = "../tests/generate/shapes.rs"]
mod shapes;

use std::thread;
use std::time::Duration;

use deck::compile::Convention;
use deck::{Folder, Note, Settings};
use processor::processor_time;

/// How much longer the second text is.
const TIMES: usize = 4;
/// What a thread has by default, so that a recursion without a limit shows.
const STACK_BYTES: usize = 2 << 20;
const SLOW: Duration = Duration::from_secs(2);

fn main() {
    let mut arguments = std::env::args().skip(1);
    let size_kb: usize = arguments
        .next()
        .map_or(1024, |size| size.parse().expect("a size in KB"));
    let name = arguments.next().unwrap_or_default();
    let settings = match arguments.next() {
        Some(_) => all_conventions(),
        None => Settings::default(),
    };
    println!(
        "{:<32} {:>9} {:>9} {:>6}",
        "shape", "a quarter", "whole", "growth"
    );
    let mut slow = 0;
    for (shape, text) in shapes::shapes() {
        if !shape.contains(&name) {
            continue;
        }
        let size = size_kb * 1024;
        let quarter = compile(text(size / TIMES), settings.clone());
        let whole = compile(text(size), settings.clone());
        let growth = whole.as_secs_f64() / quarter.as_secs_f64();
        let mark = if whole > SLOW { " SLOW" } else { "" };
        slow += usize::from(whole > SLOW);
        println!("{shape:<32} {quarter:>9.1?} {whole:>9.1?} {growth:>6.1}{mark}");
    }
    println!("{slow} slower than {SLOW:?}");
}

/// The time of the processor for the text below a question.
fn compile(text: String, settings: Settings) -> Duration {
    let begins = text.starts_with("---\n");
    let text = if begins {
        text
    } else {
        format!("## Q\n\n{text}")
    };
    let note = Note {
        path: "note.md".to_owned(),
        bytes: text.into_bytes(),
    };
    let folder = Folder::of_notes([note]);
    let work = move || {
        let start = processor_time();
        let compiled = deck::compile(&folder, &settings);
        std::hint::black_box(compiled.to_bytes());
        processor_time().saturating_sub(start)
    };
    let thread = thread::Builder::new().stack_size(STACK_BYTES).spawn(work);
    thread
        .expect("a thread starts")
        .join()
        .expect("it compiles")
}

fn all_conventions() -> Settings {
    Settings {
        cards: Convention::ALL.map(|(_, convention)| convention).to_vec(),
        ..Settings::default()
    }
}
