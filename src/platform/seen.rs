//! What this device saw of the notes: texts in the database beside the log. They may be lost.

use js_sys::Array;
use study::StoreError;
use wasm_bindgen::{JsCast, JsValue};

use super::database::Database;
use super::idb::{SEEN, answer, commit, completion, finish};
use super::storage::store_error;

impl Database {
    /// A text, where there is one.
    pub async fn seen(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.read_seen(key).await.map_err(store_error)
    }

    /// The names of all texts.
    pub async fn seen_keys(&self) -> Result<Vec<String>, StoreError> {
        self.read_seen_keys().await.map_err(store_error)
    }

    /// Sets texts, and deletes those that are `None`: all of them or none.
    pub async fn note_seen(&self, texts: &[(String, Option<String>)]) -> Result<(), StoreError> {
        self.write_seen(texts).await.map_err(store_error)
    }

    async fn read_seen(&self, key: &str) -> Result<Option<String>, JsValue> {
        let store = self.store(SEEN, "readonly").await?;
        let value = store.get(&key.into())?;
        commit(&store.transaction());
        Ok(answer(&value).await?.as_string())
    }

    async fn read_seen_keys(&self) -> Result<Vec<String>, JsValue> {
        let store = self.store(SEEN, "readonly").await?;
        let keys = store.get_all_keys()?;
        commit(&store.transaction());
        let keys: Array = answer(&keys).await?.unchecked_into();
        Ok(keys.iter().filter_map(|key| key.as_string()).collect())
    }

    async fn write_seen(&self, texts: &[(String, Option<String>)]) -> Result<(), JsValue> {
        if texts.is_empty() {
            return Ok(());
        }
        let store = self.store(SEEN, "readwrite").await?;
        let done = completion(&store.transaction());
        for (key, text) in texts {
            match text {
                Some(text) => store.put_with_key(&text.into(), &key.into())?,
                None => store.delete(&key.into())?,
            };
        }
        finish(&store.transaction(), done).await
    }
}
