//! Notes that were renamed, and folders that were moved: the cards of a note that is gone stand in
//! a note that was not there before.

use std::collections::{BTreeMap, BTreeSet};

use super::super::normalise::normalise;
use super::settle::SeenCard;
use super::{Ledger, State};

/// For each new note the note that it was. Two thirds of its questions, or of the old note's,
/// whichever are fewer, have to be the same, and no other note may come near.
pub(super) fn renames<'n>(old: &'n Ledger, seen: &[SeenCard<'n>]) -> BTreeMap<&'n str, &'n str> {
    let now: BTreeSet<&str> = seen.iter().map(|card| card.note).collect();
    let mut gone: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut before: BTreeSet<&str> = BTreeSet::new();
    for (_, entry) in old.entries() {
        if entry.state == State::Present {
            before.insert(&entry.note);
            if !now.contains(entry.note.as_str()) {
                let questions = gone.entry(&entry.note).or_default();
                questions.insert(normalise(&entry.question));
            }
        }
    }
    let mut fresh: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    if !gone.is_empty() {
        for card in seen.iter().filter(|card| !before.contains(card.note)) {
            let questions = fresh.entry(card.note).or_default();
            questions.insert(normalise(card.question));
        }
    }
    one_to_one(&gone, &fresh)
}

type Questions<'n> = BTreeMap<&'n str, BTreeSet<String>>;

fn one_to_one<'n>(gone: &Questions<'n>, fresh: &Questions<'n>) -> BTreeMap<&'n str, &'n str> {
    let mut asked_in: BTreeMap<&str, Vec<&'n str>> = BTreeMap::new();
    for (note, questions) in gone {
        for question in questions {
            asked_in.entry(question).or_default().push(note);
        }
    }
    // For each new note how many of its questions each old note has.
    let mut shared: BTreeMap<(&'n str, &'n str), usize> = BTreeMap::new();
    for (note, questions) in fresh {
        for question in questions {
            let notes = asked_in.get(question.as_str()).into_iter().flatten();
            // A question of very many notes tells none from another.
            for old in notes.take(16) {
                *shared.entry((note, old)).or_default() += 1;
            }
        }
    }
    let mut best: BTreeMap<&str, usize> = BTreeMap::new();
    let mut ties: BTreeSet<(&str, usize)> = BTreeSet::new();
    for ((new, old), count) in &shared {
        for note in [new, old] {
            let most = best.entry(note).or_default();
            if count == most {
                ties.insert((note, *count));
            }
            *most = (*most).max(*count);
        }
    }
    let is_rename = |new: &str, old: &str, count: usize| {
        let fewer = gone[old].len().min(fresh[new].len());
        let is_most = |note| best[note] == count && !ties.contains(&(note, count));
        count * 3 >= fewer * 2 && is_most(new) && is_most(old)
    };
    let renames = shared
        .iter()
        .filter(|((new, old), count)| is_rename(new, old, **count));
    renames.map(|((new, old), _)| (*new, *old)).collect()
}
