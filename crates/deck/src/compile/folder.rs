//! Reads the notes of a folder.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// One Markdown file of the notes' folder, as it was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// The path in the notes' folder, with `/`.
    pub path: String,
    /// The whole file.
    pub bytes: Vec<u8>,
}

/// A file or folder that could not be read.
#[derive(Debug)]
pub struct ReadError {
    /// What could not be read.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

/// Reads all notes below a folder, sorted by path.
///
/// A note is a file that ends in `.md` or `.markdown`. `README.md` in any case, and files and
/// folders that begin with `_` or `.`, are not notes.
pub fn read_notes(folder: &Path) -> Result<Vec<Note>, ReadError> {
    let mut notes = Vec::new();
    read_folder(folder, "", &mut Vec::new(), &mut notes)?;
    notes.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(notes)
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read {}: {}", self.path.display(), self.source)
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// `open` holds the folders being read, so that a link back to one of them ends there.
fn read_folder(
    folder: &Path,
    prefix: &str,
    open: &mut Vec<PathBuf>,
    notes: &mut Vec<Note>,
) -> Result<(), ReadError> {
    let real = fs::canonicalize(folder).map_err(failed(folder))?;
    if open.contains(&real) {
        return Ok(());
    }
    open.push(real);
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        let entry = entry.map_err(failed(folder))?.path();
        read_entry(&entry, prefix, open, notes)?;
    }
    open.pop();
    Ok(())
}

fn read_entry(
    entry: &Path,
    prefix: &str,
    open: &mut Vec<PathBuf>,
    notes: &mut Vec<Note>,
) -> Result<(), ReadError> {
    let Some(name) = entry.file_name().and_then(|name| name.to_str()) else {
        let bad_name = io::Error::new(io::ErrorKind::InvalidData, "its name is not UTF-8");
        return Err(failed(entry)(bad_name));
    };
    if name.starts_with(['_', '.']) {
        return Ok(());
    }
    let path = format!("{prefix}{name}");
    let is_folder = match fs::metadata(entry) {
        Ok(metadata) => metadata.is_dir(),
        Err(_) if !is_note(name) => return Ok(()),
        Err(error) => return Err(failed(entry)(error)),
    };
    if is_folder {
        return read_folder(entry, &format!("{path}/"), open, notes);
    }
    if is_note(name) {
        let bytes = fs::read(entry).map_err(failed(entry))?;
        notes.push(Note { path, bytes });
    }
    Ok(())
}

fn is_note(name: &str) -> bool {
    let name = name.to_lowercase();
    let is_markdown = name.ends_with(".md") || name.ends_with(".markdown");
    is_markdown && name != "readme.md" && name != "readme.markdown"
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> ReadError {
    let path = path.to_owned();
    |source| ReadError { path, source }
}
