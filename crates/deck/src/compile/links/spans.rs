//! `Spans`: which card a place of a note belongs to.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The cards of a note, by their number in it, and where they stand. Cards may stand in others.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Spans {
    cards: Vec<(Range<usize>, usize)>,
    /// From each place on, the innermost card there.
    changes: Vec<(usize, Option<usize>)>,
}

impl Spans {
    pub(super) fn add(&mut self, range: Range<usize>, card: usize) {
        self.cards.push((range, card));
    }

    /// To be called when all cards are there. Of cards made from one place the first counts.
    pub(super) fn finish(&mut self) {
        self.cards
            .sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        self.cards.dedup_by(|later, first| later.0 == first.0);
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (range, card) in &self.cards {
            close(&mut open, &mut self.changes, range.start);
            self.changes.push((range.start, Some(*card)));
            // One that began in another ends with it at the latest.
            let end = open
                .last()
                .map_or(range.end, |(end, _)| range.end.min(*end));
            open.push((end, *card));
        }
        close(&mut open, &mut self.changes, usize::MAX);
    }

    /// The first card of the note.
    pub(super) fn first(&self) -> Option<usize> {
        self.cards.first().map(|(_, card)| *card)
    }

    /// The innermost card that holds a place.
    pub(super) fn at(&self, offset: usize) -> Option<usize> {
        let count = self.changes.partition_point(|(at, _)| *at <= offset);
        self.changes[..count].last()?.1
    }

    /// The first card that begins after a place.
    pub(super) fn after(&self, offset: usize) -> Option<(usize, usize)> {
        let count = self
            .cards
            .partition_point(|(range, _)| range.start <= offset);
        self.cards
            .get(count)
            .map(|(range, card)| (range.start, *card))
    }
}

/// Ends the cards that end before a place.
fn close(open: &mut Vec<(usize, usize)>, changes: &mut Vec<(usize, Option<usize>)>, before: usize) {
    while let Some((end, _)) = open.pop_if(|(end, _)| *end <= before) {
        changes.push((end, open.last().map(|(_, card)| *card)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_belongs_to_the_innermost_card_around_it() {
        let mut spans = Spans::default();
        spans.add(20..30, 2);
        spans.add(2..18, 0);
        spans.add(4..6, 1);
        spans.add(4..6, 3);
        spans.finish();
        assert_eq!(spans.at(1), None);
        assert_eq!(spans.at(3), Some(0));
        assert_eq!(spans.at(5), Some(1));
        assert_eq!(spans.at(6), Some(0));
        assert_eq!(spans.at(18), None);
        assert_eq!(spans.at(25), Some(2));
        assert_eq!(spans.after(18), Some((20, 2)), "the next card is found");
        assert_eq!(spans.first(), Some(0));
    }
}
