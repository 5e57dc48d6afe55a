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

/// What the browser's camera sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Camera {
    /// There is none, as far as the tests know.
    None,
    /// A film, again and again: the one of `Learner::has_before_the_camera`. Pages get it without
    /// a question. Only Chromium can be given such a camera.
    Film,
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
    /// What its camera sees.
    pub camera: Camera,
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
            camera: Camera::None,
        }
    }
}
