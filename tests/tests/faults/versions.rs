//! A log that a later version of Quire has written: it is shown and handed out, and not touched.

use crate::every_engine::in_every_engine;
use browser_tests::{Contents, Engine, Grade, Learner, Look, Machine, Scenario, Setup};
use std::collections::BTreeSet;
use std::fs;
use std::rc::Rc;

/// A format that no Quire of today may write to.
const LATER: u32 = 9;

in_every_engine!(a_log_of_a_later_version_is_shown_and_handed_out_and_not_touched);

async fn a_log_of_a_later_version_is_shown_and_handed_out_and_not_touched(
    stage: &Scenario,
    engine: Engine,
) {
    let (learner, first, ids) = log_of_a_later_version(stage, engine).await;
    let before = learner.contents_of("/").await;

    learner.opens("").await;
    learner.sees_heading("Today").await;
    learner.sees(Look::alert("newer version")).await;
    sees_its_history(&learner, &first).await;
    let file = learner.downloads_by(Look::button("Download log")).await;
    let log = fs::read_to_string(&file).expect("the browser has written it");
    let events: Vec<&str> = log.lines().skip(1).collect();
    assert_eq!(events.len(), ids.len(), "the whole log:\n{log}");
    assert!(ids.iter().all(|id| log.contains(id.as_str())), "{log}");

    cannot_study(&learner).await;
    has_changed_nothing(&learner, &before).await;
    tries_whatever_writes(&learner).await;
    has_changed_nothing(&learner, &before).await;
    learner.reloads().await;
    learner.sees(Look::alert("newer version")).await;
    learner.stays_until_upkeep_is_over().await;
    has_changed_nothing(&learner, &before).await;
}

/// A card that was answered before can be looked at, with its answer and its history.
async fn sees_its_history(learner: &Learner, question: &str) {
    learner.chooses(Look::link("Cards")).await;
    learner.chooses(Look::link(question)).await;
    learner.sees_heading(question).await;
    learner.sees(Look::region("Study history")).await;
    learner.reads("Easy").await;
}

async fn cannot_study(learner: &Learner) {
    learner.goes_to("Today").await;
    learner.chooses(Look::button("Continue session")).await;
    learner.sees_heading("Update first").await;
    learner.presses("a").await;
    learner.presses("3").await;
    learner.does_not_see(Grade::Good.button()).await;
    learner.sees_heading("Update first").await;
}

/// All that writes where the log is one's own.
async fn tries_whatever_writes(learner: &Learner) {
    learner.goes_to("Settings").await;
    learner.fills("New cards a day", "3").await;
    learner.selects("Theme", "Dark").await;
    learner.goes_through_settings_to("Devices").await;
    learner.fills("Name", "Laptop").await;
    learner
        .goes_through_settings_to("Storage and backups")
        .await;
    learner.chooses(Look::button("Check now")).await;
    learner.reads("Checked:").await;
    learner.chooses(Look::button("Back up now")).await;
    learner.reads("There is no new backup").await;
    learner.stays_until_upkeep_is_over().await;
}

async fn has_changed_nothing(learner: &Learner, before: &Contents) {
    assert_eq!(&learner.contents_of("/").await, before, "not a single byte");
}

/// A learner who has answered three cards with a later version than that of this site; the first
/// question, and the events.
async fn log_of_a_later_version(
    stage: &Scenario,
    engine: Engine,
) -> (Rc<Learner>, String, BTreeSet<String>) {
    let site = stage.site(&Setup::dist_test()).await;
    let learner = stage.learner_at(&site, Machine::with(engine)).await;
    let first = learner.starts_a_session().await;
    for _ in 0..3 {
        learner.answers(Grade::Easy).await;
    }
    learner.has_nothing_pending().await;
    let ids = learner.has_events("/", 3).await;
    learner.has_in_both_stores("/", &ids).await;
    learner.opens_an_empty_page().await;
    learner.has_a_log_of_format("/", LATER).await;
    (learner, first, ids)
}
