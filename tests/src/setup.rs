//! What `cargo xtask test` prepares for the tests, told to them by environment variables.

use crate::engine::Engine;
use std::env;
use std::path::PathBuf;

/// The prepared folders and tools. Each is asked for when it is needed, so that a missing one
/// fails only the tests that use it, with a sentence that says what to do.
pub struct Setup;

impl Setup {
    /// The release build of the repository's own notes.
    pub fn dist() -> PathBuf {
        Self::path("QUIRE_DIST")
    }

    /// The same build with the script that moves the page's clock.
    pub fn dist_test() -> PathBuf {
        Self::path("QUIRE_DIST_TEST")
    }

    /// The repository, for the tests that build the app again from other notes.
    pub fn root() -> PathBuf {
        Self::path("QUIRE_ROOT")
    }

    /// The WebDriver server of Chromium.
    pub fn chromedriver() -> PathBuf {
        Self::path("CHROMEDRIVER")
    }

    /// The WebDriver server of Firefox.
    pub fn geckodriver() -> PathBuf {
        Self::path("GECKODRIVER")
    }

    /// Firefox.
    pub fn firefox() -> PathBuf {
        Self::path("FIREFOX")
    }

    /// The WebDriver server of WebKitGTK.
    pub fn webkit_driver() -> PathBuf {
        Self::path("WEBKIT_DRIVER")
    }

    /// WebKitGTK's own browser.
    pub fn minibrowser() -> PathBuf {
        Self::path("MINIBROWSER")
    }

    /// An X server without a screen.
    pub fn xvfb() -> PathBuf {
        Self::path("XVFB")
    }

    /// The names of the engines that this machine has, all of them where nothing else is said.
    pub fn engines() -> Vec<String> {
        let said = env::var("QUIRE_ENGINES").unwrap_or_default();
        if said.is_empty() {
            return Engine::ALL.map(|engine| engine.name().to_owned()).into();
        }
        said.split(',').map(str::to_owned).collect()
    }

    /// Where the evidence of a failed test is kept.
    pub fn evidence(test: &str) -> PathBuf {
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(
            || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target")),
            PathBuf::from,
        );
        target.join("browser-tests").join(test)
    }

    fn path(variable: &str) -> PathBuf {
        let Some(value) = env::var_os(variable).filter(|value| !value.is_empty()) else {
            panic!(
                "{variable} is not set: run `cargo xtask test`, which builds the app and sets it"
            );
        };
        let path = PathBuf::from(value);
        assert!(
            path.exists(),
            "{variable} names {}, which does not exist: run `cargo xtask test`",
            path.display()
        );
        path
    }
}
