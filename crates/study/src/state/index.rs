//! Where events stand, by their ids.

use super::Place;
use crate::id::EventId;

/// Ids of events with places, each list sorted. What a replay brings is a list, since a tree of
/// 200,000 ids costs more than the replay itself; what comes later is a list of its own, so that
/// taking it in moves little.
#[derive(Clone, Default, Debug)]
pub(super) struct Index {
    replayed: Vec<(EventId, Place)>,
    later: Vec<(EventId, Place)>,
}

impl Index {
    /// The index of a list that is sorted.
    pub(super) fn of(replayed: Vec<(EventId, Place)>) -> Index {
        Index {
            replayed,
            later: Vec::new(),
        }
    }

    /// The place of an id that is there once at most.
    pub(super) fn get(&self, id: EventId) -> Option<Place> {
        self.all(id).next()
    }

    /// All places of an id.
    pub(super) fn all(&self, id: EventId) -> impl Iterator<Item = Place> {
        let lists = [&self.replayed, &self.later].into_iter();
        let of_id = lists.flat_map(move |list| {
            let first = list.partition_point(|(other, _)| *other < id);
            list[first..]
                .iter()
                .take_while(move |(other, _)| *other == id)
        });
        of_id.map(|&(_, place)| place)
    }

    /// Adds a place of an id.
    pub(super) fn insert(&mut self, id: EventId, place: Place) {
        let rank = self.later.partition_point(|other| *other < (id, place));
        self.later.insert(rank, (id, place));
    }
}
