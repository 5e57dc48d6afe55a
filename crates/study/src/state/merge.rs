//! Taking in many events at once: a whole log, or what another device wrote.

use super::{Effect, Entry, Index, Place, State, in_order};
use crate::event::Event;
use crate::id::{Author, EventId};
use crate::order::{sort_by, sorted_places};
use crate::saved::encode_line;

/// So few events are applied one by one.
const FEW_EVENTS: usize = 16;

impl State {
    /// The state of a log whose events arrive in any order, some of them perhaps twice. Of two
    /// events of one id the one whose line sorts first counts, whichever arrived first.
    pub fn replay(author: Author, events: impl IntoIterator<Item = Event>) -> State {
        let mut state = State::new(author);
        state.fill(events.into_iter().collect());
        state
    }

    /// Takes many events into the state, in the time of a replay at most. What is known already
    /// changes nothing.
    pub fn merge(&mut self, events: impl IntoIterator<Item = Event>) {
        let events = events.into_iter();
        let new: Vec<Event> = events.filter(|event| self.would_take(event)).collect();
        if new.len() > FEW_EVENTS {
            return self.replay_with(new);
        }
        for event in new {
            self.insert(event);
        }
    }

    /// Whether merging an event would change the state.
    pub(crate) fn would_take(&self, event: &Event) -> bool {
        let known = self.event(event.id);
        known.is_none_or(|known| counts_instead(event, known))
    }

    /// Replays the log together with further events.
    pub(super) fn replay_with(&mut self, further: Vec<Event>) {
        let known = std::mem::take(&mut self.events);
        let mut events: Vec<Event> = known.into_iter().map(|entry| entry.event).collect();
        events.extend(further);
        *self = State::new(self.author);
        self.fill(events);
    }

    /// Fills an empty state. Each event is enlisted, then those that count take effect in their
    /// order: so each costs one step, and no undo recomputes a card.
    fn fill(&mut self, events: Vec<Event>) {
        let ids = each_once(&events);
        let order = in_order(&events);
        let mut events: Vec<Option<Event>> = events.into_iter().map(Some).collect();
        let mut counted = vec![false; events.len()];
        for &(_, place) in &ids {
            counted[place as usize] = true;
        }
        let mut ranks = vec![0; events.len()];
        self.events.reserve_exact(ids.len());
        let mut undoers = Vec::new();
        for place in order {
            let place = place as usize;
            if let Some(event) = events[place].take_if(|_| counted[place]) {
                let undone = event.undoes();
                ranks[place] = self.enlist(event);
                undoers.extend(undone.map(|named| (named, ranks[place])));
            }
        }
        sort_by(&mut undoers, Ord::cmp);
        self.undoers = Index::of(undoers);
        let ranked = ids
            .into_iter()
            .map(|(id, place)| (id, ranks[place as usize]));
        self.by_id = Index::of(ranked.collect());
        self.undo_in_bulk();
        for place in 0..self.events.len() as Place {
            if self.entry(place).effect == Effect::Yes {
                self.keep_stacks(place, Effect::Yes);
                self.step(place);
            }
        }
    }

    /// Says of all events, which stand in the order of the log, whether they count. An undo
    /// counts or not before the earlier event that it names is looked at.
    fn undo_in_bulk(&mut self) {
        for entry in &mut self.events {
            entry.effect = Effect::Yes;
        }
        for place in (0..self.events.len()).rev() {
            let Entry { event, effect, .. } = &self.events[place];
            if *effect == Effect::No {
                continue;
            }
            if let Some(named) = event.undoes().and_then(|named| self.by_id.get(named))
                && (named as usize) < place
            {
                self.events[named as usize].effect = Effect::No;
            }
        }
    }
}

/// Which of two events of one id counts.
pub(super) fn counts_instead(new: &Event, known: &Event) -> bool {
    new != known && encode_line(new) < encode_line(known)
}

/// The ids of events, sorted, each with the place of the event that counts.
fn each_once(events: &[Event]) -> Vec<(EventId, Place)> {
    let id = |place: Place| events[place as usize].id;
    let by_id = sorted_places(events.len(), &mut |one, other| id(one).cmp(&id(other)));
    let mut ids: Vec<(EventId, Place)> = Vec::with_capacity(events.len());
    for place in by_id {
        let id = id(place);
        match ids.last_mut() {
            Some((last, known)) if *last == id => {
                if counts_instead(&events[place as usize], &events[*known as usize]) {
                    *known = place;
                }
            }
            _ => ids.push((id, place)),
        }
    }
    ids
}
