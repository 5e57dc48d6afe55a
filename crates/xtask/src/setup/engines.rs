//! Firefox and WebKitGTK: the engines beside Chromium in which faults of the storage are tried.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::Install;
use super::browsers::install_by_apt;
use super::cargo_tool::CargoTool;
use crate::process;

/// The geckodriver that the tests were made with; it drives every Firefox of the last years.
const GECKODRIVER_VERSION: &str = "0.37.1";

/// Names of a Firefox on PATH, the best first.
const FIREFOX_NAMES: &[&str] = &["firefox-esr", "firefox"];

/// Firefox with its driver.
#[derive(Debug)]
pub struct Firefox {
    /// The browser.
    pub browser: PathBuf,
    /// geckodriver.
    pub driver: PathBuf,
}

/// WebKitGTK with its driver.
#[derive(Debug)]
pub struct WebKit {
    /// MiniBrowser, WebKitGTK's own.
    pub browser: PathBuf,
    /// WebKitWebDriver.
    pub driver: PathBuf,
    /// Xvfb, the display that MiniBrowser cannot do without.
    pub display: PathBuf,
}

/// Firefox by apt, geckodriver by cargo.
pub fn firefox(install: Install) -> Result<Firefox> {
    let find = || FIREFOX_NAMES.iter().find_map(|name| process::on_path(name));
    let browser = found_or_installed("Firefox", &["firefox-esr"], install, find)?;
    let driver = CargoTool {
        package: "geckodriver",
        program: "geckodriver",
        version: GECKODRIVER_VERSION,
        minutes: "1 to 3 minutes",
    };
    Ok(Firefox {
        browser,
        driver: driver.ensure(install)?,
    })
}

/// MiniBrowser, its driver and a display by apt. Only Linux has them.
pub fn webkit(install: Install) -> Result<WebKit> {
    let find = || {
        Some(WebKit {
            browser: minibrowser(Path::new("/usr"))?,
            driver: process::on_path("WebKitWebDriver")?,
            display: process::on_path("Xvfb")?,
        })
    };
    found_or_installed("WebKitGTK", &["webkit2gtk-driver", "xvfb"], install, find)
}

/// Passes on what was found. What was not is an error in continuous integration, and elsewhere a
/// warning: the rest can be tried without it.
pub fn required_or_warned<T>(name: &str, found: Result<T>) -> Result<Option<T>> {
    let is_required = env::var("CI").is_ok_and(|value| value == "true");
    match found {
        Ok(found) => Ok(Some(found)),
        Err(error) if is_required => {
            Err(error.context(format!("{name} is required where CI=true")))
        }
        Err(error) => {
            eprintln!("warning: the tests in {name} are left out: {error:#}");
            Ok(None)
        }
    }
}

fn found_or_installed<T>(
    name: &str,
    packages: &[&str],
    install: Install,
    find: impl Fn() -> Option<T>,
) -> Result<T> {
    if let Some(found) = find() {
        return Ok(found);
    }
    if install == Install::Missing && cfg!(target_os = "linux") {
        println!("Installing {name} by apt; that takes a minute or two.");
        install_by_apt(packages).with_context(|| format!("{name} could not be installed"))?;
    }
    match find() {
        Some(found) => Ok(found),
        None => bail!(
            "it needs the programs of the Debian packages `{}`",
            packages.join(" ")
        ),
    }
}

/// Debian keeps it below `lib/<architecture>`, others below `libexec`. The one of GTK 4 keeps its
/// profile in another way than the tests expect.
fn minibrowser(prefix: &Path) -> Option<PathBuf> {
    let architectures = folders_in(&prefix.join("lib"));
    let mut homes = vec![
        prefix.join("libexec"),
        prefix.join("lib64"),
        prefix.join("lib"),
    ];
    homes.extend(architectures);
    homes
        .iter()
        .flat_map(|home| ["webkit2gtk-4.1", "webkit2gtk-4.0"].map(|name| home.join(name)))
        .find_map(|folder| process::executable_in(&folder, "MiniBrowser"))
}

fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Scratch;

    #[test]
    #[cfg(unix)]
    fn minibrowser_is_found_where_the_architecture_puts_it() {
        use std::os::unix::fs::PermissionsExt;
        let scratch = Scratch::new("minibrowser");
        assert_eq!(minibrowser(&scratch.path("")), None);
        let folder = scratch.path("lib/riscv64-linux-gnu/webkit2gtk-4.1");
        fs::create_dir_all(&folder).unwrap();
        let program = folder.join("MiniBrowser");
        fs::write(&program, "").unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(minibrowser(&scratch.path("")), Some(program));
    }

    #[test]
    fn a_missing_engine_says_what_it_needs() {
        let error = found_or_installed("X", &["a", "b"], Install::Nothing, || None::<()>);
        assert!(error.unwrap_err().to_string().contains("`a b`"));
    }
}
