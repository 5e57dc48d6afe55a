//! What becomes of an id: it is given once, and to no other card.

use std::collections::BTreeSet;

use deck::CardId;
use deck::compile::identity::{CardIds, fingerprint};
use deck::compile::ledger::{Change, Kind, Ledger, SeenCard, SeenPart, State, settle};

fn card<'t>(note: &'t str, question: &'t str, text: &'t str) -> SeenCard<'t> {
    SeenCard {
        note,
        question,
        answer: fingerprint(text),
        parts: vec![SeenPart { label: "", text }],
    }
}

const FIRST: &str = "Two threads take the same two locks in a different order and wait for ever.";
const OTHER: &str = "A graph of waiting is searched for a circle, and one member is stopped.";

#[test]
fn without_a_ledger_an_id_is_made_of_note_and_question() {
    let settled = settle(&Ledger::default(), &[card("a.md", "Deadlock", FIRST)]);
    assert_eq!(settled.cards, [CardIds::default().give("a.md", "Deadlock")]);
    assert_eq!(settled.changes.len(), 1);
    assert_eq!(settled.changes[0].kinds, [Kind::New]);
}

#[test]
fn an_id_that_a_retired_card_had_is_given_to_no_other() {
    let first = settle(&Ledger::default(), &[card("a.md", "Deadlock", FIRST)]);
    let reworded = [card("a.md", "What causes a deadlock?", FIRST)];
    let second = settle(&first.ledger, &reworded);
    assert_eq!(second.cards, first.cards);
    let retired = settle(&second.ledger, &[]).ledger;
    assert_eq!(retired.get(first.cards[0]).unwrap().state, State::Retired);
    // Another card asks the question that the id was made of.
    let third = settle(&retired, &[card("a.md", "Deadlock", OTHER)]);
    let id: CardId = format!("{}-2", first.cards[0].as_str()).parse().unwrap();
    assert_eq!(third.cards, [id]);
    assert_eq!(third.ledger.len(), 2);
    let back = [card("a.md", "Deadlock", OTHER), reworded[0].clone()];
    assert_eq!(settle(&third.ledger, &back).cards, [id, first.cards[0]]);
}

#[test]
fn notes_as_they_were_change_nothing() {
    let cards = [card("a.md", "A?", FIRST), card("b.md", "B?", OTHER)];
    let first = settle(&Ledger::default(), &cards);
    let second = settle(&first.ledger, &cards);
    assert_eq!(second.changes, []);
    assert_eq!(second.ledger, first.ledger);
}

#[test]
fn an_empty_folder_retires_every_card_and_the_notes_bring_them_back() {
    let cards = [card("a.md", "A?", FIRST), card("b.md", "B?", OTHER)];
    let first = settle(&Ledger::default(), &cards);
    let empty = settle(&first.ledger, &[]);
    let told = |changes: &[Change]| -> Vec<Kind> {
        let kinds = changes.iter().flat_map(|change| change.kinds.clone());
        kinds.collect()
    };
    assert_eq!(told(&empty.changes), [Kind::Retired, Kind::Retired]);
    let back = settle(&empty.ledger, &cards);
    assert_eq!(told(&back.changes), [Kind::Returned, Kind::Returned]);
    assert_eq!(back.cards, first.cards);
    assert_eq!(back.ledger, first.ledger);
}

#[test]
fn of_thousands_with_one_question_each_keeps_its_id() {
    let texts: Vec<String> = (0..5_000)
        .map(|n| format!("{n} {} {} words", n * 7, n * 13))
        .collect();
    let mut cards: Vec<SeenCard> = texts
        .iter()
        .map(|it| card("a.md", "Overview", it))
        .collect();
    let first = settle(&Ledger::default(), &cards);
    cards.reverse();
    cards.remove(17);
    let mut expected = first.cards.clone();
    expected.reverse();
    expected.remove(17);
    assert_eq!(settle(&first.ledger, &cards).cards, expected);
}

#[test]
fn of_fifty_with_one_question_and_one_answer_none_has_the_id_of_another() {
    let mut cards: Vec<SeenCard> = (0..50).map(|_| card("a.md", "Overview", FIRST)).collect();
    let first = settle(&Ledger::default(), &cards);
    cards.truncate(45);
    let second = settle(&first.ledger, &cards);
    let ids: BTreeSet<&CardId> = second.cards.iter().collect();
    assert_eq!(ids.len(), 45);
    assert_eq!(second.cards, first.cards[..45]);
}
