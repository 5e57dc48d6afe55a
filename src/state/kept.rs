//! The text of a card as it was at a review, kept to show later what was edited since.

use deck::{Bundle, CardIndex, PartId};

use super::difference::{Piece, difference};
use super::plain::plain_text;

/// So many texts of a card are kept: an answer that is taken back leaves the one before.
const MOST_TEXTS: usize = 2;

/// A card as text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CardText {
    /// The fingerprint of its answer.
    pub fingerprint: u32,
    /// Its question.
    pub question: String,
    /// The parts of its answer.
    pub parts: Vec<(PartId, String)>,
}

/// The texts of one card at its reviews, the newest first.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Kept(Vec<CardText>);

/// How the text of a card differs from an earlier one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextChange {
    /// The question, where it is another.
    pub question: Option<Vec<Piece>>,
    /// The parts that are others, in today's order; then those that are gone.
    pub parts: Vec<Vec<Piece>>,
}

impl CardText {
    /// The text of a card as it is now.
    pub fn of(bundle: &Bundle<'_>, card: CardIndex) -> CardText {
        let entry = bundle.card(card);
        let parts = bundle.body(card).parts();
        CardText {
            fingerprint: entry.fingerprint(),
            question: plain_text(entry.question_html()),
            parts: parts
                .map(|part| (part.id(), plain_text(part.html())))
                .collect(),
        }
    }

    /// What is in this text and not in an earlier one, and the other way round. Parts are the same
    /// by their id; of the others, those in the same order belong together.
    pub fn since(&self, before: &CardText) -> TextChange {
        let question = (before.question != self.question)
            .then(|| difference(&before.question, &self.question));
        let is_in = |text: &CardText, id: PartId| text.parts.iter().any(|(other, _)| *other == id);
        let mut gone = before.parts.iter().filter(|(id, _)| !is_in(self, *id));
        let mut pairs = Vec::new();
        for (id, now) in &self.parts {
            let same = before.parts.iter().find(|(other, _)| other == id);
            let old = same.or_else(|| gone.next());
            pairs.push((old.map_or("", |(_, old)| old.as_str()), now.as_str()));
        }
        pairs.extend(gone.map(|(_, old)| (old.as_str(), "")));
        let changed = pairs.into_iter().filter(|(old, now)| old != now);
        TextChange {
            question,
            parts: changed.map(|(old, now)| difference(old, now)).collect(),
        }
    }
}

impl Kept {
    /// Adds the text of the newest review, and gives what is to be kept where that is news.
    #[must_use]
    pub fn take(&mut self, text: CardText) -> Option<&Kept> {
        if self.0.first() == Some(&text) {
            return None;
        }
        self.0.retain(|known| *known != text);
        self.0.insert(0, text);
        self.0.truncate(MOST_TEXTS);
        Some(self)
    }

    /// The newest text whose answer has this fingerprint.
    pub fn find(&self, fingerprint: u32) -> Option<&CardText> {
        let mut texts = self.0.iter();
        texts.find(|text| text.fingerprint == fingerprint)
    }

    /// The texts as one: of each a line with its fingerprint and the number of its parts, its
    /// question, and its parts.
    pub fn encode(&self) -> String {
        let mut all = String::new();
        for CardText {
            fingerprint,
            question,
            parts,
        } in &self.0
        {
            all += &format!("{fingerprint} {}\n{question}\n", parts.len());
            for (id, part) in parts {
                all += &format!("{id} {part}\n");
            }
        }
        all
    }

    /// Reads texts, up to the first that is not whole.
    pub fn decode(all: &str) -> Kept {
        let mut lines = all.lines();
        let texts = std::iter::from_fn(|| {
            let (fingerprint, parts) = lines.next()?.split_once(' ')?;
            let question = lines.next()?.to_owned();
            let part = |line: &str| {
                let (id, part) = line.split_once(' ')?;
                Some((id.parse().ok()?, part.to_owned()))
            };
            let parts = (0..parts.parse::<u32>().ok()?).map(|_| part(lines.next()?));
            Some(CardText {
                parts: parts.collect::<Option<Vec<_>>>()?,
                fingerprint: fingerprint.parse().ok()?,
                question,
            })
        });
        Kept(texts.take(MOST_TEXTS).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(fingerprint: u32, question: &str, parts: &[(&str, &str)]) -> CardText {
        let parts = parts.iter();
        CardText {
            fingerprint,
            question: question.to_owned(),
            parts: parts
                .map(|(id, part)| (id.parse().unwrap(), (*part).to_owned()))
                .collect(),
        }
    }

    fn first() -> CardText {
        text(1, "Why?", &[("core", "Core: it is so"), ("more", "More")])
    }

    fn shown(pieces: &[Piece]) -> String {
        let pieces = pieces.iter().map(|piece| match piece {
            Piece::Same(text) => text.clone(),
            Piece::Removed(text) => format!("[-{text}-]"),
            Piece::Added(text) => format!("{{+{text}+}}"),
        });
        pieces.collect()
    }

    #[test]
    fn only_what_changed_is_shown_part_by_part() {
        #[track_caller]
        fn check(now: &CardText, question: Option<&str>, parts: &[&str]) {
            let change = now.since(&first());
            assert_eq!(change.question.as_deref().map(shown).as_deref(), question);
            let shown: Vec<String> = change.parts.iter().map(|part| shown(part)).collect();
            assert_eq!(shown, parts);
        }
        check(&first(), None, &[]);
        let edited = text(2, "Why?", &[("core", "Core: it was so"), ("more", "More")]);
        check(&edited, None, &["Core: it [-is -]{+was +}so"]);
        let reordered = text(
            3,
            "Why not?",
            &[("more", "More"), ("core", "Core: it is so")],
        );
        check(&reordered, Some("[-Why?-]{+Why not?+}"), &[]);
        let relabelled = text(
            4,
            "Why?",
            &[("core", "Core: it is so"), ("also", "More of it")],
        );
        check(&relabelled, None, &["More {+of it+}"]);
        let longer = text(
            5,
            "Why?",
            &[("a", "Also"), ("core", "Core: it is so"), ("more", "More")],
        );
        check(&longer, None, &["{+Also+}"]);
        let shorter = text(6, "Why?", &[("more", "More")]);
        check(&shorter, None, &["[-Core: it is so-]"]);
    }

    #[test]
    fn the_texts_of_the_last_two_reviews_are_kept_and_read_back() {
        let mut kept = Kept::default();
        assert!(kept.take(first()).is_some());
        assert!(kept.take(first()).is_none(), "the same text again");
        for fingerprint in [2, 3] {
            assert!(kept.take(text(fingerprint, "", &[])).is_some());
        }
        assert_eq!(kept.find(1), None, "the oldest went");
        assert!(kept.take(first()).is_some());
        assert_eq!(Kept::decode(&kept.encode()), kept);
        assert_eq!(kept.find(1), Some(&first()));
        assert_eq!(kept.find(3), Some(&text(3, "", &[])));
    }

    #[test]
    fn a_text_that_is_not_whole_is_not_read() {
        let mut kept = Kept::default();
        assert!(kept.take(first()).is_some());
        let all = kept.encode();
        for damaged in [
            "",
            "x",
            "1 3",
            "1 2\nWhy?\ncore",
            all.trim_end_matches("more More\n"),
        ] {
            assert_eq!(Kept::decode(damaged), Kept::default(), "{damaged:?}");
        }
    }
}
