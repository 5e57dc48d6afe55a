//! Kills browsers while a learner answers, many times in each engine, and counts what was
//! acknowledged, what was lost, and how long an acknowledgement took:
//! `soak [--engine NAME]... [--grades N] [--steady N] [--seconds N]`. It ends with 1 if anything
//! that was acknowledged is gone.

use browser_tests::{End, Engine, Machine, Round, Setup, scenario};
use std::process::ExitCode;

/// What is asked for.
struct Plan {
    engines: Vec<Engine>,
    /// How often a browser is killed right after a grade.
    after_a_grade: u64,
    /// How often after some time of answering.
    steady: u64,
    /// That time.
    seconds: u64,
}

/// One line of the table.
#[derive(Default)]
struct Row {
    rounds: usize,
    graded: usize,
    acknowledged: usize,
    kept: usize,
    lost: usize,
    latencies_ms: Vec<f64>,
}

fn main() -> ExitCode {
    let plan = match Plan::from(std::env::args().skip(1)) {
        Ok(plan) => plan,
        Err(problem) => {
            eprintln!("{problem}");
            return ExitCode::from(2);
        }
    };
    println!(
        "engine | end | kills | graded | acknowledged | kept | acknowledged and lost | \
         graded and lost | ack median | ack p95 | within 50 ms"
    );
    let mut lost = 0;
    for engine in &plan.engines {
        let steady = format!("{} s of grading", plan.seconds);
        let seconds = plan.seconds;
        let rows = [
            (
                "0 to 10 ms after a grade",
                soak(*engine, plan.after_a_grade, |round| End::AfterAGrade {
                    delay_ms: round % 11,
                }),
            ),
            (
                steady.as_str(),
                soak(*engine, plan.steady, |_| End::Steady { seconds }),
            ),
        ];
        for (end, row) in rows {
            lost += row.lost;
            println!("{} | {end} | {row}", engine.name());
        }
    }
    ExitCode::from(u8::from(lost > 0))
}

/// So many rounds with one profile, which grows as a real one does.
fn soak(engine: Engine, rounds: u64, end: impl Fn(u64) -> End) -> Row {
    let mut row = Row::default();
    if rounds == 0 {
        return row;
    }
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        site.records_acknowledgements();
        let learner = stage.learner_at(&site, Machine::with(engine)).await;
        for number in 0..rounds {
            let round = learner.studies_until(end(number)).await;
            if round.lost() > 0 {
                eprintln!("{}: round {number} lost answers: {round:?}", engine.name());
            }
            row.add(round);
        }
    });
    row
}

impl Row {
    fn add(&mut self, round: Round) {
        self.rounds += 1;
        self.graded += round.graded;
        self.acknowledged += round.acknowledged;
        self.kept += round.kept;
        self.lost += round.lost();
        self.latencies_ms.extend(round.latencies_ms);
    }

    /// The latency that this part of all is below, in milliseconds.
    fn quantile_ms(&self, part: f64) -> f64 {
        let mut sorted = self.latencies_ms.clone();
        sorted.sort_by(f64::total_cmp);
        // A place in a list: the fraction is meant to be dropped.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let place = (part * sorted.len() as f64) as usize;
        sorted
            .get(place)
            .or(sorted.last())
            .copied()
            .unwrap_or(f64::NAN)
    }
}

impl std::fmt::Display for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let soon = self.latencies_ms.iter().filter(|ms| **ms <= 50.0).count();
        write!(
            f,
            "{} | {} | {} | {} | {} | {} | ",
            self.rounds,
            self.graded,
            self.acknowledged,
            self.kept,
            self.lost,
            self.graded.saturating_sub(self.kept),
        )?;
        if self.latencies_ms.is_empty() {
            return write!(f, "none | none | none");
        }
        let (median_ms, p95_ms) = (self.quantile_ms(0.5), self.quantile_ms(0.95));
        let part = 100.0 * soon as f64 / self.latencies_ms.len() as f64;
        write!(f, "{median_ms:.1} ms | {p95_ms:.1} ms | {part:.1} %")
    }
}

impl Plan {
    fn from(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut plan = Self {
            engines: Vec::new(),
            after_a_grade: 20,
            steady: 20,
            seconds: 60,
        };
        while let Some(option) = words.next() {
            let value = words.next().ok_or(format!("{option} needs a value"))?;
            let number = || {
                value
                    .parse()
                    .map_err(|_| format!("{option} takes a number"))
            };
            match option.as_str() {
                "--engine" => plan.engines.push(engine_named(&value)?),
                "--grades" => plan.after_a_grade = number()?,
                "--steady" => plan.steady = number()?,
                "--seconds" => plan.seconds = number()?,
                _ => return Err(format!("there is no option {option}")),
            }
        }
        if plan.engines.is_empty() {
            plan.engines = Engine::ALL
                .into_iter()
                .filter(|one| one.is_here())
                .collect();
        }
        Ok(plan)
    }
}

fn engine_named(name: &str) -> Result<Engine, String> {
    let found = Engine::ALL.into_iter().find(|engine| engine.name() == name);
    found.ok_or(format!("there is no engine {name}"))
}
