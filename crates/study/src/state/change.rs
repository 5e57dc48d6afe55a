//! How one event changes the state.

use super::{Effect, Entry, Place, State};
use crate::card::CardState;
use crate::event::{Asked, Event, Kind};
use crate::settings::Settings;
use crate::tally::Tally;
use deck::CardId;

impl State {
    pub(super) fn insert(&mut self, event: Event) {
        if self.by_id.contains_key(&event.id) {
            return;
        }
        let place = self.events.len() as Place;
        self.by_id.insert(event.id, place);
        if let Some(named) = event.undoes() {
            let undoer = (named, place);
            let rank = self.undoers.partition_point(|other| *other < undoer);
            self.undoers.insert(rank, undoer);
        }
        self.note_author(&event);
        self.enlist(place, &event);
        // Without effect at first: it takes effect in the same way as an event that is redone.
        self.events.push(Entry {
            event,
            effect: Effect::No,
        });
        self.settle(place);
    }

    fn note_author(&mut self, event: &Event) {
        self.clock_ms = self.clock_ms.max(event.hlc_ms);
        if event.id.author() == self.author {
            self.next_seq = self.next_seq.max(event.id.seq.saturating_add(1));
        }
        if event.is_action() && event.id.device == self.author.device {
            self.last_own_action = self.last_own_action.max(Some(event.order_key()));
        }
    }

    /// Puts an event, which is not yet among `events`, in its rank among those of its subject.
    fn enlist(&mut self, place: Place, event: &Event) {
        let list = match (event.card(), &event.kind) {
            (Some(card), _) => &mut self.cards.entry(card).or_default().events,
            (_, Kind::Settings(_)) => &mut self.settings_events,
            (_, Kind::SetAside { .. }) => &mut self.set_aside_events,
            _ => return,
        };
        let events = &self.events;
        let key = event.order_key();
        let rank = list.partition_point(|&other| events[other as usize].event.order_key() < key);
        list.insert(rank, place);
    }

    /// Lets an event count or not, then the event that it undoes, and so on. This ends, since an
    /// undo that counts is later than what it names.
    fn settle(&mut self, place: Place) {
        let mut next = Some(place);
        while let Some(place) = next {
            let effect = self.due_effect(place);
            if self.entry(place).effect == effect {
                return;
            }
            self.change(place, effect);
            let event = &self.entry(place).event;
            next = event
                .undoes()
                .and_then(|named| self.by_id.get(&named).copied());
        }
    }

    /// An event counts unless a later undo that counts names it.
    fn due_effect(&self, place: Place) -> Effect {
        let event = &self.entry(place).event;
        let first = self.undoers.partition_point(|&(named, _)| named < event.id);
        let undoers = self.undoers[first..].iter();
        let mut undoers = undoers.take_while(|&&(named, _)| named == event.id);
        let is_undone = undoers.any(|&(_, undoer)| {
            let undoer = self.entry(undoer);
            undoer.effect == Effect::Yes && undoer.event.order_key() > event.order_key()
        });
        if is_undone { Effect::No } else { Effect::Yes }
    }

    fn change(&mut self, place: Place, effect: Effect) {
        self.keep_stacks(place, effect);
        let event = &self.entry(place).event;
        match (event.card(), &event.kind) {
            (Some(card), _) => self.change_card(card, place, effect),
            (_, Kind::Settings(_)) => {
                self.events[place as usize].effect = effect;
                self.refold_settings();
            }
            (_, Kind::SetAside { .. }) => {
                self.events[place as usize].effect = effect;
                self.refold_set_aside();
            }
            _ => self.events[place as usize].effect = effect,
        }
    }

    fn keep_stacks(&mut self, place: Place, effect: Effect) {
        let event = &self.entry(place).event;
        if event.id.device != self.author.device {
            return;
        }
        let key = event.order_key();
        let stack = if event.is_action() {
            &mut self.undo_stack
        } else if event.undoes().is_some() {
            &mut self.own_undos
        } else {
            return;
        };
        match (stack.binary_search(&key), effect) {
            (Err(rank), Effect::Yes) => stack.insert(rank, key),
            (Ok(rank), Effect::No) => drop(stack.remove(rank)),
            _ => {}
        }
    }

    /// The newest event of a card is one step; any other change recomputes the card.
    fn change_card(&mut self, id: CardId, place: Place, effect: Effect) {
        let card = self.cards.get_mut(&id).expect("enlisting made the card");
        if effect == Effect::Yes && card.events.last() == Some(&place) {
            self.events[place as usize].effect = effect;
            card.effective += 1;
            let event = &self.events[place as usize].event;
            if let Some(tally) = card.state.take(event, &self.scheduler) {
                self.days.add(&tally);
            }
            return;
        }
        for tally in self.fold_card(id).1 {
            self.days.remove(&tally);
        }
        self.events[place as usize].effect = effect;
        let (state, tallies) = self.fold_card(id);
        for tally in tallies {
            self.days.add(&tally);
        }
        let card = self.cards.get_mut(&id).expect("it was there before");
        card.state = state;
        match effect {
            Effect::Yes => card.effective += 1,
            Effect::No => card.effective -= 1,
        }
    }

    /// A card as its effective events leave it, and what they add to their days.
    fn fold_card(&self, id: CardId) -> (CardState, Vec<Tally>) {
        let mut state = CardState::default();
        let mut tallies = Vec::new();
        for event in self.effective(&self.cards[&id].events) {
            tallies.extend(state.take(event, &self.scheduler));
        }
        (state, tallies)
    }

    fn refold_settings(&mut self) {
        let mut settings = Settings::default();
        for event in self.effective(&self.settings_events) {
            if let Kind::Settings(change) = &event.kind {
                settings.take(change);
            }
        }
        self.settings = settings;
    }

    fn refold_set_aside(&mut self) {
        let mut set_aside = Vec::new();
        for event in self.effective(&self.set_aside_events) {
            if let Kind::SetAside { scope, asked } = &event.kind {
                set_aside.retain(|other| other != scope);
                if *asked == Asked::No {
                    set_aside.push(scope.clone());
                }
            }
        }
        self.set_aside = set_aside;
    }

    /// Those of the events that count, in their order.
    pub(super) fn effective(&self, places: &[Place]) -> impl Iterator<Item = &Event> {
        let entries = places.iter().map(|&place| self.entry(place));
        let effective = entries.filter(|entry| entry.effect == Effect::Yes);
        effective.map(|entry| &entry.event)
    }
}
