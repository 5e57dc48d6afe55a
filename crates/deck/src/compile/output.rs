//! What the compiler returns: decks, cards and parts, in the shape of the `cards` command's JSON.

use std::fmt::Display;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::images::Image;
use super::ledger::{Change, Ledger};
use super::problem::{Problem, Severity};
use crate::{CardId, Direction, PartId};

/// All decks of a folder of notes, and all that was found wrong with them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Compiled {
    /// The decks in the order of their notes. A note without cards makes none.
    pub decks: Vec<Deck>,
    /// The problems in the order of notes, lines and columns.
    pub problems: Vec<Problem>,
    /// The images that the decks show, sorted by path.
    #[serde(skip)]
    pub images: Vec<Image>,
    /// What is different about cards since the ledger was written. Nothing without a ledger.
    pub changes: Vec<Change>,
    /// The ledger as it has to be now, where there is one.
    #[serde(skip)]
    pub ledger: Option<Ledger>,
}

/// The cards of one note.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Deck {
    /// The note's path in the notes' folder, with `/`.
    pub path: String,
    /// The title as text.
    pub title: String,
    /// The tags of the note's frontmatter, in order.
    pub tags: Vec<String>,
    /// The marks of the headings that are its questions, such as `##`; `<summary>` where the
    /// questions are those of `<details>`.
    pub level: String,
    /// Why: `default`, the path of a `quire.toml`, `frontmatter`, or `structure: ` and what in
    /// the note shows it.
    pub level_from: String,
    /// The cards in the order of the note.
    pub cards: Vec<Card>,
    /// The title as inline HTML.
    pub title_html: String,
    /// What the note says outside its cards, as HTML.
    pub intro_html: String,
}

/// A question and its answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Card {
    /// The card's id.
    #[serde(serialize_with = "as_text", deserialize_with = "card_id")]
    pub id: CardId,
    /// The question as text.
    pub question: String,
    /// The line of the question, counted from 1.
    pub line: u32,
    /// The card's tags, in order.
    pub tags: Vec<String>,
    /// The headings above the card within its note, from the outermost on, as text.
    pub section: Vec<String>,
    /// The question as inline HTML.
    pub question_html: String,
    /// What is shown below the question before the answer, as HTML: code, a table, the options of
    /// a choice. Mostly empty.
    pub given_html: String,
    /// The direction that the card is read in.
    pub direction: Direction,
    /// The prompt, where there is one, and then the parts of the answer in order.
    pub parts: Vec<Part>,
    /// A hash of the answer's normalised text, without the prompt.
    pub fingerprint: u32,
}

/// One piece of an answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Part {
    /// The part's id within its card.
    #[serde(serialize_with = "as_text", deserialize_with = "part_id")]
    pub id: PartId,
    /// The label as text without its colon; empty for a part without a label.
    pub label: String,
    /// The label as inline HTML.
    pub label_html: String,
    /// The line where the part begins, counted from 1.
    pub line: u32,
    /// Whether this is the prompt.
    pub kind: PartKind,
    /// The whole part as HTML, with the paragraph or heading of its label.
    pub html: String,
    /// The whole part as plain text.
    pub text: String,
}

/// What a part is to the learner.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PartKind {
    /// Tells what the question is after; shown on request, never ticked.
    Prompt,
    /// Belongs to the answer.
    Part,
}

impl Compiled {
    /// Whether something that the notes say does not reach the learner.
    pub fn has_errors(&self) -> bool {
        let is_error = |problem: &Problem| problem.severity == Severity::Error;
        self.problems.iter().any(is_error)
    }

    /// The bundle: what [`crate::Bundle::new`] reads. The same decks give the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        super::encode::encode(&self.decks)
    }
}

impl Card {
    /// The parts of the answer, without the prompt.
    pub fn answer(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|part| part.kind == PartKind::Part)
    }

    /// The prompt, where there is one.
    pub fn prompt(&self) -> Option<&Part> {
        self.parts.iter().find(|part| part.kind == PartKind::Prompt)
    }
}

fn as_text<S: Serializer>(id: &impl ToString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&id.to_string())
}

/// The id of a card, or [`CardId::NONE`] where none is given yet.
fn card_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<CardId, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "" => Ok(CardId::NONE),
        text => parsed(text),
    }
}

fn part_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PartId, D::Error> {
    parsed(&String::deserialize(deserializer)?)
}

fn parsed<T: FromStr<Err: Display>, E: serde::de::Error>(text: &str) -> Result<T, E> {
    text.parse().map_err(E::custom)
}
