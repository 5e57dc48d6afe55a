//! The reminder to export.

use crate::helper::{Learner, at, card};
use study::{DAY_MS, ExportReminder, Exported, Rating, export_reminder};

/// One review on each of so many days.
fn learner(reviews: i32) -> Learner {
    let mut learner = Learner::new();
    for day in 0..reviews {
        learner.grade_on(day, card("a"), Rating::Good);
    }
    learner
}

#[test]
fn two_hundred_reviews_or_seven_days_with_one_are_worth_a_reminder() {
    let mut learner = Learner::new();
    assert_eq!(export_reminder(&learner.state, None, at(400, 0, 0)), None);
    learner.grade(card("a"), Rating::Good);
    assert_eq!(export_reminder(&learner.state, None, at(7, 11, 59)), None);
    let reminder = ExportReminder {
        reviews: 1,
        days: 7,
    };
    assert_eq!(
        export_reminder(&learner.state, None, at(7, 12, 0)),
        Some(reminder)
    );
    for _ in 1..200 {
        assert_eq!(export_reminder(&learner.state, None, learner.now), None);
        learner.wait_min(1);
        learner.grade(card("a"), Rating::Again);
    }
    let reminder = ExportReminder {
        reviews: 200,
        days: 0,
    };
    assert_eq!(
        export_reminder(&learner.state, None, learner.now),
        Some(reminder)
    );
}

#[test]
fn an_export_puts_the_reminder_off_until_there_is_something_new() {
    let learner = learner(30);
    let exported = |events, day| {
        Some(Exported {
            utc_ms: at(day, 12, 0).utc_ms,
            events,
        })
    };
    let remind = |exported, day| export_reminder(&learner.state, exported, at(day, 12, 0));
    assert_eq!(remind(exported(30, 29), 90), None);
    assert_eq!(remind(exported(29, 28), 34), None);
    assert_eq!(
        remind(exported(29, 28), 35),
        Some(ExportReminder {
            reviews: 1,
            days: 7
        })
    );
    // Exported while the clock was ten years ahead.
    let ahead = Exported {
        utc_ms: at(29, 12, 0).utc_ms + 3650 * DAY_MS,
        events: 29,
    };
    assert!(remind(Some(ahead), 29).is_some());
    // More events than there are: the log was lost since.
    assert_eq!(remind(exported(999, 1), 90), None);
}

#[test]
fn the_last_export_is_kept_as_text() {
    let exported = Exported {
        utc_ms: -5,
        events: 17,
    };
    assert_eq!(exported.to_string(), "-5.17");
    assert_eq!("-5.17".parse(), Ok(exported));
    for text in ["", "5", "5.", ".5", "a.5", "5.-1", "5.5.5"] {
        assert!(text.parse::<Exported>().is_err(), "{text}");
    }
}
