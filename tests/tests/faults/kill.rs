//! Browsers, tabs and systems that end without a warning.

use crate::every_engine::in_every_engine;
use browser_tests::{End, Engine, Grade, Learner, Machine, Round, Scenario, Setup, Site};
use std::rc::Rc;

in_every_engine!(a_kill_within_ten_milliseconds_of_a_grade_loses_nothing_acknowledged);
in_every_engine!(a_kill_after_a_minute_of_answers_loses_nothing_acknowledged);
in_every_engine!(a_crashed_tab_loses_no_answer);
in_every_engine!(the_end_of_the_systems_session_loses_no_answer);

async fn a_kill_within_ten_milliseconds_of_a_grade_loses_nothing_acknowledged(
    stage: &Scenario,
    engine: Engine,
) {
    let (_, learner) = watched(stage, engine).await;
    for delay_ms in [1, 9] {
        expect_whole(&learner.studies_until(End::AfterAGrade { delay_ms }).await);
    }
    expect_both_stores(&learner).await;
}

async fn a_kill_after_a_minute_of_answers_loses_nothing_acknowledged(
    stage: &Scenario,
    engine: Engine,
) {
    let (_, learner) = watched(stage, engine).await;
    for _ in 0..2 {
        let round = learner.studies_until(End::Steady { seconds: 60 }).await;
        expect_whole(&round);
        assert!(
            round.graded >= 15,
            "one a second, or less on a slow machine: {round:?}"
        );
    }
    expect_both_stores(&learner).await;
}

async fn a_crashed_tab_loses_no_answer(stage: &Scenario, engine: Engine) {
    stage.expects_errors_with("net::ERR_");
    let site = stage.site(&Setup::dist_test()).await;
    let learner = stage.learner_at(&site, Machine::with(engine)).await;
    learner.starts_a_session().await;
    learner.answers(Grade::Easy).await;
    let third = learner.answers(Grade::Easy).await.next;
    learner.has_all_saved().await;
    learner.loses_the_tab_and_opens("study").await;
    learner.sees_heading(&third).await;
    let ids = learner.has_events("/", 2).await;
    learner.has_in_both_stores("/", &ids).await;
}

async fn the_end_of_the_systems_session_loses_no_answer(stage: &Scenario, engine: Engine) {
    let (site, learner) = watched(stage, engine).await;
    learner.starts_a_session().await;
    learner.answers(Grade::Easy).await;
    learner.answers(Grade::Easy).await;
    learner.has_all_saved().await;
    // The browser is told to end while the last answer is on its way.
    learner.presses("a").await;
    learner.sees(Grade::Good.button()).await;
    learner.presses("4").await;
    learner.logs_out_and_in_again().await;
    let acknowledged = site.take_records().acknowledged();
    assert!(acknowledged >= 2, "acknowledged: {acknowledged}");
    learner.opens("").await;
    learner.sees_heading("Today").await;
    let ids = learner.stores_of("/").await.union();
    assert!(ids.len() >= acknowledged, "{} of {acknowledged}", ids.len());
    learner.has_in_both_stores("/", &ids).await;
}

/// A learner whose pages tell what the app acknowledges.
async fn watched(stage: &Scenario, engine: Engine) -> (Rc<Site>, Rc<Learner>) {
    let site = stage.site(&Setup::dist_test()).await;
    site.records_acknowledgements();
    let learner = stage.learner_at(&site, Machine::with(engine)).await;
    (site, learner)
}

#[track_caller]
fn expect_whole(round: &Round) {
    let (graded, acknowledged) = (round.graded, round.acknowledged);
    assert!(acknowledged > 0, "nothing was acknowledged: {round:?}");
    assert_eq!(round.lost(), 0, "{round:?}");
    let late = graded.saturating_sub(acknowledged);
    let last_moment = 2.max(graded / 4);
    assert!(
        late <= last_moment,
        "all but the last moment is saved: {round:?}"
    );
}

/// What came through the kill is mended in the other place once the app has started.
async fn expect_both_stores(learner: &Learner) {
    learner.opens("").await;
    learner.sees_heading("Today").await;
    let ids = learner.stores_of("/").await.union();
    learner.has_in_both_stores("/", &ids).await;
}
