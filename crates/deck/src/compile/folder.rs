//! Reads a folder: its notes, its settings, and what else the notes may point to.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::ledger;

/// A folder of notes, as it was read.
#[derive(Clone, Default, Debug)]
pub struct Folder {
    /// The notes, sorted by path.
    pub notes: Vec<Note>,
    /// Each `quire.toml`, sorted by path.
    pub settings: Vec<SettingsFile>,
    /// The ledger that travels with the notes, as it was read, if there is one.
    pub ledger: Option<Vec<u8>>,
    /// All other files by their path in the folder, with `/`: what notes may point to.
    pub others: BTreeMap<String, Content>,
}

/// One Markdown file of the notes' folder, as it was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// The path in the notes' folder, with `/`.
    pub path: String,
    /// The whole file.
    pub bytes: Vec<u8>,
}

/// A `quire.toml`, as it was read. It holds for its folder and the folders in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SettingsFile {
    /// The path in the notes' folder, with `/`.
    pub path: String,
    /// The whole file.
    pub bytes: Vec<u8>,
}

/// What is in a file that is neither a note nor settings. Most of them are never asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Content {
    /// It is read when it is asked for.
    OnDisk(PathBuf),
    /// It is here.
    InMemory(Vec<u8>),
}

impl Content {
    /// The bytes.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        match self {
            Content::OnDisk(path) => fs::read(path),
            Content::InMemory(bytes) => Ok(bytes.clone()),
        }
    }
}

impl Folder {
    /// A folder with nothing but these notes.
    pub fn of_notes(notes: impl IntoIterator<Item = Note>) -> Folder {
        Folder {
            notes: notes.into_iter().collect(),
            ..Folder::default()
        }
    }
}

/// A file or folder that could not be read.
#[derive(Debug)]
pub struct ReadError {
    /// What could not be read.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

/// Reads a folder and the folders in it.
///
/// A note is a file that ends in `.md` or `.markdown`. `README.md` in any case, and files and
/// folders that begin with `_` or `.`, are not notes. Notes may show images of such folders, as
/// far as they begin with `_` or are known to hold images.
pub fn read_folder(path: &Path) -> Result<Folder, ReadError> {
    let mut folder = Folder::default();
    let place = Place {
        prefix: "",
        holds: Holds::Notes,
    };
    read_into(&mut folder, path, place, &mut Vec::new())?;
    folder.notes.sort_by(|a, b| a.path.cmp(&b.path));
    folder.settings.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(folder)
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
fn read_into(
    folder: &mut Folder,
    path: &Path,
    place: Place,
    open: &mut Vec<PathBuf>,
) -> Result<(), ReadError> {
    let real = fs::canonicalize(path).map_err(failed(path))?;
    if open.contains(&real) {
        return Ok(());
    }
    open.push(real);
    for entry in fs::read_dir(path).map_err(failed(path))? {
        let entry = entry.map_err(failed(path))?.path();
        read_entry(folder, &entry, place, open)?;
    }
    open.pop();
    Ok(())
}

fn read_entry(
    folder: &mut Folder,
    entry: &Path,
    place: Place,
    open: &mut Vec<PathBuf>,
) -> Result<(), ReadError> {
    let Some(name) = entry.file_name().and_then(|name| name.to_str()) else {
        let bad_name = io::Error::new(io::ErrorKind::InvalidData, "its name is not UTF-8");
        return Err(failed(entry)(bad_name));
    };
    if name.starts_with('.') && !IMAGE_FOLDERS.contains(&name) {
        return Ok(());
    }
    let path = format!("{}{name}", place.prefix);
    let holds = match name.starts_with(['_', '.']) {
        true => Holds::Others,
        false => place.holds,
    };
    let is_note = holds == Holds::Notes && is_note(name);
    let is_folder = match fs::metadata(entry) {
        Ok(metadata) => metadata.is_dir(),
        Err(_) if !is_note => return Ok(()),
        Err(error) => return Err(failed(entry)(error)),
    };
    if is_folder {
        let prefix = &format!("{path}/");
        let inside = read_into(folder, entry, Place { prefix, holds }, open);
        // Nothing is lost where nothing of it is shown.
        return inside.or_else(|error| match holds {
            Holds::Notes => Err(error),
            Holds::Others => Ok(()),
        });
    }
    if is_note {
        let bytes = fs::read(entry).map_err(failed(entry))?;
        folder.notes.push(Note { path, bytes });
    } else if name == SETTINGS && holds == Holds::Notes {
        let bytes = fs::read(entry).map_err(failed(entry))?;
        folder.settings.push(SettingsFile { path, bytes });
    } else if path == ledger::NAME {
        folder.ledger = Some(fs::read(entry).map_err(failed(entry))?);
    } else {
        let content = Content::OnDisk(entry.to_owned());
        folder.others.insert(path, content);
    }
    Ok(())
}

/// Where an entry stands in the folder of notes.
#[derive(Clone, Copy)]
struct Place<'p> {
    /// The path of its folder, with `/` at the end.
    prefix: &'p str,
    holds: Holds,
}

/// What a folder holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// Notes, and what they point to.
    Notes,
    /// Only what notes point to.
    Others,
}

/// Folders that other programs hide images in. No other hidden folder is read.
const IMAGE_FOLDERS: [&str; 6] = [
    ".assets",
    ".attachments",
    ".gitbook",
    ".images",
    ".img",
    ".media",
];

/// The name of a file of settings.
const SETTINGS: &str = "quire.toml";

fn is_note(name: &str) -> bool {
    let name = name.to_lowercase();
    let is_markdown = name.ends_with(".md") || name.ends_with(".markdown");
    is_markdown && name != "readme.md" && name != "readme.markdown"
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> ReadError {
    let path = path.to_owned();
    |source| ReadError { path, source }
}
