//! Progress stays: over a reload, a closed tab, a restarted browser, and to another device.

use browser_tests::{Device, Grade, Learner, Look, Setup, scenario};
use std::fs;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn a_reload_in_the_middle_continues_with_the_same_card() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Phone).await;
        let card = in_the_middle(&learner).await;
        let progress = learner.progress("Session progress").await;
        learner.reloads().await;
        learner.sees_heading(&card).await;
        assert_eq!(learner.progress("Session progress").await, progress);
        assert_eq!(
            learner.log_lines("/").await.len(),
            2,
            "one line for each answer"
        );
        // It goes on from there.
        learner.answers(Grade::Good).await;
        assert_eq!(learner.log_lines("/").await.len(), 3);
    });
}

#[test]
fn a_closed_tab_and_a_restarted_browser_continue_the_session() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Desktop).await;
        let card = in_the_middle(&learner).await;
        let progress = learner.progress("Session progress").await;

        learner.closes_the_tab_and_opens_another().await;
        learner.opens("").await;
        learner.chooses(Look::button("Continue session")).await;
        learner.sees_heading(&card).await;
        assert_eq!(learner.progress("Session progress").await, progress);

        let next = learner.answers(Grade::Easy).await.next;
        learner.restarts_the_browser().await;
        learner.opens("study").await;
        learner.sees_heading(&next).await;
        assert_eq!(
            learner.progress("Session progress").await.done,
            progress.done + 1.0
        );
        learner.presses("u").await;
        learner.sees_heading(&card).await;
    });
}

#[test]
fn an_exported_log_gives_another_device_the_same_progress() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Desktop).await;
        let first = learner.starts_a_session().await;
        learner.answers(Grade::Easy).await;
        learner.answers(Grade::Again).await;
        learner.answers(Grade::Good).await;
        let due = learner.due_today().await;
        learner.goes_to("Settings").await;
        let file = learner.downloads_by(Look::button("Export log")).await;
        let text = fs::read_to_string(&file).expect("the browser has written it");
        assert!(
            text.lines().count() >= 4,
            "a header and three answers:\n{text}"
        );

        let other = stage.learner(&site, Device::Phone).await;
        assert_ne!(
            other.due_today().await,
            due,
            "a new device has studied nothing"
        );
        other.goes_to("Settings").await;
        other.imports(&file, 3, PATIENCE).await;
        assert_eq!(other.due_today().await, due);
        other.goes_to("Cards").await;
        other.chooses(Look::link(&first)).await;
        other.sees_heading(&first).await;
        other.reads("Easy").await;

        // The same file again changes nothing.
        other.goes_to("Settings").await;
        other.gives_file("Import log", &file).await;
        other.sees(Look::status("has all of it already")).await;
        other.does_not_see(Look::button("Add to my log")).await;
        assert_eq!(other.due_today().await, due);
    });
}

#[test]
fn a_file_that_is_no_log_is_refused_with_a_reason() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Desktop).await;
        learner.starts_a_session().await;
        learner.answers(Grade::Easy).await;
        let lines = learner.log_lines("/").await;
        learner.goes_to("Settings").await;
        let folder = tempfile::tempdir().expect("the folder for temporary files can be written");
        let file = folder.path().join("holiday.jsonl");
        fs::write(&file, "{\"not\":\"a log\"}\n\u{0}\n").expect("the folder is new");
        learner.gives_file("Import log", &file).await;
        learner.sees(Look::status("Nothing was imported")).await;
        assert_eq!(learner.log_lines("/").await, lines);
    });
}

/// Answers two cards, and reveals nothing of the third, which it returns.
async fn in_the_middle(learner: &Learner) -> String {
    learner.starts_a_session().await;
    learner.answers(Grade::Easy).await;
    learner.answers(Grade::Good).await.next
}
