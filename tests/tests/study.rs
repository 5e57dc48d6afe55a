//! Whole sessions: by keys, by touch, with undo, and on the days after.

use browser_tests::{Clock, Device, FINISHED, Grade, Look, Setup, scenario};

#[test]
fn a_whole_session_is_studied_by_keyboard_alone() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Desktop).await;
        learner.opens("").await;
        learner.tabs_to(Look::field("Session length")).await;
        learner.presses("A").await; // All that is due
        learner.tabs_to(Look::button("Start studying")).await;
        learner.presses("Enter").await;
        let mut heading = learner.next_heading("Today").await;

        // The first answer is read part by part with the space bar, the prompt before it.
        learner.presses("p").await;
        learner.does_not_see(Look::button("Show prompt")).await;
        for _ in 0..40 {
            if learner.has_in_sight(&Grade::Good.button()).await {
                break;
            }
            learner.presses("Space").await;
        }
        learner.sees(Grade::Good.button()).await;
        learner.presses(Grade::Again.key()).await;
        learner.does_not_see(Grade::Again.button()).await;

        let grades = [Grade::Good, Grade::Easy, Grade::Hard, Grade::Easy];
        for grade in grades.iter().cycle().take(60) {
            if heading == FINISHED {
                break;
            }
            heading = learner.answers_by_keyboard(*grade).await;
        }
        learner.sees_heading(FINISHED).await;
    });
}

#[test]
fn a_whole_session_is_studied_by_touch_alone() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Phone).await;
        learner.opens("").await;
        learner.taps(Look::button("Got it")).await;
        learner.taps(Look::button("Start studying")).await;
        learner.next_heading("Today").await;
        learner.taps(Look::button("Show prompt")).await;
        let mut answers = 0;
        while learner.heading().await != FINISHED {
            learner.reveals_part_by_part().await;
            let grade = if answers % 3 == 1 {
                Grade::Good
            } else {
                Grade::Easy
            };
            learner.taps(grade.button()).await;
            learner.does_not_see(Grade::Again.button()).await;
            answers += 1;
            assert!(answers < 60, "a session of ten minutes ends");
        }
        learner.taps(Look::link("Back to Today")).await;
        learner.sees_heading("Today").await;
    });
}

#[test]
fn grades_wait_until_every_part_is_shown() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Desktop).await;
        let question = learner.starts_a_session().await;
        let before = learner.progress("Session progress").await;
        for key in ["1", "2", "3", "4"] {
            learner.presses(key).await;
        }
        learner.presses("Space").await;
        learner.presses("3").await;
        learner.sees_heading(&question).await;
        learner.does_not_see(Grade::Good.button()).await;
        assert_eq!(learner.progress("Session progress").await, before);
        learner.clicks(Look::button("Show all parts")).await;
        for grade in [Grade::Again, Grade::Hard, Grade::Good, Grade::Easy] {
            learner.sees(grade.button()).await;
        }
    });
}

#[test]
fn undo_restores_the_card_before_the_answer() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Phone).await;
        let first = learner.starts_a_session().await;
        let before = learner.progress("Session progress").await;
        learner.reveals_by_key().await;
        let promises = promises(&learner).await;
        let second = learner.answers(Grade::Easy).await.next;
        assert_ne!(first, second);

        learner.taps(Look::button("Undo")).await;
        learner.sees_heading(&first).await;
        learner.reveals_by_key().await;
        assert_eq!(learner.progress("Session progress").await, before);
        assert_eq!(
            self::promises(&learner).await,
            promises,
            "the same intervals as before"
        );

        // The key does the same, and a reload does not bring the answer back.
        learner.answers_by_keyboard(Grade::Again).await;
        learner.presses("u").await;
        learner.sees_heading(&first).await;
        learner.reloads().await;
        learner.sees_heading(&first).await;
        assert_eq!(learner.progress("Session progress").await, before);
    });
}

#[test]
fn escape_leaves_a_session_that_waits_to_be_continued() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Desktop).await;
        learner.starts_a_session().await;
        let second = learner.answers_by_keyboard(Grade::Easy).await;
        learner.presses("Escape").await;
        learner.sees_heading("Today").await;
        learner.clicks(Look::button("Continue session")).await;
        learner.sees_heading(&second).await;
    });
}

#[test]
fn cards_come_back_on_the_day_that_their_grade_promised() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Phone).await;
        learner.starts_a_session().await;
        let promises = learner.studies_to_the_end(Grade::Easy).await;
        let days: Vec<i64> = promises.iter().map(|promise| days_in(promise)).collect();
        let first = *days.iter().min().expect("a session has answers");
        let due = days.iter().filter(|day| **day == first).count();

        learner.opens("").await;
        learner.reads("Nothing is due").await;
        // The study day begins at four, not at midnight.
        learner.lives_on_until(Clock::on_day(first, 3)).await;
        learner.opens("study").await;
        learner.sees_heading("Nothing due").await;
        learner.opens("").await;
        learner.reads("Nothing is due").await;
        learner.lives_on_until(Clock::on_day(first, 5)).await;
        learner.opens("").await;
        let unit = if due == 1 { "card" } else { "cards" };
        learner.reads(&format!("{due} {unit} · about")).await;
        learner.chooses(Look::button("Start studying")).await;
        learner.next_heading("Today").await;
    });
}

#[test]
fn a_card_graded_again_comes_back_in_the_same_session() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Desktop).await;
        let first = learner.starts_a_session().await;
        let mut heading = learner.answers_by_keyboard(Grade::Again).await;
        let mut came_back = false;
        for _ in 0..40 {
            came_back |= heading == first;
            if heading == FINISHED {
                break;
            }
            heading = learner.answers_by_keyboard(Grade::Easy).await;
        }
        assert_eq!(heading, FINISHED);
        assert!(came_back, "{first} did not come back");
        history_has(&learner, &first, &["Again", "Easy"]).await;
    });
}

/// The names of the four grades, with the intervals in them.
async fn promises(learner: &browser_tests::Learner) -> Vec<String> {
    let mut names = Vec::new();
    for grade in [Grade::Again, Grade::Hard, Grade::Good, Grade::Easy] {
        names.push(learner.name_of(grade.button()).await);
    }
    names
}

/// Opens the card's page and reads its grades there.
async fn history_has(learner: &browser_tests::Learner, question: &str, grades: &[&str]) {
    learner.opens("cards").await;
    learner.clicks(Look::link(question)).await;
    learner.sees_heading(question).await;
    learner.sees(Look::region("Study history")).await;
    for grade in grades {
        learner.reads(grade).await;
    }
}

/// The number in “Easy 8 days”.
fn days_in(promise: &str) -> i64 {
    let mut words = promise.split(' ').skip(1);
    let number = words.next().and_then(|word| word.parse().ok());
    assert!(
        words.next().is_some_and(|unit| unit.starts_with("day")),
        "{promise} names no days"
    );
    number.unwrap_or_else(|| panic!("{promise} names no number"))
}
