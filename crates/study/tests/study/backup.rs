//! The ring of backups.

use crate::helper::{Learner, at, cards};
use proptest::prelude::*;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use study::{
    BackupError, BackupName, DAY_MS, Now, Rating, Reason, StoreError, Vault, back_up, export_text,
    is_backup_due,
};

/// What a vault does wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fault {
    None,
    KeepsNothing,
    KeepsHalf,
    DiesAfter(usize),
}

struct FakeVault {
    texts: RefCell<BTreeMap<String, String>>,
    fault: Fault,
    operations: Cell<usize>,
}

impl FakeVault {
    #[must_use]
    fn with(names: &[&str]) -> FakeVault {
        let texts = names
            .iter()
            .map(|name| (name.to_string(), "old".to_owned()));
        FakeVault {
            texts: RefCell::new(texts.collect()),
            fault: Fault::None,
            operations: Cell::new(0),
        }
    }

    #[must_use]
    fn failing(self, fault: Fault) -> FakeVault {
        FakeVault { fault, ..self }
    }

    fn names(&self) -> BTreeSet<String> {
        self.texts.borrow().keys().cloned().collect()
    }

    fn operate(&self) -> Result<(), StoreError> {
        self.operations.set(self.operations.get() + 1);
        match self.fault {
            Fault::DiesAfter(count) if self.operations.get() > count => Err(StoreError::Full),
            _ => Ok(()),
        }
    }
}

impl Vault for FakeVault {
    async fn list(&self) -> Result<Vec<String>, StoreError> {
        self.operate()?;
        Ok(self.names().into_iter().collect())
    }

    async fn read(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.operate()?;
        Ok(self.texts.borrow().get(name).cloned())
    }

    async fn write(&self, name: &str, text: &str) -> Result<(), StoreError> {
        self.operate()?;
        let kept = match self.fault {
            Fault::KeepsNothing => return Ok(()),
            Fault::KeepsHalf => &text[..text.len() / 2],
            _ => text,
        };
        self.texts.borrow_mut().insert(name.into(), kept.into());
        Ok(())
    }

    async fn delete(&self, names: &[String]) -> Result<(), StoreError> {
        self.operate()?;
        for name in names {
            self.texts.borrow_mut().remove(name);
        }
        Ok(())
    }
}

/// The result of a future that never waits.
fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => unreachable!("nothing here waits"),
    }
}

fn log_text(reviews: usize) -> String {
    let mut learner = Learner::new();
    for card in cards(reviews) {
        learner.grade(card, Rating::Good);
    }
    export_text(&learner.log)
}

fn name(now: Now, reason: Reason, events: u32) -> String {
    let utc_ms = now.utc_ms;
    let name = BackupName {
        utc_ms,
        reason,
        events,
    };
    name.to_string()
}

/// A backup a day at noon for so many days, of a log that grows, and a vault with what is left.
fn after_days(days: i32, start: i32) -> FakeVault {
    let vault = FakeVault::with(&[]);
    let text = log_text(1);
    for day in start..start + days {
        ready(back_up(&vault, &text, at(day, 12, 0), Reason::Daily)).unwrap();
    }
    vault
}

fn days(vault: &FakeVault) -> Vec<i64> {
    let names = vault.names();
    let names = names.iter().map(|name| name.parse::<BackupName>().unwrap());
    let mut days: Vec<i64> = names
        .map(|name| name.utc_ms.div_euclid(DAY_MS) - 20_000)
        .collect();
    days.sort_unstable();
    days
}

#[test]
fn the_ring_keeps_two_whole_days_twelve_days_ten_weeks_and_nine_months() {
    let vault = after_days(1_000, 0);
    let kept = days(&vault);
    assert_eq!(kept.len(), 2 + 12 + 10 + 9);
    assert_eq!(kept[kept.len() - 14..], (986..1_000).collect::<Vec<i64>>());
    let are_apart = |days: &[i64], least, most| {
        let mut between = days.windows(2).map(|pair| pair[1] - pair[0]);
        between.all(|days| (least..=most).contains(&days))
    };
    assert!(are_apart(&kept[9..19], 7, 7), "{kept:?}");
    assert!(are_apart(&kept[..9], 28, 35), "{kept:?}");
    assert!(kept[0] < 1_000 - 300);
}

#[test]
fn all_backups_of_today_and_yesterday_are_kept() {
    let vault = FakeVault::with(&[]);
    let text = log_text(1);
    for minute in 0..200 {
        ready(back_up(&vault, &text, at(0, 9, minute), Reason::Hand)).unwrap();
    }
    ready(back_up(&vault, &text, at(1, 23, 59), Reason::Import)).unwrap();
    assert_eq!(vault.names().len(), 201);
    ready(back_up(&vault, &text, at(2, 0, 1), Reason::Daily)).unwrap();
    assert_eq!(days(&vault), [0, 1, 2]);
}

#[test]
fn a_backup_says_when_why_and_how_much_and_can_be_read() {
    let vault = FakeVault::with(&[]);
    let text = log_text(3);
    let made = ready(back_up(&vault, &text, at(0, 9, 0), Reason::Merge)).unwrap();
    assert_eq!(made.name.to_string(), "1728032400000.merge.3");
    assert_eq!(
        ready(vault.read("1728032400000.merge.3")),
        Ok(Some(text.clone()))
    );
    // Another of the same moment does not write over it.
    let again = ready(back_up(&vault, &text, at(0, 9, 0), Reason::Merge)).unwrap();
    assert_eq!(again.name.to_string(), "1728032400001.merge.3");
}

#[test]
fn only_names_of_this_form_are_names() {
    for reason in ["daily", "import", "merge", "restore", "migration", "hand"] {
        let text = format!("17.{reason}.4");
        assert_eq!(
            text.parse::<BackupName>().map(|name| name.to_string()),
            Ok(text)
        );
    }
    for text in [
        "",
        "17",
        "17.daily",
        "17.daily.",
        "17.daily.4.",
        "017.daily.4",
        "+1.daily.4",
        "17.Daily.4",
        "17.daily.-4",
        "17.daily.4294967296",
        "17.later.4",
    ] {
        assert!(text.parse::<BackupName>().is_err(), "{text}");
    }
}

#[test]
fn a_vault_that_lies_costs_no_older_backup() {
    let old = after_days(40, 0);
    for fault in [Fault::KeepsNothing, Fault::KeepsHalf] {
        let vault = FakeVault::with(&[]).failing(fault);
        vault.texts.replace(old.texts.borrow().clone());
        let failed = ready(back_up(&vault, &log_text(2), at(400, 9, 0), Reason::Daily));
        assert_eq!(failed, Err(BackupError::NotKept));
        assert_eq!(vault.names(), old.names(), "{fault:?}");
    }
}

#[test]
fn a_vault_that_dies_at_any_operation_has_the_old_backups_or_the_new_one_too() {
    let old = after_days(40, 0);
    let new = name(at(40, 9, 0), Reason::Daily, 2);
    for count in 0..5 {
        let vault = FakeVault::with(&[]).failing(Fault::DiesAfter(count));
        vault.texts.replace(old.texts.borrow().clone());
        let result = ready(back_up(&vault, &log_text(2), at(40, 9, 0), Reason::Daily));
        assert_eq!(result.is_ok(), count >= 3, "{count}");
        assert_eq!(vault.names().contains(&new), count >= 2);
        let lost: Vec<String> = old.names().difference(&vault.names()).cloned().collect();
        assert_eq!(lost.len(), usize::from(count == 4), "{count} {lost:?}");
        if let Ok(made) = result {
            assert_eq!(made.thinned.is_ok(), count == 4);
        }
    }
}

#[test]
fn what_has_another_name_is_never_deleted() {
    let vault = FakeVault::with(&["notes", "1.later.4", "1.daily.x"]);
    for day in 0..100 {
        ready(back_up(&vault, &log_text(1), at(day, 12, 0), Reason::Daily)).unwrap();
    }
    for name in ["notes", "1.later.4", "1.daily.x"] {
        assert!(vault.names().contains(name));
    }
}

#[test]
fn what_is_no_log_is_not_backed_up() {
    let vault = FakeVault::with(&[]);
    for text in ["", "x", "{}\n"] {
        let refused = ready(back_up(&vault, text, at(0, 9, 0), Reason::Hand));
        assert_eq!(refused, Err(BackupError::NotALog));
    }
    assert!(vault.names().is_empty());
}

#[test]
fn a_clock_that_was_years_ahead_makes_no_backup_old() {
    let vault = after_days(40, 0);
    let before = days(&vault);
    ready(back_up(
        &vault,
        &log_text(1),
        at(3_650, 9, 0),
        Reason::Daily,
    ))
    .unwrap();
    let ahead = days(&vault);
    // The two days of which all are kept are counted as ordinary days now.
    let kept = before.iter().filter(|day| ahead.contains(day)).count();
    assert!(kept + 2 >= before.len(), "{before:?} {ahead:?}");
    ready(back_up(&vault, &log_text(1), at(41, 9, 0), Reason::Daily)).unwrap();
    assert!(
        days(&vault).contains(&3_650),
        "it is not deleted before its day"
    );
}

#[test]
fn the_fullest_backup_outlives_those_of_a_log_that_was_lost() {
    let vault = FakeVault::with(&[]);
    ready(back_up(&vault, &log_text(9), at(0, 12, 0), Reason::Daily)).unwrap();
    for day in 1..1_000 {
        ready(back_up(&vault, &log_text(1), at(day, 12, 0), Reason::Daily)).unwrap();
    }
    assert!(
        vault
            .names()
            .contains(&name(at(0, 12, 0), Reason::Daily, 9))
    );
}

#[test]
fn a_backup_is_due_once_a_day_if_there_is_something_new() {
    let daily = name(at(0, 23, 0), Reason::Daily, 5);
    let names = ["notes".to_owned(), daily];
    assert!(!is_backup_due(&[], 0, at(0, 9, 0)));
    assert!(is_backup_due(&[], 1, at(0, 9, 0)));
    assert!(!is_backup_due(&names, 6, at(0, 23, 30)));
    assert!(is_backup_due(&names, 6, at(1, 0, 30)));
    assert!(!is_backup_due(&names, 5, at(1, 0, 30)));
    // By the local day.
    let east = Now {
        utc_offset_min: 14 * 60,
        ..at(1, 0, 30)
    };
    assert!(!is_backup_due(&names, 6, east));
    // A backup of another reason does not stand for that of the day.
    let names = [name(at(1, 0, 10), Reason::Import, 5)];
    assert!(is_backup_due(&names, 6, at(1, 0, 30)));
}

proptest! {
    #[test]
    fn thinning_leaves_what_was_asked_for_whatever_the_clock_does(
        jumps in prop::collection::vec(prop_oneof![
            6 => 0..3 * DAY_MS,
            1 => -30 * DAY_MS..400 * DAY_MS,
        ], 1..60),
        offset_min in -660..=840_i32,
    ) {
        let vault = FakeVault::with(&[]);
        let text = log_text(1);
        let mut now = Now { utc_offset_min: offset_min, ..at(0, 12, 0) };
        for jump in jumps {
            now.utc_ms += jump;
            let before = vault.names();
            let made = ready(back_up(&vault, &text, now, Reason::Daily)).unwrap();
            let after = vault.names();
            prop_assert!(after.contains(&made.name.to_string()));
            // No day of the last two is touched, and as many are left as there may be.
            let day = |utc_ms: i64| (utc_ms + i64::from(offset_min) * 60_000).div_euclid(DAY_MS);
            let gone = before.difference(&after).map(|name| name.parse::<BackupName>().unwrap());
            let mut gone_count = 0;
            for backup in gone {
                prop_assert!(day(backup.utc_ms) < day(now.utc_ms) - 1);
                gone_count += 1;
            }
            prop_assert_eq!(made.thinned, Ok(gone_count));
            let names = before.iter().map(|name| name.parse::<BackupName>().unwrap());
            let days: BTreeSet<i64> = names.map(|name| day(name.utc_ms)).collect();
            prop_assert!(after.len() >= days.len().min(12));
        }
    }

    #[test]
    fn a_backup_before_a_restore_removes_none(days_between in prop::collection::vec(0..90_i32, 1..60)) {
        let vault = FakeVault::with(&[]);
        let mut day = 0;
        for (count, between) in days_between.into_iter().enumerate() {
            day += between;
            ready(back_up(&vault, &log_text(1), at(day, 12, 0), Reason::Restore)).unwrap();
            prop_assert_eq!(vault.names().len(), count + 1);
        }
    }
}
