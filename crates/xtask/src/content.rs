//! Which folder of notes a command works on.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use deck::compile::ledger::Ledger;
use deck::{Cache, Compiled, Settings};

use crate::workspace;

/// The variable that chooses another folder of notes; build.rs reads it too.
pub const VARIABLE: &str = "QUIRE_CONTENT";

/// A folder that holds notes.
#[derive(Debug)]
pub struct Content {
    /// The folder, absolute.
    pub folder: PathBuf,
    /// Who chose it.
    pub chosen: Chosen,
}

/// How a folder of notes was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// By `--content` or by [`VARIABLE`].
    ByUser,
    /// Nobody chose: `content/` of the workspace.
    ByDefault,
}

/// The folder that `flag` names, or else [`VARIABLE`], or else `content/`.
/// What the user gives is relative to the current folder. A place that is no
/// folder, or has no notes, is an error.
pub fn choose(flag: Option<PathBuf>) -> Result<Content> {
    let variable = std::env::var_os(VARIABLE).filter(|value| !value.is_empty());
    pick(flag, variable.map(PathBuf::from), &workspace::root())
}

/// Whether notes without a ledger are compiled as if there was an empty one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    /// They are: the ledger can be written then.
    Ledger,
    /// They are not.
    Nothing,
}

/// The notes of a folder, compiled. Those that have not changed since the last command are kept
/// beside this program.
pub fn compiled(folder: &Path, begin: Begin) -> Result<Compiled> {
    let mut folder = deck::read_folder(folder)?;
    if begin == Begin::Ledger && folder.ledger.is_none() {
        folder.ledger = Some(Ledger::default().to_text().into_bytes());
    }
    let defaults = Settings::default();
    let program = std::env::current_exe().ok();
    let beside = program.as_deref().and_then(Path::parent);
    let cache = beside.and_then(|beside| Cache::in_folder(beside.join("quire-notes")));
    Ok(match cache {
        Some(cache) => deck::compile_cached(&folder, &defaults, &cache),
        None => deck::compile(&folder, &defaults),
    })
}

fn pick(flag: Option<PathBuf>, variable: Option<PathBuf>, root: &Path) -> Result<Content> {
    let (given, chosen, said_by) = match (flag, variable) {
        (Some(folder), _) => (folder, Chosen::ByUser, "--content"),
        (None, Some(folder)) => (folder, Chosen::ByUser, VARIABLE),
        (None, None) => (root.join("content"), Chosen::ByDefault, "the workspace"),
    };
    if !given.is_dir() {
        let what = if given.exists() {
            "is not a folder"
        } else {
            "does not exist"
        };
        bail!(
            "the folder of notes `{}` (from {said_by}) {what}; give one with --content DIR",
            given.display()
        );
    }
    let folder = std::path::absolute(&given)
        .with_context(|| format!("cannot make `{}` absolute", given.display()))?;
    let notes = deck::read_folder(&folder)?.notes;
    if notes.is_empty() {
        bail!(
            "`{}` (from {said_by}) holds no notes: a note is a file that ends in .md; \
             README.md and names that begin with _ or . do not count",
            given.display()
        );
    }
    Ok(Content { folder, chosen })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Scratch;

    #[track_caller]
    fn check_refused(given: PathBuf, expected: &str) {
        let text = pick(Some(given), None, Path::new("/"))
            .unwrap_err()
            .to_string();
        assert!(text.contains(expected), "{text}");
        assert!(text.contains("--content"), "{text}");
    }

    #[test]
    fn a_missing_folder_is_refused() {
        check_refused(
            Scratch::new("content-missing").path("nowhere"),
            "does not exist",
        );
    }

    #[test]
    fn a_file_is_no_folder() {
        let scratch = Scratch::new("content-file");
        scratch.write("note.md", "# Note\n");
        check_refused(scratch.path("note.md"), "is not a folder");
    }

    #[test]
    fn a_folder_with_only_a_readme_has_no_notes() {
        let scratch = Scratch::new("content-empty");
        scratch.write("README.md", "# About\n");
        scratch.write("_draft.md", "# Draft\n");
        check_refused(scratch.path(""), "holds no notes");
    }

    #[test]
    fn the_flag_wins_over_the_variable() {
        let scratch = Scratch::new("content-flag");
        scratch.write("flag/a.md", "# A\n");
        scratch.write("variable/b.md", "# B\n");
        let (flag, variable) = (scratch.path("flag"), scratch.path("variable"));
        let root = scratch.path("");
        let both = pick(Some(flag.clone()), Some(variable.clone()), &root).unwrap();
        assert_eq!((both.folder, both.chosen), (flag, Chosen::ByUser));
        let one = pick(None, Some(variable.clone()), &root).unwrap();
        assert_eq!((one.folder, one.chosen), (variable, Chosen::ByUser));
    }

    #[test]
    fn without_a_choice_the_notes_are_those_of_the_workspace() {
        let scratch = Scratch::new("content-default");
        scratch.write("content/a.md", "# A\n");
        let content = pick(None, None, &scratch.path("")).unwrap();
        assert_eq!(content.chosen, Chosen::ByDefault);
        assert_eq!(content.folder, scratch.path("content"));
    }
}
