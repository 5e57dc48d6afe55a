//! `Library`: all notes and files of a folder by their names.

use std::collections::BTreeMap;

use super::super::Folder;
use super::super::images::{self, Picture};
use super::address::{Address, Style, is_markdown, without_markdown_ending};
use super::fill::Target;
use super::names::{Found, Names};
use super::note_map::NoteMap;
use crate::CardId;

/// The notes and other files that links can name.
pub(super) struct Library<'l> {
    pub(super) folder: &'l Folder,
    /// For each note of the folder its map.
    pub(super) maps: &'l [NoteMap],
    /// For each note the ids of its cards.
    cards: &'l [Vec<CardId>],
    notes: Names,
    others: Names,
    other_paths: Vec<&'l str>,
    /// The images that were asked for, by path. `None` for a file that is no image.
    pictures: BTreeMap<String, Option<Picture>>,
}

/// What was found at an address.
pub(super) struct Seen {
    pub(super) target: Target,
    pub(super) fault: Option<Fault>,
}

/// What is wrong with a link or image, wherever it stands.
#[derive(Clone)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) hint: String,
}

/// A file of the folder.
#[derive(Clone, Copy)]
enum File<'l> {
    Note(usize),
    Other(&'l str),
}

impl<'l> Library<'l> {
    pub(super) fn new(
        folder: &'l Folder,
        maps: &'l [NoteMap],
        cards: &'l [Vec<CardId>],
    ) -> Library<'l> {
        let mut library = Library {
            folder,
            maps,
            cards,
            notes: Names::default(),
            others: Names::default(),
            other_paths: folder.others.keys().map(String::as_str).collect(),
            pictures: BTreeMap::new(),
        };
        for (index, note) in folder.notes.iter().enumerate() {
            let name = without_markdown_ending(&note.path);
            library.notes.add(name, index);
        }
        for (index, path) in library.other_paths.iter().enumerate() {
            library.others.add(path, index);
        }
        library
    }

    /// What is at an address of the note; looked up once.
    pub(super) fn see<'s>(
        &mut self,
        from: usize,
        address: &Address,
        seen: &'s mut BTreeMap<Address, Seen>,
    ) -> &'s Seen {
        if !seen.contains_key(address) {
            let (target, fault) = self.find(from, address);
            seen.insert(address.clone(), Seen { target, fault });
        }
        &seen[address]
    }

    /// The path of the image at an address.
    pub(super) fn image_path(&self, from: usize, address: &Address) -> Option<String> {
        match self.file(from, address).0? {
            File::Other(path) => Some(path.to_owned()),
            File::Note(_) => None,
        }
    }

    /// An image that was asked for.
    pub(super) fn picture(&self, path: &str) -> Option<&Picture> {
        self.pictures.get(path)?.as_ref()
    }

    fn find(&mut self, from: usize, address: &Address) -> (Target, Option<Fault>) {
        let target = address.target();
        let (file, is_one_of_many) = match target.as_str() {
            "" => (Some(File::Note(from)), None),
            _ => self.file(from, address),
        };
        let (target, fault) = match file {
            Some(File::Note(note)) => self.place(from, note, address.fragment()),
            Some(File::Other(path)) => self.other(path),
            None => (Target::Nothing, Some(self.dead(from, address, &target))),
        };
        (target, fault.or(is_one_of_many))
    }

    /// The file that an address names, and what is wrong if it names several.
    fn file(&self, from: usize, address: &Address) -> (Option<File<'l>>, Option<Fault>) {
        let written = address.target();
        let beside = joined(&self.folder.notes[from].path, &written);
        let beside = beside.and_then(|path| self.by_path(&path));
        if beside.is_some() || address.style == Style::Path {
            return (beside, None);
        }
        let (note, other) = (
            self.notes.by_end(without_markdown_ending(&written)),
            self.others.by_end(&written),
        );
        match (note, other) {
            (Some(Found::One(note)), _) => (Some(File::Note(note)), None),
            (Some(Found::Shortest(note)), _) => {
                let path = &self.folder.notes[note].path;
                (Some(File::Note(note)), Some(ambiguous(&written, path)))
            }
            (None, Some(Found::One(other))) => (Some(File::Other(self.other_paths[other])), None),
            (None, Some(Found::Shortest(other))) => {
                let path = self.other_paths[other];
                (Some(File::Other(path)), Some(ambiguous(&written, path)))
            }
            (None, None) => (None, None),
        }
    }

    /// The file at a path of the folder. The ending of a note may be left out.
    fn by_path(&self, path: &str) -> Option<File<'l>> {
        let note = self.notes.by_path(without_markdown_ending(path));
        let other = || {
            let exact = self.folder.others.get_key_value(path);
            let exact = exact.map(|(path, _)| path.as_str());
            exact.or_else(|| Some(self.other_paths[self.others.by_path(path)?]))
        };
        note.map(File::Note).or_else(|| other().map(File::Other))
    }

    /// A place of a note.
    fn place(&self, from: usize, note: usize, fragment: Option<String>) -> (Target, Option<Fault>) {
        let (map, cards) = (&self.maps[note], &self.cards[note]);
        let Some(first) = map.first_card().map(|card| cards[card]) else {
            let path = &self.folder.notes[note].path;
            return (Target::Nothing, Some(no_card(path, "has no cards")));
        };
        let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) else {
            return (Target::Deck(first), None);
        };
        match map.offset_of(&fragment) {
            Some(offset) => {
                let card = map.card_at(offset).map(|card| Target::Card(cards[card]));
                (card.unwrap_or(Target::Deck(first)), None)
            }
            None if from == note && fragment.eq_ignore_ascii_case("top") => {
                (Target::Deck(first), None)
            }
            None => (Target::Nothing, Some(self.dead_fragment(note, &fragment))),
        }
    }

    fn other(&mut self, path: &str) -> (Target, Option<Fault>) {
        let Some(kind) = images::kind(path) else {
            let why = match is_markdown(path) {
                true => "is no note",
                false => "is no part of the app",
            };
            return (Target::Nothing, Some(no_card(path, why)));
        };
        let picture = self.pictures.entry(path.to_owned()).or_insert_with(|| {
            let bytes = self.folder.others.get(path)?.read().ok()?;
            images::read(kind, &bytes)
        });
        match picture {
            Some(picture) => (Target::Picture(picture.clone()), None),
            None => {
                let message = format!("`{path}` cannot be read as an image");
                let hint = "see whether it opens elsewhere; it may stand for a file that is \
                            stored apart (Git LFS)";
                let fault = Fault::new("missing-image", message, hint);
                (Target::Nothing, Some(fault))
            }
        }
    }

    /// Nothing has this name.
    fn dead(&self, from: usize, address: &Address, written: &str) -> Fault {
        let near_note = || {
            let near = self.notes.nearest(without_markdown_ending(written))?;
            Some(self.folder.notes[near].path.as_str())
        };
        let near_other = || Some(self.other_paths[self.others.nearest(written)?]);
        if images::kind(written).is_some() {
            let hint = match near_other() {
                Some(path) => format!("there is `{}`", self.from(from, path)),
                None => "put the image into the folder of notes, or correct its path".to_owned(),
            };
            let message = format!("there is no image `{written}` here, so its text is shown");
            return Fault::new("missing-image", message, hint);
        }
        let near = near_note().or_else(near_other);
        let hint = match (near, address.style) {
            (Some(path), Style::Path) => format!("there is `{}`", self.from(from, path)),
            (Some(path), Style::Name) => {
                format!("there is `[[{}]]`", without_markdown_ending(path))
            }
            (None, _) => "write the name of a note that exists".to_owned(),
        };
        let message = format!("there is no `{written}` here, so the link is shown as text");
        Fault::new("dead-link", message, hint)
    }

    fn dead_fragment(&self, note: usize, fragment: &str) -> Fault {
        let path = &self.folder.notes[note].path;
        let message = format!("`{path}` has no heading `{fragment}`, so the link is shown as text");
        let hint = match self.maps[note].nearest(fragment) {
            Some(near) => format!("there is `#{near}`"),
            None => "write the text of a heading that exists, or leave out the `#`".to_owned(),
        };
        Fault::new("dead-link", message, hint)
    }

    /// The way to a path from a note.
    fn from(&self, note: usize, path: &str) -> String {
        let from: Vec<&str> = self.folder.notes[note].path.split('/').collect();
        let to: Vec<&str> = path.split('/').collect();
        let (from, folders) = (&from[..from.len() - 1], &to[..to.len() - 1]);
        let shared = from.iter().zip(folders).take_while(|(a, b)| a == b).count();
        let up = from[shared..].iter().map(|_| "..");
        let way: Vec<&str> = up.chain(to[shared..].iter().copied()).collect();
        way.join("/")
    }
}

impl Fault {
    fn new(code: &'static str, message: String, hint: impl Into<String>) -> Fault {
        let hint = hint.into();
        Fault {
            code,
            message,
            hint,
        }
    }
}

fn ambiguous(written: &str, path: &str) -> Fault {
    let message = format!("several files are named `{written}`; the link leads to `{path}`");
    let hint = "name the folder too";
    Fault::new("ambiguous-link", message, hint)
}

fn no_card(path: &str, why: &str) -> Fault {
    let message = format!("`{path}` {why}, so the link is shown as text");
    let hint = "link to a note with cards, or write it as plain text";
    Fault::new("link-to-no-card", message, hint)
}

/// A path as a note says it, from the folder of notes. `None` where it leads out of the folder.
fn joined(note: &str, written: &str) -> Option<String> {
    let mut path: Vec<&str> = match written.starts_with('/') {
        true => Vec::new(),
        false => note.split('/').collect(),
    };
    // The note's own name.
    path.pop();
    for step in written.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop()?;
            }
            step => path.push(step),
        }
    }
    Some(path.join("/"))
}
