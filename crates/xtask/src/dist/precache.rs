//! The list of files that the service worker keeps, written into the worker itself.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::digest::{sha256_integrity, short_hash};

/// The worker's file name: the one name that must never change.
pub const WORKER: &str = "sw.js";

/// What stands around the list in the worker's source.
const OPEN: &str = "/*quire:precache*/";
const CLOSE: &str = "/*quire:end*/";

/// One file to keep.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its address relative to the worker's scope. The page itself is `./`, since some
    /// hosts redirect `index.html` to it.
    pub url: String,
    /// `sha256-<base64>` of its bytes.
    pub integrity: String,
}

/// Lists every file of the site that a visit may ask for, sorted by address.
///
/// Left out: the worker, the page for hosts without deep links (a copy of the index),
/// compressed copies and source maps.
///
/// # Errors
///
/// Fails when the folder has no `index.html`, cannot be read, or has a name that would
/// need escaping in a URL.
pub fn list(folder: &Path) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for path in super::compress::files_below(folder)? {
        if is_left_out(&path) {
            continue;
        }
        if !path
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte))
        {
            bail!("`{path}` needs escaping in a URL: use letters, digits, `.`, `_` and `-`");
        }
        let integrity = sha256_integrity(&fs::read(folder.join(&path))?);
        let url = if path == "index.html" {
            "./".to_owned()
        } else {
            path
        };
        entries.push(Entry { url, integrity });
    }
    entries.sort_by(|one, other| one.url.cmp(&other.url));
    if entries.first().is_none_or(|entry| entry.url != "./") {
        bail!("there is no index.html in {}", folder.display());
    }
    Ok(entries)
}

/// Writes the list and its version into `sw.js`. Doing it again gives the same file.
///
/// # Errors
///
/// Fails when the worker is missing or has no place for the list.
pub fn write(folder: &Path) -> Result<()> {
    let path = folder.join(WORKER);
    let source =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(fs::write(&path, fill(&source, &list(folder)?)?)?)
}

/// Puts the list between its marks. The version covers the worker's own code as well, so
/// that a changed worker never shares a cache with the one before it.
fn fill(source: &str, entries: &[Entry]) -> Result<String> {
    let place = source.split_once(OPEN).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(CLOSE)?;
        Some((before, after))
    });
    let (before, after) = place.with_context(|| {
        format!(
            "sw.js has no place for its list ({OPEN} … {CLOSE}). A build of `serve --watch` \
             has none: build again with `cargo xtask build`"
        )
    })?;
    let files = entries
        .iter()
        .map(|entry| format!("\n    [{:?}, {:?}],", entry.url, entry.integrity))
        .collect::<String>();
    let version = short_hash(format!("{before}{files}{after}").as_bytes());
    Ok(format!(
        "{before}{OPEN} {{\n  version: {version:?},\n  files: [{files}\n  ],\n}} {CLOSE}{after}"
    ))
}

fn is_left_out(path: &str) -> bool {
    path == WORKER
        || path == "404.html"
        || [".br", ".gz", ".map"]
            .iter()
            .any(|ending| path.ends_with(ending))
}
