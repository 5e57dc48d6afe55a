//! Set-up: what a build and the browser tests need, found or installed once.

pub mod browsers;
mod cache;
mod cargo_tool;
mod engines;
pub mod toolchain;
pub mod wasm_opt;

use std::path::PathBuf;

use anyhow::Result;

use crate::workspace;
use cargo_tool::CargoTool;

/// The Trunk that Quire is built with.
const TRUNK_VERSION: &str = "0.21.14";

/// Whether set-up may change the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Install {
    /// What is missing is installed.
    Missing,
    /// What is missing is an error.
    Nothing,
}

/// The programs of a build.
#[derive(Debug)]
pub struct Tools {
    /// The Trunk of [`TRUNK_VERSION`].
    pub trunk: PathBuf,
    /// The wasm-bindgen of the version that Cargo.lock fixes.
    pub wasm_bindgen: PathBuf,
    /// Its version.
    pub wasm_bindgen_version: String,
    /// Binaryen's optimiser, a bonus: builds work without it.
    pub wasm_opt: Option<PathBuf>,
}

/// Everything a release build needs: the wasm target, wasm-bindgen, Trunk, wasm-opt.
pub fn tools(install: Install) -> Result<Tools> {
    toolchain::ensure_wasm_target(install)?;
    let wasm_bindgen_version = workspace::locked_version("wasm-bindgen")?;
    let wasm_bindgen = CargoTool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: &wasm_bindgen_version,
        minutes: "1 to 3 minutes",
    }
    .ensure(install)?;
    let trunk = CargoTool {
        package: "trunk",
        program: "trunk",
        version: TRUNK_VERSION,
        minutes: "3 to 10 minutes",
    }
    .ensure(install)?;
    let wasm_opt = wasm_opt::find_or_install(install);
    Ok(Tools {
        trunk,
        wasm_bindgen,
        wasm_bindgen_version,
        wasm_opt,
    })
}
