//! Two stores, one log: whatever one has lost, the other gives back.

use crate::fake::{Device, SCOPE, block_on, check_same, ids, lines, reviews, reviews_on};
use crate::helper::{author, view};
use proptest::prelude::*;
use study::{
    Access, DeviceId, Event, Heads, LogKeeper, NEAR_UNITS, REFILL_UNITS, Shelf, State, StoreError,
    United, device_id, encode_line, save, seal, unite,
};

/// A device on which so many events of a page load are in both stores.
fn device_with(events: &[Event]) -> Device {
    let device = Device::default();
    let mut keeper = device.open("a", &Heads::default()).keeper;
    keeper.append(events).unwrap();
    block_on(save(&device, events)).unwrap();
    device
}

/// Does what the app does when it is idle.
fn repair(device: &Device, united: &mut United<Device>) {
    block_on(save(device, &united.to_archive)).unwrap();
    let count = united.keeper.restore(&united.to_store, NEAR_UNITS).unwrap();
    assert_eq!(count, united.to_store.len());
}

#[track_caller]
fn check_nothing_is_lacking(device: &Device, expected: &[Event]) {
    let united = device.unite("last");
    check_same(&united.events, expected);
    assert_eq!((united.to_archive.len(), united.to_store.len()), (0, 0));
    assert_eq!(
        (united.restored_from_archive, united.restored_from_store),
        (0, 0)
    );
    assert_eq!(united.only_in_archive, 0);
    assert_eq!(united.store_heads, united.archive_heads);
}

#[test]
fn a_store_that_is_found_empty_is_restored_from_the_archive() {
    let events = reviews("a", 2500);
    let device = device_with(&events);
    device.lose_store();
    let mut united = device.unite("b");
    check_same(&united.events, &events);
    assert_eq!(united.restored_from_archive, 2500);
    assert_eq!(united.to_store[0], events[2499], "the newest first");
    repair(&device, &mut united);
    check_nothing_is_lacking(&device, &events);
}

#[test]
fn an_archive_that_is_found_empty_is_restored_from_the_store() {
    let events = reviews("a", 2500);
    let device = device_with(&events);
    device.lose_archive();
    let mut united = device.unite("b");
    check_same(&united.events, &events);
    assert_eq!(united.restored_from_store, 2500);
    repair(&device, &mut united);
    check_nothing_is_lacking(&device, &events);
}

#[test]
fn the_last_minute_that_the_store_lost_comes_back() {
    let events = reviews("a", 200);
    let device = device_with(&events[..150]);
    block_on(save(&device, &events[150..])).unwrap();
    let mut united = device.unite("b");
    check_same(&united.events, &events);
    assert_eq!(united.restored_from_archive, 50);
    repair(&device, &mut united);
    check_nothing_is_lacking(&device, &events);
}

#[test]
fn a_line_that_is_damaged_on_either_side_comes_back_from_the_other() {
    let events = reviews("a", 300);
    let device = device_with(&events);
    let tail = lines(&events[200..]).replacen("\"g\":3", "\"g\":4", 1);
    device.put("tail:dev.a", &tail);
    device.put_record(Shelf::Fresh, "dev.a.0", "junk");
    let mut united = device.unite("b");
    check_same(&united.events, &events);
    assert_eq!(united.rescued[0].lines.len(), 1);
    assert_eq!(united.damaged[0].text, "junk");
    repair(&device, &mut united);
    check_nothing_is_lacking_but_damage(&device, &events);
}

#[track_caller]
fn check_nothing_is_lacking_but_damage(device: &Device, events: &[Event]) {
    let united = device.unite("last");
    check_same(&united.events, events);
    assert_eq!((united.to_archive.len(), united.to_store.len()), (0, 0));
}

#[test]
fn a_segment_that_the_archive_has_is_not_decoded_but_counts() {
    let events = reviews("a", 1000);
    let device = device_with(&events);
    let opened = device.open("b", &device.archived().heads);
    assert_eq!(ids(&events), {
        let mut all = Vec::new();
        all.extend(events.iter().map(|event| event.id));
        all.retain(|&id| opened.heads.contains(id));
        all
    });
    assert!(opened.events.len() < 150, "{}", opened.events.len());
    let tail = &device.values()["quire:/quire/:tail:dev.a"];
    assert_eq!(opened.events.len(), tail.lines().count());
}

#[test]
fn a_line_that_is_damaged_in_a_segment_that_the_archive_has_is_set_aside_and_comes_back() {
    let events = reviews("a", 1000);
    let device = device_with(&events);
    let segment = "seg:dev.a.00001";
    let text = device.values()[&format!("quire:{SCOPE}:{segment}")].clone();
    device.put(segment, &text.replacen("\"g\":3", "\"g\":4", 1));
    let mut united = device.unite("b");
    assert_eq!(united.rescued[0].lines.len(), 1);
    assert_eq!(united.restored_from_archive, 1);
    repair(&device, &mut united);
    device.lose_archive();
    check_same(&device.unite("c").events, &events);
}

#[test]
fn an_imported_line_between_lines_that_the_archive_has_is_not_overlooked() {
    let device = device_with(&reviews("a", 3));
    let foreign = reviews_on(1, "z", 1);
    let mut mixed = reviews("a", 3);
    mixed.insert(1, foreign[0].clone());
    device.put("seg:dev.a.00009", &lines(&mixed));
    assert_eq!(device.unite("b").to_archive, foreign);
}

#[test]
fn what_the_store_gave_up_for_room_is_no_loss_and_does_not_come_back_at_once() {
    let events: Vec<Event> = (0..40)
        .flat_map(|day| reviews_on(day, &format!("a{day:02}"), 100))
        .collect();
    let device = Device::default();
    block_on(save(&device, &events)).unwrap();
    // The store has kept the newest, and it is more than the store would take back.
    let kept = events.len() * 9 / 10;
    let mut keeper = device.open("b", &Heads::default()).keeper;
    keeper.append(&events[events.len() - kept..]).unwrap();
    device.put("padding", &"x".repeat(REFILL_UNITS));
    let united = device.unite("c");
    assert_eq!(united.only_in_archive, events.len() - kept);
    assert_eq!(
        (united.restored_from_archive, united.to_store.len()),
        (0, 0)
    );
    check_same(&united.events, &events);
    // With much room it does, and this is no loss either.
    device.put("padding", "");
    let united = device.unite("d");
    assert_eq!(united.restored_from_archive, 0);
    assert_eq!(united.to_store.len(), events.len() - kept);
}

#[test]
fn a_restore_stays_within_the_quota_and_saves_the_newest() {
    let events: Vec<Event> = (0..8)
        .flat_map(|day| reviews_on(day, &format!("a{day}"), 250))
        .collect();
    let device = Device::default();
    block_on(save(&device, &events)).unwrap();
    device.put("padding", &"x".repeat(NEAR_UNITS - 80_000));
    let mut united = device.unite("b");
    // The padding is no log: the store has lost everything.
    assert_eq!(united.restored_from_archive, 2000);
    let fitting = united.to_store.len();
    assert!((400..2000).contains(&fitting), "{fitting}");
    united.keeper.restore(&united.to_store, NEAR_UNITS).unwrap();
    assert!(united.keeper.used_units().unwrap() <= NEAR_UNITS);
    let kept = device.open("c", &Heads::default()).events;
    assert!(kept.iter().all(|event| events[1000..].contains(event)));
}

#[test]
fn two_tabs_that_restore_at_once_restore_once() {
    let events = reviews("a", 100);
    let device = device_with(&events);
    device.lose_store();
    let mut tabs = ["b", "c"].map(|load| device.unite(load));
    repair(&device, &mut tabs[0]);
    assert_eq!(tabs[1].keeper.restore(&tabs[1].to_store, NEAR_UNITS), Ok(0));
    assert_eq!(device.open("d", &Heads::default()).events.len(), 100);
}

#[test]
fn nothing_is_written_to_a_log_of_a_later_version() {
    let events = reviews("a", 20);
    let device = device_with(&events[..10]);
    block_on(save(&device, &events[5..])).unwrap();
    device.put("tail:dev.junk", "junk");
    let before = (device.values(), device.records());
    let archived = device.archived();
    let access = Access::ReadOnly { needs: 3 };
    let (by, _) = device_id(&device, SCOPE, archived.device, 7, access);
    let by = study::Author {
        device: by,
        load: "b".parse().unwrap(),
    };
    let opened = LogKeeper::open(device.clone(), SCOPE, by, &archived.heads, access);
    let mut united = unite(opened, archived);
    check_same(&united.events, &events);
    assert_eq!(united.rescued[0].lines, ["junk"]);
    assert!(united.rescued[0].copy.is_err());
    assert!(united.to_archive.is_empty() && united.to_store.is_empty());
    let more = reviews("b", 1);
    let refused = |result| assert!(matches!(result, Err(StoreError::Blocked(_))));
    refused(united.keeper.append(&more));
    refused(united.keeper.retry());
    refused(united.keeper.import(&more));
    refused(united.keeper.restore(&more, NEAR_UNITS).map(drop));
    let dead = [author("dev", "a"), author("dev", "junk")];
    refused(united.keeper.fold(&dead, &united.archive_heads).map(drop));
    assert_eq!((device.values(), device.records()), before);
}

#[test]
fn a_device_that_one_side_has_lost_comes_back_from_the_other() {
    let device = Device::default();
    let dev: DeviceId = "dev".parse().unwrap();
    let id = |archived, random| device_id(&device, SCOPE, archived, random, Access::ReadWrite);
    assert_eq!(id(Some(dev), 1), (dev, Ok(())));
    assert_eq!(device.values()["quire:/quire/:device"], "dev");
    assert_eq!(id(None, 2), (dev, Ok(())));
    device.put("device", "another");
    assert_eq!(id(Some(dev), 3), (dev, Ok(())));
    assert_eq!(id(None, 4), (dev, Ok(())));
    device.put("device", "not an id");
    assert_eq!(id(Some(dev), 5), (dev, Ok(())));
    let copy = &device.keys_with(":rescue:device.")[0];
    assert_eq!(device.values()[copy], "not an id");
}

#[test]
fn contradictory_events_of_the_two_sides_end_as_one() {
    let event = reviews("a", 1).remove(0);
    let mut other = event.clone();
    other.utc_offset_min = 60;
    let mut sorted = [event, other];
    sorted.sort_by_key(encode_line);
    for places in [[0, 1], [1, 0]] {
        let device = Device::default();
        let [in_store, in_archive] = places.map(|place| &sorted[place]);
        device.put("tail:dev.a", &encode_line(in_store));
        block_on(save(&device, std::slice::from_ref(in_archive))).unwrap();
        let mut united = device.unite("b");
        assert_eq!(united.events, sorted[..1]);
        assert_eq!(united.contradictions, 1);
        repair(&device, &mut united);
        assert_eq!(device.archived().events, sorted[..1]);
    }
}

/// Where an event is, and what has become of its line there.
#[derive(Clone, Copy, Debug)]
struct Fate {
    in_store: Copies,
    in_archive: Copies,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Copies {
    None,
    Whole,
    Damaged,
    Twice,
}

fn copies() -> impl Strategy<Value = Copies> {
    prop::sample::select(vec![
        Copies::None,
        Copies::Whole,
        Copies::Whole,
        Copies::Damaged,
        Copies::Twice,
    ])
}

fn fates() -> impl Strategy<Value = Vec<Fate>> {
    let fate = (copies(), copies()).prop_map(|(in_store, in_archive)| Fate {
        in_store,
        in_archive,
    });
    prop::collection::vec(fate, 1..80)
}

proptest! {
    #[test]
    fn the_union_has_every_event_of_which_either_side_has_a_whole_line(
        fates in fates(),
        in_tail in 0..80_usize,
        order: u32,
        sealed: bool,
        is_archive_late: bool,
    ) {
        let events = reviews("a", fates.len());
        let device = Device::default();
        let mut expected = Vec::new();
        let (mut tail, mut segment, mut record) = (Vec::new(), Vec::new(), Vec::new());
        for (index, (event, fate)) in events.iter().zip(&fates).enumerate() {
            let line = encode_line(event);
            let damaged = line.replacen("\"t\":", "\"t\":1", 1);
            let of = |copies| match copies {
                Copies::None => vec![],
                Copies::Whole => vec![line.clone()],
                Copies::Damaged => vec![damaged.clone()],
                Copies::Twice => vec![line.clone(), damaged.clone(), line.clone()],
            };
            if index < in_tail { &mut tail } else { &mut segment }.extend(of(fate.in_store));
            record.extend(of(fate.in_archive));
            let whole = [Copies::Whole, Copies::Twice];
            if whole.contains(&fate.in_store) || whole.contains(&fate.in_archive) {
                expected.push(event.clone());
            }
        }
        for lines in [&mut tail, &mut segment, &mut record] {
            let turn = order as usize % lines.len().max(1);
            lines.rotate_left(turn);
        }
        device.put("tail:dev.x", &tail.join("\n"));
        device.put("seg:dev.x.00000", &segment.join("\n"));
        if sealed {
            device.put_record(Shelf::Sealed, "1", &record.join("\n"));
        } else {
            for (index, line) in record.iter().enumerate() {
                device.put_record(Shelf::Fresh, &index.to_string(), line);
            }
        }
        let mut united = if is_archive_late {
            unite(device.open("b", &Heads::default()), device.archived())
        } else {
            device.unite("b")
        };
        check_same(&united.events, &expected);
        let state = State::replay(author("dev", "b"), united.events.clone());
        prop_assert_eq!(view(&state), view(&State::replay(author("dev", "b"), expected.clone())));
        repair(&device, &mut united);
        block_on(seal(&device, 1)).unwrap();
        check_nothing_is_lacking_but_damage(&device, &expected);
        // After the repair either side can go.
        if order.is_multiple_of(2) { device.lose_store() } else { device.lose_archive() }
        check_same(&device.unite("c").events, &expected);
    }
}
