//! What befalls a browser, its tab, its disk and its files, and how it comes back.

use crate::browser::Browser;
use crate::clock::Clock;
use crate::engine::Place;
use crate::learner::Learner;
use crate::processes;
use fantoccini::wd::WindowHandle;
use rustix::process::{Pid, Signal};
use std::fs;
use std::path::Path;
use std::rc::Rc;

/// The processes of a browser, found beforehand so that killing them takes no time.
pub struct Aim {
    pids: Vec<Pid>,
    browser: Rc<Browser>,
}

/// A window of the browser.
#[derive(Clone, Debug)]
pub struct Window(WindowHandle);

impl Aim {
    /// SIGKILL for every process of the browser and its driver, at once.
    pub fn kills(&self) {
        processes::send(Signal::KILL, &self.pids);
        self.browser.kill();
    }
}

impl Learner {
    /// Finds what `Aim::kills` will kill.
    pub fn aims_at_the_browser(&self) -> Aim {
        Aim {
            pids: self.browser.processes(),
            browser: Rc::clone(&self.browser),
        }
    }

    /// SIGKILL for every process of the browser, which is then started again with its profile.
    pub async fn loses_the_browser(&self) {
        self.tells("loses the browser to SIGKILL".into());
        self.aims_at_the_browser().kills();
        self.starts_the_browser_again().await;
    }

    /// Starts the browser after it has ended in whatever way.
    pub async fn starts_the_browser_again(&self) {
        self.tells("starts the browser again".into());
        self.browser.start_again().await;
    }

    /// SIGTERM, as at the end of a session of the system, then a new start.
    pub async fn logs_out_and_in_again(&self) {
        self.tells("logs out of the system and in again".into());
        self.browser.terminate();
        self.browser.start_again().await;
    }

    /// The processes that show pages are killed; the page is opened again at `path`.
    pub async fn loses_the_tab_and_opens(&self, path: &str) {
        self.tells("loses the tab".into());
        self.browser.kill_renderers();
        // No driver says when it has noticed, and each behaves in its own way until then.
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        let client = self.browser.client();
        if let Ok(opened) = client.new_window(false).await {
            let _ = client.close_window().await;
            let _ = client.switch_to_window(opened.handle).await;
        }
        if client.goto(&self.site.url(path)).await.is_err() {
            self.tells("needs another session with the browser".into());
            self.browser.restart().await;
            // The tests' clock is in localStorage, of which Firefox forgets some seconds.
            self.begins_at(Clock::start()).await;
            self.opens(path).await;
        }
    }

    /// The window that is used now.
    pub async fn window(&self) -> Window {
        let handle = self.browser.client().window().await;
        Window(handle.unwrap_or_else(|error| self.gives_up(&format!("has no window: {error}"))))
    }

    /// Opens one more window and goes on in it.
    pub async fn opens_a_window(&self) -> Window {
        self.tells("opens another window".into());
        let client = self.browser.client();
        let opened = client.new_window(false).await;
        let opened =
            opened.unwrap_or_else(|error| self.gives_up(&format!("cannot open a window: {error}")));
        let window = Window(opened.handle);
        self.turns_to(&window).await;
        self.browser.emulates_screen().await;
        window
    }

    /// Goes on in another window.
    pub async fn turns_to(&self, window: &Window) {
        self.tells("turns to another window".into());
        let client = self.browser.client();
        if let Err(error) = client.switch_to_window(window.0.clone()).await {
            self.gives_up(&format!("cannot turn to the window: {error}"));
        }
    }

    /// Travels: the browser is started again in another time zone.
    pub async fn travels_to(&self, zone: &'static str) {
        self.tells(format!("travels to {zone}"));
        self.browser.restart_in(zone).await;
    }

    /// Writes the disk full that the profile is on.
    pub fn fills_the_disk(&self) {
        self.tells("has a full disk".into());
        self.browser.disk().fill();
    }

    /// Makes room on the disk again.
    pub fn frees_the_disk(&self) {
        self.tells("makes room on the disk".into());
        self.browser.disk().free();
    }

    /// Ends the browser, damages the files of one place, and starts it again.
    pub async fn has_damaged_files(&self, place: Place) {
        self.browser.quit().await;
        let files = self.browser.files_of(place, &self.site.origin());
        if files.is_empty() {
            self.gives_up(&format!("has no files of the {place:?} to damage"));
        }
        for file in &files {
            flip_bits(file);
        }
        self.tells(format!(
            "has {} damaged files of the {place:?}",
            files.len()
        ));
        self.browser.start_again().await;
    }
}

/// One bit in every 64 bytes, sparing what tells of which kind a file is.
fn flip_bits(file: &Path) {
    let mut bytes = fs::read(file).expect("the browser has ended and its files are ours");
    for byte in bytes.iter_mut().skip(128).step_by(64) {
        *byte ^= 0x10;
    }
    fs::write(file, bytes).expect("the browser has ended and its files are ours");
}
