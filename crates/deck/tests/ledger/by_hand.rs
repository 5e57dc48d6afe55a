//! Histories of edits that were written and labelled by hand.
//!
//! The files of `by_hand/` hold them: `=== ` and what is promised, then the notes as they were, and
//! after each `~~~` line the notes as they became. `@ ` begins a note. In braces at the end of a
//! question stands which card it is, whatever became of it; a name that was not there before is a
//! new card. `{copy ~ original}` is a new card that may be the original, and has to be told as a
//! doubt. The names of clozes stand in the order of their gaps. `{.part}` names a part.

use std::collections::{BTreeMap, BTreeSet};

use deck::compile;
use deck::compile::ledger::{Change, Kind, Ledger, SeenCard, SeenPart, settle};
use deck::{CardId, Folder, Note, PartId, Settings};

#[test]
fn notes_and_folders_are_renamed_merged_and_divided() {
    check_file(include_str!("by_hand/notes.txt"), 7);
}

#[test]
fn questions_are_reworded_swapped_and_asked_again() {
    check_file(include_str!("by_hand/questions.txt"), 11);
}

#[test]
fn answers_are_edited_copied_split_and_merged() {
    check_file(include_str!("by_hand/answers.txt"), 13);
}

#[test]
fn clozes_come_and_go_beside_their_siblings() {
    check_file(include_str!("by_hand/clozes.txt"), 5);
}

#[test]
fn parts_are_reordered_reworded_and_come_back() {
    check_file(include_str!("by_hand/parts.txt"), 6);
}

/// What is said of a card at the end of its question.
struct Label {
    name: String,
    may_be: BTreeSet<String>,
    parts: Vec<String>,
}

/// The notes at one time, without the labels, which stand apart in the order of the cards.
struct Version {
    notes: Vec<Note>,
    labels: Vec<Label>,
}

/// What the names stood for so far.
#[derive(Default)]
struct Names {
    cards: BTreeMap<String, CardId>,
    parts: BTreeMap<(String, String), PartId>,
    present: BTreeSet<String>,
}

#[track_caller]
fn check_file(text: &str, count: usize) {
    let histories: Vec<&str> = text.split("=== ").skip(1).collect();
    let failed: Vec<String> = histories.iter().filter_map(|it| check(it).err()).collect();
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
    assert_eq!(histories.len(), count, "histories are missing");
}

/// Plays a history. What is not as its labels say is the error.
fn check(history: &str) -> Result<(), String> {
    let (title, versions) = history.split_once('\n').unwrap();
    let mut ledger = Ledger::default();
    let mut names = Names::default();
    for (at, text) in versions.split("~~~\n").enumerate() {
        let found = build(&version(text), &mut ledger, &mut names);
        if !found.is_empty() {
            return Err(format!("{title}\n  {at}: {}", found.join("\n  ")));
        }
    }
    Ok(())
}

fn version(text: &str) -> Version {
    let mut notes: Vec<(&str, &str)> = text
        .split("@ ")
        .skip(1)
        .map(|note| note.split_once('\n').unwrap())
        .collect();
    notes.sort();
    let mut labels = Vec::new();
    let note = |(path, text): (&str, &str)| Note {
        path: path.to_owned(),
        bytes: without_labels(text, &mut labels).into_bytes(),
    };
    Version {
        notes: notes.into_iter().map(note).collect(),
        labels,
    }
}

fn without_labels(text: &str, labels: &mut Vec<Label>) -> String {
    let mut bare = String::new();
    for line in text.lines() {
        let (text, rest) = match line.split_once(" {").filter(|_| line.ends_with('}')) {
            Some((text, rest)) => (text, rest.trim_end_matches('}')),
            None => (line, ""),
        };
        let names = rest.split("} {").filter(|names| !names.is_empty());
        names.for_each(|names| read_label(names, labels));
        bare += text;
        bare.push('\n');
    }
    bare
}

fn read_label(text: &str, labels: &mut Vec<Label>) {
    if let Some(part) = text.strip_prefix('.') {
        labels.last_mut().unwrap().parts.push(part.to_owned());
        return;
    }
    let (names, may_be) = text.split_once(" ~ ").unwrap_or((text, ""));
    labels.extend(names.split_whitespace().map(|name| Label {
        name: name.to_owned(),
        may_be: may_be.split_whitespace().map(str::to_owned).collect(),
        parts: Vec::new(),
    }));
}

/// Compiles a version and settles it. Gives what is wrong.
fn build(version: &Version, ledger: &mut Ledger, names: &mut Names) -> Vec<String> {
    let compiled = deck::compile(
        &Folder::of_notes(version.notes.clone()),
        &Settings::default(),
    );
    let cards = compiled.decks.iter().flat_map(|deck| {
        let path = deck.path.as_str();
        deck.cards.iter().map(move |card| (path, card))
    });
    let cards: Vec<(&str, &compile::Card)> = cards.collect();
    if cards.len() != version.labels.len() {
        return vec![format!(
            "{} cards for {} labels",
            cards.len(),
            version.labels.len()
        )];
    }
    let identities: Vec<String> = cards.iter().map(|(_, card)| identity(card)).collect();
    let seen = cards
        .iter()
        .zip(&identities)
        .map(|((note, card), question)| SeenCard {
            note,
            question,
            answer: card.fingerprint,
            parts: card.parts.iter().map(seen_part).collect(),
        });
    let settled = settle(ledger, &seen.collect::<Vec<_>>());
    *ledger = settled.ledger.to_text().parse().unwrap();
    let mut wrong = names.compare(&version.labels, &settled.cards, &settled.changes);
    for ((label, ids), card) in version.labels.iter().zip(&settled.parts).zip(&cards) {
        if !label.parts.is_empty() {
            assert_eq!(label.parts.len(), card.1.parts.len(), "labels of parts");
            wrong.extend(names.compare_parts(label, ids));
        }
    }
    wrong
}

/// What a card is known by: for a cloze the text and what fills its gap.
fn identity(card: &compile::Card) -> String {
    let marked = card.parts[0].html.split_once("<mark class=\"cloze\">");
    match marked.and_then(|(_, rest)| rest.split_once("</mark>")) {
        Some((gap, _)) => format!("{} [cloze {gap}]", card.parts[0].text),
        None => card.question.clone(),
    }
}

fn seen_part(part: &compile::Part) -> SeenPart<'_> {
    SeenPart {
        label: &part.label,
        text: &part.text,
    }
}

impl Names {
    /// The cards against their labels.
    fn compare(&mut self, labels: &[Label], ids: &[CardId], changes: &[Change]) -> Vec<String> {
        let mut wrong = Vec::new();
        for (label, id) in labels.iter().zip(ids) {
            let known = self.cards.get(&label.name);
            let expected = known.map_or("new", |_| label.name.as_str());
            let found = self.name_of(*id);
            if found != expected {
                wrong.push(format!("{} is {found}", label.name));
            }
            let doubts = doubts(*id, changes);
            let doubts: BTreeSet<String> = doubts.iter().map(|id| self.name_of(*id)).collect();
            if doubts != label.may_be {
                wrong.push(format!("{} may be {doubts:?}", label.name));
            }
        }
        let now: BTreeSet<String> = labels.iter().map(|label| label.name.clone()).collect();
        wrong.extend(self.compare_told(&now, changes));
        let names = labels.iter().map(|label| label.name.clone());
        self.cards.extend(names.zip(ids.iter().copied()));
        self.present = now;
        wrong
    }

    fn name_of(&self, id: CardId) -> String {
        let named = self.cards.iter().find(|(_, known)| **known == id);
        named.map_or("new", |(name, _)| name.as_str()).to_owned()
    }

    /// Which cards are told to be gone and to be back.
    fn compare_told(&self, now: &BTreeSet<String>, changes: &[Change]) -> Vec<String> {
        let told = |kind: Kind| -> BTreeSet<String> {
            let of_kind = changes.iter().filter(|change| change.kinds.contains(&kind));
            of_kind.map(|change| self.name_of(change.id)).collect()
        };
        let is_known = |name: &&String| self.cards.contains_key(*name);
        let gone: BTreeSet<String> = self.present.difference(now).cloned().collect();
        let back = now.difference(&self.present).filter(is_known);
        let back: BTreeSet<String> = back.cloned().collect();
        let mut wrong = Vec::new();
        for (kind, expected) in [(Kind::Retired, gone), (Kind::Returned, back)] {
            let found = told(kind.clone());
            if found != expected {
                wrong.push(format!("{kind:?} are {found:?}"));
            }
        }
        wrong
    }

    /// The parts of a card against their labels.
    fn compare_parts(&mut self, label: &Label, ids: &[PartId]) -> Vec<String> {
        let card = &label.name;
        let of_card = self.parts.iter().filter(|((of, _), _)| of == card);
        let known: BTreeMap<PartId, String> =
            of_card.map(|((_, part), id)| (*id, part.clone())).collect();
        let mut wrong = Vec::new();
        for (part, id) in label.parts.iter().zip(ids) {
            let key = (card.clone(), part.clone());
            let expected = self.parts.get(&key).map(|_| part);
            if known.get(id) != expected {
                wrong.push(format!("{card}: part {part} is {:?}", known.get(id)));
            }
            self.parts.insert(key, *id);
        }
        wrong
    }
}

fn doubts(id: CardId, changes: &[Change]) -> Vec<CardId> {
    let kinds = changes.iter().filter(|change| change.id == id);
    let mut doubts = Vec::new();
    for kind in kinds.flat_map(|change| &change.kinds) {
        if let Kind::Unsure { may_be } = kind {
            doubts.extend(may_be.iter().map(|doubt| doubt.id));
        }
    }
    doubts
}
