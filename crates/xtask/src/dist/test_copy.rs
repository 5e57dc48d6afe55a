//! `dist-test`: the built site with a clock that a browser test can set.
//!
//! It is a copy, not another build: the wasm is the same byte for byte, and what differs
//! is one script before the boot script, with its own list of files for the worker.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::digest::sha384_integrity;
use super::stage::BuildKind;
use super::{audit, compress, page, precache};
use crate::cli::Usage;

/// The script that patches `Date`, and its name at the root of the copy.
const CLOCK: &str = include_str!("test-clock.js");
const CLOCK_NAME: &str = "test-clock.js";

/// Makes `dist-test` from `dist`: `[--from DIR] [--to DIR]`, both relative to the working
/// directory.
///
/// # Errors
///
/// Fails when the built site is not there, or is one of a watch build, which has no worker.
pub fn run_test_copy(args: &[String]) -> Result<()> {
    let (from, to) = folders(args)?;
    copy_site(&from, &to)
        .with_context(|| format!("could not make {} from {}", to.display(), from.display()))?;
    println!(
        "{} is {} with a clock for tests",
        to.display(),
        from.display()
    );
    Ok(())
}

fn folders(args: &[String]) -> Result<(PathBuf, PathBuf)> {
    let (mut from, mut to) = (PathBuf::from("dist"), PathBuf::from("dist-test"));
    let mut rest = args.iter();
    while let Some(option) = rest.next() {
        let folder = match option.as_str() {
            "--from" => &mut from,
            "--to" => &mut to,
            other => {
                let message = format!("unknown argument `{other}`: use [--from DIR] [--to DIR]");
                return Err(Usage::new(message).into());
            }
        };
        *folder = rest
            .next()
            .with_context(|| format!("`{option}` needs a folder"))?
            .into();
    }
    Ok((from, to))
}

/// Copies the site, adds the clock, and makes again all that depends on the page's bytes.
pub fn copy_site(from: &Path, to: &Path) -> Result<()> {
    if !from.join("index.html").is_file() {
        bail!(
            "there is no built site in {}: run `cargo xtask build` first",
            from.display()
        );
    }
    if to.join("index.html").is_file() {
        fs::remove_dir_all(to)?;
    }
    for path in compress::files_below(from)? {
        if path == "404.html" || path.ends_with(".br") || path.ends_with(".gz") {
            continue;
        }
        let target = to.join(&path);
        fs::create_dir_all(target.parent().expect("a joined path has a parent"))?;
        fs::copy(from.join(&path), &target)?;
    }
    fs::write(to.join(CLOCK_NAME), CLOCK)?;
    let index = to.join("index.html");
    let integrity = sha384_integrity(CLOCK.as_bytes());
    let html = page::add_script_before_boot(&fs::read_to_string(&index)?, CLOCK_NAME, &integrity)?;
    audit::audit(&html)?;
    fs::write(&index, html)?;
    precache::write(to)?;
    compress::compress_folder(to, BuildKind::Quick)?;
    fs::copy(&index, to.join("404.html"))?;
    Ok(())
}
