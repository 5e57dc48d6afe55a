//! From Trunk's output to `dist/`: the one post-build hook, step by step.
//!
//! Trunk compiles and copies, under plain names. What a strict policy and an offline app
//! need is known only afterwards, from the bytes of the built files, so it is made here:
//! content-hashed names, the boot script with its integrity, the Content-Security-Policy,
//! the list of files that the service worker keeps, and the compressed copies.

mod audit;
mod compress;
mod digest;
mod function_names;
mod images;
mod names;
mod page;
mod precache;
mod stage;
mod test_copy;
mod wasm_opt;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

pub use test_copy::run_test_copy;

use digest::sha384_integrity;
use page::Worker;
use stage::{BuildKind, Stage};

/// The worker of a watch build: it takes itself and its caches away, and keeps nothing.
const RETIRED_WORKER: &str = include_str!("sw-retired.js");

/// The script of a watch build, its name at the root, and its style.
const WATCH: &str = include_str!("watch.js");
const WATCH_NAME: &str = "watch.js";
const WATCH_STYLE: &str = include_str!("watch.css");

/// Runs as Trunk's `post_build` hook, on the files in `TRUNK_STAGING_DIR`.
///
/// # Errors
///
/// Any failure is returned, and so fails the build: a half-finished folder is not a site.
pub fn run_hook(args: &[String]) -> Result<()> {
    if let Some(unknown) = args.first() {
        bail!("`dist` takes no arguments, but got `{unknown}`; Trunk runs it after a build");
    }
    let stage = Stage::from_env()?;
    finish(&stage).with_context(|| {
        format!(
            "could not finish the built files in {}",
            stage.folder.display()
        )
    })
}

/// Does every step on the staged files, in the only order in which their hashes hold.
fn finish(stage: &Stage) -> Result<()> {
    if stage.kind == BuildKind::Release {
        let wasms = names::find_wasms(&stage.folder)?;
        let wasms = [wasms.app.as_path(), wasms.transfer.as_path()];
        wasms.into_iter().try_for_each(function_names::strip)?;
        wasm_opt::shrink(&wasms)?;
    }
    let index = stage.folder.join("index.html");
    let template =
        fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))?;
    let template = page::Template::read(&template)?;
    images::write(&stage.folder, &stage.notes)?;
    let assets = names::rename(&stage.folder, &template)?;
    let html = template.fill(&assets, worker_of(stage.kind))?;
    let html = match stage.kind {
        BuildKind::Watch => watch(&stage.folder, &html)?,
        BuildKind::Quick | BuildKind::Release => html,
    };
    audit::audit(&html)?;
    fs::write(&index, &html)?;
    finish_worker(stage)?;
    compress::compress_folder(&stage.folder, stage.kind)?;
    // For hosts without deep links: they answer an unknown address with this page.
    fs::copy(&index, stage.folder.join("404.html"))?;
    Ok(())
}

/// Gives the page of a watch build the script that reloads it.
fn watch(folder: &Path, html: &str) -> Result<String> {
    fs::write(folder.join(WATCH_NAME), WATCH)?;
    fs::write(folder.join("watch.css"), WATCH_STYLE)?;
    page::add_script_before_boot(html, WATCH_NAME, &sha384_integrity(WATCH.as_bytes()))
}

/// Writes the list of files into the worker, or puts the retired worker in its place.
fn finish_worker(stage: &Stage) -> Result<()> {
    match worker_of(stage.kind) {
        Worker::On => precache::write(&stage.folder),
        Worker::Off => Ok(fs::write(
            stage.folder.join(precache::WORKER),
            RETIRED_WORKER,
        )?),
    }
}

fn worker_of(kind: BuildKind) -> Worker {
    match kind {
        BuildKind::Watch => Worker::Off,
        BuildKind::Quick | BuildKind::Release => Worker::On,
    }
}
