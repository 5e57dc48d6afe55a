//! `Shingles`: the pairs of neighbouring words of a text, as hashes. Two texts are alike as far as
//! they share them: texts of one subject share many words, but few of their pairs.
//!
//! A ledger keeps them in place of the text. What a word is and how a pair is hashed is part of
//! the ledger's format.

use std::fmt;
use std::str::FromStr;

use super::super::normalise::fold;

/// The most pairs that are kept. Of a longer text those with the smallest hashes are: a sample
/// that is the same for every text, so that two samples can be compared.
const MAX_SHINGLES: usize = 32;
const BITS: u32 = 20;
/// Stand for what is before the first word and behind the last.
const START: u64 = 0;
const END: u64 = 1;
/// Crockford's base 32 in lower case, four of which are a pair.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const DIGITS_A_SHINGLE: usize = 4;
/// Stands behind the pairs of a sample.
const CUT: char = '+';

/// The hash of a pair: 20 bits.
pub(super) type Shingle = u32;

/// The pairs of neighbouring words of a text, sorted by hash, each once. Its first and its last word
/// are in a pair with nothing too.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Shingles {
    hashes: Vec<Shingle>,
    /// The text has more pairs, with greater hashes.
    is_cut: bool,
}

impl Shingles {
    /// All pairs of a text.
    pub(super) fn all(text: &str) -> Shingles {
        let mut hashes = Vec::new();
        let folded = fold(text);
        let mut before = START;
        each_word(&folded, |word| {
            let word = hash(word);
            hashes.push(pair(before, word));
            before = word;
        });
        if before != START {
            hashes.push(pair(before, END));
        }
        hashes.sort_unstable();
        hashes.dedup();
        Shingles {
            hashes,
            is_cut: false,
        }
    }

    /// As many pairs as a ledger keeps of a text.
    pub(super) fn sample(text: &str) -> Shingles {
        let mut words = Shingles::all(text);
        words.is_cut = words.hashes.len() > MAX_SHINGLES;
        words.hashes.truncate(MAX_SHINGLES);
        words
    }

    /// The pairs of several texts together. What is known of one text only up to a hash is known
    /// of all only up to there.
    pub(super) fn union<'w>(words: impl Iterator<Item = &'w Shingles> + Clone) -> Shingles {
        let limit = words.clone().filter_map(Shingles::limit).min();
        let hashes = words.flat_map(|words| &words.hashes).copied();
        let mut hashes: Vec<Shingle> = match limit {
            Some(limit) => hashes.filter(|hash| *hash <= limit).collect(),
            None => hashes.collect(),
        };
        hashes.sort_unstable();
        hashes.dedup();
        Shingles {
            hashes,
            is_cut: limit.is_some(),
        }
    }

    /// The greatest hash up to which the pairs are known. `None` where all are.
    pub(super) fn limit(&self) -> Option<Shingle> {
        self.hashes.last().copied().filter(|_| self.is_cut)
    }

    /// The hashes up to a limit, in order.
    pub(super) fn up_to(&self, limit: Option<Shingle>) -> &[Shingle] {
        let count = match limit {
            Some(limit) => self.hashes.partition_point(|hash| *hash <= limit),
            None => self.hashes.len(),
        };
        &self.hashes[..count]
    }

    /// All hashes that are known.
    pub(super) fn known(&self) -> &[Shingle] {
        &self.hashes
    }
}

impl fmt::Display for Shingles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(self.hashes.len() * DIGITS_A_SHINGLE + 1);
        for hash in &self.hashes {
            for digit in (0..DIGITS_A_SHINGLE).rev() {
                let value = hash >> (5 * digit) & 31;
                text.push(char::from(DIGITS[value as usize]));
            }
        }
        if self.is_cut {
            text.push(CUT);
        }
        f.write_str(&text)
    }
}

impl FromStr for Shingles {
    type Err = ();

    fn from_str(text: &str) -> Result<Shingles, ()> {
        let (digits, is_cut) = match text.strip_suffix(CUT) {
            Some(digits) => (digits.as_bytes(), true),
            None => (text.as_bytes(), false),
        };
        let (words, rest) = digits.as_chunks::<DIGITS_A_SHINGLE>();
        let word = |digits: &[u8; DIGITS_A_SHINGLE]| {
            digits.iter().try_fold(0, |hash, digit| {
                let value = DIGITS.iter().position(|known| known == digit)?;
                Some(hash << 5 | value as Shingle)
            })
        };
        let hashes: Option<Vec<Shingle>> = words.iter().map(word).collect();
        let hashes = hashes
            .filter(|hashes| rest.is_empty() && hashes.is_sorted())
            .ok_or(())?;
        Ok(Shingles { hashes, is_cut })
    }
}

/// Calls `take` with each word of a folded text. Where words are written without spaces between
/// them, each two neighbouring characters are one.
pub(super) fn each_word(folded: &str, mut take: impl FnMut(&str)) {
    let mut start = None;
    let mut pair: Option<usize> = None;
    for (at, c) in folded.char_indices() {
        let is_part = c.is_alphanumeric();
        let is_spaced = is_part && !is_written_without_spaces(c);
        if !is_spaced && let Some(from) = start.take() {
            take(&folded[from..at]);
        }
        match (is_spaced, is_part) {
            (true, _) => {
                start.get_or_insert(at);
                pair = None;
            }
            (false, true) => {
                take(&folded[pair.unwrap_or(at)..at + c.len_utf8()]);
                pair = Some(at);
            }
            (false, false) => pair = None,
        }
    }
    if let Some(from) = start {
        take(&folded[from..]);
    }
}

/// Letters of Chinese, Japanese, Thai, Lao, Burmese and Khmer.
fn is_written_without_spaces(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// FNV-1a.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}

/// The finaliser of MurmurHash3 on both hashes, its upper bits.
fn pair(first: u64, second: u64) -> Shingle {
    let mut hash = first.rotate_left(23) ^ second;
    hash = (hash ^ hash >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ hash >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    (hash >> (64 - BITS)) as Shingle
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        each_word(&fold(text), |word| words.push(word.to_owned()));
        words
    }

    #[test]
    fn words_are_found_in_all_scripts() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            assert_eq!(words_of(text).join(" "), expected, "{text}");
        }
        check("Über-C++, foo_bar(42)?", "über c foo bar 42");
        check("数据库 x", "数 数据 据库 x");
        check("用Redis锁", "用 redis 锁");
        check("ما هو القفل؟", "ما هو القفل");
        check("", "");
    }

    #[test]
    fn words_come_back_from_their_text() {
        #[track_caller]
        fn check(text: &str) {
            let words = Shingles::sample(text);
            assert_eq!(words.to_string().parse(), Ok(words), "{text}");
        }
        check("");
        check("one two three two");
        let many: Vec<String> = (0..500).map(|n| n.to_string()).collect();
        check(&many.join(" "));
        for wrong in ["abc", "abcl", "zzzz0000", "+a"] {
            assert_eq!(wrong.parse::<Shingles>(), Err(()), "{wrong}");
        }
    }

    #[test]
    fn a_sample_is_the_beginning_of_all() {
        let text: String = (0..300).map(|n| format!("w{n} ")).collect();
        let (all, sample) = (Shingles::all(&text), Shingles::sample(&text));
        assert_eq!(sample.known(), &all.known()[..MAX_SHINGLES]);
        assert_eq!(all.up_to(sample.limit()), sample.known());
        assert!(all.limit().is_none() && all.known().len() > 295);
    }

    #[test]
    fn of_several_texts_as_much_is_known_as_of_each() {
        let long: String = (0..300).map(|n| format!("w{n} ")).collect();
        let parts = [Shingles::sample(&long), Shingles::sample("a b c")];
        let union = Shingles::union(parts.iter());
        let all = Shingles::all(&format!("{long} a b c"));
        assert_eq!(union.known(), all.up_to(parts[0].limit()));
    }

    /// Ledgers hold these: they never change within a format.
    #[test]
    fn the_hashes_are_their_golden_vectors() {
        assert_eq!(
            Shingles::sample("What is a slot? 数据").to_string(),
            "8p46s21csa0stafktqq4tvr1w196"
        );
    }
}
