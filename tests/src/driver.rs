//! The WebDriver server of one browser, on a port of its own, ended with everything it started.

use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A running driver. Dropping it ends it and the browser whose profile it was given.
pub(crate) struct Driver {
    process: Child,
    port: u16,
    profile: PathBuf,
    // Kept open: the driver ends with an error when nobody can read what it says.
    _output: BufReader<ChildStdout>,
}

impl Driver {
    /// Starts `program` with its home in `home`; its browsers will use `profile`.
    pub(crate) fn start(program: &Path, home: &Path, profile: &Path) -> Self {
        let mut process = Command::new(program)
            .arg("--port=0")
            .arg(format!("--log-path={}", home.join("driver.log").display()))
            .env("HOME", home)
            .env("TZ", "UTC")
            .env("LANG", "C.UTF-8")
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("XDG_CACHE_HOME")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", program.display()));
        let mut output = BufReader::new(process.stdout.take().expect("the output is piped"));
        let port = announced_port(&mut output);
        Self {
            process,
            port,
            profile: profile.to_owned(),
            _output: output,
        }
    }

    /// The driver's address.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        end_browsers_of(&self.profile);
        if let Some(group) = pid(self.process.id()) {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.process.wait();
        end_browsers_of(&self.profile);
    }
}

/// Waits until no browser uses `profile`, and ends those that still do after some seconds.
pub(crate) fn wait_for_end(profile: &Path) {
    let deadline = Instant::now() + Duration::from_secs(8);
    while !browsers_of(profile).is_empty() && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(20));
    }
    end_browsers_of(profile);
}

fn announced_port(output: &mut impl BufRead) -> u16 {
    let mut said = String::new();
    loop {
        let start = said.len();
        let length = output.read_line(&mut said).unwrap_or(0);
        assert!(
            length > 0,
            "the driver ended before it named a port:\n{said}"
        );
        let line = &said[start..];
        let number = line.rsplit("on port ").next().unwrap_or("");
        if let Ok(port) = number.trim().trim_end_matches('.').parse()
            && port != 0
        {
            return port;
        }
    }
}

fn end_browsers_of(profile: &Path) {
    for pid in browsers_of(profile) {
        let _ = kill_process(pid, Signal::KILL);
    }
}

/// The processes that were started with this profile folder, which is the test's alone.
fn browsers_of(profile: &Path) -> Vec<Pid> {
    let wanted = profile.as_os_str().as_encoded_bytes();
    let Ok(processes) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    processes
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|number: &u32| {
            let line = fs::read(format!("/proc/{number}/cmdline")).unwrap_or_default();
            line.windows(wanted.len()).any(|part| part == wanted)
        })
        .filter_map(pid)
        .collect()
}

fn pid(number: u32) -> Option<Pid> {
    Pid::from_raw(i32::try_from(number).ok()?)
}
