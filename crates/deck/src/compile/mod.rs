//! The compiler: notes to decks, cards and parts, and every problem on the way.
//!
//! A note goes one way: bytes → `source` → `frontmatter` and `settings` → `markdown` and `recovery`
//! (events) →
//! `level` (which headings are questions) → `checks` and `outline` (sections) → `readers` (cards) →
//! `parts` → `render` and `text` → `output`; then `links` joins the notes. What is wrong with a note
//! is gathered on the way; nothing stops at the first problem.

pub mod codes;
mod folder;
mod output;
mod problem;

mod cache;
mod note;

mod excerpt;
mod findings;
mod source;

mod frontmatter;

mod extensions;
mod markdown;
mod math;
mod recovery;

mod settings;

mod asked;
mod attributes;
mod cells;
mod checks;
mod contents;
mod details;
mod direction;
mod habits;
mod labels;
mod level;
mod lists;
mod outline;
mod outside;
mod parts;
mod readers;
mod references;

mod flatten;
mod images;
mod links;
mod losses;
mod wikilinks;

mod code;
mod highlight;
mod html;
mod render;
mod sanitise;
mod tag_names;
mod text;

mod identify;
pub mod identity;
pub mod normalise;

pub mod ledger;

mod encode;
mod repeats;

pub use cache::Cache;
pub use folder::{Content, Folder, Note, ReadError, SettingsFile, read_folder};
pub use images::Image;
pub use output::{Card, Compiled, Deck, Part, PartKind};
pub use problem::{Other, Problem, Severity};
pub use settings::{Convention, Level, Settings};

use identify::identify;
use note::{CompiledNote, compile_note};
use rayon::prelude::*;
use settings::{Chosen, FolderSettings};

/// Compiles the notes of a folder to decks. It never fails: what is wrong with a note is a
/// [`Problem`]. `defaults` hold where neither a `quire.toml` nor a note says otherwise.
///
/// Ids are given in the order of the notes, so notes should be sorted by path, as
/// [`read_folder`] returns them.
pub fn compile(folder: &Folder, defaults: &Settings) -> Compiled {
    compile_each(folder, defaults, compile_note)
}

/// [`compile`], but a note that is in the cache is not compiled again.
pub fn compile_cached(folder: &Folder, defaults: &Settings, cache: &Cache) -> Compiled {
    let compiled = compile_each(folder, defaults, |note, chosen| {
        cache.note(note, chosen, compile_note)
    });
    cache.prune();
    compiled
}

/// Compiles each note by itself, on all processors, and joins them.
fn compile_each(
    folder: &Folder,
    defaults: &Settings,
    compile: impl Fn(&Note, Chosen) -> CompiledNote + Sync,
) -> Compiled {
    let (settings, mut problems) = FolderSettings::read(&folder.settings, &folder.notes);
    let compiled = |note: &Note| compile(note, settings.of_note(&note.path, defaults));
    let mut notes: Vec<CompiledNote> = folder.notes.par_iter().map(compiled).collect();
    let identified = identify(folder.ledger.as_deref(), &mut notes);
    problems.extend(identified.problem);
    let mut compiled = links::join(folder, notes, problems);
    compiled.changes = identified.changes;
    compiled.ledger = identified.ledger;
    repeats::report(folder, &mut compiled);
    compiled
}

/// The HTML of a text as it would stand in an answer, headings and all: the way from Markdown to
/// the page without the rule that makes cards. Tests compare it with other renderers.
#[doc(hidden)]
pub fn render_markdown(text: &str) -> String {
    let source = source::Source::of_text(text);
    let mut findings = source::Findings::new("", &source);
    let pieces = markdown::parse(&source.text, 0, &mut findings);
    render::block_html(&pieces, &mut findings)
}
