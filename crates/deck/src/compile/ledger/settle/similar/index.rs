//! `Index`: finds the entries that have something in common with a card, without comparing all
//! with all.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::super::super::likeness::Profile;
use super::super::super::shingles::Shingle;
use super::super::super::{Entry, State};
use crate::CardId;
use crate::compile::normalise::normalise;

/// How many of its rarest shingles a card is looked for by.
const PROBES: usize = 24;
/// A shingle that so many entries have finds none of them.
const MOST_ENTRIES: usize = 64;
/// How many of the entries with the most in common are compared.
const COMPARED: usize = 12;

pub(super) struct Index<'e> {
    entries: &'e [(CardId, &'e Entry)],
    profiles: Vec<OnceCell<Profile>>,
    shingles: BTreeMap<Shingle, Vec<usize>>,
    keys: BTreeMap<String, Vec<usize>>,
    answers: BTreeMap<u32, Vec<usize>>,
}

impl<'e> Index<'e> {
    /// An index of what some cards ask for.
    pub(super) fn of<'c>(
        entries: &'e [(CardId, &'e Entry)],
        cards: impl Iterator<Item = &'c Profile>,
    ) -> Index<'e> {
        let mut index = Index {
            entries,
            profiles: entries.iter().map(|_| OnceCell::new()).collect(),
            shingles: BTreeMap::new(),
            keys: BTreeMap::new(),
            answers: BTreeMap::new(),
        };
        for card in cards {
            for shingle in card.answer.known() {
                index.shingles.entry(*shingle).or_default();
            }
            index.keys.entry(card.key.clone()).or_default();
            index.answers.entry(card.fingerprint).or_default();
        }
        for (at, (_, entry)) in entries.iter().enumerate() {
            index.add(at, entry);
        }
        index
    }

    fn add(&mut self, at: usize, entry: &Entry) {
        let present = entry
            .parts
            .iter()
            .filter(|part| part.state == State::Present);
        for shingle in present.flat_map(|part| part.words.known()) {
            if let Some(list) = self.shingles.get_mut(shingle)
                && list.last() != Some(&at)
            {
                list.push(at);
            }
        }
        if let Some(list) = self.keys.get_mut(&normalise(&entry.question)) {
            list.push(at);
        }
        if let Some(list) = self.answers.get_mut(&entry.answer) {
            list.push(at);
        }
    }

    /// What is compared of an entry.
    pub(super) fn profile(&self, at: usize) -> &Profile {
        let (_, entry) = self.entries[at];
        self.profiles[at].get_or_init(|| Profile::new(&entry.question, entry.words(), entry.answer))
    }

    /// The entries that a card may be.
    pub(super) fn near(&self, card: &Profile) -> Vec<usize> {
        let shingles = card.answer.known().iter();
        let mut lists: Vec<&Vec<usize>> = shingles.filter_map(|it| self.shingles.get(it)).collect();
        lists.retain(|list| !list.is_empty());
        lists.sort_by_key(|list| list.len());
        lists.truncate(PROBES);
        // The same question or the same answer is worth more than any shingles.
        let whole = [
            self.keys.get(&card.key),
            self.answers.get(&card.fingerprint),
        ];
        let whole = whole.into_iter().flatten().map(|list| (list, PROBES));
        let mut found: BTreeMap<usize, usize> = BTreeMap::new();
        for (list, worth) in lists.into_iter().map(|list| (list, 1)).chain(whole) {
            if list.len() <= MOST_ENTRIES {
                list.iter()
                    .for_each(|at| *found.entry(*at).or_default() += worth);
            }
        }
        let mut found: Vec<(usize, usize)> = found.into_iter().collect();
        found.sort_by_key(|(at, count)| (std::cmp::Reverse(*count), *at));
        found.truncate(COMPARED);
        found.into_iter().map(|(at, _)| at).collect()
    }
}
