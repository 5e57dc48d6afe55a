//! From what the learner does to the events that say so.

use crate::card::CardState;
use crate::event::{Asked, Due, Event, Extra, Kind, Phase, Rating, Review, Scope};
use crate::id::EventId;
use crate::saved::MAX_HLC_MS;
use crate::schedule::{Grant, Situation};
use crate::settings::SettingsChange;
use crate::state::{State, UndoTarget};
use crate::time::{Now, StudyDay};
use deck::{CardId, PartId};

const MAX_NAME_CHARS: usize = 40;

/// What the learner does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Action {
    /// Grade a card.
    Grade {
        /// The card.
        card: CardId,
        /// The fingerprint of the answer that was shown.
        fingerprint: u32,
        /// The grade.
        rating: Rating,
        /// Time from the question to the grade.
        took_ms: u32,
        /// Parts ticked as got.
        got: Vec<PartId>,
        /// Parts ticked as missed.
        missed: Vec<PartId>,
    },
    /// Undo what [`State::undoable`] names.
    Undo,
    /// Do again what [`State::redoable`] names.
    Redo,
    /// Undo one event, whatever its kind and its device.
    UndoEvent(EventId),
    /// Ask a card no more.
    Suspend(CardId),
    /// Ask a suspended card again.
    Unsuspend(CardId),
    /// Do not ask a card before tomorrow.
    Bury(CardId),
    /// Mark a card for its author, or with `None` take the mark away.
    Flag {
        /// The card.
        card: CardId,
        /// Why, possibly empty.
        reason: Option<String>,
    },
    /// Make a card new again.
    Reset(CardId),
    /// Choose when a card is due.
    SetDue {
        /// The card.
        card: CardId,
        /// When.
        due: Due,
    },
    /// Set a deck or a tag aside, or take it back.
    SetAside {
        /// Which cards.
        scope: Scope,
        /// Whether they are asked.
        asked: Asked,
    },
    /// Change settings.
    ChangeSettings(SettingsChange),
    /// Call this device by a name, or with an empty text by none. What is too long for a line
    /// on a phone is cut off.
    NameDevice(String),
}

/// The events of an action, to be saved and then applied. None where it would change nothing, so
/// that an undo always has something to undo.
pub fn decide(state: &State, action: Action, now: Now) -> Vec<Event> {
    let kind = kind(state, action, now);
    kind.map(|kind| stamp(state, kind, now))
        .into_iter()
        .collect()
}

/// What each rating of a card would grant now, in the order of [`Rating::ALL`]: exactly what
/// [`decide`] grants.
pub fn preview(state: &State, card: CardId, now: Now) -> [Grant; 4] {
    let untouched = Default::default();
    let situation = Situation {
        id: card,
        card: state.card(card).unwrap_or(&untouched),
        settings: state.settings(),
        scheduler: state.scheduler(),
        now,
    };
    situation.grants()
}

fn kind(state: &State, action: Action, now: Now) -> Option<Kind> {
    let today = StudyDay::at(now, state.settings().rollover_hour);
    match action {
        Action::Grade {
            card,
            fingerprint,
            rating,
            took_ms,
            got,
            missed,
        } => {
            let grant = preview(state, card, now)[rating.index()];
            Some(Kind::Review(Review {
                card,
                fingerprint,
                rating,
                took_ms,
                phase: state.card(card).map_or(Phase::Learn, CardState::phase),
                got,
                missed,
                due: Some(grant.due),
                step: grant.step,
            }))
        }
        Action::Undo => state.undoable().map(undo),
        Action::Redo => state.redoable().map(undo),
        Action::UndoEvent(event) => state.is_effective(event).then_some(Kind::Undo { event }),
        Action::ChangeSettings(change) => {
            let mut settings = state.settings().clone();
            settings.take(&change);
            (settings != *state.settings()).then_some(Kind::Settings(change))
        }
        Action::SetAside { scope, asked } => {
            let is_aside = state.set_aside().any(|aside| *aside == scope);
            (is_aside == (asked == Asked::Yes)).then_some(Kind::SetAside { scope, asked })
        }
        Action::NameDevice(name) => {
            let name: String = name.trim().chars().take(MAX_NAME_CHARS).collect();
            let before = state.device_name().unwrap_or_default();
            (name != before).then_some(Kind::Device { name })
        }
        action => card_kind(state, action, today),
    }
}

fn undo(target: UndoTarget) -> Kind {
    Kind::Undo {
        event: target.event,
    }
}

/// The event of an action on a card's standing, if that changes it.
fn card_kind(state: &State, action: Action, today: StudyDay) -> Option<Kind> {
    let kind = match action {
        Action::Suspend(card) => Kind::Suspend { card },
        Action::Unsuspend(card) => Kind::Unsuspend { card },
        Action::Bury(card) => Kind::Bury {
            card,
            until: today.plus(1),
        },
        Action::Flag { card, reason } => Kind::Flag { card, reason },
        Action::Reset(card) => Kind::Reset { card },
        Action::SetDue { card, due } => Kind::SetDue { card, due },
        _ => return None,
    };
    let before = kind.card().and_then(|card| state.card(card).cloned());
    let before = before.unwrap_or_default();
    let mut after = before.clone();
    after.take_standing(&kind);
    (after != before).then_some(kind)
}

fn stamp(state: &State, kind: Kind, now: Now) -> Event {
    stamp_after(state, 0, kind, now)
}

/// The event that this page load writes after so many others that are not yet in the state.
pub(crate) fn stamp_after(state: &State, others: u32, kind: Kind, now: Now) -> Event {
    let after_ms = state.clock_ms().max(now.utc_ms.saturating_sub(1));
    Event {
        id: state
            .author()
            .event(state.next_seq().saturating_add(others)),
        utc_ms: now.utc_ms,
        hlc_ms: after_ms
            .saturating_add(1 + i64::from(others))
            .min(MAX_HLC_MS),
        utc_offset_min: now.utc_offset_min,
        study_day: StudyDay::at(now, state.settings().rollover_hour),
        kind,
        extra: Extra::default(),
    }
}
