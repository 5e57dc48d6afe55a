//! The browsers that the tests can run in, and the screens they show.

use crate::elsewhere::NOWHERE;
use crate::setup::Setup;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

/// A browser engine. Another engine is one more variant here: its driver, its capabilities, and
/// its way to the few things that WebDriver does not have (see `Browser::emulates`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium with its own driver.
    Chromium,
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
    pub(crate) fn driver(self) -> PathBuf {
        match self {
            Self::Chromium => Setup::chromedriver(),
        }
    }

    pub(crate) fn capabilities(self, wishes: &Wishes<'_>) -> Map<String, Value> {
        let all = match self {
            Self::Chromium => json!({
                "goog:chromeOptions": chromium_options(wishes),
                "goog:loggingPrefs": { "browser": "ALL" },
                "timeouts": { "pageLoad": 30_000, "script": 30_000 },
            }),
        };
        match all {
            Value::Object(map) => map,
            _ => unreachable!("the capabilities are written as an object"),
        }
    }
}

fn chromium_options(wishes: &Wishes<'_>) -> Value {
    let (width, height) = wishes.device.size();
    let mut options = json!({
        "args": [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-domain-reliability",
            "--disable-sync",
            "--disable-features=OptimizationHints,MediaRouter,Translate",
            "--lang=en-US",
            format!("--window-size={width},{height}"),
            format!("--proxy-server={NOWHERE}"),
            format!("--log-net-log={}", wishes.network_log.display()),
            format!("--user-data-dir={}", wishes.profile.display()),
        ],
        "prefs": {
            "download.default_directory": wishes.downloads.display().to_string(),
            "download.prompt_for_download": false,
        },
    });
    if wishes.storage_blocked {
        options["prefs"]["profile.default_content_setting_values.cookies"] = json!(2);
    }
    if wishes.device.is_touched() {
        options["mobileEmulation"] = json!({
            "deviceMetrics": { "width": width, "height": height, "pixelRatio": 2.0, "touch": true, "mobile": true },
        });
    }
    options
}
