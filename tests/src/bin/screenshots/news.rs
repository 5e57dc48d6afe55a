//! Notes that were edited: the notice, the list, and cards that say what was edited.

use crate::Album;
use browser_tests::{Clock, Device, Grade, Learner, Look, Scheme, build, scenario};
use std::path::PathBuf;
use std::sync::OnceLock;

pub(crate) fn walk(device: Device, scheme: Scheme, album: &Album) {
    let (before, after) = versions();
    scenario(async |stage| {
        stage.expects_errors_with("");
        let site = stage.site(before).await;
        let learner = stage.learner(&site, device).await;
        learner.sets_the_system_to(scheme).await;
        learner.starts_a_session().await;
        learner.studies_to_the_end(Grade::Easy).await;
        learner.has_nothing_pending().await;
        learner.stays_until_upkeep_is_over().await;
        site.deploy(after);
        learner.lets_the_browser_check_for_an_update().await;
        learner.reloads_by(Look::button("Update now")).await;
        learner.reads("The notes have changed").await;
        learner.opens("").await;
        learner.reads("The notes have changed").await;
        album.screen(&learner, "40-news-today").await;
        learner.chooses(Look::link("See the list")).await;
        learner.reads("What you have learned").await;
        album.page(&learner, "41-news-list").await;
        for (name, question) in [
            ("42-edited-card", "What is a goroutine?"),
            ("43-edited-card-rtl", "ما هي القناة؟"),
        ] {
            learner.opens("cards").await;
            learner.chooses(Look::link(question)).await;
            learner.chooses(Look::button("See what changed")).await;
            album.page(&learner, name).await;
        }
        learner.lives_on_until(Clock::on_day(60, 9)).await;
        studied(&learner, album).await;
        learner.opens("changes").await;
        learner.reads("Nothing has changed").await;
        album.screen(&learner, "47-no-news").await;
    });
}

/// The edited card in a session: before its answer and after it.
async fn studied(learner: &Learner, album: &Album) {
    let mut heading = learner.starts_a_session().await;
    while heading != "What is a goroutine?" {
        heading = learner.answers(Grade::Again).await.next;
    }
    learner.reads("Edited since").await;
    album.screen(learner, "44-edited-question").await;
    learner.reveals_by_key().await;
    album.page(learner, "45-edited-answer").await;
    learner.chooses(Look::button("See what changed")).await;
    learner.reads("removed:").await;
    album.page(learner, "46-edited-changes").await;
}

fn versions() -> (&'static PathBuf, &'static PathBuf) {
    static VERSIONS: OnceLock<(PathBuf, PathBuf)> = OnceLock::new();
    let (before, after) = VERSIONS.get_or_init(|| {
        let go = GO.replace("A thread.", "A function that runs beside its caller.");
        let go = go.replace("Two kilobytes of stack, which", "A small stack that");
        let (kept, _) = go
            .split_once("## What is a mutex")
            .expect("the note has it");
        let go = format!("{kept}## What does select do?\n\nIt waits for the first of several.\n");
        let arabic = ARABIC.replace("طريق", "أنبوب");
        let build = |name, notes: &[(&str, &str)]| {
            build(name, "/", notes).unwrap_or_else(|said| panic!("{said}"))
        };
        (
            build("shown-before", &[("go.md", GO), ("arabic.md", ARABIC)]),
            build("shown-after", &[("go.md", &go), ("arabic.md", &arabic)]),
        )
    });
    (before, after)
}

const GO: &str = "\
# Go

## What is a goroutine?

**The core**: A thread. Go puts many of them on few threads of the system, and moves them along
when one waits.

**What it costs**: Two kilobytes of stack, which grows when it is used up.

**When it ends**: When its function returns.

## What is a channel?

A queue with a type, through which goroutines hand each other values.

## What is a mutex for?

One at a time.
";

const ARABIC: &str = "\
# القنوات

## ما هي القناة؟

القناة طريق لنقل القيم بين الروتينات.
";
