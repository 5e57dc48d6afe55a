//! Where the log is kept and how it travels: storage, backups, devices, files and codes.

use crate::Album;
use browser_tests::{
    Camera, Clock, Device, Engine, Grade, Learner, Look, Machine, Scheme, Setup, invented_past,
    scenario,
};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// The first morning of the tests' calendar, before which the invented past ends.
const UTC_MS: i64 = 1_772_409_600_000;

pub(crate) fn walk(device: Device, scheme: Scheme, album: &Album) {
    scenario(async |stage| {
        stage.expects_errors_with("");
        let site = stage.site(&Setup::dist_test()).await;
        let machine = Machine {
            device,
            camera: Camera::Film,
            ..Machine::with(Engine::Chromium)
        };
        let learner = stage.learner_at(&site, machine).await;
        learner.sets_the_system_to(scheme).await;
        learner.starts_a_session().await;
        for grade in [Grade::Easy, Grade::Good, Grade::Hard] {
            learner.answers(grade).await;
        }
        learner.stays_until_upkeep_is_over().await;
        import(&learner, album).await;
        storage(&learner, album).await;
        devices(&learner, album).await;
    });
}

/// A file of another device that was cut off, and has cards that these notes have not.
async fn import(learner: &Learner, album: &Album) {
    let folder = TempDir::new().expect("the folder for temporary files can be written");
    learner.goes_to("Settings").await;
    learner.gives_file("Import log", &cut_off(&folder)).await;
    learner.sees(Look::button("Add to my log")).await;
    album.page(learner, "18-import-preview").await;
    learner.chooses(Look::button("Add to my log")).await;
    learner.reads("entries added").await;
    album.page(learner, "19-imported").await;
}

fn cut_off(folder: &TempDir) -> PathBuf {
    let cards: Vec<String> = (0..20).map(|number| format!("card{number:06}")).collect();
    let past = invented_past(&cards, 240, UTC_MS);
    let file = folder.path().join("log.jsonl");
    fs::write(&file, &past[..past.len() * 4 / 5]).expect("the folder is ours");
    file
}

async fn storage(learner: &Learner, album: &Album) {
    learner.lives_on_until(Clock::on_day(1, 9)).await;
    learner.opens("").await;
    learner.ends_the_open_session().await;
    learner.starts_a_session().await;
    learner.answers(Grade::Easy).await;
    learner
        .goes_through_settings_to("Storage and backups")
        .await;
    learner.chooses(Look::button("Check now")).await;
    learner.reads("Checked:").await;
    learner.stays_until_upkeep_is_over().await;
    album.page(learner, "20-storage").await;
    let before_import = Look::button_beginning("Restore the backup of 2026-03-02");
    learner.chooses(before_import).await;
    learner.sees(Look::button("Go back to this backup")).await;
    album.page(learner, "21-restore-preview").await;
}

async fn devices(learner: &Learner, album: &Album) {
    learner.goes_through_settings_to("Devices").await;
    learner.fills("Name", "Kitchen laptop").await;
    learner.reads("Kitchen laptop").await;
    album.page(learner, "22-devices").await;
    learner.chooses(Look::button("Scan codes")).await;
    learner.reads("This did not work").await;
    album.page(learner, "23-no-camera").await;
    learner.chooses(Look::button("Back")).await;
    learner.has_before_the_camera(learner).await;
    learner.chooses(Look::button("Scan codes")).await;
    learner.sees(Look::button("Stop")).await;
    album.page(learner, "24-camera").await;
    learner.chooses(Look::button("Stop")).await;
    learner.chooses(Look::button("Show codes")).await;
    learner.reads("entries in").await;
    album.page(learner, "25-codes").await;
}
