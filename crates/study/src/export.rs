//! The log as one text: for a file, and for another device.
//!
//! A header line, then each event in the format of [`crate::saved`]. The header is
//! `{"quire":"log","version":1,"events":N}` with its checksum.

use crate::event::Event;
use crate::order::sorted_places;
use crate::saved::{BadLine, decode_line, encode_line, sealed, unsealed};
use std::fmt::{self, Write};

/// No longer text is read.
pub const MAX_EXPORT_BYTES: usize = 50 * 1024 * 1024;

const VERSION: u32 = 1;
const HEADER_START: &str = r#"{"quire":"log","version":"#;
const HEADER_EVENTS: &str = r#","events":"#;

/// What an export holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Import {
    /// Its events, each once.
    pub events: Vec<Event>,
    /// The lines that could not be read.
    pub bad_lines: Vec<BadExportLine>,
    /// How many events the header promises beyond those that are there: the file was cut off,
    /// or lines are bad.
    pub missing: u32,
}

/// A line of an export that could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadExportLine {
    /// Its number, from 1.
    pub line: u32,
    /// What is wrong with it.
    pub problem: LineProblem,
}

/// What is wrong with a line of an export.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LineProblem {
    /// It is no event.
    Bad(BadLine),
    /// Another line gives another event under the same name. Neither can be trusted, and
    /// neither is taken.
    Contradicts {
        /// That line.
        other_line: u32,
    },
}

/// Why a text is no export at all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ImportError {
    /// It is longer than [`MAX_EXPORT_BYTES`].
    TooLong,
    /// It does not begin with the header.
    NotALog,
    /// A later version of Quire wrote it.
    TooNew {
        /// The version of its format.
        version: u32,
    },
}

impl fmt::Display for LineProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LineProblem::Bad(bad) => bad.fmt(f),
            LineProblem::Contradicts { other_line } => {
                write!(f, "line {other_line} says something else of the same entry")
            }
        }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ImportError::TooLong => f.write_str("the file is longer than 50 MB"),
            ImportError::NotALog => f.write_str("the file is no log that Quire has exported"),
            ImportError::TooNew { version } => write!(
                f,
                "a later version of Quire has written the file (format {version}): update first"
            ),
        }
    }
}

impl std::error::Error for ImportError {}

/// The text of a log.
pub fn export_text<'a>(events: impl IntoIterator<Item = &'a Event>) -> String {
    let mut lines = String::new();
    let mut count = 0;
    for event in events {
        lines.push_str(&encode_line(event));
        lines.push('\n');
        count += 1;
    }
    let mut header = String::new();
    write!(header, "{HEADER_START}{VERSION}{HEADER_EVENTS}{count}}}")
        .expect("a string takes every text");
    sealed(header) + "\n" + &lines
}

/// Reads the text of a log, such as the start page's download when the app cannot start. A bad
/// line costs that line only.
pub fn parse_export(text: &str) -> Result<Import, ImportError> {
    if text.len() > MAX_EXPORT_BYTES {
        return Err(ImportError::TooLong);
    }
    // A byte order mark and other line breaks come from editors and mail.
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let promised = promised_events(lines.next().unwrap_or_default())?;
    let lines = (2..).zip(lines).filter(|(_, text)| !text.is_empty());
    let lines: Vec<Line> = lines
        .map(|(line, text)| (line, decode_line(text)))
        .collect();
    let mut others = others(&lines).into_iter();
    let mut import = Import {
        events: Vec::new(),
        bad_lines: Vec::new(),
        missing: 0,
    };
    for (line, result) in lines {
        let other = others.next().flatten();
        let problem = match (result, other) {
            (Err(bad), _) => LineProblem::Bad(bad),
            (Ok(event), None) => {
                import.events.push(event);
                continue;
            }
            (Ok(_), Some(Other::Same)) => continue,
            (Ok(_), Some(Other::Contradicts { other_line })) => {
                LineProblem::Contradicts { other_line }
            }
        };
        import.bad_lines.push(BadExportLine { line, problem });
    }
    import.missing = promised.saturating_sub(import.events.len() as u32);
    Ok(import)
}

type Line = (u32, Result<Event, BadLine>);

/// What other lines say of the id of a line.
#[derive(Clone, Copy)]
enum Other {
    /// An earlier line says the same.
    Same,
    /// A line gives the id to a different event.
    Contradicts { other_line: u32 },
}

/// What the others say of each line. Of lines that contradict each other, the first and the first
/// that differs from it are named.
fn others(lines: &[Line]) -> Vec<Option<Other>> {
    let event = |place: u32| lines[place as usize].1.as_ref().ok();
    let id = |place: u32| event(place).map(|event| event.id);
    let by_id = sorted_places(lines.len(), &mut |one, other| id(one).cmp(&id(other)));
    let mut others = vec![None; lines.len()];
    for same in by_id.chunk_by(|one, other| id(*one).is_some() && id(*one) == id(*other)) {
        let first = same[0];
        let differing = same.iter().find(|place| event(**place) != event(first));
        let line = |place: u32| lines[place as usize].0;
        for &place in same {
            others[place as usize] = match differing {
                Some(&differing) => Some(Other::Contradicts {
                    other_line: line(if place < differing { differing } else { first }),
                }),
                None => (place != first).then_some(Other::Same),
            };
        }
    }
    others
}

/// How many events the header promises.
pub(crate) fn promised_events(header: &str) -> Result<u32, ImportError> {
    let header = unsealed(header).ok_or(ImportError::NotALog)?;
    let fields = header.strip_prefix(HEADER_START);
    let fields = fields.ok_or(ImportError::NotALog)?;
    let digits = fields.find(|char: char| !char.is_ascii_digit());
    let (version, rest) = fields.split_at(digits.unwrap_or(fields.len()));
    let version = version.parse().map_err(|_| ImportError::NotALog)?;
    if version > VERSION {
        return Err(ImportError::TooNew { version });
    }
    let events = rest.strip_prefix(HEADER_EVENTS);
    let events = events.and_then(|rest| rest.strip_suffix('}'));
    events
        .and_then(|events| events.parse().ok())
        .ok_or(ImportError::NotALog)
}
