//! A folder with a ledger: its cards have the ids that the ledger gives, and a ledger that cannot be
//! read is an error.

use deck::compile::ledger::{Kind, Ledger};
use deck::{Compiled, Folder, Note, Settings};

use crate::problems;

fn compile(text: &str, ledger: Option<&str>) -> Compiled {
    let mut folder = Folder::of_notes([Note {
        path: "note.md".to_owned(),
        bytes: text.as_bytes().to_vec(),
    }]);
    folder.ledger = ledger.map(|text| text.as_bytes().to_vec());
    deck::compile(&folder, &Settings::default())
}

/// A ledger that was begun with these notes.
fn begun(text: &str) -> String {
    let none = Ledger::default().to_text();
    let compiled = compile(text, Some(&none));
    compiled.ledger.expect("there is one").to_text()
}

const NOTE: &str = "## What is a log?\n\n**Form**: lines that are only ever added to.\n\n\
    **Use**: to know after a crash what was done.\n\n## What is a page?\n\nA block of memory.\n";

#[test]
fn a_ledger_that_is_begun_gives_the_ids_that_there_were_without_it() {
    let (with, without) = (compile(NOTE, Some(&begun(NOTE))), compile(NOTE, None));
    assert_eq!(with.decks, without.decks);
    assert_eq!(with.changes, []);
    assert!(without.ledger.is_none());
}

#[test]
fn a_reworded_question_keeps_its_id_and_its_parts_keep_theirs() {
    let reworded = NOTE.replace("What is a log?", "What does one call a write-ahead log?");
    let reworded = reworded.replace("**Form**", "**Shape**");
    let before = compile(NOTE, None);
    let after = compile(&reworded, Some(&begun(NOTE)));
    let ids = |compiled: &Compiled| {
        let cards = compiled.decks[0].cards.iter();
        let ids = cards.map(|card| (card.id, card.parts.iter().map(|part| part.id).collect()));
        ids.collect::<Vec<(_, Vec<_>)>>()
    };
    assert_eq!(ids(&after), ids(&before));
    let [change] = &after.changes[..] else {
        panic!("{:?}", after.changes);
    };
    let before = "What is a log?".to_owned();
    assert_eq!(change.kinds, [Kind::Reworded { before }, Kind::Edited]);
}

#[test]
fn a_link_leads_to_the_card_by_its_id_of_the_ledger() {
    let note = format!("{NOTE}\n## Where from?\n\nSee [it](#what-is-a-log).\n");
    let reworded = note.replace("## What is a log?", "## What is a log, then?");
    let reworded = reworded.replace("#what-is-a-log", "#what-is-a-log-then");
    let before = compile(&note, None);
    let after = compile(&reworded, Some(&begun(&note)));
    let link = format!("cards/{}", before.decks[0].cards[0].id);
    let html = &after.decks[0].cards[2].parts[0].html;
    assert!(html.contains(&link), "{html}");
}

#[test]
fn a_ledger_that_cannot_be_read_is_an_error_with_its_line() {
    #[track_caller]
    fn check(ledger: &[u8], expected: &str) {
        let mut folder = Folder::of_notes([Note {
            path: "note.md".to_owned(),
            bytes: NOTE.as_bytes().to_vec(),
        }]);
        folder.ledger = Some(ledger.to_vec());
        let compiled = deck::compile(&folder, &Settings::default());
        assert_eq!(problems(&compiled), expected);
        assert!(compiled.ledger.is_none(), "nothing is to be written");
        assert_eq!(compiled.decks[0].cards.len(), 2);
    }
    check(b"", "1:1 error[broken-ledger]");
    check(b"\xff\xfe", "1:1 error[broken-ledger]");
    check(b"quire ledger 2\n", "1:1 error[broken-ledger]");
    check(
        b"quire ledger 1\n\nabc note x\nnonsense\n",
        "4:1 error[broken-ledger]",
    );
}

#[test]
fn a_merge_that_is_not_finished_is_read_and_told() {
    let ledger = begun(NOTE);
    let at = ledger.find("\n\n").expect("behind the head") + 2;
    let (head, rest) = ledger.split_at(at);
    let merged = format!("{head}<<<<<<< ours\n{rest}=======\n{rest}>>>>>>> theirs\n");
    let compiled = compile(NOTE, Some(&merged));
    assert_eq!(problems(&compiled), "1:1 warning[merged-ledger]");
    assert_eq!(compiled.decks, compile(NOTE, None).decks);
    assert_eq!(compiled.ledger.expect("there is one").to_text(), ledger);
}
