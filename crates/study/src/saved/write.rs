//! Event to JSON object.

use super::{kind_name, usual_day};
use crate::event::{Due, Event, Kind, Phase, Review, Scope};
use crate::settings::{Fuzz, SettingsChange, Theme, Welcome};
use std::fmt::{Display, Write};

/// The object of an event. ASCII only: one other character would double what a line takes up in
/// some browsers.
pub(super) fn object(event: &Event) -> String {
    let mut object = Object::default();
    object.plain("i", &event.id);
    object.number("t", event.utc_ms);
    object.unless("h", event.hlc_ms, event.utc_ms);
    object.unless("o", event.utc_offset_min.into(), 0);
    let usual_day = usual_day(event.utc_ms, event.utc_offset_min);
    object.unless("d", event.study_day.0.into(), usual_day.0.into());
    if let Some(name) = kind_name(&event.kind) {
        object.plain("k", &name);
    }
    if let Some(card) = event.card() {
        object.plain("c", &card);
    }
    match &event.kind {
        Kind::Review(review) => object.review(review),
        Kind::Undo { event } => object.plain("e", event),
        Kind::Bury { until, .. } => object.number("u", until.0.into()),
        Kind::Flag {
            reason: Some(reason),
            ..
        } => object.text("r", reason),
        Kind::SetDue { due, .. } => object.due(*due),
        Kind::SetAside { scope, .. } => match scope {
            Scope::Deck(path) => object.text("deck", path),
            Scope::Tag(tag) => object.text("tag", tag),
        },
        Kind::Settings(change) => object.settings(change),
        Kind::Device { name } if !name.is_empty() => object.text("name", name),
        _ => {}
    }
    for (name, value) in &event.extra.0 {
        object.separate();
        push_ascii(&mut object.0, name);
        object.0.push(':');
        push_ascii(&mut object.0, value);
    }
    object.0.push('}');
    object.0
}

/// An object that is not closed yet.
#[derive(Default)]
struct Object(String);

impl Object {
    fn separate(&mut self) {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
    }

    fn name(&mut self, name: &str) {
        self.separate();
        self.0.extend(["\"", name, "\":"]);
    }

    fn number(&mut self, name: &str, value: i64) {
        self.name(name);
        self.write(&value);
    }

    fn unless(&mut self, name: &str, value: i64, usual: i64) {
        if value != usual {
            self.number(name, value);
        }
    }

    /// A string in which nothing needs an escape.
    fn plain(&mut self, name: &str, value: &dyn Display) {
        self.name(name);
        self.0.push('"');
        self.write(value);
        self.0.push('"');
    }

    fn list<T: Display>(&mut self, name: &str, items: &[T]) {
        self.name(name);
        self.0.push('"');
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.0.push(' ');
            }
            self.write(item);
        }
        self.0.push('"');
    }

    fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        self.0.push('"');
        for char in value.chars() {
            match char {
                '"' | '\\' => self.0.extend(['\\', char]),
                '\0'..='\x1f' | '\x7f' => push_escape(&mut self.0, char as u16),
                _ => push_ascii_char(&mut self.0, char),
            }
        }
        self.0.push('"');
    }

    fn write(&mut self, value: &dyn Display) {
        write!(self.0, "{value}").expect("a string takes every text");
    }

    fn review(&mut self, review: &Review) {
        self.unless("f", review.fingerprint.into(), 0);
        self.number("g", review.rating.number().into());
        self.unless("m", review.took_ms.into(), 0);
        let phase = match review.phase {
            Phase::Learn => 0,
            Phase::Review => 1,
            Phase::Relearn => 2,
            Phase::Cram => 3,
        };
        self.unless("p", phase, 1);
        if !review.got.is_empty() {
            self.list("y", &review.got);
        }
        if !review.missed.is_empty() {
            self.list("n", &review.missed);
        }
        if let Some(due) = review.due {
            self.due(due);
        }
        if let Some(step) = review.step {
            self.number("s", step.into());
        }
    }

    fn due(&mut self, due: Due) {
        match due {
            Due::Day(day) => self.number("u", day.0.into()),
            Due::At { utc_ms } => self.number("a", utc_ms),
        }
    }

    fn settings(&mut self, change: &SettingsChange) {
        let mut number = |name, value: Option<u32>| {
            if let Some(value) = value {
                self.number(name, value.into());
            }
        };
        number("retention", change.desired_retention_percent);
        number("new", change.new_per_day);
        number("max", change.maximum_interval_days);
        number("rollover", change.rollover_hour.map(u32::from));
        number("fuzz", change.fuzz.map(|fuzz| u32::from(fuzz == Fuzz::On)));
        let is_read = |welcome| u32::from(welcome == Welcome::Read);
        number("welcome", change.welcome.map(is_read));
        if let Some(steps) = &change.learning_steps_min {
            self.list("learn", steps);
        }
        if let Some(steps) = &change.relearning_steps_min {
            self.list("relearn", steps);
        }
        if let Some(theme) = change.theme {
            let name = match theme {
                Theme::System => "system",
                Theme::Light => "light",
                Theme::Dark => "dark",
            };
            self.plain("theme", &name);
        }
    }
}

/// JSON in ASCII and on one line: other characters stand in strings only, where an escape means
/// the same, and line breaks between tokens only, where they mean nothing.
pub(super) fn push_ascii(to: &mut String, json: &str) {
    for char in json.chars().filter(|char| !matches!(char, '\n' | '\r')) {
        push_ascii_char(to, char);
    }
}

fn push_ascii_char(to: &mut String, char: char) {
    if char.is_ascii() {
        to.push(char);
        return;
    }
    for unit in char.encode_utf16(&mut [0; 2]) {
        push_escape(to, *unit);
    }
}

fn push_escape(to: &mut String, unit: u16) {
    write!(to, "\\u{unit:04x}").expect("a string takes every text");
}
