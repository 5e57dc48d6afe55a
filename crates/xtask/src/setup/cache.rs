//! The folder where tools are kept, shared by all clones of one user.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// `quire/tools` in the user's cache folder.
pub fn tools_folder() -> Result<PathBuf> {
    let base = user_cache(&|name| std::env::var_os(name).map(PathBuf::from)).context(
        "cannot tell your cache folder: set HOME (or XDG_CACHE_HOME) and run this again",
    )?;
    Ok(base.join("quire").join("tools"))
}

/// Fills the folder `name` of `tools` once. `fill` writes into a folder beside
/// it, which takes its place when all went well; a lock keeps two clones from
/// doing the same work. `is_filled` tells whether another was first.
pub fn fill_once(
    tools: &Path,
    name: &str,
    is_filled: impl Fn(&Path) -> bool,
    fill: impl FnOnce(&Path) -> Result<()>,
) -> Result<PathBuf> {
    fs::create_dir_all(tools).with_context(|| format!("cannot create {}", tools.display()))?;
    let _lock = lock(&tools.join(format!(".{name}.lock")))?;
    let folder = tools.join(name);
    if is_filled(&folder) {
        return Ok(folder);
    }
    let fresh = tools.join(format!(".{name}.new"));
    remove(&fresh)?;
    fs::create_dir_all(&fresh).with_context(|| format!("cannot create {}", fresh.display()))?;
    fill(&fresh)?;
    remove(&folder)?;
    fs::rename(&fresh, &folder)
        .with_context(|| format!("cannot rename {} to {name}", fresh.display()))?;
    Ok(folder)
}

/// Waits until no other process holds `path`; held until the file is dropped.
fn lock(path: &Path) -> Result<File> {
    let file = File::create(path).with_context(|| format!("cannot create {}", path.display()))?;
    if file.try_lock().is_err() {
        eprintln!("Another clone is installing the same tool; waiting for it.");
        file.lock()
            .with_context(|| format!("cannot lock {}", path.display()))?;
    }
    Ok(file)
}

fn remove(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))
}

/// The user's cache folder by the habit of the system.
fn user_cache(variable: &dyn Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let set = |name: &str| variable(name).filter(|path| path.is_absolute());
    if cfg!(windows) {
        return set("LOCALAPPDATA");
    }
    let home_cache = if cfg!(target_os = "macos") {
        "Library/Caches"
    } else {
        ".cache"
    };
    set("XDG_CACHE_HOME").or_else(|| Some(set("HOME")?.join(home_cache)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Scratch;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    fn has_tool(folder: &Path) -> bool {
        folder.join("tool").is_file()
    }

    #[test]
    fn two_clones_at_once_install_a_tool_once() {
        let scratch = Scratch::new("cache-twice");
        let times = AtomicUsize::new(0);
        let install = |folder: &Path| {
            times.fetch_add(1, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(50));
            Ok(fs::write(folder.join("tool"), "")?)
        };
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| fill_once(&scratch.path(""), "tool-1", has_tool, install).unwrap());
            }
        });
        assert_eq!(times.load(Ordering::SeqCst), 1);
        assert!(has_tool(&scratch.path("tool-1")));
    }

    #[test]
    fn a_failed_installation_leaves_no_tool_and_can_be_repeated() {
        let scratch = Scratch::new("cache-failed");
        let tools = scratch.path("");
        let half = |folder: &Path| {
            fs::write(folder.join("half"), "")?;
            anyhow::bail!("no network")
        };
        assert!(fill_once(&tools, "tool-1", has_tool, half).is_err());
        assert!(!scratch.path("tool-1").exists());
        let whole = |folder: &Path| Ok(fs::write(folder.join("tool"), "")?);
        let folder = fill_once(&tools, "tool-1", has_tool, whole).unwrap();
        assert!(has_tool(&folder) && !folder.join("half").exists());
    }

    #[track_caller]
    #[cfg(unix)]
    fn check(xdg: Option<&str>, home: Option<&str>, expected: Option<&str>) {
        let variable = |name: &str| match name {
            "XDG_CACHE_HOME" => xdg.map(PathBuf::from),
            "HOME" => home.map(PathBuf::from),
            _ => None,
        };
        assert_eq!(user_cache(&variable), expected.map(PathBuf::from));
    }

    #[test]
    #[cfg(unix)]
    fn xdg_cache_home_wins_where_it_is_absolute() {
        check(Some("/x"), Some("/home/a"), Some("/x"));
        check(None, None, None);
        if cfg!(target_os = "linux") {
            check(Some("x"), Some("/home/a"), Some("/home/a/.cache"));
            check(None, Some("/home/a"), Some("/home/a/.cache"));
        }
    }
}
