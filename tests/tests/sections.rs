//! Where a card stands in its note, the list of some of the cards, and text from right to left.

use browser_tests::{Device, Learner, Look, build, scenario};

#[test]
fn cards_are_listed_by_section_and_shown_in_their_direction() {
    let notes = [("data.md", DATA), ("hebrew.md", HEBREW)];
    let folder = build("sections", "/", &notes).unwrap_or_else(|said| panic!("{said}"));
    scenario(async |stage| {
        let site = stage.site(&folder).await;
        let learner = stage.learner(&site, Device::Phone).await;
        lists_a_section(&learner).await;
        follows_the_breadcrumb(&learner).await;
        reads_from_right_to_left(&learner).await;
        learner.starts_a_session().await;
        learner.reads("Structures Ordered").await;
    });
}

async fn lists_a_section(learner: &Learner) {
    learner.goes_to("Cards").await;
    learner.reads("4 cards").await;
    learner.selects("Show", "Ordered (2)").await;
    learner.reads("2 cards").await;
    learner.does_not_see(Look::link("What is a set?")).await;
    assert_eq!(learner.address().await, "cards?in=data.md/Ordered");

    // The choice is a part of the address: it can be left, come back to, and shared.
    learner.taps(Look::link("What is a list?")).await;
    learner.sees_heading("What is a list?").await;
    learner.goes_back().await;
    learner.reads("2 cards").await;
    assert_eq!(learner.value_of("Show").await, "Ordered (2)");
    learner.reloads().await;
    learner.reads("2 cards").await;
    learner.goes_back().await;
    learner.reads("4 cards").await;
    learner.opens("cards?tag=collections").await;
    learner.reads("3 cards").await;
    assert_eq!(learner.value_of("Show").await, "# collections (3)");
    learner.opens("cards?in=gone.md").await;
    learner.reads("4 cards").await;
}

async fn follows_the_breadcrumb(learner: &Learner) {
    learner.taps(Look::link("What is a set?")).await;
    learner.sees_heading("What is a set?").await;
    learner.taps(Look::link("Unordered")).await;
    learner.reads("1 card").await;
    learner.taps(Look::link("Cards")).await;
    learner.reads("4 cards").await;
}

async fn reads_from_right_to_left(learner: &Learner) {
    learner.taps(Look::link("list מה זה?")).await;
    learner.sees_heading("list מה זה?").await;
    assert_eq!(learner.direction_of_the_heading().await, "rtl");
    learner.opens("cards?in=data.md").await;
    learner.taps(Look::link("What is a list?")).await;
    learner.sees_heading("What is a list?").await;
    assert_eq!(learner.direction_of_the_heading().await, "ltr");
}

const DATA: &str = "\
---
tags: [collections]
quire:
  level: 3
---

# Structures

## Ordered

### What is a list?

A sequence.

### What is a tuple?

A sequence that stays as it is.

## Unordered

### What is a set?

Values without an order.
";

const HEBREW: &str = "\
# מבנים

## `list` מה זה?

סדרה של ערכים.
";
