//! Notes that point to each other and to images: the links are followed inside the app, and the
//! images are there without a server.

use browser_tests::{Device, Look, build, scenario};
use serde_json::json;
use std::path::PathBuf;
use std::sync::OnceLock;

const BASE: &str = "/quire/";

#[test]
fn a_link_of_a_note_opens_the_card_without_a_page_load_and_back_returns_to_the_session() {
    scenario(async |stage| {
        let site = stage.site_at(notes_build(), BASE).await;
        let learner = stage.learner(&site, Device::Desktop).await;
        learner.starts_a_session().await;
        learner.sees_heading("What links?").await;
        learner.reveals_by_key().await;
        learner.marks_the_page().await;
        learner.clicks(Look::link("the other card")).await;
        learner.sees_heading("What is linked?").await;
        assert!(learner.address().await.starts_with("cards/"));
        learner.goes_back().await;
        learner.sees_heading("What links?").await;
        learner.reads("see the other card").await;
        learner.clicks(Look::link("the whole note")).await;
        learner.sees_heading("Cards").await;
        assert!(learner.address().await.starts_with("decks/"));
        let focused = learner.focused_text().await;
        assert_eq!(focused, "The other note");
        assert!(learner.has_the_marked_page().await, "no page was loaded");
    });
}

#[test]
fn an_image_of_a_note_is_there_without_a_server_and_has_its_room_before() {
    scenario(async |stage| {
        stage.expects_errors_with("net::ERR_CONNECTION_REFUSED");
        let site = stage.site_at(notes_build(), BASE).await;
        let learner = stage.learner(&site, Device::Phone).await;
        learner.opens("cards").await;
        learner.has_the_app_offline().await;
        site.stop().await;
        learner.reloads().await;
        learner.taps(Look::link("What is linked?")).await;
        learner.sees(Look::picture("A blue square")).await;
        let size = learner.sizes_of_image().await;
        assert_eq!(size, json!([40, 20, 40, 20]));
    });
}

/// Builds the notes at the first call.
fn notes_build() -> &'static PathBuf {
    static BUILD: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let notes = [("a.md", LINKING), ("b.md", LINKED), ("square.svg", SQUARE)];
    let built = BUILD.get_or_init(|| build("links", BASE, &notes));
    built.as_ref().unwrap_or_else(|said| panic!("{said}"))
}

const LINKING: &str = "\
# A note

## What links?

For more see [the other card](b.md#what-is-linked), or [[b|the whole note]].
";

const LINKED: &str = "\
# The other note

## What is linked?

![A blue square](square.svg)
";

const SQUARE: &str = "\
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\">\
<rect width=\"40\" height=\"20\" fill=\"blue\"/></svg>
";
