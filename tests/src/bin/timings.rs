//! Measures the start to the first card and the time of a grade, for given builds, with an empty
//! log, with one review of each card, and with 1,000, 10,000 and 200,000 reviews, all in one run:
//! `timings [NAME=]DIST...`. The first build with the empty log is what the others are compared
//! with.

use browser_tests::{Access, Device, GradeTime, Learner, invented_past, scenario};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

const PASTS: [Past; 5] = [
    Past::Empty,
    Past::OneOfEach,
    Past::Of(1_000),
    Past::Of(10_000),
    Past::Of(200_000),
];
const STARTS: usize = 15;
const GRADES: usize = 10;
/// How long 200,000 reviews may take to arrive.
const IMPORTS_WITHIN: Duration = Duration::from_secs(300);

/// What the log holds before the measurement.
#[derive(Clone, Copy)]
enum Past {
    /// Nothing: every card is new.
    Empty,
    /// One review of each card: the cards are as those of a long log, the log is not.
    OneOfEach,
    /// So many reviews.
    Of(usize),
}

impl Past {
    fn reviews(self, cards: usize) -> usize {
        match self {
            Self::Empty => 0,
            Self::OneOfEach => cards,
            Self::Of(reviews) => reviews,
        }
    }
}

/// One line of the table: medians, in milliseconds.
struct Row {
    build: String,
    cards: usize,
    reviews: usize,
    first_visit_ms: f64,
    start_ms: f64,
    handler_ms: f64,
    painted_ms: f64,
}

fn main() {
    let builds: Vec<(String, PathBuf)> = env::args().skip(1).map(|word| named(&word)).collect();
    if builds.is_empty() {
        eprintln!("usage: timings [NAME=]DIST...");
        std::process::exit(2);
    }
    let mut rows: Vec<Row> = Vec::new();
    println!(
        "build | cards | reviews | first visit | start to first card | grade, handler | grade, painted"
    );
    for (name, dist) in &builds {
        for past in PASTS {
            scenario(async |stage| {
                let site = stage.site(dist).await;
                let learner = stage
                    .stranger(&site, Device::Desktop, Access::Allowed)
                    .await;
                let row = measure(&learner, name, past).await;
                let base = rows.first().unwrap_or(&row);
                println!("{}", row.against(base));
                rows.push(row);
            });
        }
    }
}

fn named(word: &str) -> (String, PathBuf) {
    match word.split_once('=') {
        Some((name, dist)) => (name.to_owned(), dist.into()),
        None => (word.to_owned(), word.into()),
    }
}

async fn measure(learner: &Learner, build: &str, past: Past) -> Row {
    learner.starts_the_stopwatch().await;
    let first_visit_ms = learner.opens_in_ms("").await;
    learner.has_the_app_offline().await;
    let cards = learner.card_ids().await;
    let reviews = past.reviews(cards.len());
    if reviews > 0 {
        has_a_past(learner, &cards, reviews).await;
    }
    learner.opens("").await;
    learner.selects("Session length", "All that is due").await;
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        starts.push(learner.opens_in_ms("study").await);
    }
    let mut grades: Vec<GradeTime> = Vec::new();
    for _ in 0..GRADES.min(cards.len() - 1) {
        grades.push(learner.grades_in_ms("4").await);
    }
    Row {
        build: build.to_owned(),
        cards: cards.len(),
        reviews,
        first_visit_ms,
        start_ms: median(starts),
        handler_ms: median(grades.iter().map(|grade| grade.handler_ms).collect()),
        painted_ms: median(grades.iter().map(|grade| grade.painted_ms).collect()),
    }
}

async fn has_a_past(learner: &Learner, cards: &[String], reviews: usize) {
    let now_utc_ms = learner.page_clock_utc_ms().await;
    let folder = tempfile::tempdir().expect("the folder for temporary files can be written");
    let file: &Path = &folder.path().join("past.jsonl");
    fs::write(file, invented_past(cards, reviews, now_utc_ms)).expect("the folder is new");
    learner.opens("settings").await;
    learner.imports(file, reviews, IMPORTS_WITHIN).await;
    // The archive may still be at work on what was imported.
    tokio::time::sleep(Duration::from_secs(3)).await;
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

impl Row {
    fn against(&self, base: &Self) -> String {
        let timed = |ms: f64, base_ms: f64| format!("{ms:.1} ms ({:.2}x)", ms / base_ms);
        format!(
            "{} | {} | {} | {:.0} ms | {} | {} | {}",
            self.build,
            self.cards,
            self.reviews,
            self.first_visit_ms,
            timed(self.start_ms, base.start_ms),
            timed(self.handler_ms, base.handler_ms),
            timed(self.painted_ms, base.painted_ms),
        )
    }
}
