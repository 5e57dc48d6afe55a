//! The learner's device: what is stored on it, its clock, and what goes wrong with it.

use crate::clock::Clock;
use crate::engine::Scheme;
use crate::learner::{GLANCE, Learner, PATIENCE};
use crate::site::BLANK;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

/// The app begins with it a second and a half after its start, and holds a lock meanwhile.
const UPKEEP_BEGUN: Duration = Duration::from_secs(3);

impl Learner {
    /// Sets the page's clock on a device that the app has not been opened on. Only the test build
    /// reads this.
    pub async fn begins_at(&self, clock: Clock) {
        self.opens(BLANK).await;
        self.stores("test-clock", &clock.setting()).await;
    }

    /// Moves the page's clock. The app notices at its next start.
    pub async fn lives_on_until(&self, clock: Clock) {
        self.tells(format!("waits until {clock:?}"));
        self.stores("test-clock", &clock.setting()).await;
    }

    /// All that is in the page's storage under keys that begin with `prefix`.
    pub async fn stored(&self, prefix: &str) -> BTreeMap<String, String> {
        let script = "return Object.entries({ ...localStorage })
            .filter(([key]) => key.startsWith(arguments[0]));";
        let entries = self.browser.run(script, vec![json!(prefix)]).await;
        let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
        let entries = entries.as_array().into_iter().flatten();
        entries
            .map(|entry| (text(&entry[0]), text(&entry[1])))
            .collect()
    }

    /// Writes one key of the page's storage.
    pub async fn stores(&self, key: &str, value: &str) {
        let script = "localStorage.setItem(arguments[0], arguments[1])";
        self.browser
            .run(script, vec![json!(key), json!(value)])
            .await;
    }

    /// Fills the page's storage to the last byte with something that is not the app's.
    pub async fn fills_the_storage(&self) {
        self.tells("has a device whose storage is full".into());
        self.browser.run(FILL_STORAGE, vec![]).await;
    }

    /// Takes every open connection to a database away. The site must begin its pages with
    /// `prelude::ARCHIVE_MORTAL`.
    pub async fn loses_the_archive(&self) {
        self.tells("loses the connection to the archive".into());
        let lost = self
            .browser
            .run("return harnessLosesArchive()", vec![])
            .await;
        if lost == json!(0) {
            self.gives_up("has no connection to the archive");
        }
    }

    /// Lets the archive refuse all writes, or take them again. The site must begin its pages with
    /// `prelude::ARCHIVE_REFUSING`.
    pub async fn has_an_archive_that_refuses(&self, refuses: bool) {
        self.tells(format!("has an archive that refuses writes: {refuses}"));
        let script = "window.harnessArchiveRefuses = arguments[0]";
        self.browser.run(script, vec![json!(refuses)]).await;
    }

    /// Makes the archive hold its answers back from the next page on. The site must begin its
    /// pages with `prelude::ARCHIVE_LATE` or `prelude::BACKUPS_LATE`.
    pub async fn has_a_slow_archive(&self) {
        self.tells("has a slow archive".into());
        let script = "sessionStorage.setItem('harness-late', 'yes')";
        self.browser.run(script, vec![]).await;
    }

    /// Lets the archive give the answers that it holds back in this page.
    pub async fn hears_of_the_archive(&self) {
        self.tells("hears of the archive at last".into());
        self.browser.run("harnessLetsGo()", vec![]).await;
    }

    /// Every transaction of this page was ended by a word of the app. The site must begin its pages
    /// with `prelude::ARCHIVE_WATCHED`.
    pub async fn leaves_no_transaction_open(&self) {
        let open = self.browser.run("return harnessOpenEnded()", vec![]).await;
        if open != json!([]) {
            self.gives_up(&format!("would leave transactions open: {open}"));
        }
    }

    /// How often the app has asked for storage that persists, and `None` where browsers have no
    /// such question. The site must begin its pages with `prelude::PERSIST_PENDING`.
    pub async fn questions_for_persistence(&self) -> Option<u64> {
        let asked = self
            .browser
            .run("return window.persistAsked ?? null", vec![])
            .await;
        asked.as_u64()
    }

    /// Nothing that stood in a file has run or become an element.
    pub async fn ran_nothing(&self) {
        let script = "return Boolean(window.hacked || document.querySelector('main img'))";
        if self.browser.run(script, vec![]).await != json!(false) {
            self.gives_up("sees the markup of a file at work");
        }
    }

    /// An empty page of the app's origin, without the app.
    pub async fn opens_an_empty_page(&self) {
        self.opens(BLANK).await;
        let title = self.browser.run("return document.title", vec![]).await;
        if title != json!("blank") {
            self.gives_up(&format!("got {title} instead of an empty page"));
        }
    }

    /// Stays on the page for as long as the app may take with what it does when nobody waits.
    pub async fn stays_until_upkeep_is_over(&self) {
        self.tells("stays until the upkeep is over".into());
        tokio::time::sleep(UPKEEP_BEGUN).await;
        let deadline = Instant::now() + PATIENCE;
        while self.browser.run(UPKEEP_IS_ON, vec![]).await == json!(true) {
            if Instant::now() > deadline {
                self.gives_up("waits for the upkeep to end");
            }
            tokio::time::sleep(4 * GLANCE).await;
        }
    }

    /// Takes away what `fills_the_storage` put there.
    pub async fn frees_the_storage(&self) {
        self.tells("makes room on the device".into());
        let script = "localStorage.removeItem('ballast')";
        self.browser.run(script, vec![]).await;
    }

    /// Waits until a worker serves this page, and the whole app is kept for offline use.
    pub async fn has_the_app_offline(&self) {
        let deadline = Instant::now() + PATIENCE;
        while !self.is_served_by_worker().await {
            if Instant::now() > deadline {
                self.gives_up("waits for the worker to take over, but none does");
            }
            tokio::time::sleep(GLANCE).await;
        }
        self.tells("has the app for offline use".into());
    }

    /// Makes the browser look for a new version now, as it does by itself at times, and waits until
    /// that is installed or given up.
    pub async fn lets_the_browser_check_for_an_update(&self) {
        self.tells("lets the browser look for an update".into());
        let script = "return navigator.serviceWorker.getRegistration()
            .then(registration => registration.update().then(async () => {
                const worker = registration.installing;
                while (worker?.state === 'installing') await new Promise(done => setTimeout(done, 25));
            }, error => String(error)))";
        self.browser.run(script, vec![]).await;
    }

    /// The names of the page's caches, and how many files each holds.
    pub async fn caches(&self) -> BTreeMap<String, u64> {
        let script = "return caches.keys().then(names => Promise.all(names.map(async name =>
            [name, (await (await caches.open(name)).keys()).length])))";
        let entries = self.browser.run(script, vec![]).await;
        let entries = entries.as_array().into_iter().flatten();
        entries
            .map(|entry| {
                (
                    entry[0].as_str().unwrap_or("").to_owned(),
                    entry[1].as_u64().unwrap_or(0),
                )
            })
            .collect()
    }

    /// Sets the device to light or dark colours.
    pub async fn sets_the_system_to(&self, scheme: Scheme) {
        self.tells(format!("sets the system to {}", scheme.value()));
        self.browser.prefers(scheme).await;
    }

    /// Saves what is on the screen.
    pub async fn takes_a_picture(&self, file: &Path) {
        self.browser.screenshot(file).await;
    }

    /// Saves the whole page, also what is below the fold.
    pub async fn takes_a_picture_of_the_page(&self, file: &Path) {
        self.browser.screenshot_of_page(file).await;
    }

    /// Takes the worker and its files away, as a browser does that clears its caches.
    pub async fn loses_the_offline_copy(&self) {
        self.tells("loses the offline copy".into());
        self.has_the_app_offline().await;
        self.browser.run(LOSE_OFFLINE_COPY, vec![]).await;
        self.forgets_the_http_cache().await;
    }

    /// Empties the browser's own cache.
    pub async fn forgets_the_http_cache(&self) {
        self.browser
            .chromium("Network.clearBrowserCache", json!({}))
            .await;
    }

    /// Makes the page refuse new elements, on which the app can only give up.
    pub async fn breaks_the_page_under_the_app(&self) {
        self.tells("has a page that refuses new elements".into());
        self.browser.run(BREAK_PAGE, vec![]).await;
    }

    /// Does what the policy forbids; returns what nevertheless worked.
    pub async fn tries_to_break_the_policy(&self) -> Vec<String> {
        let worked = self.browser.run(BREAK_POLICY, vec![]).await;
        let worked = worked.as_array().into_iter().flatten();
        worked
            .map(|what| what.as_str().unwrap_or("").to_owned())
            .collect()
    }

    async fn is_served_by_worker(&self) -> bool {
        let script = "return Boolean(navigator.serviceWorker?.controller
            && navigator.serviceWorker.controller.state === 'activated')";
        let result = self.browser.client().execute(script, vec![]).await;
        result.is_ok_and(|value| value == json!(true))
    }
}

/// Halves the piece until not one more unit fits.
const FILL_STORAGE: &str = "
    let ballast = '';
    for (let size = 4 * 1024 * 1024; size >= 1;) {
        try {
            localStorage.setItem('ballast', ballast + 'x'.repeat(size));
            ballast += 'x'.repeat(size);
        } catch {
            size = Math.floor(size / 2);
        }
    }
";

const UPKEEP_IS_ON: &str = "
    if (!navigator.locks) return false;
    return navigator.locks.query().then(all => all.held.some(lock => lock.name.endsWith(':upkeep')));
";

const LOSE_OFFLINE_COPY: &str = "
    return navigator.serviceWorker.getRegistrations()
        .then(all => Promise.all(all.map(one => one.unregister())))
        .then(() => caches.keys())
        .then(names => Promise.all(names.map(name => caches.delete(name))))
        .then(() => null);
";

const BREAK_PAGE: &str = "
    const refuse = () => { throw new Error('this page takes no new elements') };
    for (const name of ['insertBefore', 'appendChild', 'cloneNode']) Node.prototype[name] = refuse;
    for (const name of ['append', 'before', 'after']) {
        const real = Element.prototype[name];
        Element.prototype[name] = function (...nodes) {
            if (!String(this.className).startsWith('boot-failure')) refuse();
            return real.apply(this, nodes);
        };
    }
";

/// Each attempt leaves a trace if the browser lets it run.
const BREAK_POLICY: &str = "
    const worked = [];
    const inline = document.createElement('script');
    inline.textContent = 'window.inlineRan = true';
    document.head.append(inline);
    if (window.inlineRan) worked.push('inline script');
    const style = document.createElement('style');
    style.textContent = 'h1 { position: fixed }';
    document.head.append(style);
    if (getComputedStyle(document.querySelector('h1')).position === 'fixed') worked.push('inline style');
    const load = (element, name) => new Promise(done => {
        element.onload = () => { worked.push(name); done(); };
        element.onerror = done;
        document.head.append(element);
    });
    const script = Object.assign(document.createElement('script'), { src: 'http://example.com/a.js' });
    const image = Object.assign(new Image(), { src: 'http://example.com/a.png' });
    // In a task of its own: WebDriver lifts the policy for the script that it runs.
    const evaluate = new Promise(done => setTimeout(() => {
        try { (0, eval)('1'); worked.push('eval'); } catch {}
        done();
    }));
    const ask = fetch('http://example.com/').then(() => worked.push('fetch'), () => {});
    return Promise.all([evaluate, load(script, 'script'), load(image, 'image'), ask]).then(() => worked);
";
