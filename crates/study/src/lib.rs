//! Events, log, replay, schedule and queue.
//!
//! Everything here is pure: the clock, randomness and storage are passed in. Progress goes one
//! way: an [`Action`] is [`decide`]d into events, the events are saved by the [`LogKeeper`], then
//! [`apply`] changes the [`State`]. [`State::replay`] is nothing but `apply` over a whole log, so
//! what is on the screen is always what the log says.

mod time;

mod id;

mod event;

mod settings;

mod memory;

mod card;

mod tally;

mod state;

mod fuzz;

mod schedule;

mod decide;

mod queue;

pub mod saved;

mod checksum;

mod keeper;

mod export;

pub use card::{CardState, LEECH_LAPSES, LastReview, Stage};
pub use decide::{Action, decide, preview};
pub use event::{Asked, Due, Event, Extra, Kind, Phase, Rating, Review, Scope};
pub use export::{
    BadExportLine, Import, ImportError, LineProblem, MAX_EXPORT_BYTES, export_text, parse_export,
};
pub use id::{Author, BadStudyId, DeviceId, EventId, LoadId};
pub use keeper::{
    FirstSeen, KeyValue, LogKeeper, Opened, Rescued, StoreError, TAIL_BYTES, Unreadable, device_id,
};
pub use memory::{Fsrs6, MemoryState, Scheduler};
pub use queue::{Counts, LEARN_AHEAD_MIN, Next, Queue, queue};
pub use saved::{BadLine, decode_line, encode_line};
pub use schedule::{Grant, Interval};
pub use settings::{Fuzz, Settings, SettingsChange, Theme, Welcome};
pub use state::{State, UndoTarget, apply};
pub use tally::DayCounts;
pub use time::{DAY_MS, MINUTE_MS, Now, StudyDay};
