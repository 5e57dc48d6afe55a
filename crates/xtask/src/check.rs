//! `check`: everything that needs no browser.

use anyhow::Result;

use crate::cli;
use crate::content;
use crate::ledger::{self, Keeping};
use crate::process;
use crate::setup::{Install, toolchain};
use crate::steps::{Outcome, Steps};
use crate::workspace;

/// What `cargo xtask check --help` prints.
pub const HELP: &str = "\
Usage: cargo xtask check

The fast lane, without browsers: format, lints of the host and of the wasm,
the ledger of content/, native tests, and licences where cargo-deny is
installed.";

const LINT_HOST: &str = "clippy --locked --workspace --all-targets -- --deny warnings";

/// The app's own target: its lines for the browser alone are not seen by the other.
const LINT_WASM: &str = "clippy --locked --package quire --package transfer \
    --target wasm32-unknown-unknown -- --deny warnings";

/// The command.
pub fn run(args: &[String]) -> Result<()> {
    cli::no_arguments("check", args)?;
    let mut steps = Steps::new();
    steps.run("toolchain", || toolchain::ensure(Install::Missing))?;
    add_to(&mut steps)?;
    println!("{}", steps.summary());
    Ok(())
}

/// The steps of the fast lane.
pub fn add_to(steps: &mut Steps) -> Result<()> {
    steps.run("format", || cargo("fmt --all --check"))?;
    steps.run("lints: host", || cargo(LINT_HOST))?;
    steps.run("lints: wasm", || cargo(LINT_WASM))?;
    steps.run("ledger", || {
        ledger::keep(&workspace::root().join("content"), Keeping::Locked).map(drop)
    })?;
    steps.run("native tests", || {
        cargo("test --locked --workspace --exclude browser-tests")
    })?;
    steps.run_or_skip("licences and sources", deny)
}

/// cargo-deny is a bonus of those who have it: it takes minutes to compile.
fn deny() -> Result<Outcome> {
    if process::on_path("cargo-deny").is_none() {
        let why = "cargo-deny is not on PATH (`cargo install --locked cargo-deny` brings it)";
        return Ok(Outcome::Skipped(why.to_owned()));
    }
    cargo("deny check licenses bans sources")?;
    Ok(Outcome::Done)
}

/// Runs cargo with the words of `line` in the workspace.
fn cargo(line: &str) -> Result<()> {
    let mut cargo = process::cargo();
    cargo
        .current_dir(workspace::root())
        .args(line.split_whitespace())
        // Other notes are for `serve`, `build` and `cards`.
        .env_remove(content::VARIABLE);
    process::run(&mut cargo)
}
