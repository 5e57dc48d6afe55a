//! From screen to camera: the codes of one device bring its answers to another.

use browser_tests::{
    Camera, Clock, Device, Engine, Grade, Learner, Look, Machine, Setup, scenario,
};

#[test]
fn the_codes_of_a_phone_bring_its_answers_to_a_laptop_with_a_camera() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let phone = stage.learner(&site, Device::Phone).await;
        phone.starts_a_session().await;
        for _ in 0..8 {
            phone.answers(Grade::Easy).await;
        }
        let due = due_tomorrow(&phone).await;
        let machine = Machine {
            camera: Camera::Film,
            ..Machine::with(Engine::Chromium)
        };
        let laptop = stage.learner_at(&site, machine).await;
        assert_ne!(due_tomorrow(&laptop).await, due);

        phone.goes_through_settings_to("Devices").await;
        phone.selects("What to send", "The last 3 days").await;
        phone.chooses(Look::button("Show codes")).await;
        phone.reads("8 entries in").await;
        laptop.has_before_the_camera(&phone).await;
        laptop.goes_through_settings_to("Devices").await;
        laptop.chooses(Look::button("Scan codes")).await;
        laptop.reads("8 reviews, 8 new").await;
        laptop.has_events("/", 0).await;
        laptop.chooses(Look::button("Add to my log")).await;
        laptop.reads("8 entries added").await;

        let answers = phone.has_events("/", 8).await;
        laptop.has_in_both_stores("/", &answers).await;
        assert_eq!(laptop.due_today().await, due);
    });
}

async fn due_tomorrow(learner: &Learner) -> String {
    learner.lives_on_until(Clock::on_day(1, 9)).await;
    learner.due_today().await
}
