//! Any bytes are a folder of notes, settings and images: the byte 0xff, which no text has, stands
//! between files, and the first byte of a file says what it is.
#![no_main]

use deck::{Content, Folder, Note, SettingsFile};
use deck_fuzz::{check, settings};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some((settings, bytes)) = settings(input) else {
        return;
    };
    let mut folder = Folder::default();
    for (index, file) in bytes.split(|byte| *byte == 0xff).enumerate() {
        if let Some((kind, bytes)) = file.split_first() {
            add(&mut folder, index, *kind, bytes.to_vec());
        }
    }
    folder.notes.sort_by(|a, b| a.path.cmp(&b.path));
    folder.settings.sort_by(|a, b| a.path.cmp(&b.path));
    folder.settings.dedup_by(|a, b| a.path == b.path);
    check(&folder, &settings);
});

fn add(folder: &mut Folder, index: usize, kind: u8, bytes: Vec<u8>) {
    let place = if kind & 8 == 0 { "" } else { "b/" };
    match kind & 3 {
        0 | 1 => folder.notes.push(Note {
            path: format!("{place}{index}.md"),
            bytes,
        }),
        2 => folder.settings.push(SettingsFile {
            path: format!("{place}quire.toml"),
            bytes,
        }),
        _ => {
            let ending = ["png", "svg", "jpg", "gif"][usize::from(kind >> 4 & 3)];
            let content = Content::InMemory(bytes);
            folder.others.insert(format!("{place}{index}.{ending}"), content);
        }
    }
}
