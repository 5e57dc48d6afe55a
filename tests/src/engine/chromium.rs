//! Chromium: chromedriver, headless.

use super::{Place, Wishes};
use crate::elsewhere::NOWHERE;
use crate::setup::Setup;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

pub(super) fn driver(home: &Path) -> Command {
    let mut command = Command::new(Setup::chromedriver());
    command
        .arg("--port=0")
        .arg(format!("--log-path={}", home.join("driver.log").display()));
    command
}

pub(super) fn capabilities(wishes: &Wishes<'_>) -> Value {
    json!({
        "goog:chromeOptions": options(wishes),
        "goog:loggingPrefs": { "browser": "ALL" },
        "timeouts": { "pageLoad": 90_000, "script": 90_000 },
    })
}

/// The databases of both are LevelDB folders; a site's IndexedDB has its own, localStorage is one
/// for all sites.
pub(super) fn keeps(place: Place, path: &str, address: &str) -> bool {
    match place {
        Place::Store => path.starts_with("Default/Local Storage/leveldb/"),
        Place::Archive => {
            let site = address.replace("://", "_").replace(':', "_");
            path.starts_with(&format!("Default/IndexedDB/{site}.indexeddb."))
        }
    }
}

fn options(wishes: &Wishes<'_>) -> Value {
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
    if let Some(film) = &wishes.film {
        let args = options["args"].as_array_mut();
        args.expect("the arguments are written as a list").extend([
            json!("--use-fake-ui-for-media-stream"),
            json!("--use-fake-device-for-media-stream"),
            json!(format!(
                "--use-file-for-fake-video-capture={}",
                film.display()
            )),
        ]);
    }
    if wishes.device.is_touched() {
        options["mobileEmulation"] = json!({
            "deviceMetrics": { "width": width, "height": height, "pixelRatio": 2.0, "touch": true, "mobile": true },
        });
    }
    options
}
