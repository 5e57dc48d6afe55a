//! Reads the text of a ledger.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::super::{Entry, Ledger, PartEntry, PartName, Shingles, State};
use super::{FORMAT, NO_WORDS, VERSION, unescaped};
use crate::CardId;

/// Why a text is no ledger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LedgerError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do, in one sentence.
    pub hint: String,
}

const RESTORE: &str = "get the file back as it was committed (`git checkout -- cards.lock`); \
                       only if there is none, remove it: ids are then made from the questions";

impl FromStr for Ledger {
    type Err = LedgerError;

    /// Reads a ledger. Of a merge that is not finished the lines of both sides are read.
    fn from_str(text: &str) -> Result<Ledger, LedgerError> {
        let mut reader = Reader::default();
        // Some editors put a mark in front of the first line.
        let text = text.trim_start_matches('\u{feff}');
        for (index, line) in text.lines().enumerate() {
            reader
                .line(index + 1, line.trim_end_matches('\r'))
                .map_err(|message| error(index + 1, message))?;
        }
        if !reader.has_format {
            let message = format!("the line `{FORMAT} {VERSION}` is missing");
            return Err(error(1, message));
        }
        reader
            .ledger()
            .map_err(|(line, message)| error(line, message))
    }
}

impl LedgerError {
    /// The file holds no text.
    pub(crate) fn not_text() -> LedgerError {
        error(1, "this is no text in UTF-8".to_owned())
    }
}

fn error(line: usize, message: String) -> LedgerError {
    let hint = match message.contains("later version") {
        true => "bring Quire up to date",
        false => RESTORE,
    };
    LedgerError {
        line,
        message,
        hint: hint.to_owned(),
    }
}

impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LedgerError {
            line,
            message,
            hint,
        } = self;
        write!(f, "cards.lock:{line}: {message}\n  hint: {hint}")
    }
}

impl std::error::Error for LedgerError {}

#[derive(Default)]
struct Reader {
    has_format: bool,
    cards: BTreeMap<CardId, Said>,
    /// Inside of a conflict, what both sides began with: git shows it, and it is no longer true.
    is_base: bool,
    has_conflict: bool,
}

/// All that is said about a card, each thing as often as it is said differently.
#[derive(Default)]
struct Said {
    /// The line that speaks of the card first.
    line: usize,
    notes: Vec<String>,
    questions: Vec<String>,
    answers: Vec<u32>,
    parts: Vec<PartEntry>,
    is_retired: bool,
    unsure: Vec<CardId>,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) -> Result<(), String> {
        if self.mark(line) || self.is_base || line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        if let Some(version) = line.strip_prefix(FORMAT) {
            return self.format(version.trim());
        }
        let (id, rest) = line.split_once(' ').ok_or_else(|| unreadable(line))?;
        let id: CardId = id
            .parse()
            .map_err(|why| format!("`{id}` is no id of a card: {why}"))?;
        let (key, value) = rest.split_once(' ').unwrap_or((rest, ""));
        let card = self.cards.entry(id).or_insert_with(|| Said {
            line: number,
            ..Said::default()
        });
        card.say(key, value).ok_or_else(|| unreadable(line))
    }

    /// Whether a line is one of git's marks around the sides of a conflict.
    fn mark(&mut self, line: &str) -> bool {
        let is = |mark: &str| {
            line.strip_prefix(mark)
                .is_some_and(|rest| !rest.starts_with(&mark[..1]))
        };
        let is_base = is("|||||||");
        let is_other = is("<<<<<<<") || is("=======") || is(">>>>>>>");
        if is_base || is_other {
            self.is_base = is_base;
            self.has_conflict = true;
        }
        is_base || is_other
    }

    fn format(&mut self, version: &str) -> Result<(), String> {
        self.has_format = true;
        match version.parse::<u32>() {
            Ok(VERSION) => Ok(()),
            Ok(later) if later > VERSION => Err(format!(
                "the ledger is of a later version ({later}) than this Quire knows"
            )),
            _ => Err(format!("`{version}` is no version of a ledger")),
        }
    }

    fn ledger(self) -> Result<Ledger, (usize, String)> {
        let mut ledger = Ledger {
            has_conflict: self.has_conflict,
            ..Ledger::default()
        };
        for (id, said) in self.cards {
            let line = said.line;
            let (first, other) = said.entries().ok_or_else(|| {
                let what = "the note, the question or the answer is missing";
                (line, format!("of the card `{id}` {what}"))
            })?;
            if other != first {
                ledger.others.push((id, other));
            }
            ledger.entries.insert(id, first);
        }
        Ok(ledger)
    }
}

fn unreadable(line: &str) -> String {
    let start: String = line.chars().take(40).collect();
    format!("`{start}` is no line of a ledger")
}

impl Said {
    fn say(&mut self, key: &str, value: &str) -> Option<()> {
        match key {
            "note" => add(&mut self.notes, unescaped(value)?),
            "question" => add(&mut self.questions, unescaped(value)?),
            "answer" => add(&mut self.answers, u32::from_str_radix(value, 16).ok()?),
            "retired" => self.is_retired = true,
            "unsure" => add(&mut self.unsure, value.parse().ok()?),
            "part" => self.part(value, State::Present)?,
            "past-part" => self.part(value, State::Retired)?,
            _ => return None,
        }
        Some(())
    }

    fn part(&mut self, value: &str, state: State) -> Option<()> {
        let mut fields = value.splitn(4, ' ');
        let id = fields.next()?.parse().ok()?;
        let words = match fields.next()? {
            NO_WORDS => Shingles::default(),
            words => words.parse().ok()?,
        };
        let kind = fields.next()?;
        let name = unescaped(fields.next().unwrap_or_default())?;
        let name = match kind {
            "label" => PartName::Label(name),
            "text" => PartName::Text(name),
            _ => return None,
        };
        // Two sides of a merge may both speak of a part: one line is as good as the other.
        if self.parts.iter().all(|part| part.id != id) {
            self.parts.push(PartEntry {
                id,
                name,
                words,
                state,
            });
        }
        Some(())
    }

    /// The card by what is said first and by what is said last.
    fn entries(mut self) -> Option<(Entry, Entry)> {
        self.parts.sort_by_key(|part| part.state == State::Retired);
        let state = match self.is_retired {
            true => State::Retired,
            false => State::Present,
        };
        let entry = |note: &String, question: &String, answer: u32| Entry {
            note: note.clone(),
            question: question.clone(),
            answer,
            parts: self.parts.clone(),
            state,
            unsure: self.unsure.clone(),
        };
        let first = entry(
            self.notes.first()?,
            self.questions.first()?,
            *self.answers.first()?,
        );
        let last = entry(
            self.notes.last()?,
            self.questions.last()?,
            *self.answers.last()?,
        );
        Some((first, last))
    }
}

fn add<T: PartialEq>(values: &mut Vec<T>, value: T) {
    if !values.contains(&value) {
        values.push(value);
    }
}
