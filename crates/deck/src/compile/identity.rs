//! The ids of cards and parts where no ledger gives them, and the fingerprint of an answer.
//!
//! These functions never change: `tests/fixtures/identity.json` holds their golden vectors.

use std::collections::BTreeMap;
use std::str::FromStr;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::normalise::{fold, normalise};
use crate::{CardId, PartId};

/// Crockford's base 32 in lower case: no `i`, `l`, `o` and `u`.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const BITS_PER_DIGIT: usize = 5;
const CARD_DIGITS: usize = 10;
const PART_DIGITS: usize = 4;
/// How much of a part's text its id depends on, where it has no label.
const PART_TEXT_CHARS: usize = 40;

/// Gives ids to the cards of one build.
#[derive(Default)]
pub struct CardIds(Ids);

impl CardIds {
    /// The id of a card: ten characters from the note's path and the question. An id that is taken
    /// gets a suffix: `-2`, `-3` and so on.
    pub fn give(&mut self, path: &str, question: &str) -> CardId {
        let path: String = path.nfc().collect();
        let digits = digits(&["quire card 1", &path, &normalise(question)], CARD_DIGITS);
        self.0.give(digits, 99_999)
    }

    /// An id that no other card gets.
    pub(crate) fn take(&mut self, id: CardId) {
        self.0.taken.entry(id.to_string()).or_insert(2);
    }
}

/// Gives ids to the parts of one card.
#[derive(Default)]
pub struct PartIds(Ids);

impl PartIds {
    /// The id of a part: four characters from its label, or from the beginning of its text where
    /// it has no label. An id that is taken gets a suffix: `-2`, `-3` and so on.
    pub fn give(&mut self, label: &str, text: &str) -> PartId {
        let (is_label, name) = part_name(label, text);
        let kind = if is_label { "label" } else { "text" };
        let digits = digits(&["quire part 1", kind, &name], PART_DIGITS);
        self.0.give(digits, 999)
    }

    /// An id that no other part gets.
    pub(crate) fn take(&mut self, id: PartId) {
        self.0.taken.entry(id.to_string()).or_insert(2);
    }

    /// This id, or one like it where it is taken.
    pub(crate) fn take_or_next(&mut self, id: PartId) -> PartId {
        let base = id.as_str().split('-').next().unwrap_or_default();
        match self.0.taken.contains_key(id.as_str()) {
            true => self.0.give(base.to_owned(), 999),
            false => {
                self.take(id);
                id
            }
        }
    }
}

/// What a part is known by, and whether that is its label: else it is the beginning of its text.
pub(crate) fn part_name(label: &str, text: &str) -> (bool, String) {
    if label.trim().is_empty() {
        let start = fold(text).chars().take(PART_TEXT_CHARS).collect();
        (false, start)
    } else {
        (true, normalise(label))
    }
}

/// A hash of an answer's text with case, white space and typographic marks folded.
pub fn fingerprint(answer: &str) -> u32 {
    let hash = hash(&["quire answer 1", &fold(answer)]);
    u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]])
}

#[derive(Default)]
struct Ids {
    /// The ids that are taken, each with the next suffix to try.
    taken: BTreeMap<String, u32>,
    /// For a base without a free suffix, the base that is tried next: without it, each of a hundred
    /// thousand equal parts would go the whole way again.
    next: BTreeMap<String, String>,
}

impl Ids {
    fn give<T: FromStr<Err: std::fmt::Debug>>(&mut self, mut base: String, max_suffix: u32) -> T {
        let first = base.clone();
        if let Some(next) = self.next.get(&base) {
            base.clone_from(next);
        }
        let id = loop {
            if let Some(id) = self.free(&base, max_suffix) {
                break id;
            }
            base = digits(&["quire next 1", &base], base.len());
        };
        if base != first {
            self.next.insert(first, base);
        }
        id.parse()
            .expect("digits and a suffix are short enough for an id")
    }

    fn free(&mut self, base: &str, max_suffix: u32) -> Option<String> {
        if !self.taken.contains_key(base) {
            self.taken.insert(base.to_owned(), 2);
            return Some(base.to_owned());
        }
        let first = self.taken[base];
        let suffix =
            (first..=max_suffix).find(|n| !self.taken.contains_key(&format!("{base}-{n}")))?;
        self.taken.insert(base.to_owned(), suffix + 1);
        let id = format!("{base}-{suffix}");
        self.taken.insert(id.clone(), 2);
        Some(id)
    }
}

/// The first bits of the hash, five a digit.
fn digits(fields: &[&str], count: usize) -> String {
    let hash = hash(fields);
    let bit = |at: usize| usize::from(hash[at / 8] >> (7 - at % 8) & 1);
    let digit = |index: usize| {
        let bits = index * BITS_PER_DIGIT..(index + 1) * BITS_PER_DIGIT;
        let value = bits.fold(0, |value, at| value << 1 | bit(at));
        char::from(DIGITS[value])
    };
    (0..count).map(digit).collect()
}

/// Fields are told apart by a zero byte.
fn hash(fields: &[&str]) -> [u8; 32] {
    Sha256::digest(fields.join("\0").as_bytes()).into()
}
