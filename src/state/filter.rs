//! Some of the cards: those of a deck, of a section of one, or with a tag. The choice lives in the
//! address, as in `cards?in=python.md/Memory`.

use deck::{Bundle, CardEntry, CardIndex};
use study::sort_by;

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
    let mut found = found(bundle);
    // What is the same stands together then, the first of it first.
    sort_by(&mut found, |one, other| one.query.cmp(&other.query));
    found.dedup_by(|other, first| {
        let is_same = other.query == first.query;
        first.count += if is_same { other.count } else { 0 };
        is_same
    });
    let place = |found: &Found| (matches!(found.filter, Filter::Tag { .. }), found.at);
    sort_by(&mut found, |one, other| place(one).cmp(&place(other)));
    found
        .into_iter()
        .map(|found| (found.filter, found.count))
        .collect()
}

/// A filter as it was found, which is once for all cards in a row that are filtered alike.
struct Found {
    filter: Filter,
    query: String,
    at: usize,
    count: u32,
}

fn found(bundle: &Bundle<'_>) -> Vec<Found> {
    let cards: Vec<CardEntry<'_>> = bundle.cards().collect();
    let mut found = Vec::new();
    for same in cards.chunk_by(|one, other| is_same(*one, *other)) {
        for filter in same.iter().take(1).copied().flat_map(Filter::of) {
            found.push(Found {
                filter,
                query: filter.query(bundle),
                at: found.len(),
                count: same.len() as u32,
            });
        }
    }
    found
}

/// Whether whatever takes one card takes the other.
fn is_same(one: CardEntry<'_>, other: CardEntry<'_>) -> bool {
    one.deck() == other.deck() && one.section().eq(other.section()) && one.tags().eq(other.tags())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_filter_is_listed_once_and_takes_as_many_cards_as_it_says() {
        let notes = include_bytes!(concat!(env!("OUT_DIR"), "/decks.bin"));
        let bundle = Bundle::new(notes).expect("build.rs wrote it");
        let filters = filters(&bundle);
        let queries: Vec<String> = filters.iter().map(|(one, _)| one.query(&bundle)).collect();
        for (filter, count) in &filters {
            let cards = bundle.cards().filter(|card| filter.takes(&bundle, *card));
            assert_eq!(cards.count() as u32, *count, "{filter:?}");
            let query = filter.query(&bundle);
            let listed = queries.iter().filter(|other| **other == query);
            assert_eq!(listed.count(), 1, "{query}");
        }
        for filter in bundle.cards().flat_map(Filter::of) {
            assert!(queries.contains(&filter.query(&bundle)), "{filter:?}");
        }
    }
}
