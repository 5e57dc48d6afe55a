//! Every kind of card and of what can stand in one, before and after it is answered.

use crate::Album;
use browser_tests::{Device, FINISHED, Grade, Learner, Look, Scenario, Scheme, build, scenario};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::OnceLock;

/// The notes of this walk, and what they refer to.
const NOTES: [(&str, &str); 10] = [
    ("marks.md", include_str!("../../../notes/marks.md")),
    ("boxes.md", include_str!("../../../notes/boxes.md")),
    ("formulas.md", include_str!("../../../notes/formulas.md")),
    ("images.md", include_str!("../../../notes/images.md")),
    ("wide.svg", include_str!("../../../notes/wide.svg")),
    ("tall.svg", include_str!("../../../notes/tall.svg")),
    ("arabic.md", include_str!("../../../notes/arabic.md")),
    ("hebrew.md", include_str!("../../../notes/hebrew.md")),
    ("cjk.md", include_str!("../../../notes/cjk.md")),
    ("long.md", include_str!("../../../notes/long.md")),
];

pub(crate) fn walk(device: Device, scheme: Scheme, album: &Album) {
    scenario(async |stage| {
        stage.expects_errors_with("");
        let learner = begin(stage, device, scheme).await;
        every_card(&learner, album).await;
        lists(&learner, album).await;
    });
}

async fn begin(stage: &Scenario, device: Device, scheme: Scheme) -> Rc<Learner> {
    let site = stage.site(notes_build()).await;
    let learner = stage.learner(&site, device).await;
    learner.sets_the_system_to(scheme).await;
    learner.goes_to("Settings").await;
    learner.fills("New cards a day", "99").await;
    learner
}

/// All of them in one session: what is asked, and the whole answer.
async fn every_card(learner: &Learner, album: &Album) {
    let mut heading = learner.starts_a_session().await;
    for number in 1.. {
        if heading == FINISHED {
            break;
        }
        learner.presses("p").await;
        album
            .screen(learner, &format!("40-{number:02}-asked"))
            .await;
        learner.reveals_by_key().await;
        album
            .page(learner, &format!("40-{number:02}-answered"))
            .await;
        heading = learner.answers(Grade::Easy).await.next;
    }
}

/// The list of the cards, all of it and narrowed, and the page of one card.
async fn lists(learner: &Learner, album: &Album) {
    learner.goes_to("Cards").await;
    learner.sees_heading("Cards").await;
    album.page(learner, "41-cards").await;
    learner.opens("cards?tag=boxes").await;
    learner.reads("3 cards").await;
    album.screen(learner, "42-cards-of-a-tag").await;
    let question = "What can stand in an answer?";
    learner.chooses(Look::link(question)).await;
    learner.sees_heading(question).await;
    album.page(learner, "43-card").await;
}

/// Builds the notes at the first call.
fn notes_build() -> &'static PathBuf {
    static BUILD: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let built = BUILD.get_or_init(|| build("screenshots", "/", &NOTES));
    built.as_ref().unwrap_or_else(|said| panic!("{said}"))
}
