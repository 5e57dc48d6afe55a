//! The log as it lies in the two places, read past the app.

use crate::engine::Place;
use crate::learner::{GLANCE, Learner, PATIENCE};
use crate::past::crc32;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Instant;

/// What both places hold.
#[derive(Clone, Debug, Default)]
pub struct Stores {
    /// localStorage.
    pub store: Lines,
    /// IndexedDB.
    pub archive: Lines,
    /// Why a place could not be read.
    pub errors: Vec<String>,
}

/// The lines of one place.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// The ids of the events whose checksum holds.
    pub ids: BTreeSet<String>,
    /// Lines whose checksum does not hold.
    pub damaged: Vec<String>,
}

impl Stores {
    /// The ids of all events, wherever they are.
    pub fn union(&self) -> BTreeSet<String> {
        self.store.ids.union(&self.archive.ids).cloned().collect()
    }

    fn read(answer: &Value) -> Self {
        let errors = answer["errors"].as_array().into_iter().flatten();
        Self {
            store: Lines::read(&answer["store"]),
            archive: Lines::read(&answer["archive"]),
            errors: errors.map(ToString::to_string).collect(),
        }
    }
}

impl Lines {
    fn read(values: &Value) -> Self {
        let mut lines = Self::default();
        let values = values.as_array().into_iter().flatten();
        for line in values.filter_map(Value::as_str).flat_map(str::lines) {
            match id_of(line) {
                Some(id) => _ = lines.ids.insert(id.to_owned()),
                None => lines.damaged.push(line.to_owned()),
            }
        }
        lines
    }
}

impl Learner {
    /// What both places hold at this moment, of the app at `scope`, the path of its base.
    pub async fn stores_of(&self, scope: &str) -> Stores {
        let stores = self.looks_into_stores(scope).await;
        self.tells(format!(
            "has {} events in the store and {} in the archive {:?}",
            stores.store.ids.len(),
            stores.archive.ids.len(),
            stores.errors
        ));
        stores
    }

    /// Waits until both places hold all of these events, as after a repair.
    pub async fn has_in_both_stores(&self, scope: &str, ids: &BTreeSet<String>) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let stores = self.looks_into_stores(scope).await;
            if stores.store.ids.is_superset(ids) && stores.archive.ids.is_superset(ids) {
                return self.tells(format!("has {} events in both places", ids.len()));
            }
            if Instant::now() > deadline {
                self.gives_up(&format!(
                    "has {} events, and of them {} in the store and {} in the archive ({:?})",
                    ids.len(),
                    stores.store.ids.intersection(ids).count(),
                    stores.archive.ids.intersection(ids).count(),
                    stores.errors
                ));
            }
            tokio::time::sleep(4 * GLANCE).await;
        }
    }

    /// Waits until the log, in whichever place, has so many events, and returns their ids.
    pub async fn has_events(&self, scope: &str, number: usize) -> BTreeSet<String> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let ids = self.looks_into_stores(scope).await.union();
            if ids.len() == number {
                return ids;
            }
            if Instant::now() > deadline {
                self.gives_up(&format!("has {} events, not {number}", ids.len()));
            }
            tokio::time::sleep(4 * GLANCE).await;
        }
    }

    /// Waits until the app says that every event is saved, and returns how many it has saved since
    /// the page was loaded.
    pub async fn has_all_saved(&self) -> u64 {
        let script = "const { saved, pending, unsaved } = document.documentElement.dataset;
            return [saved, pending, unsaved].map(text => text === undefined ? null : Number(text));";
        let deadline = Instant::now() + PATIENCE;
        loop {
            let said = self.browser.run(script, vec![]).await;
            let is_nothing = |index: usize| said[index].as_u64().unwrap_or(0) == 0;
            if let Some(saved) = said[0].as_u64()
                && is_nothing(1)
                && is_nothing(2)
            {
                self.tells(format!("has {saved} events saved"));
                return saved;
            }
            if Instant::now() > deadline {
                self.gives_up(&format!(
                    "waits for all to be saved; saved, pending, unsaved: {said}"
                ));
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Waits until the app no longer says that something is on its way.
    pub async fn has_nothing_pending(&self) {
        let script = "const { pending, unsaved } = document.documentElement.dataset;
            return Number(pending ?? 0) + Number(unsaved ?? 0)";
        let deadline = Instant::now() + PATIENCE;
        loop {
            let waiting = self.browser.run(script, vec![]).await;
            if waiting == json!(0) {
                return self.tells("has nothing pending".into());
            }
            if Instant::now() > deadline {
                self.gives_up(&format!("has {waiting} events that are still not saved"));
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// How many events of this page the app has said to be saved.
    pub async fn events_acknowledged(&self) -> u64 {
        let script = "return Number(document.documentElement.dataset.saved ?? 0)";
        let saved = self.browser.run(script, vec![]).await;
        saved.as_u64().unwrap_or(0)
    }

    /// Takes one place away as a browser does that clears it; the clock of the tests stays.
    pub async fn loses_all_in(&self, scope: &str, place: Place) {
        self.tells(format!("loses all in the {place:?}"));
        let script = match place {
            Place::Store => CLEAR_STORE,
            Place::Archive => DELETE_ARCHIVE,
        };
        let lost = self.browser.run(script, vec![json!(scope)]).await;
        if lost != json!(true) {
            self.gives_up(&format!("had nothing in the {place:?} to lose: {lost}"));
        }
    }

    /// Alters one letter of the line of one event, in one place or both, past the app.
    pub async fn alters_a_line(&self, scope: &str, id: &str, places: &[Place]) {
        self.tells(format!("has a damaged line {id} in {places:?}"));
        let names: Vec<String> = places.iter().map(|place| format!("{place:?}")).collect();
        let altered = self
            .browser
            .run(ALTER_LINE, vec![json!(scope), json!(id), json!(names)])
            .await;
        if altered != json!(places.len()) {
            self.gives_up(&format!("could alter the line in {altered} places only"));
        }
    }
}

impl Learner {
    async fn looks_into_stores(&self, scope: &str) -> Stores {
        Stores::read(&self.browser.run(READ_STORES, vec![json!(scope)]).await)
    }
}

/// The id of the event in a line whose checksum holds.
fn id_of(line: &str) -> Option<&str> {
    let (object, checksum) = line.split_at_checked(line.len().checked_sub(8)?)?;
    if format!("{:08x}", crc32(object.as_bytes())) != checksum {
        return None;
    }
    let (_, rest) = object.split_once("\"i\":\"")?;
    Some(rest.split_once('"')?.0)
}

/// The database must not come into being because somebody looked for it.
macro_rules! open_archive {
    () => {
        "
    const within = (promise, ms) => Promise.race([promise, new Promise((_, fail) =>
        setTimeout(() => fail(new Error('no answer within ' + ms + ' ms')), ms))]);
    const done = request => new Promise((resolve, fail) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => fail(request.error);
        request.onblocked = () => fail(new Error('blocked'));
    });
    const open = async name => {
        const all = await within(indexedDB.databases(), 20000);
        if (!all.some(database => database.name === name)) return null;
        const request = indexedDB.open(name);
        request.onupgradeneeded = () => request.transaction.abort();
        return within(done(request), 20000);
    };
    const scope = 'quire:' + arguments[0];
    const isLog = key => ['tail:', 'seg:'].some(kind => key.startsWith(scope + ':' + kind));
"
    };
}

pub(crate) use open_archive;

const READ_STORES: &str = concat!(
    open_archive!(),
    "
    return (async () => {
        const found = { store: [], archive: [], errors: [] };
        try {
            for (const key of Object.keys(localStorage)) if (isLog(key)) found.store.push(localStorage.getItem(key));
        } catch (error) { found.errors.push('store: ' + error); }
        try {
            const database = await open(scope);
            if (database) {
                try {
                    for (const shelf of ['fresh', 'sealed']) {
                        const reading = database.transaction(shelf);
                        const records = reading.objectStore(shelf).getAll();
                        reading.commit();
                        found.archive.push(...await within(done(records), 20000));
                    }
                } finally { database.close(); }
            }
        } catch (error) { found.errors.push('archive: ' + error); }
        return found;
    })();
"
);

const CLEAR_STORE: &str = concat!(
    open_archive!(),
    "
    const keys = Object.keys(localStorage).filter(key => key.startsWith(scope));
    for (const key of keys) localStorage.removeItem(key);
    return keys.length > 0;
"
);

const DELETE_ARCHIVE: &str = concat!(
    open_archive!(),
    "
    return (async () => {
        const all = await indexedDB.databases();
        if (!all.some(database => database.name === scope)) return false;
        await within(done(indexedDB.deleteDatabase(scope)), 20000);
        return true;
    })();
"
);

const ALTER_LINE: &str = concat!(
    open_archive!(),
    "
    const [, id, places] = arguments;
    const alter = text => text.split('\\n').map(line =>
        line.includes('\"i\":\"' + id + '\"') ? line.replace('\"i\":', '\"i\": ') : line).join('\\n');
    return (async () => {
        let altered = 0;
        if (places.includes('Store')) for (const key of Object.keys(localStorage)) {
            const text = localStorage.getItem(key);
            if (isLog(key) && alter(text) !== text) { localStorage.setItem(key, alter(text)); altered += 1; }
        }
        const database = places.includes('Archive') ? await open(scope) : null;
        for (const shelf of database ? ['fresh', 'sealed'] : []) {
            const records = database.transaction(shelf, 'readwrite').objectStore(shelf);
            const keys = await done(records.getAllKeys());
            for (const key of keys) {
                const text = await done(records.get(key));
                if (alter(text) !== text) { await done(records.put(alter(text), key)); altered += 1; }
            }
        }
        database?.close();
        return altered;
    })();
"
);
