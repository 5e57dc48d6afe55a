//! Builds of other notes, for the tests about what a new deployment does.

use crate::setup::Setup;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard};

/// One build at a time: they share Cargo's target folder.
static BUILDING: Mutex<()> = Mutex::new(());

/// Held while something is built.
pub(crate) fn building() -> MutexGuard<'static, ()> {
    BUILDING.lock().unwrap_or_else(|broken| broken.into_inner())
}

/// Builds the app with `notes` (a file's name and its text) for hosting below `public_url`, with
/// the clock of the tests in it. `name` is the build's own. The error is what the build said.
pub fn build(name: &str, public_url: &str, notes: &[(&str, &str)]) -> Result<PathBuf, String> {
    build_with(name, public_url, notes, None)
}

/// As [`build`], of notes that were edited since the build `before`: its ledger is theirs.
pub fn build_after(
    name: &str,
    before: &str,
    public_url: &str,
    notes: &[(&str, &str)],
) -> Result<PathBuf, String> {
    let notes_before = Setup::evidence("builds").join(before).join("notes");
    let ledger = fs::read_to_string(notes_before.join("cards.lock"));
    let ledger = ledger.map_err(|error| format!("`{before}` has no ledger: {error}"))?;
    build_with(name, public_url, notes, Some(&ledger))
}

fn build_with(
    name: &str,
    public_url: &str,
    notes: &[(&str, &str)],
    ledger: Option<&str>,
) -> Result<PathBuf, String> {
    let _one = building();
    let folder = Setup::evidence("builds").join(name);
    let (content, dist, test) = (
        folder.join("notes"),
        folder.join("dist"),
        folder.join("dist-test"),
    );
    let _ = fs::remove_dir_all(&content);
    fs::create_dir_all(&content).expect("the target folder can be written");
    for (file, text) in notes {
        fs::write(content.join(file), text).expect("the target folder can be written");
    }
    if let Some(ledger) = ledger {
        fs::write(content.join("cards.lock"), ledger).expect("the target folder can be written");
    }
    let build = ["build", "--quick", "--public-url", public_url];
    xtask(&build, &[("--content", &content), ("--dist", &dist)])?;
    xtask(&["dist-test"], &[("--from", &dist), ("--to", &test)])?;
    Ok(test)
}

fn xtask(words: &[&str], folders: &[(&str, &Path)]) -> Result<(), String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(Setup::root()).arg("xtask").args(words);
    for (option, folder) in folders {
        command.arg(option).arg(folder);
    }
    let output = command
        .output()
        .map_err(|error| format!("{command:?} does not run: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last: Vec<&str> = said.lines().rev().take(30).collect();
    let last: Vec<&str> = last.into_iter().rev().collect();
    Err(format!("{command:?} failed:\n{}", last.join("\n")))
}
