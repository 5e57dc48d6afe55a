//! The log as one text: for a file, and for another device.
//!
//! A header line, then each event in the format of [`crate::saved`]. The header is
//! `{"quire":"log","version":1,"events":N}` with its checksum.

use crate::event::Event;
use crate::id::EventId;
use crate::saved::{BadLine, decode_line, encode_line, sealed, unsealed};
use std::collections::BTreeMap;
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
    /// An earlier line gives another event under the same name.
    Contradicts {
        /// That line.
        earlier_line: u32,
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

/// Reads the text of a log. A bad line costs that line only.
pub fn parse_export(text: &str) -> Result<Import, ImportError> {
    if text.len() > MAX_EXPORT_BYTES {
        return Err(ImportError::TooLong);
    }
    // A byte order mark and other line breaks come from editors and mail.
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let promised = promised_events(lines.next().unwrap_or_default())?;
    let mut import = Import {
        events: Vec::new(),
        bad_lines: Vec::new(),
        missing: 0,
    };
    let mut event_lines = Vec::new();
    let mut seen: BTreeMap<EventId, u32> = BTreeMap::new();
    for (line, text) in (2..).zip(lines).filter(|(_, text)| !text.is_empty()) {
        let mut reject = |problem| import.bad_lines.push(BadExportLine { line, problem });
        match decode_line(text) {
            Err(bad) => reject(LineProblem::Bad(bad)),
            Ok(event) => match seen.get(&event.id) {
                None => {
                    seen.insert(event.id, import.events.len() as u32);
                    event_lines.push(line);
                    import.events.push(event);
                }
                Some(&place) if import.events[place as usize] != event => {
                    let earlier_line = event_lines[place as usize];
                    reject(LineProblem::Contradicts { earlier_line });
                }
                Some(_) => {}
            },
        }
    }
    import.missing = promised.saturating_sub(import.events.len() as u32);
    Ok(import)
}

/// How many events the header promises.
fn promised_events(header: &str) -> Result<u32, ImportError> {
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
