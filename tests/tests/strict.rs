//! Nobody else is asked, nothing inline runs, and a failed start still hands out the log.

use browser_tests::{Device, FINISHED, Fault, Grade, Look, Setup, scenario};
use std::fs;
use std::path::{Path, PathBuf};

// That no console shows an error, which includes whatever the policy blocked, and that nobody
// else is asked for anything, is checked at the end of every scenario of every test.
#[test]
fn the_release_build_asks_only_for_its_own_files() {
    scenario(async |stage| {
        let dist = Setup::dist();
        let site = stage.site(&dist).await;
        let learner = stage
            .stranger(&site, Device::Desktop, browser_tests::Access::Allowed)
            .await;
        learner.starts_a_session().await;
        learner.studies_to_the_end(Grade::Easy).await;
        learner.sees_heading(FINISHED).await;
        for (link, heading) in [
            ("Cards", "Cards"),
            ("Settings", "Settings"),
            ("Today", "Today"),
        ] {
            learner.clicks(Look::link(link)).await;
            learner.sees_heading(heading).await;
        }
        learner.has_the_app_offline().await;
        let strange: Vec<String> = site
            .take_requests()
            .into_iter()
            .filter(|path| !is_file(&dist, path))
            .collect();
        assert!(
            strange.is_empty(),
            "these are no files of the build: {strange:?}"
        );
    });
}

#[test]
fn the_policy_holds_against_inline_script_and_strangers() {
    scenario(async |stage| {
        stage.expects_errors_with("Content Security Policy");
        stage.expects_errors_with("example.com");
        let site = stage.site(&Setup::dist()).await;
        let learner = stage
            .stranger(&site, Device::Desktop, browser_tests::Access::Allowed)
            .await;
        learner.opens("").await;
        learner.sees_heading("Today").await;
        assert_eq!(
            learner.tries_to_break_the_policy().await,
            Vec::<String>::new()
        );
    });
}

#[test]
fn the_tested_wasm_is_the_released_wasm() {
    let (released, tested) = (wasm_in(&Setup::dist()), wasm_in(&Setup::dist_test()));
    assert_eq!(released.file_name(), tested.file_name());
    let bytes = |path: &Path| fs::read(path).expect("the build has written it");
    assert!(
        bytes(&released) == bytes(&tested),
        "{} differs",
        tested.display()
    );
}

#[test]
fn a_start_that_fails_still_hands_out_the_log() {
    scenario(async |stage| {
        stage.expects_errors_with("");
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Phone).await;
        learner.starts_a_session().await;
        let second = learner.answers(Grade::Easy).await.next;
        let lines = learner.log_lines("/").await;
        learner.loses_the_offline_copy().await;
        site.breaks("_bg.wasm", Fault::Content(b"no wasm at all".to_vec()));
        learner.opens("").await;
        learner.sees_heading("Quire could not start").await;
        let file = learner.downloads_by(Look::button("Download my log")).await;
        let text = fs::read_to_string(&file).expect("the browser has written it");
        assert_eq!(
            text.lines().skip(1).collect::<Vec<_>>(),
            lines,
            "a header, then the log"
        );

        site.heals();
        learner.forgets_the_http_cache().await;
        learner.taps(Look::button("Reload")).await;
        learner.taps(Look::button("Continue session")).await;
        learner.sees_heading(&second).await;
    });
}

#[test]
fn a_panic_stops_the_app_and_hands_out_the_log() {
    scenario(async |stage| {
        stage.expects_errors_with("");
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Phone).await;
        learner.starts_a_session().await;
        let second = learner.answers(Grade::Easy).await.next;
        let lines = learner.log_lines("/").await;
        learner.breaks_the_page_under_the_app().await;
        learner.presses("a").await;
        learner.sees_heading("Quire has stopped").await;
        let file = learner.downloads_by(Look::button("Download my log")).await;
        let text = fs::read_to_string(&file).expect("the browser has written it");
        assert_eq!(
            text.lines().skip(1).collect::<Vec<_>>(),
            lines,
            "a header, then the log"
        );
        learner.taps(Look::button("Reload")).await;
        learner.sees_heading(&second).await;
    });
}

fn is_file(dist: &Path, path: &str) -> bool {
    // Screens of the app have no file of their own.
    matches!(path, "" | "cards" | "settings" | "study") || dist.join(path).is_file()
}

fn wasm_in(folder: &Path) -> PathBuf {
    let entries = fs::read_dir(folder).expect("the build has written the folder");
    let is_app = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("quire-") && name.ends_with(".wasm")
    };
    let mut wasm = entries.flatten().map(|entry| entry.path()).filter(is_app);
    let only = wasm.next().expect("a build has the app's wasm file");
    assert_eq!(wasm.next(), None, "a build has one wasm file of the app");
    only
}
