//! Any values of the log's keys open, and every line that is whole is found.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::cell::RefCell;
use std::collections::BTreeMap;
use study::{
    Author, Event, EventId, KeyValue, LogKeeper, State, StoreError, decode_line, parse_export,
};

#[derive(Default)]
struct Store(RefCell<BTreeMap<String, String>>);

impl KeyValue for Store {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self.0.borrow().get(key).cloned())
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.0.borrow_mut().insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.0.borrow_mut().remove(key);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.0.borrow().keys().cloned().collect())
    }
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let _ = parse_export(&text);
    let author = Author {
        device: "dev".parse().expect("it is an id"),
        load: "now".parse().expect("it is an id"),
    };
    // The first half of the values are tails, the others segments.
    let store = Store::default();
    let values: Vec<&str> = text.split('\u{0}').collect();
    for (index, value) in values.iter().enumerate() {
        let key = if index < values.len().div_ceil(2) {
            format!("quire:fuzz:tail:dev.load{index}")
        } else {
            format!("quire:fuzz:seg:dev.load{index}.00000")
        };
        store.set(&key, value).expect("it takes everything");
    }
    let whole: Vec<Event> = values
        .iter()
        .flat_map(|value| value.split('\n'))
        .filter_map(|line| decode_line(line).ok())
        .collect();
    let opened = LogKeeper::open(store, "fuzz", author);
    for event in &whole {
        assert!(opened.events.contains(event));
    }
    let state = State::replay(author, opened.events);
    let mut ids: Vec<EventId> = whole.iter().map(|event| event.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(state.event_count(), ids.len());
});
