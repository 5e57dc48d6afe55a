//! Which versions of Quire may read and write the two stores.
//!
//! Each side keeps one line with a checksum, `{"quire":"stores","version":2,"reader":1,"writer":2}`:
//! the store under `quire:<scope>:format`, the archive as `format` of its shelf of what there is
//! once. A log without that line was written by the first version, which knew no archive.

use crate::archive::{Archive, Archived, put_meta};
use crate::keeper::open::copy;
use crate::keeper::{KeyValue, StoreError};
use crate::saved::{sealed, unsealed};
use std::fmt::Write;

/// The format that this version of Quire reads and writes.
pub const FORMAT: u32 = 2;

const START: &str = r#"{"quire":"stores","version":"#;
const READER: &str = r#","reader":"#;
const WRITER: &str = r#","writer":"#;

/// What one side says of itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Format {
    /// The migrations that it went through.
    pub version: u32,
    /// The lowest format that may read it.
    pub reader: u32,
    /// The lowest format that may write to it.
    pub writer: u32,
}

/// What may be done with the log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// Everything.
    ReadWrite,
    /// A later version of Quire has written it: it may be shown and exported, and nothing at all
    /// is written.
    ReadOnly {
        /// The lowest format that may write to it.
        needs: u32,
    },
}

/// What both sides say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Formats {
    /// The store. `None` where it does not say or cannot be read.
    pub store: Option<Format>,
    /// The archive.
    pub archive: Option<Format>,
    /// Whether the store has a log. That of the first version was in the store only.
    log: Log,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Log {
    Found,
    None,
}

impl Format {
    /// What this version writes.
    pub const CURRENT: Format = Format {
        version: FORMAT,
        reader: 1,
        writer: 2,
    };

    /// The line, without a line break.
    pub fn encode(self) -> String {
        let Format {
            version,
            reader,
            writer,
        } = self;
        let mut text = String::new();
        write!(text, "{START}{version}{READER}{reader}{WRITER}{writer}}}")
            .expect("a string takes every text");
        sealed(text)
    }

    /// The format of a line, `None` where it is damaged. A later version may say more in it.
    pub fn decode(line: &str) -> Option<Format> {
        let (version, rest) = number(unsealed(line)?, START)?;
        let (reader, rest) = number(rest, READER)?;
        let (writer, rest) = number(rest, WRITER)?;
        (rest.starts_with(',') || rest == "}").then_some(Format {
            version,
            reader,
            writer,
        })
    }

    fn access(self) -> Access {
        match self.reader.max(self.writer) {
            needs if needs > FORMAT => Access::ReadOnly { needs },
            _ => Access::ReadWrite,
        }
    }
}

impl Formats {
    /// What may be done with the log: what both sides allow.
    pub fn access(&self) -> Access {
        let sides = [self.store, self.archive].into_iter().flatten();
        let mut accesses = sides.map(Format::access);
        let read_only = accesses.find(|access| *access != Access::ReadWrite);
        read_only.unwrap_or(Access::ReadWrite)
    }

    /// The migrations that the log went through: 1 for a log that does not say, and [`FORMAT`]
    /// where there is none yet. A side that says less than the other has lost what it said, and
    /// [`stamp`] says it again.
    pub fn version(&self) -> u32 {
        let sides = [self.store, self.archive].into_iter().flatten();
        let version = sides.map(|format| format.version).max();
        version.unwrap_or(match self.log {
            Log::Found => 1,
            Log::None => FORMAT,
        })
    }
}

/// Reads what both sides say. Nothing is written. An archive that cannot be read says nothing.
pub fn formats<S: KeyValue>(store: &S, scope: &str, archived: Option<&Archived>) -> Formats {
    let line = store.get(&key(scope)).unwrap_or_default();
    let prefixes = ["tail:", "seg:"].map(|sort| format!("quire:{scope}:{sort}"));
    let is_log = |key: &String| prefixes.iter().any(|prefix| key.starts_with(prefix));
    let keys = store.keys().unwrap_or_default();
    Formats {
        store: line.and_then(|line| Format::decode(&line)),
        archive: archived
            .and_then(|archived| archived.meta("format"))
            .and_then(Format::decode),
        log: if keys.iter().any(is_log) {
            Log::Found
        } else {
            Log::None
        },
    }
}

/// Writes the current format where a side does not say it, once the log has no migration before
/// it. A damaged line of the store is set aside first; that of the archive is among its damaged
/// lines, for [`crate::set_aside`]. A log of a later format that this version may write to keeps its
/// own. A side that cannot be written to does not keep the other one from its line.
pub async fn stamp<S: KeyValue, A: Archive>(
    store: &S,
    scope: &str,
    archive: Option<&A>,
    formats: &Formats,
) -> Result<(), StoreError> {
    if formats.access() != Access::ReadWrite || formats.version() < FORMAT {
        return Ok(());
    }
    let sides = [formats.archive, formats.store].into_iter().flatten();
    let format = sides.max_by_key(|format| format.version);
    let format = format.unwrap_or(Format::CURRENT);
    let stamped = match formats.store == Some(format) {
        true => Ok(()),
        false => stamp_store(store, scope, format),
    };
    if let Some(archive) = archive.filter(|_| formats.archive != Some(format)) {
        let change = put_meta("format", &format.encode());
        archive.commit(vec![change]).await?;
    }
    stamped
}

fn stamp_store<S: KeyValue>(store: &S, scope: &str, format: Format) -> Result<(), StoreError> {
    let found = store.get(&key(scope))?;
    let damaged = found.filter(|line| Format::decode(line).is_none());
    if let Some(line) = damaged {
        copy(store, scope, "format", &line).0?;
    }
    store.set(&key(scope), &format.encode())
}

/// The key of the line in the store.
pub(crate) fn key(scope: &str) -> String {
    format!("quire:{scope}:format")
}

/// The number after a text, and what follows it.
fn number<'a>(text: &'a str, before: &str) -> Option<(u32, &'a str)> {
    let text = text.strip_prefix(before)?;
    let end = text.find(|char: char| !char.is_ascii_digit())?;
    Some((text[..end].parse().ok()?, &text[end..]))
}
