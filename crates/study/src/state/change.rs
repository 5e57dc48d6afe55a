//! How one event changes the state.

use super::merge::counts_instead;
use super::{Card, CardKey, Effect, Entry, Place, State, Subject};
use crate::card::CardState;
use crate::event::{Asked, Event, Kind};
use crate::settings::Settings;
use crate::tally::Tally;

impl State {
    pub(super) fn insert(&mut self, event: Event) {
        if let Some(known) = self.event(event.id) {
            if counts_instead(&event, known) {
                self.replay_with(vec![event]);
            }
            return;
        }
        let (id, undone) = (event.id, event.undoes());
        let place = self.enlist(event);
        self.by_id.insert(id, place);
        if let Some(named) = undone {
            self.undoers.insert(named, place);
        }
        self.settle(place);
    }

    /// Adds an event, and puts it in its rank among those of its subject. It is without effect
    /// at first: it takes effect in the same way as an event that is redone. The caller notes its
    /// id, and what it undoes.
    pub(super) fn enlist(&mut self, event: Event) -> Place {
        let place = self.events.len() as Place;
        self.note_author(&event);
        let subject = self.subject(&event);
        let list = match subject {
            Subject::Card(card) => Some(&mut self.cards[card as usize].events),
            Subject::Settings => Some(&mut self.settings_events),
            Subject::SetAside => Some(&mut self.set_aside_events),
            Subject::None => None,
        };
        if let Some(list) = list {
            insert_ranked(list, place, |&other| {
                self.events[other as usize].event.order_key() < event.order_key()
            });
        }
        self.events.push(Entry {
            event,
            effect: Effect::No,
            subject,
        });
        place
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

    fn subject(&mut self, event: &Event) -> Subject {
        match (event.card(), &event.kind) {
            (Some(card), _) => {
                let next = self.cards.len() as Place;
                let key = CardKey::of(card);
                let place = *self.card_places.entry(key).or_insert(next);
                if place == next {
                    self.cards.push(Card::new(card));
                }
                Subject::Card(place)
            }
            (_, Kind::Settings(_)) => Subject::Settings,
            (_, Kind::SetAside { .. }) => Subject::SetAside,
            _ => Subject::None,
        }
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
            next = event.undoes().and_then(|named| self.by_id.get(named));
        }
    }

    /// An event counts unless a later undo that counts names it.
    fn due_effect(&self, place: Place) -> Effect {
        let event = &self.entry(place).event;
        let is_undone = self.undoers.all(event.id).any(|undoer| {
            let undoer = self.entry(undoer);
            undoer.effect == Effect::Yes && undoer.event.order_key() > event.order_key()
        });
        if is_undone { Effect::No } else { Effect::Yes }
    }

    /// The newest event of a subject is one step; any other change recomputes the subject.
    fn change(&mut self, place: Place, effect: Effect) {
        self.keep_stacks(place, effect);
        let subject = self.entry(place).subject;
        let newest = match subject {
            Subject::Card(card) => self.cards[card as usize].events.last(),
            Subject::Settings => self.settings_events.last(),
            Subject::SetAside => self.set_aside_events.last(),
            Subject::None => None,
        };
        if effect == Effect::Yes && newest == Some(&place) {
            self.events[place as usize].effect = effect;
            return self.step(place);
        }
        match subject {
            Subject::Card(card) => self.change_card(card, place, effect),
            Subject::Settings => {
                self.events[place as usize].effect = effect;
                self.settings = Settings::default();
                self.steps(&self.settings_events.clone());
            }
            Subject::SetAside => {
                self.events[place as usize].effect = effect;
                self.set_aside.clear();
                self.steps(&self.set_aside_events.clone());
            }
            Subject::None => self.events[place as usize].effect = effect,
        }
    }

    fn steps(&mut self, places: &[Place]) {
        for &place in places {
            if self.entry(place).effect == Effect::Yes {
                self.step(place);
            }
        }
    }

    /// An event that counts, and that is later than all others of its subject that took effect
    /// so far, changes its subject.
    pub(super) fn step(&mut self, place: Place) {
        let Entry { event, subject, .. } = &self.events[place as usize];
        if let Subject::Card(card) = *subject {
            let card = &mut self.cards[card as usize];
            card.effective += 1;
            if let Some(tally) = card.state.take(event, &self.scheduler) {
                self.days.add(&tally);
            }
            return;
        }
        match &event.kind {
            Kind::Settings(change) => self.settings.take(change),
            Kind::SetAside { scope, asked } => {
                self.set_aside.retain(|other| other != scope);
                if *asked == Asked::No {
                    self.set_aside.push(scope.clone());
                }
            }
            _ => {}
        }
    }

    /// Keeps what this device may undo and redo.
    pub(super) fn keep_stacks(&mut self, place: Place, effect: Effect) {
        let event = &self.events[place as usize].event;
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
        match effect {
            Effect::Yes => insert_ranked(stack, key, |other| *other < key),
            Effect::No => {
                if let Ok(rank) = stack.binary_search(&key) {
                    stack.remove(rank);
                }
            }
        }
    }

    /// Lets an event of a card count or not, and recomputes the card.
    fn change_card(&mut self, card: Place, place: Place, effect: Effect) {
        for tally in self.fold_card(card).1 {
            self.days.remove(&tally);
        }
        self.events[place as usize].effect = effect;
        let (state, tallies) = self.fold_card(card);
        for tally in tallies {
            self.days.add(&tally);
        }
        let card = &mut self.cards[card as usize];
        card.state = state;
        match effect {
            Effect::Yes => card.effective += 1,
            Effect::No => card.effective -= 1,
        }
    }

    /// A card as its effective events leave it, and what they add to their days.
    fn fold_card(&self, card: Place) -> (CardState, Vec<Tally>) {
        let mut state = CardState::default();
        let mut tallies = Vec::new();
        for event in self.effective(&self.cards[card as usize].events) {
            tallies.extend(state.take(event, &self.scheduler));
        }
        (state, tallies)
    }

    /// Those of the events that count, in their order.
    pub(super) fn effective(&self, places: &[Place]) -> impl Iterator<Item = &Event> {
        let entries = places.iter().map(|&place| self.entry(place));
        let effective = entries.filter(|entry| entry.effect == Effect::Yes);
        effective.map(|entry| &entry.event)
    }
}

/// Puts an item behind those that are before it: most often it is the last.
fn insert_ranked<T>(list: &mut Vec<T>, item: T, is_before: impl Fn(&T) -> bool) {
    let rank = match list.last() {
        Some(last) if !is_before(last) => list.partition_point(is_before),
        _ => list.len(),
    };
    list.insert(rank, item);
}
