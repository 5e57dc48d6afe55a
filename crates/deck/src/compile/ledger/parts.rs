//! The parts of a card: which entry each of them is.

use std::collections::{BTreeMap, BTreeSet};

use super::assign::{self, Edge};
use super::settle::{SeenCard, SeenPart};
use super::shingles::{Shingle, Shingles};
use super::{Entry, PartEntry, PartName, State};
use crate::PartId;
use crate::compile::identity::{PartIds, part_name};

/// As much kept of its text is the same part, in thousandths.
const SAME: u32 = 500;
/// What likeness is multiplied by, so that the order decides only between equals.
const ORDER: u32 = 8;
/// How much more a part that is there counts than one that is gone.
const PRESENT: u32 = 100;
/// A card with more pairs of parts than this was written anew.
const MAX_COMPARED: usize = 10_000;

/// The entries of a card's parts, in their order; behind them those that are gone.
pub(super) fn settle(before: Option<&Entry>, card: &SeenCard) -> Vec<PartEntry> {
    if let Some(before) = before.filter(|entry| is_unchanged(entry, card)) {
        return before.parts.clone();
    }
    let old = before.map_or(&[][..], |entry| &entry.parts);
    let seen: Vec<(PartName, Shingles)> = card.parts.iter().map(read).collect();
    let mut ids = PartIds::default();
    old.iter().for_each(|part| ids.take(part.id));
    join(old, seen, |part| {
        let SeenPart { label, text } = card.parts[part];
        ids.give(label, text)
    })
}

/// Whether a card has the answer that it had, in the same parts. Most cards have, and their words
/// need not be counted.
fn is_unchanged(before: &Entry, card: &SeenCard) -> bool {
    let present = before.parts.iter();
    let present = present.filter(|part| part.state == State::Present);
    let names = present.map(|part| &part.name);
    before.answer == card.answer && card.parts.iter().map(name).eq(names.cloned())
}

/// The parts of a card that takes the place of one that is gone.
pub(super) fn adopt(gone: &Entry, card: &Entry) -> Vec<PartEntry> {
    let present = card
        .parts
        .iter()
        .filter(|part| part.state == State::Present);
    let parts: Vec<&PartEntry> = present.collect();
    let seen = parts
        .iter()
        .map(|part| (part.name.clone(), part.words.clone()));
    let mut ids = PartIds::default();
    gone.parts.iter().for_each(|part| ids.take(part.id));
    join(&gone.parts, seen.collect(), |part| {
        ids.take_or_next(parts[part].id)
    })
}

/// Joins the parts that there were with those that there are. `fresh` gives the id of one that is
/// new.
fn join(
    old: &[PartEntry],
    seen: Vec<(PartName, Shingles)>,
    mut fresh: impl FnMut(usize) -> PartId,
) -> Vec<PartEntry> {
    let (of_part, free) = pair(old, &seen);
    let entries = seen.into_iter().enumerate().map(|(part, (name, words))| {
        let id = of_part[part].map(|at| old[at].id);
        PartEntry {
            id: id.unwrap_or_else(|| fresh(part)),
            name,
            words,
            state: State::Present,
        }
    });
    let mut entries: Vec<PartEntry> = entries.collect();
    entries.extend(free.into_iter().map(|at| PartEntry {
        state: State::Retired,
        ..old[at].clone()
    }));
    entries
}

/// For each part its entry, and the entries that are left: first those of one name, then what kept
/// enough of its text.
fn pair(old: &[PartEntry], seen: &[(PartName, Shingles)]) -> (Vec<Option<usize>>, BTreeSet<usize>) {
    let mut of_part: Vec<Option<usize>> = vec![None; seen.len()];
    let mut free: BTreeSet<usize> = (0..old.len()).collect();
    let mut named: BTreeMap<&PartName, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (at, entry) in old.iter().enumerate() {
        named.entry(&entry.name).or_default().0.push(at);
    }
    for (part, (name, _)) in seen.iter().enumerate() {
        named.entry(name).or_default().1.push(part);
    }
    for (olds, parts) in named.values() {
        for (at, part) in of_one_name(old, seen, olds, parts) {
            free.remove(&at);
            of_part[part] = Some(at);
        }
    }
    let open: Vec<usize> = (0..seen.len())
        .filter(|&part| of_part[part].is_none())
        .collect();
    let left: Vec<usize> = free.iter().copied().collect();
    let alike = edges(&left, &open, |at, part| {
        Some(shared(&old[at].words, &seen[part].1)).filter(|likeness| *likeness >= SAME)
    });
    for pair in assign::pairs(&alike.unwrap_or_default()) {
        free.remove(&pair.edge.old);
        of_part[pair.edge.new] = Some(pair.edge.old);
    }
    (of_part, free)
}

/// The pairs of what has one name: the texts decide, then the order.
fn of_one_name(
    old: &[PartEntry],
    seen: &[(PartName, Shingles)],
    olds: &[usize],
    parts: &[usize],
) -> Vec<(usize, usize)> {
    let in_order = || olds.iter().copied().zip(parts.iter().copied()).collect();
    if olds.len().max(parts.len()) < 2 {
        return in_order();
    }
    let likeness = |at: usize, part: usize| {
        let is_present = u32::from(old[at].state == State::Present);
        let likeness = 1 + shared(&old[at].words, &seen[part].1) + PRESENT * is_present;
        let apart = u32::try_from(at.abs_diff(part)).unwrap_or(u32::MAX);
        Some(likeness * ORDER - apart.min(ORDER - 1))
    };
    let Some(edges) = edges(olds, parts, likeness) else {
        return in_order();
    };
    let pairs = assign::pairs(&edges);
    pairs
        .iter()
        .map(|pair| (pair.edge.old, pair.edge.new))
        .collect()
}

/// An edge for each entry and part that may be the same. `None` where they are too many.
fn edges(
    olds: &[usize],
    parts: &[usize],
    likeness: impl Fn(usize, usize) -> Option<u32>,
) -> Option<Vec<Edge>> {
    let each = || {
        olds.iter()
            .flat_map(|&old| parts.iter().map(move |&new| (old, new)))
    };
    let edge = |(old, new)| {
        let likeness = likeness(old, new)?;
        Some(Edge { old, new, likeness })
    };
    (olds.len().saturating_mul(parts.len()) <= MAX_COMPARED)
        .then(|| each().filter_map(edge).collect())
}

fn read(part: &SeenPart) -> (PartName, Shingles) {
    (name(part), Shingles::sample(part.text))
}

fn name(part: &SeenPart) -> PartName {
    let (is_label, name) = part_name(part.label, part.text);
    match is_label {
        true => PartName::Label(name),
        false => PartName::Text(name),
    }
}

/// How many of the words both have, of those of the longer.
fn shared(old: &Shingles, new: &Shingles) -> u32 {
    let limit = [old.limit(), new.limit()].into_iter().flatten().min();
    let (a, b) = (old.up_to(limit), new.up_to(limit));
    let is_in_b = |word: &&Shingle| b.binary_search(word).is_ok();
    let common = a.iter().filter(is_in_b).count();
    let longer = a.len().max(b.len()).max(1);
    u32::try_from(common * 1_000_000 / longer)
        .unwrap_or(0)
        .isqrt()
}
