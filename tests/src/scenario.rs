//! One test: its sites, its learners, and what remains when it fails.

use crate::browser::Browser;
use crate::clock::Clock;
use crate::engine::{Device, Engine};
use crate::learner::Learner;
use crate::machine::{Access, Machine};
use crate::setup::Setup;
use crate::site::Site;
use std::cell::RefCell;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::rc::Rc;
use std::sync::{Condvar, Mutex};
use std::thread;

/// How many browsers' worth of tests run at a time: more of them only slow each other down.
const AT_A_TIME: usize = 2;

/// The stage of one test. It owns all browsers, so that a failure can still be looked at.
pub struct Scenario {
    name: String,
    learners: RefCell<Vec<Rc<Learner>>>,
    expected_errors: RefCell<Vec<String>>,
}

/// Runs one test. At its end no browser may have shown an error in its console, none of which was
/// expected, nor have asked anybody but this machine for anything.
pub fn scenario<F: AsyncFnOnce(&Scenario)>(test: F) {
    let _slot = Slot::take();
    let stage = Scenario {
        name: test_name(std::any::type_name::<F>()),
        learners: RefCell::new(Vec::new()),
        expected_errors: RefCell::new(Vec::new()),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime needs only the operating system");
    let run = || {
        runtime.block_on(async {
            test(&stage).await;
            stage.checks_every_browser().await;
        });
    };
    if let Err(failure) = catch_unwind(AssertUnwindSafe(run)) {
        let saved = || runtime.block_on(stage.saves_evidence());
        if catch_unwind(AssertUnwindSafe(saved)).is_err() {
            eprintln!("the evidence could not be saved");
        }
        resume_unwind(failure);
    }
}

impl Scenario {
    /// Serves a build at the root of a site of its own.
    pub async fn site(&self, folder: &Path) -> Rc<Site> {
        self.site_at(folder, "/").await
    }

    /// Serves a build below a path.
    pub async fn site_at(&self, folder: &Path, base: &str) -> Rc<Site> {
        Rc::new(Site::start(folder, base).await)
    }

    /// A learner with a new device, on the first morning of the tests' calendar.
    pub async fn learner(&self, site: &Rc<Site>, device: Device) -> Rc<Learner> {
        let learner = self.stranger(site, device, Access::Allowed).await;
        learner.begins_at(Clock::start()).await;
        learner
    }

    /// A learner whose browser has not been to the site.
    pub async fn stranger(&self, site: &Rc<Site>, device: Device, access: Access) -> Rc<Learner> {
        let machine = Machine {
            device,
            access,
            ..Machine::with(Engine::Chromium)
        };
        self.stranger_at(site, machine).await
    }

    /// A learner at this machine, on the first morning of the tests' calendar.
    pub async fn learner_at(&self, site: &Rc<Site>, machine: Machine) -> Rc<Learner> {
        let learner = self.stranger_at(site, machine).await;
        learner.begins_at(Clock::start()).await;
        learner
    }

    /// A learner at this machine, whose browser has not been to the site.
    pub async fn stranger_at(&self, site: &Rc<Site>, machine: Machine) -> Rc<Learner> {
        let browser = Rc::new(Browser::start(machine).await);
        let learner = Rc::new(Learner::new(browser, Rc::clone(site)));
        self.learners.borrow_mut().push(Rc::clone(&learner));
        learner
    }

    /// Lets the console show errors that have `part` within, because the test causes them.
    pub fn expects_errors_with(&self, part: &str) {
        self.expected_errors.borrow_mut().push(part.to_owned());
    }

    async fn checks_every_browser(&self) {
        let learners = self.learners.borrow().clone();
        for learner in &learners {
            let expected = self.expected_errors.borrow().clone();
            let errors: Vec<String> = learner.browser.console_errors().await;
            let surprises: Vec<String> = errors
                .into_iter()
                .filter(|error| !expected.iter().any(|part| error.contains(part.as_str())))
                .filter(|error| !is_screen_of_a_static_host(error))
                .collect();
            if !surprises.is_empty() {
                learner.gives_up(&format!("had errors in the console: {surprises:#?}"));
            }
        }
        for learner in &learners {
            // The log of the network is whole only when the browser has quit.
            learner.browser.quit().await;
            let elsewhere = learner.browser.requests_elsewhere();
            if !elsewhere.is_empty() {
                learner.gives_up(&format!("had requests to somebody else: {elsewhere:#?}"));
            }
        }
    }

    async fn saves_evidence(&self) {
        let folder = Setup::evidence(&self.name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("the target folder can be written");
        let learners = self.learners.borrow().clone();
        let running = learners
            .iter()
            .filter(|learner| learner.browser.is_running());
        for (number, learner) in running.enumerate() {
            let file = |ending: &str| folder.join(format!("{}.{ending}", number + 1));
            let errors = learner.browser.console_errors().await;
            let story = learner.story.borrow().join("\n");
            let text = format!(
                "address: {}\n\ntext: {}\n\nerrors: {errors:#?}\n\nstory:\n{story}\n",
                learner.address().await,
                learner.page_text().await,
            );
            fs::write(file("txt"), text).expect("the target folder can be written");
            let source = learner.browser.client().source().await.unwrap_or_default();
            fs::write(file("html"), source).expect("the target folder can be written");
            learner.browser.screenshot(&file("png")).await;
        }
        eprintln!("what was on the screen is in {}", folder.display());
    }
}

/// A static host answers the address of a screen with `404.html`, which is the app, and the status
/// 404, for as long as no worker answers instead.
fn is_screen_of_a_static_host(error: &str) -> bool {
    let Some((address, what)) = error.split_once(" - Failed to load resource") else {
        return false;
    };
    let name = address.rsplit('/').next().unwrap_or_default();
    what.contains("status of 404") && !name.contains('.')
}

/// The test's own name: that of its thread, else out of the name of the closure in it.
fn test_name(closure: &str) -> String {
    let thread = thread::current();
    if let Some(name) = thread.name().filter(|name| name.contains("::")) {
        return name.replace("::", ".");
    }
    let path = closure.replace("::{{closure}}", "");
    path.rsplit("::").next().unwrap_or("test").to_owned()
}

/// The right to run one test now.
struct Slot;

static RUNNING: Mutex<usize> = Mutex::new(0);
static ENDED: Condvar = Condvar::new();

impl Slot {
    fn take() -> Self {
        let mut running = RUNNING.lock().expect("no holder panics");
        while *running >= AT_A_TIME {
            running = ENDED.wait(running).expect("no holder panics");
        }
        *running += 1;
        Self
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        *RUNNING.lock().expect("no holder panics") -= 1;
        ENDED.notify_one();
    }
}
