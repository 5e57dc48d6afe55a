//! Fields to event.

use super::fields::{Fields, integer, text};
use super::write::push_ascii;
use super::{EVENT_VERSION, MAX_HLC_MS, usual_day};
use crate::event::{Asked, Due, Event, Extra, Kind, Phase, Rating, Review, Scope};
use crate::settings::{Fuzz, SettingsChange, Theme, Welcome};
use crate::time::StudyDay;
use deck::{CardId, PartId};
use std::borrow::Cow;
use std::str::FromStr;

/// Times beyond this are no times: JavaScript's calendar ends there.
const MAX_UTC_MS: i64 = 8_640_000_000_000_000;
const MAX_OFFSET_MIN: i32 = 48 * 60;
const MAX_DAY: i32 = 200_000_000;

/// A field that may be left out, but must be right where it stands: the outer `None` is wrong.
type Optional<T> = Option<Option<T>>;

/// The event of the fields. `None` where even its id or its time is missing or wrong.
pub(super) fn event(fields: &Fields) -> Option<Event> {
    let mut event = envelope(fields)?;
    match kind(fields) {
        Some(kind) => event.kind = kind,
        None => {
            fields.unread_all();
            envelope(fields);
        }
    }
    // In ASCII as they are written, so that two events of one line are equal.
    let unread = fields.unread().into_iter();
    let unread = unread.map(|(name, value)| (ascii(name), ascii(value)));
    event.extra = Extra(unread.collect());
    Some(event)
}

fn envelope(fields: &Fields) -> Option<Event> {
    let id = fields.raw("i").and_then(parsed)?;
    let utc_ms = optional(fields, "t", time_ms)??;
    let hlc_ms = optional(fields, "h", clock_ms)?.unwrap_or(utc_ms);
    let utc_offset_min = optional(fields, "o", offset_min)?.unwrap_or(0);
    let usual_day = usual_day(utc_ms, utc_offset_min);
    Some(Event {
        id,
        utc_ms,
        hlc_ms,
        utc_offset_min,
        study_day: optional(fields, "d", day)?.unwrap_or(usual_day),
        kind: Kind::Unknown,
        extra: Extra::default(),
    })
}

/// `None` where the kind, the version or a value is not known.
fn kind(fields: &Fields) -> Option<Kind> {
    if optional(fields, "v", integer)?.is_some_and(|version: u32| version != EVENT_VERSION) {
        return None;
    }
    let name = optional(fields, "k", text)?;
    let card = || fields.raw("c").and_then(parsed::<CardId>);
    Some(match name.as_deref() {
        None => Kind::Review(review(fields)?),
        Some("undo") => Kind::Undo {
            event: fields.raw("e").and_then(parsed)?,
        },
        Some("suspend") => Kind::Suspend { card: card()? },
        Some("unsuspend") => Kind::Unsuspend { card: card()? },
        Some("bury") => Kind::Bury {
            card: card()?,
            until: fields.raw("u").and_then(day)?,
        },
        Some("flag") => Kind::Flag {
            card: card()?,
            reason: optional(fields, "r", text)?.map(|reason| reason.into_owned()),
        },
        Some("reset") => Kind::Reset { card: card()? },
        Some("due") => Kind::SetDue {
            card: card()?,
            due: due(fields)??,
        },
        Some("aside") => set_aside(fields, Asked::No)?,
        Some("back") => set_aside(fields, Asked::Yes)?,
        Some("set") => Kind::Settings(settings(fields)?),
        Some("device") => Kind::Device {
            name: optional(fields, "name", text)?.map_or_else(String::new, Cow::into_owned),
        },
        Some(_) => return None,
    })
}

fn review(fields: &Fields) -> Option<Review> {
    let phase = match optional(fields, "p", integer::<u8>)? {
        Some(0) => Phase::Learn,
        None => Phase::Review,
        Some(2) => Phase::Relearn,
        Some(3) => Phase::Cram,
        Some(_) => return None,
    };
    let due = due(fields)?;
    if due.is_none() != (phase == Phase::Cram) {
        return None;
    }
    Some(Review {
        card: fields.raw("c").and_then(parsed)?,
        fingerprint: optional(fields, "f", integer)?.unwrap_or(0),
        rating: fields
            .raw("g")
            .and_then(integer)
            .and_then(Rating::from_number)?,
        took_ms: optional(fields, "m", integer)?.unwrap_or(0),
        phase,
        got: optional(fields, "y", parts)?.unwrap_or_default(),
        missed: optional(fields, "n", parts)?.unwrap_or_default(),
        due,
        step: optional(fields, "s", integer)?,
    })
}

fn due(fields: &Fields) -> Optional<Due> {
    let at = optional(fields, "a", time_ms)?;
    match (optional(fields, "u", day)?, at) {
        (Some(_), Some(_)) => None,
        (Some(day), None) => Some(Some(Due::Day(day))),
        (None, at) => Some(at.map(|utc_ms| Due::At { utc_ms })),
    }
}

fn set_aside(fields: &Fields, asked: Asked) -> Option<Kind> {
    let deck = optional(fields, "deck", text)?;
    let scope = match deck {
        Some(path) => Scope::Deck(path.into_owned()),
        None => Scope::Tag(optional(fields, "tag", text)??.into_owned()),
    };
    Some(Kind::SetAside { scope, asked })
}

fn settings(fields: &Fields) -> Option<SettingsChange> {
    Some(SettingsChange {
        desired_retention_percent: optional(fields, "retention", integer)?,
        new_per_day: optional(fields, "new", integer)?,
        learning_steps_min: optional(fields, "learn", steps)?,
        relearning_steps_min: optional(fields, "relearn", steps)?,
        maximum_interval_days: optional(fields, "max", integer)?,
        rollover_hour: optional(fields, "rollover", integer)?,
        theme: optional(fields, "theme", theme)?,
        fuzz: optional(fields, "fuzz", |raw| match raw {
            "0" => Some(Fuzz::Off),
            "1" => Some(Fuzz::On),
            _ => None,
        })?,
        welcome: optional(fields, "welcome", |raw| match raw {
            "0" => Some(Welcome::Unread),
            "1" => Some(Welcome::Read),
            _ => None,
        })?,
    })
}

fn ascii(json: &str) -> Box<str> {
    let mut text = String::with_capacity(json.len());
    push_ascii(&mut text, json);
    text.into()
}

fn theme(raw: &str) -> Option<Theme> {
    match text(raw)?.as_ref() {
        "system" => Some(Theme::System),
        "light" => Some(Theme::Light),
        "dark" => Some(Theme::Dark),
        _ => None,
    }
}

fn optional<'a, T>(
    fields: &Fields<'a>,
    name: &str,
    read: impl Fn(&'a str) -> Option<T>,
) -> Optional<T> {
    match fields.raw(name) {
        None => Some(None),
        Some(raw) => read(raw).map(Some),
    }
}

fn parsed<T: FromStr>(raw: &str) -> Option<T> {
    text(raw)?.parse().ok()
}

fn time_ms(raw: &str) -> Option<i64> {
    integer(raw).filter(|ms| (-MAX_UTC_MS..=MAX_UTC_MS).contains(ms))
}

fn clock_ms(raw: &str) -> Option<i64> {
    integer(raw).filter(|ms| (-MAX_HLC_MS..=MAX_HLC_MS).contains(ms))
}

fn offset_min(raw: &str) -> Option<i32> {
    integer(raw).filter(|min| (-MAX_OFFSET_MIN..=MAX_OFFSET_MIN).contains(min))
}

fn day(raw: &str) -> Option<StudyDay> {
    let day = integer(raw).filter(|day| (-MAX_DAY..=MAX_DAY).contains(day));
    day.map(StudyDay)
}

fn parts(raw: &str) -> Option<Vec<PartId>> {
    list(raw, |part| part.parse().ok())
}

fn steps(raw: &str) -> Option<Vec<u32>> {
    list(raw, integer)
}

fn list<T>(raw: &str, item: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    let text = text(raw)?;
    if text.is_empty() {
        return Some(Vec::new());
    }
    text.split(' ').map(item).collect()
}
