//! What the learner is told when something has gone wrong.

use crate::Album;
use browser_tests::{
    Access, Clock, Device, Grade, Learner, Look, Place, Scenario, Scheme, Setup, prelude, scenario,
};

pub(crate) fn walk(device: Device, scheme: Scheme, album: &Album) {
    scenario(async |stage| {
        stage.expects_errors_with("");
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, device).await;
        learner.sets_the_system_to(scheme).await;
        learner.starts_a_session().await;
        for _ in 0..3 {
            learner.answers(Grade::Easy).await;
        }
        learner.has_nothing_pending().await;
        restored(&learner, album).await;
        damaged(&learner, album).await;
        odd_clock(&learner, album).await;
        newer(&learner, album).await;
    });
    for (name, script) in [
        ("32-store-down", prelude::STORE_BLOCKED),
        ("33-archive-down", prelude::ARCHIVE_BLOCKED),
    ] {
        scenario(async |stage| one_place_down(stage, (device, scheme), script, album, name).await);
    }
}

async fn restored(learner: &Learner, album: &Album) {
    learner.opens_an_empty_page().await;
    learner.loses_all_in("/", Place::Store).await;
    learner.begins_at(Clock::start()).await;
    learner.opens("").await;
    learner.reads("restored from").await;
    album.page(learner, "26-restored").await;
}

async fn damaged(learner: &Learner, album: &Album) {
    learner.stays_until_upkeep_is_over().await;
    let ids = learner.stores_of("/").await.union();
    let victim = ids.first().expect("three answers are three events");
    learner.opens_an_empty_page().await;
    let both = [Place::Store, Place::Archive];
    learner.alters_a_line("/", victim, &both).await;
    learner.opens("").await;
    learner.reads("could not be read").await;
    album.page(learner, "27-damaged-line").await;
    learner
        .goes_through_settings_to("Storage and backups")
        .await;
    learner.chooses(Look::button("Check now")).await;
    learner.reads("Checked:").await;
    album.page(learner, "28-damaged-line-in-storage").await;
}

async fn odd_clock(learner: &Learner, album: &Album) {
    learner.lives_on_until(Clock::on_day(-2, 9)).await;
    learner.opens("").await;
    learner.reads("The clock of this device").await;
    album.screen(learner, "29-odd-clock").await;
    learner.lives_on_until(Clock::on_day(1, 9)).await;
}

async fn newer(learner: &Learner, album: &Album) {
    learner.opens_an_empty_page().await;
    learner.has_a_log_of_format("/", 9).await;
    learner.opens("").await;
    learner.reads("newer version").await;
    album.page(learner, "30-newer-version").await;
    learner.opens("study").await;
    learner.sees_heading("Update first").await;
    album.screen(learner, "31-newer-version-study").await;
}

async fn one_place_down(
    stage: &Scenario,
    (device, scheme): (Device, Scheme),
    script: &str,
    album: &Album,
    name: &str,
) {
    stage.expects_errors_with("");
    let site = stage.site(&Setup::dist_test()).await;
    site.begins_pages_with(script);
    let learner = stage.stranger(&site, device, Access::Allowed).await;
    learner.sets_the_system_to(scheme).await;
    learner.starts_a_session().await;
    learner.answers(Grade::Easy).await;
    learner.reads("one of its two places").await;
    album.page(&learner, name).await;
    learner.opens("").await;
    learner.reads("one of its two places").await;
    album.screen(&learner, &format!("{name}-today")).await;
}
