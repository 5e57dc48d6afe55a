//! Firefox: geckodriver, headless.

use super::{Place, Wishes};
use crate::setup::Setup;
use serde_json::{Value, json};
use std::process::Command;

pub(super) fn driver() -> Command {
    let mut command = Command::new(Setup::geckodriver());
    // Port 0 for both: two browsers at a time would want the same one else.
    command.args(["--port=0", "--websocket-port=0", "--log=info"]);
    command
}

pub(super) fn capabilities(wishes: &Wishes<'_>) -> Value {
    let profile = wishes.profile.display().to_string();
    json!({
        "moz:firefoxOptions": {
            "binary": Setup::firefox().display().to_string(),
            "args": ["-headless", "-profile", profile],
            "prefs": preferences(wishes),
        },
        "timeouts": { "pageLoad": 90_000, "script": 90_000 },
    })
}

/// Each site has a folder for both.
pub(super) fn keeps(place: Place, path: &str, address: &str) -> bool {
    let site = address.replace([':', '/'], "+");
    let Some(inside) = path.strip_prefix(&format!("storage/default/{site}/")) else {
        return false;
    };
    match place {
        Place::Store => inside.starts_with("ls/data.sqlite"),
        Place::Archive => inside.starts_with("idb/"),
    }
}

/// What the browser asks for by itself goes to a proxy that does not exist; this machine is never
/// asked through a proxy.
fn preferences(wishes: &Wishes<'_>) -> Value {
    let mut preferences = json!({
        "network.proxy.type": 1,
        "network.proxy.http": "127.0.0.1",
        "network.proxy.http_port": 9,
        "network.proxy.ssl": "127.0.0.1",
        "network.proxy.ssl_port": 9,
        "browser.download.folderList": 2,
        "browser.download.dir": wishes.downloads.display().to_string(),
        "browser.download.always_ask_before_handling_new_types": false,
        "browser.helperApps.neverAsk.saveToDisk": "application/jsonl,application/gzip,text/csv,text/plain",
        "browser.sessionstore.resume_from_crash": false,
        "toolkit.startup.max_resumed_crashes": -1,
        "browser.tabs.unloadOnLowMemory": false,
        "dom.ipc.processPrelaunch.enabled": false,
        "intl.accept_languages": "en-US",
    });
    if wishes.storage_blocked {
        preferences["network.cookie.cookieBehavior"] = json!(2);
    }
    preferences
}
