//! What the app knows and does, without a single element: the screens call
//! verbs of [`App`] and read its questions.

mod app;
mod care;
mod catalogue;
mod counts;
mod difference;
mod drafts;
mod edited;
mod exchange;
mod exporting;
mod filter;
mod kept;
mod log;
mod merging;
mod news;
mod opening;
mod outbox;
mod plain;
mod repair;
mod route;
mod session;
mod standing;
mod studying;
mod titles;
mod upkeep;

pub use app::{App, Start, Trouble};
pub use care::{Backup, Health, Listing};
pub use catalogue::{CardChange, Changed, Tally};
pub use counts::{Counts, Reviewed};
pub use difference::Piece;
pub use edited::{Edit, Edits};
pub use exchange::{Showing, Since};
pub use exporting::Way;
pub use filter::{Filter, filters};
pub use kept::CardText;
pub use merging::{Chosen, Later};
pub use opening::Restored;
pub use route::{Route, cards_path};
pub use session::{Length, Place, Prompt};
pub use standing::{Notice, Side, Standing};
// The screens speak of these; they reach them through the state alone.
pub use crate::platform::space::Space;
pub use study::{
    CardState, ClockTrouble, DAY_MS, Device, Due, Grant, ImportPreview, Integrity, Interval, Now,
    Rating, Reason, Settings, Stage, StudyDay, Theme,
};
