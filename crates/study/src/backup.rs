//! Backups: their names, and which of them are kept.

use crate::order::sort_by;
use crate::time::{DAY_MS, MINUTE_MS, Now};
use std::fmt;
use std::str::FromStr;

/// All backups of so many days are kept, today included.
const ALL_DAYS: i64 = 2;
/// Then the newest of so many days, before those of so many weeks, before those of so many
/// months: days, weeks and months that have a backup, however far apart, so that a clock that
/// was wrong for a while makes no backup old.
const KEPT: [(Span, u32); 3] = [(Span::Day, 12), (Span::Week, 10), (Span::Month, 9)];

/// What a backup is called: `<utc_ms>.<reason>.<events>`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct BackupName {
    /// When it was made.
    pub utc_ms: i64,
    /// Why.
    pub reason: Reason,
    /// How many events it holds.
    pub events: u32,
}

/// Why a backup was made.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Reason {
    /// The first of its day.
    Daily,
    /// Before a log of this device was imported.
    Import,
    /// Before a log with events of another device was imported.
    Merge,
    /// Before an older backup was restored.
    Restore,
    /// Before the stores were brought to a new format.
    Migration,
    /// The learner wanted one.
    Hand,
}

/// Why a text is not the name of a backup.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BadBackupName;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Span {
    Day,
    Week,
    Month,
}

impl Reason {
    const NAMES: [(Reason, &str); 6] = [
        (Reason::Daily, "daily"),
        (Reason::Import, "import"),
        (Reason::Merge, "merge"),
        (Reason::Restore, "restore"),
        (Reason::Migration, "migration"),
        (Reason::Hand, "hand"),
    ];

    /// The reason as it stands in names.
    pub fn name(self) -> &'static str {
        let mut names = Reason::NAMES.iter();
        let found = names.find(|(reason, _)| *reason == self);
        found.map_or("", |(_, name)| name)
    }
}

impl fmt::Display for BackupName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.utc_ms, self.reason.name(), self.events)
    }
}

impl FromStr for BackupName {
    type Err = BadBackupName;

    fn from_str(text: &str) -> Result<BackupName, BadBackupName> {
        let name = parsed(text).ok_or(BadBackupName)?;
        // One way only to write a name, so that it can be found under it.
        if name.to_string() == text {
            Ok(name)
        } else {
            Err(BadBackupName)
        }
    }
}

fn parsed(text: &str) -> Option<BackupName> {
    let mut pieces = text.splitn(3, '.');
    let utc_ms = pieces.next()?.parse().ok()?;
    let reason = pieces.next()?;
    let mut names = Reason::NAMES.iter();
    Some(BackupName {
        utc_ms,
        reason: names.find(|(_, name)| *name == reason)?.0,
        events: pieces.next()?.parse().ok()?,
    })
}

impl fmt::Display for BadBackupName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is not the name of a backup")
    }
}

impl std::error::Error for BadBackupName {}

/// Whether the backup of the day is to be made: none was made today, and none holds as many
/// events as the log. Names that are not known are passed over.
pub fn is_backup_due(names: &[String], event_count: usize, now: Now) -> bool {
    let mut backups = names.iter().filter_map(|name| name.parse().ok());
    let covers = |backup: BackupName| {
        let is_of_today = backup.reason == Reason::Daily
            && local_day(backup.utc_ms, now) == local_day(now.utc_ms, now);
        is_of_today || backup.events as usize == event_count
    };
    event_count > 0 && !backups.any(covers)
}

/// The backups that make room. Never the newest, nor that with the most events, which is the
/// most of a log that only grows; nor one of a day that is yet to come.
pub(crate) fn superfluous(backups: &[BackupName], now: Now) -> Vec<BackupName> {
    let mut backups = backups.to_vec();
    sort_by(&mut backups, BackupName::cmp);
    backups.dedup();
    let most = backups.iter().map(|backup| backup.events).max();
    let fullest = backups
        .iter()
        .rfind(|backup| Some(backup.events) == most)
        .copied();
    let mut ring = Ring {
        today: local_day(now.utc_ms, now),
        left: KEPT.map(|(_, count)| count),
        last_day: None,
    };
    let mut superfluous = Vec::new();
    for backup in backups.iter().rev() {
        let is_kept = ring.keeps(local_day(backup.utc_ms, now));
        if !is_kept && Some(*backup) != fullest {
            superfluous.push(*backup);
        }
    }
    superfluous
}

/// Goes through the backups from the newest to the oldest.
struct Ring {
    today: i64,
    left: [u32; KEPT.len()],
    /// The day of the backup that was kept last.
    last_day: Option<i64>,
}

impl Ring {
    fn keeps(&mut self, day: i64) -> bool {
        if day > self.today - ALL_DAYS {
            self.last_day = Some(day);
            return true;
        }
        let spans = KEPT.iter().zip(&mut self.left);
        let Some(((span, _), left)) = spans.into_iter().find(|(_, left)| **left > 0) else {
            return false;
        };
        if self
            .last_day
            .is_some_and(|last| span.of(last) == span.of(day))
        {
            return false;
        }
        *left -= 1;
        self.last_day = Some(day);
        true
    }
}

impl Span {
    /// The number of the day, of the week that begins on a Monday, or of the month.
    fn of(self, day: i64) -> i64 {
        match self {
            Span::Day => day,
            Span::Week => (day + 3).div_euclid(7),
            // Of 30 days each: what matters is that they are months apart.
            Span::Month => day.div_euclid(30),
        }
    }
}

/// The calendar day of a moment, in the time zone in which the learner is now.
fn local_day(utc_ms: i64, now: Now) -> i64 {
    let offset_ms = i64::from(now.utc_offset_min) * MINUTE_MS;
    utc_ms.saturating_add(offset_ms).div_euclid(DAY_MS)
}
