//! Damage to what lies on the disk: each place is mended from the other, and the learner is told.

use crate::every_engine::in_every_engine;
use browser_tests::{Engine, Grade, Learner, Machine, Place, Scenario, Setup};
use std::collections::BTreeSet;
use std::rc::Rc;

in_every_engine!(a_damaged_store_is_restored_from_the_archive);
in_every_engine!(a_damaged_archive_is_restored_from_the_store);
in_every_engine!(an_emptied_store_is_a_restore_and_no_fresh_start);
in_every_engine!(an_emptied_archive_is_a_restore_and_no_fresh_start);
in_every_engine!(a_line_altered_in_one_place_comes_back_from_the_other);
in_every_engine!(a_line_altered_in_both_places_costs_nothing_but_itself);

async fn a_damaged_store_is_restored_from_the_archive(stage: &Scenario, engine: Engine) {
    let (learner, ids) = three_answers(stage, engine).await;
    learner.has_damaged_files(Place::Store).await;
    learner.opens("").await;
    learner.sees_heading("Today").await;
    learner
        .reads_one_of(&["restored from", "one of its two places"])
        .await;
    let stores = learner.stores_of("/").await;
    assert!(stores.union().is_superset(&ids), "{stores:?}");
    // Firefox refuses a damaged file for ever, and no page can take it away.
    if stores.errors.is_empty() {
        learner.has_in_both_stores("/", &ids).await;
    }
    studies_on(&learner, &ids).await;
}

async fn a_damaged_archive_is_restored_from_the_store(stage: &Scenario, engine: Engine) {
    let (learner, ids) = three_answers(stage, engine).await;
    learner.has_damaged_files(Place::Archive).await;
    learner.opens("").await;
    learner.sees_heading("Today").await;
    learner
        .reads_one_of(&["restored from", "one of its two places"])
        .await;
    if engine == Engine::WebKit {
        // It opens a damaged database no more: the store keeps all, and the learner is told.
        let stores = learner.stores_of("/").await;
        assert!(stores.union().is_superset(&ids), "{stores:?}");
        return;
    }
    learner.has_in_both_stores("/", &ids).await;
    studies_on(&learner, &ids).await;
}

async fn an_emptied_store_is_a_restore_and_no_fresh_start(stage: &Scenario, engine: Engine) {
    emptied(stage, engine, Place::Store).await;
}

async fn an_emptied_archive_is_a_restore_and_no_fresh_start(stage: &Scenario, engine: Engine) {
    emptied(stage, engine, Place::Archive).await;
}

/// Everything of one place is gone, without an error that would tell of it.
async fn emptied(stage: &Scenario, engine: Engine, place: Place) {
    let (learner, ids) = three_answers(stage, engine).await;
    learner.opens_an_empty_page().await;
    learner.loses_all_in("/", place).await;
    learner.opens("").await;
    learner.sees_heading("Today").await;
    learner.reads("restored from").await;
    learner.has_in_both_stores("/", &ids).await;
    studies_on(&learner, &ids).await;
}

async fn a_line_altered_in_one_place_comes_back_from_the_other(stage: &Scenario, engine: Engine) {
    for place in [Place::Store, Place::Archive] {
        let (learner, ids) = three_answers(stage, engine).await;
        let victim = ids.first().expect("three answers are three events");
        learner.opens_an_empty_page().await;
        learner.alters_a_line("/", victim, &[place]).await;
        learner.opens("").await;
        learner.sees_heading("Today").await;
        learner.has_in_both_stores("/", &ids).await;
        studies_on(&learner, &ids).await;
    }
}

async fn a_line_altered_in_both_places_costs_nothing_but_itself(stage: &Scenario, engine: Engine) {
    let (learner, mut ids) = three_answers(stage, engine).await;
    let victim = ids.pop_first().expect("three answers are three events");
    learner.opens_an_empty_page().await;
    let both = [Place::Store, Place::Archive];
    learner.alters_a_line("/", &victim, &both).await;
    learner.opens("").await;
    learner.sees_heading("Today").await;
    learner.reads("could not be read").await;
    learner.has_in_both_stores("/", &ids).await;
    let aside = learner.stored("quire:/:rescue:").await;
    let is_kept = aside.values().any(|text| text.contains(&victim));
    assert!(is_kept, "what was damaged is set aside: {aside:?}");
    studies_on(&learner, &ids).await;
}

/// A learner with three answers in both places.
async fn three_answers(stage: &Scenario, engine: Engine) -> (Rc<Learner>, BTreeSet<String>) {
    let site = stage.site(&Setup::dist_test()).await;
    let learner = stage.learner_at(&site, Machine::with(engine)).await;
    learner.starts_a_session().await;
    for _ in 0..3 {
        learner.answers(Grade::Easy).await;
    }
    learner.has_nothing_pending().await;
    let ids = learner.has_events("/", 3).await;
    (learner, ids)
}

/// One more answer, and a reload that finds it and all others.
async fn studies_on(learner: &Learner, ids: &BTreeSet<String>) {
    learner.starts_or_continues_a_session().await;
    let next = learner.answers(Grade::Easy).await.next;
    learner.has_nothing_pending().await;
    learner.reloads().await;
    learner.sees_heading(&next).await;
    let after = learner.has_events("/", ids.len() + 1).await;
    assert!(after.is_superset(ids), "{after:?} after {ids:?}");
}
