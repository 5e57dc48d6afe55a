//! Storage that is full, blocked or damaged: nothing is lost in silence.

use browser_tests::{Access, Device, Grade, Look, Setup, scenario};
use std::fs;

#[test]
fn full_storage_is_told_and_the_database_keeps_every_answer() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Phone).await;
        learner.starts_a_session().await;
        let second = learner.answers(Grade::Easy).await.next;
        learner.fills_the_storage().await;
        let third = learner.answers(Grade::Good).await.next;
        assert_ne!(second, third, "the session goes on");
        learner.sees(Look::status("one of its two places")).await;
        learner.answers(Grade::Hard).await;
        learner.has_all_saved().await;
        let file = learner.downloads_by(Look::button("Download log")).await;
        let text = fs::read_to_string(&file).expect("the browser has written it");
        assert_eq!(
            text.lines().count(),
            4,
            "a header and three answers:\n{text}"
        );

        // With room again, the next answer saves those that waited too.
        learner.frees_the_storage().await;
        let fifth = learner.answers(Grade::Good).await.next;
        learner
            .does_not_see(Look::status("one of its two places"))
            .await;
        assert_eq!(learner.log_lines("/").await.len(), 4);
        learner.reloads().await;
        learner.sees_heading(&fifth).await;
    });
}

#[test]
fn blocked_storage_is_told_and_the_session_goes_on_in_memory() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage
            .stranger(&site, Device::Desktop, Access::Blocked)
            .await;
        let first = learner.starts_a_session().await;
        let second = learner.answers(Grade::Easy).await.next;
        assert_ne!(first, second);
        learner.sees(Look::alert("blocks storage")).await;
        learner.answers(Grade::Easy).await;
        let file = learner.downloads_by(Look::button("Download log")).await;
        let text = fs::read_to_string(&file).expect("the browser has written it");
        assert_eq!(text.lines().count(), 3, "a header and two answers:\n{text}");
        learner.presses("u").await;
        learner.sees_heading(&second).await;
    });
}

#[test]
fn a_damaged_line_is_set_aside_and_told_and_never_overwritten() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Desktop).await;
        learner.starts_a_session().await;
        learner.answers(Grade::Easy).await;
        learner.answers(Grade::Easy).await;
        let tails = learner.stored("quire:/:tail:").await;
        let (key, value) = tails.first_key_value().expect("the answers are in a tail");
        let (damaged, rest) = value.split_once('\n').expect("two answers are two lines");
        let damaged = damaged.replace(':', "?");
        learner.stores(key, &format!("{damaged}\n{rest}")).await;

        learner.reloads().await;
        learner.sees(Look::alert("could not be read")).await;
        let aside = learner.stored("quire:/:rescue:").await;
        assert!(
            aside.values().any(|text| text.contains(&damaged)),
            "set aside: {aside:?}"
        );
        let file = learner.downloads_by(Look::button("Download log")).await;
        let text = fs::read_to_string(&file).expect("the browser has written it");
        let recognisable = damaged
            .split('"')
            .max_by_key(|piece| piece.len())
            .expect("split gives one");
        assert!(
            text.contains(recognisable),
            "the download has what was set aside:\n{text}"
        );

        // Studying on keeps both: the good line and what was set aside.
        learner.answers(Grade::Easy).await;
        learner.reloads().await;
        learner.heading().await;
        assert_eq!(learner.stored("quire:/:rescue:").await, aside);
        let lines = learner.log_lines("/").await;
        assert!(
            lines.iter().any(|line| rest.contains(line.as_str())),
            "{lines:?}"
        );
    });
}
