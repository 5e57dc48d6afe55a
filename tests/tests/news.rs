//! Notes that are edited and deployed again: the app tells what changed, once, and shows what was
//! edited since a review.

use crate::every_engine::in_every_engine;
use browser_tests::{
    Clock, Engine, Grade, Learner, Look, Machine, Scenario, Site, build, build_after,
};
use std::path::PathBuf;
use std::sync::OnceLock;

const BASE: &str = "/quire/";
const REWORDED: &str = "Which one goes to another note under other words?";
const LONGER: &str = "This one too: its answer is long enough to be known again by its words.";
const EDITED: &str = "Edited since your last review";

/// The two versions of the notes, each built once.
struct Versions {
    before: PathBuf,
    after: PathBuf,
}

in_every_engine!(what_changed_in_the_notes_is_told_once_and_shown);

async fn what_changed_in_the_notes_is_told_once_and_shown(stage: &Scenario, engine: Engine) {
    let versions = Versions::get();
    let site = stage.site_at(&versions.before, BASE).await;
    let learner = stage.learner_at(&site, Machine::with(engine)).await;
    learner.starts_a_session().await;
    learner.does_not_see(Look::status("The notes")).await;
    learner.studies_to_the_end(Grade::Easy).await;
    learner.has_nothing_pending().await;
    learner.stays_until_upkeep_is_over().await;
    let log = learner.stores_of(BASE).await.union();
    assert_eq!(log.len(), 4);

    site.deploy(&versions.after);
    learner.lets_the_browser_check_for_an_update().await;
    learner.reloads_by(Look::button("Update now")).await;
    told_until_it_is_read(&learner).await;
    told_no_more(&learner).await;
    assert_eq!(learner.stores_of(BASE).await.union(), log);

    shown_on_the_card(&learner).await;
    gone_and_kept(&learner).await;
    no_more_once_graded(&learner).await;
    told_again_until_closed(&learner, &site, versions).await;
    assert!(learner.stores_of(BASE).await.union().is_superset(&log));
}

/// The notice counts, and comes again until it is read; the list names the cards.
async fn told_until_it_is_read(learner: &Learner) {
    let notice = Look::status(
        "The notes have changed: 1 new card, 1 reworded, 1 edited, 1 moved, 1 retired.",
    );
    learner.sees(notice.clone()).await;
    learner.reloads().await;
    learner.sees(notice.clone()).await;
    // A second window tells nothing as long as the first does.
    let first = learner.window().await;
    let second = learner.opens_a_window().await;
    learner.opens("").await;
    learner.sees_heading("Today").await;
    learner.stays_until_upkeep_is_over().await;
    learner.does_not_see(notice.clone()).await;
    learner.turns_to(&first).await;
    learner.chooses(Look::link("See the list")).await;
    learner.sees_heading("What changed").await;
    learner.does_not_see(notice.clone()).await;
    learner.sees(Look::link("Is there a fifth card?")).await;
    learner.sees(Look::link("Which card is edited?")).await;
    learner.sees(Look::link(REWORDED)).await;
    learner.reads("Which card stays too?").await;
    learner.reads("Which card goes?").await;
    learner.reads("retired: its reviews are kept").await;
    learner.turns_to(&second).await;
    learner.reloads().await;
    learner.sees_heading("Today").await;
    learner.does_not_see(notice).await;
    // It must not be the one that tells the next news.
    learner.opens_an_empty_page().await;
    learner.turns_to(&first).await;
}

async fn told_no_more(learner: &Learner) {
    learner.reloads().await;
    learner.reads("Nothing has changed in the notes").await;
    learner.does_not_see(Look::status("The notes")).await;
}

/// The card that was edited says so, in the list of its words too; the others do not.
async fn shown_on_the_card(learner: &Learner) {
    learner.opens("cards").await;
    learner.chooses(Look::link("Which card stays?")).await;
    learner.reads("Study history").await;
    assert!(!learner.page_text().await.contains(EDITED));
    learner.opens("cards").await;
    learner.chooses(Look::link("Which card is edited?")).await;
    learner.reads(EDITED).await;
    learner.chooses(Look::button("See what changed")).await;
    learner.reads("removed: at home").await;
    learner.reads("added: on the train").await;
    learner.reads("Easy").await;
    // One that was reworded and moved has its reviews too.
    learner.opens("cards").await;
    learner.chooses(Look::link(REWORDED)).await;
    learner.reads("Easy").await;
}

/// The card that is gone has its reviews still.
async fn gone_and_kept(learner: &Learner) {
    let gone = learner
        .log_lines(BASE)
        .await
        .iter()
        .filter_map(|line| Some(line.split_once("\"c\":\"")?.1.split('"').next()?.to_owned()))
        .collect::<Vec<_>>();
    let mut kept = 0;
    for id in gone {
        learner.opens(&format!("cards/{id}")).await;
        learner.next_heading("").await;
        kept += usize::from(learner.page_text().await.contains("1 review is kept"));
    }
    assert_eq!(kept, 1);
}

/// Two months later: the answer is not given away, and a grade is of the text of today.
async fn no_more_once_graded(learner: &Learner) {
    let (question, offer) = ("Which card is edited?", Look::button("See what changed"));
    learner.lives_on_until(Clock::on_day(60, 9)).await;
    learner.opens("").await;
    learner.ends_the_open_session().await;
    let mut heading = learner.starts_a_session().await;
    while heading != question {
        heading = learner.answers(Grade::Easy).await.next;
    }
    learner.reads(EDITED).await;
    learner.does_not_see(offer.clone()).await;
    learner.reveals_by_key().await;
    learner.sees(offer.clone()).await;
    learner.answers(Grade::Easy).await;
    learner.has_nothing_pending().await;
    // An answer that is taken back was never given.
    learner.chooses(Look::button("Undo")).await;
    learner.sees_heading(question).await;
    learner.reads(EDITED).await;
    learner.sees(offer).await;
    learner.answers(Grade::Easy).await;
    learner.has_nothing_pending().await;
    learner.opens("cards").await;
    learner.chooses(Look::link(question)).await;
    learner.reads("Study history").await;
    assert!(!learner.page_text().await.contains(EDITED));
}

/// The notes as they were: the card is back, and the notice can be closed.
async fn told_again_until_closed(learner: &Learner, site: &Site, versions: &Versions) {
    site.deploy(&versions.before);
    learner.lets_the_browser_check_for_an_update().await;
    learner.reloads_by(Look::button("Update now")).await;
    let notice = Look::status(
        "The notes have changed: 1 reworded card, 1 edited, 1 moved, 1 returned, 1 retired.",
    );
    learner.sees(notice.clone()).await;
    learner.chooses(Look::button("Close")).await;
    learner.does_not_see(notice.clone()).await;
    learner.stays_until_upkeep_is_over().await;
    learner.reloads().await;
    learner.stays_until_upkeep_is_over().await;
    learner.does_not_see(notice).await;
}

impl Versions {
    /// Builds both at the first call. A build that fails is not tried again.
    fn get() -> &'static Self {
        static VERSIONS: OnceLock<Result<Versions, String>> = OnceLock::new();
        let versions = VERSIONS.get_or_init(|| {
            let before = build("news-before", BASE, &[("train.md", NOTE)])?;
            let notes = [("train.md", &*edited_note()), ("more.md", &more_notes())];
            let after = build_after("news-after", "news-before", BASE, &notes)?;
            Ok(Self { before, after })
        });
        versions.as_ref().unwrap_or_else(|said| panic!("{said}"))
    }
}

/// The card that is reworded and moved to another note.
fn more_notes() -> String {
    format!("# More notes\n\n## {REWORDED}\n\n{LONGER}\n")
}

fn edited_note() -> String {
    let (kept, _) = NOTE
        .split_once("## Which card stays too?")
        .expect("the note has it");
    let edited = kept.replace("written at home first", "written on the train first");
    format!("{edited}\n## Is there a fifth card?\n\nThere is now.\n")
}

const NOTE: &str = "\
# Notes on a train

## Which card is edited?

**The text**: An answer that was written at home first.

**More**: A second part.

## Which card stays?

This one.

## Which card stays too?

This one too: its answer is long enough to be known again by its words.

## Which card goes?

It has a review all the same.
";
