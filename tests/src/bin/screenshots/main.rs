//! Walks each screen on a phone, a small phone and a desktop, in light and dark, and saves what
//! it sees, for people to look at: `screenshots OUTDIR [WALK…]`, with QUIRE_DIST_TEST and
//! CHROMEDRIVER set as `cargo xtask test` sets them. The walks are `screens`, `cards`, `keeping`,
//! `notices` and `news`; without a name all are walked.

mod cards;
mod keeping;
mod news;
mod notices;

use browser_tests::{Access, Clock, Device, Fault, Grade, Learner, Look, Scheme, Setup, scenario};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

const DEVICES: [(&str, Device); 3] = [
    ("phone-390x844", Device::Phone),
    ("small-phone-360x740", Device::SmallPhone),
    ("desktop-1440x900", Device::Desktop),
];

/// A way through the app.
type Walk = fn(Device, Scheme, &Album);

const WALKS: [(&str, Walk); 5] = [
    ("screens", screens),
    ("cards", cards::walk),
    ("keeping", keeping::walk),
    ("notices", notices::walk),
    ("news", news::walk),
];

fn main() {
    let mut arguments = env::args_os().skip(1);
    let Some(folder) = arguments.next().map(PathBuf::from) else {
        eprintln!("usage: screenshots OUTDIR [WALK…]");
        std::process::exit(2);
    };
    let wanted: Vec<_> = arguments.collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    for (screen, device) in DEVICES {
        for scheme in [Scheme::Light, Scheme::Dark] {
            let album = Album::new(folder.join(screen).join(scheme.value()));
            for (_, walk) in WALKS.iter().filter(|(name, _)| is_wanted(name)) {
                walk(device, scheme, &album);
            }
            println!("{}", album.folder.display());
        }
    }
}

/// A folder of pictures.
struct Album {
    folder: PathBuf,
}

impl Album {
    fn new(folder: PathBuf) -> Self {
        fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        Self { folder }
    }

    /// What is on the screen.
    async fn screen(&self, learner: &Learner, name: &str) {
        learner.takes_a_picture(&self.file(name)).await;
    }

    /// What is on the screen, and the whole page.
    async fn page(&self, learner: &Learner, name: &str) {
        self.screen(learner, name).await;
        learner
            .takes_a_picture_of_the_page(&self.file(&format!("{name}-whole")))
            .await;
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(Path::new(name).with_extension("png"))
    }
}

fn screens(device: Device, scheme: Scheme, album: &Album) {
    scenario(async |stage| {
        stage.expects_errors_with("");
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, device).await;
        learner.sets_the_system_to(scheme).await;
        first_run(&learner, album).await;
        study(&learner, album).await;
        other_screens(&learner, album).await;
        later(&learner, album).await;

        learner.loses_the_offline_copy().await;
        site.breaks("_bg.wasm", Fault::Content(b"no wasm at all".to_vec()));
        learner.opens("").await;
        learner.sees_heading("Quire could not start").await;
        album.screen(&learner, "16-failed-start").await;
        site.heals();

        let blocked = stage.stranger(&site, device, Access::Blocked).await;
        blocked.sets_the_system_to(scheme).await;
        blocked.starts_a_session().await;
        blocked.answers(Grade::Easy).await;
        blocked.sees(Look::alert("storage")).await;
        album.page(&blocked, "17-storage-blocked").await;
    });
}

async fn first_run(learner: &Learner, album: &Album) {
    learner.opens("").await;
    learner.sees(Look::button("Got it")).await;
    album.page(learner, "01-first-run").await;
    learner.chooses(Look::button("Got it")).await;
    learner.does_not_see(Look::button("Got it")).await;
    album.page(learner, "02-today").await;
}

async fn study(learner: &Learner, album: &Album) {
    learner.starts_a_session().await;
    album.screen(learner, "03-question").await;
    learner.presses("p").await;
    learner.does_not_see(Look::button("Show prompt")).await;
    album.screen(learner, "04-prompt").await;
    learner.presses("Space").await;
    learner
        .sees(Look::button_beginning("Show next part 2"))
        .await;
    album.screen(learner, "05-first-part").await;
    learner.reveals_by_key().await;
    album.page(learner, "06-whole-answer").await;
    learner.answers(Grade::Easy).await;
    learner.answers(Grade::Good).await;
    learner.reveals_by_key().await;
    album.page(learner, "07-another-answer").await;
    learner.opens("").await;
    learner.sees(Look::button("Continue session")).await;
    album.screen(learner, "08-today-in-the-middle").await;
    learner.chooses(Look::button("Continue session")).await;
    learner.next_heading("Today").await;
    learner.studies_to_the_end(Grade::Easy).await;
    album.screen(learner, "09-finished").await;
}

async fn other_screens(learner: &Learner, album: &Album) {
    learner.opens("").await;
    learner.reads("Nothing is due").await;
    album.page(learner, "10-nothing-due-today").await;
    learner.lives_on_until(Clock::on_day(1, 9)).await;
    learner.opens("study").await;
    learner.sees_heading("Nothing due").await;
    album.screen(learner, "11-nothing-due-study").await;
    learner.opens("cards").await;
    learner.sees_heading("Cards").await;
    album.page(learner, "12-cards").await;
    let question = learner
        .names_of(Look::link(""))
        .await
        .pop()
        .expect("the list has cards");
    learner.chooses(Look::link(&question)).await;
    learner.sees_heading(&question).await;
    album.page(learner, "13-card").await;
    learner.opens("settings").await;
    learner.sees_heading("Settings").await;
    album.page(learner, "14-settings").await;
}

/// A month later, with reviews waiting.
async fn later(learner: &Learner, album: &Album) {
    learner.lives_on_until(Clock::on_day(30, 9)).await;
    learner.opens("").await;
    learner.sees(Look::button("Start studying")).await;
    album.screen(learner, "15-today-a-month-later").await;
}
