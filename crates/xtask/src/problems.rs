//! Shows what is wrong with notes: each problem with its line, and how many there are.

mod snippet;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use deck::{Compiled, Problem, Severity};

use crate::cli::Usage;
use crate::content::Content;
use crate::ledger::{self, Keeping};
use crate::{process, workspace};
use snippet::Style;

/// What ends a command with a failure, beside errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deny {
    /// Nothing else.
    Nothing,
    /// Warnings too.
    Warnings,
}

/// How many problems of one code are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// The first ten.
    First,
    /// All.
    All,
}

/// How many of a code are shown, unless all are asked for.
const FIRST: usize = 10;

impl std::str::FromStr for Deny {
    type Err = Usage;

    fn from_str(text: &str) -> Result<Deny, Usage> {
        match text {
            "warnings" => Ok(Deny::Warnings),
            _ => Err(Usage::new(format!("--deny takes `warnings`, not `{text}`"))),
        }
    }
}

/// Compiles the notes and shows what is wrong with them: much sooner than the build of the app
/// would, and without its noise; brings the ledger up to date. Fails if there is no use in building.
pub fn check(content: &Content, deny: Deny, keeping: Keeping) -> Result<()> {
    let compiled = ledger::keep(&content.folder, keeping)?;
    let changes = ledger::summary(&compiled);
    if !changes.is_empty() {
        println!("Notes: {changes} (`cards.lock` has it; commit it with the notes)");
    }
    print(&compiled, &content.folder, Amount::First);
    verdict(&compiled, deny)
}

/// Prints the problems to stderr.
pub fn print(compiled: &Compiled, folder: &Path, amount: Amount) {
    let is_coloured = io::stderr().is_terminal() && !process::is_set("NO_COLOR");
    let style = if is_coloured {
        Style::Coloured
    } else {
        Style::Plain
    };
    let text = report(&compiled.problems, &shown_folder(folder), amount, style);
    // A reader that is gone misses nothing: the exit code says the rest.
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Whether a command goes on with these notes.
pub fn verdict(compiled: &Compiled, deny: Deny) -> Result<()> {
    if compiled.has_errors() {
        bail!("the notes have errors, so what they say would not all reach you; mend them there");
    }
    if deny == Deny::Warnings && !compiled.problems.is_empty() {
        bail!("the notes have warnings, and --deny warnings makes errors of them");
    }
    Ok(())
}

/// All problems as text, with paths that a terminal can open, and their number at the end.
fn report(problems: &[Problem], folder: &Path, amount: Amount, style: Style) -> String {
    let mut text = String::new();
    let mut of_code: BTreeMap<&str, usize> = BTreeMap::new();
    for problem in problems {
        let count = of_code.entry(problem.code).or_default();
        *count += 1;
        if amount == Amount::All || *count <= FIRST {
            text += &snippet::render(problem, folder, style);
            text += "\n\n";
        }
    }
    for (code, count) in of_code {
        if amount == Amount::First && count > FIRST {
            let more = count - FIRST;
            text += &format!("… and {more} more of {code} (`cards --all` shows every one)\n\n");
        }
    }
    if !problems.is_empty() {
        text += &summary(problems);
        text += "\n";
    }
    text
}

/// `3 errors, 12 warnings in 4 notes`.
fn summary(problems: &[Problem]) -> String {
    let of = |severity| problems.iter().filter(|p| p.severity == severity).count();
    let counts = [
        (of(Severity::Error), "error"),
        (of(Severity::Warning), "warning"),
    ];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, what)| counted(*count, what)).collect();
    let notes: BTreeSet<&str> = problems
        .iter()
        .map(|problem| problem.path.as_str())
        .collect();
    format!("{} in {}", counts.join(", "), counted(notes.len(), "note"))
}

fn counted(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

/// The folder as one reads it from where the command was started.
fn shown_folder(folder: &Path) -> PathBuf {
    let inside = std::env::current_dir()
        .ok()
        .and_then(|here| folder.strip_prefix(here).ok().map(Path::to_path_buf));
    inside.unwrap_or_else(|| PathBuf::from(workspace::shown(folder)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use deck::{Folder, Note, Settings};

    fn compiled(text: &str) -> Compiled {
        let note = |path: &str| Note {
            path: path.to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        let notes = [note("a.md"), note("b.md")];
        deck::compile(&Folder::of_notes(notes), &Settings::default())
    }

    #[test]
    fn the_last_line_counts_errors_warnings_and_notes() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            let compiled = compiled(text);
            let shown = report(
                &compiled.problems,
                Path::new("n"),
                Amount::First,
                Style::Plain,
            );
            assert_eq!(shown.lines().last().unwrap_or_default(), expected);
        }
        check("## A\nx", "");
        check("## A\n\n## B\nx", "2 warnings in 2 notes");
        check("## A\n```\n", "2 errors in 2 notes");
        check(
            "## A\n\n## B\n\n## C\n```\n",
            "2 errors, 4 warnings in 2 notes",
        );
    }

    #[test]
    fn ten_of_a_code_are_shown_unless_all_are_asked_for() {
        let compiled = compiled(&format!("## A\n{}", "Vec<T> ".repeat(20)));
        let shown = |amount| report(&compiled.problems, Path::new("n"), amount, Style::Plain);
        let first = shown(Amount::First);
        assert_eq!(first.matches("warning[unknown-tag]").count(), 10);
        assert!(first.contains("… and 30 more of unknown-tag"), "{first}");
        let all = shown(Amount::All);
        assert_eq!(all.matches("warning[unknown-tag]").count(), 40);
        assert!(!all.contains("… and"));
    }

    #[test]
    fn errors_stop_and_warnings_do_only_if_they_are_denied() {
        assert!(verdict(&compiled("## A\n```\n"), Deny::Nothing).is_err());
        assert!(verdict(&compiled("## A\n\n## B\nx"), Deny::Nothing).is_ok());
        assert!(verdict(&compiled("## A\n\n## B\nx"), Deny::Warnings).is_err());
        assert!(verdict(&compiled("## A\nx"), Deny::Warnings).is_ok());
        assert!("warning".parse::<Deny>().is_err());
    }
}
