//! The text of a ledger: what `cards.lock` holds.
//!
//! Every line says one thing about one card and begins with its id, and cards are sorted by id. So
//! two branches that change different cards are merged line by line, and where git leaves the
//! lines of both sides, with its marks or without them, they still can be read: what is said twice
//! about a card is kept as another form of it, until the notes show which one is right.

mod read;

use std::fmt::Write;

use super::{Entry, Ledger, PartEntry, PartName, State};
use crate::CardId;

pub use read::LedgerError;

/// The name of the file in the notes' folder.
pub const NAME: &str = "cards.lock";

const HEAD: &str = "\
# The ids of the cards of these notes: progress hangs on them. Quire writes this file;
# commit it together with the notes. `cards.lock merge=union` in .gitattributes lets git
# keep the lines of both sides of a merge, as it should.
";
const FORMAT: &str = "quire ledger";
const VERSION: u32 = 1;
/// Stands for no words at all.
const NO_WORDS: &str = "-";

impl Ledger {
    /// The ledger as the text of its file. The same ledger gives the same text.
    pub fn to_text(&self) -> String {
        let mut text = format!("{HEAD}{FORMAT} {VERSION}\n");
        for (id, entry) in &self.entries {
            text.push('\n');
            write_entry(&mut text, *id, entry);
        }
        text
    }
}

fn write_entry(text: &mut String, id: CardId, entry: &Entry) {
    let mut line = |key: &str, value: &str| {
        let space = if value.is_empty() { "" } else { " " };
        writeln!(text, "{id} {key}{space}{value}").expect("a string takes all that is written");
    };
    line("note", &escaped(&entry.note));
    line("question", &escaped(&entry.question));
    line("answer", &format!("{:08x}", entry.answer));
    if entry.state == State::Retired {
        line("retired", "");
    }
    for other in &entry.unsure {
        line("unsure", other.as_str());
    }
    for part in &entry.parts {
        let key = match part.state {
            State::Present => "part",
            State::Retired => "past-part",
        };
        line(key, &part_value(part));
    }
}

fn part_value(part: &PartEntry) -> String {
    let words = part.words.to_string();
    let words = if words.is_empty() { NO_WORDS } else { &words };
    let (kind, name) = match &part.name {
        PartName::Label(name) => ("label", name),
        PartName::Text(name) => ("text", name),
    };
    format!("{} {words} {kind} {}", part.id, escaped(name))
}

/// One line, whatever stands in a text.
fn escaped(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => line.push_str("\\\\"),
            c if c.is_control() || c == '\u{2028}' || c == '\u{2029}' => {
                write!(line, "\\u{{{:x}}}", u32::from(c)).expect("a string takes all");
            }
            c => line.push(c),
        }
    }
    line
}

fn unescaped(line: &str) -> Option<String> {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        rest = match after.strip_prefix('\\') {
            Some(after) => {
                text.push('\\');
                after
            }
            None => {
                let (digits, after) = after.strip_prefix("u{")?.split_once('}')?;
                text.push(char::from_u32(u32::from_str_radix(digits, 16).ok()?)?);
                after
            }
        };
    }
    text.push_str(rest);
    Some(text)
}
