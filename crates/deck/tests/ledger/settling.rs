//! Doubts, and how they are settled by hand.

use deck::CardId;
use deck::compile::identity::fingerprint;
use deck::compile::ledger::{AdoptError, Kind, Ledger, SeenCard, SeenPart, Settled, State, settle};

fn card<'n>(question: &'n str, answer: &'n str) -> SeenCard<'n> {
    SeenCard {
        note: "a.md",
        question,
        answer: fingerprint(answer),
        parts: vec![SeenPart {
            label: "",
            text: answer,
        }],
    }
}

const QUESTION: &str = "What does a write-ahead log promise?";
const ANSWER: &str = "That every change is on the disk before the page that it is about, so that \
    after a crash what was promised can be done again from the log.";
/// Too little of it is the same.
const REWRITTEN: &str = "Durability. What was promised can be done again from the log, whatever \
    was in memory, since the changes were flushed in order and carry checksums of their own.";

/// A card, and then one that may be it.
fn doubtful() -> (CardId, Settled) {
    let first = settle(&Ledger::default(), &[card(QUESTION, ANSWER)]);
    let second = settle(
        &first.ledger,
        &[card("Why keep a log of changes?", REWRITTEN)],
    );
    (first.cards[0], second)
}

#[test]
fn a_doubt_is_a_new_card_and_is_kept_until_it_is_settled() {
    let (old, doubtful) = doubtful();
    let [change, retired] = &doubtful.changes[..] else {
        panic!("{:?}", doubtful.changes);
    };
    let [Kind::New, Kind::Unsure { may_be }] = &change.kinds[..] else {
        panic!("{change:?}");
    };
    assert_eq!((may_be[0].id, retired.id), (old, old));
    assert_ne!(doubtful.cards[0], old);
    let ledger: Ledger = doubtful.ledger.to_text().parse().unwrap();
    let again = settle(&ledger, &[card("Why keep a log of changes?", REWRITTEN)]);
    assert_eq!(again.ledger, doubtful.ledger);
    assert_eq!(
        again.ledger.doubts().map(|(id, _)| id).collect::<Vec<_>>(),
        doubtful.cards
    );
}

#[test]
fn the_same_card_has_its_id_again_and_keeps_it() {
    let (old, doubtful) = doubtful();
    let new = doubtful.cards[0];
    let mut ledger = doubtful.ledger;
    assert_eq!(ledger.same(new), Ok(old));
    assert_eq!(ledger.get(new).unwrap().state, State::Retired);
    assert_eq!(ledger.doubts().count(), 0);
    let after = settle(&ledger, &[card("Why keep a log of changes?", REWRITTEN)]);
    assert_eq!(
        (&after.cards[..], &after.changes[..]),
        (&[old][..], &[][..])
    );
    assert_eq!(after.ledger, ledger);
}

#[test]
fn a_new_card_is_in_no_doubt_any_more() {
    let (old, doubtful) = doubtful();
    let new = doubtful.cards[0];
    let mut ledger = doubtful.ledger;
    assert_eq!(ledger.new_card(new), Ok(()));
    assert_eq!(ledger.new_card(new), Err(AdoptError::Sure(new)));
    assert_eq!(ledger.same(new), Err(AdoptError::Sure(new)));
    let after = settle(&ledger, &[card("Why keep a log of changes?", REWRITTEN)]);
    assert_eq!(after.cards, [new]);
    assert_eq!(after.ledger.doubts().count(), 0);
    assert_eq!(after.ledger.get(old).unwrap().state, State::Retired);
}

#[test]
fn an_entry_that_comes_back_is_no_doubt_of_another_card() {
    let (old, doubtful) = doubtful();
    let cards = [
        card("Why keep a log of changes?", REWRITTEN),
        card(QUESTION, ANSWER),
    ];
    let after = settle(&doubtful.ledger, &cards);
    assert_eq!(after.cards, [doubtful.cards[0], old]);
    assert_eq!(after.ledger.doubts().count(), 0);
}

#[test]
fn only_a_card_of_the_notes_takes_the_id_of_one_that_is_gone() {
    let (old, doubtful) = doubtful();
    let new = doubtful.cards[0];
    let nobody: CardId = "0000000000".parse().unwrap();
    let mut ledger = doubtful.ledger;
    assert_eq!(ledger.adopt(nobody, new), Err(AdoptError::Unknown(nobody)));
    assert_eq!(ledger.adopt(old, nobody), Err(AdoptError::Unknown(nobody)));
    assert_eq!(ledger.adopt(new, new), Err(AdoptError::Present(new)));
    assert_eq!(ledger.adopt(old, old), Err(AdoptError::Retired(old)));
    let before = ledger.clone();
    assert_eq!(ledger.adopt(old, new), Ok(()));
    assert_ne!(ledger, before);
}
