//! One browser with a profile of its own, which outlives the browser's restarts.

use crate::driver::{self, Driver};
use crate::elsewhere;
use crate::engine::{Device, Engine, Scheme, Wishes};
use crate::wire;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Whether the browser lets pages store anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// As every browser does by default.
    Allowed,
    /// "Block all cookies": storage, databases, caches and workers throw errors.
    Blocked,
}

/// A browser, its profile and its driver. Everything ends when it is dropped.
pub struct Browser {
    engine: Engine,
    device: Device,
    access: Access,
    scheme: Cell<Scheme>,
    session: RefCell<Option<Session>>,
    console: RefCell<Vec<String>>,
    sessions: Cell<usize>,
    home: TempDir,
}

struct Session {
    client: Client,
    driver: Driver,
}

impl Browser {
    /// Starts a browser with an empty profile.
    pub async fn start(engine: Engine, device: Device, access: Access) -> Self {
        let browser = Self {
            engine,
            device,
            access,
            scheme: Cell::new(Scheme::Light),
            session: RefCell::new(None),
            console: RefCell::new(Vec::new()),
            sessions: Cell::new(0),
            home: TempDir::new().expect("the folder for temporary files can be written"),
        };
        for folder in [browser.profile(), browser.downloads()] {
            fs::create_dir(folder).expect("the new folder is empty");
        }
        browser.open().await;
        browser
    }

    /// The screen of this browser.
    pub fn device(&self) -> Device {
        self.device
    }

    /// The WebDriver client of the running session.
    pub(crate) fn client(&self) -> Client {
        let session = self.session.borrow();
        session
            .as_ref()
            .expect("the browser is running")
            .client
            .clone()
    }

    /// Ends the browser as its user would, and starts it again with the same profile.
    pub async fn restart(&self) {
        self.quit().await;
        self.open().await;
    }

    /// Ends the browser in the ordinary way, so that it writes what it holds.
    pub async fn quit(&self) {
        self.collect_console().await;
        let session = self.session.borrow_mut().take();
        if let Some(Session { client, driver }) = session {
            let _ = client.close().await;
            driver::wait_for_end(&self.profile());
            drop(driver);
        }
    }

    /// Asks for light or dark colours from now on.
    pub async fn prefers(&self, scheme: Scheme) {
        self.scheme.set(scheme);
        self.emulates_screen().await;
    }

    /// Saves a picture of what is on the screen.
    pub async fn screenshot(&self, path: &Path) {
        let picture = self.client().screenshot().await;
        let picture = picture.unwrap_or_else(|error| panic!("no screenshot: {error}"));
        fs::write(path, picture).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// Saves a picture of the whole page, also of what is below the fold.
    pub async fn screenshot_of_page(&self, path: &Path) {
        let height = self
            .run("return document.documentElement.scrollHeight", vec![])
            .await;
        let (width, least) = self.device.size();
        let height = u32::try_from(height.as_u64().unwrap_or(0))
            .unwrap_or(least)
            .max(least);
        self.set_size(width, height.min(8_000)).await;
        self.screenshot(path).await;
        self.set_size(width, least).await;
    }

    /// The errors that the console has shown so far, across restarts.
    pub async fn console_errors(&self) -> Vec<String> {
        self.collect_console().await;
        self.console.borrow().clone()
    }

    /// Whether there is a screen to look at.
    pub(crate) fn is_running(&self) -> bool {
        self.session.borrow().is_some()
    }

    /// The requests of pages and workers to anybody but this machine, in all sessions so far. The
    /// log is complete once the browser has quit.
    pub fn requests_elsewhere(&self) -> Vec<String> {
        let logs =
            (0..self.sessions.get()).map(|session| elsewhere::log_file(self.home.path(), session));
        logs.flat_map(|log| elsewhere::asked_by_pages(&log))
            .collect()
    }

    /// The folder that downloads go to.
    pub fn downloads(&self) -> PathBuf {
        self.home.path().join("downloads")
    }

    /// Runs a script's body in the page.
    pub(crate) async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        let result = self.client().execute(script, arguments).await;
        result.unwrap_or_else(|error| panic!("the script `{script}` failed: {error}"))
    }

    /// Sends a command of Chromium's own protocol.
    pub(crate) async fn chromium(&self, command: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        let result = wire::post(&self.client(), "goog/cdp/execute", body).await;
        result.unwrap_or_else(|error| panic!("{command} failed: {error}"))
    }

    /// Gives a new tab the screen and the colours of the first one.
    pub(crate) async fn emulates_screen(&self) {
        let (width, height) = self.device.size();
        self.set_size(width, height).await;
        let feature = json!({ "name": "prefers-color-scheme", "value": self.scheme.get().value() });
        let media = json!({ "features": [feature] });
        self.chromium("Emulation.setEmulatedMedia", media).await;
    }

    async fn set_size(&self, width: u32, height: u32) {
        let metrics = json!({
            "width": width,
            "height": height,
            "deviceScaleFactor": if self.device.is_touched() { 2 } else { 1 },
            "mobile": self.device.is_touched(),
        });
        self.chromium("Emulation.setDeviceMetricsOverride", metrics)
            .await;
    }

    async fn open(&self) {
        let driver = Driver::start(&self.engine.driver(), self.home.path(), &self.profile());
        let session = self.sessions.replace(self.sessions.get() + 1);
        let wishes = Wishes {
            profile: &self.profile(),
            downloads: &self.downloads(),
            network_log: &elsewhere::log_file(self.home.path(), session),
            device: self.device,
            storage_blocked: self.access == Access::Blocked,
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(self.engine.capabilities(&wishes))
            .connect(&driver.url())
            .await
            .unwrap_or_else(|error| panic!("the browser does not start: {error}"));
        *self.session.borrow_mut() = Some(Session { client, driver });
        self.emulates_screen().await;
    }

    async fn collect_console(&self) {
        if !self.is_running() {
            return;
        }
        let wanted = json!({ "type": "browser" });
        let Ok(entries) = wire::post(&self.client(), "se/log", wanted).await else {
            return;
        };
        let errors = entries
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|entry| {
                let is_error = entry["level"] == "SEVERE";
                is_error.then(|| entry["message"].as_str().unwrap_or("").to_owned())
            });
        self.console.borrow_mut().extend(errors);
    }

    fn profile(&self) -> PathBuf {
        self.home.path().join("profile")
    }
}
