//! The golden vectors of ids and their normaliser. They never change: progress hangs on them.

use deck::compile::identity::{CardIds, PartIds, fingerprint};
use deck::compile::normalise::normalise;
use serde_json::Value;

fn vectors(name: &str) -> Vec<Value> {
    let fixture = include_str!("../fixtures/identity.json");
    let fixture: Value = serde_json::from_str(fixture).expect("the fixture is JSON");
    let vectors = fixture[name].as_array().expect("a list of vectors");
    assert!(!vectors.is_empty());
    vectors.clone()
}

fn text<'v>(vector: &'v Value, field: &str) -> &'v str {
    vector[field].as_str().expect("a text")
}

#[test]
fn the_normaliser_gives_its_golden_vectors() {
    for vector in vectors("normalise") {
        let input = text(&vector, "input");
        assert_eq!(normalise(input), text(&vector, "normalised"), "{input:?}");
    }
}

#[test]
fn card_ids_are_their_golden_vectors() {
    let mut ids = CardIds::default();
    for vector in vectors("cards") {
        let id = ids.give(text(&vector, "path"), text(&vector, "question"));
        assert_eq!(id.as_str(), text(&vector, "id"), "{vector}");
    }
}

#[test]
fn part_ids_are_their_golden_vectors() {
    let mut ids = PartIds::default();
    for vector in vectors("parts") {
        let id = ids.give(text(&vector, "label"), text(&vector, "text"));
        assert_eq!(id.as_str(), text(&vector, "id"), "{vector}");
    }
}

#[test]
fn fingerprints_are_their_golden_vectors() {
    for vector in vectors("fingerprints") {
        let answer = text(&vector, "answer");
        let hex = format!("{:08x}", fingerprint(answer));
        assert_eq!(hex, text(&vector, "fingerprint"), "{answer:?}");
    }
}

#[test]
fn different_questions_stay_different() {
    let different = [
        "What is `is`?",
        "What is C?",
        "What is C++?",
        "What is C#?",
        "3.12 features",
        "3.11 features",
        "2 + 2",
        "2 - 2",
        "What is a - b",
        "What is a -- b?x",
        "1.5x faster",
        "5x faster",
        "Q",
        "Q1",
        "Quorum",
        "question",
        "Questions: why",
        "a.b",
        "a b",
        "2024. A year",
        "A year",
    ];
    let mut seen = Vec::new();
    for question in different {
        let normalised = normalise(question);
        assert!(!seen.contains(&normalised), "{question}");
        seen.push(normalised);
    }
}

#[test]
fn an_id_stays_when_other_cards_and_the_answer_change() {
    let id = |markdown: &str| {
        crate::compile(markdown).decks[0]
            .cards
            .last()
            .expect("a card")
            .id
    };
    let expected = id("## What is *x*?\none");
    assert_eq!(
        id("# T\n\n## Other\ny\n\n## 2. What is `x`\n**A**: two"),
        expected
    );
    assert_ne!(id("## What is y?\none"), expected);
}

#[test]
fn a_part_keeps_its_id_when_only_its_text_changes() {
    let ids = |markdown: &str| -> Vec<String> {
        let card = &crate::compile(markdown).decks[0].cards[0];
        card.parts.iter().map(|part| part.id.to_string()).collect()
    };
    let before = ids("## Q\n**A**: one\n\n**B**: two\n\n**A**: three");
    let after = ids("## Q\n**A:** 1\n\n**New**: x\n\n**b**: 2\n\n**A**: 3");
    assert_eq!(before[0], after[0]);
    assert_eq!(before[1], after[2]);
    assert_eq!(before[2], after[3]);
    assert_eq!(before[2], format!("{}-2", before[0]));
}

#[test]
fn there_are_ids_for_any_number_of_equal_parts() {
    let mut ids = PartIds::default();
    let given: std::collections::BTreeSet<String> = (0..3000)
        .map(|_| ids.give("same", "").to_string())
        .collect();
    assert_eq!(given.len(), 3000);
    assert!(given.iter().all(|id| id.len() <= 8));
}
