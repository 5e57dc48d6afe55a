//! `Changes`: tells when files were saved, by looking at them again and again.
//!
//! Looking works on every file system, shared folders of virtual machines included, and sees an
//! editor's rename as what it is. It costs a millisecond for a thousand files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// No note is as deep as this: it ends links that lead in circles.
const DEEPEST: u32 = 32;

/// What is compared of a file.
type Stamp = (Option<SystemTime>, u64);

/// Files and folders that are watched.
#[derive(Debug)]
pub struct Changes {
    roots: Vec<PathBuf>,
    seen: BTreeMap<PathBuf, Stamp>,
}

impl Changes {
    /// Watches these from now on.
    pub fn of(roots: impl IntoIterator<Item = PathBuf>) -> Changes {
        let mut changes = Changes {
            roots: roots.into_iter().collect(),
            seen: BTreeMap::new(),
        };
        changes.seen = changes.look();
        changes
    }

    /// Whether something has changed since the last call.
    pub fn any(&mut self) -> bool {
        let now = self.look();
        let is_changed = now != self.seen;
        self.seen = now;
        is_changed
    }

    fn look(&self) -> BTreeMap<PathBuf, Stamp> {
        let mut found = BTreeMap::new();
        for root in &self.roots {
            look_into(root, DEEPEST, &mut found);
        }
        found
    }
}

/// A file that is gone by the time it is looked at was not there.
fn look_into(path: &Path, depth: u32, found: &mut BTreeMap<PathBuf, Stamp>) {
    let Ok(data) = fs::metadata(path) else { return };
    if !data.is_dir() {
        found.insert(path.to_owned(), (data.modified().ok(), data.len()));
        return;
    }
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    for entry in entries {
        let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        if !is_hidden && depth > 0 {
            look_into(&entry.path(), depth - 1, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Scratch;

    #[test]
    fn saving_adding_renaming_and_deleting_are_changes_and_looking_is_none() {
        let scratch = Scratch::new("changes");
        scratch.write("notes/a.md", "one");
        let mut changes = Changes::of([scratch.path("notes"), scratch.path("missing")]);
        assert!(!changes.any());
        scratch.write("notes/a.md", "another");
        assert!(changes.any() && !changes.any());
        scratch.write("notes/deep/b.md", "new");
        assert!(changes.any() && !changes.any());
        fs::rename(scratch.path("notes/a.md"), scratch.path("notes/c.md")).unwrap();
        assert!(changes.any() && !changes.any());
        fs::remove_file(scratch.path("notes/c.md")).unwrap();
        assert!(changes.any() && !changes.any());
        scratch.write("missing", "there now");
        assert!(changes.any());
    }

    #[test]
    fn what_editors_hide_is_no_change() {
        let scratch = Scratch::new("changes-hidden");
        scratch.write("a.md", "one");
        let mut changes = Changes::of([scratch.path("")]);
        scratch.write(".a.md.swp", "half");
        scratch.write(".git/index", "x");
        assert!(!changes.any());
    }
}
