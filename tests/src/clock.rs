//! The learner's clock: a fixed day and hour, so that no test depends on when it runs.

use std::time::{SystemTime, UNIX_EPOCH};

/// A moment in the life of a test. Day 0 is Monday, 2 March 2026, in UTC, which is the time zone
/// of every browser under test.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    utc_ms: i64,
}

const DAY_ZERO_UTC_MS: i64 = 1_772_409_600_000;
const HOUR_MS: i64 = 3_600_000;

impl Clock {
    /// The morning on which every test begins.
    pub fn start() -> Self {
        Self::on_day(0, 9)
    }

    /// The full hour `hour` of day `day`.
    pub fn on_day(day: i64, hour: i64) -> Self {
        let utc_ms = DAY_ZERO_UTC_MS + (day * 24 + hour) * HOUR_MS;
        Self { utc_ms }
    }

    /// The same moment, some minutes later.
    #[must_use]
    pub fn plus_minutes(self, minutes: i64) -> Self {
        let utc_ms = self.utc_ms + minutes * 60_000;
        Self { utc_ms }
    }

    /// What the script of the test build reads from storage: the distance to the real clock.
    pub(crate) fn setting(self) -> String {
        let real = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .expect("the machine's clock is past 1970");
        let real_ms = i64::try_from(real.as_millis()).expect("the year is below 292,000,000");
        format!("{{\"offset_ms\":{}}}", self.utc_ms - real_ms)
    }
}
