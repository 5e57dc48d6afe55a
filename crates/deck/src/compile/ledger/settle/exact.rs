//! The first step: the same question in the same note.

use std::collections::BTreeMap;

use super::super::assign::{self, Edge};
use super::super::likeness::{LEAST_ANSWER, Likeness, Profile, Rarity};
use super::super::{Entry, Ledger, State};
use super::{Pairing, SeenCard, words_of};
use crate::CardId;
use crate::compile::normalise::normalise;

/// So many words that two cards have the same answer for no other reason than that it is one.
pub(super) const TELLING_WORDS: usize = 8;
/// What likeness is multiplied by, so that the order decides only between equals.
const ORDER: u32 = 8;
/// More pairs of entries and cards of one question are not compared.
const MAX_COMPARED: usize = 10_000;
/// How much more a card that is there counts than one that was retired.
const PRESENT: u32 = 100;

/// The entries and the cards of one question in one note.
#[derive(Default)]
struct Same {
    entries: Vec<CardId>,
    cards: Vec<usize>,
}

/// Pairs cards with entries of the same note and question. Gives those pairs of which the answer is
/// a quite different one: there an entry may still turn out to be another card.
pub(super) fn pair(
    old: &Ledger,
    seen: &[SeenCard],
    renames: &BTreeMap<&str, &str>,
    rarity: &Rarity,
    pairing: &mut Pairing,
) -> Vec<(CardId, usize)> {
    let mut questions: BTreeMap<(&str, String), Same> = BTreeMap::new();
    for (index, card) in seen.iter().enumerate() {
        let note = renames.get(card.note).copied().unwrap_or(card.note);
        let key = (note, normalise(card.question));
        questions.entry(key).or_default().cards.push(index);
    }
    for (id, entry) in old.forms() {
        let key = (entry.note.as_str(), normalise(&entry.question));
        if let Some(same) = questions.get_mut(&key)
            && !same.entries.contains(&id)
        {
            same.entries.push(id);
        }
    }
    for same in questions.values_mut() {
        // The order in which ids were given: `-10` comes behind `-2`.
        same.entries.sort_by_key(|id| (id.as_str().len(), *id));
    }
    let mut weak = Vec::new();
    for same in questions.values().filter(|same| !same.entries.is_empty()) {
        match (&same.entries[..], &same.cards[..]) {
            ([id], [card]) => one(old, seen, (*id, *card), rarity, pairing, &mut weak),
            _ => several(old, seen, same, rarity, pairing),
        }
    }
    give_way(old, seen, &weak, pairing);
    weak.retain(|(id, card)| pairing.of_card[*card] == Some(*id));
    weak
}

/// Only one card ever had the question. `weak` takes those whose answer is a quite different one.
fn one(
    old: &Ledger,
    seen: &[SeenCard],
    (id, card): (CardId, usize),
    rarity: &Rarity,
    pairing: &mut Pairing,
    weak: &mut Vec<(CardId, usize)>,
) {
    let Some(entry) = old.get(id) else { return };
    let is_alike =
        entry.answer == seen[card].answer || { answer(entry, &seen[card], rarity) >= LEAST_ANSWER };
    if is_alike || entry.note == seen[card].note {
        pairing.pair(card, id);
    }
    if !is_alike {
        weak.push((id, card));
    }
}

/// Of several with one question the answers decide, then the order.
fn several(old: &Ledger, seen: &[SeenCard], same: &Same, rarity: &Rarity, pairing: &mut Pairing) {
    if same.entries.len().saturating_mul(same.cards.len()) > MAX_COMPARED {
        return very_many(old, seen, same, pairing);
    }
    let profiles = same.cards.iter().map(|card| profile(&seen[*card]));
    let profiles: Vec<Profile> = profiles.collect();
    let mut edges = Vec::new();
    for (row, id) in same.entries.iter().enumerate() {
        let Some(entry) = old.get(*id) else { continue };
        let before = Profile::new(&entry.question, entry.words(), entry.answer);
        for (column, card) in same.cards.iter().enumerate() {
            let answer = Likeness::of(&before, &profiles[column], rarity).answer;
            if entry.note != seen[*card].note && answer < LEAST_ANSWER {
                continue;
            }
            let is_present = u32::from(entry.state == State::Present);
            let apart = u32::try_from(row.abs_diff(column)).unwrap_or(u32::MAX);
            edges.push(Edge {
                old: row,
                new: column,
                likeness: (1 + answer + PRESENT * is_present) * ORDER - apart.min(ORDER - 1),
            });
        }
    }
    for pair in assign::pairs(&edges) {
        pairing.pair(same.cards[pair.edge.new], same.entries[pair.edge.old]);
    }
}

/// So many that comparing each with each would take long: equal answers, in their order.
fn very_many(old: &Ledger, seen: &[SeenCard], same: &Same, pairing: &mut Pairing) {
    let mut entries: BTreeMap<u32, Vec<CardId>> = BTreeMap::new();
    for id in same.entries.iter().rev() {
        let answer = old.get(*id).map(|entry| entry.answer);
        answer
            .into_iter()
            .for_each(|answer| entries.entry(answer).or_default().push(*id));
    }
    for card in &same.cards {
        let id = entries.get_mut(&seen[*card].answer).and_then(Vec::pop);
        id.into_iter().for_each(|id| pairing.pair(*card, id));
    }
}

/// Where a card got a new question or another note, and its old place went to another card: the
/// answer shows it.
fn give_way(old: &Ledger, seen: &[SeenCard], weak: &[(CardId, usize)], pairing: &mut Pairing) {
    if weak.is_empty() {
        return;
    }
    let open: Vec<usize> = (0..seen.len())
        .filter(|&card| pairing.is_open(card))
        .collect();
    let renamed: BTreeMap<(&str, u32), usize> = open
        .iter()
        .map(|&card| ((seen[card].note, seen[card].answer), card))
        .collect();
    let moved: BTreeMap<(String, u32), usize> = open
        .iter()
        .chain(weak.iter().map(|(_, card)| card))
        .map(|&card| ((normalise(seen[card].question), seen[card].answer), card))
        .collect();
    for (id, card) in weak {
        let Some(entry) = old.get(*id) else { continue };
        let is_telling = entry.words().known().len() >= TELLING_WORDS;
        let question = normalise(&entry.question);
        let place = moved.get(&(question, entry.answer));
        let place = place.or_else(|| renamed.get(&(entry.note.as_str(), entry.answer)));
        if let Some(place) = place.filter(|_| is_telling) {
            // The place may be an other pair's already, that gave way too.
            if pairing.of_card[*card] == Some(*id) {
                pairing.part(*card);
            }
            pairing.part(*place);
            pairing.pair(*place, *id);
        }
    }
}

/// How alike the answers are.
fn answer(entry: &Entry, card: &SeenCard, rarity: &Rarity) -> u32 {
    let old = Profile::new(&entry.question, entry.words(), entry.answer);
    Likeness::of(&old, &profile(card), rarity).answer
}

/// What is compared of a card.
pub(super) fn profile(card: &SeenCard) -> Profile {
    Profile::new(card.question, words_of(card), card.answer)
}
