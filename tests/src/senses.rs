//! What the learner notices: each sense waits for it, and fails telling what was there instead.

use crate::learner::{GLANCE, Learner, PATIENCE, element};
use crate::look::{Found, Look};
use crate::wire;
use serde_json::{Value, json};
use std::time::Instant;

/// How far a session has come: what is done, of how many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// The progress bar's value.
    pub done: f64,
    /// The progress bar's maximum.
    pub of: f64,
}

impl Learner {
    /// Waits until the thing is there.
    pub async fn sees(&self, look: Look) {
        self.finds(&look).await;
        self.tells(format!("sees {look}"));
    }

    /// Waits until the thing is there so many times.
    pub async fn sees_number_of(&self, number: usize, look: Look) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let there = look.all(&self.browser.client()).await;
            let there = there.map_or(0, |found| found.len());
            if there == number {
                return self.tells(format!("sees {number} of {look}"));
            }
            if Instant::now() > deadline {
                self.gives_up(&format!("sees {there} of {look}, not {number}"));
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Waits until the page's main heading is this one.
    pub async fn sees_heading(&self, name: &str) {
        self.sees(Look::heading(name)).await;
    }

    /// Waits until the thing is not, or no longer, there.
    pub async fn does_not_see(&self, look: Look) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let there = look.all(&self.browser.client()).await;
            if there.is_ok_and(|found| found.is_empty()) {
                return self.tells(format!("does not see {look}"));
            }
            if Instant::now() > deadline {
                self.gives_up(&format!("still sees {look}"));
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Whether the thing is there at this moment. Of a page that changes under this look nothing
    /// can be said: then it is looked at again.
    pub async fn has_in_sight(&self, look: &Look) -> bool {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match look.all(&self.browser.client()).await {
                Ok(found) => return !found.is_empty(),
                Err(_) if Instant::now() < deadline => tokio::time::sleep(GLANCE).await,
                Err(error) => self.gives_up(&format!("cannot look for {look}: {error}")),
            }
        }
    }

    /// Waits until a text stands somewhere on the page.
    pub async fn reads(&self, text: &str) {
        let wanted = one_line(text);
        let deadline = Instant::now() + PATIENCE;
        loop {
            let page = self.page_text().await;
            if page.contains(&wanted) {
                return self.tells(format!("reads “{wanted}”"));
            }
            if Instant::now() > deadline {
                self.gives_up(&format!("does not read “{wanted}”. The page says: {page}"));
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Waits until one of these texts stands somewhere on the page, and returns it.
    pub async fn reads_one_of<'a>(&self, texts: &[&'a str]) -> &'a str {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let page = self.page_text().await;
            if let Some(text) = texts.iter().find(|text| page.contains(**text)) {
                self.tells(format!("reads “{text}”"));
                return text;
            }
            if Instant::now() > deadline {
                self.gives_up(&format!("reads none of {texts:?}. The page says: {page}"));
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// All text of the page that can be seen, with each white space as one space.
    pub async fn page_text(&self) -> String {
        let script = "return document.body ? document.body.innerText : ''";
        let text = self.browser.client().execute(script, vec![]).await;
        one_line(text.unwrap_or(Value::Null).as_str().unwrap_or(""))
    }

    /// The main heading, once there is one.
    pub async fn heading(&self) -> String {
        let found = self.finds(&Look::heading("").whatever_name()).await;
        self.tells(format!("reads the heading “{}”", found.name));
        found.name
    }

    /// Waits until the main heading is another one, and returns it.
    pub async fn next_heading(&self, after: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let heading = self.heading_now().await;
            if let Some(heading) = heading.filter(|heading| heading != after) {
                self.tells(format!("comes to “{heading}”"));
                return heading;
            }
            if Instant::now() > deadline {
                self.gives_up(&format!("still has “{after}” in front of them"));
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// The names of everything on the page with the same role, once there is one.
    pub async fn names_of(&self, look: Look) -> Vec<String> {
        let all = self.finds_all(&look.whatever_name()).await;
        all.into_iter().map(|found| found.name).collect()
    }

    /// The whole name of a thing of which only the role or the beginning is known.
    pub async fn name_of(&self, look: Look) -> String {
        self.finds(&look).await.name
    }

    /// The value of a progress bar.
    pub async fn progress(&self, name: &str) -> Progress {
        let script = "const bar = arguments[0];
            const at = name => Number(bar.getAttribute('aria-value' + name));
            return bar.tagName === 'PROGRESS' ? [bar.value, bar.max] : [at('now'), at('max')];";
        let value = self.runs_on(&Look::progress(name), script, &[]).await;
        let progress = Progress {
            done: value[0].as_f64().unwrap_or(f64::NAN),
            of: value[1].as_f64().unwrap_or(f64::NAN),
        };
        self.tells(format!("is at {} of {}", progress.done, progress.of));
        progress
    }

    /// What a field holds; for a list, the text of the chosen option.
    pub async fn value_of(&self, label: &str) -> String {
        let script = "const field = arguments[0];
            return field.selectedOptions ? field.selectedOptions[0].text.trim() : field.value;";
        let value = self.runs_on(&Look::field(label), script, &[]).await;
        value.as_str().unwrap_or("").to_owned()
    }

    /// Whether a radio button is the chosen one.
    pub async fn is_chosen(&self, look: Look) -> bool {
        let script = "return arguments[0].checked";
        self.runs_on(&look, script, &[]).await == json!(true)
    }

    /// The page's title, as the tab shows it.
    pub async fn title(&self) -> String {
        self.browser.client().title().await.unwrap_or_default()
    }

    /// The address below the site's base.
    pub async fn address(&self) -> String {
        let address = self.browser.client().current_url().await;
        let address = address.map_or_else(|_| String::new(), String::from);
        let base = self.site.url("");
        address
            .strip_prefix(&base)
            .map_or(address.clone(), str::to_owned)
    }

    /// A property of the page's root element as the browser computed it, such as its colour.
    pub async fn ground_colour(&self) -> String {
        let script = "const ground = element => getComputedStyle(element).backgroundColor;
            const body = ground(document.body);
            return body === 'rgba(0, 0, 0, 0)' ? ground(document.documentElement) : body;";
        let colour = self.browser.run(script, vec![]).await;
        colour.as_str().unwrap_or("").to_owned()
    }

    /// The direction that the main heading is read in: `ltr` or `rtl`.
    pub async fn direction_of_the_heading(&self) -> String {
        let script = "return getComputedStyle(document.querySelector('main h1')).direction";
        let direction = self.browser.run(script, vec![]).await;
        direction.as_str().unwrap_or("").to_owned()
    }

    /// Waits until the page is scrolled down this far, in CSS pixels.
    pub async fn is_scrolled_to(&self, far: f64) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let now = self.browser.run("return window.scrollY", vec![]).await;
            if now.as_f64().is_some_and(|now| (now - far).abs() < 1.0) {
                return self.tells(format!("is scrolled to {far}"));
            }
            if Instant::now() > deadline {
                self.gives_up(&format!("is scrolled to {now}, not to {far}"));
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Runs a script with a thing as its first argument; a thing that was built anew before the
    /// script came to it is looked for again.
    pub(crate) async fn runs_on(&self, look: &Look, script: &str, others: &[Value]) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let found = self.finds(look).await;
            let arguments = [&[element(&found)], others].concat();
            match self.browser.client().execute(script, arguments).await {
                Ok(value) => return value,
                Err(error) if wire::is_stale(&error) && Instant::now() < deadline => {}
                Err(error) => self.gives_up(&format!("cannot use {look}: {error}")),
            }
        }
    }

    pub(crate) async fn finds(&self, look: &Look) -> Found {
        self.finds_all(look).await.swap_remove(0)
    }

    /// Everything that fits, of which there is something.
    async fn finds_all(&self, look: &Look) -> Vec<Found> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let there = look.all(&self.browser.client()).await.unwrap_or_default();
            if !there.is_empty() {
                return there;
            }
            if Instant::now() > deadline {
                let instead = look.whatever_name().all(&self.browser.client()).await;
                let names: Vec<String> = instead
                    .unwrap_or_default()
                    .into_iter()
                    .map(|found| found.name)
                    .collect();
                self.gives_up(&format!("looks for {look} and finds only {names:?}"));
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    async fn heading_now(&self) -> Option<String> {
        let look = Look::heading("").whatever_name();
        let all = look.all(&self.browser.client()).await.ok()?;
        Some(all.into_iter().next()?.name)
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
