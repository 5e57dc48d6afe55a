//! Compiles the notes into `OUT_DIR/decks.bin`, which the app includes, and
//! prints each problem with its place. Writes to `OUT_DIR` only: a file written
//! anywhere else would make Trunk rebuild for ever.

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

use deck::{Compiled, Options, Severity, compile, read_notes};

fn main() -> ExitCode {
    println!("cargo::rerun-if-env-changed=QUIRE_CONTENT");
    let folder = notes_folder();
    println!("cargo::rerun-if-changed={}", folder.display());
    let notes = match read_notes(&folder) {
        Ok(notes) => notes,
        Err(error) => return fail(&error.to_string()),
    };
    let compiled = compile(&notes, &Options::default());
    report(&compiled);
    if compiled.has_errors() {
        return fail("the notes have errors: see the lines above, or run `cargo xtask cards`");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo sets OUT_DIR for build scripts"));
    match fs::write(out.join("decks.bin"), compiled.to_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&format!("decks.bin cannot be written: {error}")),
    }
}

/// `QUIRE_CONTENT`, else `content/` beside this file.
fn notes_folder() -> PathBuf {
    let root = env::var_os("CARGO_MANIFEST_DIR").expect("Cargo sets it for build scripts");
    match env::var_os("QUIRE_CONTENT") {
        Some(folder) if !folder.is_empty() => PathBuf::from(root).join(folder),
        _ => PathBuf::from(root).join("content"),
    }
}

fn report(compiled: &Compiled) {
    for problem in &compiled.problems {
        let level = match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        // Cargo ends a directive at the line's end: the hint goes on the same line.
        let text = problem.to_string().replace('\n', " ");
        println!("cargo::{level}={text}");
    }
}

fn fail(message: &str) -> ExitCode {
    println!("cargo::error={message}");
    ExitCode::FAILURE
}
