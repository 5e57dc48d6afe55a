//! Steps of a longer command: each with its title and how long it took.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// What came out of a step that did not fail.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It ran.
    Done,
    /// It was left out, for this reason.
    Skipped(String),
}

/// The steps that have run, for the summary at the end.
#[derive(Debug)]
pub struct Steps {
    start: Instant,
    lines: Vec<String>,
}

impl Steps {
    /// No step yet; the time runs.
    pub fn new() -> Steps {
        Steps {
            start: Instant::now(),
            lines: Vec::new(),
        }
    }

    /// Runs one step to its end. A failure carries the title.
    pub fn run(&mut self, title: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
        self.run_or_skip(title, || work().map(|()| Outcome::Done))
    }

    /// Runs one step that may find nothing to do.
    pub fn run_or_skip(
        &mut self,
        title: &str,
        work: impl FnOnce() -> Result<Outcome>,
    ) -> Result<()> {
        println!("\n=== {title}");
        let start = Instant::now();
        let outcome = work().with_context(|| format!("the step `{title}` failed"))?;
        let line = match outcome {
            Outcome::Done => format!("{:>8}  {title}", shown(start.elapsed())),
            Outcome::Skipped(why) => format!("{:>8}  {title}: {why}", "skipped"),
        };
        println!("{line}");
        self.lines.push(line);
        Ok(())
    }

    /// The closing table.
    pub fn summary(&self) -> String {
        let mut text = String::from("\n=== All of it passed\n");
        for line in &self.lines {
            text.push_str(line);
            text.push('\n');
        }
        text + &format!("{:>8}  in all", shown(self.start.elapsed()))
    }
}

/// `3.2 s` below a minute, `12 min 05 s` above.
fn shown(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 60 {
        return format!("{:.1} s", duration.as_secs_f64());
    }
    format!("{} min {:02} s", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_step_is_named() {
        let error = Steps::new()
            .run("lints", || anyhow::bail!("two warnings"))
            .unwrap_err();
        assert_eq!(
            format!("{error:#}"),
            "the step `lints` failed: two warnings"
        );
    }

    #[test]
    fn the_summary_names_each_step_and_what_was_left_out() {
        let mut steps = Steps::new();
        steps.run("format", || Ok(())).unwrap();
        let skipped = || Ok(Outcome::Skipped("not on PATH".to_owned()));
        steps.run_or_skip("licences", skipped).unwrap();
        let text = steps.summary();
        assert!(text.contains("0.0 s  format\n"), "{text}");
        assert!(text.contains("skipped  licences: not on PATH\n"), "{text}");
        assert!(text.ends_with("in all"), "{text}");
    }

    #[test]
    fn durations_are_told_in_minutes_from_a_minute_on() {
        assert_eq!(shown(Duration::from_millis(3_240)), "3.2 s");
        assert_eq!(shown(Duration::from_secs(725)), "12 min 05 s");
    }
}
