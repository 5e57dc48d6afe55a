//! One life of a browser that ends by SIGKILL: what was answered, acknowledged, and kept.

use crate::learner::Learner;
use crate::prelude::RECORDER;
use crate::records::Records;
use crate::site::{BLANK, Site};
use serde_json::json;
use std::time::{Duration, Instant};

/// How a browser comes to its end.
#[derive(Clone, Copy, Debug)]
pub enum End {
    /// So many milliseconds after the last of a few answers.
    AfterAGrade {
        /// 0 to 10.
        delay_ms: u64,
    },
    /// After so many seconds of answering once a second.
    Steady {
        /// 60 in the fault table.
        seconds: u64,
    },
}

/// What one round has shown.
#[derive(Clone, Debug)]
pub struct Round {
    /// Answers that the screen had accepted.
    pub graded: usize,
    /// Events that the app had said to be saved.
    pub acknowledged: usize,
    /// Events that were there when the browser had been started again.
    pub kept: usize,
    /// From each grade to its acknowledgement.
    pub latencies_ms: Vec<f64>,
}

impl Round {
    /// Acknowledged and nevertheless lost.
    pub fn lost(&self) -> usize {
        self.acknowledged.saturating_sub(self.kept)
    }
}

impl Site {
    /// Lets its pages tell what the app acknowledges.
    pub fn records_acknowledgements(&self) {
        self.begins_pages_with(RECORDER);
    }
}

impl Learner {
    /// Studies until the browser is killed and starts it again: what is left is counted before the
    /// app can mend anything. The site must record acknowledgements.
    pub async fn studies_until(&self, end: End) -> Round {
        self.opens(BLANK).await;
        let before = self.stores_of("/").await.union();
        self.starts_or_continues_a_session().await;
        self.site.take_records();
        let records = match end {
            End::AfterAGrade { delay_ms } => self.grades_and_then(delay_ms).await,
            End::Steady { seconds } => self.grades_for(seconds).await,
        };
        self.tells(format!("loses the browser: {end:?}"));
        // What was said before the end may still be on its way.
        tokio::time::sleep(Duration::from_millis(50)).await;
        let records = Records([records.0, self.site.take_records().0].concat());
        self.starts_the_browser_again().await;
        self.opens(BLANK).await;
        let after = self.stores_of("/").await.union();
        Round {
            graded: records.graded(),
            acknowledged: records.acknowledged(),
            kept: after.difference(&before).count(),
            latencies_ms: records.latencies_ms(),
        }
    }

    /// Lets the page answer by itself.
    pub async fn lets_the_page_answer(&self, times: u64, every_ms: u64, key: &str) {
        let how =
            json!({ "times": times, "every_ms": every_ms, "key": key, "acknowledged": false });
        self.tells(format!("lets the page answer {times} times"));
        self.browser
            .run("void harness.answer(arguments[0])", vec![how])
            .await;
    }

    /// Waits until the page has answered as often as it was told to.
    pub async fn waits_until_the_page_has_answered(&self, patience: Duration) {
        let deadline = Instant::now() + patience;
        let script = "return [harness.done ?? false, harness.failed, harness.answered]";
        loop {
            let state = self.browser.run(script, vec![]).await;
            if state[1].is_string() {
                self.gives_up(&format!("the page stopped answering: {state}"));
            }
            if state[0] == json!(true) {
                return;
            }
            if Instant::now() > deadline {
                self.gives_up(&format!("the page is too slow: {state}"));
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    async fn grades_and_then(&self, delay_ms: u64) -> Records {
        let how = json!({ "times": 3, "every_ms": 20, "key": "1", "acknowledged": true });
        let aim = self.aims_at_the_browser();
        self.browser
            .run("void harness.answer(arguments[0])", vec![how])
            .await;
        let records = self.hears_until(|records| records.graded() >= 3).await;
        tokio::time::sleep(Duration::from_millis(delay_ms)).await;
        aim.kills();
        records
    }

    async fn grades_for(&self, seconds: u64) -> Records {
        let aim = self.aims_at_the_browser();
        self.lets_the_page_answer(seconds + 10, 1_000, "1").await;
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        aim.kills();
        self.site.take_records()
    }

    async fn hears_until(&self, enough: impl Fn(&Records) -> bool) -> Records {
        let deadline = Instant::now() + Duration::from_secs(120);
        let mut all = Records::default();
        loop {
            all.0.extend(self.site.take_records().0);
            if let Some(failure) = all.failure() {
                self.gives_up(&format!("the page stopped answering: {failure}"));
            }
            if enough(&all) {
                return all;
            }
            if Instant::now() > deadline {
                self.gives_up(&format!("hears too little from the page: {all:?}"));
            }
            tokio::time::sleep(Duration::from_micros(200)).await;
        }
    }
}
