//! Content-hashed names for what the page loads first.
//!
//! A hashed name may be cached for ever, can never be mixed with a file of another build,
//! and lets a browser keep its compiled wasm from one visit to the next.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::digest::{sha384_integrity, short_hash};
use super::page::Template;

/// One renamed file of the first load.
#[derive(Debug)]
pub struct Asset {
    /// Its name at the root of the site, safe in a URL and in an attribute.
    pub name: String,
    /// Integrity metadata for the tag that loads it.
    pub integrity: String,
}

/// Everything that the page loads before the app is on the screen.
#[derive(Debug)]
pub struct Assets {
    /// The boot script.
    pub boot: Asset,
    /// The glue that wasm-bindgen wrote.
    pub glue: Asset,
    /// The app.
    pub wasm: Asset,
    /// All style sheets of the page in one file, in the page's order.
    pub style: Asset,
}

/// Finds the app's wasm: the one `*_bg.wasm` at the root.
///
/// # Errors
///
/// Fails when there is none, or more than one.
pub fn find_wasm(folder: &Path) -> Result<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with("_bg.wasm") {
            found.push(path);
        }
    }
    match <[PathBuf; 1]>::try_from(found) {
        Ok([wasm]) => Ok(wasm),
        Err(found) => bail!(
            "expected one `*_bg.wasm` at the root, found {}",
            found.len()
        ),
    }
}

/// Renames boot script, glue, wasm, and the merged style sheet by their contents.
///
/// # Errors
///
/// Fails when a file is missing or cannot be moved.
pub fn rename(folder: &Path, template: &Template) -> Result<Assets> {
    let wasm = find_wasm(folder)?;
    let stem = file_name(&wasm)?.trim_end_matches("_bg.wasm").to_owned();
    let glue = folder.join(format!("{stem}.js"));
    let style = merge_styles(folder, template)?;
    Ok(Assets {
        boot: rename_one(&folder.join("boot.js"), |hash| format!("boot-{hash}.js"))?,
        glue: rename_one(&glue, |hash| format!("{stem}-{hash}.js"))?,
        wasm: rename_one(&wasm, |hash| format!("{stem}-{hash}_bg.wasm"))?,
        style: rename_one(&style, |hash| format!("{stem}-{hash}.css"))?,
    })
}

fn rename_one(path: &Path, name: impl Fn(&str) -> String) -> Result<Asset> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let name = name(&short_hash(&bytes));
    fs::rename(path, path.with_file_name(&name))?;
    Ok(Asset {
        name,
        integrity: sha384_integrity(&bytes),
    })
}

/// One file instead of many: one request, one hash, and the cascade in the page's order.
fn merge_styles(folder: &Path, template: &Template) -> Result<PathBuf> {
    let mut merged = String::new();
    for href in template.stylesheets() {
        let path = folder.join(href);
        let css = fs::read_to_string(&path)
            .with_context(|| format!("the page links {href}, which was not built"))?;
        merged.push_str(css.trim_end());
        merged.push('\n');
        fs::remove_file(&path)?;
    }
    let path = folder.join("merged.css");
    fs::write(&path, merged)?;
    Ok(path)
}

fn file_name(path: &Path) -> Result<&str> {
    path.file_name()
        .and_then(|name| name.to_str())
        .context("a file name is not UTF-8")
}
