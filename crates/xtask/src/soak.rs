//! `soak`: kills browsers while a learner answers, many times in each engine.

use anyhow::Result;
use lexopt::prelude::*;

use crate::build;
use crate::cli::{self, Usage};
use crate::setup::{self, Install, browsers};
use crate::test::{copy_with_clock, plan, surround};
use crate::{process, workspace};

/// What `cargo xtask soak --help` prints.
pub const HELP: &str = "\
Usage: cargo xtask soak [options]

Kills browsers by SIGKILL while a learner answers: right after a grade, and after
a minute of grading at one a second. Prints, for each engine, how many answers
were acknowledged, how many of those were lost, and how long an acknowledgement
took. It takes more than an hour, and fails if an acknowledged answer is lost.

Options:
  --engine NAME  chromium, firefox or webkit; more than once for several
                 (default: every one that is here)
  --grades N     kills 0 to 10 ms after a grade, for each engine (default: 20)
  --steady N     kills after a time of steady grading (default: 20)
  --seconds N    that time (default: 60)
  --skip-build   use dist/ as it is";

/// Whether the app is built first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Built,
    AsItIs,
}

/// The command.
pub fn run(args: &[String]) -> Result<()> {
    let (source, words) = options_from(args)?;
    let browsers = browsers::all(Install::Missing)?;
    let plan = plan();
    if source == Source::Built {
        build::build(&plan, &setup::tools(Install::Missing)?)?;
    }
    let dist_test = workspace::root().join("dist-test");
    copy_with_clock(&plan.dist, &dist_test)?;
    let mut soak = process::cargo();
    soak.args([
        "run",
        "--locked",
        "--package",
        "browser-tests",
        "--bin",
        "soak",
        "--",
    ]);
    soak.args(words);
    surround(&mut soak, &plan.dist, &dist_test, &browsers);
    process::run(&mut soak)
}

/// What is for the soak itself is passed on as it is.
fn options_from(args: &[String]) -> Result<(Source, Vec<String>), Usage> {
    let (mut source, mut words) = (Source::Built, Vec::new());
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(arg) = cli::next(&mut parser)? {
        let option = match arg {
            Long("skip-build") => {
                source = Source::AsItIs;
                continue;
            }
            Long("engine") => "--engine",
            Long("grades") => "--grades",
            Long("steady") => "--steady",
            Long("seconds") => "--seconds",
            other => return Err(Usage::unexpected("soak", &other)),
        };
        words.push(option.to_owned());
        words.push(cli::text(&mut parser)?);
    }
    Ok((source, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_for_the_soak_is_passed_on() {
        let args = ["--engine", "webkit", "--skip-build", "--grades=3"].map(str::to_owned);
        let (source, words) = options_from(&args).unwrap();
        assert_eq!(source, Source::AsItIs);
        assert_eq!(words, ["--engine", "webkit", "--grades", "3"]);
    }
}
