//! A person in front of the app: what they do. What they notice is in `senses`.

use crate::browser::Browser;
use crate::look::{Found, Look};
use crate::site::Site;
use crate::wire::{self, ELEMENT_KEY};
use fantoccini::error::CmdError;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// How long a learner waits for something to appear before they give up. It bounds how long a
/// failing test takes; on a machine with other work a browser may stand still for seconds.
pub(crate) const PATIENCE: Duration = Duration::from_secs(45);
/// How long between two looks at a page that is not there yet.
pub(crate) const GLANCE: Duration = Duration::from_millis(25);

/// The learner. Each verb waits until it can be done, and fails with the whole story otherwise.
pub struct Learner {
    pub(crate) browser: Rc<Browser>,
    pub(crate) site: Rc<Site>,
    pub(crate) story: RefCell<Vec<String>>,
}

impl Learner {
    pub(crate) fn new(browser: Rc<Browser>, site: Rc<Site>) -> Self {
        Self {
            browser,
            site,
            story: RefCell::new(Vec::new()),
        }
    }

    /// Goes to an address below the site's base: `opens("")` is the app's front door.
    pub async fn opens(&self, path: &str) {
        self.tells(format!("opens /{path}"));
        let went = self.browser.client().goto(&self.site.url(path)).await;
        went.unwrap_or_else(|error| self.gives_up(&format!("cannot open /{path}: {error}")));
    }

    /// Opens the app at its front door and goes to a screen by the main navigation.
    pub async fn goes_to(&self, screen: &str) {
        self.opens("").await;
        self.chooses(Look::link(screen)).await;
        self.sees_heading(screen).await;
    }

    /// Opens the app and goes to a screen that the settings lead to.
    pub async fn goes_through_settings_to(&self, screen: &str) {
        self.goes_to("Settings").await;
        self.chooses(Look::link(screen)).await;
        self.sees_heading(screen).await;
    }

    /// Reloads the page.
    pub async fn reloads(&self) {
        self.tells("reloads the page".into());
        let went = self.browser.client().refresh().await;
        went.unwrap_or_else(|error| self.gives_up(&format!("cannot reload: {error}")));
    }

    /// Presses the browser's back button.
    pub async fn goes_back(&self) {
        self.tells("goes back".into());
        let went = self.browser.client().back().await;
        went.unwrap_or_else(|error| self.gives_up(&format!("cannot go back: {error}")));
    }

    /// Scrolls the page to this far down, in CSS pixels.
    pub async fn scrolls_to(&self, far: f64) {
        self.tells(format!("scrolls to {far}"));
        let script = "window.scrollTo({ top: arguments[0], behavior: 'instant' })";
        self.browser.run(script, vec![json!(far)]).await;
    }

    /// Opens another tab and closes the one that was used so far.
    pub async fn closes_the_tab_and_opens_another(&self) {
        self.tells("closes the tab and opens another".into());
        let client = self.browser.client();
        let opened = client.new_window(true).await.expect("a tab can be opened");
        client
            .close_window()
            .await
            .expect("the old tab can be closed");
        let handle = opened.handle;
        client
            .switch_to_window(handle)
            .await
            .expect("the new tab is open");
        self.browser.emulates_screen().await;
    }

    /// Ends the browser and starts it again, with all that it had saved.
    pub async fn restarts_the_browser(&self) {
        self.tells("restarts the browser".into());
        self.browser.restart().await;
    }

    /// Presses a key, wherever the focus is: a letter or digit, or the name of a key.
    pub async fn presses(&self, key: &str) {
        self.tells(format!("presses {key}"));
        let value = key_value(key);
        let keys =
            json!([{ "type": "keyDown", "value": value }, { "type": "keyUp", "value": value }]);
        self.acts(json!([{ "type": "key", "id": "keyboard", "actions": keys }]))
            .await;
    }

    /// Moves the focus with the tab key until it is on a thing.
    pub async fn tabs_to(&self, look: Look) {
        let wanted = self.finds(&look).await;
        self.tells(format!("tabs to {look}"));
        for _ in 0..60 {
            if self.focused().await.as_deref() == Some(wanted.id.as_str()) {
                return;
            }
            self.acts(json!([{ "type": "key", "id": "keyboard", "actions": [
                { "type": "keyDown", "value": key_value("Tab") },
                { "type": "keyUp", "value": key_value("Tab") },
            ] }]))
            .await;
        }
        self.gives_up(&format!("pressed Tab sixty times and did not reach {look}"));
    }

    /// Taps with a finger.
    pub async fn taps(&self, look: Look) {
        self.points("touch", &look).await;
        self.tells(format!("taps {look}"));
    }

    /// Clicks with the mouse.
    pub async fn clicks(&self, look: Look) {
        self.points("mouse", &look).await;
        self.tells(format!("clicks {look}"));
    }

    /// Taps or clicks, as this screen wants it.
    pub async fn chooses(&self, look: Look) {
        if self.browser.device().is_touched() {
            self.taps(look).await;
        } else {
            self.clicks(look).await;
        }
    }

    /// Taps or clicks something that loads the page again, and waits until it has.
    pub async fn reloads_by(&self, look: Look) {
        self.browser.run("window.loadedBefore = true", vec![]).await;
        self.chooses(look.clone()).await;
        let script = "return window.loadedBefore ?? false";
        let deadline = Instant::now() + PATIENCE;
        loop {
            let before = self.browser.client().execute(script, vec![]).await;
            if before.is_ok_and(|before| before == json!(false)) {
                return;
            }
            if Instant::now() > deadline {
                self.gives_up(&format!("has still the same page after {look}"));
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Chooses an option of a list by its text.
    pub async fn selects(&self, label: &str, option: &str) {
        self.tells(format!("selects {option} for {label}"));
        let chosen = self
            .runs_on(&Look::field(label), SELECT, &[json!(option)])
            .await;
        if chosen != json!(true) {
            self.gives_up(&format!("{label} has no option {option}: it has {chosen}"));
        }
    }

    /// Replaces what a field holds, and leaves the field.
    pub async fn fills(&self, label: &str, text: &str) {
        self.tells(format!("writes {text} into {label}"));
        self.runs_on(&Look::field(label), FILL, &[json!(text)])
            .await;
    }

    /// Gives a file to a file input.
    pub async fn gives_file(&self, label: &str, file: &Path) {
        self.tells(format!("gives {} to {label}", file.display()));
        let deadline = Instant::now() + PATIENCE;
        let mut input = self.browser.run(FILE_INPUT, vec![json!(label)]).await;
        while input.is_null() && Instant::now() < deadline {
            tokio::time::sleep(GLANCE).await;
            input = self.browser.run(FILE_INPUT, vec![json!(label)]).await;
        }
        let Some(id) = input[ELEMENT_KEY].as_str() else {
            self.gives_up(&format!("finds no file input labelled {label}"));
        };
        let body = json!({ "text": file.display().to_string() });
        let sent = wire::post(&self.browser.client(), &format!("element/{id}/value"), body).await;
        sent.unwrap_or_else(|error| self.gives_up(&format!("cannot choose the file: {error}")));
    }

    /// Activates something that downloads a file, and returns the whole file.
    pub async fn downloads_by(&self, look: Look) -> PathBuf {
        let before = self.downloaded();
        self.chooses(look.clone()).await;
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            let is_new = |file: &PathBuf| !before.contains(file);
            if let Some(file) = self.downloaded().into_iter().find(is_new) {
                return file;
            }
            tokio::time::sleep(GLANCE).await;
        }
        self.gives_up(&format!("{look} downloaded nothing"));
    }

    pub(crate) fn tells(&self, step: String) {
        self.story.borrow_mut().push(step);
    }

    /// Ends the test, telling how it came to this.
    pub(crate) fn gives_up(&self, reason: &str) -> ! {
        let story = self.story.borrow();
        let from = story.len().saturating_sub(25);
        let steps: String = story[from..]
            .iter()
            .map(|step| format!("\n  {step}"))
            .collect();
        panic!("the learner {reason}\nthe last steps:{steps}");
    }

    async fn acts(&self, sources: Value) {
        let acted = wire::act(&self.browser.client(), sources).await;
        acted.unwrap_or_else(|error| self.gives_up(&format!("cannot do this: {error}")));
    }

    /// Finds a thing and brings it into view, where nothing may lie over it.
    pub(crate) async fn reaches(&self, look: &Look) -> Found {
        let deadline = Instant::now() + PATIENCE;
        loop {
            self.sees_the_page_at_rest().await;
            let found = self.finds(look).await;
            let client = self.browser.client();
            let reach = client.execute(REACH, vec![element(&found)]).await;
            let obstacle = match reach {
                Ok(Value::Null) => return found,
                Ok(obstacle) => obstacle.to_string(),
                Err(error) => error.to_string(),
            };
            if Instant::now() > deadline {
                self.gives_up(&format!("cannot reach {look}: {obstacle}"));
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Waits until two frames are drawn: what the app does after drawing a screen, such as moving
    /// the focus to its heading, scrolls the page under a pointer that is on its way.
    async fn sees_the_page_at_rest(&self) {
        let script = "const frame = () => new Promise(done => requestAnimationFrame(done));
            const late = new Promise(done => setTimeout(done, 1000));
            return Promise.race([frame().then(frame).then(() => null), late.then(() => null)]);";
        // A page that is being left has no more frames.
        drop(self.browser.client().execute(script, vec![]).await);
    }

    /// Moves a pointer to a thing and presses it there. A thing that was built anew while the
    /// pointer was on its way is looked for again: it has not been pressed.
    async fn points(&self, pointer: &str, look: &Look) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let found = self.reaches(look).await;
            match self.presses_with(pointer, &found).await {
                Ok(()) => return,
                Err(error) if wire::is_stale(&error) && Instant::now() < deadline => {}
                Err(error) => self.gives_up(&format!("cannot press {look}: {error}")),
            }
        }
    }

    async fn presses_with(&self, pointer: &str, found: &Found) -> Result<(), CmdError> {
        let steps = json!([
            { "type": "pointerMove", "duration": 0, "origin": element(found), "x": 0, "y": 0 },
            { "type": "pointerDown", "button": 0 },
            { "type": "pointerUp", "button": 0 },
        ]);
        let kind = json!({ "pointerType": pointer });
        let source =
            json!({ "type": "pointer", "id": pointer, "parameters": kind, "actions": steps });
        wire::act(&self.browser.client(), json!([source])).await
    }

    async fn focused(&self) -> Option<String> {
        let focused = self
            .browser
            .run("return document.activeElement", vec![])
            .await;
        focused[ELEMENT_KEY].as_str().map(str::to_owned)
    }

    fn downloaded(&self) -> Vec<PathBuf> {
        let files = fs::read_dir(self.browser.downloads()).expect("the harness made the folder");
        let is_whole = |file: &PathBuf| {
            let unfinished = file
                .extension()
                .is_some_and(|ending| ending == "crdownload");
            !unfinished
                && !file
                    .file_name()
                    .is_some_and(|name| name.to_string_lossy().starts_with('.'))
        };
        files
            .flatten()
            .map(|entry| entry.path())
            .filter(is_whole)
            .collect()
    }
}

/// A found element, as WebDriver wants it in arguments.
pub(crate) fn element(found: &Found) -> Value {
    json!({ ELEMENT_KEY: found.id })
}

fn key_value(key: &str) -> String {
    let special = match key {
        "Tab" => '\u{e004}',
        "Enter" => '\u{e007}',
        "Escape" => '\u{e00c}',
        "Space" => ' ',
        _ => return key.to_owned(),
    };
    special.to_string()
}

/// Null when the middle of the element can be hit, else what lies over it.
const REACH: &str = "
    const element = arguments[0];
    element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const box = element.getBoundingClientRect();
    const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (over && (element.contains(over) || over.contains(element) && over.tagName === 'LABEL')) return null;
    return over ? 'below <' + over.tagName.toLowerCase() + ' class=' + over.className + '>' : 'off the screen';
";

const SELECT: &str = "
    const [select, text] = arguments;
    const option = [...select.options].find(option => option.text.trim() === text);
    if (!option) return [...select.options].map(option => option.text);
    select.value = option.value;
    select.dispatchEvent(new Event('input', { bubbles: true }));
    select.dispatchEvent(new Event('change', { bubbles: true }));
    return true;
";

const FILL: &str = "
    const [field, text] = arguments;
    field.focus();
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
    field.blur();
";

/// A file input may be hidden behind a button that stands for it: its label is what counts.
const FILE_INPUT: &str = "
    return [...document.querySelectorAll('input[type=file]')].find(input =>
        [input.getAttribute('aria-label'), ...[...input.labels].map(label => label.textContent)]
            .some(text => text && text.trim().startsWith(arguments[0]))) ?? null;
";
