//! What a log says: the state that replay leaves, and the one function that changes it.

mod change;
mod index;
mod merge;

use crate::card::CardState;
use crate::event::{Event, OrderKey, Scope};
use crate::id::{Author, EventId};
use crate::memory::{Fsrs6, Scheduler};
use crate::order::sorted_places;
use crate::settings::Settings;
use crate::tally::{DayCounts, Days};
use crate::time::StudyDay;
use deck::CardId;
use index::Index;
use std::borrow::Borrow;
use std::collections::BTreeMap;

/// The state that a log leaves. It does not depend on the order in which events arrive, nor on
/// how often each does.
#[derive(Clone, Debug)]
pub struct State {
    author: Author,
    scheduler: Fsrs6,
    events: Vec<Entry>,
    by_id: Index,
    /// The undo events with the event that they name, which may be yet to arrive.
    undoers: Index,
    cards: Vec<Card>,
    card_places: BTreeMap<CardKey, Place>,
    days: Days,
    settings: Settings,
    settings_events: Vec<Place>,
    set_aside: Vec<Scope>,
    set_aside_events: Vec<Place>,
    /// The effective actions of this device that [`crate::Action::Undo`] can undo.
    undo_stack: Vec<OrderKey>,
    /// The effective undos of this device, redos included.
    own_undos: Vec<OrderKey>,
    /// The newest action of this device, undone or not.
    last_own_action: Option<OrderKey>,
    clock_ms: i64,
    next_seq: u32,
}

/// What an undo or a redo would change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UndoTarget {
    /// The event that would be undone: an action, or for a redo the undo of it.
    pub event: EventId,
    /// The action that would be undone or done again.
    pub action: EventId,
    /// The card it is about. `None` where it is about a deck or a tag.
    pub card: Option<CardId>,
}

/// Where an event stands in `State::events`, or a card in `State::cards`.
type Place = u32;

#[derive(Clone, Debug)]
struct Entry {
    event: Event,
    effect: Effect,
    subject: Subject,
}

/// A card id as numbers of the same order: comparing texts would be half of a replay in wasm.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct CardKey(u64, u64);

/// What an event changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Subject {
    Card(Place),
    Settings,
    SetAside,
    /// Another event, or nothing that this version knows.
    None,
}

/// Whether an event counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Effect {
    Yes,
    No,
}

#[derive(Clone, Debug)]
struct Card {
    id: CardId,
    /// The events of the card, undone ones included, in the order of the log.
    events: Vec<Place>,
    /// How many of them count.
    effective: usize,
    state: CardState,
}

/// Takes one event into the state. An event that is known already changes nothing. The cost does
/// not depend on the length of the log: an undo, or an event that arrives late, recomputes its
/// card only. Only an event that contradicts a known one and counts instead of it, which no page
/// of Quire writes, costs a replay.
pub fn apply(state: &mut State, event: &Event) {
    state.insert(event.clone());
}

impl State {
    /// The state of an empty log.
    pub fn new(author: Author) -> State {
        State {
            author,
            scheduler: Fsrs6::default(),
            events: Vec::new(),
            by_id: Index::default(),
            undoers: Index::default(),
            cards: Vec::new(),
            card_places: BTreeMap::new(),
            days: Days::default(),
            settings: Settings::default(),
            settings_events: Vec::new(),
            set_aside: Vec::new(),
            set_aside_events: Vec::new(),
            undo_stack: Vec::new(),
            own_undos: Vec::new(),
            last_own_action: None,
            clock_ms: i64::MIN,
            next_seq: 0,
        }
    }

    /// Who writes the next events.
    pub fn author(&self) -> Author {
        self.author
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The state of a card, `None` for one that no effective event is about.
    pub fn card(&self, id: CardId) -> Option<&CardState> {
        let card = self.known_card(id)?;
        (card.effective > 0).then_some(&card.state)
    }

    /// All cards that effective events are about, by id. The deck may lack some of them.
    pub fn cards(&self) -> impl Iterator<Item = (CardId, &CardState)> {
        let places = self.card_places.values();
        let cards = places.map(|&place| &self.cards[place as usize]);
        let touched = cards.filter(|card| card.effective > 0);
        touched.map(|card| (card.id, &card.state))
    }

    /// The reviews of a card that were not undone, oldest first.
    pub fn history(&self, id: CardId) -> impl Iterator<Item = &Event> {
        let card = self.known_card(id);
        self.effective(card.map_or(&[][..], |card| &card.events))
            .filter(|event| event.review().is_some())
    }

    /// The chance that a card is recalled on that day. `None` before its first grade.
    pub fn retrievability(&self, id: CardId, today: StudyDay) -> Option<f32> {
        let card = self.card(id)?;
        let elapsed_days = card.elapsed_days(today);
        Some(self.scheduler.retrievability(card.memory?, elapsed_days))
    }

    /// The decks and tags that are set aside.
    pub fn set_aside(&self) -> impl Iterator<Item = &Scope> {
        self.set_aside.iter()
    }

    /// What [`crate::Action::Undo`] would undo: the newest action of this device, of any page
    /// load, that was not undone. Settings are no such action: they are simply changed back.
    pub fn undoable(&self) -> Option<UndoTarget> {
        let id = self.undo_stack.last()?.id;
        self.target(id, id)
    }

    /// What [`crate::Action::Redo`] would do again: what this device undid last, as long as it
    /// has done nothing else since.
    pub fn redoable(&self) -> Option<UndoTarget> {
        let undos = self.own_undos.iter().rev();
        let mut since = undos.take_while(|&undo| Some(undo) > self.last_own_action.as_ref());
        since.find_map(|undo| {
            let action = self.event(self.event(undo.id)?.undoes()?)?;
            action.is_action().then_some(())?;
            self.target(undo.id, action.id)
        })
    }

    /// What was done on a study day.
    pub fn reviews_on(&self, day: StudyDay) -> DayCounts {
        self.days.on(day)
    }

    /// What was done on each study day on which something was, oldest first.
    pub fn days(&self) -> impl Iterator<Item = (StudyDay, DayCounts)> {
        self.days.iter()
    }

    /// The mean time of a grade over the last days, 40 s before the first.
    pub fn seconds_per_card(&self) -> f32 {
        self.days.seconds_per_card()
    }

    /// How many events the log has, undone and unknown ones included.
    pub fn event_count(&self) -> usize {
        self.events.len()
    }

    /// Whether the log has an event.
    pub fn contains(&self, id: EventId) -> bool {
        self.by_id.get(id).is_some()
    }

    /// An event of the log.
    pub fn event(&self, id: EventId) -> Option<&Event> {
        Some(&self.entry(self.by_id.get(id)?).event)
    }

    /// All events in the order of the log.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        let places = in_order(&self.events).into_iter();
        places.map(|place| &self.events[place as usize].event)
    }

    /// The events that count, in no particular order.
    pub(crate) fn effective_events(&self) -> impl Iterator<Item = &Event> {
        let entries = self.events.iter();
        let effective = entries.filter(|entry| entry.effect == Effect::Yes);
        effective.map(|entry| &entry.event)
    }

    /// All events, in no particular order.
    pub(crate) fn all_events(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().map(|entry| &entry.event)
    }

    /// The events of a card that count, oldest first, and where it stood before each.
    pub(crate) fn course(&self, id: CardId) -> Vec<(&Event, CardState)> {
        let mut state = CardState::default();
        let mut course = Vec::new();
        let card = self.known_card(id);
        for event in self.effective(card.map_or(&[][..], |card| &card.events)) {
            course.push((event, state.clone()));
            let _ = state.take(event, &self.scheduler);
        }
        course
    }

    pub(crate) fn scheduler(&self) -> &Fsrs6 {
        &self.scheduler
    }

    /// The newest hybrid clock in the log.
    pub(crate) fn clock_ms(&self) -> i64 {
        self.clock_ms
    }

    /// The sequence number of the author's next event.
    pub(crate) fn next_seq(&self) -> u32 {
        self.next_seq
    }

    /// Whether an event is in the log and counts.
    pub(crate) fn is_effective(&self, id: EventId) -> bool {
        let place = self.by_id.get(id);
        place.is_some_and(|place| self.entry(place).effect == Effect::Yes)
    }

    fn known_card(&self, id: CardId) -> Option<&Card> {
        let place = *self.card_places.get(&CardKey::of(id))?;
        Some(&self.cards[place as usize])
    }

    fn entry(&self, place: Place) -> &Entry {
        &self.events[place as usize]
    }

    fn target(&self, event: EventId, action: EventId) -> Option<UndoTarget> {
        Some(UndoTarget {
            event,
            action,
            card: self.event(action)?.card(),
        })
    }
}

impl Card {
    fn new(id: CardId) -> Card {
        Card {
            id,
            events: Vec::new(),
            effective: 0,
            state: CardState::default(),
        }
    }
}

impl CardKey {
    fn of(id: CardId) -> CardKey {
        let number = |bytes: &[u8]| {
            let mut padded = [0; 8];
            padded[..bytes.len()].copy_from_slice(bytes);
            u64::from_be_bytes(padded)
        };
        let text = id.as_str().as_bytes();
        let (high, low) = text.split_at(text.len().min(8));
        CardKey(number(high), number(low))
    }
}

/// The places of events in the order of the log.
pub(crate) fn in_order(events: &[impl Borrow<Event>]) -> Vec<Place> {
    let key = |place: Place| events[place as usize].borrow().order_key();
    sorted_places(events.len(), &mut |one, other| key(one).cmp(&key(other)))
}

impl Borrow<Event> for Entry {
    fn borrow(&self) -> &Event {
        &self.event
    }
}
