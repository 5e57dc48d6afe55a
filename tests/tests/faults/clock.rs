//! Clocks that are wrong, that change with the season, and that travel.

use crate::every_engine::in_every_engine;
use browser_tests::{Clock, Engine, Grade, Learner, Machine, Scenario, Setup};

in_every_engine!(a_clock_one_day_back_is_told_and_studying_goes_on);
in_every_engine!(a_clock_ten_years_ahead_is_told_and_costs_no_answer);
in_every_engine!(summer_time_begins_and_nothing_else_happens);
in_every_engine!(a_flight_over_the_date_line_is_an_ordinary_day);

async fn a_clock_one_day_back_is_told_and_studying_goes_on(stage: &Scenario, engine: Engine) {
    let site = stage.site(&Setup::dist_test()).await;
    let learner = stage.stranger_at(&site, Machine::with(engine)).await;
    learner.begins_at(Clock::on_day(1, 9)).await;
    answers_two(&learner).await;
    learner.lives_on_until(Clock::on_day(0, 9)).await;
    is_told_of_the_clock(&learner).await;
    answers_two(&learner).await;
    learner.has_events("/", 4).await;
    learner.lives_on_until(Clock::on_day(1, 10)).await;
    is_told_nothing_of_the_clock(&learner).await;
    answers_two(&learner).await;
    let ids = learner.has_events("/", 6).await;
    learner.has_in_both_stores("/", &ids).await;
}

async fn a_clock_ten_years_ahead_is_told_and_costs_no_answer(stage: &Scenario, engine: Engine) {
    let site = stage.site(&Setup::dist_test()).await;
    let learner = stage.learner_at(&site, Machine::with(engine)).await;
    answers_two(&learner).await;
    learner.lives_on_until(Clock::on_day(3_653, 9)).await;
    is_told_of_the_clock(&learner).await;
    answers_two(&learner).await;
    learner.has_events("/", 4).await;
    // The clock is right again, and four answers of the future are in the log.
    learner.lives_on_until(Clock::on_day(0, 10)).await;
    is_told_of_the_clock(&learner).await;
    answers_two(&learner).await;
    let ids = learner.has_events("/", 6).await;
    learner.has_in_both_stores("/", &ids).await;
}

async fn summer_time_begins_and_nothing_else_happens(stage: &Scenario, engine: Engine) {
    let site = stage.site(&Setup::dist_test()).await;
    let machine = Machine {
        zone: "Europe/Berlin",
        ..Machine::with(engine)
    };
    let learner = stage.stranger_at(&site, machine).await;
    // Day 27 is Sunday, 29 March 2026: the hour after 2:00 is left out that night.
    let friday = 25;
    learner.begins_at(Clock::on_day(friday, 9)).await;
    learner.starts_a_session().await;
    let granted = learner.answers(Grade::Easy).await.promise;
    let days = days_of(&granted);
    assert!(days >= 3, "the change lies between: {granted}");
    for (day, expected) in [
        (friday + days - 1, "To review 0"),
        (friday + days, "To review 1"),
    ] {
        learner.lives_on_until(Clock::on_day(day, 9)).await;
        is_told_nothing_of_the_clock(&learner).await;
        learner.ends_the_open_session().await;
        learner.reads(expected).await;
    }
    learner.has_events("/", 1).await;
}

async fn a_flight_over_the_date_line_is_an_ordinary_day(stage: &Scenario, engine: Engine) {
    let site = stage.site(&Setup::dist_test()).await;
    let machine = Machine {
        zone: "Pacific/Kiritimati",
        ..Machine::with(engine)
    };
    let learner = stage.learner_at(&site, machine).await;
    answers_two(&learner).await;
    // From 14 hours before UTC to 11 after it: the calendar goes back a day, the clock does not.
    learner.travels_to("Pacific/Pago_Pago").await;
    learner.opens_an_empty_page().await;
    learner
        .lives_on_until(Clock::start().plus_minutes(9 * 60))
        .await;
    is_told_nothing_of_the_clock(&learner).await;
    answers_two(&learner).await;
    learner.travels_to("Pacific/Kiritimati").await;
    learner.opens_an_empty_page().await;
    learner.lives_on_until(Clock::on_day(1, 9)).await;
    is_told_nothing_of_the_clock(&learner).await;
    answers_two(&learner).await;
    let ids = learner.has_events("/", 6).await;
    learner.has_in_both_stores("/", &ids).await;
}

async fn answers_two(learner: &Learner) {
    learner.starts_or_continues_a_session().await;
    learner.answers(Grade::Easy).await;
    learner.answers(Grade::Easy).await;
}

async fn is_told_of_the_clock(learner: &Learner) {
    learner.opens("").await;
    learner.sees_heading("Today").await;
    learner.reads("clock").await;
}

async fn is_told_nothing_of_the_clock(learner: &Learner) {
    learner.opens("").await;
    learner.sees_heading("Today").await;
    let page = learner.page_text().await;
    assert!(!page.contains("clock"), "{page}");
}

/// The days of a promise such as `Easy 8 days`.
fn days_of(promise: &str) -> i64 {
    let words: Vec<&str> = promise.split_whitespace().collect();
    let days = words.windows(2).find(|pair| pair[1].starts_with("day"));
    let days = days.and_then(|pair| pair[0].parse().ok());
    days.unwrap_or_else(|| panic!("`{promise}` promises no days"))
}
