//! `Repaired`: a copy of a note with marks put in, and the way back from its places.

use std::ops::Range;
use std::rc::Rc;

/// A text to put in, and the place in the note where it belongs.
pub(super) struct Insertion {
    pub(super) at: usize,
    pub(super) text: String,
}

/// The copy.
#[derive(Debug)]
pub(crate) struct Repaired {
    pub(super) text: String,
    pub(super) insertions: Insertions,
}

/// What was put in: for each its place in the copy, its length, and the length of all before it.
#[derive(Clone, Default, Debug)]
pub(crate) struct Insertions(Rc<[(usize, usize, usize)]>);

impl Repaired {
    /// `insertions` are in order of their places.
    pub(super) fn new(note: &str, insertions: impl Iterator<Item = Insertion>) -> Repaired {
        let mut text = String::with_capacity(note.len() + 64);
        let mut places = Vec::new();
        let (mut done, mut before) = (0, 0);
        for insertion in insertions {
            text.push_str(&note[done..insertion.at]);
            places.push((text.len(), insertion.text.len(), before));
            text.push_str(&insertion.text);
            before += insertion.text.len();
            done = insertion.at;
        }
        text.push_str(&note[done..]);
        Repaired {
            text,
            insertions: Insertions(places.into()),
        }
    }
}

impl Insertions {
    /// The place in the note of a place in the copy. What was put in has no length there.
    pub(crate) fn original(&self, offset: usize) -> usize {
        let count = self.0.partition_point(|(at, ..)| *at <= offset);
        match count.checked_sub(1).map(|last| self.0[last]) {
            None => offset,
            Some((at, len, before)) => (at - before).max(offset.saturating_sub(before + len)),
        }
    }

    pub(super) fn original_range(&self, range: &Range<usize>) -> Range<usize> {
        self.original(range.start)..self.original(range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_the_copy_lead_back_to_the_note() {
        let put = |at, text: &str| Insertion {
            at,
            text: text.to_owned(),
        };
        let repaired = Repaired::new("abcdef", [put(2, "--"), put(4, "+")].into_iter());
        assert_eq!(repaired.text, "ab--cd+ef");
        let back: Vec<usize> = (0..=9).map(|at| repaired.insertions.original(at)).collect();
        assert_eq!(back, [0, 1, 2, 2, 2, 3, 4, 4, 5, 6]);
    }
}
