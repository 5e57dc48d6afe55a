//! The browsers and the drivers that the browser tests use.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use super::Install;
use super::engines::{self, Firefox, WebKit};
use crate::process;

/// Names of a Chromium on PATH, the best first.
const CHROMIUM_NAMES: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
];

/// Where macOS keeps them.
const CHROMIUM_APPS: &[&str] = &[
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// A browser with the driver of the same version.
#[derive(Debug)]
pub struct Chromium {
    /// The browser.
    pub browser: PathBuf,
    /// Its chromedriver.
    pub driver: PathBuf,
}

/// All that the browser tests run in.
#[derive(Debug)]
pub struct Browsers {
    /// The one that everything is tried in.
    pub chromium: Chromium,
    /// Firefox, unless it may be left out here.
    pub firefox: Option<Firefox>,
    /// WebKitGTK, unless it may be left out here.
    pub webkit: Option<WebKit>,
}

impl Browsers {
    /// The variables by which the tests are told where everything is.
    pub fn variables(&self) -> Vec<(&'static str, OsString)> {
        let mut engines = vec!["chromium"];
        let mut programs = vec![
            ("CHROMIUM", &self.chromium.browser),
            ("CHROMEDRIVER", &self.chromium.driver),
        ];
        if let Some(firefox) = &self.firefox {
            engines.push("firefox");
            programs.push(("FIREFOX", &firefox.browser));
            programs.push(("GECKODRIVER", &firefox.driver));
        }
        if let Some(webkit) = &self.webkit {
            engines.push("webkit");
            programs.push(("MINIBROWSER", &webkit.browser));
            programs.push(("WEBKIT_DRIVER", &webkit.driver));
            programs.push(("XVFB", &webkit.display));
        }
        let programs = programs.into_iter();
        programs
            .map(|(name, path)| (name, path.clone().into_os_string()))
            .chain([("QUIRE_ENGINES", engines.join(",").into())])
            .collect()
    }
}

/// Every browser, installed by apt where that needs no question. Chromium is always required, the
/// others in continuous integration; elsewhere a warning says what is left out.
pub fn all(install: Install) -> Result<Browsers> {
    let chromium = chromium(install)?;
    let firefox = engines::firefox(install);
    let webkit = engines::webkit(install);
    Ok(Browsers {
        chromium,
        firefox: engines::required_or_warned("Firefox", firefox)?,
        webkit: engines::required_or_warned("WebKitGTK", webkit)?,
    })
}

/// Chromium and chromedriver, installed by apt where that needs no question.
/// Their absence is an error that names the packages: browser tests are never
/// skipped.
fn chromium(install: Install) -> Result<Chromium> {
    if let Some(found) = find() {
        return check_versions(found);
    }
    let system = System::this();
    if install == Install::Missing && matches!(system, System::Apt(_)) {
        println!("Installing Chromium and its driver by apt; that takes a minute or two.");
        if !install_by_apt(system.packages())? {
            bail!("{}", missing(system));
        }
    }
    match find() {
        Some(found) => check_versions(found),
        None => bail!("{}", missing(system)),
    }
}

fn find() -> Option<Chromium> {
    let app = || {
        CHROMIUM_APPS
            .iter()
            .map(PathBuf::from)
            .find(|path| path.is_file())
    };
    let browser = CHROMIUM_NAMES
        .iter()
        .find_map(|name| process::on_path(name))
        .or_else(app)?;
    let driver = process::on_path("chromedriver")?;
    Some(Chromium { browser, driver })
}

/// A chromedriver of another major version starts no session, with an error
/// that few can read.
fn check_versions(found: Chromium) -> Result<Chromium> {
    let browser = version_of(&found.browser)?;
    let driver = version_of(&found.driver)?;
    if major(&browser) != major(&driver) {
        bail!(
            "{} is {browser}, but {} is {driver}: the browser tests need both of the same \
             major version; update the older one",
            found.browser.display(),
            found.driver.display()
        );
    }
    Ok(found)
}

fn version_of(program: &Path) -> Result<String> {
    match process::output_of(Command::new(program).arg("--version")) {
        Some(text) => Ok(text),
        None => bail!("`{} --version` failed; install it anew", program.display()),
    }
}

/// The first number of the first word that begins with a digit.
fn major(version_text: &str) -> Option<&str> {
    version_text
        .split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?
        .split('.')
        .next()
}

/// Installs packages where apt is there and needs no question; tells whether it could.
pub fn install_by_apt(packages: &[&str]) -> Result<bool> {
    let prefix = root_prefix().filter(|_| process::on_path("apt-get").is_some());
    let Some(prefix) = prefix else {
        return Ok(false);
    };
    apt(prefix, &["update"])?;
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(packages);
    apt(prefix, &install)?;
    Ok(true)
}

fn apt(prefix: &[&str], args: &[&str]) -> Result<()> {
    let words: Vec<&str> = [
        prefix,
        &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"],
        args,
    ]
    .concat();
    process::run(Command::new(words[0]).args(&words[1..]))
}

/// What goes before apt-get: nothing for root, sudo where it asks for no password.
fn root_prefix() -> Option<&'static [&'static str]> {
    let is_root = process::output_of(Command::new("id").arg("-u")).as_deref() == Some("0");
    if is_root {
        return Some(&[]);
    }
    process::output_of(Command::new("sudo").args(["-n", "true"]))?;
    Some(&["sudo", "-n"])
}

/// How this machine gets its packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum System {
    Apt(Family),
    Dnf,
    Pacman,
    Brew,
    Unknown,
}

/// Debian packs Chromium itself, Ubuntu as a snap under another name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Debian,
    Ubuntu,
}

impl System {
    fn this() -> System {
        let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
        let has = |name| process::on_path(name).is_some();
        if has("apt-get") {
            System::Apt(family_of(&release))
        } else if has("dnf") {
            System::Dnf
        } else if has("pacman") {
            System::Pacman
        } else if has("brew") || cfg!(target_os = "macos") {
            System::Brew
        } else {
            System::Unknown
        }
    }

    fn packages(self) -> &'static [&'static str] {
        match self {
            System::Apt(Family::Debian) => &["chromium", "chromium-driver", "fonts-liberation"],
            System::Apt(Family::Ubuntu) => &["chromium-browser", "chromium-chromedriver"],
            System::Dnf => &["chromium", "chromedriver"],
            System::Pacman => &["chromium"],
            System::Brew => &["chromium", "chromedriver"],
            System::Unknown => &[],
        }
    }

    fn install_line(self) -> Option<String> {
        let command = match self {
            System::Apt(_) => "sudo apt-get install",
            System::Dnf => "sudo dnf install",
            System::Pacman => "sudo pacman -S",
            System::Brew => "brew install --cask",
            System::Unknown => return None,
        };
        Some(format!("{command} {}", self.packages().join(" ")))
    }
}

fn family_of(os_release: &str) -> Family {
    let is_ubuntu = os_release
        .lines()
        .any(|line| line == "ID=ubuntu" || line == "ID=\"ubuntu\"");
    if is_ubuntu {
        Family::Ubuntu
    } else {
        Family::Debian
    }
}

fn missing(system: System) -> String {
    let how = match system.install_line() {
        Some(line) => format!("Install them with\n\n    {line}\n\n"),
        None => "Install Chromium (or Chrome) and chromedriver of the same version. ".to_owned(),
    };
    format!(
        "the browser tests need Chromium and chromedriver on PATH. {how}\
         and run this again. `cargo xtask check` runs everything that needs no browser."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_found_in_what_browsers_say() {
        assert_eq!(major("Chromium 156.0.7000.1 built on Debian"), Some("156"));
        assert_eq!(major("ChromeDriver 156.0.7000.1 (abc-refs)"), Some("156"));
        assert_eq!(major("no version"), None);
    }

    #[test]
    fn every_system_names_its_own_packages() {
        let line = |system: System| missing(system);
        assert!(
            line(System::Apt(Family::Debian)).contains("apt-get install chromium chromium-driver")
        );
        assert!(line(System::Apt(Family::Ubuntu)).contains("chromium-chromedriver"));
        assert!(line(System::Dnf).contains("dnf install chromium chromedriver"));
        assert!(line(System::Pacman).contains("pacman -S chromium"));
        assert!(line(System::Brew).contains("brew install --cask chromium chromedriver"));
        assert!(line(System::Unknown).contains("of the same version"));
    }

    #[test]
    fn ubuntu_is_told_from_debian() {
        assert_eq!(family_of("NAME=x\nID=ubuntu\n"), Family::Ubuntu);
        assert_eq!(family_of("ID=debian\nID_LIKE=\"\"\n"), Family::Debian);
    }
}
