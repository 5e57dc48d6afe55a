//! Content-hashed names for what the page loads.
//!
//! A hashed name may be cached for ever, can never be mixed with a file of another build,
//! and lets a browser keep its compiled wasm from one visit to the next.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::digest::{sha384_integrity, short_hash};
use super::page::Template;
use crate::file_names::{TRANSFER, is_on_demand};

/// One renamed file.
#[derive(Debug)]
pub struct Asset {
    /// Its name at the root of the site, safe in a URL and in an attribute.
    pub name: String,
    /// Integrity metadata for the tag that loads it.
    pub integrity: String,
}

/// A wasm and the script that starts it.
#[derive(Debug)]
pub struct Module {
    /// The glue that wasm-bindgen wrote.
    pub glue: Asset,
    /// The compiled Rust.
    pub wasm: Asset,
}

/// Everything that the page names.
#[derive(Debug)]
pub struct Assets {
    /// The boot script.
    pub boot: Asset,
    /// The app.
    pub app: Module,
    /// What draws and reads QR codes, for the boot script to load when it is asked to.
    pub transfer: Module,
    /// All style sheets of the page in one file, in the page's order.
    pub style: Asset,
}

/// The built wasm files, both at the root.
#[derive(Debug)]
pub struct Wasms {
    /// The one of the app.
    pub app: PathBuf,
    /// The one that is loaded on demand.
    pub transfer: PathBuf,
}

/// Finds the two `*_bg.wasm` at the root.
///
/// # Errors
///
/// Fails when one is missing, or when there are more.
pub fn find_wasms(folder: &Path) -> Result<Wasms> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with("_bg.wasm") {
            found.push(path);
        }
    }
    let is_transfer = |path: &PathBuf| file_name(path).is_ok_and(is_on_demand);
    found.sort_by_key(is_transfer);
    match <[PathBuf; 2]>::try_from(found) {
        Ok([app, transfer]) if !is_transfer(&app) && is_transfer(&transfer) => {
            Ok(Wasms { app, transfer })
        }
        Ok([one, other]) => bail!(
            "expected the app and {TRANSFER}_bg.wasm at the root, found {} and {}",
            one.display(),
            other.display()
        ),
        Err(found) => bail!(
            "expected two `*_bg.wasm` at the root, found {}",
            found.len()
        ),
    }
}

/// Renames boot script, both modules, and the merged style sheet by their contents.
///
/// # Errors
///
/// Fails when a file is missing or cannot be moved.
pub fn rename(folder: &Path, template: &Template) -> Result<Assets> {
    let wasms = find_wasms(folder)?;
    let stem = stem_of(&wasms.app)?.to_owned();
    let style = merge_styles(folder, template)?;
    Ok(Assets {
        boot: rename_one(&folder.join("boot.js"), |hash| format!("boot-{hash}.js"))?,
        app: rename_module(&wasms.app)?,
        transfer: rename_module(&wasms.transfer)?,
        style: rename_one(&style, |hash| format!("{stem}-{hash}.css"))?,
    })
}

fn rename_module(wasm: &Path) -> Result<Module> {
    let stem = stem_of(wasm)?;
    let glue = wasm.with_file_name(format!("{stem}.js"));
    Ok(Module {
        glue: rename_one(&glue, |hash| format!("{stem}-{hash}.js"))?,
        wasm: rename_one(wasm, |hash| format!("{stem}-{hash}_bg.wasm"))?,
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

fn stem_of(wasm: &Path) -> Result<&str> {
    Ok(file_name(wasm)?.trim_end_matches("_bg.wasm"))
}

fn file_name(path: &Path) -> Result<&str> {
    path.file_name()
        .and_then(|name| name.to_str())
        .context("a file name is not UTF-8")
}
