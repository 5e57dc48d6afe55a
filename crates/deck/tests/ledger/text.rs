//! The text of a ledger: what is written is read, and what cannot be read is told.

use deck::compile::ledger::{Ledger, LedgerError, SeenCard, SeenPart, settle};

use crate::history::seen;
use crate::world::{Chance, World};

/// Texts that a file of lines could stumble over.
const ODD: [&str; 14] = [
    "",
    " ",
    " two  spaces ",
    "a\r\nb",
    "\r",
    "line\u{2028}line\u{2029}line\u{85}line",
    "\\",
    "\\u{d}",
    "a\tb\u{0}\u{7f}",
    "<<<<<<< HEAD",
    "=======",
    "# no comment",
    "🧑‍💻 e\u{301} \u{feff}数据",
    "{}} label text -",
];

const GOLDEN: &str = include_str!("../fixtures/cards.lock");

fn read(text: &str) -> Result<Ledger, LedgerError> {
    text.parse()
}

#[test]
fn a_ledger_that_was_written_is_read_as_it_was() {
    for seed in 0..50 {
        let mut chance = Chance::new(seed);
        let world = World::new(&mut chance, 3, 5);
        let first = settle(&Ledger::default(), &seen(&world)).ledger;
        assert_eq!(read(&first.to_text()), Ok(first.clone()));
        // Other cards: those of before are retired.
        let second = settle(&first, &seen(&World::new(&mut chance, 2, 3))).ledger;
        assert_eq!(read(&second.to_text()), Ok(second));
    }
}

#[test]
fn odd_characters_come_back_as_they_were() {
    for seed in 0..500 {
        let mut chance = Chance::new(seed);
        let cards = odd_cards(&mut chance);
        let first = settle(&Ledger::default(), &cards).ledger;
        assert_eq!(read(&first.to_text()), Ok(first.clone()), "{cards:?}");
        let second = settle(&first, &odd_cards(&mut chance)).ledger;
        assert_eq!(read(&second.to_text()), Ok(second));
    }
}

fn odd_cards(chance: &mut Chance) -> Vec<SeenCard<'static>> {
    let count = 1 + chance.below(4);
    let card = |_| SeenCard {
        note: odd(chance),
        question: odd(chance),
        answer: chance.next() as u32,
        parts: odd_parts(chance),
    };
    (0..count).map(card).collect()
}

fn odd(chance: &mut Chance) -> &'static str {
    ODD[chance.below(ODD.len())]
}

fn odd_parts(chance: &mut Chance) -> Vec<SeenPart<'static>> {
    let count = chance.below(4);
    let part = |_| SeenPart {
        label: odd(chance),
        text: odd(chance),
    };
    (0..count).map(part).collect()
}

#[test]
fn each_line_stands_for_itself_whatever_is_in_a_text() {
    for seed in 0..100 {
        let ledger = settle(&Ledger::default(), &odd_cards(&mut Chance::new(seed))).ledger;
        let text = ledger.to_text();
        let is_plain = |c: char| c == '\n' || !(c.is_control() || c == '\u{2028}');
        assert!(text.chars().all(is_plain), "{text:?}");
    }
}

/// Format 1 never changes: ledgers of all releases are read, and written as they were.
#[test]
fn a_small_ledger_is_its_golden_text() {
    let cards = [golden_card("Overview"), golden_card("What is a slot?")];
    let first = settle(&Ledger::default(), &cards).ledger;
    let mut card = golden_card("What is a slot?");
    card.parts.remove(0);
    let ledger = settle(&first, &[card]).ledger;
    assert_eq!(ledger.to_text(), GOLDEN);
    assert_eq!(read(GOLDEN), Ok(ledger));
}

fn golden_card(question: &'static str) -> SeenCard<'static> {
    SeenCard {
        note: "python/slots.md",
        question,
        answer: 0x0123_abcd,
        parts: vec![
            SeenPart {
                label: "Why",
                text: "Why: no dictionary for each object.\\",
            },
            SeenPart {
                label: "",
                text: "",
            },
            SeenPart {
                label: "",
                text: "A place in a class, 属性。",
            },
        ],
    }
}

#[test]
fn line_ends_of_windows_and_spaces_that_an_editor_took_are_the_same_ledger() {
    let ledger = read(GOLDEN);
    assert!(ledger.is_ok());
    assert_eq!(read(&GOLDEN.replace('\n', "\r\n")), ledger);
    assert_eq!(read(GOLDEN.trim_end()), ledger);
    let stripped: String = GOLDEN
        .lines()
        .map(|it| it.trim_end().to_owned() + "\n")
        .collect();
    assert_eq!(read(&stripped), ledger);
    assert_eq!(read(&format!("\u{feff}{GOLDEN}")), ledger);
}

#[test]
fn a_line_in_another_order_is_the_same_ledger() {
    let (head, body) = GOLDEN.split_once("quire ledger 1\n").unwrap();
    let mut lines: Vec<&str> = body
        .lines()
        .filter(|line| !line.contains("part "))
        .collect();
    let ledger = read(&format!("{head}quire ledger 1\n{}", lines.join("\n")));
    lines.reverse();
    assert!(ledger.is_ok());
    assert_eq!(
        read(&format!("quire ledger 1\n{}", lines.join("\n"))),
        ledger
    );
}

#[test]
fn a_wrong_line_is_named_with_its_number_and_a_way_out() {
    #[track_caller]
    fn check(line: &str, message: &str) {
        let text = format!("# A comment.\nquire ledger 1\n\n{line}\n");
        let error = read(&text).unwrap_err();
        assert!(error.message.contains(message), "{error}");
        assert_eq!(error.line, 4, "{error}");
        assert!(error.hint.contains("git checkout -- cards.lock"), "{error}");
        let shown = error.to_string();
        assert!(shown.starts_with("cards.lock:4: ") && shown.contains("\n  hint: "));
    }
    check("nonsense", "`nonsense` is no line of a ledger");
    check("ABC note a.md", "`ABC` is no id of a card");
    check("a2345678901234567 note a.md", "is no id of a card");
    check("abc colour red", "no line of a ledger");
    check("abc answer 0123456g", "no line of a ledger");
    check("abc answer", "no line of a ledger");
    check("abc answer 123456789", "no line of a ledger");
    check("abc question a\\b", "no line of a ledger");
    check("abc question \\u{d800}", "no line of a ledger");
    check("abc question \\u{41", "no line of a ledger");
    check("abc part", "no line of a ledger");
    check("abc part p1", "no line of a ledger");
    check("abc part p1 - name Why", "no line of a ledger");
    check("abc part p1 il label Why", "no line of a ledger");
    check("abc part p1 zzzz0000 label Why", "no line of a ledger");
    check("abc past-part P1 - label Why", "no line of a ledger");
    check("quire ledger one", "`one` is no version of a ledger");
    check("quire ledger 0", "`0` is no version of a ledger");
    check(
        "abc retired",
        "of the card `abc` the note, the question or the answer is missing",
    );
    check("abc note a.md\nabc question A?", "of the card `abc`");
}

#[test]
fn a_ledger_of_a_later_version_asks_for_a_later_quire() {
    let text = "# A comment.\nquire ledger 2\nwhat nobody knows yet\n";
    let error = read(text).unwrap_err();
    assert_eq!(error.line, 2);
    assert!(error.message.contains("a later version (2)"), "{error}");
    assert_eq!(error.hint, "bring Quire up to date");
}

#[test]
fn a_file_that_is_no_ledger_is_none() {
    for text in ["", "\n\n", "# Only a comment.\n"] {
        let error = read(text).unwrap_err();
        assert_eq!(error.line, 1);
        assert!(
            error.message.contains("`quire ledger 1` is missing"),
            "{error}"
        );
    }
    let started = read("quire ledger 1\n").unwrap();
    assert!(started.is_empty() && !started.has_conflict());
}
