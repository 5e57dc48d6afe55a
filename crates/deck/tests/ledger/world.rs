//! A world of notes that are edited, and that knows which card is which: the truth that the ledger
//! is compared with. It shares nothing with the ledger but the cards that it shows.

use std::collections::{BTreeMap, BTreeSet};

/// Random numbers that are the same in every run (SplitMix64).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    pub fn pick<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[self.below(items.len())]
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// A card as its author knows it.
#[derive(Clone, Debug)]
pub struct TrueCard {
    /// Which card it is, whatever is edited.
    pub truth: usize,
    /// The card that it was copied from, or split off, since the last build.
    pub copied_from: Option<usize>,
    /// Whether it was made of two.
    pub is_merged: bool,
    pub question: String,
    pub parts: Vec<TruePart>,
}

#[derive(Clone, Debug)]
pub struct TruePart {
    pub label: String,
    pub text: String,
}

impl TrueCard {
    /// The texts of its parts.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| part.text.as_str())
    }

    /// Its words, as one counts them by eye.
    pub fn words(&self) -> Vec<&str> {
        let parts = self.parts.iter().map(|part| part.text.as_str());
        std::iter::once(self.question.as_str())
            .chain(parts)
            .flat_map(str::split_whitespace)
            .collect()
    }
}

/// Notes by path, each with its cards in order.
#[derive(Clone, Default)]
pub struct World {
    pub notes: BTreeMap<String, Vec<TrueCard>>,
    pub gone: Vec<(String, TrueCard)>,
    /// The cards that were edited since the last build.
    pub touched: BTreeSet<usize>,
    /// The cards that were copied since the last build, and their copies.
    pub copied: BTreeSet<usize>,
    pub truths: usize,
}

/// What nearly every sentence has.
const COMMON: &str = "the a of to in is that it and for with as on are by be this which an at \
    from or when if not can only all its has one more than so into then each but";
/// What sentences are about, the first more often than the last.
const TERMS: &str = "memory thread lock value data key index page cache buffer log node list table \
    object class method function type file process queue message request server client network \
    disk block write read transaction commit tree hash array string pointer stack heap reference \
    cycle collector interpreter bytecode module import generator iterator closure decorator \
    descriptor metaclass slot attribute lookup inheritance exception context manager coroutine \
    event loop task future cancel timeout retry backoff latency throughput bandwidth packet \
    socket handshake certificate token session cookie header cursor shard replica leader follower \
    quorum election term snapshot compaction segment partition offset consumer producer broker \
    topic schema migration constraint isolation anomaly phantom deadlock starvation priority \
    scheduler quantum interrupt syscall kernel paging swap fault mapping allocator fragment arena \
    alignment padding endian encoding unicode surrogate normalization collation locale timezone \
    monotonic skew drift vector lamport gossip anti-entropy merkle bloom sketch cardinality \
    sampling histogram percentile outlier regression overfit gradient embedding tokenizer parser \
    grammar automaton regex lexer optimizer inlining unrolling vectorize prefetch branch predictor \
    pipeline hazard speculative fence barrier acquire release atomic compare exchange spin futex";
const LABELS: &str = "Answer Why How Example Cost Trade-offs Pitfalls Details Limits Summary";
const ASKS: [&str; 8] = [
    "What is",
    "How does",
    "Why is",
    "When would you use",
    "Explain",
    "What happens during",
    "Compare",
    "Name three reasons for",
];

fn words_of(list: &'static str) -> Vec<&'static str> {
    list.split_whitespace().collect()
}

/// A word; common ones and the first terms come often.
pub fn word(chance: &mut Chance) -> &'static str {
    if chance.percent(40) {
        let common = words_of(COMMON);
        return common[chance.below(common.len())];
    }
    let terms = words_of(TERMS);
    let at = chance.below(terms.len()) * chance.below(terms.len()) / terms.len();
    terms[at]
}

pub fn sentence(chance: &mut Chance, words: usize) -> String {
    (0..words)
        .map(|_| word(chance))
        .collect::<Vec<_>>()
        .join(" ")
}

pub fn question(chance: &mut Chance) -> String {
    let terms = words_of(TERMS);
    let about = 1 + chance.below(4);
    let about: Vec<&str> = (0..about).map(|_| *chance.pick(&terms)).collect();
    format!("{} {}?", chance.pick(&ASKS), about.join(" "))
}

fn part(chance: &mut Chance, labelled: bool) -> TruePart {
    let label = if labelled {
        *chance.pick(&words_of(LABELS))
    } else {
        ""
    };
    let length = if labelled {
        12 + chance.below(60)
    } else {
        5 + chance.below(30)
    };
    let text = sentence(chance, length);
    let text = if label.is_empty() {
        text
    } else {
        format!("{label}: {text}")
    };
    TruePart {
        label: label.to_owned(),
        text,
    }
}

impl World {
    /// Some notes with some cards: half of them long answers in parts, half short ones.
    pub fn new(chance: &mut Chance, notes: usize, cards: usize) -> World {
        let mut world = World::default();
        for note in 0..notes {
            let path = format!("note-{note}.md");
            for _ in 0..cards {
                let card = world.card(chance);
                world.notes.entry(path.clone()).or_default().push(card);
            }
        }
        world
    }

    /// A card that there never was.
    pub fn card(&mut self, chance: &mut Chance) -> TrueCard {
        let parts = if chance.percent(50) {
            2 + chance.below(4)
        } else {
            1
        };
        let parts = (0..parts).map(|_| part(chance, parts > 1)).collect();
        TrueCard {
            truth: self.truth(),
            copied_from: None,
            is_merged: false,
            question: question(chance),
            parts,
        }
    }

    pub fn truth(&mut self) -> usize {
        self.truths += 1;
        self.truths
    }

    pub fn cards(&self) -> impl Iterator<Item = (&str, &TrueCard)> {
        self.notes
            .iter()
            .flat_map(|(note, cards)| cards.iter().map(move |card| (note.as_str(), card)))
    }

    /// The path of a note that has cards, and the place of one of them.
    pub fn place(&self, chance: &mut Chance) -> Option<(String, usize)> {
        let places: Vec<(&String, usize)> = self
            .notes
            .iter()
            .flat_map(|(note, cards)| (0..cards.len()).map(move |at| (note, at)))
            .collect();
        if places.is_empty() {
            return None;
        }
        let (note, at) = chance.pick(&places);
        Some(((*note).clone(), *at))
    }

    /// A build has seen the notes: from here on copies are cards like any other.
    pub fn built(&mut self) {
        self.touched.clear();
        self.copied.clear();
        for card in self.notes.values_mut().flatten() {
            card.copied_from = None;
        }
    }

    pub fn card_at(&mut self, place: &(String, usize)) -> &mut TrueCard {
        &mut self.notes.get_mut(&place.0).unwrap()[place.1]
    }
}
