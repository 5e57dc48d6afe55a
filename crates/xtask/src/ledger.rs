//! The ledger beside the notes: written, compared, and told in words.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use deck::Compiled;
use deck::compile::ledger::{Change, Doubt, Kind, Ledger, NAME};

use crate::content;

/// What a command does about a ledger that is not as the notes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// Writes it, and begins one where there is none.
    Update,
    /// Fails: in CI and before a deployment what is committed has to be whole.
    Locked,
}

/// Compiles the notes, and brings the ledger up to date. Notes with errors change nothing: what a
/// broken note does not show would count as gone.
pub fn keep(folder: &Path, keeping: Keeping) -> Result<Compiled> {
    let compiled = content::compiled(folder, content::Begin::Ledger)?;
    if compiled.has_errors() {
        return Ok(compiled);
    }
    match keeping {
        Keeping::Update => write(&compiled, folder)?,
        Keeping::Locked if is_stale(&compiled, folder)? => bail!(
            "{NAME} is not up to date:\n{}\nRun `cargo xtask cards --update`, and commit {NAME} \
             together with the notes",
            told(&compiled)
        ),
        Keeping::Locked => {}
    }
    Ok(compiled)
}

/// Whether the file is not what the notes ask for.
pub fn is_stale(compiled: &Compiled, folder: &Path) -> Result<bool> {
    let Some(ledger) = &compiled.ledger else {
        return Ok(false);
    };
    let path = folder.join(NAME);
    let written = match path.try_exists() {
        Ok(true) => {
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?
        }
        _ => String::new(),
    };
    Ok(written.replace("\r\n", "\n") != ledger.to_text())
}

/// Writes the ledger of compiled notes, if it is not there as it is.
pub fn write(compiled: &Compiled, folder: &Path) -> Result<()> {
    match &compiled.ledger {
        Some(ledger) if is_stale(compiled, folder)? => write_ledger(ledger, folder),
        _ => Ok(()),
    }
}

/// Writes a ledger whole or not at all.
pub fn write_ledger(ledger: &Ledger, folder: &Path) -> Result<()> {
    let path = folder.join(NAME);
    let half = folder.join(format!(".{NAME}.{}", std::process::id()));
    let written = fs::write(&half, ledger.to_text()).and_then(|()| fs::rename(&half, &path));
    written.with_context(|| format!("cannot write {}", path.display()))
}

/// What is different since the ledger was written, in words.
pub fn told(compiled: &Compiled) -> String {
    let Some(ledger) = &compiled.ledger else {
        return String::new();
    };
    let mut lines = String::new();
    for change in &compiled.changes {
        let words: Vec<String> = change.kinds.iter().map(in_words).collect();
        let Change {
            id, note, question, ..
        } = change;
        lines += &format!("  {id}  {question}  ({note})\n");
        for word in words {
            lines += &format!("      {word}\n");
        }
    }
    let is_told = |change: &Change, id| change.id == id && is_unsure(change);
    for (id, entry) in ledger.doubts() {
        if !compiled.changes.iter().any(|change| is_told(change, id)) {
            lines += &format!("  {id}  {}  ({})\n", entry.question, entry.note);
            let may_be = entry.unsure.iter().filter_map(|other| {
                let entry = ledger.get(*other)?;
                Some(format!("{other} “{}” ({})", entry.question, entry.note))
            });
            let may_be: Vec<String> = may_be.collect();
            lines += &format!("      unsure: it may be {}\n", may_be.join(", or "));
        }
    }
    if let Some((id, _)) = ledger.doubts().next() {
        lines += &format!(
            "A card that may be another begins anew until that is settled:\n  \
             cargo xtask cards --same {id}   it is the first that is named: its progress goes on\n  \
             cargo xtask cards --new {id}    it is none of them\n"
        );
    }
    lines
}

fn is_unsure(change: &Change) -> bool {
    change
        .kinds
        .iter()
        .any(|kind| matches!(kind, Kind::Unsure { .. }))
}

fn in_words(kind: &Kind) -> String {
    match kind {
        Kind::New => "new".to_owned(),
        Kind::Unsure { may_be } => {
            let doubt = |doubt: &Doubt| {
                let Doubt {
                    id,
                    note,
                    question,
                    percent,
                } = doubt;
                format!("{id} “{question}” ({note}, {percent} % alike)")
            };
            let may_be: Vec<String> = may_be.iter().map(doubt).collect();
            format!("unsure: it may be {}", may_be.join(", or "))
        }
        Kind::Returned => "returned: it goes on where it was".to_owned(),
        Kind::Reworded { before } => format!("reworded, before: “{before}”"),
        Kind::Moved { from } => format!("moved here from {from}"),
        Kind::Edited => "answer edited".to_owned(),
        Kind::Retired => "retired: no note has it any more".to_owned(),
    }
}

/// One line of how many cards are different.
pub fn summary(compiled: &Compiled) -> String {
    let kinds = || compiled.changes.iter().flat_map(|change| &change.kinds);
    let count = |is: fn(&Kind) -> bool| kinds().filter(|kind| is(kind)).count();
    let counts = [
        (count(|kind| *kind == Kind::New), "new"),
        (count(|kind| *kind == Kind::Returned), "returned"),
        (
            count(|kind| matches!(kind, Kind::Reworded { .. })),
            "reworded",
        ),
        (count(|kind| matches!(kind, Kind::Moved { .. })), "moved"),
        (count(|kind| *kind == Kind::Edited), "edited"),
        (count(|kind| *kind == Kind::Retired), "retired"),
        (count(|kind| matches!(kind, Kind::Unsure { .. })), "unsure"),
    ];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    counts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Scratch;

    const LOG: &str = "## What is a log?\n\nLines that are only ever added to, never changed.\n";
    const PAGE: &str =
        "## What is a page?\n\nA block of memory that has one address in the table.\n";

    fn text(scratch: &Scratch) -> String {
        fs::read_to_string(scratch.path(NAME)).unwrap()
    }

    #[test]
    fn a_ledger_is_begun_and_kept_up_to_date() {
        let scratch = Scratch::new("ledger-kept");
        scratch.write("a.md", format!("{LOG}\n{PAGE}"));
        let begun = keep(&scratch.path(""), Keeping::Update).unwrap();
        assert_eq!(summary(&begun), "2 new");
        let first = text(&scratch);
        keep(&scratch.path(""), Keeping::Update).unwrap();
        assert_eq!(text(&scratch), first);
        scratch.write(
            "a.md",
            format!("{}\n{PAGE}", LOG.replace("a log", "a write-ahead log")),
        );
        let reworded = keep(&scratch.path(""), Keeping::Update).unwrap();
        assert_eq!(summary(&reworded), "1 reworded");
        assert_eq!(reworded.decks[0].cards[0].id, begun.decks[0].cards[0].id);
        assert!(text(&scratch).contains("write-ahead"));
    }

    #[test]
    fn a_ledger_that_is_locked_is_not_written_and_fails_when_stale() {
        let scratch = Scratch::new("ledger-locked");
        scratch.write("a.md", LOG);
        let error = keep(&scratch.path(""), Keeping::Locked)
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("cards --update") && error.contains("What is a log?"),
            "{error}"
        );
        assert!(!scratch.path(NAME).exists());
        keep(&scratch.path(""), Keeping::Update).unwrap();
        keep(&scratch.path(""), Keeping::Locked).unwrap();
        scratch.write(NAME, text(&scratch).replace('\n', "\r\n"));
        keep(&scratch.path(""), Keeping::Locked).unwrap();
    }

    #[test]
    fn notes_with_errors_retire_no_card() {
        let scratch = Scratch::new("ledger-errors");
        scratch.write("a.md", format!("{LOG}\n{PAGE}"));
        keep(&scratch.path(""), Keeping::Update).unwrap();
        let first = text(&scratch);
        scratch.write("a.md", b"\xff\xfe");
        let broken = keep(&scratch.path(""), Keeping::Update).unwrap();
        assert!(broken.has_errors());
        assert_eq!(text(&scratch), first);
    }

    #[test]
    fn changes_are_told_in_words() {
        let scratch = Scratch::new("ledger-words");
        scratch.write("a.md", format!("{LOG}\n{PAGE}"));
        keep(&scratch.path(""), Keeping::Update).unwrap();
        scratch.write(
            "a.md",
            "## Where to?\n\nNowhere near anything that was here before now.\n",
        );
        scratch.write("b.md", LOG.replace("a log", "the log"));
        let compiled = content::compiled(&scratch.path(""), content::Begin::Nothing).unwrap();
        let told = told(&compiled);
        for expected in [
            "Where to?  (a.md)\n      new\n",
            "What is the log?  (b.md)\n      reworded, before: “What is a log?”\n      moved here from a.md\n",
            "What is a page?  (a.md)\n      retired: no note has it any more\n",
        ] {
            assert!(told.contains(expected), "{told}");
        }
    }
}
