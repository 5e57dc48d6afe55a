//! The machine in front of the learner: which browser, which screen, and the world around it.

use crate::engine::{Device, Engine};

/// Whether the browser lets pages store anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// As every browser does by default.
    Allowed,
    /// "Block all cookies": storage, databases, caches and workers throw errors.
    Blocked,
}

/// Where the browser keeps its profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disk {
    /// On the machine's own disk.
    Roomy,
    /// On a disk of its own that a test can fill.
    Small,
}

/// What a browser is started on.
#[derive(Clone, Copy, Debug)]
pub struct Machine {
    /// The browser's engine.
    pub engine: Engine,
    /// The screen.
    pub device: Device,
    /// Whether pages may store anything.
    pub access: Access,
    /// The name of the time zone, such as `Europe/Berlin`.
    pub zone: &'static str,
    /// Where the profile is.
    pub disk: Disk,
}

impl Machine {
    /// A laptop with this engine, in UTC, with nothing special about it.
    pub fn with(engine: Engine) -> Self {
        Self {
            engine,
            device: Device::Desktop,
            access: Access::Allowed,
            zone: "UTC",
            disk: Disk::Roomy,
        }
    }
}
