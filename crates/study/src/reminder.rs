//! When to remind the learner to export the log.

use crate::state::State;
use crate::time::{DAY_MS, Now};
use std::fmt;
use std::str::FromStr;

/// So many reviews that are in no export are worth a reminder,
const MANY_REVIEWS: usize = 200;
/// and so are fewer after so many days.
const MANY_DAYS: i64 = 7;

/// The last export, as text `<utc_ms>.<events>`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exported {
    /// When it was made.
    pub utc_ms: i64,
    /// How many events the log had then.
    pub events: u32,
}

/// Why a text tells of no export.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BadExported;

/// What a reminder says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ExportReminder {
    /// How many reviews are in no export.
    pub reviews: usize,
    /// For how many days: since the last export, or the first event.
    pub days: u32,
}

impl fmt::Display for Exported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.utc_ms, self.events)
    }
}

impl FromStr for Exported {
    type Err = BadExported;

    fn from_str(text: &str) -> Result<Exported, BadExported> {
        let (utc_ms, events) = text.split_once('.').ok_or(BadExported)?;
        Ok(Exported {
            utc_ms: utc_ms.parse().map_err(|_| BadExported)?,
            events: events.parse().map_err(|_| BadExported)?,
        })
    }
}

impl fmt::Display for BadExported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this does not tell when the log was exported")
    }
}

impl std::error::Error for BadExported {}

/// Whether to remind, and of what. The newest events are taken for those that the export lacks.
pub fn export_reminder(
    state: &State,
    exported: Option<Exported>,
    now: Now,
) -> Option<ExportReminder> {
    let exported_events = exported.map_or(0, |exported| exported.events as usize);
    let events: Vec<_> = state.events().skip(exported_events).collect();
    let reviews = events.iter().filter(|event| event.review().is_some());
    let reviews = reviews.count();
    let since_ms = match exported {
        Some(exported) => exported.utc_ms,
        None => events.first()?.utc_ms,
    };
    // A clock that was ahead at the export must not put the reminder off for years.
    let days = now.utc_ms.abs_diff(since_ms) / DAY_MS.unsigned_abs();
    let is_time = reviews >= MANY_REVIEWS || (reviews > 0 && days >= MANY_DAYS as u64);
    is_time.then_some(ExportReminder {
        reviews,
        days: u32::try_from(days).unwrap_or(u32::MAX),
    })
}
