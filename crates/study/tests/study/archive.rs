//! The archive: saving, sealing and reading what has become of it.

use crate::fake::{Device, block_on, check_same, lines, reviews};
use study::{
    Archive, Change, FirstSeen, SEAL_ROWS, SEALED_LINES, Shelf, encode_line, read_heads, save,
    save_device, seal, set_aside,
};

#[test]
fn an_answer_is_one_row_and_many_events_are_sealed_at_once() {
    let device = Device::default();
    let events = reviews("a", SEALED_LINES + 250);
    block_on(save(&device, &events[..1])).unwrap();
    let rows = device.records_of(Shelf::Fresh);
    assert_eq!(rows, [("dev.a.0".to_owned(), encode_line(&events[0]))]);
    block_on(save(&device, &events[1..])).unwrap();
    let sizes = device.records_of(Shelf::Sealed);
    let sizes: Vec<usize> = sizes.iter().map(|(_, text)| text.lines().count()).collect();
    assert_eq!(sizes, [SEALED_LINES, 249]);
    let archived = device.archived();
    check_same(&archived.events, &events);
    assert_eq!(archived.heads.count(), events.len());
    assert_eq!(block_on(read_heads(&device)).unwrap(), archived.heads);
    assert_eq!(archived.fresh_rows, 1);
}

#[test]
fn rows_are_sealed_when_there_are_enough_and_keep_every_line() {
    let device = Device::default();
    let events = reviews("a", SEAL_ROWS);
    block_on(save(&device, &events[1..])).unwrap();
    assert_eq!(block_on(seal(&device, SEAL_ROWS)), Ok(0));
    assert_eq!(device.records_of(Shelf::Sealed), []);
    block_on(save(&device, &events[..1])).unwrap();
    assert_eq!(block_on(seal(&device, SEAL_ROWS)), Ok(SEAL_ROWS));
    assert_eq!(device.records_of(Shelf::Fresh), []);
    let sealed = device.records_of(Shelf::Sealed);
    assert_eq!(sealed.len(), 1);
    assert_eq!(sealed[0].1, lines(&events), "in the order of their numbers");
    check_same(&device.archived().events, &events);
}

#[test]
fn a_damaged_row_stays_where_it_is_when_the_others_are_sealed() {
    let device = Device::default();
    let events = reviews("a", 10);
    block_on(save(&device, &events)).unwrap();
    let damaged = encode_line(&events[3]).replace("\"g\":3", "\"g\":4");
    device.put_record(Shelf::Fresh, "dev.a.3", &damaged);
    assert_eq!(block_on(seal(&device, 5)), Ok(9));
    assert_eq!(
        device.records_of(Shelf::Fresh),
        [("dev.a.3".to_owned(), damaged)]
    );
    assert_eq!(device.archived().events.len(), 9);
}

#[test]
fn records_with_the_same_ends_are_two_records() {
    let device = Device::default();
    let events = reviews("a", 3);
    block_on(save(&device, &events)).unwrap();
    block_on(seal(&device, 1)).unwrap();
    // A repair has brought back some of them as rows.
    block_on(save(&device, &[events[0].clone(), events[2].clone()])).unwrap();
    block_on(seal(&device, 1)).unwrap();
    assert_eq!(device.records_of(Shelf::Sealed).len(), 2);
    check_same(&device.archived().events, &events);
}

/// A tab that seals what it read, after another tab has done something.
struct Slow<'a> {
    device: &'a Device,
    meanwhile: &'a dyn Fn(),
}

impl Archive for Slow<'_> {
    async fn read(&self, shelf: Shelf) -> Result<Vec<(String, String)>, study::StoreError> {
        let rows = self.device.read(shelf).await;
        (self.meanwhile)();
        rows
    }

    async fn commit(&self, changes: Vec<Change>) -> Result<(), study::StoreError> {
        self.device.commit(changes).await
    }
}

#[test]
fn two_tabs_that_seal_at_once_lose_nothing_and_write_the_same_record() {
    let events = reviews("a", 300);
    let check = |meanwhile: &dyn Fn(&Device), records: usize| {
        let device = Device::default();
        block_on(save(&device, &events[..200])).unwrap();
        let slow = Slow {
            device: &device,
            meanwhile: &|| meanwhile(&device),
        };
        block_on(seal(&slow, 1)).unwrap();
        assert_eq!(device.records_of(Shelf::Sealed).len(), records);
        device.archived()
    };
    let seals = |device: &Device| assert!(block_on(seal(device, 1)).is_ok());
    let same = check(&seals, 1);
    check_same(&same.events, &events[..200]);
    let more = |device: &Device| {
        block_on(save(device, &events[200..])).unwrap();
        block_on(seal(device, 1)).unwrap();
    };
    let overlapping = check(&more, 2);
    check_same(&overlapping.events, &events);
    assert_eq!(overlapping.contradictions, 0);
    let unsealed = check(&|device| block_on(save(device, &events[200..])).unwrap(), 1);
    check_same(&unsealed.events, &events);
}

#[test]
fn a_tab_that_reads_while_another_seals_misses_nothing() {
    let device = Device::default();
    let events = reviews("a", 50);
    block_on(save(&device, &events)).unwrap();
    let slow = Slow {
        device: &device,
        meanwhile: &|| assert!(block_on(seal(&device, 1)).is_ok()),
    };
    let archived = block_on(study::read_archive(&slow)).unwrap();
    check_same(&archived.events, &events);
}

#[test]
fn a_damaged_line_of_a_record_costs_no_other_and_is_set_aside_once() {
    let device = Device::default();
    let events = reviews("a", 40);
    block_on(save(&device, &events)).unwrap();
    block_on(seal(&device, 1)).unwrap();
    let (key, text) = device.records_of(Shelf::Sealed).remove(0);
    let damaged = text.replacen("\"g\":3", "\"g\":2", 1);
    device.put_record(Shelf::Sealed, &key, &damaged);

    let archived = device.archived();
    check_same(&archived.events, &events[1..]);
    assert!(!archived.heads.contains(events[0].id));
    let line = &archived.damaged[0];
    assert_eq!((line.shelf, &line.key), (Shelf::Sealed, &key));
    assert_eq!(line.text, damaged.lines().next().unwrap());
    assert_eq!(line.first_seen, FirstSeen::Now);
    assert_eq!(block_on(set_aside(&device, &archived.damaged)), Ok(1));
    assert_eq!(device.records_of(Shelf::Rescue)[0].1, line.text);
    assert_eq!(device.records_of(Shelf::Sealed)[0].1, damaged);

    let again = device.archived();
    assert_eq!(again.damaged[0].first_seen, FirstSeen::Earlier);
    assert_eq!(block_on(set_aside(&device, &again.damaged)), Ok(0));
    assert_eq!(device.records_of(Shelf::Rescue).len(), 1);
}

#[test]
fn of_two_events_of_one_id_the_one_whose_line_sorts_first_counts() {
    let event = reviews("a", 1).remove(0);
    let mut other = event.clone();
    other.utc_offset_min = 60;
    let mut expected = [&event, &other];
    expected.sort_by_key(|event| encode_line(event));
    for pair in [[&event, &other], [&other, &event]] {
        let device = Device::default();
        device.put_record(Shelf::Sealed, "1", &encode_line(pair[0]));
        device.put_record(Shelf::Sealed, "2", &encode_line(pair[1]));
        let archived = device.archived();
        check_same(&archived.events, std::slice::from_ref(expected[0]));
        assert_eq!(archived.contradictions, 1);
    }
}

#[test]
fn the_archive_keeps_the_device_and_a_damaged_one_is_none() {
    let device = Device::default();
    assert_eq!(device.archived().device, None);
    block_on(save_device(&device, "dev".parse().unwrap())).unwrap();
    assert_eq!(device.archived().device, "dev".parse().ok());
    device.put_record(Shelf::Meta, "device", "?");
    let archived = device.archived();
    assert_eq!(archived.device, None);
    block_on(set_aside(&device, &archived.damaged)).unwrap();
    assert_eq!(device.records_of(Shelf::Rescue)[0].1, "?");
}
