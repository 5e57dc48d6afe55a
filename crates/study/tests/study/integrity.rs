//! What a check of both stores finds.

use crate::fake::{Device, SCOPE, block_on, lines, reviews};
use study::{Heads, Shelf, StoreError, check, encode_line, save, seal, set_aside};

#[test]
fn a_check_counts_both_sides_and_finds_all_damage_and_changes_nothing() {
    let events = reviews("a", 300);
    let device = Device::default();
    let mut keeper = device.open("a", &Heads::default()).keeper;
    keeper.append(&events[..200]).unwrap();
    block_on(save(&device, &events[50..])).unwrap();
    block_on(seal(&device, 1)).unwrap();
    let whole = block_on(check(&device, SCOPE, &device));
    assert_eq!((whole.store.entries, whole.archive.entries), (200, 250));
    assert_eq!((whole.only_in_store, whole.only_in_archive), (50, 100));
    assert_eq!(whole.store.damaged.len() + whole.archive.damaged.len(), 0);
    assert_eq!(Some(whole.store.size), whole.origin_units);

    let mut other = events[1].clone();
    other.utc_offset_min = 60;
    device.put("seg:dev.x.00000", &format!("junk\n{}", encode_line(&other)));
    device.put_record(Shelf::Sealed, "2", "one\ntwo");
    device.put_record(Shelf::Fresh, "3", &lines(&events[299..]));
    device.put("settings-of-another", "xxxx");
    let archived = device.archived();
    block_on(set_aside(&device, &archived.damaged)).unwrap();
    drop(device.open("b", &Heads::default()));

    let before = (device.values(), device.records());
    let found = block_on(check(&device, SCOPE, &device));
    assert_eq!((device.values(), device.records()), before);
    assert_eq!((found.store.entries, found.archive.entries), (200, 250));
    let damaged = &found.store.damaged;
    assert_eq!(damaged.len(), 1);
    assert_eq!(damaged[0].place, "quire:/quire/:seg:dev.x.00000");
    assert_eq!(damaged[0].text, "junk");
    assert_eq!(found.store.set_aside.len(), 1);
    assert!(found.store.set_aside[0].place.contains(":rescue:"));
    let places = found.archive.damaged.iter();
    let places: Vec<(&str, &str)> = places.map(|line| (&*line.place, &*line.text)).collect();
    assert_eq!(places, [("sealed/2", "one"), ("sealed/2", "two")]);
    assert_eq!(found.archive.set_aside.len(), 2);
    assert!(found.archive.size > whole.archive.size);
    assert!(found.origin_units.unwrap() > found.store.size);
}

#[test]
fn contradictions_between_the_sides_are_counted() {
    let event = reviews("a", 1).remove(0);
    let mut other = event.clone();
    other.utc_offset_min = 60;
    let device = Device::default();
    device.put("tail:dev.a", &encode_line(&event));
    block_on(save(&device, &[other])).unwrap();
    assert_eq!(block_on(check(&device, SCOPE, &device)).contradictions, 1);
}

#[test]
fn a_side_that_cannot_be_read_says_why_and_the_other_is_checked() {
    let events = reviews("a", 20);
    let device = Device::default();
    device
        .open("a", &Heads::default())
        .keeper
        .append(&events)
        .unwrap();
    device.without_archive();
    let found = block_on(check(&device, SCOPE, &device));
    assert_eq!((found.store.entries, found.archive.entries), (20, 0));
    assert!(matches!(
        found.archive.trouble,
        Some(StoreError::Blocked(_))
    ));
    assert_eq!(found.store.trouble, None);
    assert_eq!(found.only_in_store, 20);
}
