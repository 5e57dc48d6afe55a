//! The log as one text.

use crate::helper::{Learner, card, cards, view};
use study::{
    Action, BadLine, Import, ImportError, LineProblem, MAX_EXPORT_BYTES, Rating, State,
    encode_line, export_text, parse_export,
};

fn learner() -> Learner {
    let mut learner = Learner::new();
    for id in cards(5) {
        learner.wait_min(1);
        learner.grade(id, Rating::Good);
    }
    let card = card("card1");
    let reason = Some("<img src=x onerror=alert(1)>\n".into());
    learner.act(Action::Flag { card, reason });
    learner.act(Action::Undo);
    learner
}

#[test]
fn an_export_is_read_back_whole() {
    let learner = learner();
    let text = export_text(learner.state.events());
    assert!(
        text.starts_with(r#"{"quire":"log","version":1,"events":7}"#),
        "{text}"
    );
    let import = parse_export(&text).unwrap();
    let expected = Import {
        events: learner.log.clone(),
        bad_lines: vec![],
        missing: 0,
    };
    assert_eq!(import, expected);
    let state = State::replay(learner.state.author(), import.events);
    assert_eq!(view(&state), view(&learner.state));
}

#[test]
fn an_empty_log_can_be_exported() {
    let import = parse_export(&export_text([])).unwrap();
    assert_eq!((import.events.len(), import.missing), (0, 0));
}

#[test]
fn what_editors_and_mail_do_to_line_breaks_does_no_harm() {
    let learner = learner();
    let text = export_text(&learner.log).replace('\n', "\r\n");
    let import = parse_export(&format!("\u{feff}{text}\r\n\r\n")).unwrap();
    assert_eq!((import.events, import.bad_lines), (learner.log, vec![]));
}

#[test]
fn a_file_that_was_cut_off_gives_what_is_there_and_says_what_is_missing() {
    let learner = learner();
    let text = export_text(&learner.log);
    let cut = &text[..text.len() - 10];
    let import = parse_export(cut).unwrap();
    assert_eq!(import.events, learner.log[..6]);
    assert_eq!(import.missing, 1);
    assert_eq!(import.bad_lines[0].line, 8);
    assert_eq!(
        import.bad_lines[0].problem,
        LineProblem::Bad(BadLine::Damaged)
    );
}

#[test]
fn lines_may_repeat_but_not_contradict_each_other() {
    let learner = learner();
    let mut other = learner.log[0].clone();
    other.utc_ms += 1;
    let lines = [0, 0].map(|place| encode_line(&learner.log[place]));
    let lines = [
        &lines[..],
        &[encode_line(&other), encode_line(&learner.log[1])],
    ]
    .concat();
    let text = export_text([]) + &lines.join("\n");
    let import = parse_export(&text).unwrap();
    assert_eq!(import.events, learner.log[1..2]);
    let problems: Vec<_> = import
        .bad_lines
        .iter()
        .map(|bad| (bad.line, bad.problem))
        .collect();
    let contradicts = |other_line| LineProblem::Contradicts { other_line };
    assert_eq!(
        problems,
        [
            (2, contradicts(4)),
            (3, contradicts(4)),
            (4, contradicts(2))
        ]
    );
    assert_eq!(
        problems[0].1.to_string(),
        "line 4 says something else of the same entry"
    );
}

#[test]
fn markup_in_a_file_is_a_bad_line_or_data() {
    let learner = learner();
    let html = "<script>alert(1)</script>\n";
    let text = export_text(&learner.log) + html;
    let import = parse_export(&text).unwrap();
    assert_eq!(import.events, learner.log);
    assert_eq!(import.bad_lines.len(), 1);
    assert_eq!(parse_export(html), Err(ImportError::NotALog));
}

#[test]
fn files_that_are_no_log_of_this_version_are_refused_with_the_reason() {
    let sealed = |object: &str| format!("{object}{:08x}\n", crc32fast::hash(object.as_bytes()));
    for text in [
        "",
        "\n",
        "<!doctype html>",
        "{\"quire\":\"log\",\"version\":1,\"events\":0}",
    ] {
        assert_eq!(parse_export(text), Err(ImportError::NotALog), "{text}");
    }
    let foreign = sealed(r#"{"anki":"log","version":1,"events":0}"#);
    assert_eq!(parse_export(&foreign), Err(ImportError::NotALog));
    let odd = sealed(r#"{"quire":"log","version":1,"events":-1}"#);
    assert_eq!(parse_export(&odd), Err(ImportError::NotALog));
    let newer = sealed(r#"{"quire":"log","version":2,"anything":true}"#);
    assert_eq!(
        parse_export(&newer),
        Err(ImportError::TooNew { version: 2 })
    );
    let long = " ".repeat(MAX_EXPORT_BYTES + 1);
    assert_eq!(parse_export(&long), Err(ImportError::TooLong));
}
