//! `settle`: which entry of the ledger each card of the notes is, and the ledger that follows.
//!
//! 1. The same question in the same note is the same card. Notes that were renamed count as the
//!    same where the answers are alike too. Of several with one question the answers decide, then
//!    the order.
//! 2. Of what is left, question and answer together decide (`similar`): the pairs with the most
//!    likeness in all, each alike enough, and no other way nearly as good.
//! 3. What is alike but not enough, or could as well be another, is a new card and a doubt: to
//!    begin anew costs some answers, but the progress of another card would be believed.

mod exact;
mod similar;

use std::collections::BTreeMap;

use super::change::{Change, Doubt, Kind};
use super::likeness::Rarity;
use super::parts;
use super::renames::renames;
use super::shingles::Shingles;
use super::{Entry, Ledger, State};
use crate::compile::identity::CardIds;
use crate::compile::normalise::normalise;
use crate::{CardId, PartId};

/// A card of the notes.
#[derive(Clone, Debug)]
pub struct SeenCard<'n> {
    /// The path of its note.
    pub note: &'n str,
    /// What it is known by: mostly the text of its question.
    pub question: &'n str,
    /// The hash of its answer.
    pub answer: u32,
    /// Its prompt and the parts of its answer, in order.
    pub parts: Vec<SeenPart<'n>>,
}

/// A part of a card of the notes.
#[derive(Clone, Copy, Debug)]
pub struct SeenPart<'n> {
    /// Its label, or nothing.
    pub label: &'n str,
    /// The whole part as plain text.
    pub text: &'n str,
}

/// What comes of a ledger and the notes.
#[derive(Clone, Debug)]
pub struct Settled {
    /// The id of each card, in the order of the notes.
    pub cards: Vec<CardId>,
    /// For each card the ids of its parts.
    pub parts: Vec<Vec<PartId>>,
    /// The ledger to write.
    pub ledger: Ledger,
    /// What is different from the ledger before: cards in the order of the notes, then those that
    /// are gone.
    pub changes: Vec<Change>,
}

/// Which entry each card is, as far as it is decided.
struct Pairing {
    of_card: Vec<Option<CardId>>,
    taken: BTreeMap<CardId, usize>,
}

impl Pairing {
    fn pair(&mut self, card: usize, id: CardId) {
        self.of_card[card] = Some(id);
        self.taken.insert(id, card);
    }

    fn part(&mut self, card: usize) {
        if let Some(id) = self.of_card[card].take() {
            self.taken.remove(&id);
        }
    }

    fn is_open(&self, card: usize) -> bool {
        self.of_card[card].is_none()
    }

    fn is_free(&self, id: CardId) -> bool {
        !self.taken.contains_key(&id)
    }
}

/// Compares the ledger with the cards of the notes. Cards are given in the order of the notes.
pub fn settle(old: &Ledger, seen: &[SeenCard]) -> Settled {
    let mut pairing = Pairing {
        of_card: vec![None; seen.len()],
        taken: BTreeMap::new(),
    };
    let renames = renames(old, seen);
    let known = old.entries().flat_map(|(_, entry)| &entry.parts);
    let rarity = Rarity::of(known.map(|part| &part.words));
    let weak = exact::pair(old, seen, &renames, &rarity, &mut pairing);
    let mut weak: BTreeMap<CardId, usize> = weak.into_iter().collect();
    let count = weak.len();
    let compared = similar::Compared {
        old,
        seen,
        renames: &renames,
        rarity: &rarity,
    };
    let mut doubts = similar::pair(&compared, &mut weak, &mut pairing);
    if weak.len() < count {
        // Cards that lost their entry to another one may be what is left.
        doubts = similar::pair(&compared, &mut weak, &mut pairing);
    }
    finish(old, seen, &pairing, doubts)
}

/// The words of a card's whole answer.
fn words_of(card: &SeenCard) -> Shingles {
    let texts: Vec<Shingles> = card
        .parts
        .iter()
        .map(|part| Shingles::all(part.text))
        .collect();
    Shingles::union(texts.iter())
}

fn finish(
    old: &Ledger,
    seen: &[SeenCard],
    pairing: &Pairing,
    mut doubts: BTreeMap<usize, Vec<Doubt>>,
) -> Settled {
    let mut ids = CardIds::default();
    old.entries().for_each(|(id, _)| ids.take(id));
    let mut settled = Settled {
        cards: Vec::with_capacity(seen.len()),
        parts: Vec::with_capacity(seen.len()),
        ledger: Ledger {
            entries: old.entries.clone(),
            ..Ledger::default()
        },
        changes: Vec::new(),
    };
    for (index, card) in seen.iter().enumerate() {
        let before = pairing.of_card[index];
        let id = before.unwrap_or_else(|| ids.give(card.note, card.question));
        let before = before.and_then(|id| old.get(id));
        let parts = parts::settle(before, card);
        settled.parts.push(
            parts
                .iter()
                .take(card.parts.len())
                .map(|part| part.id)
                .collect(),
        );
        let doubts = doubts.remove(&index).unwrap_or_default();
        let may_be = doubts.iter().map(|doubt| doubt.id);
        let earlier = before.into_iter().flat_map(|entry| &entry.unsure).copied();
        let entry = Entry {
            note: card.note.to_owned(),
            question: card.question.to_owned(),
            answer: card.answer,
            parts,
            state: State::Present,
            // What has come back in the meantime is another card.
            unsure: may_be
                .chain(earlier)
                .filter(|id| pairing.is_free(*id))
                .collect(),
        };
        let kinds = kinds(before, &entry, doubts);
        settled.tell(id, &entry, kinds);
        settled.cards.push(id);
        settled.ledger.entries.insert(id, entry);
    }
    for (id, entry) in old.entries() {
        if pairing.is_free(id) && entry.state == State::Present {
            settled.tell(id, entry, vec![Kind::Retired]);
            let retired = settled.ledger.entries.entry(id);
            retired.and_modify(|entry| entry.state = State::Retired);
        }
    }
    settled
}

impl Settled {
    fn tell(&mut self, id: CardId, entry: &Entry, kinds: Vec<Kind>) {
        if !kinds.is_empty() {
            self.changes.push(Change {
                id,
                note: entry.note.clone(),
                question: entry.question.clone(),
                kinds,
            });
        }
    }
}

fn kinds(before: Option<&Entry>, now: &Entry, may_be: Vec<Doubt>) -> Vec<Kind> {
    let Some(before) = before else {
        let unsure = (!may_be.is_empty()).then_some(Kind::Unsure { may_be });
        return std::iter::once(Kind::New).chain(unsure).collect();
    };
    let mut kinds = Vec::new();
    if before.state == State::Retired {
        kinds.push(Kind::Returned);
    }
    if normalise(&before.question) != normalise(&now.question) {
        kinds.push(Kind::Reworded {
            before: before.question.clone(),
        });
    }
    if before.note != now.note {
        kinds.push(Kind::Moved {
            from: before.note.clone(),
        });
    }
    if before.answer != now.answer {
        kinds.push(Kind::Edited);
    }
    kinds
}
