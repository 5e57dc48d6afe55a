//! Settings take effect at once and stay.

use browser_tests::{Device, Look, Scheme, Setup, scenario};

#[test]
fn settings_take_effect_and_stay() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Desktop).await;
        learner.goes_to("Settings").await;
        assert_eq!(learner.value_of("Desired retention").await, "90");
        assert_eq!(learner.value_of("New cards a day").await, "20");
        learner.fills("Desired retention", "85").await;
        learner.fills("New cards a day", "3").await;
        learner.reloads().await;
        learner.sees_heading("Settings").await;
        assert_eq!(learner.value_of("Desired retention").await, "85");
        assert_eq!(learner.value_of("New cards a day").await, "3");
        learner.clicks(Look::link("Today")).await;
        learner.reads("3 cards · about").await;
    });
}

#[test]
fn the_theme_follows_the_system_until_one_is_chosen() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Phone).await;
        learner.goes_to("Settings").await;
        let light = learner.ground_colour().await;
        learner.sets_the_system_to(Scheme::Dark).await;
        let dark = learner.ground_colour().await;
        assert_ne!(light, dark);

        learner.selects("Theme", "Light").await;
        assert_eq!(learner.ground_colour().await, light);
        learner.reloads().await;
        learner.sees_heading("Settings").await;
        assert_eq!(learner.value_of("Theme").await, "Light");
        assert_eq!(learner.ground_colour().await, light);

        learner.sets_the_system_to(Scheme::Light).await;
        learner.selects("Theme", "Dark").await;
        assert_eq!(learner.ground_colour().await, dark);
        learner.selects("Theme", "System").await;
        assert_eq!(learner.ground_colour().await, light);
    });
}
