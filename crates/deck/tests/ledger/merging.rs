//! Branches that are merged by git: every card keeps the id that it had on its branch.

use std::collections::{BTreeMap, BTreeSet};

use deck::CardId;
use deck::compile::ledger::{Ledger, settle};

use crate::repository::{Merge, Repository};
use crate::sides::{self, Side, Text};
use crate::world::{Chance, World};

const UNION: &str = "cards.lock merge=union\n";

/// The id of each true card.
type Ids = BTreeMap<usize, CardId>;

/// Settles notes, as a build would before it is committed.
fn build(text: &Text, ledger: &Ledger) -> (Ids, Ledger) {
    let (truths, cards) = sides::seen(text);
    let settled = settle(ledger, &cards);
    let once: BTreeSet<CardId> = settled.cards.iter().copied().collect();
    assert_eq!(once.len(), cards.len(), "an id twice");
    let ids = truths.into_iter().zip(settled.cards).collect();
    (ids, settled.ledger)
}

/// A repository with notes and their ledger.
struct Base {
    repository: Repository,
    world: World,
    ledger: Ledger,
    ids: Ids,
}

impl Base {
    fn new(attributes: &str, cards: usize, chance: &mut Chance) -> Base {
        let notes = cards.div_ceil(10).max(2);
        let mut world = World::new(chance, notes, cards / notes);
        for _ in 0..cards % notes {
            let card = world.card(chance);
            world.notes.values_mut().next().unwrap().push(card);
        }
        let (ids, ledger) = build(&sides::text(&world), &Ledger::default());
        assert_eq!(ids.len(), cards);
        let repository = Repository::new();
        repository.write(".gitattributes", attributes);
        repository.commit("main", &sides::text(&world), &ledger.to_text());
        Base {
            repository,
            world,
            ledger,
            ids,
        }
    }

    /// Commits a branch; gives the ids of its cards.
    fn branch(&self, name: &str, world: &World) -> Ids {
        let (ids, ledger) = build(&sides::text(world), &self.ledger);
        self.repository.begin(name);
        self.repository
            .commit(name, &sides::text(world), &ledger.to_text());
        ids
    }

    /// Two branches, each with edits of its own; gives all ids, and how the merge went.
    fn merge_random(&self, chance: &mut Chance) -> (Ids, Merge) {
        let mut ids = self.ids.clone();
        for (name, side) in [("ours", Side::Ours), ("theirs", Side::Theirs)] {
            let mut world = self.world.clone();
            sides::edit(&mut world, side, chance);
            let of_branch = self.branch(name, &world);
            assert!(self.ids.iter().all(|(truth, id)| of_branch[truth] == *id));
            ids.extend(of_branch);
        }
        (ids, self.repository.merge("ours", "theirs"))
    }
}

#[track_caller]
fn assert_same(found: &Ids, expected: &Ids, merge: &Merge) {
    let lost = expected
        .iter()
        .find(|(truth, id)| found.get(truth) != Some(id));
    if let Some((truth, id)) = lost {
        let ids = [Some(id), found.get(truth)];
        let said = merge.ledger.lines().filter(|line| {
            let of = |id: &&CardId| line.starts_with(id.as_str());
            ids.iter().flatten().any(of)
        });
        let said: Vec<&str> = said.collect();
        panic!(
            "card {truth} is {ids:?}:\n{}\n{:?}",
            said.join("\n"),
            merge.notes
        );
    }
    assert_eq!(found.len(), expected.len());
}

#[test]
fn branches_that_each_add_and_reword_cards_are_merged_without_conflict() {
    for (cards, pairs) in [(11, 70), (100, 25), (1_000, 5)] {
        let mut chance = Chance::new(cards as u64);
        let base = Base::new(UNION, cards, &mut chance);
        for pair in 0..pairs {
            let (expected, merge) = base.merge_random(&mut chance);
            assert_eq!(
                merge.conflicts,
                BTreeSet::new(),
                "{cards} cards, pair {pair}"
            );
            let ledger: Ledger = merge.ledger.parse().unwrap();
            assert!(!ledger.has_conflict());
            assert_same(&build(&merge.notes, &ledger).0, &expected, &merge);
        }
    }
}

#[test]
fn where_git_leaves_its_marks_every_id_is_read_and_written_anew() {
    for (cards, pairs) in [(11, 70), (100, 25), (1_000, 5)] {
        let mut chance = Chance::new(cards as u64);
        let base = Base::new("", cards, &mut chance);
        let mut conflicts = 0;
        for _ in 0..pairs {
            let (expected, merge) = base.merge_random(&mut chance);
            let is_conflict = merge.conflicts.contains("cards.lock");
            assert!(merge.conflicts.iter().all(|path| path == "cards.lock"));
            conflicts += usize::from(is_conflict);
            let ledger: Ledger = merge.ledger.parse().unwrap();
            assert_eq!(ledger.has_conflict(), is_conflict);
            let (ids, healed) = build(&merge.notes, &ledger);
            assert_same(&ids, &expected, &merge);
            let healed: Ledger = healed.to_text().parse().unwrap();
            assert!(!healed.has_conflict());
            assert_eq!(build(&merge.notes, &healed).0, expected);
        }
        println!("{cards} cards: {conflicts} of {pairs} merges without the attribute conflict");
        assert!(cards > 11 || conflicts > 0, "no conflict was ever read");
    }
}

/// Both sides change the first card, and the notes are put right by hand.
#[track_caller]
fn check_same_card(
    ours: impl Fn(&mut World),
    theirs: impl Fn(&mut World),
    by_hand: impl Fn(&mut World),
) {
    for attributes in [UNION, ""] {
        let base = Base::new(attributes, 11, &mut Chance::new(3));
        let changed = |change: &dyn Fn(&mut World)| {
            let mut world = base.world.clone();
            change(&mut world);
            world
        };
        base.branch("ours", &changed(&ours));
        base.branch("theirs", &changed(&theirs));
        let merge = base.repository.merge("ours", "theirs");
        let ledger: Ledger = merge.ledger.parse().unwrap();
        let world = changed(&by_hand);
        let (ids, healed) = build(&sides::text(&world), &ledger);
        let truths = world.cards().map(|(_, card)| card.truth);
        let expected: Ids = truths.map(|truth| (truth, base.ids[&truth])).collect();
        assert_eq!(ids, expected, "{}", merge.ledger);
        let entries: Vec<CardId> = healed.entries().map(|(id, _)| id).collect();
        let all: BTreeSet<CardId> = base.ids.values().copied().collect();
        assert_eq!(entries, all.into_iter().collect::<Vec<_>>());
    }
}

fn ask(question: &'static str) -> impl Fn(&mut World) {
    move |world| sides::first(world).question = question.to_owned()
}

fn remove(world: &mut World) {
    world.notes.values_mut().next().unwrap().remove(0);
}

#[test]
fn a_card_that_both_sides_reword_keeps_its_id() {
    let (ours, theirs) = ("What is our wording of it?", "How do they ask for that?");
    check_same_card(ask(ours), ask(theirs), ask(ours));
    check_same_card(ask(ours), ask(theirs), ask(theirs));
    check_same_card(
        ask(ours),
        ask(theirs),
        ask("What is their wording of that?"),
    );
}

#[test]
fn a_card_that_one_side_rewords_and_the_other_retires_keeps_its_id() {
    let reworded = "What is our wording of it?";
    check_same_card(ask(reworded), remove, ask(reworded));
    check_same_card(remove, ask(reworded), ask(reworded));
    check_same_card(remove, ask(reworded), remove);
    check_same_card(ask(reworded), remove, remove);
}

#[test]
fn two_sides_that_add_the_same_question_to_a_note_have_two_cards() {
    for attributes in [UNION, ""] {
        let mut chance = Chance::new(5);
        let base = Base::new(attributes, 11, &mut chance);
        let mut both = base.world.clone();
        let mut ids = Vec::new();
        for name in ["ours", "theirs"] {
            let mut world = base.world.clone();
            let mut card = both.card(&mut chance);
            card.question = "Overview".to_owned();
            let truth = card.truth;
            for world in [&mut world, &mut both] {
                world.notes.values_mut().next().unwrap().push(card.clone());
            }
            ids.push(base.branch(name, &world)[&truth]);
        }
        assert_eq!(ids[0], ids[1], "each branch gave the same id");
        let merge = base.repository.merge("ours", "theirs");
        let ledger: Ledger = merge.ledger.parse().unwrap();
        let (merged, healed) = build(&sides::text(&both), &ledger);
        assert_eq!(merged.values().filter(|id| **id == ids[0]).count(), 1);
        assert_eq!(merged.len(), base.ids.len() + 2);
        assert_eq!(build(&sides::text(&both), &healed).0, merged);
        assert!(base.ids.iter().all(|(truth, id)| merged[truth] == *id));
    }
}
