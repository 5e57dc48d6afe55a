//! Binaryen's wasm-opt: makes the app smaller where it can be had.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::{Install, cache};
use crate::process;

/// The version of npm's package `binaryen`.
const VERSION: &str = "132";

/// Names a wasm-opt that wins over every other.
pub const VARIABLE: &str = "QUIRE_WASM_OPT";

/// wasm-opt from [`VARIABLE`], or from PATH, or from the cache, or installed into the cache by npm.
/// Nothing is lost without it but size, so no failure here ends a build.
pub fn find_or_install(install: Install) -> Option<PathBuf> {
    if process::is_set(VARIABLE) {
        return std::env::var_os(VARIABLE).map(PathBuf::from);
    }
    process::on_path("wasm-opt").or_else(|| match cached_or_installed(install) {
        Ok(found) => found,
        Err(error) => {
            eprintln!("warning: wasm-opt could not be installed, going on without: {error:#}");
            None
        }
    })
}

fn cached_or_installed(install: Install) -> Result<Option<PathBuf>> {
    let name = format!("binaryen-{VERSION}");
    let tools = cache::tools_folder()?;
    if let Some(path) = inside(&tools.join(&name)) {
        return Ok(Some(path));
    }
    let Some(npm) = process::on_path("npm") else {
        return Ok(None);
    };
    if install == Install::Nothing {
        return Ok(None);
    }
    let folder = cache::fill_once(
        &tools,
        &name,
        |folder| inside(folder).is_some(),
        |fresh| install_with(&npm, fresh),
    )?;
    Ok(inside(&folder))
}

fn install_with(npm: &Path, folder: &Path) -> Result<()> {
    println!("Installing wasm-opt (npm's binaryen {VERSION}) once; that takes about 10 seconds.");
    let mut command = Command::new(npm);
    command
        .args([
            "install",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--loglevel=error",
        ])
        .arg("--prefix")
        .arg(folder)
        .arg(format!("binaryen@{VERSION}"));
    process::run(&mut command)
}

fn inside(folder: &Path) -> Option<PathBuf> {
    process::executable_in(&folder.join("node_modules").join(".bin"), "wasm-opt")
}
