//! Notes that have not changed are not compiled again, and nothing else is different.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use deck::{Cache, Compiled, Folder, Note, Settings, SettingsFile, compile, compile_cached};

/// A folder for compiled notes, gone when the test is over.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Scratch {
        let name = format!("quire-cache-{name}-{}", std::process::id());
        Scratch(std::env::temp_dir().join(name))
    }

    fn compile(&self, folder: &Folder) -> Compiled {
        let cache = Cache::in_folder(&self.0).expect("this program is a file");
        compile_cached(folder, &Settings::default(), &cache)
    }

    fn files(&self) -> BTreeSet<PathBuf> {
        let entries = fs::read_dir(&self.0).expect("it is made");
        entries
            .map(|entry| entry.expect("it is read").path())
            .collect()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const NOTES: [(&str, &str); 4] = [
    (
        "a.md",
        "# A\n\n## Same?\n\n**One**: [there](b.md#second).\n\n**Two**: `x`[^1]\n\n[^1]: below\n\n## Same?\nagain",
    ),
    (
        "b.md",
        "## First\nx\n\n## Second\n\n[dead](c.md) ![](p.png)",
    ),
    (
        "n/c.md",
        "---\ntags: [t]\nquire: {cards: [clozes]}\n---\nA {{c1::b}} {{c2::c}}.",
    ),
    ("n/empty.md", ""),
];

fn folder() -> Folder {
    let note = |(path, text): (&str, &str)| Note {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    Folder::of_notes(NOTES.map(note))
}

#[track_caller]
fn assert_same(cached: &Compiled, fresh: &Compiled) {
    assert_eq!(cached, fresh);
    assert_eq!(cached.to_bytes(), fresh.to_bytes());
}

#[test]
fn a_kept_note_is_the_note_in_full() {
    let scratch = Scratch::new("same");
    let fresh = compile(&folder(), &Settings::default());
    assert!(fresh.problems.len() > 3 && fresh.decks.len() == 3);
    assert_same(&scratch.compile(&folder()), &fresh);
    assert_same(&scratch.compile(&folder()), &fresh);
}

/// Changes a folder and says how many notes were compiled anew.
#[track_caller]
fn anew(change: impl FnOnce(&mut Folder)) -> usize {
    let scratch = Scratch::new("anew");
    let mut folder = folder();
    scratch.compile(&folder);
    let before = scratch.files();
    assert_eq!(before.len(), folder.notes.len());
    change(&mut folder);
    let cached = scratch.compile(&folder);
    assert_same(&cached, &compile(&folder, &Settings::default()));
    let after = scratch.files();
    assert_eq!(after.len(), folder.notes.len(), "the others are removed");
    after.difference(&before).count()
}

#[test]
fn only_what_has_changed_is_compiled_anew() {
    assert_eq!(anew(|_| {}), 0);
    assert_eq!(anew(|folder| folder.notes[0].bytes.push(b'!')), 1);
    assert_eq!(anew(|folder| folder.notes[1].path = "d.md".into()), 1);
    assert_eq!(anew(|folder| drop(folder.notes.remove(0))), 0);
    let settings = |folder: &mut Folder| {
        folder.settings.push(SettingsFile {
            path: "n/quire.toml".to_owned(),
            bytes: b"level = 3".to_vec(),
        });
    };
    assert_eq!(anew(settings), 2);
}

#[test]
fn a_damaged_file_costs_time_only() {
    #[track_caller]
    fn check(damage: impl Fn(&Path)) {
        let scratch = Scratch::new("damaged");
        let fresh = scratch.compile(&folder());
        scratch.files().iter().for_each(|file| damage(file));
        assert_same(&scratch.compile(&folder()), &fresh);
    }
    check(|file| fs::write(file, "").unwrap());
    check(|file| fs::remove_file(file).unwrap());
    check(|file| {
        let mut bytes = fs::read(file).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(file, bytes).unwrap();
    });
    check(|file| {
        let bytes = fs::read(file).unwrap();
        fs::write(file, &bytes[..bytes.len() - 1]).unwrap();
    });
}

#[test]
fn a_folder_that_cannot_be_written_costs_time_only() {
    let scratch = Scratch::new("no-folder");
    fs::write(&scratch.0, "a file stands here").unwrap();
    let compiled = scratch.compile(&folder());
    assert_same(&compiled, &compile(&folder(), &Settings::default()));
    fs::remove_file(&scratch.0).unwrap();
}
