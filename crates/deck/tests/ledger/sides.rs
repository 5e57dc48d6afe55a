//! The two sides of a merge: notes as git sees them, and edits that touch no line of the other side.

use deck::compile::identity::fingerprint;
use deck::compile::ledger::{SeenCard, SeenPart};

pub use crate::repository::Text;
use crate::world::{Chance, TrueCard, World, word};

/// Ours edits cards of even numbers and adds to notes in even places, theirs the others.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Ours,
    Theirs,
}

/// How many of a hundred cards a side rewords.
const REWORDED: usize = 5;

/// The notes of a world. A comment says which card it is.
pub fn text(world: &World) -> Text {
    let notes = world.notes.iter();
    notes
        .map(|(path, cards)| (path.clone(), cards.iter().map(card_text).collect()))
        .collect()
}

fn card_text(card: &TrueCard) -> String {
    let parts: Vec<&str> = card.texts().collect();
    let TrueCard {
        question, truth, ..
    } = card;
    format!(
        "## {question}\n<!-- {truth} -->\n\n{}\n\n",
        parts.join("\n\n")
    )
}

/// The cards of notes, with their numbers.
pub fn seen(text: &Text) -> (Vec<usize>, Vec<SeenCard<'_>>) {
    let (mut truths, mut cards) = (Vec::new(), Vec::new());
    for (note, text) in text {
        for card in text.split("## ").skip(1) {
            let (question, rest) = card.split_once("\n<!-- ").unwrap();
            let (truth, answer) = rest.split_once(" -->\n\n").unwrap();
            truths.push(truth.parse().unwrap());
            let parts = answer.trim_end().split("\n\n");
            cards.push(SeenCard {
                note,
                question,
                answer: fingerprint(answer),
                parts: parts.map(|text| SeenPart { label: "", text }).collect(),
            });
        }
    }
    (truths, cards)
}

/// Some cards are reworded and some are added, in the places of one side.
pub fn edit(world: &mut World, side: Side, chance: &mut Chance) {
    let is_mine = |number: usize| number.is_multiple_of(2) == (side == Side::Ours);
    let cards = world.notes.values_mut().flatten();
    let mut mine: Vec<&mut TrueCard> = cards.filter(|card| is_mine(card.truth)).collect();
    for _ in 0..1 + mine.len() * REWORDED / 100 {
        let at = chance.below(mine.len());
        reword(mine[at], chance);
    }
    for _ in 0..1 + chance.below(3) {
        let mut card = world.card(chance);
        // The numbers of both sides' cards are different.
        card.truth = 1_000_000 + card.truth * 2 + usize::from(side == Side::Ours);
        let paths: Vec<String> = world.notes.keys().cloned().collect();
        let places = paths.into_iter().enumerate();
        let mine: Vec<String> = places
            .filter(|(at, _)| is_mine(*at))
            .map(|(_, path)| path)
            .collect();
        let path = chance.pick(&mine).clone();
        world.notes.get_mut(&path).unwrap().push(card);
    }
}

/// A longer question, or some other words in one part.
fn reword(card: &mut TrueCard, chance: &mut Chance) {
    if chance.percent(50) {
        card.question = format!("{} And {}?", card.question, word(chance));
        return;
    }
    let at = chance.below(card.parts.len());
    let text = &mut card.parts[at].text;
    let words = text.split_whitespace();
    let words: Vec<&str> = words
        .map(|it| if chance.percent(20) { word(chance) } else { it })
        .collect();
    *text = words.join(" ");
}

/// The first card of the first note.
pub fn first(world: &mut World) -> &mut TrueCard {
    &mut world.notes.values_mut().next().unwrap()[0]
}
