//! Cards that the notes do not have for a while.

use crate::helper::{Learner, at, author, card, cards};
use deck::CardId;
use study::{Rating, State, export_text, parse_export, queue};

/// Which cards come on a day, of those that the notes have.
fn due(state: &State, notes: &[CardId], day: i32) -> Vec<CardId> {
    let queue = queue(state, notes, at(day, 12, 0));
    let learning = queue.learning.into_iter().map(|(_, card)| card);
    learning.chain(queue.due).collect()
}

#[test]
fn reviews_of_a_card_that_is_gone_stay_and_come_back_with_it() {
    let mut learner = Learner::new();
    for card in cards(2) {
        learner.grade(card, Rating::Easy);
    }
    let gone = card("card1");
    let before = learner.state.card(gone).cloned();
    assert!(before.is_some());

    // While it is gone it is not asked, and the other cards go on.
    let left = [card("card0")];
    assert_eq!(due(&learner.state, &left, 60), left);
    learner.now = at(60, 12, 0);
    learner.grade(left[0], Rating::Good);

    // The log knows it across a reload and an export.
    let text = export_text(learner.state.events());
    let import = parse_export(&text).unwrap();
    let again = State::replay(author("dev", "again"), import.events);
    assert_eq!(again.event_count(), 3);
    assert_eq!(again.card(gone).cloned(), before);
    assert_eq!(again.history(gone).count(), 1);

    // It is back: due as it was, and no new card.
    let queue = queue(&again, &cards(2), at(60, 13, 0));
    assert_eq!(queue.due, [gone]);
    assert_eq!(queue.new, []);
}
