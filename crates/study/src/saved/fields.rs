//! The fields of a JSON object as texts, each read at most once.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

/// The fields of an object in their order. It notes which were read; the others are what this
/// version does not know.
pub(super) struct Fields<'a>(Vec<Field<'a>>);

struct Field<'a> {
    name: &'a RawValue,
    value: &'a RawValue,
    is_read: Cell<bool>,
}

impl<'a> Fields<'a> {
    pub(super) fn parse(object: &'a str) -> Option<Fields<'a>> {
        serde_json::from_str(object).ok()
    }

    /// The value of a field as JSON text. The name is written as in the log, without escapes.
    pub(super) fn raw(&self, name: &str) -> Option<&'a str> {
        let has_name = |field: &&Field| {
            let quoted = field.name.get().as_bytes();
            quoted.get(1..quoted.len() - 1) == Some(name.as_bytes())
        };
        let field = self.0.iter().find(has_name)?;
        field.is_read.set(true);
        Some(field.value.get())
    }

    /// The fields that were not read, with their names, as JSON texts.
    pub(super) fn unread(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let unread = self.0.iter().filter(|field| !field.is_read.get());
        unread.map(|field| (field.name.get(), field.value.get()))
    }

    /// Forgets which fields were read.
    pub(super) fn unread_all(&self) {
        for field in &self.0 {
            field.is_read.set(false);
        }
    }
}

/// An integer, or `None` for any other value.
pub(super) fn integer<T: std::str::FromStr>(raw: &str) -> Option<T> {
    raw.parse().ok()
}

/// The text of a string, or `None` for any other value.
pub(super) fn text(raw: &str) -> Option<Cow<'_, str>> {
    let inside = raw.strip_prefix('"')?.strip_suffix('"')?;
    if inside.contains('\\') {
        return serde_json::from_str(raw).ok().map(Cow::Owned);
    }
    Some(Cow::Borrowed(inside))
}

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut fields = Vec::with_capacity(12);
        while let Some((name, value)) = map.next_entry()? {
            fields.push(Field {
                name,
                value,
                is_read: Cell::new(false),
            });
        }
        Ok(Fields(fields))
    }
}
