//! Two windows of one browser that answer at the same time.

use crate::every_engine::in_every_engine;
use browser_tests::{Engine, Learner, Look, Machine, Scenario, Setup, Window};
use std::time::{Duration, Instant};

/// How many answers each window gives.
const ANSWERS: u64 = 300;
/// How long that may take on a machine with much else to do.
const PATIENCE: Duration = Duration::from_secs(240);

/// How long the last answers may be on their way from window to window.
const AGREE_WITHIN: Duration = Duration::from_secs(45);

in_every_engine!(two_windows_of_300_answers_each_lose_none_and_agree);

async fn two_windows_of_300_answers_each_lose_none_and_agree(stage: &Scenario, engine: Engine) {
    let site = stage.site(&Setup::dist_test()).await;
    site.records_acknowledgements();
    let learner = stage.learner_at(&site, Machine::with(engine)).await;
    learner.starts_or_continues_a_session().await;
    let first = learner.window().await;
    let second = learner.opens_a_window().await;
    learner.starts_or_continues_a_session().await;

    learner.lets_the_page_answer(ANSWERS, 0, "1").await;
    learner.turns_to(&first).await;
    learner.lets_the_page_answer(ANSWERS, 0, "1").await;
    for window in [&first, &second] {
        learner.turns_to(window).await;
        learner.waits_until_the_page_has_answered(PATIENCE).await;
    }
    let ids = learner.has_events("/", 600).await;
    // Without a reload: each window has heard of the other's answers, or will in a moment.
    let deadline = Instant::now() + AGREE_WITHIN;
    loop {
        let (one, other) = (
            today_in(&learner, &first).await,
            today_in(&learner, &second).await,
        );
        if one == other {
            break;
        }
        assert!(Instant::now() < deadline, "{one}\n{other}");
    }
    learner.has_in_both_stores("/", &ids).await;
}

/// What the first screen says in a window.
async fn today_in(learner: &Learner, window: &Window) -> String {
    learner.turns_to(window).await;
    learner.chooses(Look::link("Today")).await;
    learner.sees_heading("Today").await;
    learner.page_text().await
}
