//! `Succession`: which card a page goes to when the one that it shows is gone from the notes.
//!
//! The ledger gives an edited card its id again, unless it is in doubt or too little of the card
//! is left, as there is of one that is just being written. Who writes notes wants to stay where
//! they are all the same.

use std::collections::{BTreeMap, BTreeSet};

use deck::CardId;
use serde_json::{Map, Value};

/// Ids by the path of their note, in its order.
pub type Cards = BTreeMap<String, Vec<CardId>>;

/// The cards that are gone, with those in their place.
#[derive(Default, Debug)]
pub struct Succession {
    renamed: BTreeMap<CardId, CardId>,
    removed: BTreeMap<CardId, CardId>,
}

impl Succession {
    /// Goes on from one version of the notes to the next.
    pub fn follow(&mut self, before: &Cards, after: &Cards) {
        let all = |cards: &Cards| {
            cards
                .values()
                .flatten()
                .copied()
                .collect::<BTreeSet<CardId>>()
        };
        let (known, alive) = (all(before), all(after));
        let (mut renamed, mut removed) = (BTreeMap::new(), BTreeMap::new());
        for (path, before) in before {
            let after = after.get(path).map_or(&[][..], Vec::as_slice);
            let mut fresh = after.iter().filter(|id| !known.contains(id));
            for (index, gone) in before.iter().enumerate() {
                if alive.contains(gone) {
                    continue;
                }
                match (fresh.next(), after.get(index).or(after.last())) {
                    (Some(&new), _) => drop(renamed.insert(*gone, new)),
                    (None, Some(&near)) => drop(removed.insert(*gone, near)),
                    (None, None) => {}
                }
            }
        }
        let next = |id: &CardId| renamed.get(id).or(removed.get(id)).copied();
        for gone in [&mut self.renamed, &mut self.removed] {
            gone.retain(|gone, _| !alive.contains(gone));
            for successor in gone.values_mut() {
                *successor = next(successor).unwrap_or(*successor);
            }
        }
        self.renamed.append(&mut renamed);
        self.removed.append(&mut removed);
    }

    /// The cards whose question was written anew, as an object of ids.
    pub fn renamed(&self) -> Value {
        object(&self.renamed)
    }

    /// The cards that were taken out, with one that stood near.
    pub fn removed(&self) -> Value {
        object(&self.removed)
    }
}

fn object(ids: &BTreeMap<CardId, CardId>) -> Value {
    let pairs = ids.iter();
    let pairs = pairs.map(|(gone, new)| (gone.to_string(), Value::from(new.as_str())));
    Value::Object(Map::from_iter(pairs))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cards(ids: &str) -> Cards {
        let notes = ids.split(" / ").enumerate();
        let ids = |note: &str| {
            note.split_whitespace()
                .map(|id| id.parse().unwrap())
                .collect()
        };
        notes
            .map(|(index, note)| (index.to_string(), ids(note)))
            .collect()
    }

    /// Goes through versions of notes; `expected` has `gone>new` for each card that was renamed
    /// and `gone-near` for each that was removed.
    #[track_caller]
    fn check(versions: &[&str], expected: &str) {
        let mut succession = Succession::default();
        for pair in versions.windows(2) {
            succession.follow(&cards(pair[0]), &cards(pair[1]));
        }
        let told = |ids: &BTreeMap<CardId, CardId>, mark: &str| {
            ids.iter()
                .map(|(gone, new)| format!("{gone}{mark}{new}"))
                .collect::<Vec<_>>()
        };
        let mut found = told(&succession.renamed, ">");
        found.extend(told(&succession.removed, "-"));
        assert_eq!(found.join(" "), expected, "{versions:?}");
    }

    #[test]
    fn an_edited_question_is_followed() {
        check(&["a b c", "a x c"], "b>x");
        check(&["a b c", "x b y"], "a>x c>y");
        check(&["a b / c", "a x / c"], "b>x");
        check(&["a", "x", "y"], "a>y x>y");
    }

    #[test]
    fn a_card_that_comes_back_is_gone_no_longer() {
        check(&["a b", "x b", "a b"], "x>a");
        check(&["a b", "b", "a b"], "");
    }

    #[test]
    fn a_card_that_is_removed_leads_to_one_nearby() {
        check(&["a b c", "a c"], "b-c");
        check(&["a b c", "a b"], "c-b");
        check(&["a b c", "a c", "a"], "b-a c-a");
        check(&["a b", "b a"], "");
    }

    #[test]
    fn a_note_that_is_gone_or_moved_leads_nowhere_wrong() {
        check(&["a b", ""], "");
        check(&["a / b", "b"], "a-b");
    }
}
