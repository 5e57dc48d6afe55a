//! Requests that left this machine, or tried to, as the browser's own network log tells them.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use url::{Host, Url};

/// A proxy that does not exist: whatever is not on this machine fails at once.
pub(crate) const NOWHERE: &str = "http://127.0.0.1:9";

/// The file for the network log of the session with this number.
pub(crate) fn log_file(home: &Path, session: usize) -> PathBuf {
    home.join(format!("network-{session}.json"))
}

/// The addresses outside this machine that pages and their workers asked for. What the browser
/// asks for by itself, such as its own updates, has no origin in the log and is left out.
pub(crate) fn asked_by_pages(log: &Path) -> Vec<String> {
    // A browser that was killed leaves the file unfinished, so it is read line by line.
    let text = fs::read_to_string(log).unwrap_or_default();
    let events = text.lines().filter(|line| line.contains("\"initiator\":"));
    events
        .filter_map(|line| asked_by_page(line.trim_end_matches(',')))
        .collect()
}

fn asked_by_page(event: &str) -> Option<String> {
    let event: Value = serde_json::from_str(event).ok()?;
    let asker = event["params"]["initiator"].as_str()?;
    let address = event["params"]["url"].as_str()?;
    let url = Url::parse(address).ok()?;
    let is_network = matches!(url.scheme(), "http" | "https" | "ws" | "wss");
    let is_here = matches!(url.host(), Some(Host::Ipv4(host)) if host.is_loopback());
    let is_of_page = asker != "not an origin";
    (is_of_page && is_network && !is_here).then(|| address.to_owned())
}
