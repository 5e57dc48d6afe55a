//! The harness in each engine: a page, a session, a profile that outlives the browser, and faults
//! that do what they say.

use crate::every_engine::in_every_engine;
use browser_tests::{Engine, Grade, Learner, Look, Machine, Place, Scenario, Setup, with_checksum};
use std::fs;
use std::rc::Rc;
use tempfile::TempDir;

in_every_engine!(a_session_is_studied_and_a_restarted_browser_continues_it);
in_every_engine!(a_kill_leaves_what_the_archive_had_acknowledged);
in_every_engine!(damaged_files_cost_one_place_and_not_the_other);
in_every_engine!(an_altered_line_is_a_damaged_one);
in_every_engine!(two_windows_share_their_stores);

async fn a_session_is_studied_and_a_restarted_browser_continues_it(
    stage: &Scenario,
    engine: Engine,
) {
    let site = stage.site(&Setup::dist_test()).await;
    let learner = stage.learner_at(&site, Machine::with(engine)).await;
    learner.starts_a_session().await;
    learner.answers(Grade::Easy).await;
    let third = learner.answers_by_keyboard(Grade::Good).await;
    assert_eq!(learner.log_lines("/").await.len(), 2);
    learner.restarts_the_browser().await;
    learner.opens("study").await;
    learner.sees_heading(&third).await;
    assert_eq!(learner.log_lines("/").await.len(), 2);
}

async fn a_kill_leaves_what_the_archive_had_acknowledged(stage: &Scenario, engine: Engine) {
    let (learner, _folder) = writer(stage, engine).await;
    assert_eq!(learner.has_all_saved().await, LINES as u64);
    learner.loses_the_browser().await;
    learner.opens_an_empty_page().await;
    let stores = learner.stores_of("/").await;
    assert_eq!(stores.archive.ids.len(), LINES, "{stores:?}");
    assert!(stores.errors.is_empty(), "{stores:?}");
}

async fn damaged_files_cost_one_place_and_not_the_other(stage: &Scenario, engine: Engine) {
    let (learner, _folder) = writer(stage, engine).await;
    learner.has_all_saved().await;
    learner.has_damaged_files(Place::Store).await;
    learner.opens_an_empty_page().await;
    let stores = learner.stores_of("/").await;
    assert!(stores.store.ids.len() < LINES, "{stores:?}");
    assert_eq!(stores.archive.ids.len(), LINES, "{stores:?}");

    let (learner, _folder) = writer(stage, engine).await;
    learner.has_all_saved().await;
    learner.has_damaged_files(Place::Archive).await;
    learner.opens_an_empty_page().await;
    let stores = learner.stores_of("/").await;
    assert_eq!(stores.store.ids.len(), LINES, "{stores:?}");
    assert!(stores.archive.ids.len() < LINES, "{stores:?}");
}

async fn an_altered_line_is_a_damaged_one(stage: &Scenario, engine: Engine) {
    let (learner, _folder) = writer(stage, engine).await;
    learner.has_all_saved().await;
    let ids = learner.has_events("/", LINES).await;
    let victim = ids.first().expect("there are lines");
    let both = [Place::Store, Place::Archive];
    learner.alters_a_line("/", victim, &both).await;
    let stores = learner.stores_of("/").await;
    for lines in [&stores.store, &stores.archive] {
        assert_eq!((lines.ids.len(), lines.damaged.len()), (LINES - 1, 1));
    }
}

async fn two_windows_share_their_stores(stage: &Scenario, engine: Engine) {
    let (learner, _folder) = writer(stage, engine).await;
    learner.has_all_saved().await;
    let first = learner.window().await;
    learner.opens_a_window().await;
    learner.opens_an_empty_page().await;
    learner.has_events("/", LINES).await;
    learner.turns_to(&first).await;
    learner.sees(Look::button("Write")).await;
}

const LINES: usize = 40;

/// A page that keeps lines as the app does, and nothing else; all of them are written.
async fn writer(stage: &Scenario, engine: Engine) -> (Rc<Learner>, TempDir) {
    let lines: Vec<String> = (0..LINES)
        .map(|number| {
            let object =
                format!("{{\"i\":\"device00.000000000000.{number}\",\"t\":{number},\"g\":3}}");
            format!("{:?}", with_checksum(&object))
        })
        .collect();
    let folder = TempDir::new().expect("the folder for temporary files can be written");
    let page = PAGE.replace("LINES", &lines.join(","));
    fs::write(folder.path().join("index.html"), page).expect("the folder is new");
    let site = stage.site(folder.path()).await;
    let learner = stage.stranger_at(&site, Machine::with(engine)).await;
    learner.opens("").await;
    learner.clicks(Look::button("Write")).await;
    (learner, folder)
}

const PAGE: &str = "<!doctype html><title>x</title><link rel=icon href=data:,>
<h1>Page</h1><button onclick=keepLines()>Write</button><script>
const lines = [LINES];
function keepLines() {
  localStorage.setItem('quire:/:tail:device00.000000000000', lines.join('\\n'));
  const request = indexedDB.open('quire:/', 1);
  request.onupgradeneeded = () => {
    for (const name of ['fresh', 'sealed', 'meta', 'rescue', 'backups']) request.result.createObjectStore(name);
  };
  request.onsuccess = () => {
    const write = request.result.transaction(['fresh', 'sealed'], 'readwrite', { durability: 'strict' });
    const half = lines.length / 2;
    write.objectStore('sealed').put(lines.slice(0, half).join('\\n'), 'sealed');
    for (const line of lines.slice(half)) write.objectStore('fresh').put(line, JSON.parse(line.slice(0, -8)).i);
    write.oncomplete = () => { request.result.close(); document.documentElement.dataset.saved = lines.length; };
  };
}
</script>";
