//! The harness of the browser tests: a site that serves a built Quire, a browser, and a learner
//! who speaks to the app in roles and names, as a screen reader would.

mod scenario;

mod learner;

mod senses;
mod studying;

mod device;
mod stopwatch;

mod look;

mod browser;
mod engine;

mod driver;
mod wire;

mod site;
mod site_files;

mod elsewhere;

mod builds;
mod past;

mod clock;
mod setup;

pub use browser::{Access, Browser};
pub use builds::build;
pub use clock::Clock;
pub use engine::{Device, Engine, Scheme};
pub use learner::Learner;
pub use look::{Look, Name};
pub use past::invented_past;
pub use scenario::{Scenario, scenario};
pub use senses::Progress;
pub use setup::Setup;
pub use site::{Caching, Fault, Site};
pub use stopwatch::GradeTime;
pub use studying::{Answered, FINISHED, Grade};
