//! `FolderSettings`: every `quire.toml` of a folder, and what they choose for a note.

use std::collections::BTreeMap;

use super::read::{Choices, map, unknown};
use super::tree::{Entry, Tree};
use super::{Level, Settings};
use crate::compile::problem::{Problem, Severity};
use crate::compile::source::{Findings, Source};
use crate::compile::{Note, SettingsFile};

/// The settings of one note, and where its level was chosen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Chosen {
    pub(crate) settings: Settings,
    /// The path of a `quire.toml`, or `frontmatter`; nothing for the defaults.
    pub(crate) level_in: Option<String>,
}

/// What the files of settings say, by their folder: empty, or a path that ends in `/`.
#[derive(Default)]
pub(crate) struct FolderSettings {
    files: BTreeMap<String, FileSettings>,
}

struct FileSettings {
    path: String,
    choices: Choices,
    /// What is chosen for some notes only, in the order of the file.
    notes: Vec<(String, Choices)>,
}

impl FolderSettings {
    /// Reads the files. `notes` are those that the patterns in them may name.
    pub(crate) fn read(files: &[SettingsFile], notes: &[Note]) -> (FolderSettings, Vec<Problem>) {
        let mut all = FolderSettings::default();
        let mut problems = Vec::new();
        for file in files {
            let source = match Source::read(&file.bytes) {
                Ok(source) => source,
                Err(error) => {
                    problems.push(not_utf8(&file.path, &error));
                    continue;
                }
            };
            let folder = folder_of(&file.path).to_owned();
            let mut findings = Findings::new(&file.path, &source);
            let settings = file_settings(&file.path, &source, notes, &mut findings);
            let mut found = findings.problems;
            found.sort_by_key(|problem| (problem.line, problem.column));
            problems.extend(found);
            all.files.insert(folder, settings);
        }
        (all, problems)
    }

    /// What holds for a note, before its frontmatter has its say.
    pub(crate) fn of_note(&self, path: &str, defaults: &Settings) -> Chosen {
        let mut chosen = Chosen {
            settings: defaults.clone(),
            level_in: None,
        };
        let slashes = path.match_indices('/').map(|(at, _)| at + 1);
        for end in std::iter::once(0).chain(slashes) {
            let (folder, in_folder) = path.split_at(end);
            let Some(file) = self.files.get(folder) else {
                continue;
            };
            chosen.apply(&file.choices, &file.path);
            for (pattern, choices) in &file.notes {
                if matches(pattern, in_folder) {
                    chosen.apply(choices, &file.path);
                }
            }
        }
        chosen
    }
}

impl Chosen {
    /// Takes over what is chosen in a place.
    pub(crate) fn apply(&mut self, choices: &Choices, place: &str) {
        choices.apply(&mut self.settings);
        match choices.level {
            // To ask for the rule is to ask for the default.
            Some(Level::FromStructure) => self.level_in = None,
            Some(_) => self.level_in = Some(place.to_owned()),
            None => {}
        }
    }
}

fn file_settings(
    path: &str,
    source: &Source,
    notes: &[Note],
    findings: &mut Findings,
) -> FileSettings {
    let (tree, errors) = Tree::from_toml(&source.text);
    for error in errors {
        let message = format!("this is no TOML: {}", error.message);
        let hint = "write a setting a line, such as `level = 3` or `cards = [\"headings\"]`";
        findings.error("broken-settings", error.offset, &message, hint);
    }
    let mut settings = FileSettings {
        path: path.to_owned(),
        choices: Choices::default(),
        notes: Vec::new(),
    };
    for entry in map(&tree, "the file", findings) {
        if entry.key == "notes" {
            let what = "a name of notes, such as `[notes.\"*.md\"]`,";
            for entry in map(&entry.tree, what, findings) {
                report_no_note(entry, path, notes, findings);
                settings.notes.push(of_some_notes(entry, findings));
            }
        } else if !settings.choices.read_entry(entry, findings) {
            unknown(entry, "`level`, `cards`, `prompts` and `notes`", findings);
        }
    }
    settings
}

fn of_some_notes(entry: &Entry, findings: &mut Findings) -> (String, Choices) {
    (entry.key.clone(), Choices::read(&entry.tree, findings))
}

fn report_no_note(entry: &Entry, path: &str, notes: &[Note], findings: &mut Findings) {
    let folder = folder_of(path);
    let is_named = |note: &Note| {
        let in_folder = note.path.strip_prefix(folder);
        in_folder.is_some_and(|in_folder| matches(&entry.key, in_folder))
    };
    if !notes.iter().any(is_named) {
        let message = format!("no note of this folder is called `{}`", entry.key);
        let hint = "give the path from this file on; `*` stands for any part of a name, and \
                    `**` for folders too";
        findings.warning("no-such-note", entry.offset, &message, hint);
    }
}

fn folder_of(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..=at])
}

/// Whether a path is meant by a pattern in which `*` stands for anything but a `/`, and `**` for
/// anything. After a failure it goes back to the last star only, so its time is bounded.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, path) = (pattern.as_bytes(), path.as_bytes());
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    let mut wide: Option<(usize, usize)> = None;
    loop {
        if pattern[p..].starts_with(b"**") {
            p += 2;
            wide = Some((p, t));
            star = None;
        } else if pattern.get(p) == Some(&b'*') {
            p += 1;
            star = Some((p, t));
        } else if p == pattern.len() && t == path.len() {
            return true;
        } else if t < path.len() && pattern.get(p) == Some(&path[t]) {
            p += 1;
            t += 1;
        } else if let Some((after, from)) =
            star.filter(|(_, from)| path.get(*from).is_some_and(|&b| b != b'/'))
        {
            star = Some((after, from + 1));
            (p, t) = (after, from + 1);
        } else if let Some((after, from)) = wide.filter(|(_, from)| *from < path.len()) {
            wide = Some((after, from + 1));
            star = None;
            (p, t) = (after, from + 1);
        } else {
            return false;
        }
    }
}

fn not_utf8(path: &str, error: &crate::compile::source::NotUtf8) -> Problem {
    Problem {
        severity: Severity::Error,
        code: "not-utf8",
        path: path.to_owned(),
        line: error.place.line,
        column: error.place.column,
        message: "the settings are not UTF-8 text, so none of them is read".to_owned(),
        hint: error.hint.to_owned(),
        ..Problem::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_names_and_two_for_folders_too() {
        #[track_caller]
        fn check(pattern: &str, path: &str, expected: bool) {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
        check("a.md", "a.md", true);
        check("a.md", "b/a.md", false);
        check("*.md", "a.md", true);
        check("*.md", "b/a.md", false);
        check("b/*.md", "b/a.md", true);
        check("*/*.md", "b/a.md", true);
        check("**.md", "b/c/a.md", true);
        check("**/a*.md", "b/c/abc.md", true);
        check("**/a.md", "a.md", false);
        check("*a*b*.md", "xaybz.md", true);
        check("*a*b*.md", "xbya.md", false);
        check("", "", true);
        check("*", "", true);
        check("ü*", "üx", true);
    }
}
