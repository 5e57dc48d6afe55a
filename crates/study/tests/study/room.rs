//! The store stays within its quota, and few keys are left of the page loads that are gone.

use crate::fake::{Device, SCOPE, block_on, check_same, ids, lines, reviews_on};
use crate::helper::{Learner, author, card};
use study::{
    Action, Author, Event, Heads, LOW_UNITS, NEAR_UNITS, Need, QUOTA_UNITS, SEGMENT_BYTES,
    StoreError, save,
};

/// A device with a page load a day, all in both stores.
fn device_of_days(days: i32, answers: usize) -> (Device, Vec<Event>, Vec<Author>) {
    let device = Device::default();
    let (mut events, mut authors) = (Vec::new(), Vec::new());
    for day in 0..days {
        let load = format!("a{day:03}");
        let day = reviews_on(day, &load, answers);
        let mut keeper = device.open(&load, &Heads::default()).keeper;
        keeper.append(&day).unwrap();
        authors.push(keeper.author());
        events.extend(day);
    }
    block_on(save(&device, &events)).unwrap();
    (device, events, authors)
}

fn in_store(device: &Device) -> Vec<Event> {
    device.open("reader", &Heads::default()).events
}

#[test]
fn near_the_quota_the_oldest_segments_stay_in_the_archive_only() {
    let (device, events, _) = device_of_days(10, 300);
    let log_units = device
        .open("b", &Heads::default())
        .keeper
        .used_units()
        .unwrap();
    // Another app takes up the rest.
    device.put("padding", &"x".repeat(NEAR_UNITS - log_units - 100));
    let mut keeper = device.open("b", &Heads::default()).keeper;
    let heads = device.archived().heads;
    let before = device.values();
    let room = keeper.make_room(&heads, Need::IfNear).unwrap();
    assert_eq!(room.removed_segments, 0, "there is room");
    assert_eq!(device.values(), before);

    device.put("more", &"x".repeat(200));
    let room = keeper.make_room(&heads, Need::IfNear).unwrap();
    assert!(room.removed_segments > 20);
    assert_eq!(Ok(room.used_units), keeper.used_units());
    // Tails stay: all that could go has gone.
    assert!(device.keys_with(":seg:").is_empty() && device.keys_with(":tail:").len() == 10);
    assert_eq!(device.values()["quire:/quire/:more"].len(), 200);
    check_same(&device.unite("c").events, &events);
}

#[test]
fn making_room_stops_at_the_low_mark_and_takes_the_oldest_first() {
    // Few and long entries, of 1.3 MB together.
    let mut learner = Learner::of(author("dev", "a"));
    for index in 0..130 {
        learner.wait_min(1);
        learner.act(Action::Flag {
            card: card(&format!("c{index}")),
            reason: Some("x".repeat(10_000)),
        });
    }
    let device = Device::default();
    block_on(save(&device, &learner.log)).unwrap();
    let mut keeper = device.open("a", &Heads::default()).keeper;
    keeper.append(&learner.log).unwrap();
    device.put("padding", &"x".repeat(NEAR_UNITS - 1_200_000));
    let heads = device.archived().heads;
    let room = keeper.make_room(&heads, Need::IfNear).unwrap();
    assert!(room.used_units <= LOW_UNITS && room.used_units > LOW_UNITS - 20_000);
    let kept = ids(&in_store(&device));
    assert_eq!(kept, ids(&learner.log[130 - kept.len()..]));
    assert_eq!(room.removed_entries, 130 - kept.len());
}

#[test]
fn a_store_that_is_full_long_before_its_quota_gives_up_a_quarter() {
    let (device, events, _) = device_of_days(10, 300);
    let mut keeper = device.open("b", &Heads::default()).keeper;
    let used = keeper.used_units().unwrap();
    let heads = device.archived().heads;
    let before = device.values();
    keeper.make_room(&heads, Need::IfNear).unwrap();
    assert_eq!(device.values(), before);
    let room = keeper.make_room(&heads, Need::Full).unwrap();
    assert!((used * 7 / 10..=used / 4 * 3).contains(&room.used_units));
    let left = in_store(&device);
    assert!(events[1100..].iter().all(|event| left.contains(event)));
}

#[test]
fn a_segment_that_the_archive_has_not_all_of_is_never_removed() {
    let (device, events, _) = device_of_days(3, 300);
    let mut heads = Heads::of(&events[1..]);
    let first = device.keys_with(":seg:dev.a000.00000").remove(0);
    let second = "seg:dev.a001.00000";
    let text = device.values()[&format!("quire:{SCOPE}:{second}")].clone();
    let damaged = text.replacen("\"g\":3", "\"g\":4", 1);
    device.put(second, &damaged);
    let mut keeper = device.open("b", &heads).keeper;
    device.put("padding", &"x".repeat(QUOTA_UNITS));
    keeper.make_room(&heads, Need::Full).unwrap();
    let second = format!("quire:{SCOPE}:{second}");
    assert_eq!(device.keys_with("/:seg:"), [first, second.clone()]);
    heads.insert(events[0].id);
    keeper.make_room(&heads, Need::Full).unwrap();
    assert_eq!(device.keys_with("/:seg:"), [second]);
}

#[test]
fn a_full_store_takes_the_next_answer_after_room_was_made() {
    let (device, events, _) = device_of_days(5, 300);
    let used = device
        .open("b", &Heads::default())
        .keeper
        .used_units()
        .unwrap();
    device.with_quota(used + 200);
    let mut keeper = device.open("b", &Heads::default()).keeper;
    let more = reviews_on(9, "b", 300);
    let mut fulls = 0;
    for event in &more {
        if keeper.append(std::slice::from_ref(event)) == Err(StoreError::Full) {
            fulls += 1;
            let heads = device.archived().heads;
            assert!(
                keeper
                    .make_room(&heads, Need::Full)
                    .unwrap()
                    .removed_segments
                    > 0
            );
            keeper.retry().unwrap();
        }
        assert_eq!(keeper.pending(), 0);
        block_on(save(&device, std::slice::from_ref(event))).unwrap();
    }
    assert!((1..5).contains(&fulls), "{fulls}");
    check_same(&device.unite("c").events, &[events, more].concat());
}

#[test]
fn what_is_restored_is_in_the_order_of_the_log_and_stops_before_the_store_is_near() {
    let (device, events, _) = device_of_days(10, 300);
    device.lose_store();
    let newest_first: Vec<Event> = events.iter().rev().cloned().collect();
    let mut keeper = device.open("b", &Heads::default()).keeper;
    device.put("padding", &"x".repeat(NEAR_UNITS - SEGMENT_BYTES - 1000));
    let written = keeper.restore(&newest_first, NEAR_UNITS).unwrap();
    assert!(keeper.used_units().unwrap() <= NEAR_UNITS);
    let segments = device.keys_with(":seg:dev.b.");
    assert_eq!(segments.len(), 1, "a second one does not fit");
    assert_eq!(
        device.values()[&segments[0]].trim_end(),
        lines(&events[3000 - written..])
    );
}

#[test]
fn what_page_loads_left_that_are_gone_becomes_few_segments() {
    let (device, events, mut gone) = device_of_days(60, 20);
    let alive = gone.pop().unwrap();
    let heads = device.archived().heads;
    let mut keeper = device.open("b", &heads).keeper;
    let folded = keeper.fold(&gone, &heads).unwrap();
    assert_eq!((folded.removed_values, folded.new_segments), (59, 2));
    let tails = device.keys_with(":tail:");
    assert_eq!(tails, [format!("quire:{SCOPE}:tail:dev.{}", alive.load)]);
    let segments = device.keys_with(":seg:dev.b.");
    assert_eq!(segments.len(), 2);
    assert!(device.values()[&segments[0]].len() <= SEGMENT_BYTES);
    check_same(&in_store(&device), &events);

    // The page load goes on after them, and the long ones are not gathered again.
    let own = reviews_on(70, "b", 200);
    keeper.append(&own).unwrap();
    let all = [events, own].concat();
    check_same(&in_store(&device), &all);
}

/// Folds values of the loads `a` and `b`, whose lines the archive has, and says how many went.
#[track_caller]
fn check_fold(values: &[(&str, &[Event])], removed_values: usize) -> Vec<Event> {
    let device = Device::default();
    let mut heads = Heads::default();
    for (name, events) in values {
        device.put(name, &lines(events));
        for event in *events {
            heads.insert(event.id);
        }
    }
    let dead = ["a", "b"].map(|load| author("dev", load));
    let mut keeper = device.open("new", &heads).keeper;
    let folded = keeper.fold(&dead, &heads).unwrap();
    assert_eq!(folded.removed_values, removed_values);
    in_store(&device)
}

#[test]
fn one_short_value_or_long_ones_are_not_gathered() {
    let events = reviews_on(0, "a", 600);
    assert!(lines(&events[..500]).len() > SEGMENT_BYTES / 2);
    check_fold(&[("tail:dev.a", &events[..10])], 0);
    let long = ("seg:dev.a.00000", &events[..500]);
    check_fold(&[long, ("tail:dev.a", &events[500..])], 0);
    let short = ("seg:dev.a.00001", &events[500..590]);
    check_fold(&[long, short, ("tail:dev.a", &events[590..])], 2);
}

#[test]
fn a_line_that_an_interruption_left_twice_is_gathered_once() {
    let events = reviews_on(0, "a", 20);
    let values = [
        ("seg:dev.b.00000", &events[..]),
        ("tail:dev.a", &events[..]),
    ];
    check_same(&check_fold(&values, 2), &events);
}

#[test]
fn two_lines_that_differ_under_one_id_are_both_kept_when_gathered() {
    let events = reviews_on(0, "a", 5);
    let mut other = events.clone();
    other[2].utc_offset_min = 90;
    let values = [("seg:dev.b.00000", &events[..]), ("tail:dev.a", &other[..])];
    let kept = check_fold(&values, 2);
    assert!(
        kept.contains(&events[2]) && kept.contains(&other[2]),
        "{kept:?}"
    );
    assert_eq!(kept.len(), 6);
}

#[test]
fn what_is_older_than_the_oldest_segment_was_given_up() {
    let (device, events, _) = device_of_days(10, 300);
    let mut keeper = device.open("b", &Heads::default()).keeper;
    let before = keeper.oldest_segment_ms().unwrap();
    let heads = device.archived().heads;
    assert!(
        keeper
            .make_room(&heads, Need::Full)
            .unwrap()
            .removed_segments
            > 0
    );
    let after = keeper.oldest_segment_ms().unwrap();
    assert!(before < after, "{before} {after}");
    assert!(events[0].hlc_ms <= before);
    assert_eq!(
        Device::default()
            .open("c", &Heads::default())
            .keeper
            .oldest_segment_ms(),
        None
    );
}

#[test]
fn lines_are_set_aside_once_under_their_own_name() {
    let device = Device::default();
    let keeper = device.open("b", &Heads::default()).keeper;
    let key = format!("quire:{SCOPE}:seg:dev.a.00000");
    let damaged = ["x".to_owned(), "y".to_owned()];
    let copy = keeper.set_aside(&key, &damaged).unwrap();
    assert!(
        copy.starts_with(&format!("quire:{SCOPE}:rescue:seg:dev.a.00000.")),
        "{copy}"
    );
    assert_eq!(keeper.set_aside(&key, &damaged), Ok(copy.clone()));
    assert_eq!(device.values()[&copy], "x\ny");
    assert_eq!(device.keys_with(":rescue:").len(), 1);
}

#[test]
fn a_page_load_whose_name_begins_like_that_of_one_that_is_gone_is_left_alone() {
    let events = reviews_on(0, "a", 20);
    let alive = ["tail:dev.ab", "tail:dev.ab1", "tail:deva.b"];
    let values = alive.map(|name| (name, &events[..]));
    check_fold(&values, 0);
}

#[test]
fn a_value_that_is_damaged_or_not_archived_is_not_gathered() {
    let (device, events, gone) = device_of_days(5, 20);
    let mut heads = Heads::default();
    for event in events.iter().filter(|event| event.id != events[25].id) {
        heads.insert(event.id);
    }
    device.put("tail:dev.a003", "junk");
    let mut keeper = device.open("b", &heads).keeper;
    assert_eq!(keeper.fold(&gone, &heads).unwrap().removed_values, 3);
    assert_eq!(
        device.keys_with("/:tail:"),
        ["a001", "a003"].map(|load| format!("quire:{SCOPE}:tail:dev.{load}"))
    );
}

#[test]
fn a_stop_while_restoring_or_making_room_loses_nothing() {
    let (device, events, gone) = device_of_days(6, 100);
    // The archive lacks every third day from the first on, and the store the last.
    device.lose_archive();
    for day in events
        .chunks(100)
        .enumerate()
        .filter(|(day, _)| day % 3 > 0)
    {
        block_on(save(&device, day.1)).unwrap();
    }
    let heads = device.archived().heads;
    let last = &gone[5].load;
    for key in device.keys_with(last.as_str()) {
        study::KeyValue::remove(&device, &key).unwrap();
    }
    let mut newest_first = events[500..].to_vec();
    newest_first.reverse();
    for stops in 0.. {
        let device = device.copy();
        let mut keeper = device.open("b", &heads).keeper;
        device.dies_after(stops);
        let restored = keeper.restore(&newest_first, NEAR_UNITS);
        let room = keeper.make_room(&heads, Need::Full);
        let is_done = restored.is_ok() && room.is_ok();
        device.lives();
        check_same(&device.unite("c").events, &events);
        if is_done {
            assert!(stops > 30 && room.unwrap().removed_segments > 0);
            return;
        }
    }
}

#[test]
fn a_stop_while_folding_keeps_every_line_in_the_store() {
    let (device, events, gone) = device_of_days(12, 20);
    let heads = device.archived().heads;
    for stops in 0.. {
        let device = device.copy();
        let mut keeper = device.open("b", &heads).keeper;
        device.dies_after(stops);
        let is_done = keeper.fold(&gone, &heads).is_ok();
        device.lives();
        let kept = Heads::of(&in_store(&device));
        assert_eq!(kept, heads, "after {stops} operations");
        // The next page load gathers what is left, and nothing is there more often than needed.
        let mut next = device.open("c", &heads).keeper;
        let dead = [&gone[..], &[keeper.author()]].concat();
        next.fold(&dead, &heads).unwrap();
        assert_eq!(Heads::of(&in_store(&device)), heads);
        assert!(device.keys_with("dev.").len() <= 3);
        if is_done {
            assert!(stops > 30);
            break;
        }
    }
    check_same(&device.unite("d").events, &events);
}

#[test]
fn a_store_that_keeps_something_else_is_found_out_before_anything_is_removed() {
    struct Liar(Device);
    impl study::KeyValue for Liar {
        fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
            self.0.get(key)
        }
        fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
            self.0.set(key, &value[..value.len() / 2])
        }
        fn remove(&self, key: &str) -> Result<(), StoreError> {
            panic!("{key} is removed")
        }
        fn keys(&self) -> Result<Vec<String>, StoreError> {
            self.0.keys()
        }
    }
    let (device, events, gone) = device_of_days(3, 20);
    let heads = Heads::of(&events);
    let opened = study::LogKeeper::open(
        Liar(device.clone()),
        SCOPE,
        author("dev", "b"),
        &heads,
        study::Access::ReadWrite,
    );
    let mut keeper = opened.keeper;
    assert!(matches!(
        keeper.fold(&gone, &heads),
        Err(StoreError::Other(_))
    ));
    assert!(keeper.restore(&reviews_on(5, "z", 3), NEAR_UNITS).is_err());
    let text = device.values()[&format!("quire:{SCOPE}:tail:dev.a000")].clone();
    assert_eq!(text.trim_end(), lines(&events[..20]));
}
