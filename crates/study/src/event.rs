//! What happened, one immutable event at a time.

use crate::id::EventId;
use crate::settings::SettingsChange;
use crate::time::StudyDay;
use deck::{CardId, PartId};

/// One line of the log. Events are never changed and never removed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// Its name. Two events of one name are the same event.
    pub id: EventId,
    /// The wall clock when it happened.
    pub utc_ms: i64,
    /// The hybrid clock: the wall clock, or one more than the newest event its author knew if
    /// that is later. It orders the log.
    pub hlc_ms: i64,
    /// Local time minus UTC, in minutes.
    pub utc_offset_min: i32,
    /// The study day it belongs to, by the rollover hour of that time.
    pub study_day: StudyDay,
    /// What happened.
    pub kind: Kind,
    /// Fields that this version does not know, kept as they were written.
    pub extra: Extra,
}

/// What happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A card was graded.
    Review(Review),
    /// An earlier event counts no more. The undo of an undo is a redo. An undo that names a later
    /// event has no effect.
    Undo {
        /// The event that is undone.
        event: EventId,
    },
    /// A card is not asked until it is unsuspended.
    Suspend {
        /// The card.
        card: CardId,
    },
    /// A card is asked again.
    Unsuspend {
        /// The card.
        card: CardId,
    },
    /// A card is not asked before a day.
    Bury {
        /// The card.
        card: CardId,
        /// The first day on which it may be asked.
        until: StudyDay,
    },
    /// A card is marked for its author.
    Flag {
        /// The card.
        card: CardId,
        /// Why, possibly empty. `None` takes the mark away.
        reason: Option<String>,
    },
    /// A card is new again. Its reviews stay in the log.
    Reset {
        /// The card.
        card: CardId,
    },
    /// A card is asked at a time of the learner's choice.
    SetDue {
        /// The card.
        card: CardId,
        /// When.
        due: Due,
    },
    /// All cards of a deck or a tag are not asked, or are asked again.
    SetAside {
        /// Which cards.
        scope: Scope,
        /// Whether they are asked.
        asked: Asked,
    },
    /// Settings were changed.
    Settings(SettingsChange),
    /// The learner called the device that writes it by a name.
    Device {
        /// The name. An empty one takes the name away.
        name: String,
    },
    /// An event of a later version of Quire. Every field is in [`Event::extra`].
    Unknown,
}

/// A grade and what it granted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Review {
    /// The card.
    pub card: CardId,
    /// The fingerprint of the answer that was shown.
    pub fingerprint: u32,
    /// The grade.
    pub rating: Rating,
    /// Time from the question to the grade.
    pub took_ms: u32,
    /// What the card was in before the grade.
    pub phase: Phase,
    /// Parts ticked as got.
    pub got: Vec<PartId>,
    /// Parts ticked as missed.
    pub missed: Vec<PartId>,
    /// When the card is due next. `None` for [`Phase::Cram`], which moves no card.
    pub due: Option<Due>,
    /// The learning or relearning step on which the card stands after the grade, from 0. `None`
    /// once it has left the steps.
    pub step: Option<u8>,
}

/// How well the answer was known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Rating {
    /// Not known.
    Again,
    /// Known with much effort.
    Hard,
    /// Known.
    Good,
    /// Known without effort.
    Easy,
}

/// What a review was part of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Phase {
    /// The first steps of a new card.
    Learn,
    /// A card that had left the steps.
    Review,
    /// The steps after a lapse.
    Relearn,
    /// Practice that leaves the schedule alone.
    Cram,
}

/// When a card is due.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Due {
    /// At any time of a study day, or later.
    Day(StudyDay),
    /// From a moment on: a step within a day.
    At {
        /// The moment.
        utc_ms: i64,
    },
}

/// Several cards at once.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Scope {
    /// The cards of the note at this path.
    Deck(String),
    /// The cards that carry this tag.
    Tag(String),
}

/// Whether the cards of a scope are asked.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Asked {
    /// They are set aside.
    No,
    /// They are asked as usual.
    Yes,
}

/// The fields of a line that this version does not know: name and value as JSON texts, exactly
/// as they were written, in their order.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Extra(pub Vec<(Box<str>, Box<str>)>);

/// The order of the log: the hybrid clock, then device, load and sequence number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct OrderKey {
    pub(crate) hlc_ms: i64,
    pub(crate) id: EventId,
}

impl Event {
    /// The card that the event is about.
    pub fn card(&self) -> Option<CardId> {
        self.kind.card()
    }

    /// The review, if the event is one.
    pub fn review(&self) -> Option<&Review> {
        match &self.kind {
            Kind::Review(review) => Some(review),
            _ => None,
        }
    }

    /// The event that this one undoes.
    pub fn undoes(&self) -> Option<EventId> {
        match self.kind {
            Kind::Undo { event } => Some(event),
            _ => None,
        }
    }

    /// Whether `Action::Undo` may undo it: it is about cards, by itself or by deck or tag.
    pub(crate) fn is_action(&self) -> bool {
        self.card().is_some() || matches!(self.kind, Kind::SetAside { .. })
    }

    pub(crate) fn order_key(&self) -> OrderKey {
        OrderKey {
            hlc_ms: self.hlc_ms,
            id: self.id,
        }
    }
}

impl Kind {
    /// The card that it is about.
    pub fn card(&self) -> Option<CardId> {
        match self {
            Kind::Review(review) => Some(review.card),
            Kind::Suspend { card }
            | Kind::Unsuspend { card }
            | Kind::Bury { card, .. }
            | Kind::Flag { card, .. }
            | Kind::Reset { card }
            | Kind::SetDue { card, .. } => Some(*card),
            Kind::Undo { .. }
            | Kind::SetAside { .. }
            | Kind::Settings(_)
            | Kind::Device { .. }
            | Kind::Unknown => None,
        }
    }
}

impl Rating {
    /// All ratings, from the worst to the best.
    pub const ALL: [Rating; 4] = [Rating::Again, Rating::Hard, Rating::Good, Rating::Easy];

    /// The number that FSRS and the log use: 1 for Again to 4 for Easy.
    pub fn number(self) -> u32 {
        self.index() as u32 + 1
    }

    /// The rating of that number.
    pub fn from_number(number: u32) -> Option<Rating> {
        let index = number.checked_sub(1)?;
        Rating::ALL.get(index as usize).copied()
    }

    /// The place in [`Rating::ALL`].
    pub fn index(self) -> usize {
        match self {
            Rating::Again => 0,
            Rating::Hard => 1,
            Rating::Good => 2,
            Rating::Easy => 3,
        }
    }
}
