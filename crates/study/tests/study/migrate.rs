//! From the logs of earlier versions to this one, killed at every step.

use crate::fake::{Device, SCOPE, block_on, check_same, ids, reviews, reviews_on};
use study::{
    Access, Event, FORMAT, Format, Heads, KeyValue, MIGRATIONS, Shelf, StoreError, TAIL_BYTES,
    encode_line, formats, migrate, parse_export, save,
};

/// What the app of format 1 did at an answer, in its own words: it knew no archive and no format.
struct FormatOne {
    device: Device,
    load: &'static str,
    tail: String,
    next_segment: u32,
}

impl FormatOne {
    fn start(device: &Device, load: &'static str) -> FormatOne {
        let key = format!("quire:{SCOPE}:device");
        if device.get(&key).unwrap().is_none() {
            device.set(&key, "dev").unwrap();
        }
        FormatOne {
            device: device.clone(),
            load,
            tail: String::new(),
            next_segment: 0,
        }
    }

    fn append(&mut self, events: &[Event]) {
        for event in events {
            let line = encode_line(event);
            if !self.tail.is_empty() && self.tail.len() + line.len() >= TAIL_BYTES {
                let (load, number) = (self.load, self.next_segment);
                let key = format!("quire:{SCOPE}:seg:dev.{load}.{number:05}");
                self.device.set(&key, &self.tail).unwrap();
                self.next_segment += 1;
                self.tail.clear();
            }
            self.tail.push_str(&line);
            self.tail.push('\n');
            let key = format!("quire:{SCOPE}:tail:dev.{}", self.load);
            self.device.set(&key, &self.tail).unwrap();
        }
    }
}

/// A device as the app of a format has left it, and its log.
fn device_of(version: u32) -> (Device, Vec<Event>) {
    let device = Device::default();
    let mut log = reviews("a", 150);
    FormatOne::start(&device, "a").append(&log);
    let second = reviews_on(1, "b", 10);
    FormatOne::start(&device, "b").append(&second);
    log.extend(second);
    match version {
        1 => (device, log),
        _ => panic!("add how the app of format {version} leaves a device"),
    }
}

/// What the app does at its start, up to the log. A migration that fails is tried again at the
/// next start.
fn start(device: &Device, load: &str) -> (u32, Vec<Event>) {
    let found = formats(device, SCOPE, Some(&device.archived()));
    assert_eq!(found.access(), Access::ReadWrite);
    let _ = block_on(migrate(device, SCOPE, device, device, found.version()));
    let found = formats(device, SCOPE, Some(&device.archived()));
    (found.version(), device.unite(load).events)
}

#[test]
fn every_migration_leads_to_this_format() {
    assert_eq!(MIGRATIONS.len() as u32, FORMAT - 1, "without a gap");
    for version in 1..FORMAT {
        let (device, log) = device_of(version);
        let found = formats(&device, SCOPE, Some(&device.archived()));
        assert_eq!(found.version(), version);
        let (version, events) = start(&device, "c");
        assert_eq!(version, FORMAT);
        check_same(&events, &log);
        // And it is taken once only.
        let after = (device.values(), device.records(), device.backups());
        block_on(migrate(&device, SCOPE, &device, &device, FORMAT)).unwrap();
        assert_eq!((device.values(), device.records(), device.backups()), after);
    }
}

#[test]
fn a_migration_into_the_archive_is_backed_up_and_brings_everything() {
    let (device, log) = device_of(1);
    start(&device, "c");
    let backup = parse_export(&device.backups()[0]).unwrap();
    check_same(&backup.events, &log);
    let archived = device.archived();
    check_same(&archived.events, &log);
    assert_eq!(archived.device, "dev".parse().ok());
    assert_eq!(archived.meta("format"), Some(&*Format::CURRENT.encode()));
    let line = device.values()["quire:/quire/:format"].clone();
    assert_eq!(Format::decode(&line), Some(Format::CURRENT));
}

#[test]
fn a_migration_that_is_killed_at_any_operation_leaves_old_or_new_and_the_whole_log() {
    for version in 1..FORMAT {
        let (device, log) = device_of(version);
        let (mut old, mut new) = (0, 0);
        for stops in 0.. {
            let device = device.copy();
            device.dies_after(stops);
            let is_done = block_on(migrate(&device, SCOPE, &device, &device, version)).is_ok();
            device.lives();
            let found = formats(&device, SCOPE, Some(&device.archived()));
            assert_eq!(found.access(), Access::ReadWrite);
            if found.version() == version {
                old += 1;
                assert_eq!(device.records().len(), 0, "all or nothing");
                let store = device.open("x", &Heads::default());
                check_same(&store.events, &log);
            } else {
                new += 1;
                assert_eq!(found.version(), FORMAT);
                check_same(&device.archived().events, &log);
            }
            check_same(&device.unite("c").events, &log);
            let (version, events) = start(&device, "d");
            assert_eq!(version, FORMAT);
            check_same(&events, &log);
            if is_done {
                break;
            }
        }
        assert!(old > 5 && new == 2, "{old} {new}");
    }
}

#[test]
fn a_step_back_to_the_first_version_and_forth_loses_nothing() {
    let (device, mut log) = device_of(1);
    start(&device, "c");
    // This version, which keeps both stores.
    let ours = reviews_on(2, "c", 120);
    let heads = device.archived().heads;
    device.open("c", &heads).keeper.append(&ours).unwrap();
    block_on(save(&device, &ours)).unwrap();
    // The first version, which knows the store only, and a page of it that stayed open.
    let theirs = reviews_on(3, "d", 200);
    FormatOne::start(&device, "d").append(&theirs);
    log.extend(ours.into_iter().chain(theirs.clone()));
    let (version, events) = start(&device, "e");
    assert_eq!(version, FORMAT);
    check_same(&events, &log);
    assert_eq!(ids(&device.unite("f").to_archive), ids(&theirs));
    assert_eq!(device.backups().len(), 1, "there was nothing to migrate");
}

#[test]
fn without_an_archive_the_log_stays_at_the_first_version() {
    let (device, log) = device_of(1);
    device.without_archive();
    let before = device.values();
    let result = block_on(migrate(&device, SCOPE, &device, &device, 1));
    assert!(matches!(result, Err(StoreError::Blocked(_))));
    assert_eq!(device.values(), before);
    assert_eq!(formats(&device, SCOPE, None).version(), 1);
    check_same(&device.open("c", &Heads::default()).events, &log);
}

#[test]
fn a_store_that_does_not_say_what_it_has_is_not_taken_for_empty() {
    struct Mute(Device);
    impl KeyValue for Mute {
        fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
            self.0.get(key)
        }
        fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
            self.0.set(key, value)
        }
        fn remove(&self, key: &str) -> Result<(), StoreError> {
            self.0.remove(key)
        }
        fn keys(&self) -> Result<Vec<String>, StoreError> {
            Err(StoreError::Blocked("not now".into()))
        }
    }
    let (device, log) = device_of(1);
    let result = block_on(migrate(&Mute(device.clone()), SCOPE, &device, &device, 1));
    assert!(matches!(result, Err(StoreError::Blocked(_))));
    assert_eq!(device.records().len(), 0);
    check_same(&start(&device, "c").1, &log);
}

#[test]
fn a_migration_of_a_full_store_is_finished_when_there_is_room() {
    let (device, log) = device_of(1);
    let used = device.open("x", &Heads::default()).keeper.used_units();
    device.with_quota(used.unwrap());
    let result = block_on(migrate(&device, SCOPE, &device, &device, 1));
    assert_eq!(result, Err(StoreError::Full));
    let found = formats(&device, SCOPE, Some(&device.archived()));
    assert_eq!((found.version(), found.store), (FORMAT, None));
    device.with_quota(usize::MAX);
    block_on(study::stamp(&device, SCOPE, Some(&device), &found)).unwrap();
    let found = formats(&device, SCOPE, Some(&device.archived()));
    assert_eq!(found.store, Some(Format::CURRENT));
    check_same(&device.unite("c").events, &log);
}

#[test]
fn damage_and_contradictions_do_not_stop_a_migration() {
    let (device, log) = device_of(1);
    device.put("tail:dev.x", "junk\n");
    let mut expected = log.clone();
    expected[0].utc_ms -= 1;
    expected[0].hlc_ms -= 1;
    assert!(encode_line(&expected[0]) < encode_line(&log[0]));
    device.put("seg:dev.x.00000", &encode_line(&expected[0]));
    start(&device, "c");
    check_same(&device.archived().events, &expected);
    assert_eq!(device.values()["quire:/quire/:tail:dev.x"], "junk\n");
}

#[test]
fn an_unknown_version_is_not_migrated() {
    let (device, _) = device_of(1);
    let before = (device.values(), device.records_of(Shelf::Meta));
    let result = block_on(migrate(&device, SCOPE, &device, &device, 0));
    assert!(result.is_err());
    assert_eq!((device.values(), device.records_of(Shelf::Meta)), before);
}
