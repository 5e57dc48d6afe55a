//! The cards of a bundle as this device knew them last, and how those of now differ.

use deck::{Bundle, CardId};
use study::{crc32, sort_by};

const FIRST_WORDS: &str = "quire-catalogue 1";

/// The cards of one bundle: what the learner may notice of them, and no answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Catalogue {
    version: String,
    decks: Vec<KnownDeck>,
    /// In the order of the notes.
    cards: Vec<KnownCard>,
    /// The places in `cards`, in the order of the ids.
    by_id: Vec<u32>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct KnownDeck {
    path: String,
    title: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct KnownCard {
    id: CardId,
    deck: u32,
    fingerprint: u32,
    question: String,
}

/// A card that is not what it was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changed {
    /// Its id.
    pub card: CardId,
    /// Its question: of now, or the last one of a card that is gone.
    pub question: String,
    /// The title of its deck, or of the last one.
    pub deck: String,
    /// What happened, at least one thing.
    pub changes: Vec<CardChange>,
}

/// One thing that happened to a card.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CardChange {
    /// It was not there.
    New,
    /// It has another question.
    Reworded {
        /// The question that it had.
        before: String,
    },
    /// It has another answer.
    Edited,
    /// It is in another deck.
    Moved {
        /// The title of the deck that it was in.
        from: String,
    },
    /// It was not there, and has reviews of before.
    Returned,
    /// It is gone. Its reviews stay.
    Retired,
}

/// How many cards each change happened to, in the order of [`CardChange::NAMES`].
pub type Tally = [u32; 6];

impl CardChange {
    /// What each is called.
    pub const NAMES: [&str; 6] = ["new", "reworded", "edited", "moved", "returned", "retired"];

    fn rank(&self) -> usize {
        match self {
            CardChange::New => 0,
            CardChange::Reworded { .. } => 1,
            CardChange::Edited => 2,
            CardChange::Moved { .. } => 3,
            CardChange::Returned => 4,
            CardChange::Retired => 5,
        }
    }
}

/// How many cards each change happened to.
pub fn tally(changed: &[Changed]) -> Tally {
    let mut tally = Tally::default();
    for change in changed.iter().flat_map(|card| &card.changes) {
        tally[change.rank()] += 1;
    }
    tally
}

/// The cards that differ, by what happened to them. White space makes no difference, nor does
/// anything else that the catalogue has not.
pub fn compare(
    then: &Catalogue,
    now: &Catalogue,
    was_reviewed: impl Fn(CardId) -> bool,
) -> Vec<Changed> {
    let here = now.cards.iter().filter_map(|card| {
        let changes = match then.find(card.id) {
            Some(known) => differences(then.deck(known), known, now.deck(card), card),
            None if was_reviewed(card.id) => vec![CardChange::Returned],
            None => vec![CardChange::New],
        };
        (!changes.is_empty()).then(|| now.changed(card, changes))
    });
    let gone = then.cards.iter().filter(|card| now.find(card.id).is_none());
    let gone = gone.map(|card| then.changed(card, vec![CardChange::Retired]));
    let mut changed: Vec<Changed> = here.chain(gone).collect();
    let rank = |card: &Changed| card.changes[0].rank();
    sort_by(&mut changed, |one, other| rank(one).cmp(&rank(other)));
    changed
}

fn differences(
    old_deck: &KnownDeck,
    old: &KnownCard,
    deck: &KnownDeck,
    card: &KnownCard,
) -> Vec<CardChange> {
    let mut changes = Vec::new();
    if old.question != card.question {
        changes.push(CardChange::Reworded {
            before: old.question.clone(),
        });
    }
    if old.fingerprint != card.fingerprint {
        changes.push(CardChange::Edited);
    }
    // A file of another name is the same deck to the learner, and so is a deck with a new title.
    if old_deck.path != deck.path && old_deck.title != deck.title {
        changes.push(CardChange::Moved {
            from: old_deck.title.clone(),
        });
    }
    changes
}

impl Catalogue {
    /// The catalogue of a bundle.
    pub fn of(bundle: &Bundle<'_>) -> Catalogue {
        let decks = bundle.decks().map(|deck| KnownDeck {
            path: one_line(deck.path()),
            title: one_line(deck.title()),
        });
        let cards = bundle.cards().map(|card| KnownCard {
            id: card.id(),
            deck: card.deck().0,
            fingerprint: card.fingerprint(),
            question: one_line(card.question()),
        });
        Catalogue::new(bundle.version(), decks.collect(), cards.collect())
    }

    /// The version of its bundle.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The catalogue as a text: a line for each deck and, below it, for each of its cards; a
    /// checksum at the end.
    pub fn encode(&self) -> String {
        let mut text = format!("{FIRST_WORDS} {}\n", self.version);
        let mut last_deck = None;
        for card in &self.cards {
            if last_deck != Some(card.deck) {
                last_deck = Some(card.deck);
                let KnownDeck { path, title } = self.deck(card);
                text += &format!("+{path}\t{title}\n");
            }
            let KnownCard {
                id,
                fingerprint,
                question,
                ..
            } = card;
            text += &format!("{id} {fingerprint} {question}\n");
        }
        let checksum = crc32(text.as_bytes());
        text += &checksum.to_string();
        text
    }

    /// Reads a catalogue; `None` where the text is not whole.
    pub fn decode(text: &str) -> Option<Catalogue> {
        let (lines, checksum) = text.split_at(text.rfind('\n')? + 1);
        if checksum.parse() != Ok(crc32(lines.as_bytes())) {
            return None;
        }
        let mut lines = lines.lines();
        let version = lines.next()?.strip_prefix(FIRST_WORDS)?.trim_start();
        let (mut decks, mut cards) = (Vec::new(), Vec::new());
        for line in lines {
            if let Some(deck) = line.strip_prefix('+') {
                let (path, title) = deck.split_once('\t')?;
                let (path, title) = (path.to_owned(), title.to_owned());
                decks.push(KnownDeck { path, title });
                continue;
            }
            let mut words = line.splitn(3, ' ');
            cards.push(KnownCard {
                id: words.next()?.parse().ok()?,
                deck: (decks.len() as u32).checked_sub(1)?,
                fingerprint: words.next()?.parse().ok()?,
                question: words.next()?.to_owned(),
            });
        }
        Some(Catalogue::new(version, decks, cards))
    }

    fn new(version: &str, decks: Vec<KnownDeck>, cards: Vec<KnownCard>) -> Catalogue {
        let mut by_id: Vec<u32> = (0..cards.len() as u32).collect();
        let id = |place: &u32| cards[*place as usize].id;
        sort_by(&mut by_id, |one, other| id(one).cmp(&id(other)));
        Catalogue {
            version: version.to_owned(),
            decks,
            cards,
            by_id,
        }
    }

    fn find(&self, id: CardId) -> Option<&KnownCard> {
        let card = |place: &u32| &self.cards[*place as usize];
        let found = self.by_id.binary_search_by(|place| card(place).id.cmp(&id));
        found.ok().map(|rank| card(&self.by_id[rank]))
    }

    fn deck(&self, card: &KnownCard) -> &KnownDeck {
        &self.decks[card.deck as usize]
    }

    fn changed(&self, card: &KnownCard, changes: Vec<CardChange>) -> Changed {
        Changed {
            card: card.id,
            question: card.question.clone(),
            deck: self.deck(card).title.clone(),
            changes,
        }
    }
}

/// A text without line breaks, and with one space where there are several.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GO: (&str, &str) = ("go.md", "Go");
    const RUST: (&str, &str) = ("rust.md", "Rust");

    /// Cards as deck, id, question and fingerprint, decks together.
    fn catalogue(cards: &[((&str, &str), &str, &str, u32)]) -> Catalogue {
        let mut decks: Vec<KnownDeck> = Vec::new();
        let mut known = Vec::new();
        for ((path, title), id, question, fingerprint) in cards {
            if decks.last().is_none_or(|deck| deck.path != *path) {
                let (path, title) = ((*path).to_owned(), (*title).to_owned());
                decks.push(KnownDeck { path, title });
            }
            known.push(KnownCard {
                id: id.parse().unwrap(),
                deck: decks.len() as u32 - 1,
                fingerprint: *fingerprint,
                question: one_line(question),
            });
        }
        Catalogue::new("0123456789abcdef", decks, known)
    }

    fn before() -> Catalogue {
        catalogue(&[
            (GO, "chan", "What is a channel?", 1),
            (GO, "defer", "When does defer run?", 2),
            (RUST, "borrow", "What is a borrow?", 3),
        ])
    }

    /// What is told of the edit from `before` to these cards, one line a card.
    #[track_caller]
    fn check(now: &[((&str, &str), &str, &str, u32)], expected: &[&str]) {
        let reviewed = |id: CardId| id.as_str() == "old" || id.as_str() == "defer";
        let told = compare(&before(), &catalogue(now), reviewed);
        let told: Vec<String> = told.iter().map(line).collect();
        assert_eq!(told, expected);
    }

    fn line(card: &Changed) -> String {
        let changes = card.changes.iter().map(|change| match change {
            CardChange::Reworded { before } => format!("reworded from {before}"),
            CardChange::Moved { from } => format!("moved from {from}"),
            other => CardChange::NAMES[other.rank()].to_owned(),
        });
        let changes: Vec<String> = changes.collect();
        let Changed {
            card: id,
            deck,
            question,
            ..
        } = card;
        format!("{id} {deck}: {question} {}", changes.join(", "))
    }

    #[test]
    fn the_same_cards_tell_nothing_whatever_their_order_and_white_space() {
        check(
            &[
                (RUST, "borrow", "What is\n a borrow?", 3),
                (GO, "defer", "When does defer run?", 2),
                (GO, "chan", " What is a  channel?", 1),
            ],
            &[],
        );
    }

    #[test]
    fn a_file_or_a_title_of_another_name_moves_no_card() {
        let (file, title) = (("golang.md", "Go"), ("rust.md", "Rust by hand"));
        check(
            &[
                (file, "chan", "What is a channel?", 1),
                (file, "defer", "When does defer run?", 2),
                (title, "borrow", "What is a borrow?", 3),
            ],
            &[],
        );
    }

    #[test]
    fn each_thing_that_happened_to_a_card_is_told() {
        check(
            &[
                (GO, "chan", "What is a Go channel?", 1),
                (GO, "select", "What does select do?", 9),
                (RUST, "defer", "What does defer do?", 7),
                (RUST, "borrow", "What is a borrow?", 4),
                (RUST, "old", "What was this?", 5),
            ],
            &[
                "select Go: What does select do? new",
                "chan Go: What is a Go channel? reworded from What is a channel?",
                "defer Rust: What does defer do? reworded from When does defer run?, edited, \
                 moved from Go",
                "borrow Rust: What is a borrow? edited",
                "old Rust: What was this? returned",
            ],
        );
    }

    #[test]
    fn a_card_that_is_gone_is_retired_with_its_last_question() {
        let kept = [
            (GO, "chan", "What is a channel?", 1),
            (RUST, "borrow", "What is a borrow?", 3),
        ];
        check(&kept, &["defer Go: When does defer run? retired"]);
        let told = compare(&before(), &catalogue(&kept), |_| false);
        assert_eq!(tally(&told), [0, 0, 0, 0, 0, 1]);
    }

    #[test]
    fn a_catalogue_is_read_back_as_it_was_written() {
        let text = before().encode();
        assert_eq!(Catalogue::decode(&text), Some(before()));
        let empty = catalogue(&[]);
        assert_eq!(Catalogue::decode(&empty.encode()), Some(empty));
    }

    #[test]
    fn a_catalogue_that_is_not_whole_is_none() {
        let text = before().encode();
        for end in 0..text.len() {
            assert_eq!(Catalogue::decode(&text[..end]), None, "{end}");
        }
        assert_eq!(Catalogue::decode(&text.replace("borrow?", "burrow?")), None);
    }
}
