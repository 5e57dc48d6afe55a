//! The compiler: notes to decks, cards and parts, and every problem on the way.
//!
//! A note goes one way: bytes → `source` → `frontmatter` → `markdown` (events) → `checks` and
//! `outline` (cards) → `parts` → `render` and `text` → `output`. What is wrong with a note is
//! gathered on the way; nothing stops at the first problem.

mod folder;
mod output;
mod problem;

mod note;

mod source;

mod frontmatter;

mod markdown;

mod checks;
mod outline;
mod parts;

mod highlight;
mod html;
mod render;
mod sanitise;
mod text;

pub mod identity;
pub mod normalise;

mod encode;

pub use folder::{Note, ReadError, read_notes};
pub use output::{Card, Compiled, Deck, Part, PartKind};
pub use problem::{Problem, Severity};

use identity::CardIds;

/// What may be chosen about the compiling of notes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Options {
    /// The labels that make a leading part the prompt. Case and the kind of apostrophe do not
    /// count.
    pub prompts: Vec<String>,
}

impl Default for Options {
    fn default() -> Options {
        let prompts = [
            "What they're really asking",
            "What they are really asking",
            "What they're asking",
            "What is really being asked",
            "What's really being asked",
        ];
        Options {
            prompts: prompts.map(String::from).to_vec(),
        }
    }
}

/// Compiles notes to decks. It never fails: what is wrong with a note is a [`Problem`].
///
/// Ids are given in the order of the notes, so notes should be sorted by path, as
/// [`read_notes`] returns them.
pub fn compile(notes: &[Note], options: &Options) -> Compiled {
    let mut ids = CardIds::default();
    let mut compiled = Compiled {
        decks: Vec::new(),
        problems: Vec::new(),
    };
    for note in notes {
        let (deck, problems) = note::compile_note(note, options, &mut ids);
        compiled.decks.extend(deck);
        compiled.problems.extend(problems);
    }
    compiled
}
