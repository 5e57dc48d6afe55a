//! Notes that are edited and deployed again, at the address of a project page below a path.

use browser_tests::{Caching, Device, Fault, Grade, Learner, Look, build, scenario};
use std::path::PathBuf;
use std::sync::OnceLock;

const BASE: &str = "/quire/";

/// The two versions of the notes, each built once.
struct Versions {
    before: PathBuf,
    after: PathBuf,
}

#[test]
fn an_edited_note_reaches_the_device_and_progress_stays() {
    let versions = Versions::get();
    scenario(async |stage| {
        let site = stage.site_at(&versions.before, BASE).await;
        site.caches(Caching::TenMinutes);
        let learner = stage.learner(&site, Device::Phone).await;
        let first = learner.starts_a_session().await;
        learner.reveals_by_key().await;
        learner.reads("An answer as it was written first.").await;
        let second = learner.answers(Grade::Easy).await.next;
        let progress = learner.progress("Session progress").await;
        learner.has_the_app_offline().await;

        site.deploy(&versions.after);
        learner.lets_the_browser_check_for_an_update().await;
        learner.sees_heading(&second).await;
        learner.reloads_by(Look::button("Update now")).await;
        learner.sees_heading(&second).await;
        assert_eq!(learner.progress("Session progress").await, progress);
        learner.opens("cards").await;
        learner.taps(Look::link(&first)).await;
        learner
            .reads("An answer that was edited on the train.")
            .await;
        learner.reads("Easy").await;
        assert_eq!(learner.log_lines(BASE).await.len(), 1);
        assert_eq!(
            learner.caches().await.len(),
            1,
            "the old version's files are gone"
        );

        // The new version is whole: it needs no server.
        stage.expects_errors_with("net::ERR_CONNECTION_REFUSED");
        site.stop().await;
        learner.opens("cards").await;
        learner.sees(Look::link("Is there a third card?")).await;
    });
}

#[test]
fn a_broken_deployment_leaves_the_old_version_whole() {
    let versions = Versions::get();
    scenario(async |stage| {
        stage.expects_errors_with("Failed to load resource");
        stage.expects_errors_with("integrity");
        let site = stage.site_at(&versions.before, BASE).await;
        site.caches(Caching::TenMinutes);
        let learner = stage.learner(&site, Device::Desktop).await;
        learner.opens("cards").await;
        learner.has_the_app_offline().await;
        let caches = learner.caches().await;
        site.deploy(&versions.after);
        let faults = [
            Fault::Missing,
            Fault::Truncated,
            Fault::Content(b"<!doctype html>".to_vec()),
        ];
        for fault in faults {
            site.breaks("_bg.wasm", fault);
            learner.lets_the_browser_check_for_an_update().await;
            still_old(&learner).await;
            assert_eq!(
                learner.caches().await,
                caches,
                "the old files and no others"
            );
            site.heals();
        }
        learner.lets_the_browser_check_for_an_update().await;
        learner.reloads_by(Look::button("Update now")).await;
        learner.sees(Look::link("Is there a third card?")).await;
    });
}

#[test]
fn a_deep_link_below_a_path_opens_on_a_first_visit() {
    let versions = Versions::get();
    scenario(async |stage| {
        let site = stage.site_at(&versions.before, BASE).await;
        let learner = stage.learner(&site, Device::Phone).await;
        learner.opens("settings").await;
        learner.sees_heading("Settings").await;
        learner.taps(Look::link("Cards")).await;
        learner.taps(Look::link("What is the first card?")).await;
        let address = learner.address().await;
        assert!(address.starts_with("cards/"), "{address}");
        learner.opens(&address).await;
        learner.sees_heading("What is the first card?").await;
        let requests = site.take_requests();
        assert!(
            requests.iter().all(|path| !path.starts_with("outside")),
            "{requests:?}"
        );
    });
}

/// The page still works, and neither it nor a reload of it shows anything new.
async fn still_old(learner: &Learner) {
    learner.does_not_see(Look::button("Update now")).await;
    learner.reloads().await;
    learner.sees(Look::link("What is the second card?")).await;
    learner
        .does_not_see(Look::link("Is there a third card?"))
        .await;
    learner.does_not_see(Look::button("Update now")).await;
}

impl Versions {
    /// Builds both at the first call. A build that fails is not tried again.
    fn get() -> &'static Self {
        static VERSIONS: OnceLock<Result<Versions, String>> = OnceLock::new();
        let versions = VERSIONS.get_or_init(|| {
            let before = build("before", BASE, &[("train.md", NOTE)])?;
            let after = build("after", BASE, &[("train.md", &edited_note())])?;
            Ok(Self { before, after })
        });
        versions.as_ref().unwrap_or_else(|said| panic!("{said}"))
    }
}

fn edited_note() -> String {
    let edited = "An answer that was edited on the train.";
    let note = NOTE.replace("An answer as it was written first.", edited);
    format!("{note}\n## Is there a third card?\n\nThere is now.\n")
}

const NOTE: &str = "\
# Notes on a train

## What is the first card?

**The text**: An answer as it was written first.

**More**: A second part.

## What is the second card?

It stays as it is.
";
