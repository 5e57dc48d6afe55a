//! Undo and redo.

use crate::helper::{Learner, author, card, cards, view};
use crate::replay::any_action;
use proptest::prelude::*;
use study::{Action, Asked, Rating, Scope, SettingsChange, Theme, queue};

/// Whether `Action::Undo` can undo it.
fn is_undoable(action: &Action) -> bool {
    !matches!(
        action,
        Action::Undo | Action::Redo | Action::ChangeSettings(_)
    )
}

fn undoable_actions() -> impl Strategy<Value = Vec<Action>> {
    prop::collection::vec(any_action().prop_filter("undoable", is_undoable), 0..30)
}

proptest! {
    #[test]
    fn as_many_undos_as_actions_give_the_first_state_back_across_a_reload_too(
        before in undoable_actions(),
        actions in undoable_actions(),
        reload_at in 0..60_usize,
    ) {
        let mut learner = Learner::new();
        for action in before {
            learner.wait_min(3);
            learner.act(action);
        }
        let first = view(&learner.state);
        let mut views = Vec::new();
        for action in actions {
            learner.wait_min(700);
            let seen = view(&learner.state);
            if !learner.act(action).is_empty() {
                views.push(seen);
            }
        }
        let mut redone = Vec::new();
        for (index, seen) in views.iter().enumerate().rev() {
            if index == reload_at {
                learner = learner.reloaded("again");
            }
            redone.push(view(&learner.state));
            learner.act(Action::Undo);
            prop_assert_eq!(&view(&learner.state), seen);
        }
        prop_assert_eq!(&view(&learner.state), &first);

        // Redo is the undo of an undo: as many give the last state back.
        while let Some(seen) = redone.pop() {
            learner.act(Action::Redo);
            prop_assert_eq!(view(&learner.state), seen);
        }
        prop_assert!(learner.act(Action::Redo).is_empty());
    }
}

#[test]
fn undo_restores_the_card_before_the_answer_also_after_other_cards_were_graded() {
    let mut learner = Learner::new();
    learner.grade_on(0, card("a"), Rating::Easy);
    let before = learner.card(card("a")).clone();
    learner.grade_on(9, card("a"), Rating::Again);
    let answer = learner.log.last().unwrap().id;
    learner.grade_on(9, card("b"), Rating::Good);
    let other = learner.card(card("b")).clone();
    learner.act(Action::UndoEvent(answer));
    assert_eq!(*learner.card(card("a")), before);
    assert_eq!(*learner.card(card("b")), other);
    assert_eq!(learner.state.history(card("a")).count(), 1);
}

#[test]
fn undo_names_the_last_action_of_this_device_only() {
    let mut learner = Learner::new();
    let mut other = Learner::of(author("other", "x"));
    learner.grade(card("a"), Rating::Good);
    other.now.utc_ms += 5_000;
    other.grade(card("b"), Rating::Good);
    study::apply(&mut learner.state, &other.log[0]);
    assert_eq!(learner.state.undoable().unwrap().card, Some(card("a")));
    learner.act(Action::Undo);
    assert_eq!(learner.state.undoable(), None);
    assert!(learner.act(Action::Undo).is_empty());
    assert!(learner.state.card(card("b")).is_some());
}

#[test]
fn a_new_action_leaves_nothing_to_redo() {
    let mut learner = Learner::new();
    learner.grade(card("a"), Rating::Good);
    learner.act(Action::Undo);
    assert!(learner.state.redoable().is_some());
    learner.grade(card("b"), Rating::Good);
    assert_eq!(learner.state.redoable(), None);
    assert!(learner.act(Action::Redo).is_empty());
    // The undo of the newer action can be redone, that of the older one cannot.
    learner.act(Action::Undo);
    assert_eq!(learner.state.redoable().unwrap().card, Some(card("b")));
    learner.act(Action::Redo);
    assert_eq!(learner.state.redoable(), None);
}

#[test]
fn undo_and_redo_may_alternate_for_ever() {
    let mut learner = Learner::new();
    let empty = view(&learner.state);
    learner.grade(card("a"), Rating::Good);
    let graded = view(&learner.state);
    for _ in 0..50 {
        learner.act(Action::Undo);
        assert_eq!(view(&learner.state), empty);
        learner.act(Action::Redo);
        assert_eq!(view(&learner.state), graded);
    }
}

#[test]
fn settings_are_undone_by_name_only() {
    let mut learner = Learner::with(SettingsChange {
        new_per_day: Some(3),
        ..SettingsChange::default()
    });
    learner.act(Action::ChangeSettings(SettingsChange {
        theme: Some(Theme::Dark),
        new_per_day: Some(5),
        ..SettingsChange::default()
    }));
    assert_eq!(learner.state.undoable(), None);
    let change = learner.log[1].id;
    learner.act(Action::UndoEvent(change));
    assert_eq!(learner.state.settings().new_per_day, 3);
    assert_eq!(learner.state.settings().theme, Theme::System);
}

#[test]
fn what_would_change_nothing_is_no_event() {
    let mut learner = Learner::new();
    let tag = || Scope::Tag("t".into());
    for action in [
        Action::Undo,
        Action::Redo,
        Action::UndoEvent(author("no", "one").event(3)),
        Action::Unsuspend(card("a")),
        Action::Reset(card("a")),
        Action::Flag {
            card: card("a"),
            reason: None,
        },
        Action::SetAside {
            scope: tag(),
            asked: Asked::Yes,
        },
        Action::ChangeSettings(SettingsChange::default()),
    ] {
        assert!(learner.act(action.clone()).is_empty(), "{action:?}");
    }
    assert_eq!(learner.act(Action::Suspend(card("a"))).len(), 1);
    assert_eq!(learner.act(Action::Suspend(card("a"))).len(), 0);
    let aside = Action::SetAside {
        scope: tag(),
        asked: Asked::No,
    };
    assert_eq!(learner.act(aside.clone()).len(), 1);
    assert_eq!(learner.act(aside).len(), 0);
    assert_eq!(learner.state.undoable().unwrap().card, None);
}

#[test]
fn a_reset_card_is_new_and_can_be_brought_back() {
    let mut learner = Learner::new();
    let id = cards(1)[0];
    learner.grade(id, Rating::Easy);
    learner.act(Action::Suspend(id));
    let before = learner.card(id).clone();
    learner.act(Action::Reset(id));
    assert_eq!(learner.card(id).memory, None);
    assert!(learner.card(id).suspended);
    learner.act(Action::Unsuspend(id));
    assert_eq!(queue(&learner.state, &[id], learner.now).new, [id]);
    learner.act(Action::Undo);
    learner.act(Action::Undo);
    assert_eq!(*learner.card(id), before);
}
