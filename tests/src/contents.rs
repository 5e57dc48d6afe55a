//! All that lies in the two places, byte for byte, and what they say of their format.

use crate::learner::Learner;
use crate::past::with_checksum;
use crate::stores::open_archive;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Every key of localStorage, the tests' clock included, and every record of every shelf.
pub type Contents = BTreeMap<String, String>;

impl Learner {
    /// What the app at `scope`, the path of its base, has stored: names and values.
    pub async fn contents_of(&self, scope: &str) -> Contents {
        let entries = self.browser.run(READ_ALL, vec![json!(scope)]).await;
        let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
        let entries = entries.as_array().into_iter().flatten();
        let contents: Contents = entries
            .map(|entry| (text(&entry[0]), text(&entry[1])))
            .collect();
        self.tells(format!("has {} values in both places", contents.len()));
        contents
    }

    /// Lets both places say that a Quire of format `needs` has written them, which no Quire of an
    /// earlier format may write to.
    pub async fn has_a_log_of_format(&self, scope: &str, needs: u32) {
        self.tells(format!("has a log of format {needs}"));
        let said = format!(
            "{{\"quire\":\"stores\",\"version\":{needs},\"reader\":1,\"writer\":{needs},\"more\":1}}"
        );
        let line = with_checksum(&said);
        let places = self
            .browser
            .run(SAY_FORMAT, vec![json!(scope), json!(line)])
            .await;
        if places != json!(2) {
            self.gives_up(&format!("could say the format in {places} places only"));
        }
    }
}

const READ_ALL: &str = concat!(
    open_archive!(),
    "
    const text = value => typeof value === 'string' ? value : String(new Uint8Array(value.buffer ?? value));
    return (async () => {
        const all = Object.entries({ ...localStorage }).map(([key, value]) => ['store ' + key, value]);
        const database = await open(scope);
        for (const shelf of database.objectStoreNames) {
            const records = database.transaction(shelf).objectStore(shelf);
            const [keys, values] = await Promise.all([done(records.getAllKeys()), done(records.getAll())]);
            keys.forEach((key, place) => all.push(['archive ' + shelf + ' ' + key, text(values[place])]));
        }
        database.close();
        return all;
    })();
"
);

const SAY_FORMAT: &str = concat!(
    open_archive!(),
    "
    return (async () => {
        let places = 0;
        const key = scope + ':format';
        if (localStorage.getItem(key)) { localStorage.setItem(key, arguments[1]); places += 1; }
        const database = await open(scope);
        const meta = database.transaction('meta', 'readwrite').objectStore('meta');
        if (await done(meta.get('format'))) { await done(meta.put(arguments[1], 'format')); places += 1; }
        database.close();
        return places;
    })();
"
);
