//! The second step: question and answer together, over all notes.

mod index;

use std::collections::BTreeMap;

use super::super::assign::{self, Edge};
use super::super::change::Doubt;
use super::super::likeness::{Likeness, Profile, Rarity, is_mended, may_be_one};
use super::super::{Entry, Ledger, State};
use super::exact::{TELLING_WORDS, profile};
use super::{Pairing, SeenCard};
use crate::CardId;
use index::Index;

/// As alike as this is the same card, in thousandths.
const SAME: u32 = 450;
/// Less than this is another card; in between is a doubt.
const DOUBT: u32 = 300;
/// How much better a pair must be than any other way to pair.
const MARGIN: u32 = 150;

/// What the same note counts for.
const SAME_NOTE: u32 = 50;
/// What it counts against an entry that it was retired already.
const RETIRED: u32 = 30;
/// What it counts against siblings that they are different ones.
const OTHER_SIBLING: u32 = 300;

/// As much of an answer kept takes an entry from a card that has only the question.
const TELLING: u32 = 600;

/// Fewer pairs of words than these are the answer to many questions: "Yes.", "80", an image.
const SHORT_WORDS: usize = 6;

/// How many entries a doubt names.
const NAMED: usize = 3;

/// What is compared with what.
pub(super) struct Compared<'n> {
    pub(super) old: &'n Ledger,
    pub(super) seen: &'n [SeenCard<'n>],
    pub(super) renames: &'n BTreeMap<&'n str, &'n str>,
    pub(super) rarity: &'n Rarity,
}

/// Pairs what is alike enough, and gives the doubts of the cards that stay open. `weak` are pairs
/// with nothing in common but note and question: their entries go to a card with their answer.
pub(super) fn pair(
    compared: &Compared,
    weak: &mut BTreeMap<CardId, usize>,
    pairing: &mut Pairing,
) -> BTreeMap<usize, Vec<Doubt>> {
    let seen = compared.seen;
    let open = (0..seen.len()).filter(|&card| pairing.is_open(card));
    let cards: Vec<(usize, Profile)> = open.map(|card| (card, profile(&seen[card]))).collect();
    if cards.is_empty() {
        return BTreeMap::new();
    }
    let entries: Vec<(CardId, &Entry)> = compared.old.forms().collect();
    let index = Index::of(&entries, cards.iter().map(|(_, profile)| profile));
    let is_free = |alike: &Alike| {
        let id = entries[alike.edge.old].0;
        pairing.is_free(id) || weak.contains_key(&id) && alike.is_telling
    };
    let mut edges = Vec::new();
    let mut copies = Copies::default();
    for alike in alike_cards(compared, &cards, &entries, &index) {
        if !is_free(&alike) {
            copies.add(alike.edge, entries[alike.edge.old].1.answer);
        } else if alike.edge.likeness >= DOUBT {
            edges.push(alike.edge);
        }
    }
    for pair in assign::pairs(&edges) {
        let (id, entry) = entries[pair.edge.old];
        let is_same = pair.edge.likeness >= SAME && pair.gain >= MARGIN;
        let words = index.profile(pair.edge.old).answer.known().len();
        let twin = (words >= TELLING_WORDS).then_some(entry.answer);
        if is_same && !copies.is_copy(pair.edge, twin) {
            let other = weak.remove(&id);
            other.into_iter().for_each(|card| pairing.part(card));
            pairing.pair(pair.edge.new, id);
        }
    }
    doubts(&edges, &entries, pairing)
}

/// Each card with each entry that it may be, or may be a copy of.
fn alike_cards(
    compared: &Compared,
    cards: &[(usize, Profile)],
    entries: &[(CardId, &Entry)],
    index: &Index,
) -> Vec<Alike> {
    let mut found = Vec::new();
    for (new, profile) in cards {
        let note = compared.seen[*new].note;
        let note = compared.renames.get(note).copied().unwrap_or(note);
        for old in index.near(profile) {
            let before = index.profile(old);
            let (likeness, is_telling) =
                alike(entries[old].1, before, profile, note, compared.rarity);
            let edge = Edge {
                old,
                new: *new,
                likeness,
            };
            found.push(Alike { edge, is_telling });
        }
    }
    found
}

/// How alike each card is to cards that are there: it may be a copy of one.
#[derive(Default)]
struct Copies(BTreeMap<usize, Vec<(u32, u32)>>);

impl Copies {
    fn add(&mut self, edge: Edge, answer: u32) {
        let of_card = self.0.entry(edge.new).or_default();
        of_card.push((edge.likeness, answer));
    }

    /// Whether a card is as much like one that is there. Not where that one has the answer of the
    /// entry itself, `twin`: then the entry was a copy already, and the card is it, edited.
    fn is_copy(&self, edge: Edge, twin: Option<u32>) -> bool {
        let of_card = self.0.get(&edge.new).into_iter().flatten();
        of_card
            .filter(|(_, answer)| Some(*answer) != twin)
            .any(|(likeness, _)| *likeness >= edge.likeness)
    }
}

struct Alike {
    edge: Edge,
    /// The answer alone says that it is the same card.
    is_telling: bool,
}

/// How alike an entry and a card are, and whether the answer alone says that they are one.
fn alike(entry: &Entry, old: &Profile, card: &Profile, note: &str, rarity: &Rarity) -> (u32, bool) {
    let Likeness {
        answer, mut total, ..
    } = Likeness::of(old, card, rarity);
    if total > 0 && entry.note == note {
        total += SAME_NOTE;
    }
    if entry.state == State::Retired {
        total = total.saturating_sub(RETIRED);
    }
    if old.variant != card.variant {
        total = total.saturating_sub(OTHER_SIBLING);
    }
    let is_short = old.answer.known().len().max(card.answer.known().len()) < SHORT_WORDS;
    if !may_be_one(old, card) || is_short && !is_mended(old, card) {
        total = total.min(SAME - 1);
    }
    let is_telling = answer >= TELLING && old.answer.known().len() >= TELLING_WORDS;
    (total, is_telling)
}

fn doubts(
    edges: &[Edge],
    entries: &[(CardId, &Entry)],
    pairing: &Pairing,
) -> BTreeMap<usize, Vec<Doubt>> {
    let mut doubts: BTreeMap<usize, Vec<Doubt>> = BTreeMap::new();
    for edge in edges {
        let (id, entry) = entries[edge.old];
        if pairing.is_open(edge.new) && pairing.is_free(id) {
            doubts.entry(edge.new).or_default().push(Doubt {
                id,
                note: entry.note.clone(),
                question: entry.question.clone(),
                percent: edge.likeness.min(1_000) / 10,
            });
        }
    }
    for may_be in doubts.values_mut() {
        may_be.sort_by_key(|doubt| std::cmp::Reverse(doubt.percent));
        may_be.truncate(NAMED);
    }
    doubts
}
