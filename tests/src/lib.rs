//! The harness of the browser tests: a site that serves a built Quire, a browser, and a learner
//! who speaks to the app in roles and names, as a screen reader would.

mod scenario;

mod learner;

mod senses;
mod studying;

mod device;
mod film;
mod stopwatch;

mod contents;
mod faults;
mod rounds;
mod stores;

pub mod prelude;
mod records;

mod look;

mod browser;
mod engine;
mod linked;
mod machine;

mod disk;
mod driver;
mod processes;
mod wire;

mod site;
mod site_files;

mod elsewhere;

mod builds;
mod past;
mod watched;

mod clock;
mod setup;

pub use browser::Browser;
pub use builds::{build, build_after};
pub use clock::Clock;
pub use contents::Contents;
pub use engine::{Device, Engine, Place, Scheme};
pub use faults::{Aim, Window};
pub use learner::Learner;
pub use look::{Look, Name};
pub use machine::{Access, Camera, Disk, Machine};
pub use past::{invented_past, with_checksum};
pub use records::Records;
pub use rounds::{End, Round};
pub use scenario::{Scenario, scenario};
pub use senses::Progress;
pub use setup::Setup;
pub use site::{Caching, Fault, Site};
pub use stopwatch::GradeTime;
pub use stores::{Lines, Stores};
pub use studying::{Answered, FINISHED, Grade};
pub use watched::Watched;
