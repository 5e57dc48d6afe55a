//! Whether the clock of this device can be right, given what the log says.

use crate::event::OrderKey;
use crate::state::State;
use crate::time::{DAY_MS, MINUTE_MS, Now};

/// Clocks are set right by a few minutes now and then: that is no trouble.
const BACK_MS: i64 = 5 * MINUTE_MS;
/// A learner who comes back after so long a pause is rare, and is only asked to look at the
/// date; a clock that has lost its time is most often years away.
const AHEAD_MS: i64 = 366 * DAY_MS;
/// No two places on earth are further apart by their calendars, so that this is no time zone
/// that was mistaken for another.
const FUTURE_MS: i64 = DAY_MS;

/// Why the clock may be wrong. Answering goes on: the hybrid clock keeps the order, and elapsed
/// time is never negative.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClockTrouble {
    /// It is before the last event of this device.
    Back {
        /// By so much.
        by_ms: i64,
    },
    /// It is very long after the newest event of the log.
    Ahead {
        /// By so much.
        by_ms: i64,
    },
    /// Events of the log are yet to come: this clock or another is wrong, or was.
    Future {
        /// How many.
        events: usize,
    },
}

/// What is wrong with the clock, if something is. The last event of this device is the one that
/// is last in the order of the log: once the clock was set right and something was answered, a
/// wrong time before that is no more the last.
pub fn clock_trouble(state: &State, now: Now) -> Option<ClockTrouble> {
    let device = state.author().device;
    let mut last_own: Option<(OrderKey, i64)> = None;
    let mut newest_ms = None;
    let mut future = 0;
    for event in state.all_events() {
        newest_ms = newest_ms.max(Some(event.utc_ms));
        future += usize::from(event.utc_ms.saturating_sub(now.utc_ms) > FUTURE_MS);
        if event.id.device == device {
            last_own = last_own.max(Some((event.order_key(), event.utc_ms)));
        }
    }
    let back_ms = last_own.map_or(0, |(_, utc_ms)| utc_ms.saturating_sub(now.utc_ms));
    if back_ms > BACK_MS {
        return Some(ClockTrouble::Back { by_ms: back_ms });
    }
    if future > 0 {
        return Some(ClockTrouble::Future { events: future });
    }
    let by_ms = now.utc_ms.saturating_sub(newest_ms?);
    (by_ms > AHEAD_MS).then_some(ClockTrouble::Ahead { by_ms })
}
