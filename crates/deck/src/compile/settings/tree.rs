//! `Tree`: what a `quire.toml` or a `quire:` in frontmatter says, each value with its place.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and the byte where it begins.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Tree {
    pub(crate) offset: usize,
    pub(crate) value: Value,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Value {
    Text(String),
    Number(i64),
    List(Vec<Tree>),
    Map(Vec<Entry>),
    /// Neither of these: nothing, a truth value, a fraction, a date.
    Other,
}

/// A key, the byte where it begins, and its value.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) offset: usize,
    pub(crate) tree: Tree,
}

/// What is wrong with a TOML file, and the byte where.
pub(crate) struct TomlError {
    pub(crate) offset: usize,
    pub(crate) message: String,
}

impl Tree {
    /// Reads TOML. What can be read is read, in spite of what is wrong.
    pub(crate) fn from_toml(text: &str) -> (Tree, Vec<TomlError>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let value = map_of(table.get_ref());
        let error = |error: toml::de::Error| TomlError {
            offset: error.span().map_or(0, |span| span.start),
            message: error.message().to_owned(),
        };
        let errors = errors.into_iter().map(error).collect();
        (Tree { offset: 0, value }, errors)
    }

    /// The tree of YAML. `offset_of` gives the byte of a line and a column, counted from 1.
    pub(crate) fn from_yaml(yaml: Yaml, offset_of: &impl Fn(u64, u64) -> usize) -> Tree {
        let Spanned {
            value, referenced, ..
        } = yaml.0;
        let offset = offset_of(referenced.line(), referenced.column());
        let tree = |yaml| Tree::from_yaml(yaml, offset_of);
        let value = match value {
            YamlValue::Text(text) => Value::Text(text),
            YamlValue::Number(number) => Value::Number(number),
            YamlValue::List(list) => Value::List(list.into_iter().map(tree).collect()),
            YamlValue::Map(map) => {
                let entry = |(key, yaml): (Spanned<String>, Yaml)| Entry {
                    offset: offset_of(key.referenced.line(), key.referenced.column()),
                    key: key.value,
                    tree: tree(yaml),
                };
                Value::Map(map.into_iter().map(entry).collect())
            }
            YamlValue::Other => Value::Other,
        };
        Tree { offset, value }
    }
}

fn map_of(table: &DeTable) -> Value {
    let entry = |(key, value): (&toml::Spanned<_>, &toml::Spanned<DeValue>)| Entry {
        key: std::string::ToString::to_string(key.get_ref() as &std::borrow::Cow<str>),
        offset: key.span().start,
        tree: Tree {
            offset: value.span().start,
            value: value_of(value.get_ref()),
        },
    };
    let mut entries: Vec<Entry> = table.iter().map(entry).collect();
    entries.sort_by_key(|entry| entry.offset);
    Value::Map(entries)
}

fn value_of(value: &DeValue) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => {
            let number = i64::from_str_radix(number.as_str(), number.radix());
            number.map_or(Value::Other, Value::Number)
        }
        DeValue::Array(array) => {
            let tree = |item: &toml::Spanned<DeValue>| Tree {
                offset: item.span().start,
                value: value_of(item.get_ref()),
            };
            Value::List(array.iter().map(tree).collect())
        }
        DeValue::Table(table) => map_of(table),
        _ => Value::Other,
    }
}

/// Any YAML.
pub(crate) struct Yaml(Spanned<YamlValue>);

enum YamlValue {
    Text(String),
    Number(i64),
    List(Vec<Yaml>),
    Map(Vec<(Spanned<String>, Yaml)>),
    Other,
}

impl<'de> Deserialize<'de> for Yaml {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Yaml, D::Error> {
        Spanned::deserialize(deserializer).map(Yaml)
    }
}

impl<'de> Deserialize<'de> for YamlValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<YamlValue, D::Error> {
        deserializer.deserialize_any(YamlVisitor)
    }
}

struct YamlVisitor;

impl<'de> Visitor<'de> for YamlVisitor {
    type Value = YamlValue;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("settings")
    }

    fn visit_unit<E>(self) -> Result<YamlValue, E> {
        Ok(YamlValue::Other)
    }

    fn visit_none<E>(self) -> Result<YamlValue, E> {
        Ok(YamlValue::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<YamlValue, E> {
        Ok(YamlValue::Other)
    }

    fn visit_i64<E>(self, value: i64) -> Result<YamlValue, E> {
        Ok(YamlValue::Number(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<YamlValue, E> {
        Ok(i64::try_from(value).map_or(YamlValue::Other, YamlValue::Number))
    }

    fn visit_f64<E>(self, _: f64) -> Result<YamlValue, E> {
        Ok(YamlValue::Other)
    }

    fn visit_str<E>(self, text: &str) -> Result<YamlValue, E> {
        Ok(YamlValue::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<YamlValue, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(YamlValue::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<YamlValue, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(YamlValue::Map(map))
    }
}
