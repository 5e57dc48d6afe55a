//! Notes that are written while the app shows them: `serve --watch`.

use browser_tests::{Access, Device, Learner, Look, Watched, scenario};

/// One test, since it is one build: on a card's page first, then in a session.
#[test]
fn a_saved_note_is_shown_where_the_page_was() {
    let watched = Watched::start("watched", &note());
    scenario(async |stage| {
        // At the end the server goes first.
        stage.expects_errors_with("watch.json");
        let site = watched.site();
        let learner = stage.stranger(&site, Device::Phone, Access::Allowed).await;
        at_a_card(&learner, &watched).await;
        in_a_session(&learner, &watched).await;
    });
}

async fn at_a_card(learner: &Learner, watched: &Watched) {
    learner.opens("cards").await;
    learner.taps(Look::link(SECOND)).await;
    learner.sees_heading(SECOND).await;
    learner.scrolls_to(300.0).await;
    watched.saves(&note().replace("It stays as it is.", "It was edited."));
    learner.reads("It was edited.").await;
    learner.is_scrolled_to(300.0).await;

    // An edited question is another card to the app, and the same to who writes it.
    let renamed = note().replace(SECOND, "Is this the second card?");
    watched.saves(&renamed);
    learner.sees_heading("Is this the second card?").await;

    // A note with an error is told of, and what was shown stays until it is good again.
    watched.saves(&format!(
        "{renamed}\n## \n\nAn answer without a question.\n"
    ));
    let place = format!("note.md:{}:1", renamed.lines().count() + 2);
    learner.reads(&place).await;
    learner.sees_heading("Is this the second card?").await;
    watched.saves(&renamed.replace("It stays as it is.", "It is good again."));
    learner.reads("It is good again.").await;
    let page = learner.page_text().await;
    assert!(!page.contains(&place), "{page}");

    // A card that is taken out leads to one nearby.
    let (without, _) = renamed.split_once("## Is this").expect("it is in the note");
    watched.saves(without);
    learner.sees_heading(FIRST).await;
}

async fn in_a_session(learner: &Learner, watched: &Watched) {
    learner.opens("study").await;
    learner.sees_heading(FIRST).await;
    learner.presses("p").await;
    learner.presses("Space").await;
    learner.reads("An answer as it was written first.").await;
    let edited = note()
        .replace(FIRST, "Which card is the first?")
        .replace("An answer as it was written first.", "An edited answer.");
    watched.saves(&edited);
    learner.sees_heading("Which card is the first?").await;
    learner.reads("An edited answer.").await;
    learner.reads("To be first.").await;
    let page = learner.page_text().await;
    assert!(!page.contains("A second part."), "{page}");

    // What was shown stays shown, wherever it stands now.
    let above = "**Before**: A part above.\n\n**The text**";
    watched.saves(&edited.replace("**The text**", above));
    learner.reads("A part above.").await;
    learner.reads("An edited answer.").await;
    let page = learner.page_text().await;
    assert!(!page.contains("A second part."), "{page}");
}

const FIRST: &str = "What is the first card?";
const SECOND: &str = "What is the second card?";

/// Two cards, the second one longer than a screen.
fn note() -> String {
    let items: String = (1..=60)
        .map(|number| format!("- item {number}\n"))
        .collect();
    format!("{NOTE}\n{items}")
}

const NOTE: &str = "\
# Notes on a train

## What is the first card?

**What they're really asking**: To be first.

**The text**: An answer as it was written first.

**More**: A second part.

## What is the second card?

It stays as it is.
";
