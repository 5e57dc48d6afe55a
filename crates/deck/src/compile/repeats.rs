//! Questions that stand in more than one note.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::asked::is_asked;
use super::normalise::normalise;
use super::problem::{Other, Problem, Severity};
use super::source::{Place, Source};
use super::{Compiled, Folder, Note};

/// Reports every question that is asked in a note above too. Headings that are not asked, such as
/// "Overview", may well stand in many notes.
pub(crate) fn report(folder: &Folder, compiled: &mut Compiled) {
    let found = repeated(compiled);
    if found.is_empty() {
        return;
    }
    let notes = folder.notes.iter().map(|note| (note.path.as_str(), note));
    let notes: BTreeMap<&str, &Note> = notes.collect();
    let mut sources: BTreeMap<&str, Source> = BTreeMap::new();
    for place in found.iter().flatten() {
        if let (Some(note), None) = (notes.get(&*place.path), sources.get(&*place.path))
            && let Ok(source) = Source::read(&note.bytes)
        {
            sources.insert(&note.path, source);
        }
    }
    let problems = found.iter().filter_map(|[first, again]| {
        let other = other(sources.get(&*first.path)?, first);
        Some(problem(sources.get(&*again.path)?, again, other))
    });
    compiled.problems.extend(problems);
    let order: BTreeMap<&str, usize> = folder
        .notes
        .iter()
        .enumerate()
        .map(|(index, note)| (note.path.as_str(), index + 1))
        .collect();
    compiled.problems.sort_by_key(|problem| {
        let note = order.get(problem.path.as_str());
        (
            note.copied().unwrap_or_default(),
            problem.line,
            problem.column,
        )
    });
}

/// The line of a card in a note.
#[derive(Clone)]
struct Line {
    path: String,
    line: u32,
}

/// Each question that stands in an earlier note too: where it stands first, and where again.
fn repeated(compiled: &Compiled) -> Vec<[Line; 2]> {
    let mut first: BTreeMap<String, Line> = BTreeMap::new();
    let mut found = Vec::new();
    for deck in &compiled.decks {
        for card in deck.cards.iter().filter(|card| is_asked(&card.question)) {
            let line = Line {
                path: deck.path.clone(),
                line: card.line,
            };
            match first.entry(normalise(&card.question)) {
                Entry::Vacant(entry) => drop(entry.insert(line)),
                Entry::Occupied(entry) if entry.get().path == deck.path => {}
                Entry::Occupied(entry) => found.push([entry.get().clone(), line]),
            }
        }
    }
    found
}

fn other(source: &Source, line: &Line) -> Other {
    let offset = source.line_text_start(line.line);
    Other::new(&line.path, source, offset, "it stands here first")
}

fn problem(source: &Source, again: &Line, first: Other) -> Problem {
    let offset = source.line_text_start(again.line);
    let Place { line, column } = source.place(offset);
    let mut problem = Problem {
        severity: Severity::Warning,
        code: "duplicate-question",
        path: again.path.clone(),
        line,
        column,
        message: format!(
            "the same question stands in {} already, line {}",
            first.path, first.line
        ),
        hint: "tell the two questions apart, or make one card of them".to_owned(),
        ..Problem::default()
    };
    problem.show(&source.excerpt(offset, None));
    problem.also = Some(first);
    problem
}
