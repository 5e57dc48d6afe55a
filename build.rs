//! Compiles the notes into `OUT_DIR/decks.bin`, which the app includes, and
//! prints each problem with its place. Writes to `OUT_DIR` only: a file written
//! anywhere else would make Trunk rebuild for ever.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

use deck::{Cache, Compiled, Settings, Severity, compile, compile_cached, read_folder};

fn main() -> ExitCode {
    println!("cargo::rustc-check-cfg=cfg(quire_watch)");
    println!("cargo::rerun-if-env-changed=QUIRE_WATCH");
    if env::var_os("QUIRE_WATCH").is_some() {
        // The app asks `serve --watch` for the notes: they are no part of the build.
        println!("cargo::rustc-cfg=quire_watch");
        return ExitCode::SUCCESS;
    }
    println!("cargo::rerun-if-env-changed=QUIRE_CONTENT");
    let folder = notes_folder();
    println!("cargo::rerun-if-changed={}", folder.display());
    let folder = match read_folder(&folder) {
        Ok(folder) => folder,
        Err(error) => return fail(&error.to_string()),
    };
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo sets OUT_DIR for build scripts"));
    let defaults = Settings::default();
    let compiled = match Cache::in_folder(out.join("notes")) {
        Some(cache) => compile_cached(&folder, &defaults, &cache),
        None => compile(&folder, &defaults),
    };
    report(&compiled);
    if compiled.has_errors() {
        return fail("the notes have errors: `cargo xtask cards` shows them with their lines");
    }
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

/// How many problems of one code are printed; `cargo xtask cards` shows them all, with their lines.
const FIRST: usize = 10;

/// Prints problems with a path that a terminal can open, below the folder that `QUIRE_CONTENT`
/// names. Cargo ends a directive at the line's end, so each is one line.
fn report(compiled: &Compiled) {
    let folder = env::var("QUIRE_CONTENT").unwrap_or_default();
    let folder = if folder.is_empty() {
        "content"
    } else {
        folder.trim_end_matches('/')
    };
    let mut of_code: BTreeMap<&str, usize> = BTreeMap::new();
    for problem in &compiled.problems {
        let count = of_code.entry(problem.code).or_default();
        *count += 1;
        if *count > FIRST {
            continue;
        }
        let deck::Problem {
            path,
            line,
            column,
            code,
            message,
            hint,
            ..
        } = problem;
        let text = format!("{folder}/{path}:{line}:{column}: [{code}] {message}; {hint}");
        let text = text.replace(char::is_control, " ");
        match problem.severity {
            Severity::Error => println!("cargo::error={text}"),
            Severity::Warning => println!("cargo::warning={text}"),
        }
    }
    for (code, count) in of_code.into_iter().filter(|(_, count)| *count > FIRST) {
        let more = count - FIRST;
        println!("cargo::warning=… and {more} more of {code}: `cargo xtask cards --all`");
    }
}

fn fail(message: &str) -> ExitCode {
    println!("cargo::error={message}");
    ExitCode::FAILURE
}
