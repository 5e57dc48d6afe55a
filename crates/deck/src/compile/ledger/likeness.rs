//! How alike an entry of the ledger and a card of the notes are.
//!
//! Shingles count by their rarity: what most cards have says little. Of two texts the weight of
//! the shingles that both have is divided by that of the longer one. If each word is kept with a
//! chance of *p*, a pair of them is kept with *p²*: so the root of that share is how much of a
//! text was kept, wherever it was changed.

use super::super::normalise::normalise;
use super::shingles::{Shingle, Shingles, each_word};

/// Everything is alike; other values are thousandths of it.
pub(super) const WHOLE: u32 = 1_000;

/// How much the answer counts beside the question at most.
const ANSWER: u32 = 650;
/// So many words of the answer let it count half of that: a short answer says little.
const HALF_AT_WORDS: u32 = 4;
/// Less of the answer in common is no sign at all: questions alone are often alike.
pub(super) const LEAST_ANSWER: u32 = 250;

/// So many words of two questions are compared one by one.
const MOST_WORDS: usize = 64;

/// What is compared of a card or an entry.
pub(super) struct Profile {
    /// The normalised question.
    pub(super) key: String,
    /// What tells it from its siblings: the text in the brackets of `… [cloze 2]`.
    pub(super) variant: String,
    pub(super) question: Shingles,
    pub(super) answer: Shingles,
    pub(super) fingerprint: u32,
    /// Each three neighbouring characters of the question, sorted.
    triples: Vec<[char; 3]>,
}

impl Profile {
    pub(super) fn new(question: &str, answer: Shingles, fingerprint: u32) -> Profile {
        let key = normalise(question);
        Profile {
            variant: variant(&key).to_owned(),
            question: Shingles::all(question),
            triples: triples(&key),
            key,
            answer,
            fingerprint,
        }
    }
}

/// The brackets at the end of a question that has siblings.
fn variant(key: &str) -> &str {
    let Some(inner) = key.strip_suffix(']') else {
        return "";
    };
    match inner
        .rfind(" [cloze ")
        .or_else(|| inner.rfind(" [reversed"))
    {
        Some(at) => &key[at + 1..],
        None => "",
    }
}

/// Whether two siblings may be one: the same, or the words of its gap were edited.
pub(super) fn may_be_one(old: &Profile, new: &Profile) -> bool {
    let name = |profile: &'_ Profile| {
        let inner = profile.variant.strip_prefix("[cloze ");
        inner.map(|inner| triples(inner.trim_end_matches(']')))
    };
    let is_edited = || match (name(old), name(new)) {
        (Some(old), Some(new)) => dice(&old, &new) >= WHOLE / 2,
        _ => false,
    };
    old.variant == new.variant || is_edited()
}

/// Whether a question is the same but for words that were added, taken out or mistyped. Where a
/// word was replaced by another it may ask for another thing.
pub(super) fn is_mended(old: &Profile, new: &Profile) -> bool {
    let (mut gone, mut added) = (words(&old.key), words(&new.key));
    gone.retain(|word| match added.iter().position(|it| it == word) {
        Some(at) => {
            added.swap_remove(at);
            false
        }
        None => true,
    });
    let (fewer, more) = if gone.len() < added.len() {
        (gone, added)
    } else {
        (added, gone)
    };
    let has_like = |word: &String| more.iter().any(|other| is_mistyped(word, other));
    fewer.iter().all(has_like)
}

/// The words of a question. Past so many it is no short one.
fn words(key: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(key, |word| {
        if words.len() < MOST_WORDS {
            words.push(word.to_owned());
        }
    });
    words
}

fn is_mistyped(word: &str, other: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    let is_number = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    let is_like = || dice(&triples(word), &triples(other)) >= WHOLE / 2;
    !is_number(word) && !is_number(other) && (sorted(word) == sorted(other) || is_like())
}

fn triples(key: &str) -> Vec<[char; 3]> {
    let chars: Vec<char> = format!(" {key} ").chars().collect();
    let mut triples: Vec<[char; 3]> = chars.windows(3).map(|w| [w[0], w[1], w[2]]).collect();
    triples.sort_unstable();
    triples
}

/// How rare each shingle is.
pub(super) struct Rarity {
    counts: Vec<u32>,
    texts: u32,
}

impl Rarity {
    /// Counts in how many of some texts each shingle is.
    pub(super) fn of<'w>(texts: impl Iterator<Item = &'w Shingles>) -> Rarity {
        let mut rarity = Rarity {
            counts: vec![0; 1 << 20],
            texts: 0,
        };
        for words in texts {
            rarity.texts += 1;
            for word in words.known() {
                rarity.counts[*word as usize] += 1;
            }
        }
        rarity
    }

    /// In how many texts a shingle is.
    pub(super) fn count(&self, shingle: Shingle) -> u32 {
        self.counts[shingle as usize]
    }

    /// 1 for one that all texts have, and 1 more for each halving.
    fn weight(&self, shingle: Shingle) -> u32 {
        1 + (self.texts / self.count(shingle).max(1)).max(1).ilog2()
    }

    fn weight_of(&self, shingles: &[Shingle]) -> u32 {
        shingles.iter().map(|it| self.weight(*it)).sum()
    }
}

/// How alike an entry and a card are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Likeness {
    pub(super) question: u32,
    pub(super) answer: u32,
    /// Both together, each as far as it says something.
    pub(super) total: u32,
}

impl Likeness {
    pub(super) fn of(old: &Profile, new: &Profile, rarity: &Rarity) -> Likeness {
        let question = question(old, new, rarity);
        let (answer, words) = answer(old, new, rarity);
        let counts = ANSWER * words / (words + HALF_AT_WORDS);
        let total = (counts * answer + (WHOLE - counts) * question) / WHOLE;
        Likeness {
            question,
            answer,
            total: if answer < LEAST_ANSWER { 0 } else { total },
        }
    }
}

fn question(old: &Profile, new: &Profile, rarity: &Rarity) -> u32 {
    if old.key == new.key {
        return WHOLE;
    }
    let shingles = shared(old.question.known(), new.question.known(), rarity);
    (shingles + dice(&old.triples, &new.triples)) / 2
}

/// How alike the answers are, and how many words that rests on.
fn answer(old: &Profile, new: &Profile, rarity: &Rarity) -> (u32, u32) {
    let limit = old.answer.limit();
    let (a, b) = (old.answer.up_to(limit), new.answer.up_to(limit));
    let words = u32::try_from(a.len().min(b.len())).unwrap_or(u32::MAX >> 12);
    match old.fingerprint == new.fingerprint {
        true => (WHOLE, words),
        false => (shared(a, b, rarity), words),
    }
}

/// The root of the weight of the shingles that both have, of that of the longer.
pub(super) fn shared(a: &[Shingle], b: &[Shingle], rarity: &Rarity) -> u32 {
    let longer = u64::from(rarity.weight_of(a).max(rarity.weight_of(b)));
    let common: u32 = common(a, b).map(|shingle| rarity.weight(shingle)).sum();
    let share = (u64::from(common) * 1_000_000).checked_div(longer);
    u32::try_from(share.unwrap_or(0)).unwrap_or(0).isqrt()
}

/// The shingles of two sorted lists that are in both.
fn common<'w>(a: &'w [Shingle], b: &'w [Shingle]) -> impl Iterator<Item = Shingle> + 'w {
    let mut rest = b;
    a.iter().copied().filter(move |word| {
        let at = rest.partition_point(|other| other < word);
        rest = &rest[at..];
        rest.first() == Some(word)
    })
}

/// Dice's coefficient of two sorted lists in which a value may stand more than once.
fn dice(a: &[[char; 3]], b: &[[char; 3]]) -> u32 {
    let (mut i, mut j, mut both) = (0, 0, 0_usize);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                both += 1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    let all = a.len() + b.len();
    u32::try_from(2 * both * WHOLE as usize / all.max(1)).unwrap_or(WHOLE)
}
