//! Any bytes are a note: it compiles by any conventions, reads back, and its HTML does nothing.
#![no_main]

use deck::{Folder, Note};
use deck_fuzz::{check, settings};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some((settings, bytes)) = settings(input) else {
        return;
    };
    let note = Note {
        path: "note.md".to_owned(),
        bytes: bytes.to_vec(),
    };
    check(&Folder::of_notes([note]), &settings);
});
