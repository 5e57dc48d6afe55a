//! Files that are no good: what of them is taken is shown first, and nothing else changes.

use crate::every_engine::in_every_engine;
use browser_tests::{
    Engine, Learner, Look, Machine, Scenario, Setup, invented_past, with_checksum,
};
use std::fs;
use std::path::PathBuf;
use std::rc::Rc;
use tempfile::TempDir;

const CARDS: usize = 20;
const REVIEWS: usize = 60;
const UTC_MS: i64 = 1_772_409_600_000;

in_every_engine!(a_file_imported_twice_adds_its_entries_once);
in_every_engine!(of_a_truncated_file_the_whole_lines_are_offered);
in_every_engine!(a_file_of_more_than_50_mb_is_refused);
in_every_engine!(hostile_files_change_nothing_and_run_nothing);

async fn a_file_imported_twice_adds_its_entries_once(stage: &Scenario, engine: Engine) {
    let (learner, folder) = importer(stage, engine).await;
    let file = folder.file(&past());
    learner.gives_file("Import log", &file).await;
    learner.reads("60 reviews").await;
    learner.has_events("/", 0).await;
    learner.chooses(Look::button("Add to my log")).await;
    learner.reads("60 entries added").await;
    let ids = learner.has_events("/", REVIEWS).await;
    learner.reloads().await;
    learner.gives_file("Import log", &file).await;
    learner
        .reads_one_of(&["0 new", "nothing new", "Nothing new"])
        .await;
    let add = Look::button("Add to my log");
    if learner.has_in_sight(&add).await {
        learner.chooses(add).await;
    }
    learner.has_events("/", REVIEWS).await;
    learner.has_in_both_stores("/", &ids).await;
}

async fn of_a_truncated_file_the_whole_lines_are_offered(stage: &Scenario, engine: Engine) {
    let (learner, folder) = importer(stage, engine).await;
    let past = past();
    let file = folder.file(&past[..past.len() * 2 / 3]);
    learner.gives_file("Import log", &file).await;
    learner
        .reads_one_of(&["truncated", "missing", "incomplete", "cut off"])
        .await;
    learner.has_events("/", 0).await;
    learner.chooses(Look::button("Add to my log")).await;
    learner.reads("entries added").await;
    let taken = learner.stores_of("/").await.union().len();
    assert!((30..REVIEWS).contains(&taken), "{taken}");
}

async fn a_file_of_more_than_50_mb_is_refused(stage: &Scenario, engine: Engine) {
    let (learner, folder) = importer(stage, engine).await;
    let mut text = past();
    let padding = "x".repeat(1 << 20) + "\n";
    while text.len() <= 50 << 20 {
        text += &padding;
    }
    learner.gives_file("Import log", &folder.file(&text)).await;
    learner
        .reads_one_of(&["larger than", "too long", "too large", "50 MB"])
        .await;
    learner.does_not_see(Look::button("Add to my log")).await;
    learner.has_events("/", 0).await;
}

async fn hostile_files_change_nothing_and_run_nothing(stage: &Scenario, engine: Engine) {
    let (learner, folder) = importer(stage, engine).await;
    let header = with_checksum("{\"quire\":\"log\",\"version\":1,\"events\":2}");
    let newer = with_checksum("{\"quire\":\"log\",\"version\":99,\"events\":2}");
    let one = with_checksum(&event("aaaaaaaa.000000000000.0", "x"));
    let other = with_checksum(&event("aaaaaaaa.000000000000.0", "y"));
    let refused = [
        "<!doctype html><img src=x onerror=\"window.hacked = 1\">".to_owned(),
        "{\"not\":\"a log\"}\n\u{0}\n".to_owned(),
        "\u{feff}\u{202e}]]]]]{{{{".repeat(1_000),
        format!("{newer}\n{one}\n"),
        // Two events of one name: neither can be trusted.
        format!("{header}\n{one}\n{other}\n"),
    ];
    for text in refused {
        learner.gives_file("Import log", &folder.file(&text)).await;
        learner
            .reads_one_of(&["Nothing was imported", "newer version", "contradict"])
            .await;
        learner.has_events("/", 0).await;
        learner.reloads().await;
        learner.sees_heading("Settings").await;
    }
    // Markup in every field is text, whether it is taken or not.
    let markup = event(
        "<img src=x onerror=hacked=1>.0.0",
        "<img src=x onerror=hacked=1>",
    );
    let good = with_checksum(&event(
        "aaaaaaaa.000000000000.1",
        "<img src=x onerror=hacked=1>",
    ));
    let text = format!("{header}\n{}\n{good}\n", with_checksum(&markup));
    learner.gives_file("Import log", &folder.file(&text)).await;
    let add = Look::button("Add to my log");
    learner
        .reads_one_of(&["Nothing was imported", "1 new", "2 new", "unknown"])
        .await;
    if learner.has_in_sight(&add).await {
        learner.chooses(add).await;
    }
    learner.goes_to("Today").await;
    learner.ran_nothing().await;
}

/// One review as the log has it; `card` stands where a card's id belongs.
fn event(id: &str, card: &str) -> String {
    format!("{{\"i\":\"{id}\",\"t\":{UTC_MS},\"c\":\"{card}\",\"g\":3,\"m\":9000,\"u\":20514}}")
}

fn past() -> String {
    let cards: Vec<String> = (0..CARDS)
        .map(|number| format!("card{number:06}"))
        .collect();
    invented_past(&cards, REVIEWS, UTC_MS)
}

/// Where a test's files are written.
struct Folder(TempDir);

impl Folder {
    fn file(&self, text: &str) -> PathBuf {
        let number = fs::read_dir(&self.0).expect("the folder is there").count();
        let file = self.0.path().join(format!("log-{number}.jsonl"));
        fs::write(&file, text).expect("the folder is ours");
        file
    }
}

/// A learner in Settings, with an empty log.
async fn importer(stage: &Scenario, engine: Engine) -> (Rc<Learner>, Folder) {
    let site = stage.site(&Setup::dist_test()).await;
    let learner = stage.learner_at(&site, Machine::with(engine)).await;
    learner.goes_to("Settings").await;
    let folder = TempDir::new().expect("the folder for temporary files can be written");
    (learner, Folder(folder))
}
