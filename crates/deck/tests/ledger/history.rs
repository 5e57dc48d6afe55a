//! Histories of edits, played by chance: the ledger against the truth.

use std::collections::{BTreeMap, BTreeSet};

use deck::CardId;
use deck::compile::identity::fingerprint;
use deck::compile::ledger::{Ledger, SeenCard, SeenPart, Settled, settle};

use crate::edits::{self, Edit};
use crate::world::{Chance, TrueCard, World};

/// The cards as the compiler would show them.
pub fn seen(world: &World) -> Vec<SeenCard<'_>> {
    let card = |(note, card): (_, &'_ TrueCard)| {
        let texts: Vec<&str> = card.parts.iter().map(|part| part.text.as_str()).collect();
        (note, fingerprint(&texts.join("\n")))
    };
    world
        .notes
        .iter()
        .flat_map(|(note, cards)| cards.iter().map(move |card| (note.as_str(), card)))
        .map(|(note, shown)| SeenCard {
            note: card((note, shown)).0,
            question: &shown.question,
            answer: card((note, shown)).1,
            parts: shown
                .parts
                .iter()
                .map(|part| SeenPart {
                    label: &part.label,
                    text: &part.text,
                })
                .collect(),
        })
        .collect()
}

/// What became of the cards that an edit touched.
#[derive(Clone, Copy, Default)]
struct Figures {
    edits: usize,
    /// Cards that were there before and kept half of their words.
    kept: usize,
    /// Of these, those that got a new id.
    lost: usize,
    /// Cards that kept less, and those of them that got a new id.
    changed: usize,
    changed_lost: usize,
    /// Cards that got the id of another.
    wrong: usize,
}

/// What is known of the cards so far.
#[derive(Default)]
struct Known {
    /// The id of each true card.
    ids: BTreeMap<usize, CardId>,
    /// The true card of each id.
    truths: BTreeMap<CardId, usize>,
    /// Each card as it was when it was last seen.
    last: BTreeMap<usize, TrueCard>,
}

#[test]
fn ids_follow_their_cards_through_a_thousand_histories_of_edits() {
    let mut figures: BTreeMap<Option<Edit>, Figures> = BTreeMap::new();
    let mut wrong = Vec::new();
    for seed in 0..1_000 {
        play(seed, &mut figures, &mut wrong);
    }
    report(&figures);
    let sum = |of: fn(&Figures) -> usize| figures.values().map(of).sum::<usize>();
    assert_eq!(sum(|f| f.wrong), 0, "{}", wrong.join("\n"));
    let (lost, kept) = (sum(|f| f.lost), sum(|f| f.kept));
    assert!(lost * 100 < kept, "{lost} of {kept} cards lost their id");
    for (edit, figures) in &figures {
        let is_few = figures.lost * 100 <= figures.kept.max(100) * 2;
        assert!(is_few, "{edit:?}: {} of {}", figures.lost, figures.kept);
    }
}

/// One history: a world, and ten times some edits and a build.
fn play(seed: u64, figures: &mut BTreeMap<Option<Edit>, Figures>, wrong: &mut Vec<String>) {
    let mut chance = Chance::new(seed);
    let (notes, cards) = (1 + chance.below(5), 2 + chance.below(20));
    let mut world = World::new(&mut chance, notes, cards);
    let mut ledger = Ledger::default();
    let mut known = Known::default();
    build(
        &world,
        &mut ledger,
        &mut known,
        &BTreeMap::new(),
        figures,
        wrong,
    );
    for _ in 0..10 {
        let mut touched: BTreeMap<usize, BTreeSet<Edit>> = BTreeMap::new();
        for _ in 0..1 + chance.below(6) {
            let edit = *chance.pick(&edits::ALL);
            let cards = edits::make(edit, &mut world, &mut chance);
            figures.entry(Some(edit)).or_default().edits += usize::from(!cards.is_empty());
            world.touched.extend(&cards);
            for truth in cards {
                touched.entry(truth).or_default().insert(edit);
            }
        }
        let before = wrong.len();
        build(&world, &mut ledger, &mut known, &touched, figures, wrong);
        world.built();
        for line in &mut wrong[before..] {
            *line = format!("seed {seed}: {line}");
        }
    }
}

/// A build, and what the ledger made of it.
fn build(
    world: &World,
    ledger: &mut Ledger,
    known: &mut Known,
    touched: &BTreeMap<usize, BTreeSet<Edit>>,
    figures: &mut BTreeMap<Option<Edit>, Figures>,
    wrong: &mut Vec<String>,
) {
    let Settled {
        cards, ledger: new, ..
    } = settle(ledger, &seen(world));
    // What is written and read is the same ledger.
    *ledger = new.to_text().parse().unwrap();
    assert_eq!(*ledger, new);
    assert_eq!(
        cards.iter().collect::<BTreeSet<_>>().len(),
        cards.len(),
        "an id twice"
    );
    let present: BTreeSet<usize> = world.cards().map(|(_, card)| card.truth).collect();
    for ((_, card), id) in world.cards().zip(cards) {
        let edits = touched.get(&card.truth);
        // Several edits of one card count as a kind of their own.
        let edit = edits
            .filter(|edits| edits.len() == 1)
            .and_then(|edits| edits.first().copied());
        let figures = figures.entry(edit).or_default();
        let is_other = |truth: &&usize| **truth != card.truth;
        // A copy or a half whose original is gone is the original, edited, and a text that comes
        // back is what it was: nobody could say otherwise.
        let is_copy = |truth: &usize| {
            let is_like = |last: &TrueCard| last.texts().eq(card.texts());
            let is_from = card.copied_from == Some(*truth) || is_like(&known.last[truth]);
            is_from && !present.contains(truth)
        };
        let owner = known.truths.get(&id).filter(is_other);
        if let Some(truth) = owner.filter(|truth| !is_copy(truth)) {
            figures.wrong += 1;
            let other = &known.last[truth];
            wrong.push(format!("{edits:?}: {other:?}\n  was taken for {card:?}"));
        } else if let (Some(before), Some(last)) =
            (known.ids.get(&card.truth), known.last.get(&card.truth))
        {
            let is_lost = usize::from(*before != id);
            if keeps_half(last, card) {
                figures.kept += 1;
                figures.lost += is_lost;
            } else {
                figures.changed += 1;
                figures.changed_lost += is_lost;
            }
        }
        known.ids.insert(card.truth, id);
        known.truths.insert(id, card.truth);
        known.last.insert(card.truth, card.clone());
    }
}

/// Whether half of the words are the same, of the longer of both.
fn keeps_half(before: &TrueCard, now: &TrueCard) -> bool {
    let mut counts: BTreeMap<&str, i32> = BTreeMap::new();
    let (before, now) = (before.words(), now.words());
    before
        .iter()
        .for_each(|word| *counts.entry(word).or_default() += 1);
    let same = now.iter().filter(|word| {
        let count = counts.entry(word).or_default();
        *count -= 1;
        *count >= 0
    });
    same.count() * 2 >= before.len().max(now.len())
}

fn report(figures: &BTreeMap<Option<Edit>, Figures>) {
    println!(
        "{:<16} {:>6} {:>7} {:>5} {:>8} {:>5} {:>6}",
        "edit", "edits", "kept", "lost", "changed", "lost", "wrong"
    );
    for (edit, f) in figures {
        let name = edit.map_or("none or several".to_owned(), |edit| format!("{edit:?}"));
        println!(
            "{name:<16} {:>6} {:>7} {:>5} {:>8} {:>5} {:>6}",
            f.edits, f.kept, f.lost, f.changed, f.changed_lost, f.wrong
        );
    }
}
