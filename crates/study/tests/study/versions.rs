//! Which version may read and write what.

use crate::fake::{Device, SCOPE, block_on, reviews};
use crate::helper::author;
use proptest::prelude::*;
use study::{
    Access, Archived, FORMAT, FirstSeen, Format, Heads, LogKeeper, Shelf, StoreError, formats,
    save, stamp,
};

const LATER: Format = Format {
    version: 3,
    reader: 2,
    writer: 3,
};

fn put(device: &Device, store: Option<&str>, archive: Option<&str>) {
    if let Some(line) = store {
        device.put("format", line);
    }
    if let Some(line) = archive {
        device.put_record(Shelf::Meta, "format", line);
    }
}

fn stamped(device: &Device) -> (Option<String>, Option<String>) {
    let found = formats(device, SCOPE, Some(&device.archived()));
    block_on(stamp(device, SCOPE, Some(device), &found)).unwrap();
    let line = device.values().get("quire:/quire/:format").cloned();
    (line, device.archived().meta("format").map(str::to_owned))
}

#[test]
fn the_line_is_what_the_documentation_says() {
    let line = Format::CURRENT.encode();
    let json = r#"{"quire":"stores","version":2,"reader":1,"writer":2}"#;
    let checksum = crc32fast::hash(json.as_bytes());
    assert_eq!(line, format!("{json}{checksum:08x}"));
    assert_eq!(Format::decode(&line), Some(Format::CURRENT));
}

#[test]
fn a_later_version_may_say_more_in_it() {
    let json = r#"{"quire":"stores","version":9,"reader":2,"writer":2,"by":"x"}"#;
    let checksum = crc32fast::hash(json.as_bytes());
    let format = Format::decode(&format!("{json}{checksum:08x}"));
    let expected = Format {
        version: 9,
        reader: 2,
        writer: 2,
    };
    assert_eq!(format, Some(expected));
}

#[test]
fn new_stores_are_written_as_current_and_an_old_log_is_not() {
    let device = Device::default();
    let found = formats(&device, SCOPE, Some(&device.archived()));
    assert_eq!(
        (found.version(), found.access()),
        (FORMAT, Access::ReadWrite)
    );
    let line = Some(Format::CURRENT.encode());
    assert_eq!(stamped(&device), (line.clone(), line));

    let old = Device::default();
    old.put("tail:dev.a", "even a damaged line is a log");
    let found = formats(&old, SCOPE, Some(&old.archived()));
    assert_eq!((found.version(), found.access()), (1, Access::ReadWrite));
    assert_eq!(stamped(&old), (None, None));
}

#[test]
fn what_one_side_has_lost_is_said_again() {
    let line = Format::CURRENT.encode();
    for (store, archive) in [
        (Some(line.as_str()), None),
        (None, Some(line.as_str())),
        (Some("junk"), Some(line.as_str())),
        (Some(line.as_str()), Some("")),
    ] {
        let device = Device::default();
        block_on(save(&device, &reviews("a", 2))).unwrap();
        put(&device, store, archive);
        let damaged = device.archived().damaged.len();
        assert_eq!(damaged, usize::from(archive == Some("")));
        assert_eq!(stamped(&device), (Some(line.clone()), Some(line.clone())));
        let copies = device.keys_with(":rescue:format.");
        assert_eq!(copies.len(), usize::from(store == Some("junk")));
    }
}

#[test]
fn a_side_of_a_later_version_makes_the_log_read_only() {
    let (line, later) = (Format::CURRENT.encode(), LATER.encode());
    for (store, archive) in [(&line, &later), (&later, &line), (&later, &later)] {
        let device = Device::default();
        put(&device, Some(store), Some(archive));
        let before = (device.values(), device.records());
        let found = formats(&device, SCOPE, Some(&device.archived()));
        assert_eq!(found.access(), Access::ReadOnly { needs: 3 });
        stamped(&device);
        assert_eq!((device.values(), device.records()), before);
    }
    let unreadable = Format { reader: 4, ..LATER };
    let device = Device::default();
    put(&device, Some(&unreadable.encode()), None);
    let access = formats(&device, SCOPE, None).access();
    assert_eq!(access, Access::ReadOnly { needs: 4 });
}

#[test]
fn a_later_version_that_this_one_may_write_to_keeps_its_number() {
    let later = Format { writer: 2, ..LATER };
    let device = Device::default();
    put(
        &device,
        Some(&Format::CURRENT.encode()),
        Some(&later.encode()),
    );
    let found = formats(&device, SCOPE, Some(&device.archived()));
    assert_eq!((found.version(), found.access()), (3, Access::ReadWrite));
    let line = Some(later.encode());
    assert_eq!(stamped(&device), (line.clone(), line));
}

#[test]
fn an_archive_without_a_store_that_says_anything_has_the_version_it_says() {
    let device = Device::default();
    let archived = Archived::default();
    device.put("tail:dev.a", "a log");
    assert_eq!(formats(&device, SCOPE, None).version(), 1);
    assert_eq!(formats(&device, SCOPE, Some(&archived)).version(), 1);
    put(&device, None, Some(&Format::CURRENT.encode()));
    let found = formats(&device, SCOPE, Some(&device.archived()));
    assert_eq!(found.version(), FORMAT);
}

#[test]
fn a_log_that_the_archive_alone_has_is_of_no_first_version() {
    let device = Device::default();
    block_on(save(&device, &reviews("a", 3))).unwrap();
    let found = formats(&device, SCOPE, Some(&device.archived()));
    assert_eq!((found.store, found.archive), (None, None));
    assert_eq!(found.version(), FORMAT);
}

#[test]
fn a_store_that_takes_nothing_does_not_keep_the_archive_from_its_line() {
    let device = Device::default();
    block_on(save(&device, &reviews("a", 3))).unwrap();
    device.with_quota(0);
    let found = formats(&device, SCOPE, Some(&device.archived()));
    let stamped = block_on(stamp(&device, SCOPE, Some(&device), &found));
    assert_eq!(stamped, Err(StoreError::Full));
    let found = formats(&device, SCOPE, Some(&device.archived()));
    assert_eq!((found.store, found.archive), (None, Some(Format::CURRENT)));
}

#[test]
fn what_was_set_aside_is_known_again_where_nothing_may_be_written() {
    let device = Device::default();
    device.put("tail:dev.a", "damaged\n");
    let first = device.open("b", &Heads::default()).rescued;
    assert_eq!(first[0].first_seen, FirstSeen::Now);
    let me = author("dev", "c");
    let access = Access::ReadOnly { needs: FORMAT + 1 };
    let before = device.values();
    let again = LogKeeper::open(device.clone(), SCOPE, me, &Heads::default(), access).rescued;
    assert_eq!(
        (again[0].first_seen, &again[0].copy),
        (FirstSeen::Earlier, &first[0].copy)
    );
    device.put("tail:dev.a", "other damage\n");
    let other = LogKeeper::open(device.clone(), SCOPE, me, &Heads::default(), access).rescued;
    assert_eq!(other[0].first_seen, FirstSeen::Now);
    device.put("tail:dev.a", "damaged\n");
    assert_eq!(device.values(), before);
}

proptest! {
    #[test]
    fn any_numbers_are_read_back_and_any_other_byte_is_damage(
        (version, reader, writer) in any::<(u32, u32, u32)>(),
        at in any::<prop::sample::Index>(),
        byte in 32..127_u8,
    ) {
        let format = Format { version, reader, writer };
        let line = format.encode();
        prop_assert_eq!(Format::decode(&line), Some(format));
        let mut bytes = line.clone().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let changed = String::from_utf8(bytes).unwrap();
        prop_assume!(changed != line);
        prop_assert_eq!(Format::decode(&changed), None);
    }

    #[test]
    fn any_text_is_refused_or_read_without_panic(text: String) {
        let _ = Format::decode(&text);
    }
}
