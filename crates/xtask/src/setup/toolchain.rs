//! The parts of the Rust toolchain: the wasm target, rustfmt and clippy.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use super::Install;
use crate::process;

const TARGET: &str = "wasm32-unknown-unknown";

/// Everything that lints and builds need of the toolchain.
pub fn ensure(install: Install) -> Result<()> {
    ensure_linters(install)?;
    ensure_wasm_target(install)
}

/// Sees that the standard library for wasm is there.
pub fn ensure_wasm_target(install: Install) -> Result<()> {
    if has_wasm_target() {
        return Ok(());
    }
    if install == Install::Nothing || process::on_path("rustup").is_none() {
        bail!("{}", without_rustup());
    }
    println!("Adding the target {TARGET} to your toolchain (one download of about 20 MB).");
    process::run(Command::new("rustup").args(["target", "add", TARGET]))?;
    if !has_wasm_target() {
        bail!(
            "rustup added {TARGET}, but the rustc on PATH does not see it: {}",
            without_rustup()
        );
    }
    Ok(())
}

/// Sees that `cargo fmt` and `cargo clippy` run.
fn ensure_linters(install: Install) -> Result<()> {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if has_subcommand(subcommand) {
            continue;
        }
        if install == Install::Nothing || process::on_path("rustup").is_none() {
            bail!(
                "`cargo {subcommand}` is missing: run `rustup component add {component}`, or \
                 install your system's package `{component}`"
            );
        }
        println!("Adding the component {component} to your toolchain.");
        process::run(Command::new("rustup").args(["component", "add", component]))?;
    }
    Ok(())
}

fn has_wasm_target() -> bool {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", TARGET]);
    process::output_of(&mut rustc).is_some_and(|folder| Path::new(&folder).is_dir())
}

fn has_subcommand(name: &str) -> bool {
    process::output_of(process::cargo().args([name, "--version"])).is_some()
}

fn without_rustup() -> String {
    format!(
        "your rustc cannot build for {TARGET}. With rustup (https://rustup.rs) run \
         `rustup target add {TARGET}`; without it install your system's package: \
         Fedora `rust-std-static-{TARGET}`, Debian `libstd-rust-dev-wasm32`, Arch `rust-wasm`"
    )
}
