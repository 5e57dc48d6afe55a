//! localStorage behind a probe: blocked, damaged or full storage is a value
//! that the app can show, never a panic.

use gloo_storage::{LocalStorage, Storage as _};
use study::{KeyValue, StoreError};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, Storage};

use super::page::window;

/// The browser's localStorage, or the reason why there is none.
pub struct WebStorage {
    storage: Result<Storage, String>,
}

impl WebStorage {
    /// Opens localStorage. gloo panics where it is blocked, so that it is only
    /// asked after the browser has answered the same question with a `Result`.
    pub fn open() -> Self {
        let storage = probe().map(|()| LocalStorage::raw());
        WebStorage { storage }
    }

    fn storage(&self) -> Result<&Storage, StoreError> {
        self.storage
            .as_ref()
            .map_err(|reason| StoreError::Blocked(reason.clone()))
    }
}

impl KeyValue for WebStorage {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.storage()?.get_item(key).map_err(store_error)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.storage()?.set_item(key, value).map_err(store_error)
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.storage()?.remove_item(key).map_err(store_error)
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        let storage = self.storage()?;
        let count = storage.length().map_err(store_error)?;
        let mut keys = Vec::with_capacity(count as usize);
        for index in 0..count {
            keys.extend(storage.key(index).map_err(store_error)?);
        }
        Ok(keys)
    }
}

/// Whether localStorage is there and can be read.
fn probe() -> Result<(), String> {
    let storage = window().local_storage().map_err(|error| text_of(&error))?;
    let storage = storage.ok_or("this browser has switched it off")?;
    storage
        .length()
        .map(|_| ())
        .map_err(|error| text_of(&error))
}

pub(super) fn store_error(error: JsValue) -> StoreError {
    // Chromium has a class of its own for a full store: only the name is shared.
    match error
        .dyn_ref::<DomException>()
        .map(DomException::name)
        .as_deref()
    {
        Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => StoreError::Full,
        Some("SecurityError") => StoreError::Blocked(text_of(&error)),
        _ => StoreError::Other(text_of(&error)),
    }
}

fn text_of(error: &JsValue) -> String {
    match error.dyn_ref::<DomException>() {
        Some(exception) => exception.message(),
        None => super::files::words(error.clone()),
    }
}
