//! A git repository of notes in a folder of its own, untouched by the settings of the machine.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

/// The text of each note by path.
pub type Text = BTreeMap<String, String>;

pub struct Repository {
    folder: PathBuf,
}

/// What git made of two branches.
pub struct Merge {
    /// The paths that it could not merge.
    pub conflicts: BTreeSet<String>,
    pub notes: Text,
    pub ledger: String,
}

/// So many there were: each has a folder of its own.
static REPOSITORIES: AtomicU32 = AtomicU32::new(0);

const SETTINGS: [&str; 6] = [
    "user.name=A Learner",
    "user.email=learner@example.com",
    "init.defaultBranch=main",
    "core.autocrlf=false",
    "commit.gpgsign=false",
    "merge.conflictStyle=diff3",
];

impl Repository {
    pub fn new() -> Repository {
        let number = REPOSITORIES.fetch_add(1, Ordering::Relaxed);
        let unique = format!("ledger-{}-{number}", std::process::id());
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(unique);
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        fs::create_dir_all(&folder).unwrap();
        let repository = Repository { folder };
        repository.git(&["init", "--quiet", "--template="]);
        repository
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// A branch from the first commit on.
    pub fn begin(&self, branch: &str) {
        self.git(&["checkout", "--quiet", "-B", branch, "main"]);
    }

    /// Commits notes and their ledger, and nothing else.
    pub fn commit(&self, message: &str, notes: &Text, ledger: &str) {
        for path in self.notes().keys() {
            fs::remove_file(self.folder.join(path)).unwrap();
        }
        notes.iter().for_each(|(path, text)| self.write(path, text));
        self.write("cards.lock", ledger);
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "-m", message]);
    }

    /// Merges one branch into another, and leaves the working folder as clean as it was.
    pub fn merge(&self, into: &str, from: &str) -> Merge {
        self.git(&["checkout", "--quiet", into]);
        let merged = self.run(&["merge", "--quiet", "-m", "Merge", from]);
        let unmerged = self.git(&["diff", "--name-only", "--diff-filter=U"]);
        let conflicts: BTreeSet<String> = unmerged.lines().map(str::to_owned).collect();
        assert_eq!(merged.status.success(), conflicts.is_empty(), "{merged:?}");
        let merge = Merge {
            conflicts,
            notes: self.notes(),
            ledger: fs::read_to_string(self.folder.join("cards.lock")).unwrap(),
        };
        self.git(&["reset", "--quiet", "--hard"]);
        merge
    }

    /// The notes as they are in the folder.
    fn notes(&self) -> Text {
        let entries = fs::read_dir(&self.folder).unwrap();
        let paths = entries.map(|entry| entry.unwrap().path());
        let notes = paths.filter(|path| path.extension().is_some_and(|it| it == "md"));
        let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
        notes
            .map(|path| (name(&path), fs::read_to_string(path).unwrap()))
            .collect()
    }

    #[track_caller]
    fn git(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "git {args:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut git = Command::new("git");
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("GIT_") {
                git.env_remove(name);
            }
        }
        git.current_dir(&self.folder)
            .env("HOME", &self.folder)
            .env("XDG_CONFIG_HOME", &self.folder)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CEILING_DIRECTORIES", self.folder.parent().unwrap())
            .env("GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z")
            .env("GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z");
        for setting in SETTINGS {
            git.args(["-c", setting]);
        }
        git.args(args)
            .output()
            .expect("git is needed for this test")
    }
}

impl Drop for Repository {
    fn drop(&mut self) {
        // What is left of it lies in the build's own folder, and is written over the next time.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
