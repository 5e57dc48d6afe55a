//! The browsers that the tests can run in, and the screens they show.

mod chromium;
mod firefox;
mod webkit;

use crate::setup::Setup;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) use webkit::Display;

/// A browser engine. Another engine is one more variant here: its driver, its capabilities, where
/// it keeps what pages store, and its way to the few things that WebDriver does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium with its own driver.
    Chromium,
    /// Firefox with geckodriver.
    Firefox,
    /// WebKitGTK's MiniBrowser with WebKitWebDriver, on a display that nobody sees.
    WebKit,
}

/// One of the two places where the app keeps the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// localStorage.
    Store,
    /// IndexedDB.
    Archive,
}

/// The screen in front of the learner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// 390 by 844, with touch.
    Phone,
    /// 360 by 740, the smallest that is designed for, with touch.
    SmallPhone,
    /// 1440 by 900, with a mouse.
    Desktop,
}

/// The colours that the system asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Dark text on a light ground.
    Light,
    /// Light text on a dark ground.
    Dark,
}

/// What a session is started with.
pub(crate) struct Wishes<'a> {
    pub(crate) profile: &'a Path,
    pub(crate) downloads: &'a Path,
    pub(crate) network_log: &'a Path,
    pub(crate) device: Device,
    pub(crate) storage_blocked: bool,
    /// What the camera sees, if there is one.
    pub(crate) film: Option<PathBuf>,
}

impl Device {
    /// Width and height in CSS pixels.
    pub fn size(self) -> (u32, u32) {
        match self {
            Self::Phone => (390, 844),
            Self::SmallPhone => (360, 740),
            Self::Desktop => (1440, 900),
        }
    }

    /// Whether the screen is touched.
    pub fn is_touched(self) -> bool {
        self != Self::Desktop
    }
}

impl Scheme {
    /// The value of `prefers-color-scheme`.
    pub fn value(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Engine {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// Its name in variables and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Whether set-up found this engine. Where it is required its absence has been an error there.
    pub fn is_here(self) -> bool {
        Setup::engines().iter().any(|name| name == self.name())
    }

    /// The driver's program and arguments; `port` is for drivers that cannot choose one.
    pub(crate) fn driver(self, home: &Path, profile: &Path, port: u16) -> Command {
        match self {
            Self::Chromium => chromium::driver(home),
            Self::Firefox => firefox::driver(),
            Self::WebKit => webkit::driver(home, profile, port),
        }
    }

    /// What stands before the port in what the driver says, if it chooses one itself.
    pub(crate) fn announcement(self) -> Option<&'static str> {
        match self {
            Self::Chromium => Some("successfully on port "),
            Self::Firefox => Some("Listening on 127.0.0.1:"),
            Self::WebKit => None,
        }
    }

    pub(crate) fn capabilities(self, wishes: &Wishes<'_>) -> Map<String, Value> {
        let all = match self {
            Self::Chromium => chromium::capabilities(wishes),
            Self::Firefox => firefox::capabilities(wishes),
            Self::WebKit => webkit::capabilities(),
        };
        match all {
            Value::Object(map) => map,
            _ => unreachable!("the capabilities are written as an object"),
        }
    }

    /// Whether a process with this command line shows pages, and nothing else.
    pub(crate) fn shows_pages(self, command_line: &str) -> bool {
        let mark = match self {
            Self::Chromium => "--type=renderer",
            Self::Firefox => "-isForBrowser",
            Self::WebKit => "WebKitWebProcess",
        };
        command_line.contains(mark)
    }

    /// The files below `profile` in which this engine keeps one place of the site at `address`.
    pub(crate) fn files_of(self, place: Place, profile: &Path, address: &str) -> Vec<PathBuf> {
        let mut files = files_below(profile);
        let belongs = |file: &PathBuf| {
            let path = file.strip_prefix(profile).unwrap_or(file).to_string_lossy();
            match self {
                Self::Chromium => chromium::keeps(place, &path, address),
                Self::Firefox => firefox::keeps(place, &path, address),
                Self::WebKit => webkit::keeps(place, &path, address),
            }
        };
        files.retain(belongs);
        files
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => files.extend(files_below(&path)),
            Ok(kind) if kind.is_file() => files.push(path),
            _ => {}
        }
    }
    files.sort();
    files
}
