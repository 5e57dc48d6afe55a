//! Reads settings from a tree, and reports what cannot be read at its place.

use pulldown_cmark::HeadingLevel;

use super::tree::{Entry, Tree, Value};
use super::{Convention, Level, Settings};
use crate::compile::source::Findings;

/// The settings that one place chooses. What it leaves out stays as it was.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(crate) struct Choices {
    pub(crate) level: Option<Level>,
    pub(crate) cards: Option<Vec<Convention>>,
    pub(crate) prompts: Option<Vec<String>>,
}

/// What to do with the keys that settings do not know.
pub(super) const UNKNOWN: &str = "unknown-setting";
const CODE: &str = "bad-setting";

impl Choices {
    /// Reads the map below a `quire:` in frontmatter.
    pub(crate) fn read(tree: &Tree, findings: &mut Findings) -> Choices {
        let mut choices = Choices::default();
        for entry in map(tree, "`quire:`", findings) {
            if !choices.read_entry(entry, findings) {
                unknown(entry, "`level`, `cards` and `prompts`", findings);
            }
        }
        choices
    }

    /// Reads one key, unless it is none of these.
    pub(super) fn read_entry(&mut self, entry: &Entry, findings: &mut Findings) -> bool {
        match entry.key.as_str() {
            "level" => self.level = level(&entry.tree, findings).or(self.level),
            "cards" => self.cards = conventions(&entry.tree, findings).or(self.cards.take()),
            "prompts" => self.prompts = prompts(&entry.tree, findings).or(self.prompts.take()),
            _ => return false,
        }
        true
    }

    /// These settings with what is chosen here.
    pub(crate) fn apply(&self, settings: &mut Settings) {
        if let Some(level) = self.level {
            settings.level = level;
        }
        if let Some(cards) = &self.cards {
            settings.cards.clone_from(cards);
        }
        if let Some(prompts) = &self.prompts {
            settings.prompts.clone_from(prompts);
        }
    }
}

/// The entries of a map; anything else is reported, unless it is nothing.
pub(super) fn map<'t>(tree: &'t Tree, what: &str, findings: &mut Findings) -> &'t [Entry] {
    if let Value::Map(entries) = &tree.value {
        return entries;
    }
    let message = format!("{what} holds settings, each by its name");
    let hint = "write a setting a line, such as the level of the questions: `level` and a number";
    findings.error(CODE, tree.offset, &message, hint);
    &[]
}

pub(super) fn unknown(entry: &Entry, known: &str, findings: &mut Findings) {
    let message = format!("there is no setting `{}`", entry.key);
    let hint = format!("the settings are {known}");
    findings.error(UNKNOWN, entry.offset, &message, &hint);
}

const LEVELS: &str = "a level is a number from 1 to 6, `h1` to `h6`, `summary`, or `auto`";

fn level(tree: &Tree, findings: &mut Findings) -> Option<Level> {
    let level = match &tree.value {
        Value::Number(number) => usize::try_from(*number).ok().and_then(fixed),
        Value::Text(text) => level_named(text),
        _ => None,
    };
    if level.is_none() {
        findings.error(CODE, tree.offset, "this is no level of headings", LEVELS);
    }
    level
}

/// The level of `3`, `h3`, `###`, `summary` or `auto`.
fn level_named(text: &str) -> Option<Level> {
    let text = text.trim().to_lowercase();
    match text.as_str() {
        "auto" => return Some(Level::FromStructure),
        "summary" | "<summary>" => return Some(Level::Summaries),
        _ => {}
    }
    if !text.is_empty() && text.bytes().all(|byte| byte == b'#') {
        return fixed(text.len());
    }
    fixed(text.strip_prefix('h').unwrap_or(&text).parse().ok()?)
}

fn fixed(level: usize) -> Option<Level> {
    HeadingLevel::try_from(level).ok().map(Level::Fixed)
}

/// A list of names; one name alone is a list too. Names that are unknown are reported and left
/// out, and if none is known the list counts as not chosen.
fn conventions(tree: &Tree, findings: &mut Findings) -> Option<Vec<Convention>> {
    let names = texts(tree, "`cards` is a list of names", findings)?;
    let has_names = !names.is_empty();
    let mut found = Vec::new();
    for (name, offset) in names {
        let folded = name.trim().to_lowercase();
        match Convention::ALL.iter().find(|(known, _)| *known == folded) {
            Some((_, convention)) if found.contains(convention) => {}
            Some((_, convention)) => found.push(*convention),
            None => {
                let message = format!("there is no way to mark cards that is called `{name}`");
                findings.error(CODE, offset, &message, &conventions_hint());
            }
        }
    }
    if !has_names {
        let message = "an empty list would make no cards, so it is not followed";
        findings.error(CODE, tree.offset, message, &conventions_hint());
    }
    (!found.is_empty()).then_some(found)
}

fn conventions_hint() -> String {
    let names = Convention::ALL.map(|(name, _)| format!("`{name}`"));
    format!("choose among {}", names.join(", "))
}

fn prompts(tree: &Tree, findings: &mut Findings) -> Option<Vec<String>> {
    let labels = texts(tree, "`prompts` is a list of labels", findings)?;
    Some(labels.into_iter().map(|(label, _)| label).collect())
}

/// The texts of a list with their places, or of one text alone. Items of another kind are
/// reported and left out.
fn texts(tree: &Tree, what: &str, findings: &mut Findings) -> Option<Vec<(String, usize)>> {
    let items = match &tree.value {
        Value::List(items) => items.as_slice(),
        Value::Text(_) => std::slice::from_ref(tree),
        _ => {
            let hint = "write it between brackets, each item between quotes: [\"one\", \"two\"]";
            findings.error(CODE, tree.offset, what, hint);
            return None;
        }
    };
    let mut texts = Vec::new();
    for item in items {
        match &item.value {
            Value::Text(text) => texts.push((text.clone(), item.offset)),
            _ => findings.error(
                CODE,
                item.offset,
                "this is no text",
                "put it between quotes",
            ),
        }
    }
    Some(texts)
}
