//! One browser with a profile of its own, which outlives the browser's restarts.

use crate::disk::Folder;
use crate::driver::Driver;
use crate::elsewhere;
use crate::engine::{Device, Engine, Place, Scheme, Wishes};
use crate::machine::{Access, Camera, Machine};
use crate::processes;
use crate::wire;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use rustix::process::{Pid, Signal};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A browser, its profile and its driver. Everything ends when it is dropped.
pub struct Browser {
    machine: Machine,
    zone: Cell<&'static str>,
    scheme: Cell<Scheme>,
    session: RefCell<Option<Session>>,
    console: RefCell<Vec<String>>,
    sessions: Cell<usize>,
    // Before the folder that it is in.
    profile: Folder,
    home: TempDir,
}

struct Session {
    client: Client,
    driver: Driver,
}

impl Browser {
    /// Starts a browser with an empty profile.
    pub async fn start(machine: Machine) -> Self {
        let home = TempDir::new().expect("the folder for temporary files can be written");
        fs::create_dir(home.path().join("downloads")).expect("the new folder is empty");
        let browser = Self {
            machine,
            zone: Cell::new(machine.zone),
            scheme: Cell::new(Scheme::Light),
            session: RefCell::new(None),
            console: RefCell::new(Vec::new()),
            sessions: Cell::new(0),
            profile: Folder::make(&home.path().join("profile"), machine.disk),
            home,
        };
        browser.open().await;
        browser
    }

    /// The screen of this browser.
    pub fn device(&self) -> Device {
        self.machine.device
    }

    /// The engine of this browser.
    pub fn engine(&self) -> Engine {
        self.machine.engine
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

    /// Ends the browser as its user would, and starts it again in another time zone.
    pub async fn restart_in(&self, zone: &'static str) {
        self.quit().await;
        self.zone.set(zone);
        self.open().await;
    }

    /// Every process of the browser and of its driver.
    pub(crate) fn processes(&self) -> Vec<Pid> {
        processes::with(self.home.path())
    }

    /// SIGKILL for everything.
    pub(crate) fn kill(&self) {
        drop(self.session.borrow_mut().take());
    }

    /// SIGTERM for the browser itself, which may then do what it still does.
    pub(crate) fn terminate(&self) {
        let session = self.session.borrow_mut().take();
        let driver = session.expect("the browser is running").driver;
        let main = driver.main_process().expect("the browser is running");
        processes::send(Signal::TERM, &[main]);
        driver.wait_for_end();
    }

    /// SIGKILL for the processes that show pages.
    pub(crate) fn kill_renderers(&self) {
        let session = self.session.borrow();
        let driver = &session.as_ref().expect("the browser is running").driver;
        let renderers = driver.renderers();
        assert!(!renderers.is_empty(), "the browser has a page");
        processes::send(Signal::KILL, &renderers);
    }

    /// Starts the browser, which has ended, with the same profile.
    pub async fn start_again(&self) {
        self.open().await;
    }

    /// The disk of the profile.
    pub(crate) fn disk(&self) -> &Folder {
        &self.profile
    }

    /// The files in which the browser keeps one place of the site at `origin`.
    pub(crate) fn files_of(&self, place: Place, origin: &str) -> Vec<PathBuf> {
        self.engine().files_of(place, &self.profile(), origin)
    }

    /// Ends the browser in the ordinary way, so that it writes what it holds.
    pub async fn quit(&self) {
        self.collect_console().await;
        let session = self.session.borrow_mut().take();
        if let Some(Session { client, driver }) = session {
            let _ = client.close().await;
            driver.wait_for_end();
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
        let (width, least) = self.machine.device.size();
        let height = u32::try_from(height.as_u64().unwrap_or(0))
            .unwrap_or(least)
            .max(least);
        self.set_size(width, height.min(8_000)).await;
        self.screenshot(path).await;
        self.set_size(width, least).await;
    }

    /// The errors that the console has shown so far, across restarts. Only Chromium's driver tells
    /// them.
    pub async fn console_errors(&self) -> Vec<String> {
        self.collect_console().await;
        self.console.borrow().clone()
    }

    /// Whether there is a screen to look at.
    pub(crate) fn is_running(&self) -> bool {
        self.session.borrow().is_some()
    }

    /// The requests of pages and workers to anybody but this machine, in all sessions so far. The
    /// log is complete once the browser has quit. Only Chromium writes one.
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

    /// The film that the camera sees, if there is a camera: pictures in JPEG, one after another.
    pub(crate) fn film(&self) -> PathBuf {
        self.home.path().join("film.mjpeg")
    }

    /// Runs a script's body in the page.
    pub(crate) async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        let result = self.client().execute(script, arguments).await;
        result.unwrap_or_else(|error| panic!("the script `{script}` failed: {error}"))
    }

    /// Sends a command of Chromium's own protocol. The other engines have nothing like it, so
    /// what needs it is tried in Chromium only.
    pub(crate) async fn chromium(&self, command: &str, parameters: Value) -> Value {
        assert_eq!(
            self.engine(),
            Engine::Chromium,
            "only Chromium has {command}"
        );
        let body = json!({ "cmd": command, "params": parameters });
        let result = wire::post(&self.client(), "goog/cdp/execute", body).await;
        result.unwrap_or_else(|error| panic!("{command} failed: {error}"))
    }

    /// Gives a new tab the screen and the colours of the first one.
    pub(crate) async fn emulates_screen(&self) {
        let (width, height) = self.machine.device.size();
        self.set_size(width, height).await;
        let scheme = self.scheme.get();
        if self.engine() == Engine::Chromium {
            let feature = json!({ "name": "prefers-color-scheme", "value": scheme.value() });
            let media = json!({ "features": [feature] });
            self.chromium("Emulation.setEmulatedMedia", media).await;
        } else {
            assert_eq!(
                scheme,
                Scheme::Light,
                "only Chromium can be asked for dark colours"
            );
        }
    }

    async fn set_size(&self, width: u32, height: u32) {
        if self.engine() != Engine::Chromium {
            return self.set_window_size(width, height).await;
        }
        let metrics = json!({
            "width": width,
            "height": height,
            "deviceScaleFactor": if self.machine.device.is_touched() { 2 } else { 1 },
            "mobile": self.machine.device.is_touched(),
        });
        self.chromium("Emulation.setDeviceMetricsOverride", metrics)
            .await;
    }

    /// Makes the window as large as the page needs it: the browser's own bars come on top.
    async fn set_window_size(&self, width: u32, height: u32) {
        let bars = "return [outerWidth - innerWidth, outerHeight - innerHeight]";
        let bars = self.run(bars, vec![]).await;
        let with = |size: u32, bar: &Value| i64::from(size) + bar.as_i64().unwrap_or(0).max(0);
        let size = json!({ "width": with(width, &bars[0]), "height": with(height, &bars[1]) });
        let _ = wire::post(&self.client(), "window/rect", size).await;
    }

    async fn open(&self) {
        let engine = self.engine();
        let driver = Driver::start(engine, self.home.path(), &self.profile(), self.zone.get());
        let session = self.sessions.replace(self.sessions.get() + 1);
        let wishes = Wishes {
            profile: &self.profile(),
            downloads: &self.downloads(),
            network_log: &elsewhere::log_file(self.home.path(), session),
            device: self.machine.device,
            storage_blocked: self.machine.access == Access::Blocked,
            film: (self.machine.camera == Camera::Film).then(|| self.film()),
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(engine.capabilities(&wishes))
            .connect(&driver.url())
            .await
            .unwrap_or_else(|error| panic!("{} does not start: {error}", engine.name()));
        *self.session.borrow_mut() = Some(Session { client, driver });
        self.emulates_screen().await;
    }

    async fn collect_console(&self) {
        if !self.is_running() || self.engine() != Engine::Chromium {
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
