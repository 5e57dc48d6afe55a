//! The first visit, and the screens that explain themselves.

use browser_tests::{Device, Look, Setup, scenario};

#[test]
fn the_first_visit_explains_and_the_explanation_goes_away_for_good() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Phone).await;
        learner.opens("").await;
        learner.sees_heading("Today").await;
        learner.sees(Look::region("Welcome to Quire")).await;
        learner.reads("Again if you did not know it").await;
        learner.reads("Your progress lives in this browser").await;
        learner.reads("To study your own notes").await;
        learner.taps(Look::button("Got it")).await;
        learner.does_not_see(Look::region("Welcome to Quire")).await;
        learner.reloads().await;
        learner.sees_heading("Today").await;
        learner.does_not_see(Look::region("Welcome to Quire")).await;
    });
}

#[test]
fn every_screen_is_reached_and_names_itself() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Desktop).await;
        learner.opens("").await;
        for (link, heading, address) in [
            ("Cards", "Cards", "cards"),
            ("Settings", "Settings", "settings"),
            ("Today", "Today", ""),
        ] {
            learner.clicks(Look::link(link)).await;
            learner.sees_heading(heading).await;
            assert_eq!(learner.title().await, format!("{heading} · Quire"));
            assert_eq!(learner.address().await, address);
        }
        learner.goes_back().await;
        learner.sees_heading("Settings").await;
    });
}

#[test]
fn the_list_of_cards_leads_to_each_card_and_its_whole_answer() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Phone).await;
        learner.goes_to("Cards").await;
        let links = learner.names_of(Look::link("")).await;
        let question = links.last().expect("the list has cards").clone();
        learner.taps(Look::link(&question)).await;
        learner.sees_heading(&question).await;
        learner.sees(Look::region("Study history")).await;
        assert!(
            learner.address().await.starts_with("cards/"),
            "a card has an address of its own"
        );
        learner.reads("Not studied yet").await;
    });
}
