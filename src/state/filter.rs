//! Some of the cards: those of a deck, of a section of one, or with a tag. The choice lives in the
//! address, as in `cards?in=python.md/Memory`.

use deck::{Bundle, CardEntry, CardIndex};

/// Some of the cards, told by one of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Filter {
    /// The cards of this card's deck that stand below the same first headings.
    Section {
        /// Any of the cards.
        card: CardIndex,
        /// How many headings; 0 is the whole deck.
        depth: usize,
    },
    /// The cards that have the same tag.
    Tag {
        /// Any of the cards.
        card: CardIndex,
        /// Which of its tags.
        at: usize,
    },
}

impl Filter {
    /// What a card can be filtered by: its deck, its sections, its tags.
    fn of(card: CardEntry<'_>) -> impl Iterator<Item = Filter> + use<> {
        let (index, sections, tags) = (card.index(), card.section().count(), card.tags().count());
        let section = move |depth| Filter::Section { card: index, depth };
        let tag = move |at| Filter::Tag { card: index, at };
        (0..=sections).map(section).chain((0..tags).map(tag))
    }

    /// Whether a card is one of these.
    pub fn takes(self, bundle: &Bundle<'_>, other: CardEntry<'_>) -> bool {
        match self {
            Filter::Section { card, depth } => {
                let card = bundle.card(card);
                card.deck() == other.deck()
                    && card.section().take(depth).eq(other.section().take(depth))
            }
            Filter::Tag { card, at } => {
                let tag = bundle.card(card).tags().nth(at);
                other.tags().any(|other| Some(other) == tag)
            }
        }
    }

    /// The name that a learner chooses it by.
    pub fn name<'b>(self, bundle: &Bundle<'b>) -> &'b str {
        match self {
            Filter::Section { card, depth: 0 } => bundle.deck(bundle.card(card).deck()).title(),
            Filter::Section { card, depth } => {
                let mut section = bundle.card(card).section();
                section.nth(depth - 1).unwrap_or_default()
            }
            Filter::Tag { card, at } => bundle.card(card).tags().nth(at).unwrap_or_default(),
        }
    }

    /// Its part of the address, behind the `?`.
    pub fn query(self, bundle: &Bundle<'_>) -> String {
        match self {
            Filter::Section { card, depth } => {
                let card = bundle.card(card);
                let mut query = "in=".to_owned();
                escape(&mut query, bundle.deck(card.deck()).path());
                for heading in card.section().take(depth) {
                    query.push('/');
                    escape(&mut query, heading);
                }
                query
            }
            Filter::Tag { .. } => {
                let mut query = "tag=".to_owned();
                escape(&mut query, self.name(bundle));
                query
            }
        }
    }

    /// The filter of an address, if it names one of these cards.
    pub fn find(bundle: &Bundle<'_>, query: &str) -> Option<Filter> {
        if query.is_empty() {
            return None;
        }
        let mut filters = bundle.cards().flat_map(Filter::of);
        filters.find(|filter| filter.query(bundle) == query)
    }
}

/// Every filter with the number of its cards: decks in order, each followed by its sections, and
/// behind all decks the tags.
pub fn filters(bundle: &Bundle<'_>) -> Vec<(Filter, u32)> {
    let mut sections: Vec<(Filter, u32)> = Vec::new();
    let mut tags: Vec<(Filter, u32)> = Vec::new();
    let mut first_of_deck = 0;
    for card in bundle.cards() {
        for filter in Filter::of(card) {
            let (known, from) = match filter {
                Filter::Section { .. } => (&mut sections, first_of_deck),
                Filter::Tag { .. } => (&mut tags, 0),
            };
            let same = |(other, _): &&mut (Filter, u32)| is_same(bundle, *other, filter);
            match known[from..].iter_mut().rev().find(same) {
                Some((_, count)) => *count += 1,
                None => {
                    if matches!(filter, Filter::Section { depth: 0, .. }) {
                        first_of_deck = known.len();
                    }
                    known.push((filter, 1));
                }
            }
        }
    }
    sections.append(&mut tags);
    sections
}

/// Whether two filters take the same cards.
fn is_same(bundle: &Bundle<'_>, one: Filter, other: Filter) -> bool {
    match (one, other) {
        (Filter::Section { depth, .. }, Filter::Section { card, depth: same }) => {
            depth == same && one.takes(bundle, bundle.card(card))
        }
        (Filter::Tag { .. }, Filter::Tag { .. }) => one.name(bundle) == other.name(bundle),
        _ => false,
    }
}

/// Writes a text as an address takes it. What is written here is what is compared: a browser
/// leaves it alone.
fn escape(out: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                out.push(char::from(byte));
            }
            _ => {
                let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or_default();
                out.push('%');
                out.push(digit(byte >> 4).to_ascii_uppercase());
                out.push(digit(byte & 15).to_ascii_uppercase());
            }
        }
    }
}
