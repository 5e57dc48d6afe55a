//! Reading the folder of notes.

use std::fs;
use std::path::PathBuf;

/// A folder of its own that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("deck-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("the folder can be made");
        Folder(path)
    }

    fn write(&self, path: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("the folder can be made");
        fs::write(path, "## A\nx").expect("the file can be written");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn notes_are_markdown_files_sorted_by_path_without_readme_and_hidden_ones() {
    let folder = Folder::new("notes");
    let files = [
        "b.md",
        "a/z.markdown",
        "a/y.MD",
        "a.md",
        "ü c.md",
        "README.md",
        "a/Readme.md",
        "_draft.md",
        ".hidden.md",
        "_old/x.md",
        ".git/x.md",
        "image.png",
        "cards.lock",
        "md",
        "a/b/c.md",
    ];
    for file in files {
        folder.write(file);
    }
    let notes = deck::read_folder(&folder.0)
        .expect("the folder can be read")
        .notes;
    let paths: Vec<&str> = notes.iter().map(|note| note.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "a.md",
            "a/b/c.md",
            "a/y.MD",
            "a/z.markdown",
            "b.md",
            "ü c.md"
        ]
    );
    assert_eq!(notes[0].bytes, b"## A\nx");
}

#[test]
fn what_notes_may_point_to_is_found_in_folders_that_hold_no_notes_too() {
    let folder = Folder::new("others");
    let files = [
        "a.md",
        "README.md",
        "x/a.png",
        "_images/a.png",
        "_images/deep/b.md",
        "_images/quire.toml",
        "_draft.md",
        ".attachments/a.png",
        ".git/a.png",
        ".obsidian/a.png",
        ".hidden.png",
        "cards.lock",
        "quire.toml",
    ];
    for file in files {
        folder.write(file);
    }
    let read = deck::read_folder(&folder.0).expect("the folder can be read");
    let others: Vec<&str> = read.others.keys().map(String::as_str).collect();
    assert_eq!(
        others,
        [
            ".attachments/a.png",
            "README.md",
            "_draft.md",
            "_images/a.png",
            "_images/deep/b.md",
            "_images/quire.toml",
            "x/a.png"
        ]
    );
    assert_eq!(read.settings.len(), 1);
    assert_eq!(read.notes.len(), 1);
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let folder = Folder::new("missing");
    let missing = folder.0.join("nowhere");
    let error = deck::read_folder(&missing).expect_err("there is no such folder");
    assert_eq!(error.path, missing);
    assert!(error.to_string().starts_with("cannot read "));
}

#[cfg(unix)]
#[test]
fn a_link_back_to_its_own_folder_ends_there() {
    let folder = Folder::new("links");
    folder.write("a/b.md");
    std::os::unix::fs::symlink(&folder.0, folder.0.join("a/back")).expect("links can be made");
    std::os::unix::fs::symlink("nowhere", folder.0.join("gone")).expect("links can be made");
    let notes = deck::read_folder(&folder.0)
        .expect("the folder can be read")
        .notes;
    assert_eq!(notes.len(), 1);
}
