//! A learner at a device, and what can be seen of a state.

use deck::CardId;
use study::{
    Action, Author, CardState, DAY_MS, DayCounts, DeviceId, Event, LoadId, MINUTE_MS, Now, Rating,
    Scope, Settings, SettingsChange, State, StudyDay, apply, decide,
};

/// The first day of every test.
pub const DAY: i32 = 20_000;

pub fn card(name: &str) -> CardId {
    name.parse().unwrap()
}

/// So many cards, in the order of their notes.
pub fn cards(count: usize) -> Vec<CardId> {
    (0..count)
        .map(|index| card(&format!("card{index}")))
        .collect()
}

pub fn author(device: &str, load: &str) -> Author {
    Author {
        device: device.parse::<DeviceId>().unwrap(),
        load: load.parse::<LoadId>().unwrap(),
    }
}

/// A time of day in UTC, on the day so many after [`DAY`].
pub fn at(day: i32, hour: i64, minute: i64) -> Now {
    Now {
        utc_ms: i64::from(DAY + day) * DAY_MS + (hour * 60 + minute) * MINUTE_MS,
        utc_offset_min: 0,
    }
}

/// Someone who acts on one page of one device, and whose clock only they move.
pub struct Learner {
    pub state: State,
    pub log: Vec<Event>,
    pub now: Now,
}

impl Learner {
    #[must_use]
    pub fn new() -> Learner {
        Learner::of(author("dev", "load"))
    }

    #[must_use]
    pub fn of(author: Author) -> Learner {
        Learner {
            state: State::new(author),
            log: Vec::new(),
            now: at(0, 12, 0),
        }
    }

    #[must_use]
    pub fn with(change: SettingsChange) -> Learner {
        let mut learner = Learner::new();
        learner.act(Action::ChangeSettings(change));
        learner
    }

    /// Acts, and returns what was decided.
    pub fn act(&mut self, action: Action) -> Vec<Event> {
        let events = decide(&self.state, action, self.now);
        for event in &events {
            apply(&mut self.state, event);
        }
        self.log.extend(events.clone());
        events
    }

    pub fn grade(&mut self, card: CardId, rating: Rating) -> Vec<Event> {
        self.act(grade(card, rating))
    }

    /// Grades on noon of a day.
    pub fn grade_on(&mut self, day: i32, card: CardId, rating: Rating) {
        self.now = at(day, 12, 0);
        self.grade(card, rating);
    }

    pub fn wait_min(&mut self, minutes: i64) {
        self.now.utc_ms += minutes * MINUTE_MS;
    }

    pub fn card(&self, id: CardId) -> &CardState {
        self.state.card(id).unwrap()
    }

    /// The same log after a reload: another page load of the same device.
    #[must_use]
    pub fn reloaded(&self, load: &str) -> Learner {
        let device = self.state.author().device;
        let author = author(device.as_str(), load);
        Learner {
            state: State::replay(author, self.log.clone()),
            log: self.log.clone(),
            now: self.now,
        }
    }
}

pub fn grade(card: CardId, rating: Rating) -> Action {
    Action::Grade {
        card,
        fingerprint: 7,
        rating,
        took_ms: 12_000,
        got: Vec::new(),
        missed: Vec::new(),
    }
}

/// All that a learner can see of a state, but for what may be redone.
#[derive(PartialEq, Debug)]
pub struct View {
    cards: Vec<(CardId, CardState)>,
    days: Vec<(StudyDay, DayCounts)>,
    settings: Settings,
    set_aside: Vec<Scope>,
    undoable: Option<study::UndoTarget>,
    histories: Vec<Vec<Event>>,
}

pub fn view(state: &State) -> View {
    let cards: Vec<_> = state.cards().map(|(id, card)| (id, card.clone())).collect();
    View {
        days: state.days().collect(),
        settings: state.settings().clone(),
        set_aside: state.set_aside().cloned().collect(),
        undoable: state.undoable(),
        histories: cards
            .iter()
            .map(|&(id, _)| state.history(id).cloned().collect())
            .collect(),
        cards,
    }
}
