//! The backups in the browser: back to an earlier log, and forth again.

use crate::every_engine::in_every_engine;
use browser_tests::{Clock, Engine, Grade, Learner, Look, Machine, Scenario, Setup, Site, prelude};
use std::rc::Rc;

in_every_engine!(a_backup_leads_back_and_the_one_before_the_restore_forth_again);
in_every_engine!(every_transaction_is_ended_by_a_word_of_the_page);
in_every_engine!(backups_that_are_listed_late_are_shown_when_they_come);

async fn a_backup_leads_back_and_the_one_before_the_restore_forth_again(
    stage: &Scenario,
    engine: Engine,
) {
    let learner = backed_up_with_three_answers(stage, engine).await;
    learner.lives_on_until(Clock::on_day(1, 9)).await;
    let due_then = learner.due_today().await;
    let fourth = learner.starts_a_session().await;
    learner.answers(Grade::Easy).await;
    learner.answers(Grade::Easy).await;
    learner.has_nothing_pending().await;
    learner.stays_until_upkeep_is_over().await;
    let due_later = learner.due_today().await;
    assert_ne!(due_then, due_later);
    let answers = learner.has_events("/", 5).await;

    learner.lives_on_until(Clock::on_day(1, 12)).await;
    goes_back_to_the_backup_of(&learner, "2026-03-02 12:", "3 entries, by hand").await;
    learner.reads("5 entries · before a restore").await;
    assert_eq!(learner.due_today().await, due_then);
    has_studied(&learner, &fourth, "Not studied yet").await;
    let with_undos = learner.has_events("/", 7).await;
    assert!(with_undos.is_superset(&answers), "nothing was removed");

    learner.lives_on_until(Clock::on_day(1, 15)).await;
    goes_back_to_the_backup_of(&learner, "2026-03-03 12:", "5 entries, before a restore").await;
    learner.reads("7 entries · before a restore").await;
    assert_eq!(learner.due_today().await, due_later);
    has_studied(&learner, &fourth, "2026-03-03 Easy").await;
    let all = learner.has_events("/", 9).await;
    assert!(all.is_superset(&with_undos), "nothing was removed");
    learner.has_in_both_stores("/", &all).await;
}

/// WebKit keeps a page for the way back with the transactions that it has not ended, and the next
/// page then waits for them in vain. A word of the page makes that rare.
async fn every_transaction_is_ended_by_a_word_of_the_page(stage: &Scenario, engine: Engine) {
    let site = stage.site(&Setup::dist_test()).await;
    site.begins_pages_with(prelude::ARCHIVE_WATCHED);
    let learner = backed_up_with_three_answers_at(&site, stage, engine).await;
    learner.stays_until_upkeep_is_over().await;
    learner.chooses(Look::button("Check now")).await;
    learner.sees(Look::status("Checked")).await;
    let restore = Look::button_between("Restore the backup of", "3 entries, by hand");
    learner.chooses(restore).await;
    learner.reads("It is what your log is now").await;
    learner.leaves_no_transaction_open().await;
}

async fn backups_that_are_listed_late_are_shown_when_they_come(stage: &Scenario, engine: Engine) {
    let site = stage.site(&Setup::dist_test()).await;
    site.begins_pages_with(prelude::BACKUPS_LATE);
    let learner = backed_up_with_three_answers_at(&site, stage, engine).await;
    learner.has_a_slow_archive().await;
    learner
        .goes_through_settings_to("Storage and backups")
        .await;
    learner
        .reads("The browser's database has not answered yet.")
        .await;
    learner.hears_of_the_archive().await;
    let restore = "Restore the backup of 2026-03-02 12:";
    learner
        .chooses(Look::button_between(restore, "3 entries, by hand"))
        .await;
    learner.reads("It is what your log is now").await;

    // Another backup does not take away what is shown of the one that was chosen.
    learner.chooses(Look::button("Back up now")).await;
    learner
        .sees_number_of(2, Look::button_between(restore, "3 entries, by hand"))
        .await;
    learner.reads("It is what your log is now").await;
}

/// A learner who has answered three cards and made a backup at noon of the same day.
async fn backed_up_with_three_answers(stage: &Scenario, engine: Engine) -> Rc<Learner> {
    let site = stage.site(&Setup::dist_test()).await;
    backed_up_with_three_answers_at(&site, stage, engine).await
}

async fn backed_up_with_three_answers_at(
    site: &Rc<Site>,
    stage: &Scenario,
    engine: Engine,
) -> Rc<Learner> {
    let learner = stage.learner_at(site, Machine::with(engine)).await;
    learner.starts_a_session().await;
    for _ in 0..3 {
        learner.answers(Grade::Easy).await;
    }
    learner.has_nothing_pending().await;
    learner.lives_on_until(Clock::on_day(0, 12)).await;
    learner
        .goes_through_settings_to("Storage and backups")
        .await;
    learner.chooses(Look::button("Back up now")).await;
    learner.reads("3 entries · by hand").await;
    learner
}

/// Takes back, by the backup of this time and kind, the two answers or undos that came after it.
/// The time alone does not name one: the backup of the day may be made in the same hour.
async fn goes_back_to_the_backup_of(learner: &Learner, when: &str, what: &str) {
    learner
        .goes_through_settings_to("Storage and backups")
        .await;
    let restore = format!("Restore the backup of {when}");
    learner.chooses(Look::button_between(&restore, what)).await;
    learner.reads(&format!("The backup of {when}")).await;
    learner
        .reads("has nothing that your log lacks; your log has 2 entries that came later")
        .await;
    learner
        .does_not_see(Look::button("Bring back what is missing"))
        .await;
    learner
        .chooses(Look::button("Go back to this backup"))
        .await;
    learner
        .does_not_see(Look::button("Go back to this backup"))
        .await;
}

async fn has_studied(learner: &Learner, question: &str, history: &str) {
    learner.chooses(Look::link("Cards")).await;
    learner.chooses(Look::link(question)).await;
    learner.sees_heading(question).await;
    learner.reads(history).await;
}
