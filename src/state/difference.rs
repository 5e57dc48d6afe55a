//! What changed from one text to another, as words that are the same, removed and added.

use study::crc32;

/// Beyond so many pairs of words a change is shown as one: this many take some milliseconds.
const MOST_PAIRS: usize = 400_000;
/// From here on scripts are written without spaces: each character is a word.
const FIRST_WIDE: char = '\u{2e80}';

/// A word with the spaces behind it, and a checksum of it without them: words are compared often.
struct Word<'a> {
    text: &'a str,
    checksum: u32,
}

/// Some words in a row, with the spaces behind them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// In both texts.
    Same(String),
    /// In the earlier text only.
    Removed(String),
    /// In the later text only.
    Added(String),
}

/// The later text with what was removed from the earlier one in its place.
pub fn difference(before: &str, now: &str) -> Vec<Piece> {
    let (old, new) = (words(before), words(now));
    let start = common(old.iter(), new.iter());
    let end = common(old[start..].iter().rev(), new[start..].iter().rev());
    let (old_end, new_end) = (old.len() - end, new.len() - end);
    let mut pieces = Pieces::default();
    pieces.same(&new[..start]);
    pieces.middle(&old[start..old_end], &new[start..new_end]);
    pieces.same(&new[new_end..]);
    pieces.flush();
    pieces.done
}

/// The words of a text, each with the spaces behind it.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut last = ' ';
    for (at, char) in text.char_indices() {
        let begins = last.is_whitespace() || last >= FIRST_WIDE || char >= FIRST_WIDE;
        if at > start && begins && !char.is_whitespace() {
            words.push(Word::of(&text[start..at]));
            start = at;
        }
        last = char;
    }
    if start < text.len() {
        words.push(Word::of(&text[start..]));
    }
    words
}

impl Word<'_> {
    fn of(text: &str) -> Word<'_> {
        let checksum = crc32(text.trim_end().as_bytes());
        Word { text, checksum }
    }

    fn is(&self, other: &Word<'_>) -> bool {
        self.checksum == other.checksum && self.text.trim_end() == other.text.trim_end()
    }
}

/// How many words two texts begin with together.
fn common<'a>(
    one: impl Iterator<Item = &'a Word<'a>>,
    other: impl Iterator<Item = &'a Word<'a>>,
) -> usize {
    one.zip(other)
        .take_while(|(one, other)| one.is(other))
        .count()
}

/// Pieces that are being gathered: within a change, what was removed comes first.
#[derive(Default)]
struct Pieces {
    done: Vec<Piece>,
    same: String,
    removed: String,
    added: String,
}

impl Pieces {
    fn same(&mut self, words: &[Word<'_>]) {
        for word in words {
            if !(self.removed.is_empty() && self.added.is_empty()) {
                self.flush();
            }
            self.same += word.text;
        }
    }

    fn flush(&mut self) {
        let mut put = |text: &mut String, piece: fn(String) -> Piece| {
            if !text.is_empty() {
                self.done.push(piece(std::mem::take(text)));
            }
        };
        put(&mut self.same, Piece::Same);
        put(&mut self.removed, Piece::Removed);
        put(&mut self.added, Piece::Added);
    }

    /// What lies between the common beginning and the common end.
    fn middle(&mut self, old: &[Word<'_>], new: &[Word<'_>]) {
        if old.len() * new.len() > MOST_PAIRS {
            self.removed.extend(old.iter().map(|word| word.text));
            self.added.extend(new.iter().map(|word| word.text));
            return;
        }
        let shared = Shared::of(old, new);
        let (mut at_old, mut at_new) = (0, 0);
        while at_old < old.len() || at_new < new.len() {
            let (here, there) = (old.get(at_old), new.get(at_new));
            match (here, there) {
                (Some(here), Some(there)) if here.is(there) => {
                    self.same(std::slice::from_ref(there));
                    at_old += 1;
                    at_new += 1;
                }
                (Some(word), there)
                    if there.is_none()
                        || shared.from(at_old + 1, at_new) >= shared.from(at_old, at_new + 1) =>
                {
                    self.removed += word.text;
                    at_old += 1;
                }
                (_, word) => {
                    self.added += word.map_or("", |word| word.text);
                    at_new += 1;
                }
            }
        }
    }
}

/// The length of the longest common sequence from any two places on.
struct Shared {
    lengths: Vec<u16>,
    width: usize,
}

impl Shared {
    fn of(old: &[Word<'_>], new: &[Word<'_>]) -> Shared {
        let width = new.len() + 1;
        let mut shared = Shared {
            lengths: vec![0; (old.len() + 1) * width],
            width,
        };
        for (at_old, old) in old.iter().enumerate().rev() {
            for (at_new, new) in new.iter().enumerate().rev() {
                shared.lengths[at_old * width + at_new] = match old.is(new) {
                    // Far fewer than a `u16` holds, since the pairs are bounded.
                    true => shared.from(at_old + 1, at_new + 1) + 1,
                    false => shared
                        .from(at_old + 1, at_new)
                        .max(shared.from(at_old, at_new + 1)),
                };
            }
        }
        shared
    }

    fn from(&self, at_old: usize, at_new: usize) -> u16 {
        self.lengths[at_old * self.width + at_new]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A difference as a text: `[-removed-]`, `{+added+}`.
    fn shown(before: &str, now: &str) -> String {
        let pieces = difference(before, now)
            .into_iter()
            .map(|piece| match piece {
                Piece::Same(text) => text,
                Piece::Removed(text) => format!("[-{text}-]"),
                Piece::Added(text) => format!("{{+{text}+}}"),
            });
        pieces.collect()
    }

    #[test]
    fn words_that_went_and_came_are_marked_and_the_others_stay() {
        #[track_caller]
        fn check(before: &str, now: &str, expected: &str) {
            assert_eq!(shown(before, now), expected);
        }
        check("", "", "");
        check("the same", "the same", "the same");
        check("one two three", "one three", "one [-two -]three");
        check("one three", "one two three", "one {+two +}three");
        check(
            "a red fox ran",
            "a blue dog ran",
            "a [-red fox -]{+blue dog +}ran",
        );
        check("all of it", "", "[-all of it-]");
        check("", "all of it", "{+all of it+}");
        check("a b c d e", "a x c y e", "a [-b -]{+x +}c [-d -]{+y +}e");
        check(
            "at the end",
            "at the end, too",
            "at the [-end-]{+end, too+}",
        );
        check("這是舊的", "這是新的", "這是[-舊-]{+新+}的");
        check("نص قديم هنا", "نص جديد هنا", "نص [-قديم -]{+جديد +}هنا");
    }

    #[test]
    fn either_text_can_be_read_out_of_the_difference() {
        let text = |seed: u32| {
            let mut number = seed;
            let mut words = Vec::new();
            for _ in 0..60 {
                number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                words.push(["a", "be", "see", "do"][(number >> 28) as usize % 4]);
            }
            words.join(" ")
        };
        for seed in 0..200 {
            let (before, now) = (text(seed), text(seed + 1_000));
            let (mut old, mut new) = (String::new(), String::new());
            for piece in difference(&before, &now) {
                match piece {
                    Piece::Same(text) => {
                        old += &text;
                        new += &text;
                    }
                    Piece::Removed(text) => old += &text,
                    Piece::Added(text) => new += &text,
                }
            }
            let bare = |text: &str| text.replace(' ', "");
            assert_eq!(bare(&old), bare(&before));
            assert_eq!(new, now);
        }
    }

    #[test]
    fn a_change_of_very_many_words_is_one_even_where_some_are_the_same() {
        let text = |name: &str| {
            let words = (0..1_200).map(|number| match number % 100 {
                50 => "same ".to_owned(),
                _ => format!("{name}{number} "),
            });
            words.collect::<String>()
        };
        assert_eq!(difference(&text("a"), &text("b")).len(), 2);
    }
}
