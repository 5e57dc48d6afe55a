//! WebKitGTK: MiniBrowser behind WebKitWebDriver, on a display of its own.

use super::Place;
use crate::setup::Setup;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// A display that nobody sees: MiniBrowser has no headless mode.
pub(crate) struct Display {
    server: Child,
    name: String,
}

impl Display {
    pub(crate) fn open() -> Self {
        let mut server = Command::new(Setup::xvfb())
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1600x1200x24",
                "-nolisten",
                "tcp",
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("Xvfb does not start: {error}"));
        let output = server.stdout.take().expect("the output is piped");
        let mut number = String::new();
        let _ = BufReader::new(output).read_line(&mut number);
        assert!(
            !number.trim().is_empty(),
            "Xvfb ended before it had a display"
        );
        let name = format!(":{}", number.trim());
        Self { server, name }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
        // What an X server that was killed leaves behind.
        let number = self.name.trim_start_matches(':');
        let _ = fs::remove_file(format!("/tmp/.X{number}-lock"));
        let _ = fs::remove_file(format!("/tmp/.X11-unix/X{number}"));
    }
}

pub(super) fn driver(home: &Path, profile: &Path, port: u16) -> Command {
    say_where_downloads_go(home);
    let mut command = Command::new(Setup::webkit_driver());
    command
        .arg(format!("--port={port}"))
        .env("GDK_BACKEND", "x11")
        .env("GSETTINGS_BACKEND", "memory")
        .env("NO_AT_BRIDGE", "1")
        .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
        .env("LD_PRELOAD", profile_keeper())
        .env("QUIRE_WEBKIT_DATA", profile.join("data"))
        .env("QUIRE_WEBKIT_CACHE", profile.join("cache"));
    command
}

pub(super) fn capabilities() -> Value {
    json!({
        "webkitgtk:browserOptions": {
            "binary": Setup::minibrowser().display().to_string(),
            "args": ["--automation"],
        },
        "timeouts": { "pageLoad": 90_000, "script": 90_000 },
    })
}

/// Both are SQLite databases with the site in their names.
pub(super) fn keeps(place: Place, path: &str, address: &str) -> bool {
    let site = address.replace("://", "_").replace(':', "_");
    match place {
        Place::Store => path.starts_with(&format!("data/localstorage/{site}.")),
        Place::Archive => path.starts_with(&format!("data/databases/indexeddb/v1/{site}/")),
    }
}

/// MiniBrowser has no setting of its own for it: it asks what the desktop would say.
fn say_where_downloads_go(home: &Path) {
    let folder = home.join(".config");
    let said = fs::create_dir_all(&folder).and_then(|()| {
        let text = "XDG_DOWNLOAD_DIR=\"$HOME/downloads\"\n";
        fs::write(folder.join("user-dirs.dirs"), text)
    });
    said.expect("the test's own folder can be written");
}

/// Compiled once for all tests of this run, by the compiler that also links Rust programs.
fn profile_keeper() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let folder = Setup::evidence("webkit");
        fs::create_dir_all(&folder).expect("the target folder can be written");
        let library = folder.join(format!("keep-profile-{}.so", std::process::id()));
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/src/engine/keep_profile.c");
        let compiled = Command::new("cc")
            .args(["-shared", "-fPIC", "-o"])
            .arg(&library)
            .arg(source)
            .status();
        let is_compiled = compiled.is_ok_and(|status| status.success());
        assert!(is_compiled, "`cc` could not compile {source}");
        library
    })
}
