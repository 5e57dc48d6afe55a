//! Edits as authors make them. Each says which cards it touched.

use crate::world::{Chance, TrueCard, TruePart, World, question, sentence, word};

/// A way to edit notes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Edit {
    Typo,
    RewordQuestion,
    Translate,
    RewordAnswer,
    Extend,
    Shorten,
    ReorderCards,
    ReorderParts,
    Move,
    RenameNote,
    Split,
    Merge,
    Delete,
    Restore,
    RemoveLabels,
    Duplicate,
    Renumber,
    Write,
}

pub const ALL: [Edit; 18] = [
    Edit::Typo,
    Edit::RewordQuestion,
    Edit::Translate,
    Edit::RewordAnswer,
    Edit::Extend,
    Edit::Shorten,
    Edit::ReorderCards,
    Edit::ReorderParts,
    Edit::Move,
    Edit::RenameNote,
    Edit::Split,
    Edit::Merge,
    Edit::Delete,
    Edit::Restore,
    Edit::RemoveLabels,
    Edit::Duplicate,
    Edit::Renumber,
    Edit::Write,
];

/// Makes an edit; gives the truths of the cards that it touched.
pub fn make(edit: Edit, world: &mut World, chance: &mut Chance) -> Vec<usize> {
    let Some(place) = world.place(chance) else {
        return write(world, chance);
    };
    let truth = world.card_at(&place).truth;
    if world.copied.contains(&truth) {
        return Vec::new();
    }
    match edit {
        Edit::Typo => touch(world, &place, |card| typo(card, chance)),
        Edit::RewordQuestion => touch(world, &place, |card| {
            card.question = reworded(&card.question, 50, chance)
        }),
        // No word of the question stays.
        Edit::Translate => touch(world, &place, |card| card.question = question(chance)),
        Edit::RewordAnswer => {
            let share = 10 + chance.below(41);
            touch(world, &place, |card| {
                for part in &mut card.parts {
                    part.text = reworded(&part.text, share, chance);
                }
            })
        }
        Edit::Extend => touch(world, &place, |card| {
            let words = card.words().len() / 2;
            let text = sentence(chance, words.max(3));
            card.parts.push(TruePart {
                label: String::new(),
                text,
            });
        }),
        Edit::Shorten => touch(world, &place, |card| shorten(card, chance)),
        Edit::ReorderCards => {
            let cards = world.notes.get_mut(&place.0).unwrap();
            let card = cards.remove(place.1);
            let truth = card.truth;
            cards.insert(chance.below(cards.len() + 1), card);
            vec![truth]
        }
        Edit::ReorderParts => touch(world, &place, |card| {
            let part = card.parts.remove(chance.below(card.parts.len()));
            card.parts.insert(chance.below(card.parts.len() + 1), part);
        }),
        Edit::Move => moved(world, &place, chance),
        Edit::RenameNote => rename(world, &place.0, chance),
        Edit::Split => split(world, &place, chance),
        Edit::Merge => merge(world, &place, chance),
        Edit::Delete => delete(world, &place),
        Edit::Restore => restore(world, chance),
        Edit::RemoveLabels => remove_labels(world, &place.0),
        Edit::Duplicate => duplicate(world, &place, chance),
        Edit::Renumber => renumber(world, &place.0),
        Edit::Write => write(world, chance),
    }
}

fn touch(
    world: &mut World,
    place: &(String, usize),
    edit: impl FnOnce(&mut TrueCard),
) -> Vec<usize> {
    let card = world.card_at(place);
    edit(card);
    vec![card.truth]
}

/// Up to three letters are wrong.
fn typo(card: &mut TrueCard, chance: &mut Chance) {
    for _ in 0..1 + chance.below(3) {
        let parts = card.parts.len();
        let text = match chance.below(parts + 1) {
            at if at < parts => &mut card.parts[at].text,
            _ => &mut card.question,
        };
        let letters: Vec<char> = text.chars().collect();
        let at = chance.below(letters.len());
        let mut letters = letters;
        match chance.below(3) {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, 'x'),
            _ if at > 0 => letters.swap(at, at - 1),
            _ => {}
        }
        let new: String = letters.into_iter().collect();
        if !new.trim().is_empty() {
            *text = new;
        }
    }
}

/// So many of a hundred words at most are others.
fn reworded(text: &str, percent: usize, chance: &mut Chance) -> String {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    for _ in 0..(words.len() * percent / 100).max(1) {
        let at = chance.below(words.len());
        words[at] = word(chance);
    }
    words.join(" ")
}

/// Up to half of the words are taken out, in one piece.
fn shorten(card: &mut TrueCard, chance: &mut Chance) {
    if card.parts.len() > 2 && chance.percent(50) {
        let at = chance.below(card.parts.len());
        card.parts.remove(at);
        return;
    }
    for part in &mut card.parts {
        let words: Vec<&str> = part.text.split_whitespace().collect();
        let count = chance.below(words.len() / 2 + 1);
        let from = chance.below(words.len() - count + 1);
        let kept = [&words[..from], &words[from + count..]].concat();
        if !kept.is_empty() {
            part.text = kept.join(" ");
        }
    }
}

fn moved(world: &mut World, place: &(String, usize), chance: &mut Chance) -> Vec<usize> {
    let cards = world.notes.get_mut(&place.0).unwrap();
    let mut card = cards.remove(place.1);
    if chance.percent(30) {
        card.question = reworded(&card.question, 30, chance);
    }
    let truth = card.truth;
    let paths: Vec<String> = world.notes.keys().cloned().collect();
    let path = chance.pick(&paths).clone();
    let cards = world.notes.get_mut(&path).unwrap();
    cards.insert(chance.below(cards.len() + 1), card);
    vec![truth]
}

fn rename(world: &mut World, path: &str, chance: &mut Chance) -> Vec<usize> {
    let cards = world.notes.remove(path).unwrap();
    let touched = cards.iter().map(|card| card.truth).collect();
    let folder = ["", "area/", "old/"][chance.below(3)];
    let new = format!("{folder}renamed-{}.md", chance.below(1_000_000));
    world.notes.insert(new, cards);
    touched
}

/// Two cards of one. The larger half stays the card that it was.
fn split(world: &mut World, place: &(String, usize), chance: &mut Chance) -> Vec<usize> {
    let card = world.card_at(place).clone();
    // What was merged and is divided again would be the card that it once was.
    if card.parts.len() < 3 || card.is_merged {
        return Vec::new();
    }
    let at = 1 + chance.below(card.parts.len() - 1);
    let mut halves = [card.clone(), card.clone()];
    halves[0].parts.truncate(at);
    halves[1].parts.drain(..at);
    let size = |card: &TrueCard| card.parts.iter().map(|part| part.text.len()).sum::<usize>();
    let [first, second] = [size(&halves[0]), size(&halves[1])];
    if first.abs_diff(second) * 4 < first + second {
        // Halves of one size: nobody could say which of them is the card.
        return Vec::new();
    }
    let larger = usize::from(second > first);
    // The question goes with the larger half, or both get a new one.
    halves[1 - larger].truth = world.truth();
    halves[1 - larger].copied_from = card.copied_from.or(Some(card.truth));
    halves[1 - larger].question = question(chance);
    if chance.percent(30) {
        halves[larger].question = reworded(&card.question, 40, chance);
    }
    let touched = halves.iter().map(|card| card.truth).collect();
    let cards = world.notes.get_mut(&place.0).unwrap();
    cards.splice(place.1..=place.1, halves);
    touched
}

/// One card of two. The larger source stays the card that it was.
fn merge(world: &mut World, place: &(String, usize), chance: &mut Chance) -> Vec<usize> {
    let touched = world.touched.clone();
    let is_edited = |card: &TrueCard| touched.contains(&card.truth);
    let cards = world.notes.get_mut(&place.0).unwrap();
    if place.1 + 1 >= cards.len() {
        return Vec::new();
    }
    let size = |card: &TrueCard| card.parts.iter().map(|part| part.text.len()).sum::<usize>();
    let (first, second) = (cards[place.1].clone(), cards[place.1 + 1].clone());
    let (mut one, other) = match size(&first) >= size(&second) {
        true => (first, second),
        false => (second, first),
    };
    if size(&one) < size(&other) * 2 {
        // Sources of nearly one size: nobody could say which of them is the card.
        return Vec::new();
    }
    if is_edited(&other) {
        return Vec::new();
    }
    one.is_merged = true;
    cards.remove(place.1 + 1);
    one.parts.extend(other.parts.clone());
    if chance.percent(30) {
        one.question = reworded(&one.question, 40, chance);
    }
    let truth = one.truth;
    cards[place.1] = one;
    world.gone.push((place.0.clone(), other));
    vec![truth]
}

fn delete(world: &mut World, place: &(String, usize)) -> Vec<usize> {
    // An edit that no build has seen would be lost with the card.
    let truth = world.card_at(place).truth;
    if world.touched.contains(&truth) {
        return Vec::new();
    }
    let card = world.notes.get_mut(&place.0).unwrap().remove(place.1);
    world.gone.push((place.0.clone(), card));
    Vec::new()
}

fn restore(world: &mut World, chance: &mut Chance) -> Vec<usize> {
    if world.gone.is_empty() {
        return Vec::new();
    }
    let (note, mut card) = world.gone.remove(chance.below(world.gone.len()));
    if chance.percent(30) {
        typo(&mut card, chance);
    }
    let truth = card.truth;
    world.notes.entry(note).or_default().push(card);
    vec![truth]
}

fn remove_labels(world: &mut World, path: &str) -> Vec<usize> {
    let cards = world.notes.get_mut(path).unwrap();
    for part in cards.iter_mut().flat_map(|card| &mut card.parts) {
        if let Some(text) = part.text.strip_prefix(&format!("{}: ", part.label)) {
            part.text = text.to_owned();
        }
        part.label.clear();
    }
    cards.iter().map(|card| card.truth).collect()
}

/// A copy that is changed at once: another question, and some words of the answer.
fn duplicate(world: &mut World, place: &(String, usize), chance: &mut Chance) -> Vec<usize> {
    let mut copy = world.card_at(place).clone();
    let original = copy.truth;
    // Of a card that was written anew and its copy nobody could say which is which.
    if world.touched.contains(&original) {
        return Vec::new();
    }
    copy.copied_from = copy.copied_from.or(Some(copy.truth));
    copy.truth = world.truth();
    copy.question = match chance.percent(50) {
        true => reworded(&copy.question, 30, chance) + " now",
        false => question(chance),
    };
    if chance.percent(70) {
        for part in &mut copy.parts {
            part.text = reworded(&part.text, 30, chance);
        }
    }
    let truth = copy.truth;
    world.copied.extend([truth, original]);
    let cards = world.notes.get_mut(&place.0).unwrap();
    cards.insert(chance.below(cards.len() + 1), copy);
    vec![truth]
}

fn renumber(world: &mut World, path: &str) -> Vec<usize> {
    let cards = world.notes.get_mut(path).unwrap();
    for (index, card) in cards.iter_mut().enumerate() {
        let bare = card
            .question
            .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        card.question = format!("{}. {}", index + 1, bare.trim_start());
    }
    cards.iter().map(|card| card.truth).collect()
}

fn write(world: &mut World, chance: &mut Chance) -> Vec<usize> {
    let card = world.card(chance);
    let truth = card.truth;
    let paths: Vec<String> = world.notes.keys().cloned().collect();
    let path = match chance.percent(10) || paths.is_empty() {
        true => format!("new-{}.md", chance.below(1_000_000)),
        false => chance.pick(&paths).clone(),
    };
    world.notes.entry(path).or_default().push(card);
    vec![truth]
}
