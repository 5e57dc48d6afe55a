//! The WebDriver server of one browser, on a port of its own, ended with everything it started.

use crate::engine::{Display, Engine};
use crate::processes;
use rustix::process::{Pid, Signal};
use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long a driver may take to start on a machine with much else to do.
const STARTS_WITHIN: Duration = Duration::from_secs(90);
/// How long a browser may take to write what it holds when it is asked to end.
const ENDS_WITHIN: Duration = Duration::from_secs(45);
/// How long processes may take to be gone after SIGKILL.
const GONE_WITHIN: Duration = Duration::from_secs(30);
const GLANCE: Duration = Duration::from_millis(10);

/// A running driver. Dropping it ends it and the browser that it started.
pub(crate) struct Driver {
    process: Child,
    port: u16,
    home: PathBuf,
    engine: Engine,
    // After the process: what is shown on it ends first.
    _display: Option<Display>,
}

impl Driver {
    /// Starts the driver of `engine` with its home in `home`; its browser will use `profile`.
    pub(crate) fn start(engine: Engine, home: &Path, profile: &Path, zone: &str) -> Self {
        let display = (engine == Engine::WebKit).then(Display::open);
        let port = free_port();
        let said = home.join("driver.out");
        let mut command = engine.driver(home, profile, port);
        surround(&mut command, home, zone, display.as_ref());
        let output = File::create(&said).expect("the test's own folder can be written");
        let mut process = command
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
        let port = match engine.announcement() {
            Some(words) => announced_port(&mut process, &said, words),
            None => answering_port(&mut process, port),
        };
        Self {
            process,
            port,
            home: home.to_owned(),
            engine,
            _display: display,
        }
    }

    /// The driver's address.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// All processes of the browser.
    pub(crate) fn browser(&self) -> Vec<Pid> {
        let own = processes::pid(self.process.id());
        let mut all = processes::with(&self.home);
        all.retain(|pid| Some(*pid) != own);
        all
    }

    /// The process that the driver started: the browser itself, without its helpers.
    pub(crate) fn main_process(&self) -> Option<Pid> {
        let own = processes::pid(self.process.id());
        let mut all = self.browser();
        all.retain(|pid| processes::parent(*pid) == own);
        all.first().copied()
    }

    /// The processes that show pages.
    pub(crate) fn renderers(&self) -> Vec<Pid> {
        let mut all = self.browser();
        all.retain(|pid| self.engine.shows_pages(&processes::command_line(*pid)));
        all
    }

    /// Waits until the browser has ended, and ends what still runs long after.
    pub(crate) fn wait_for_end(&self) {
        let deadline = Instant::now() + ENDS_WITHIN;
        while !self.browser().is_empty() && Instant::now() < deadline {
            thread::sleep(GLANCE);
        }
        self.kill_browser();
    }

    /// SIGKILL for everything of the browser, until nothing of it is left.
    pub(crate) fn kill_browser(&self) {
        let deadline = Instant::now() + GONE_WITHIN;
        loop {
            let left = self.browser();
            if left.is_empty() || Instant::now() > deadline {
                return;
            }
            processes::send(Signal::KILL, &left);
            thread::sleep(GLANCE);
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.kill_browser();
        if let Some(group) = processes::pid(self.process.id()) {
            processes::kill_group(group);
        }
        let _ = self.process.wait();
        self.kill_browser();
    }
}

/// What the driver, and the browser after it, see of the machine.
fn surround(command: &mut Command, home: &Path, zone: &str, display: Option<&Display>) {
    command
        .env("HOME", home)
        .env("TZ", zone)
        .env("LANG", "C.UTF-8")
        .env_remove("XDG_CONFIG_HOME")
        .env_remove("XDG_CACHE_HOME")
        .env_remove("XDG_DATA_HOME");
    if let Some(display) = display {
        command.env("DISPLAY", display.name());
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("the machine has a port");
    let address = listener.local_addr().expect("the listener is bound");
    address.port()
}

fn announced_port(process: &mut Child, said: &Path, words: &str) -> u16 {
    wait_until(process, || {
        let text = fs::read_to_string(said).unwrap_or_default();
        let (_, rest) = text.split_once(words)?;
        let (line, _) = rest.split_once('\n')?;
        line.trim().trim_end_matches('.').parse().ok()
    })
}

fn answering_port(process: &mut Child, port: u16) -> u16 {
    wait_until(process, || {
        TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()?;
        Some(port)
    })
}

fn wait_until(process: &mut Child, found: impl Fn() -> Option<u16>) -> u16 {
    let deadline = Instant::now() + STARTS_WITHIN;
    loop {
        if let Some(port) = found() {
            return port;
        }
        let ended = process.try_wait().ok().flatten();
        assert!(
            ended.is_none() && Instant::now() < deadline,
            "the driver ended, or took too long, before it had a port: {ended:?}"
        );
        thread::sleep(GLANCE);
    }
}
