//! What pages told the site while they ran: grades and acknowledgements, with the page's own time.

use serde_json::Value;

/// What a page told, in the order of arrival.
#[derive(Clone, Debug, Default)]
pub struct Records(pub(crate) Vec<Value>);

impl Records {
    /// How many answers the page has given.
    pub fn graded(&self) -> usize {
        self.greatest("graded")
    }

    /// How many events the app has said to be saved.
    pub fn acknowledged(&self) -> usize {
        self.greatest("saved")
    }

    /// Why the page stopped answering, if it did not mean to.
    pub fn failure(&self) -> Option<String> {
        let failed = self.0.iter().find_map(|record| record["failed"].as_str());
        failed.map(str::to_owned)
    }

    /// Whether the page has answered as often as it was told to.
    pub fn is_done(&self) -> bool {
        self.0.iter().any(|record| record["done"].is_u64())
    }

    /// The milliseconds from each grade to its acknowledgement, where there was one.
    pub fn latencies_ms(&self) -> Vec<f64> {
        let grades = self.0.iter().filter(|record| record["graded"].is_u64());
        grades.filter_map(|grade| self.latency_ms(grade)).collect()
    }

    fn latency_ms(&self, grade: &Value) -> Option<f64> {
        // One answer is one event: it is saved when one more is.
        let wanted = grade["before"].as_u64()? + 1;
        let is_saved = |record: &&Value| record["saved"].as_u64() >= Some(wanted);
        let saved = self.0.iter().find(is_saved)?;
        Some(saved["at_ms"].as_f64()? - grade["at_ms"].as_f64()?)
    }

    fn greatest(&self, name: &str) -> usize {
        let values = self.0.iter().filter_map(|record| record[name].as_u64());
        usize::try_from(values.max().unwrap_or(0)).unwrap_or(usize::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::Records;
    use serde_json::json;

    #[test]
    fn a_grade_is_acknowledged_when_one_more_event_is_saved() {
        let records = Records(vec![
            json!({ "graded": 1, "before": 0, "at_ms": 10.0 }),
            json!({ "saved": 1, "pending": 0, "at_ms": 14.5 }),
            json!({ "graded": 2, "before": 1, "at_ms": 20.0 }),
        ]);
        assert_eq!((records.graded(), records.acknowledged()), (2, 1));
        assert_eq!(records.latencies_ms(), [4.5]);
        assert!(!records.is_done());
    }
}
