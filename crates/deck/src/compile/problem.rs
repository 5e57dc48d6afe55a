//! `Problem`: a finding of the compiler about a note.

use std::fmt;

use serde::Serialize;

/// A finding about a note: what, where, and what to do about it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// A short stable name of the kind of problem, such as `unclosed-fence`.
    pub code: &'static str,
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
}

/// How bad a problem is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something the note says does not reach the learner.
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
