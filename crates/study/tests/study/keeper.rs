//! Keeping the log, whatever the store does.

use crate::helper::{Learner, author, card, cards, view};
use proptest::prelude::*;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use study::{
    Access, Author, DeviceId, Event, EventId, FirstSeen, Heads, KeyValue, LogKeeper, Opened,
    Rating, State, StoreError, TAIL_BYTES, device_id,
};

const SCOPE: &str = "/quire/";

/// A store in memory, shared by all tabs, that fails on demand.
#[derive(Clone, Default, Debug)]
struct Shelf(Rc<Inner>);

#[derive(Default, Debug)]
struct Inner {
    values: RefCell<BTreeMap<String, String>>,
    /// The writer of each key: no key may have two.
    writers: RefCell<BTreeMap<String, u32>>,
    quota_bytes: Cell<Option<usize>>,
    blocked: Cell<bool>,
    unreadable_key: RefCell<Option<String>>,
    /// How many more writes succeed.
    writes_left: Cell<Option<usize>>,
}

/// One tab's way to the store.
#[derive(Clone, Debug)]
struct Tab {
    shelf: Shelf,
    number: u32,
}

impl Shelf {
    fn tab(&self, number: u32) -> Tab {
        Tab {
            shelf: self.clone(),
            number,
        }
    }

    fn keys_with(&self, text: &str) -> Vec<String> {
        let values = self.0.values.borrow();
        values
            .keys()
            .filter(|key| key.contains(text))
            .cloned()
            .collect()
    }

    fn value(&self, key: &str) -> String {
        self.0.values.borrow()[key].clone()
    }

    fn put(&self, key: &str, value: &str) {
        self.0.values.borrow_mut().insert(key.into(), value.into());
    }
}

impl KeyValue for Tab {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        let inner = &self.shelf.0;
        if inner.blocked.get() {
            return Err(StoreError::Blocked("cookies are off".into()));
        }
        if inner.unreadable_key.borrow().as_deref() == Some(key) {
            return Err(StoreError::Other("file is corrupted".into()));
        }
        Ok(inner.values.borrow().get(key).cloned())
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let inner = &self.shelf.0;
        if inner.blocked.get() {
            return Err(StoreError::Blocked("cookies are off".into()));
        }
        match inner.writes_left.get() {
            Some(0) => return Err(StoreError::Full),
            Some(left) => inner.writes_left.set(Some(left - 1)),
            None => {}
        }
        let mut values = inner.values.borrow_mut();
        let others = values.iter().filter(|(other, _)| *other != key);
        let used: usize = others.map(|(key, value)| key.len() + value.len()).sum();
        let quota = inner.quota_bytes.get().unwrap_or(usize::MAX);
        if used + key.len() + value.len() > quota {
            return Err(StoreError::Full);
        }
        let writer = *inner
            .writers
            .borrow_mut()
            .entry(key.into())
            .or_insert(self.number);
        assert_eq!(writer, self.number, "{key} has two writers");
        values.insert(key.into(), value.into());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        panic!("{key} must not be removed");
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        let inner = &self.shelf.0;
        if inner.blocked.get() {
            return Err(StoreError::Blocked("cookies are off".into()));
        }
        Ok(inner.values.borrow().keys().cloned().collect())
    }
}

fn open(shelf: &Shelf, tab: u32) -> Opened<Tab> {
    let author = author("dev", &format!("load{tab}"));
    open_as(shelf.tab(tab), SCOPE, author)
}

fn open_as(tab: Tab, scope: &str, author: Author) -> Opened<Tab> {
    LogKeeper::open(tab, scope, author, &Heads::default(), Access::ReadWrite)
}

fn device(shelf: &Shelf, tab: u32, random: u64) -> (DeviceId, Result<(), StoreError>) {
    device_id(&shelf.tab(tab), SCOPE, None, random, Access::ReadWrite)
}

/// So many events of one page load.
fn reviews(load: &str, count: usize) -> Vec<Event> {
    let mut learner = Learner::of(author("dev", load));
    for index in 0..count {
        learner.wait_min(1);
        learner.grade(cards(5)[index % 5], Rating::Good);
    }
    learner.log
}

fn ids(events: &[Event]) -> Vec<EventId> {
    let mut ids: Vec<EventId> = events.iter().map(|event| event.id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[track_caller]
fn check_log(shelf: &Shelf, expected: &[Event]) {
    let opened = open(shelf, 99);
    assert_eq!(ids(&opened.events), ids(expected));
    assert_eq!((opened.rescued.len(), opened.unreadable.len()), (0, 0));
    assert_eq!(opened.trouble, None);
}

#[test]
fn every_event_is_in_the_store_when_append_returns() {
    let shelf = Shelf::default();
    let mut keeper = open(&shelf, 1).keeper;
    let events = reviews("load1", 200);
    for (index, event) in events.iter().enumerate() {
        keeper.append(std::slice::from_ref(event)).unwrap();
        assert_eq!(keeper.pending(), 0);
        check_log(&shelf, &events[..=index]);
    }
}

#[test]
fn the_tail_stays_short_and_full_tails_become_numbered_segments() {
    let shelf = Shelf::default();
    let mut keeper = open(&shelf, 1).keeper;
    let events = reviews("load1", 300);
    let mut sealed = BTreeMap::new();
    for event in &events {
        keeper.append(std::slice::from_ref(event)).unwrap();
        assert!(shelf.value("quire:/quire/:tail:dev.load1").len() <= TAIL_BYTES);
        for key in shelf.keys_with(":seg:") {
            let value = shelf.value(&key);
            assert!(value.len() <= TAIL_BYTES && value.is_ascii());
            assert_eq!(*sealed.entry(key).or_insert_with(|| value.clone()), value);
        }
    }
    let keys: Vec<String> = sealed.into_keys().collect();
    assert!(keys.len() >= 3, "{keys:?}");
    assert_eq!(keys[0], "quire:/quire/:seg:dev.load1.00000");
    assert_eq!(keys[1], "quire:/quire/:seg:dev.load1.00001");
}

#[test]
fn a_log_is_the_same_state_after_a_reload() {
    let shelf = Shelf::default();
    let events = reviews("load1", 100);
    open(&shelf, 1).keeper.append(&events).unwrap();
    let opened = open(&shelf, 2);
    let by = opened.keeper.author();
    assert_eq!(
        view(&State::replay(by, opened.events)),
        view(&State::replay(by, events))
    );
}

#[test]
fn two_tabs_and_two_apps_never_write_the_same_key() {
    let shelf = Shelf::default();
    let mut tabs = [1, 2].map(|tab| open(&shelf, tab).keeper);
    let mut other_app = open_as(shelf.tab(3), "/", author("dev", "load1")).keeper;
    let logs = [reviews("load1", 300), reviews("load2", 300)];
    for index in 0..300 {
        for (tab, log) in tabs.iter_mut().zip(&logs) {
            tab.append(&log[index..=index]).unwrap();
        }
        other_app.append(&logs[0][index..=index]).unwrap();
    }
    check_log(&shelf, &logs.concat());
    assert_eq!(open(&shelf, 98).events.len(), 600);
}

#[test]
fn a_page_load_that_two_tabs_drew_is_replaced() {
    let shelf = Shelf::default();
    let mut first = open(&shelf, 1).keeper;
    let events = reviews("load1", 3);
    first.append(&events).unwrap();
    let mut second = open_as(shelf.tab(2), SCOPE, author("dev", "load1")).keeper;
    assert_ne!(second.author(), first.author());
    let mut learner = Learner::of(second.author());
    learner.grade(card("a"), Rating::Good);
    second.append(&learner.log).unwrap();
    check_log(&shelf, &[events, learner.log].concat());
}

#[test]
fn a_damaged_line_is_copied_and_reported_once_and_costs_no_other_line() {
    let shelf = Shelf::default();
    let events = reviews("load1", 5);
    open(&shelf, 1).keeper.append(&events).unwrap();
    let key = "quire:/quire/:tail:dev.load1";
    let value = shelf.value(key);
    let damaged = value.replacen("\"g\":3", "\"g\":4", 1);
    shelf.put(key, &damaged);

    let opened = open(&shelf, 2);
    assert_eq!(ids(&opened.events), ids(&events[1..]));
    let rescued = &opened.rescued[0];
    assert_eq!(
        (rescued.source.as_str(), rescued.first_seen),
        (key, FirstSeen::Now)
    );
    assert_eq!(rescued.lines, [damaged.lines().next().unwrap()]);
    let copy = rescued.copy.clone().unwrap();
    assert!(
        copy.starts_with("quire:/quire/:rescue:tail:dev.load1."),
        "{copy}"
    );
    assert_eq!(shelf.value(&copy), rescued.lines[0]);
    assert_eq!(
        shelf.value(key),
        damaged,
        "the damaged value stays as it is"
    );

    let again = open(&shelf, 3);
    assert_eq!(again.rescued[0].first_seen, FirstSeen::Earlier);
    assert_eq!(shelf.keys_with(":rescue:"), [copy]);
}

#[test]
fn a_value_that_is_no_log_at_all_is_copied_whole() {
    let shelf = Shelf::default();
    let events = reviews("load1", 5);
    open(&shelf, 1).keeper.append(&events).unwrap();
    let junk = "\u{0}\u{fffd}漢 not a line\n{}\n";
    shelf.put("quire:/quire/:seg:old.load.00000", junk);
    let opened = open(&shelf, 2);
    assert_eq!(ids(&opened.events), ids(&events));
    let copy = opened.rescued[0].copy.clone().unwrap();
    assert_eq!(shelf.value(&copy), junk.trim_end());
}

#[test]
fn a_rescue_never_writes_over_another() {
    let shelf = Shelf::default();
    let key = "quire:/quire/:tail:dev.load1";
    shelf.put(key, "first damage\n");
    let first = open(&shelf, 2).rescued[0].copy.clone().unwrap();
    shelf.put(&first, "damaged in its turn");
    let second = open(&shelf, 3).rescued[0].copy.clone().unwrap();
    assert_ne!(first, second);
    assert_eq!(shelf.value(&first), "damaged in its turn");
    assert_eq!(shelf.value(&second), "first damage");
}

#[test]
fn a_value_that_the_store_does_not_give_out_is_reported_and_left_alone() {
    let shelf = Shelf::default();
    let events = reviews("load1", 200);
    open(&shelf, 1).keeper.append(&events).unwrap();
    let key = "quire:/quire/:seg:dev.load1.00000";
    *shelf.0.unreadable_key.borrow_mut() = Some(key.into());
    let before = shelf.value(key);
    let opened = open(&shelf, 2);
    assert_eq!(opened.unreadable[0].key, key);
    assert!(!opened.events.is_empty() && opened.events.len() < 200);
    assert_eq!(shelf.value(key), before);
}

#[test]
fn a_blocked_store_keeps_events_pending_until_it_opens() {
    let shelf = Shelf::default();
    shelf.0.blocked.set(true);
    let opened = open(&shelf, 1);
    assert!(matches!(opened.trouble, Some(StoreError::Blocked(_))));
    let mut keeper = opened.keeper;
    let events = reviews("load1", 150);
    for (index, event) in events.iter().enumerate() {
        assert!(keeper.append(std::slice::from_ref(event)).is_err());
        assert_eq!(keeper.pending(), index + 1);
    }
    shelf.0.blocked.set(false);
    keeper.retry().unwrap();
    assert_eq!(keeper.pending(), 0);
    check_log(&shelf, &events);
}

#[test]
fn a_full_store_loses_nothing_and_goes_on_when_there_is_room() {
    let shelf = Shelf::default();
    let mut keeper = open(&shelf, 1).keeper;
    let events = reviews("load1", 300);
    shelf.0.quota_bytes.set(Some(20_000));
    let mut saved = 0;
    for (index, event) in events.iter().enumerate() {
        if keeper.append(std::slice::from_ref(event)).is_ok() {
            assert_eq!(saved, index, "what came before is saved first");
            saved += 1;
        }
        assert_eq!(keeper.pending(), index + 1 - saved);
        check_log(&shelf, &events[..saved]);
    }
    assert!((50..250).contains(&saved), "{saved}");
    shelf.0.quota_bytes.set(None);
    let more = &Learner::of(author("dev", "load9")).grade(card("z"), Rating::Good);
    keeper.append(more).unwrap();
    assert_eq!(keeper.pending(), 0);
    check_log(&shelf, &[events, more.clone()].concat());
}

#[test]
fn imported_events_are_sealed_under_this_page_load() {
    let shelf = Shelf::default();
    let mut keeper = open(&shelf, 1).keeper;
    let own = reviews("load1", 3);
    keeper.append(&own[..2]).unwrap();
    let foreign = reviews("elsewhere", 200);
    keeper.import(&foreign).unwrap();
    keeper.append(&own[2..]).unwrap();
    check_log(&shelf, &[own, foreign].concat());
    assert!(shelf.keys_with("elsewhere").is_empty());
    assert!(shelf.keys_with(":seg:dev.load1.").len() >= 4);
    let tail = shelf.value("quire:/quire/:tail:dev.load1");
    assert_eq!(tail.lines().count(), 1);
}

#[test]
fn the_device_is_kept_and_a_damaged_one_set_aside() {
    let shelf = Shelf::default();
    let (first, kept) = device(&shelf, 1, 5);
    assert_eq!(kept, Ok(()));
    assert_eq!(device(&shelf, 2, 6), (first, Ok(())));

    shelf.put("quire:/quire/:device", "no device\u{0}");
    let (second, kept) = device(&shelf, 1, 7);
    assert_ne!(first, second);
    assert_eq!(kept, Ok(()));
    let rescue = shelf.keys_with(":rescue:device.");
    assert_eq!(shelf.value(&rescue[0]), "no device\u{0}");

    shelf.0.blocked.set(true);
    let (_, kept) = device(&shelf, 1, 8);
    assert!(matches!(kept, Err(StoreError::Blocked(_))));
}

proptest! {
    #[test]
    fn a_stop_after_any_write_leaves_all_saved_events(
        batches in prop::collection::vec(1..60_usize, 1..12),
        writes in 0..20_usize,
    ) {
        let shelf = Shelf::default();
        let mut keeper = open(&shelf, 1).keeper;
        let events = reviews("load1", batches.iter().sum());
        shelf.0.writes_left.set(Some(writes));
        let mut given = 0;
        let mut saved = 0;
        for batch in batches {
            if keeper.append(&events[given..given + batch]).is_ok() {
                saved = given + batch;
            }
            given += batch;
            prop_assert!(keeper.pending() <= given - saved);
        }
        // The page is killed here: another load finds all that was saved.
        let found = ids(&open(&shelf, 2).events);
        for id in ids(&events[..saved]) {
            prop_assert!(found.contains(&id), "{} is lost", id);
        }
        prop_assert_eq!(given - found.len(), keeper.pending());
        // If it was not killed, nothing is lost at all.
        shelf.0.writes_left.set(None);
        keeper.retry().unwrap();
        prop_assert_eq!(ids(&open(&shelf, 3).events), ids(&events));
    }
}
