//! Other programs: how they are found, started and judged.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// Runs `command` to its end, its output going to ours.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = line_of(command);
    let status = command
        .status()
        .with_context(|| format!("cannot start `{shown}`"))?;
    if !status.success() {
        bail!("`{shown}` failed ({status})");
    }
    Ok(())
}

/// What `command` prints, trimmed; nothing where it cannot start or fails.
pub fn output_of(command: &mut Command) -> Option<String> {
    let output = command.output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// The cargo that runs us, or else the one on PATH.
pub fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The first executable called `name` on PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .filter(|folder| !folder.as_os_str().is_empty())
        .find_map(|folder| executable_in(&folder, name))
}

/// The executable called `name` in `folder`; on Windows also as a `.exe` or `.cmd`.
pub fn executable_in(folder: &Path, name: &str) -> Option<PathBuf> {
    let suffixes: &[&str] = if cfg!(windows) {
        &[".exe", ".cmd"]
    } else {
        &[""]
    };
    suffixes
        .iter()
        .map(|suffix| folder.join(format!("{name}{suffix}")))
        .find(|path| is_executable(path))
}

/// Whether the variable `name` is set to something.
pub fn is_set(name: &str) -> bool {
    env::var_os(name).is_some_and(|value| !value.is_empty())
}

fn line_of(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    std::iter::once(name)
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata()
        .is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_command_is_named_with_its_arguments() {
        let error = run(cargo()
            .args(["no-such-command"])
            .stderr(std::process::Stdio::null()));
        let text = error.unwrap_err().to_string();
        assert!(text.contains("cargo no-such-command` failed"), "{text}");
    }

    #[test]
    fn cargo_is_on_the_path_and_nonsense_is_not() {
        assert!(on_path("cargo").is_some());
        assert!(on_path("no-such-program-anywhere").is_none());
    }
}
