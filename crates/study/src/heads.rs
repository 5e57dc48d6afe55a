//! Which events a side has: per page load the ranges of its sequence numbers.

use crate::event::Event;
use crate::id::{Author, EventId};
use crate::saved::{decode_line, unsealed};

/// Set of event ids. A page load numbers its events from 0 without a gap, so that a whole log is
/// a few hundred ranges; an import may leave gaps.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Heads {
    /// Sorted by author. No author is without a span.
    authors: Vec<(Author, Vec<Span>)>,
}

/// Sequence numbers from the first to the last, both included. The spans of an author are sorted
/// and neither overlap nor touch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Span {
    first: u32,
    last: u32,
}

impl Heads {
    /// The ids of events.
    pub fn of<'a>(events: impl IntoIterator<Item = &'a Event>) -> Heads {
        let mut heads = Heads::default();
        for event in events {
            heads.insert(event.id);
        }
        heads
    }

    /// Takes an id in, and says whether it was new.
    pub fn insert(&mut self, id: EventId) -> bool {
        match self.find(id.author()) {
            Ok(place) => insert(&mut self.authors[place].1, id.seq),
            Err(place) => {
                let span = Span {
                    first: id.seq,
                    last: id.seq,
                };
                self.authors.insert(place, (id.author(), vec![span]));
                true
            }
        }
    }

    /// Whether an id is among them.
    pub fn contains(&self, id: EventId) -> bool {
        let Ok(place) = self.find(id.author()) else {
            return false;
        };
        let spans = &self.authors[place].1;
        let after = spans.partition_point(|span| span.first <= id.seq);
        after > 0 && spans[after - 1].last >= id.seq
    }

    /// How many ids there are.
    pub fn count(&self) -> usize {
        let spans = self.authors.iter().flat_map(|(_, spans)| spans);
        spans.map(|span| span.count()).sum()
    }

    /// How many of them another side has too.
    pub fn count_shared(&self, other: &Heads) -> usize {
        let shared = self.authors.iter().map(|(author, spans)| {
            let place = other.find(*author).ok();
            place.map_or(0, |place| shared(spans, &other.authors[place].1))
        });
        shared.sum()
    }

    /// Those of the events that are not among them: what a side lacks.
    pub fn lacking<'a>(&self, events: impl IntoIterator<Item = &'a Event>) -> Vec<Event> {
        let events = events.into_iter();
        let lacking = events.filter(|event| !self.contains(event.id));
        lacking.cloned().collect()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.authors.is_empty()
    }

    /// The page loads that wrote them, sorted.
    pub fn authors(&self) -> impl Iterator<Item = Author> {
        self.authors.iter().map(|&(author, _)| author)
    }

    fn find(&self, author: Author) -> Result<usize, usize> {
        // The newest page load is asked about most often, and is the last.
        match self.authors.last() {
            Some((last, _)) if *last == author => Ok(self.authors.len() - 1),
            _ => self
                .authors
                .binary_search_by(|(other, _)| other.cmp(&author)),
        }
    }
}

impl Span {
    fn count(self) -> usize {
        (self.last - self.first) as usize + 1
    }
}

fn insert(spans: &mut Vec<Span>, seq: u32) -> bool {
    let place = spans.partition_point(|span| span.first <= seq);
    let before = place.checked_sub(1).map(|before| spans[before].last);
    if before.is_some_and(|last| last >= seq) {
        return false;
    }
    let follows = before.is_some_and(|last| last + 1 == seq);
    let precedes = spans.get(place).is_some_and(|next| next.first - 1 == seq);
    match (follows, precedes) {
        (true, true) => spans[place - 1].last = spans.remove(place).last,
        (true, false) => spans[place - 1].last = seq,
        (false, true) => spans[place].first = seq,
        (false, false) => {
            let span = Span {
                first: seq,
                last: seq,
            };
            spans.insert(place, span);
        }
    }
    true
}

fn shared(mut ours: &[Span], mut theirs: &[Span]) -> usize {
    let mut count = 0;
    while let ([our, our_rest @ ..], [their, their_rest @ ..]) = (ours, theirs) {
        let first = our.first.max(their.first);
        let last = our.last.min(their.last);
        if first <= last {
            count += Span { first, last }.count();
        }
        if our.last < their.last {
            ours = our_rest;
        } else {
            theirs = their_rest;
        }
    }
    count
}

/// The id that stands at the beginning of a line, as this version writes it. Nothing is checked:
/// a damaged line may give a wrong id.
pub(crate) fn written_id(line: &str) -> Option<EventId> {
    let (id, _) = line.strip_prefix("{\"i\":\"")?.split_once('"')?;
    id.parse().ok()
}

/// The id of a line whose checksum holds.
pub(crate) fn line_id(line: &str) -> Option<EventId> {
    unsealed(line)?;
    written_id(line).or_else(|| Some(decode_line(line).ok()?.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn id((load, seq): (u8, u32)) -> EventId {
        let author = Author {
            device: "dev".parse().unwrap(),
            load: format!("load{load}").parse().unwrap(),
        };
        author.event(seq)
    }

    fn heads(ids: &[(u8, u32)]) -> Heads {
        let mut heads = Heads::default();
        for &pair in ids {
            heads.insert(id(pair));
        }
        heads
    }

    #[test]
    fn a_log_without_gaps_is_one_range_whatever_the_order() {
        let ordered: Vec<(u8, u32)> = (0..1000).map(|seq| (1, seq)).collect();
        let mut shuffled = ordered.clone();
        shuffled.sort_by_key(|(_, seq)| seq.wrapping_mul(2_654_435_761));
        assert_eq!(heads(&ordered), heads(&shuffled));
        assert_eq!(heads(&shuffled).authors[0].1.len(), 1);
    }

    #[test]
    fn the_highest_number_is_a_number_like_any_other() {
        let heads = heads(&[(1, u32::MAX), (1, u32::MAX - 1), (1, u32::MAX), (1, 0)]);
        assert_eq!(heads.count(), 3);
        assert!(heads.contains(id((1, u32::MAX))) && !heads.contains(id((1, 1))));
    }

    proptest! {
        #[test]
        fn heads_are_the_set_of_the_ids(
            ours in prop::collection::vec((0..4_u8, 0..30_u32), 0..60),
            theirs in prop::collection::vec((0..4_u8, 0..30_u32), 0..60),
        ) {
            let set: BTreeSet<(u8, u32)> = ours.iter().copied().collect();
            let other: BTreeSet<(u8, u32)> = theirs.iter().copied().collect();
            let mut built = Heads::default();
            let mut seen = BTreeSet::new();
            for &pair in &ours {
                prop_assert_eq!(built.insert(id(pair)), seen.insert(pair));
            }
            prop_assert_eq!(built.count(), set.len());
            for load in 0..4 {
                for seq in 0..31 {
                    prop_assert_eq!(built.contains(id((load, seq))), set.contains(&(load, seq)));
                }
            }
            let shared = set.intersection(&other).count();
            prop_assert_eq!(built.count_shared(&heads(&theirs)), shared);
            prop_assert_eq!(heads(&theirs).count_shared(&built), shared);
        }
    }
}
