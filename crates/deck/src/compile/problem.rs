//! `Problem`: a finding of the compiler about a note.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use super::codes;
use super::excerpt::Excerpt;
use super::source::{Place, Source};

/// A finding about a note: what, where, and what to do about it.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// A short stable name of the kind of problem, such as `unclosed-fence`.
    #[serde(deserialize_with = "code")]
    pub code: codes::Name,
    /// The note's path in the notes' folder, with `/`.
    pub path: String,
    /// The line in the file, counted from 1, frontmatter included.
    pub line: u32,
    /// The column in characters, counted from 1.
    pub column: u32,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do, in one sentence.
    pub hint: String,
    /// How many characters are meant, from the column on. 0 if no line can be shown.
    pub length: u32,
    /// The line, or so much of it as stands around the column.
    pub text: String,
    /// How many characters of the line stand before the text.
    pub text_start: u32,
    /// Whether more of the line follows the text.
    pub text_goes_on: bool,
    /// Another place that it is about.
    pub also: Option<Other>,
}

/// A second place that a problem is about. Its fields are those of [`Problem`].
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Other {
    /// The note's path in the notes' folder, with `/`.
    pub path: String,
    /// The line in the file.
    pub line: u32,
    /// The column in characters.
    pub column: u32,
    /// How many characters are meant.
    pub length: u32,
    /// The line, or so much of it as stands around the column.
    pub text: String,
    /// How many characters of the line stand before the text.
    pub text_start: u32,
    /// Whether more of the line follows the text.
    pub text_goes_on: bool,
    /// What is there, in a few words.
    pub label: String,
}

/// How bad a problem is.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something the note says does not reach the learner.
    #[default]
    Error,
    /// Everything is there, but perhaps not as it was meant.
    Warning,
}

impl Severity {
    /// The word that stands in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

impl Problem {
    /// Shows this of the line.
    pub(crate) fn show(&mut self, excerpt: &Excerpt) {
        self.length = small(excerpt.length);
        self.text = excerpt.text.clone();
        self.text_start = small(excerpt.before);
        self.text_goes_on = excerpt.goes_on;
    }
}

impl Other {
    pub(crate) fn new(path: &str, source: &Source, offset: usize, label: &str) -> Other {
        let Place { line, column } = source.place(offset);
        let excerpt = source.excerpt(offset, None);
        Other {
            path: path.to_owned(),
            line,
            column,
            length: small(excerpt.length),
            text: excerpt.text,
            text_start: small(excerpt.before),
            text_goes_on: excerpt.goes_on,
            label: label.to_owned(),
        }
    }
}

/// `path:line:column: error[code]: message`, then the hint on a line of its own.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem {
            path,
            line,
            column,
            code,
            message,
            hint,
            ..
        } = self;
        let severity = self.severity.as_str();
        write!(f, "{path}:{line}:{column}: {severity}[{code}]: {message}")?;
        write!(f, "\n  hint: {hint}")
    }
}

/// A code of the table by its name.
fn code<'de, D: Deserializer<'de>>(deserializer: D) -> Result<codes::Name, D::Error> {
    let name = String::deserialize(deserializer)?;
    let code = codes::find(&name);
    let unknown = || serde::de::Error::custom(format!("there is no problem `{name}`"));
    code.map(|code| code.name).ok_or_else(unknown)
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
