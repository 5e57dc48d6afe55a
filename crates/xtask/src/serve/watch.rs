//! `serve --watch`: what is saved is shown. Notes are compiled here and asked for by the page, so
//! that a note is seen at once; Trunk builds the app anew only when its sources change.

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use deck::Compiled;

use super::changes::Changes;
use super::live::{Live, Taken};
use crate::build::{self, Plan};
use crate::content::{self, Begin};
use crate::setup::Tools;
use crate::{process, workspace};

/// Tells build.rs to leave the notes out, and the last step of a build to leave the service worker
/// out and to put the script in that reloads the page.
pub const VARIABLE: &str = "QUIRE_WATCH";

/// How long between two looks at the files.
const PAUSE: Duration = Duration::from_millis(150);

/// What the app is built from. Not the whole workspace: what a build itself writes must not start
/// the next one.
const SOURCES: &[&str] = &[
    "src",
    "crates/deck/src",
    "crates/study/src",
    "crates/transfer/src",
    "public",
    "index.html",
    "build.rs",
];

/// The first build. An app that cannot be built ends the command; notes with errors do not, since
/// they are being written.
pub fn build(plan: &Plan, tools: &Tools) -> Result<Live> {
    let live = Live::default();
    show_notes(plan, &live)?;
    process::run(&mut trunk(plan, tools)?)?;
    live.take_app(Ok(()));
    Ok(live)
}

/// Watches until the process ends.
pub fn spawn(plan: Plan, tools: Tools, live: Live) {
    // From here on, not from the first look on: nothing that is saved meanwhile is missed.
    let mut notes = Changes::of([plan.content.folder.clone()]);
    let root = workspace::root();
    let mut sources = Changes::of(SOURCES.iter().map(|name| root.join(name)));
    println!("Watching notes and sources: save a note, and the page shows it.");
    thread::spawn(move || {
        loop {
            thread::sleep(PAUSE);
            if notes.any()
                && let Err(error) = show_notes(&plan, &live)
            {
                eprintln!("error: {error:#}");
            }
            if sources.any() {
                show_app(&plan, &tools, &live);
            }
        }
    });
}

fn show_notes(plan: &Plan, live: &Live) -> Result<()> {
    let start = Instant::now();
    let compiled = content::compiled(&plan.content.folder, Begin::Nothing)?;
    let taken = live.take_notes(&compiled);
    for problem in &compiled.problems {
        eprintln!("{problem}");
    }
    println!("{}", told(&compiled, taken, start.elapsed()));
    Ok(())
}

fn told(compiled: &Compiled, taken: Taken, took: Duration) -> String {
    let cards: usize = compiled.decks.iter().map(|deck| deck.cards.len()).sum();
    let took = format!(
        "{cards} cards of {} notes, {} ms",
        compiled.decks.len(),
        took.as_millis()
    );
    match taken {
        Taken::Shown => format!("Compiled {took}"),
        Taken::Refused => format!("The notes have errors, so what was shown stays ({took})"),
    }
}

fn show_app(plan: &Plan, tools: &Tools, live: &Live) {
    println!("Building the app anew …");
    let built = trunk(plan, tools).and_then(|mut trunk| process::run(&mut trunk));
    if let Err(error) = &built {
        eprintln!("error: {error:#}");
    }
    live.take_app(built.map_err(|error| error.to_string()));
}

fn trunk(plan: &Plan, tools: &Tools) -> Result<Command> {
    let mut trunk = build::checked_trunk("build", plan, tools)?;
    trunk.env(VARIABLE, "1");
    Ok(trunk)
}
