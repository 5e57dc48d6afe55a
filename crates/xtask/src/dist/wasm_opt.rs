//! `wasm-opt -Oz` on what was compiled, where the machine has it.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// What rustc's wasm32-unknown-unknown output may use. Older releases of wasm-opt allow
/// none of it unless told.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The oldest release that is trusted. 108, which Debian 12 and Ubuntu 22.04 carry, writes a
/// wasm that fails at its start (`Table.grow`), and says nothing.
const OLDEST_RELEASE: u32 = 116;

/// Measured on the app with its first notes.
const COST: &str =
    "The app is about 1 % larger to download and 7 % larger to load than it could be.";

/// What became of a run that did not fail.
#[derive(Debug, PartialEq, Eq)]
enum Run {
    Done,
    TooOld(u32),
}

/// Where a wasm-opt was found: the learner's own choice must work, a found one may fail.
#[derive(Debug, PartialEq, Eq)]
enum Tool {
    Chosen(PathBuf),
    OnPath(PathBuf),
    Missing,
}

/// Shrinks the files in place. A missing wasm-opt is no error, only a larger download, and
/// neither is one that is too old to be trusted.
///
/// # Errors
///
/// Fails when the program named in `QUIRE_WASM_OPT` cannot be run or does not succeed.
pub fn shrink(wasms: &[&Path]) -> Result<()> {
    let (program, must_work) = match find(env::var_os("QUIRE_WASM_OPT"), env::var_os("PATH")) {
        Tool::Chosen(program) => (program, true),
        Tool::OnPath(program) => (program, false),
        Tool::Missing => {
            println!("wasm-opt was not found. {COST} It is part of Binaryen.");
            return Ok(());
        }
    };
    match run_on_all(&program, wasms) {
        Ok(Run::Done) => Ok(()),
        Ok(Run::TooOld(release)) => {
            println!(
                "{} is release {release}, but {OLDEST_RELEASE} or newer is needed, so it is \
                 left out. {COST}",
                program.display()
            );
            Ok(())
        }
        Err(error) if must_work => {
            Err(error.context(format!("QUIRE_WASM_OPT names {}", program.display())))
        }
        Err(error) => {
            println!("wasm-opt did not work, so it is left out. {COST} {error:#}");
            Ok(())
        }
    }
}

fn find(chosen: Option<OsString>, path: Option<OsString>) -> Tool {
    if let Some(program) = chosen.filter(|value| !value.is_empty()) {
        return Tool::Chosen(PathBuf::from(program));
    }
    let name = format!("wasm-opt{}", env::consts::EXE_SUFFIX);
    env::split_paths(&path.unwrap_or_default())
        .map(|folder| folder.join(&name))
        .find(|program| program.is_file())
        .map_or(Tool::Missing, Tool::OnPath)
}

/// Ends at the first file that shows that this program is of no use.
fn run_on_all(program: &Path, wasms: &[&Path]) -> Result<Run> {
    for wasm in wasms {
        if let Run::TooOld(release) = run(program, wasm)? {
            return Ok(Run::TooOld(release));
        }
    }
    Ok(Run::Done)
}

/// Writes beside the file first, so that a failure leaves the built one as it was.
fn run(program: &Path, wasm: &Path) -> Result<Run> {
    let release = release_of(&output_of(Command::new(program).arg("--version"))?)?;
    if release < OLDEST_RELEASE {
        return Ok(Run::TooOld(release));
    }
    let smaller = wasm.with_extension("wasm.opt");
    let arguments = [
        "-Oz".as_ref(),
        wasm.as_os_str(),
        "-o".as_ref(),
        smaller.as_os_str(),
    ];
    output_of(Command::new(program).args(FEATURES).args(arguments))?;
    let (before, after) = (fs::metadata(wasm)?.len(), fs::metadata(&smaller)?.len());
    if after < before {
        fs::rename(&smaller, wasm)?;
    } else {
        fs::remove_file(&smaller)?;
    }
    let name = wasm.file_name().unwrap_or_default();
    println!(
        "wasm-opt -Oz: {} had {before} bytes and has {}",
        name.display(),
        after.min(before)
    );
    Ok(Run::Done)
}

fn output_of(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_owned();
    let output = command
        .output()
        .with_context(|| format!("cannot run {}", program.display()))?;
    if !output.status.success() {
        bail!(
            "{}: {}",
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Reads `wasm-opt version 119 (version_119)`.
fn release_of(version: &str) -> Result<u32> {
    let mut words = version.split_whitespace();
    words
        .find(|word| *word == "version")
        .and_then(|_| words.next())
        .and_then(|word| word.split('.').next()?.parse().ok())
        .with_context(|| {
            format!(
                "it does not tell its version, but says `{}`",
                version.trim()
            )
        })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Run, Tool, find, release_of, run};

    #[test]
    fn a_chosen_program_comes_before_the_path() {
        let chosen = find(Some("/opt/wasm-opt".into()), None);
        assert_eq!(chosen, Tool::Chosen("/opt/wasm-opt".into()));
    }

    #[test]
    fn an_empty_path_means_missing() {
        assert_eq!(find(None, None), Tool::Missing);
        assert_eq!(
            find(Some("".into()), Some("/nowhere".into())),
            Tool::Missing
        );
    }

    #[test]
    fn a_program_that_cannot_run_leaves_the_file_alone() {
        let folder = tempfile::tempdir().unwrap();
        let wasm = folder.path().join("app_bg.wasm");
        fs::write(&wasm, b"as built").unwrap();
        assert!(run(&folder.path().join("absent"), &wasm).is_err());
        assert_eq!(fs::read(&wasm).unwrap(), b"as built");
    }

    #[track_caller]
    fn check_release(version: &str, expected: Option<u32>) {
        assert_eq!(release_of(version).ok(), expected);
    }

    #[test]
    fn a_release_is_read_in_each_of_its_forms() {
        check_release("wasm-opt version 116 (version_116)\n", Some(116));
        check_release("wasm-opt version 132", Some(132));
        check_release("wasm-opt version 120_b (commit)", None);
        check_release("hello", None);
        check_release("", None);
    }

    #[cfg(unix)]
    #[test]
    fn a_release_that_breaks_the_app_is_not_used() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("wasm-opt");
        fs::write(&program, "#!/bin/sh\necho wasm-opt version 108\n").unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let wasm = folder.path().join("app_bg.wasm");
        fs::write(&wasm, b"as built").unwrap();
        assert_eq!(run(&program, &wasm).unwrap(), Run::TooOld(108));
        assert_eq!(fs::read(&wasm).unwrap(), b"as built");
    }
}
