//! Links between notes, and images: what each leads to is known when all notes are read.
//!
//! A note is compiled by itself, with a placeholder for each link and image and a [`NoteMap`] of
//! the places that it offers. Then a [`Library`] of all maps tells what is behind each address.

mod address;
mod block_names;
mod fill;
mod library;
mod names;
mod note_map;
mod slug;
mod spans;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use address::{Address, AskedSize, SCHEME, asked_size};
pub(crate) use block_names::{BlockNames, is_block_name, may_have_names};
pub(crate) use note_map::NoteMap;

use super::images::{Image, LARGE_BYTES};
use super::note::CompiledNote;
use super::output::Compiled;
use super::problem::Problem;
use super::source::{Findings, Source};
use super::{Folder, Note};
use crate::CardId;
use fill::{Target, fill_deck};
use library::{Fault, Library, Seen};
use note_map::{Reference, ReferenceKind};

/// Joins the compiled notes: every link and image gets what it leads to. `problems` are those that
/// are no note's.
pub(crate) fn join(folder: &Folder, notes: Vec<CompiledNote>, problems: Vec<Problem>) -> Compiled {
    let ids = |note: &CompiledNote| {
        let cards = note.deck.iter().flat_map(|deck| &deck.cards);
        cards.map(|card| card.id).collect()
    };
    let cards: Vec<Vec<CardId>> = notes.iter().map(ids).collect();
    let (maps, rest): (Vec<NoteMap>, Vec<_>) = notes
        .into_iter()
        .map(|note| (note.map, (note.deck, note.problems)))
        .unzip();
    let mut library = Library::new(folder, &maps, &cards);
    let mut compiled = Compiled {
        decks: Vec::new(),
        problems,
        images: Vec::new(),
        changes: Vec::new(),
        ledger: None,
    };
    let mut shown = BTreeSet::new();
    for (index, (mut deck, mut problems)) in rest.into_iter().enumerate() {
        let mut seen = BTreeMap::new();
        let found = report(&mut library, index, &mut seen);
        if !found.is_empty() {
            problems.extend(found);
            problems.sort_by_key(|problem| (problem.line, problem.column));
        }
        if let Some(deck) = &mut deck {
            fill_deck(deck, &mut |address| {
                let target = library.see(index, address, &mut seen).target.clone();
                if let Target::Picture(_) = target {
                    shown.extend(library.image_path(index, address));
                }
                target
            });
        }
        compiled.decks.extend(deck);
        compiled.problems.extend(problems);
    }
    compiled.images = images(folder, &library, shown);
    compiled
}

fn images(folder: &Folder, library: &Library, shown: BTreeSet<String>) -> Vec<Image> {
    let image = |path: String| {
        Some(Image {
            name: library.picture(&path)?.name.clone(),
            content: folder.others.get(&path)?.clone(),
            path,
        })
    };
    shown.into_iter().filter_map(image).collect()
}

/// The problems of a note's links and images.
fn report(library: &mut Library, index: usize, seen: &mut BTreeMap<Address, Seen>) -> Vec<Problem> {
    let mut faults: Vec<(usize, Fault)> = Vec::new();
    for reference in &library.maps[index].references {
        let found = library.see(index, &reference.address, seen);
        if let Some(fault) = &found.fault {
            faults.push((reference.offset, fault.clone()));
        }
        faults.extend(image_faults(reference, &found.target).map(|it| (reference.offset, it)));
    }
    if faults.is_empty() {
        return Vec::new();
    }
    let note: &Note = &library.folder.notes[index];
    let Ok(source) = Source::read(&note.bytes) else {
        return Vec::new();
    };
    let mut findings = Findings::new(&note.path, &source);
    for (offset, fault) in faults {
        findings.warning(fault.code, offset, &fault.message, &fault.hint);
    }
    findings.problems
}

fn image_faults(reference: &Reference, target: &Target) -> impl Iterator<Item = Fault> {
    let picture = match target {
        Target::Picture(picture) if reference.kind != ReferenceKind::Link => Some(picture),
        _ => None,
    };
    let without_alt = picture.filter(|_| reference.kind == ReferenceKind::ImageWithoutAlt);
    let without_alt = without_alt.map(|_| Fault {
        code: "missing-alt",
        message: "the image does not say what it shows, to those who cannot see it".to_owned(),
        hint: match reference.address.style {
            address::Style::Path => "write it between the brackets: `![what it shows](…)`",
            address::Style::Name => "write it behind a bar: `![[…|what it shows]]`",
        }
        .to_owned(),
    });
    let large = picture.filter(|picture| picture.bytes > LARGE_BYTES);
    let large = large.map(|picture| Fault {
        code: "large-image",
        message: format!(
            "the image has {:.1} MB, and every device keeps all images",
            picture.bytes as f64 / 1e6
        ),
        hint: "make it smaller: 1,600 pixels are enough for any screen".to_owned(),
    });
    without_alt.into_iter().chain(large)
}
