//! The processes of a browser, found by the folder that is the test's alone.

use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use std::fs;
use std::path::Path;

/// All processes that were started with `home`, or with a folder in it: it stands in their
/// command line, or in the environment that they inherited.
pub(crate) fn with(home: &Path) -> Vec<Pid> {
    let wanted = home.as_os_str().as_encoded_bytes();
    let has = |file: String| {
        let bytes = fs::read(file).unwrap_or_default();
        bytes.windows(wanted.len()).any(|part| part == wanted)
    };
    let Ok(processes) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    let mut found: Vec<u32> = processes
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|number| {
            let file = |name| format!("/proc/{number}/{name}");
            has(file("cmdline")) || has(file("environ"))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().filter_map(pid).collect()
}

/// The whole command line, its words with spaces between them.
pub(crate) fn command_line(pid: Pid) -> String {
    let line = fs::read(format!("/proc/{}/cmdline", pid.as_raw_nonzero())).unwrap_or_default();
    String::from_utf8_lossy(&line).replace('\0', " ")
}

/// The process that started this one.
pub(crate) fn parent(of: Pid) -> Option<Pid> {
    let status = fs::read_to_string(format!("/proc/{}/status", of.as_raw_nonzero())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("PPid:"))?;
    pid(line.trim().parse().ok()?)
}

/// Sends a signal to each; one that has ended meanwhile is none the worse.
pub(crate) fn send(signal: Signal, to: &[Pid]) {
    for pid in to {
        let _ = kill_process(*pid, signal);
    }
}

/// SIGKILL for a whole group.
pub(crate) fn kill_group(group: Pid) {
    let _ = kill_process_group(group, Signal::KILL);
}

/// The id that stands behind a number.
pub(crate) fn pid(number: u32) -> Option<Pid> {
    Pid::from_raw(i32::try_from(number).ok()?)
}
