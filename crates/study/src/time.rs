//! The clock as it is passed in, and the study day it falls in.

/// Milliseconds of a minute.
pub const MINUTE_MS: i64 = 60_000;
/// Milliseconds of a day.
pub const DAY_MS: i64 = 86_400_000;
const HOUR_MS: i64 = 3_600_000;

/// A reading of the clock and of the time zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Now {
    /// Milliseconds since 1970-01-01 00:00 UTC.
    pub utc_ms: i64,
    /// Local time minus UTC in minutes, positive east of Greenwich. (The `getTimezoneOffset` of
    /// browsers has the opposite sign.)
    pub utc_offset_min: i32,
}

/// A local calendar day, counted in days since 1970-01-01, that begins at the rollover hour:
/// what is studied at two in the morning belongs to the day before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct StudyDay(pub i32);

impl StudyDay {
    /// The study day of a moment. Daylight saving and travel need no care: each only changes the
    /// offset of the next reading.
    pub fn at(now: Now, rollover_hour: u8) -> StudyDay {
        let day = local_ms(now, rollover_hour).div_euclid(DAY_MS);
        StudyDay(i32::try_from(day).unwrap_or(if day < 0 { i32::MIN } else { i32::MAX }))
    }

    /// The day so many days later.
    pub fn plus(self, days: u32) -> StudyDay {
        StudyDay(self.0.saturating_add_unsigned(days))
    }

    /// Whole days from an earlier day to this one, 0 where `earlier` is not earlier: a clock that
    /// was set back never makes elapsed time negative.
    pub fn days_since(self, earlier: StudyDay) -> u32 {
        u32::try_from(i64::from(self.0) - i64::from(earlier.0)).unwrap_or(0)
    }
}

impl Now {
    /// The moment at which the next study day begins, if the offset stays as it is.
    pub fn next_rollover_utc_ms(self, rollover_hour: u8) -> i64 {
        let into_day_ms = local_ms(self, rollover_hour).rem_euclid(DAY_MS);
        self.utc_ms.saturating_add(DAY_MS - into_day_ms)
    }
}

fn local_ms(now: Now, rollover_hour: u8) -> i64 {
    let offset_ms = i64::from(now.utc_offset_min) * MINUTE_MS;
    let rollover_ms = i64::from(rollover_hour) * HOUR_MS;
    now.utc_ms
        .saturating_add(offset_ms)
        .saturating_sub(rollover_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `utc` is (days since 1970, hour, minute).
    #[track_caller]
    fn check(utc: (i64, i64, i64), utc_offset_min: i32, day: i32) {
        let now = Now {
            utc_ms: utc.0 * DAY_MS + utc.1 * HOUR_MS + utc.2 * MINUTE_MS,
            utc_offset_min,
        };
        assert_eq!(StudyDay::at(now, 4), StudyDay(day));
        let next = Now {
            utc_ms: now.next_rollover_utc_ms(4),
            ..now
        };
        assert_eq!(StudyDay::at(next, 4), StudyDay(day + 1));
        let last = Now {
            utc_ms: next.utc_ms - 1,
            ..now
        };
        assert_eq!(StudyDay::at(last, 4), StudyDay(day));
    }

    #[test]
    fn the_study_day_begins_at_the_rollover_hour_of_local_time() {
        check((20_000, 3, 59), 0, 19_999);
        check((20_000, 4, 0), 0, 20_000);
        check((20_001, 3, 59), 0, 20_000);
    }

    #[test]
    fn offsets_from_line_islands_to_niue_are_ordinary_days() {
        check((20_000, 13, 59), 14 * 60, 20_000);
        check((20_000, 14, 0), 14 * 60, 20_001);
        check((20_000, 14, 0), -11 * 60, 19_999);
        check((20_000, 15, 0), -11 * 60, 20_000);
        check((20_000, 22, 29), 5 * 60 + 30, 20_000);
        check((20_000, 22, 30), 5 * 60 + 30, 20_001);
    }

    #[test]
    fn days_before_1970_are_counted_down() {
        check((0, 3, 0), 0, -1);
        check((-1, 3, 0), 0, -2);
    }

    #[test]
    fn a_day_of_23_or_25_hours_is_one_day() {
        // Spring: 4:00 at +60 is followed by 4:00 at +120, only 23 hours later.
        check((20_000, 3, 0), 60, 20_000);
        check((20_001, 2, 0), 120, 20_001);
        // Autumn: 4:00 at +120 is followed by 4:00 at +60, 25 hours later.
        check((20_000, 2, 0), 120, 20_000);
        check((20_001, 2, 59), 60, 20_000);
        check((20_001, 3, 0), 60, 20_001);
    }

    #[test]
    fn elapsed_days_are_never_negative() {
        assert_eq!(StudyDay(7).days_since(StudyDay(5)), 2);
        assert_eq!(StudyDay(5).days_since(StudyDay(7)), 0);
        assert_eq!(StudyDay(i32::MAX).days_since(StudyDay(i32::MIN)), u32::MAX);
        assert_eq!(StudyDay(i32::MAX).plus(5), StudyDay(i32::MAX));
    }
}
