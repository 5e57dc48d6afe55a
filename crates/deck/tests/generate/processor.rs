//! How long this process was on processors: other work on the machine does not count.

use std::fs;
use std::time::Duration;

/// The time of all its threads together. Linux tells it.
pub fn processor_time() -> Duration {
    let threads = fs::read_dir("/proc/self/task").expect("the system tells its threads");
    let nanoseconds = threads.flatten().filter_map(|thread| {
        let line = fs::read_to_string(thread.path().join("schedstat")).ok()?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    });
    Duration::from_nanos(nanoseconds.sum())
}
