//! `serve --watch`: Trunk builds anew whenever a note or a source changes.

use std::path::PathBuf;
use std::process::{Child, Command};

use anyhow::{Context, Result};

use crate::build::{self, Plan};
use crate::setup::Tools;
use crate::{process, workspace};

/// Tells the last step of a build to leave the service worker out.
const VARIABLE: &str = "QUIRE_WATCH";

/// What a change of leads to a build, beside the notes. Not the whole
/// workspace: what a build itself writes must not start the next one.
const SOURCES: &[&str] = &[
    "src",
    "crates/deck/src",
    "crates/study/src",
    "crates/transfer/src",
    "public",
    "index.html",
    "build.rs",
];

/// A watching Trunk, ended when this is dropped.
pub struct Watcher(Child);

impl Drop for Watcher {
    fn drop(&mut self) {
        // It may have ended by itself, for Ctrl+C reaches it as well.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The first build, so that what is wrong ends the command.
pub fn build(plan: &Plan, tools: &Tools) -> Result<()> {
    process::run(without_worker(&mut build::checked_trunk(
        "build", plan, tools,
    )?))
}

/// Starts to watch.
pub fn spawn(plan: &Plan, tools: &Tools) -> Result<Watcher> {
    let mut trunk = build::checked_trunk("watch", plan, tools)?;
    for path in watched(plan) {
        trunk.arg("--watch").arg(path);
    }
    // In place of the list in Trunk.toml, which must not name a folder that is missing.
    trunk.arg("--ignore").arg(&plan.dist);
    let child = without_worker(&mut trunk)
        .spawn()
        .context("cannot start `trunk watch`")?;
    println!("Watching notes and sources: save, wait for `success`, then reload the page.");
    Ok(Watcher(child))
}

fn watched(plan: &Plan) -> impl Iterator<Item = PathBuf> {
    let root = workspace::root();
    let sources = SOURCES.iter().map(move |name| root.join(name));
    std::iter::once(plan.content.folder.clone()).chain(sources.filter(|path| path.exists()))
}

fn without_worker(trunk: &mut Command) -> &mut Command {
    trunk.env(VARIABLE, "1")
}
