//! What an import or a restore would change, before it does.

use crate::decide::stamp_after;
use crate::devices::{Device, devices_of};
use crate::event::{Event, Kind};
use crate::export::{BadExportLine, Import, LineProblem};
use crate::heads::Heads;
use crate::order::sort_by;
use crate::state::State;
use crate::time::{DAY_MS, Now, StudyDay};
use deck::CardId;

/// What a file holds, and what of it is new.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportPreview {
    /// The events of the file.
    pub events: usize,
    /// How many of them are reviews.
    pub reviews: usize,
    /// Events that the log lacks.
    pub new_events: usize,
    /// Reviews that the log lacks.
    pub new_reviews: usize,
    /// Events that the log has.
    pub known: usize,
    /// Cards that are in no deck here.
    pub cards_unknown: usize,
    /// Who wrote the events of the file.
    pub devices: Vec<Device>,
    /// The first study day of the file.
    pub first_day: Option<StudyDay>,
    /// The last study day of the file.
    pub last_day: Option<StudyDay>,
    /// Events that the log has with another content.
    pub contradictions: usize,
    /// Lines that could not be read.
    pub bad_lines: usize,
    /// Lines that contradict another line of the file. None of them is taken.
    pub contradicting_lines: usize,
    /// Events that the file promises and lacks.
    pub missing: u32,
    /// Events that are more than a day ahead of the clock.
    pub from_future: usize,
}

/// What restoring a backup would change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RestorePreview {
    /// Events of the backup that the log lacks.
    pub comes_back: usize,
    /// How many of them are reviews.
    pub reviews_back: usize,
    /// Events of the log that count and that the backup lacks.
    pub later: usize,
    /// How many of them are reviews.
    pub later_reviews: usize,
}

/// What is in an import, compared with the log.
pub fn preview_import(
    state: &State,
    import: &Import,
    now: Now,
    knows_card: impl Fn(CardId) -> bool,
) -> ImportPreview {
    let events = &import.events;
    let is_review = |event: &&Event| event.review().is_some();
    let is_new = |event: &&Event| !state.contains(event.id);
    let is_other = |event: &&Event| state.event(event.id).is_some_and(|known| known != *event);
    let new_events = events.iter().filter(is_new).count();
    let contradictions = events.iter().filter(is_other).count();
    let is_contradicting =
        |bad: &&BadExportLine| matches!(bad.problem, LineProblem::Contradicts { .. });
    let contradicting_lines = import.bad_lines.iter().filter(is_contradicting).count();
    let mut cards: Vec<CardId> = events.iter().filter_map(Event::card).collect();
    sort_by(&mut cards, Ord::cmp);
    cards.dedup();
    let days = || events.iter().map(|event| event.study_day);
    let is_ahead = |event: &&Event| {
        // The hybrid clock runs a little ahead of the clock.
        let latest_ms = event.utc_ms.max(event.hlc_ms.saturating_sub(DAY_MS));
        latest_ms.saturating_sub(now.utc_ms) > DAY_MS
    };
    ImportPreview {
        events: events.len(),
        reviews: events.iter().filter(is_review).count(),
        new_events,
        new_reviews: events.iter().filter(is_new).filter(is_review).count(),
        known: events.len() - new_events - contradictions,
        cards_unknown: cards.into_iter().filter(|&card| !knows_card(card)).count(),
        devices: devices_of(events.iter(), events.iter()),
        first_day: days().min(),
        last_day: days().max(),
        contradictions,
        bad_lines: import.bad_lines.len() - contradicting_lines,
        contradicting_lines,
        missing: import.missing,
        from_future: events.iter().filter(is_ahead).count(),
    }
}

/// The events of an import that the log takes: those that it lacks, and those that count instead
/// of what it has under their id. So both devices of a merge come to the same log.
pub fn events_to_take(state: &State, import: Import) -> Vec<Event> {
    let mut events = import.events;
    events.retain(|event| state.would_take(event));
    events
}

/// What restoring a backup would change: merging it, and taking back what came later.
pub fn preview_restore(state: &State, backup: &Import) -> RestorePreview {
    let is_review = |event: &&Event| event.review().is_some();
    let lacking = || {
        backup
            .events
            .iter()
            .filter(|event| !state.contains(event.id))
    };
    let later = later_than(state, backup);
    RestorePreview {
        comes_back: lacking().count(),
        reviews_back: lacking().filter(is_review).count(),
        later: later.len(),
        later_reviews: later.iter().copied().filter(is_review).count(),
    }
}

/// The events that take back what the backup lacks, newest first, so that the cards and settings
/// stand as in the backup. Nothing is removed from the log, and these can be undone in turn. To
/// be called when the events of the backup are in the state.
pub fn take_back_later(state: &State, backup: &Import, now: Now) -> Vec<Event> {
    let later = later_than(state, backup);
    let undos = (0..).zip(later.into_iter().rev());
    let undos = undos.map(|(others, event)| {
        let event = event.id;
        stamp_after(state, others, Kind::Undo { event }, now)
    });
    undos.collect()
}

/// The events that count and that the backup lacks, oldest first. The names of devices are not taken back, nor
/// are undos of what the backup lacks as well: it does not count already.
fn later_than<'a>(state: &'a State, backup: &Import) -> Vec<&'a Event> {
    let kept = Heads::of(&backup.events);
    let is_later = |event: &&Event| {
        let is_about_kept = event.undoes().is_none_or(|named| kept.contains(named));
        let is_name = matches!(event.kind, Kind::Device { .. });
        let is_effective = state.is_effective(event.id);
        is_effective && !kept.contains(event.id) && is_about_kept && !is_name
    };
    state.events().filter(is_later).collect()
}
