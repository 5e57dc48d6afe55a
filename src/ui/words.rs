//! Numbers and dates in words.

use crate::state::{CardState, Due, Interval, Now, Rating, Settings, Stage, StudyDay};

/// `1 card`, `2 cards`.
pub fn count(number: u32, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// `3 min`, `1 h 20 min`.
pub fn minutes(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest} min"),
    }
}

/// `45 s`, `3 min`.
pub fn duration(took_ms: u64) -> String {
    match took_ms / 1000 {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds => minutes(u32::try_from(seconds / 60).unwrap_or(u32::MAX)),
    }
}

/// An interval as a grade button shows it.
pub fn interval(interval: Interval) -> String {
    match interval {
        Interval::Minutes(number) => minutes(number),
        Interval::Days(number) => days(number),
    }
}

/// `1 day`, `12 days`, `2.3 months`, `1.5 years`.
pub fn days(number: u32) -> String {
    match number {
        0..=59 => count(number, "day", "days"),
        60..=729 => tenths((number * 100 + 152) / 304, "months"),
        _ => tenths((number * 100 + 1826) / 3652, "years"),
    }
}

/// The name of a rating.
pub fn rating(rating: Rating) -> &'static str {
    match rating {
        Rating::Again => "Again",
        Rating::Hard => "Hard",
        Rating::Good => "Good",
        Rating::Easy => "Easy",
    }
}

/// The name of a stage, for a card's page.
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::New => "New",
        Stage::Learn { .. } => "Learning",
        Stage::Review => "In review",
        Stage::Relearn { .. } => "Relearning",
    }
}

/// Where a card stands, for lists: `New`, `In review · due in 12 days`.
pub fn standing(card: Option<&CardState>, settings: &Settings, now: Now) -> String {
    let Some(card) = card else {
        return "New".to_owned();
    };
    if card.suspended {
        return "Suspended".to_owned();
    }
    match card.due {
        Some(when) => format!("{} · due {}", stage(card.stage), due(when, settings, now)),
        None => stage(card.stage).to_owned(),
    }
}

/// When something is due, seen from now: `now`, `in 8 min`, `tomorrow`, `in 12 days`.
pub fn due(due: Due, settings: &Settings, now: Now) -> String {
    match due {
        Due::At { utc_ms } if utc_ms <= now.utc_ms => "now".to_owned(),
        Due::At { utc_ms } => {
            let left = (utc_ms - now.utc_ms + 59_999) / 60_000;
            format!("in {}", minutes(u32::try_from(left).unwrap_or(u32::MAX)))
        }
        Due::Day(day) => from_today(day.0 - StudyDay::at(now, settings.rollover_hour).0),
    }
}

/// `today`, `tomorrow`, `in 12 days`.
pub fn from_today(days_ahead: i32) -> String {
    match days_ahead {
        ..=0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        ahead => format!("in {}", days(ahead.unsigned_abs())),
    }
}

fn tenths(number: u32, unit: &str) -> String {
    match number % 10 {
        0 => format!("{} {unit}", number / 10),
        tenth => format!("{}.{tenth} {unit}", number / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::{days, duration, from_today, minutes};

    #[test]
    fn intervals_are_short_words() {
        let cases = [
            (1, "1 day"),
            (59, "59 days"),
            (61, "2 months"),
            (70, "2.3 months"),
        ];
        for (number, text) in cases {
            assert_eq!(days(number), text);
        }
        assert_eq!(days(731), "2 years");
        assert_eq!(days(1825), "5 years");
    }

    #[test]
    fn durations_are_short_words() {
        assert_eq!(duration(45_300), "45 s");
        assert_eq!(duration(200_000), "3 min");
        assert_eq!(minutes(80), "1 h 20 min");
        assert_eq!(minutes(120), "2 h");
    }

    #[test]
    fn days_are_seen_from_today() {
        assert_eq!(from_today(-3), "today");
        assert_eq!(from_today(1), "tomorrow");
        assert_eq!(from_today(12), "in 12 days");
    }
}
