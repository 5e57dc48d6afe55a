//! Several devices with one log: each is known by the name that its owner gave it.

use browser_tests::{Clock, Device, Grade, Look, Setup, scenario};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn a_device_keeps_its_name_and_is_known_by_it_on_another() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let laptop = stage.learner(&site, Device::Desktop).await;
        laptop.goes_through_settings_to("Devices").await;
        laptop.fills("Name", "Kitchen laptop").await;
        laptop
            .reads("Kitchen laptop 1 entry · last on 2026-03-02 09:")
            .await;
        laptop.has_nothing_pending().await;
        laptop.reloads().await;
        laptop.sees_heading("Devices").await;
        assert_eq!(laptop.value_of("Name").await, "Kitchen laptop");

        laptop.lives_on_until(Clock::on_day(0, 17)).await;
        laptop.starts_a_session().await;
        laptop.answers(Grade::Easy).await;
        laptop.goes_to("Settings").await;
        let file = laptop.downloads_by(Look::button("Export log")).await;

        let phone = stage.learner(&site, Device::Phone).await;
        phone.starts_a_session().await;
        phone.answers(Grade::Good).await;
        phone.goes_to("Settings").await;
        phone.imports(&file, 2, PATIENCE).await;
        phone.chooses(Look::link("Devices")).await;
        phone.sees_heading("Devices").await;
        phone
            .reads("Kitchen laptop 2 entries · last on 2026-03-02 17:")
            .await;
        phone.reads("1 entry · last on 2026-03-02 09:").await;
        assert_eq!(phone.value_of("Name").await, "", "it has a name of its own");
    });
}
