//! How long the app makes a learner wait, taken in the page itself.

use crate::learner::{GLANCE, Learner, PATIENCE};
use serde_json::{Value, json};
use std::time::Instant;

/// How long a grade took, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct GradeTime {
    /// The handler of the key: the log is written and the next card is decided.
    pub handler_ms: f64,
    /// Until the next card has been painted.
    pub painted_ms: f64,
}

impl Learner {
    /// From now on each page that is opened notes when its first heading was painted.
    pub async fn starts_the_stopwatch(&self) {
        let script = json!({ "source": NOTE_FIRST_HEADING });
        self.browser
            .chromium("Page.addScriptToEvaluateOnNewDocument", script)
            .await;
    }

    /// Opens an address; returns the milliseconds until its first heading was painted.
    pub async fn opens_in_ms(&self, path: &str) -> f64 {
        self.opens(path).await;
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            let shown = self
                .browser
                .run("return window.firstHeadingMs ?? null", vec![])
                .await;
            if let Some(shown_ms) = shown.as_f64() {
                return shown_ms;
            }
            tokio::time::sleep(GLANCE).await;
        }
        self.gives_up("waits for a heading that does not come");
    }

    /// Shows the whole answer and grades it by keys, from within the page.
    pub async fn grades_in_ms(&self, key: &str) -> GradeTime {
        let times = self.browser.run(GRADE, vec![json!(key)]).await;
        let time = |index: usize| {
            times[index]
                .as_f64()
                .unwrap_or_else(|| self.gives_up(&format!("{times}")))
        };
        GradeTime {
            handler_ms: time(0),
            painted_ms: time(1),
        }
    }

    /// The page's own clock.
    pub async fn page_clock_utc_ms(&self) -> i64 {
        let now = self.browser.run("return Date.now()", vec![]).await;
        now.as_i64()
            .unwrap_or_else(|| self.gives_up("has no clock"))
    }

    /// The ids of all cards, from the addresses in the list of cards.
    pub async fn card_ids(&self) -> Vec<String> {
        self.opens("cards").await;
        self.sees_heading("Cards").await;
        let ids = self.browser.run(CARD_IDS, vec![]).await;
        let ids = ids
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str);
        ids.map(str::to_owned).collect()
    }
}

/// The frame after the one in which the heading appeared: by then it is on the screen.
const NOTE_FIRST_HEADING: &str = "
    const look = () => {
        if (!document.querySelector('main h1')) return;
        watch.disconnect();
        requestAnimationFrame(() => setTimeout(() => window.firstHeadingMs = performance.now()));
    };
    const watch = new MutationObserver(look);
    watch.observe(document, { childList: true, subtree: true });
";

const GRADE: &str = "
    const press = key => document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    const question = () => document.querySelector('progress')?.value + document.querySelector('main h1').textContent;
    return (async () => {
        press('a');
        await painted();
        await painted();
        const before = question();
        const start = performance.now();
        press(arguments[0]);
        const handled = performance.now();
        await painted();
        const shown = performance.now();
        if (question() === before) return 'the grade had no effect on ' + before;
        return [handled - start, shown - start];
    })();
";

const CARD_IDS: &str = "
    document.querySelectorAll('main button').forEach(button => {
        if (button.textContent.startsWith('Show all')) button.click();
    });
    return new Promise(done => requestAnimationFrame(() => setTimeout(done))).then(() =>
        [...document.querySelectorAll('main a[href*=\"cards/\"]')].map(link =>
            new URL(link.href).pathname.split('/').pop()));
";
