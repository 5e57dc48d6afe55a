//! The lines of the log.

use crate::helper::{Learner, author, card};
use proptest::prelude::*;
use study::{
    Action, Asked, BadLine, Due, Event, Extra, Kind, Phase, Rating, Review, Scope, SettingsChange,
    State, StudyDay, Theme, Welcome, apply, decode_line, encode_line,
};

/// A line as it stands in the log, from its object.
fn sealed(object: &str) -> String {
    format!("{object}{:08x}", crc32fast::hash(object.as_bytes()))
}

fn event(kind: Kind) -> Event {
    Event {
        id: author("dev", "load").event(7),
        utc_ms: 1_728_000_000_000,
        hlc_ms: 1_728_000_000_000,
        utc_offset_min: 60,
        study_day: StudyDay(19_999),
        kind,
        extra: Extra::default(),
    }
}

fn review() -> Review {
    Review {
        card: card("k7q2m9x4ab"),
        fingerprint: 3_123_456_789,
        rating: Rating::Good,
        took_ms: 12_345,
        phase: Phase::Review,
        got: vec![],
        missed: vec![],
        due: Some(Due::Day(StudyDay(20_010))),
        step: None,
    }
}

/// The format is fixed for good: a line that was written once is read for ever.
#[track_caller]
fn check(kind: Kind, object: &str) {
    let event = event(kind);
    let object = object.replace('@', r#"{"i":"dev.load.7","t":1728000000000,"o":60"#);
    assert_eq!(encode_line(&event), sealed(&object));
    assert_eq!(decode_line(&sealed(&object)), Ok(event));
}

#[test]
fn each_kind_has_its_line() {
    let card = card("k7q2m9x4ab");
    check(
        Kind::Review(review()),
        r#"@,"c":"k7q2m9x4ab","f":3123456789,"g":3,"m":12345,"u":20010}"#,
    );
    check(
        Kind::Review(Review {
            phase: Phase::Learn,
            got: vec!["p1".parse().unwrap(), "p2".parse().unwrap()],
            missed: vec!["p3".parse().unwrap()],
            due: Some(Due::At {
                utc_ms: 1_728_000_600_000,
            }),
            step: Some(1),
            ..review()
        }),
        r#"@,"c":"k7q2m9x4ab","f":3123456789,"g":3,"m":12345,"p":0,"y":"p1 p2","n":"p3","a":1728000600000,"s":1}"#,
    );
    let named = author("a", "b").event(0);
    check(Kind::Undo { event: named }, r#"@,"k":"undo","e":"a.b.0"}"#);
    check(
        Kind::Suspend { card },
        r#"@,"k":"suspend","c":"k7q2m9x4ab"}"#,
    );
    check(
        Kind::Unsuspend { card },
        r#"@,"k":"unsuspend","c":"k7q2m9x4ab"}"#,
    );
    let until = StudyDay(20_001);
    check(
        Kind::Bury { card, until },
        r#"@,"k":"bury","c":"k7q2m9x4ab","u":20001}"#,
    );
    check(
        Kind::Flag { card, reason: None },
        r#"@,"k":"flag","c":"k7q2m9x4ab"}"#,
    );
    let reason = Some("a \"b\" \\ é 😀\n".to_owned());
    check(
        Kind::Flag { card, reason },
        r#"@,"k":"flag","c":"k7q2m9x4ab","r":"a \"b\" \\ \u00e9 \ud83d\ude00\u000a"}"#,
    );
    check(Kind::Reset { card }, r#"@,"k":"reset","c":"k7q2m9x4ab"}"#);
    let due = Due::Day(StudyDay(20_100));
    check(
        Kind::SetDue { card, due },
        r#"@,"k":"due","c":"k7q2m9x4ab","u":20100}"#,
    );
    let (scope, asked) = (Scope::Deck("a/b.md".into()), Asked::No);
    check(
        Kind::SetAside { scope, asked },
        r#"@,"k":"aside","deck":"a/b.md"}"#,
    );
    let (scope, asked) = (Scope::Tag("rust".into()), Asked::Yes);
    check(
        Kind::SetAside { scope, asked },
        r#"@,"k":"back","tag":"rust"}"#,
    );
}

#[test]
fn the_name_of_a_device_has_its_line() {
    let name = "my \"phone\"".to_owned();
    check(
        Kind::Device { name },
        r#"@,"k":"device","name":"my \"phone\""}"#,
    );
    let name = String::new();
    check(Kind::Device { name }, r#"@,"k":"device"}"#);
}

#[test]
fn settings_have_their_line() {
    check(
        Kind::Settings(SettingsChange {
            desired_retention_percent: Some(85),
            new_per_day: Some(5),
            learning_steps_min: Some(vec![1, 10]),
            relearning_steps_min: Some(vec![]),
            maximum_interval_days: Some(365),
            rollover_hour: Some(3),
            theme: Some(Theme::Dark),
            fuzz: Some(study::Fuzz::Off),
            welcome: Some(Welcome::Read),
        }),
        r#"@,"k":"set","retention":85,"new":5,"max":365,"rollover":3,"fuzz":0,"welcome":1,"learn":"1 10","relearn":"","theme":"dark"}"#,
    );
    let theme = Some(Theme::System);
    let change = SettingsChange {
        theme,
        ..SettingsChange::default()
    };
    check(Kind::Settings(change), r#"@,"k":"set","theme":"system"}"#);
}

#[test]
fn a_clock_or_a_day_that_is_not_the_usual_one_is_written() {
    let event = Event {
        hlc_ms: 1_728_000_000_009,
        study_day: StudyDay(20_000),
        ..event(Kind::Review(review()))
    };
    let line = encode_line(&event);
    assert!(
        line.contains(r#","h":1728000000009,"o":60,"d":20000,"c""#),
        "{line}"
    );
    assert_eq!(decode_line(&line), Ok(event));
}

/// A line of a later version: kept byte for byte, and without effect.
#[track_caller]
fn check_kept(object: &str) {
    let line = sealed(object);
    let event = decode_line(&line).unwrap();
    assert_eq!(event.kind, Kind::Unknown);
    assert_eq!(encode_line(&event), line);
    let mut state = State::new(author("dev", "load"));
    apply(&mut state, &event);
    assert_eq!((state.event_count(), state.cards().count()), (1, 0));
}

#[test]
fn kinds_versions_and_values_that_are_not_known_are_kept_byte_for_byte() {
    check_kept(
        r#"{"i":"a.b.0","t":5,"k":"dream","x":[1, 2.50, {"y": null}],"z":"é"}"#
            .replace('é', "\\u00e9")
            .as_str(),
    );
    check_kept(r#"{"i":"a.b.0","t":5,"v":2,"c":"card","g":3,"u":7}"#);
    check_kept(r#"{"i":"a.b.0","t":5,"c":"card","g":5,"u":7}"#);
    check_kept(r#"{"i":"a.b.0","t":5,"c":"card","g":3,"u":7.5}"#);
    check_kept(r#"{"i":"a.b.0","t":5,"c":"card","g":3}"#);
    check_kept(r#"{"i":"a.b.0","t":5,"c":"CARD","g":3,"u":7}"#);
    check_kept(r#"{"i":"a.b.0","t":5,"c":"card","g":3,"u":7,"a":8}"#);
    check_kept(r#"{"i":"a.b.0","t":5,"k":7,"huge":123456789012345678901234567890e400}"#);
}

#[test]
fn fields_that_are_not_known_are_kept_beside_those_that_are() {
    let line =
        sealed(r#"{"i":"a.b.0","t":5,"c":"card","g":3,"u":7,"new":{"a": [1.0]},"more":"x"}"#);
    let event = decode_line(&line).unwrap();
    assert_eq!(event.review().unwrap().rating, Rating::Good);
    assert_eq!(event.extra.0.len(), 2);
    assert_eq!(encode_line(&event), line);
}

#[test]
fn every_line_is_ascii_whatever_an_unknown_field_holds() {
    let event = decode_line(&sealed(r#"{"i":"a.b.0","t":5,"k":"é","漢":"😀"}"#)).unwrap();
    let line = encode_line(&event);
    assert!(line.is_ascii(), "{line}");
    let again = decode_line(&line).unwrap();
    assert_eq!(encode_line(&again), line);
}

#[track_caller]
fn check_bad(line: &str, expected: BadLine) {
    assert_eq!(decode_line(line), Err(expected), "{line}");
}

#[test]
fn lines_that_are_no_events_are_refused_with_the_reason() {
    for line in [
        "",
        "x",
        "00000000",
        "{}0000000",
        "é\u{1F600}é",
        "{}FFFFFFFF",
        "{}+3b2c1a0",
    ] {
        assert!(decode_line(line).is_err(), "{line}");
    }
    check_bad("", BadLine::Damaged);
    check_bad(&sealed(""), BadLine::NotAnObject);
    check_bad(&sealed("[]"), BadLine::NotAnObject);
    check_bad(&sealed("{}{}"), BadLine::NotAnObject);
    check_bad(&sealed(r#"{"i":"a.b.0","t":5"#), BadLine::NotAnObject);
    check_bad(&sealed("{}"), BadLine::NotAnEvent);
    check_bad(&sealed(r#"{"i":"a.b","t":5}"#), BadLine::NotAnEvent);
    check_bad(&sealed(r#"{"i":"a.b.0"}"#), BadLine::NotAnEvent);
    check_bad(&sealed(r#"{"i":"a.b.0","t":"5"}"#), BadLine::NotAnEvent);
    check_bad(
        &sealed(r#"{"i":"a.b.0","t":5,"h":99999999999999999}"#),
        BadLine::NotAnEvent,
    );
    check_bad(
        &sealed(r#"{"i":"a.b.0","t":5,"o":-2147483648}"#),
        BadLine::NotAnEvent,
    );
    check_bad(
        &sealed(r#"{"i":"a.b.0","t":5,"d":null}"#),
        BadLine::NotAnEvent,
    );
}

#[test]
fn one_changed_character_anywhere_damages_the_line() {
    let line = encode_line(&event(Kind::Review(review())));
    for place in 0..line.len() {
        let mut bytes = line.clone().into_bytes();
        bytes[place] ^= 1;
        let changed = String::from_utf8(bytes).unwrap();
        check_bad(&changed, BadLine::Damaged);
    }
    for length in 0..line.len() {
        check_bad(&line[..length], BadLine::Damaged);
    }
}

#[test]
fn a_review_takes_at_most_140_bytes_without_ticked_parts() {
    let mut learner = Learner::of(study::Author {
        device: study::DeviceId::from_random(u64::MAX),
        load: study::LoadId::from_start(1_795_349_478_123, u32::MAX),
    });
    learner.now = study::Now {
        utc_ms: 1_795_349_478_123,
        utc_offset_min: 120,
    };
    let event = learner.act(Action::Grade {
        card: card("k7q2m9x4ab"),
        fingerprint: u32::MAX,
        rating: Rating::Easy,
        took_ms: 65_432,
        got: vec![],
        missed: vec![],
    });
    assert!(
        encode_line(&event[0]).len() < 140,
        "{}",
        encode_line(&event[0])
    );
}

/// Objects with the names that events have, and values of any sort.
fn any_object() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "i",
        "t",
        "h",
        "o",
        "d",
        "v",
        "k",
        "c",
        "f",
        "g",
        "m",
        "p",
        "y",
        "n",
        "u",
        "a",
        "s",
        "e",
        "r",
        "deck",
        "tag",
        "retention",
        "learn",
        "theme",
        "x",
    ]);
    let value = prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        (-5..5_i64).prop_map(|number| number.to_string()),
        any::<f64>().prop_map(|number| serde_json::json!(number).to_string()),
        ".{0,8}".prop_map(|text| serde_json::json!(text).to_string()),
        prop::sample::select(vec![
            r#""undo""#,
            r#""set""#,
            r#""due""#,
            r#""aside""#,
            r#""flag""#,
            r#""bury""#,
            r#""card""#,
            r#""a.b.0""#,
            "null",
            "[]",
            "{\"a\":[true]}",
            r#""1 10""#,
        ])
        .prop_map(str::to_owned),
    ];
    let field = (name, value).prop_map(|(name, value)| format!("\"{name}\":{value}"));
    let fields = prop::collection::vec(field, 0..10);
    fields.prop_map(|fields| {
        format!(
            "{{\"i\":\"a.b.1\",\"t\":5{}{}}}",
            if fields.is_empty() { "" } else { "," },
            fields.join(",")
        )
    })
}

proptest! {
    #[test]
    fn any_text_is_an_event_or_refused(text in ".{0,60}") {
        prop_assert!(decode_line(&text).is_err());
        let _ = decode_line(&sealed(&text));
    }

    #[test]
    fn any_object_that_is_an_event_survives_and_never_stops_the_replay(object in any_object()) {
        if let Ok(event) = decode_line(&sealed(&object)) {
            let line = encode_line(&event);
            prop_assert!(line.is_ascii());
            let again = decode_line(&line).unwrap();
            prop_assert_eq!(encode_line(&again), line);
            let mut state = State::new(author("dev", "load"));
            apply(&mut state, &event);
            prop_assert_eq!(state.event_count(), 1);
        }
    }
}

#[test]
fn whatever_clock_a_log_brings_what_is_written_after_it_is_read_again() {
    let last_h = i64::pow(2, 53);
    for hlc_ms in [last_h, last_h - 1, 8_640_000_000_000_000] {
        let mut learner = Learner::new();
        let object = format!(r#"{{"i":"other.load.0","t":5,"h":{hlc_ms},"c":"x","g":3}}"#);
        let brought = decode_line(&sealed(&object)).unwrap();
        assert_eq!(brought.hlc_ms, hlc_ms);
        learner.state.merge([brought]);
        let mut written = Vec::new();
        for _ in 0..3 {
            written.extend(learner.grade(card("a"), Rating::Good));
        }
        written.extend(learner.act(Action::Undo));
        let read: Result<Vec<Event>, BadLine> = written
            .iter()
            .map(|event| decode_line(&encode_line(event)))
            .collect();
        assert_eq!(read, Ok(written.clone()));
        let replayed = State::replay(author("dev", "next"), written);
        assert_eq!(replayed.history(card("a")).count(), 2);
    }
}

#[test]
fn a_time_beyond_the_calendar_is_no_time() {
    let line = |utc_ms: i64| sealed(&format!(r#"{{"i":"a.b.0","t":{utc_ms}}}"#));
    assert!(decode_line(&line(8_640_000_000_000_000)).is_ok());
    assert_eq!(
        decode_line(&line(8_640_000_000_000_001)),
        Err(BadLine::NotAnEvent)
    );
}
