//! What the app knows and does, without a single element: the screens call
//! verbs of [`App`] and read its questions.

mod app;
mod counts;
mod drafts;
mod log;
mod route;
mod session;
mod studying;

pub use app::{App, Trouble};
pub use counts::{Counts, Reviewed};
pub use log::Import;
pub use route::Route;
pub use session::{Length, Place, Prompt};
// The screens speak of these; they reach them through the state alone.
pub use study::{CardState, Due, Grant, Interval, Now, Rating, Settings, Stage, StudyDay, Theme};
