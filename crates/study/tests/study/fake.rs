//! A device in memory whose stores die together after so many operations.

use crate::helper::{Learner, author, cards};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use study::{
    Access, Archive, Archived, Change, Event, EventId, Heads, KeyValue, LogKeeper, Opened, Rating,
    Ring, Shelf, StoreError, United, encode_line, parse_export, read_archive, unite,
};

pub const SCOPE: &str = "/quire/";

/// The result of a future that never waits.
#[track_caller]
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(result) => result,
        Poll::Pending => panic!("the fakes never wait"),
    }
}

/// One device: what survives when its app is killed, and how long that takes.
#[derive(Clone, Default, Debug)]
pub struct Device(Rc<Inner>);

#[derive(Default, Debug)]
struct Inner {
    values: RefCell<BTreeMap<String, String>>,
    records: RefCell<BTreeMap<(Shelf, String), String>>,
    backups: RefCell<Vec<String>>,
    operations_left: Cell<Option<usize>>,
    is_archive_gone: Cell<bool>,
    quota_units: Cell<Option<usize>>,
}

impl Device {
    /// From now on so many operations work, and then none.
    pub fn dies_after(&self, operations: usize) {
        self.0.operations_left.set(Some(operations));
    }

    pub fn lives(&self) {
        self.0.operations_left.set(None);
    }

    pub fn without_archive(&self) {
        self.0.is_archive_gone.set(true);
    }

    pub fn with_quota(&self, units: usize) {
        self.0.quota_units.set(Some(units));
    }

    /// A device that holds the same, and goes its own way from here on.
    #[must_use]
    pub fn copy(&self) -> Device {
        let copy = Device::default();
        *copy.0.values.borrow_mut() = self.values();
        *copy.0.records.borrow_mut() = self.records();
        *copy.0.backups.borrow_mut() = self.backups();
        copy
    }

    pub fn values(&self) -> BTreeMap<String, String> {
        self.0.values.borrow().clone()
    }

    pub fn records(&self) -> BTreeMap<(Shelf, String), String> {
        self.0.records.borrow().clone()
    }

    pub fn backups(&self) -> Vec<String> {
        self.0.backups.borrow().clone()
    }

    pub fn put(&self, name: &str, value: &str) {
        let key = format!("quire:{SCOPE}:{name}");
        self.0.values.borrow_mut().insert(key, value.into());
    }

    pub fn put_record(&self, shelf: Shelf, key: &str, value: &str) {
        let mut records = self.0.records.borrow_mut();
        records.insert((shelf, key.into()), value.into());
    }

    /// The store is found empty.
    pub fn lose_store(&self) {
        self.0.values.borrow_mut().clear();
    }

    /// The archive is found empty.
    pub fn lose_archive(&self) {
        self.0.records.borrow_mut().clear();
    }

    pub fn keys_with(&self, text: &str) -> Vec<String> {
        let keys = self.values().into_keys();
        keys.filter(|key| key.contains(text)).collect()
    }

    pub fn records_of(&self, shelf: Shelf) -> Vec<(String, String)> {
        block_on(self.read(shelf)).unwrap()
    }

    pub fn archived(&self) -> Archived {
        block_on(read_archive(self)).unwrap()
    }

    pub fn open(&self, load: &str, archive: &Heads) -> Opened<Device> {
        let author = author("dev", load);
        LogKeeper::open(self.clone(), SCOPE, author, archive, Access::ReadWrite)
    }

    /// What a start finds.
    pub fn unite(&self, load: &str) -> United<Device> {
        let archived = self.archived();
        unite(self.open(load, &archived.heads), archived)
    }

    fn operation(&self) -> Result<(), StoreError> {
        match self.0.operations_left.get() {
            Some(0) => Err(StoreError::Other("it is dead".into())),
            Some(left) => {
                self.0.operations_left.set(Some(left - 1));
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn archive_operation(&self) -> Result<(), StoreError> {
        if self.0.is_archive_gone.get() {
            return Err(StoreError::Blocked("private window".into()));
        }
        self.operation()
    }
}

impl KeyValue for Device {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.operation()?;
        Ok(self.0.values.borrow().get(key).cloned())
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.operation()?;
        let mut values = self.0.values.borrow_mut();
        let others = values.iter().filter(|(other, _)| *other != key);
        let used: usize = others.map(|(key, value)| key.len() + value.len()).sum();
        if used + key.len() + value.len() > self.0.quota_units.get().unwrap_or(usize::MAX) {
            return Err(StoreError::Full);
        }
        values.insert(key.into(), value.into());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.operation()?;
        self.0.values.borrow_mut().remove(key);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        self.operation()?;
        Ok(self.0.values.borrow().keys().cloned().collect())
    }
}

impl Archive for Device {
    async fn read(&self, shelf: Shelf) -> Result<Vec<(String, String)>, StoreError> {
        self.archive_operation()?;
        let records = self.0.records.borrow();
        let found = records.iter().filter(|((on, _), _)| *on == shelf);
        Ok(found
            .map(|((_, key), value)| (key.clone(), value.clone()))
            .collect())
    }

    async fn commit(&self, changes: Vec<Change>) -> Result<(), StoreError> {
        self.archive_operation()?;
        let mut records = self.0.records.borrow_mut();
        for change in changes {
            match change {
                Change::Put { shelf, key, value } => drop(records.insert((shelf, key), value)),
                Change::Delete { shelf, key } => drop(records.remove(&(shelf, key))),
            }
        }
        Ok(())
    }
}

impl Ring for Device {
    async fn back_up(&self, text: &str) -> Result<(), StoreError> {
        self.archive_operation()?;
        assert_eq!(parse_export(text).unwrap().missing, 0);
        self.0.backups.borrow_mut().push(text.to_owned());
        Ok(())
    }
}

/// So many events of one page load, a minute apart.
pub fn reviews(load: &str, count: usize) -> Vec<Event> {
    reviews_on(0, load, count)
}

/// So many events of one page load that began on a day.
pub fn reviews_on(day: i32, load: &str, count: usize) -> Vec<Event> {
    let mut learner = Learner::of(author("dev", load));
    learner.now = crate::helper::at(day, 8, 0);
    for index in 0..count {
        learner.wait_min(1);
        learner.grade(cards(5)[index % 5], Rating::Good);
    }
    learner.log
}

pub fn lines(events: &[Event]) -> String {
    let lines: Vec<String> = events.iter().map(encode_line).collect();
    lines.join("\n")
}

pub fn ids(events: &[Event]) -> Vec<EventId> {
    let mut ids: Vec<EventId> = events.iter().map(|event| event.id).collect();
    ids.sort_unstable();
    ids
}

/// The events are these, each once.
#[track_caller]
pub fn check_same(found: &[Event], expected: &[Event]) {
    let sorted = |events: &[Event]| {
        let mut lines: Vec<String> = events.iter().map(encode_line).collect();
        lines.sort_unstable();
        lines
    };
    assert_eq!(found.len(), expected.len());
    assert!(sorted(found) == sorted(expected), "other events");
}
