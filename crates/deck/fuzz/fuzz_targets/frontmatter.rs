//! Any bytes between two lines `---`: the note below them has its card.
#![no_main]

use deck::{Folder, Note, Settings};
use deck_fuzz::check;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let note = Note {
        path: "note.md".to_owned(),
        bytes: [b"---\n", input, b"\n---\n\n## a\n\nb\n"].concat(),
    };
    check(&Folder::of_notes([note]), &Settings::default());
});
