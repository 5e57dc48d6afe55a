//! Places that take nothing: blocked, full, gone, or waiting for an answer that never comes.

use crate::every_engine::in_every_engine;
use browser_tests::{
    Access, Disk, Engine, FINISHED, Grade, Learner, Look, Machine, Place, Scenario, Setup, prelude,
};
use std::rc::Rc;

/// What the app says when one of the two places does not take what it should.
const ONE_FAILS: &str = "one of its two places";

in_every_engine!(a_full_store_is_told_and_the_archive_keeps_every_answer);
in_every_engine!(a_full_disk_is_told_and_loses_nothing_acknowledged);
in_every_engine!(blocked_storage_is_told_and_the_session_goes_on);
in_every_engine!(a_blocked_store_is_told_and_the_archive_keeps_every_answer);
in_every_engine!(a_blocked_archive_is_told_and_the_store_keeps_every_answer);
in_every_engine!(an_archive_that_goes_away_is_opened_again);
in_every_engine!(a_check_in_the_middle_of_an_outage_does_not_end_the_tries);
in_every_engine!(an_archive_that_is_emptied_under_the_page_gets_everything_again);
in_every_engine!(an_archive_that_is_late_is_told_and_what_it_has_joins);
in_every_engine!(a_question_that_is_never_answered_holds_nothing_up);

async fn a_full_store_is_told_and_the_archive_keeps_every_answer(stage: &Scenario, engine: Engine) {
    let site = stage.site(&Setup::dist_test()).await;
    let learner = stage.learner_at(&site, Machine::with(engine)).await;
    learner.starts_a_session().await;
    learner.answers(Grade::Easy).await;
    learner.fills_the_storage().await;
    learner.answers(Grade::Easy).await;
    learner.reads(ONE_FAILS).await;
    let fourth = learner.answers(Grade::Easy).await.next;
    learner.has_all_saved().await;
    learner.reloads().await;
    learner.sees_heading(&fourth).await;
    let ids = learner.has_events("/", 3).await;
    learner.frees_the_storage().await;
    learner.answers(Grade::Easy).await;
    learner.reloads().await;
    learner.has_in_both_stores("/", &ids).await;
}

async fn a_full_disk_is_told_and_loses_nothing_acknowledged(stage: &Scenario, engine: Engine) {
    let site = stage.site(&Setup::dist_test()).await;
    let machine = Machine {
        disk: Disk::Small,
        ..Machine::with(engine)
    };
    let learner = stage.learner_at(&site, machine).await;
    learner.starts_a_session().await;
    learner.answers(Grade::Again).await;
    learner.has_nothing_pending().await;
    learner.fills_the_disk();
    // A browser has some room within its files: how many answers still fit is its own affair.
    let mut answers = 1;
    while !tells_of_trouble(&learner).await {
        assert!(answers < 60, "a full disk is told");
        learner.answers(Grade::Again).await;
        answers += 1;
    }
    let acknowledged = learner.events_acknowledged().await;
    assert!(acknowledged < answers, "{acknowledged} of {answers}");
    learner.frees_the_disk();
    learner.answers(Grade::Again).await;
    learner.has_all_saved().await;
    let all = usize::try_from(answers + 1).expect("these are few");
    let ids = learner.has_events("/", all).await;
    learner.loses_the_browser().await;
    learner.opens("").await;
    learner.sees_heading("Today").await;
    learner.has_in_both_stores("/", &ids).await;
}

/// Chromium's and Firefox's localStorage say that a full disk has taken all: then only one place
/// is known to fail.
async fn tells_of_trouble(learner: &Learner) -> bool {
    let page = learner.page_text().await;
    page.contains("not saved") || page.contains(ONE_FAILS)
}

async fn blocked_storage_is_told_and_the_session_goes_on(stage: &Scenario, engine: Engine) {
    let site = stage.site(&Setup::dist_test()).await;
    let mut machine = Machine::with(engine);
    if engine == Engine::WebKit {
        // MiniBrowser has no setting for this.
        site.begins_pages_with(prelude::STORE_BLOCKED);
        site.begins_pages_with(prelude::ARCHIVE_BLOCKED);
    } else {
        machine.access = Access::Blocked;
    }
    let learner = stage.stranger_at(&site, machine).await;
    let first = learner.starts_a_session().await;
    let second = learner.answers(Grade::Easy).await.next;
    assert_ne!(first, second);
    learner.reads("blocks storage").await;
    let third = learner.answers(Grade::Easy).await.next;
    assert_ne!(second, third);
    learner.presses("u").await;
    learner.sees_heading(&second).await;
}

async fn a_blocked_store_is_told_and_the_archive_keeps_every_answer(
    stage: &Scenario,
    engine: Engine,
) {
    one_place_blocked(stage, engine, prelude::STORE_BLOCKED).await;
}

async fn a_blocked_archive_is_told_and_the_store_keeps_every_answer(
    stage: &Scenario,
    engine: Engine,
) {
    one_place_blocked(stage, engine, prelude::ARCHIVE_BLOCKED).await;
}

/// With one place blocked the other keeps all; when it is there again it gets what it missed.
async fn one_place_blocked(stage: &Scenario, engine: Engine, block: &str) {
    let site = stage.site(&Setup::dist_test()).await;
    site.begins_pages_with(block);
    // Such pages run without the service worker, so that the server answers for /study.
    stage.expects_errors_with("/study - Failed to load resource");
    let learner = stage.stranger_at(&site, Machine::with(engine)).await;
    learner.starts_a_session().await;
    learner.answers(Grade::Easy).await;
    learner.reads(ONE_FAILS).await;
    let third = learner.answers(Grade::Easy).await.next;
    learner.reloads().await;
    learner.reads(ONE_FAILS).await;
    comes_to(&learner, &third).await;
    site.begins_pages_plainly();
    learner.opens("").await;
    learner.sees_heading("Today").await;
    let ids = learner.has_events("/", 2).await;
    learner.has_in_both_stores("/", &ids).await;
}

/// A session is a draft: without localStorage it ends with the page, and another begins with what
/// is still due.
async fn comes_to(learner: &Rc<Learner>, question: &str) {
    let heading = learner.heading().await;
    if heading != question {
        learner.opens("").await;
        learner.sees_heading("Today").await;
        let progress = learner.page_text().await;
        assert!(
            progress.contains("New 9"),
            "two of eleven are known: {progress}"
        );
    }
}

async fn an_archive_that_goes_away_is_opened_again(stage: &Scenario, engine: Engine) {
    let site = stage.site(&Setup::dist_test()).await;
    site.begins_pages_with(prelude::ARCHIVE_MORTAL);
    let learner = stage.learner_at(&site, Machine::with(engine)).await;
    learner.starts_a_session().await;
    learner.answers(Grade::Easy).await;
    learner.has_all_saved().await;
    learner.loses_the_archive().await;
    learner.answers(Grade::Easy).await;
    learner.answers(Grade::Easy).await;
    learner.has_all_saved().await;
    learner.does_not_see(Look::alert(ONE_FAILS)).await;
    let ids = learner.has_events("/", 3).await;
    learner.has_in_both_stores("/", &ids).await;
}

async fn a_question_that_is_never_answered_holds_nothing_up(stage: &Scenario, engine: Engine) {
    let site = stage.site(&Setup::dist_test()).await;
    site.begins_pages_with(prelude::PERSIST_PENDING);
    let learner = stage.learner_at(&site, Machine::with(engine)).await;
    learner.starts_a_session().await;
    learner.studies_to_the_end(Grade::Easy).await;
    learner.sees_heading(FINISHED).await;
    let asked = learner.questions_for_persistence().await;
    assert!(asked != Some(0), "the app asks after the first session");
    learner.has_all_saved().await;
    learner.chooses(Look::link("Settings")).await;
    learner.sees_heading("Settings").await;
    let ids = learner.has_events("/", 11).await;
    learner.has_in_both_stores("/", &ids).await;
}

async fn a_check_in_the_middle_of_an_outage_does_not_end_the_tries(
    stage: &Scenario,
    engine: Engine,
) {
    let site = stage.site(&Setup::dist_test()).await;
    site.begins_pages_with(prelude::ARCHIVE_REFUSING);
    let learner = stage.learner_at(&site, Machine::with(engine)).await;
    learner.starts_a_session().await;
    learner.answers(Grade::Easy).await;
    learner.has_all_saved().await;
    learner.has_an_archive_that_refuses(true).await;
    learner.answers(Grade::Easy).await;
    learner.reads(ONE_FAILS).await;
    learner.chooses(Look::link("Details")).await;
    learner.chooses(Look::button("Check now")).await;
    learner.sees(Look::status("Checked")).await;
    learner.reads(ONE_FAILS).await;
    learner.has_an_archive_that_refuses(false).await;
    learner.has_all_saved().await;
    learner.does_not_see(Look::alert(ONE_FAILS)).await;
    let ids = learner.has_events("/", 2).await;
    learner.has_in_both_stores("/", &ids).await;
}

async fn an_archive_that_is_emptied_under_the_page_gets_everything_again(
    stage: &Scenario,
    engine: Engine,
) {
    let site = stage.site(&Setup::dist_test()).await;
    let learner = stage.learner_at(&site, Machine::with(engine)).await;
    learner.starts_a_session().await;
    for _ in 0..3 {
        learner.answers(Grade::Easy).await;
    }
    learner.has_all_saved().await;
    learner.loses_all_in("/", Place::Archive).await;
    learner.answers(Grade::Easy).await;
    learner.has_all_saved().await;
    let ids = learner.has_events("/", 4).await;
    learner.has_in_both_stores("/", &ids).await;
}

async fn an_archive_that_is_late_is_told_and_what_it_has_joins(stage: &Scenario, engine: Engine) {
    let site = stage.site(&Setup::dist_test()).await;
    site.begins_pages_with(prelude::ARCHIVE_LATE);
    let learner = stage.learner_at(&site, Machine::with(engine)).await;
    learner.starts_a_session().await;
    for _ in 0..3 {
        learner.answers(Grade::Easy).await;
    }
    learner.has_all_saved().await;
    let ids = learner.has_events("/", 3).await;
    learner.opens_an_empty_page().await;
    learner.loses_all_in("/", Place::Store).await;
    learner.has_a_slow_archive().await;
    learner.opens("").await;
    learner.reads("has not answered yet").await;
    learner.hears_of_the_archive().await;
    learner.reads("restored from the database").await;
    learner
        .does_not_see(Look::status("has not answered yet"))
        .await;
    learner.has_in_both_stores("/", &ids).await;
}
