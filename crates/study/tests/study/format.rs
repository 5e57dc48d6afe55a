//! The document of the saved formats says what is so.

use crate::helper::{author, card};
use study::{
    Event, Kind, Rating, StudyDay, decode_line, encode_line, export_text, parse_export, reviews_csv,
};

const DOCUMENT: &str = include_str!("../../../../docs/format.md");

fn examples(start: &str) -> Vec<&'static str> {
    let lines = DOCUMENT.lines();
    lines.filter(|line| line.starts_with(start)).collect()
}

fn events() -> Vec<Event> {
    let lines = examples("{\"i\":");
    lines
        .iter()
        .map(|line| decode_line(line).unwrap())
        .collect()
}

#[test]
fn the_example_lines_are_what_the_document_says_of_them() {
    let events = events();
    let load = author("d5f2srff", "1ng56h60002d");
    assert_eq!(events[0].id, load.event(7));
    let review = events[0].review().unwrap();
    assert_eq!(
        (review.card, review.rating),
        (card("k7q2m9x4ab"), Rating::Good)
    );
    assert_eq!(review.due, Some(study::Due::Day(StudyDay(20_781))));
    assert_eq!(
        events[1].kind,
        Kind::Undo {
            event: load.event(7)
        }
    );
    let lines: Vec<String> = events.iter().map(encode_line).collect();
    assert_eq!(lines, examples("{\"i\":"));
}

#[test]
fn the_example_header_is_that_of_the_example_lines() {
    let text = [examples("{\"quire\":\"log\""), examples("{\"i\":")].concat();
    let text = text.join("\n") + "\n";
    assert_eq!(export_text(&events()), text);
    assert_eq!(parse_export(&text).unwrap().events, events());
}

#[test]
fn the_example_of_the_format_is_what_this_version_writes() {
    assert_eq!(
        examples("{\"quire\":\"stores\""),
        [study::Format::CURRENT.encode()]
    );
}

#[test]
fn the_header_of_the_csv_is_documented() {
    let state = study::State::new(author("a", "b"));
    assert_eq!(
        examples("card_id,"),
        reviews_csv(&state).lines().collect::<Vec<_>>()
    );
}

#[test]
fn every_kind_is_documented() {
    let source = include_str!("../../src/saved.rs");
    let (_, names) = source.split_once("fn kind_name").unwrap();
    let names: Vec<&str> = names.split('"').skip(1).step_by(2).collect();
    assert!(names.len() >= 11);
    for name in names {
        assert!(DOCUMENT.contains(&format!("`{name}`")), "{name}");
    }
}
