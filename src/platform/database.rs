//! IndexedDB: the log's second store. Several changes happen together or not at all, and
//! "done" means that they are on the disk.
//!
//! This is `web_sys` and nothing between: the one kept crate that can ask for strict durability
//! costs 15 KB of brotli, three times what this file does.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Array, Reflect};
use leptos::prelude::window_event_listener_untyped;
use study::{Archive, Change, Shelf, StoreError, Vault};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbObjectStore, IdbTransaction};

use super::gzip;
use super::idb::{BACKUPS, answer, commit, completion, finish, open};
use super::storage::store_error;

/// Together more than Chromium keeps in one file of its log, 4 MB; each less than what it puts
/// into a file of its own, 64 KB.
const PADDINGS: usize = 90;
const PADDING_BYTES: usize = 60_000;
const PADDING: &str = "padding.";
/// More transactions than ever are open at a time.
const MOST_OPEN: usize = 32;

/// The database of one scope. It is opened when it is first asked, and again whenever the
/// browser has closed it, as iOS does in the background.
#[derive(Clone)]
pub struct Database {
    name: String,
    connection: Rc<RefCell<Option<IdbDatabase>>>,
    /// Whether it has been open in this page.
    was_open: Rc<Cell<bool>>,
    /// Whether the browser has made it anew since.
    lost: Rc<Cell<bool>>,
    /// Whether a page that is gone has left padding in it.
    padded: Rc<Cell<bool>>,
    /// The latest transactions, of which some may not have ended.
    recent: Rc<RefCell<VecDeque<IdbTransaction>>>,
}

#[wasm_bindgen]
extern "C" {
    /// A database whose transactions take options, which `web_sys` leaves out.
    #[wasm_bindgen(extends = IdbDatabase)]
    type WithOptions;

    #[wasm_bindgen(method, catch, js_name = transaction)]
    fn begin(
        this: &WithOptions,
        stores: &JsValue,
        mode: &str,
        options: &JsValue,
    ) -> Result<IdbTransaction, JsValue>;
}

impl Database {
    /// The database of the app under this path.
    pub fn new(scope: &str) -> Database {
        let database = Database {
            name: format!("quire:{scope}"),
            connection: Rc::default(),
            was_open: Rc::default(),
            lost: Rc::default(),
            padded: Rc::default(),
            recent: Rc::default(),
        };
        database.ends_with_the_page();
        database
    }

    /// Breaks off what has not ended when the page is left and the browser keeps it for the way
    /// back: such a page stands still, and in WebKit the next page then waits for its transactions
    /// for good. What was broken off is tried again when the page comes back, and a page that
    /// starts meanwhile finds the answers in localStorage.
    fn ends_with_the_page(&self) {
        let recent = Rc::clone(&self.recent);
        // For the life of the page, as the database itself.
        drop(window_event_listener_untyped("pagehide", move |event| {
            let persisted = Reflect::get(&event, &"persisted".into());
            if persisted.is_ok_and(|persisted| persisted.is_truthy()) {
                for transaction in recent.borrow_mut().drain(..) {
                    // One that has ended refuses.
                    transaction.abort().ok();
                }
            }
        }));
    }

    /// Whether the browser has emptied it while this page was using it, asked once.
    pub fn take_loss(&self) -> bool {
        self.lost.take()
    }

    /// Makes the browser begin new files, by writing more than it keeps in one and deleting that
    /// again. Chromium goes on behind a write that failed, and at its next start it reads nothing
    /// from there on: what it has acknowledged since is lost (seen with a disk that was full for
    /// a moment).
    pub async fn begin_new_files(&self) -> Result<(), StoreError> {
        let put = |number| Change::Put {
            shelf: Shelf::Meta,
            key: padding_key(number),
            value: "-".repeat(PADDING_BYTES),
        };
        self.padded.set(true);
        self.commit((0..PADDINGS).map(put).collect()).await?;
        self.remove_padding().await
    }

    /// Deletes the padding that this page, or one that is gone, has left.
    pub async fn remove_padding(&self) -> Result<(), StoreError> {
        if !self.padded.get() {
            return Ok(());
        }
        let delete = |number| Change::Delete {
            shelf: Shelf::Meta,
            key: padding_key(number),
        };
        self.commit((0..PADDINGS).map(delete).collect()).await?;
        self.padded.set(false);
        Ok(())
    }

    /// Forgets the connection, so that the next use opens it anew.
    pub fn reopen(&self) {
        if let Some(connection) = self.connection.take() {
            connection.close();
        }
    }

    async fn connection(&self) -> Result<IdbDatabase, JsValue> {
        if let Some(connection) = self.connection.borrow().clone() {
            return Ok(connection);
        }
        let (database, is_new) = open(&self.name).await?;
        if self.was_open.replace(true) && is_new {
            self.lost.set(true);
        }
        let closed = {
            let connection = Rc::clone(&self.connection);
            let database = database.clone();
            Closure::<dyn Fn()>::new(move || {
                // A later version in another tab waits for this connection to close.
                database.close();
                connection.take();
            })
            .into_js_value()
        };
        database.set_onclose(Some(closed.unchecked_ref()));
        database.set_onversionchange(Some(closed.unchecked_ref()));
        self.connection.replace(Some(database.clone()));
        Ok(database)
    }

    /// A transaction on some shelves; strict, where it writes.
    async fn transaction(&self, shelves: &Array, mode: &str) -> Result<IdbTransaction, JsValue> {
        let options = js_sys::Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let begin = |database: IdbDatabase| {
            let database: WithOptions = database.unchecked_into();
            database.begin(shelves, mode, &options)
        };
        let transaction = match begin(self.connection().await?) {
            Ok(transaction) => transaction,
            // The browser has closed the connection and not said so.
            Err(_) => {
                self.reopen();
                begin(self.connection().await?)?
            }
        };
        let mut recent = self.recent.borrow_mut();
        if recent.len() == MOST_OPEN {
            recent.pop_front();
        }
        recent.push_back(transaction.clone());
        Ok(transaction)
    }

    pub(super) async fn store(&self, shelf: &str, mode: &str) -> Result<IdbObjectStore, JsValue> {
        let shelves = Array::of1(&shelf.into());
        self.transaction(&shelves, mode).await?.object_store(shelf)
    }

    async fn read_shelf(&self, shelf: &str) -> Result<Vec<(String, String)>, JsValue> {
        let store = self.store(shelf, "readonly").await?;
        let (keys, values) = (store.get_all_keys()?, store.get_all()?);
        commit(&store.transaction());
        let keys: Array = answer(&keys).await?.unchecked_into();
        let values: Array = answer(&values).await?.unchecked_into();
        let pairs = keys.iter().zip(values.iter());
        Ok(pairs
            .map(|(key, value)| (text(&key), text(&value)))
            .collect())
    }

    async fn change(&self, changes: &[Change]) -> Result<(), JsValue> {
        let shelves = Array::new();
        for change in changes {
            let (Change::Put { shelf, .. } | Change::Delete { shelf, .. }) = change;
            shelves.push(&shelf.name().into());
        }
        let transaction = self.transaction(&shelves, "readwrite").await?;
        let done = completion(&transaction);
        for change in changes {
            match change {
                Change::Put { shelf, key, value } => {
                    let store = transaction.object_store(shelf.name())?;
                    store.put_with_key(&value.into(), &key.into())?;
                }
                Change::Delete { shelf, key } => {
                    transaction
                        .object_store(shelf.name())?
                        .delete(&key.into())?;
                }
            }
        }
        finish(&transaction, done).await
    }

    async fn write_backup(&self, name: &str, text: &str) -> Result<(), JsValue> {
        let value = match gzip::compress(text).await {
            Ok(bytes) => bytes.into(),
            // An older browser: the text as it is.
            Err(_) => JsValue::from_str(text),
        };
        let store = self.store(BACKUPS, "readwrite").await?;
        let done = completion(&store.transaction());
        store.put_with_key(&value, &name.into())?;
        finish(&store.transaction(), done).await
    }

    async fn read_backup(&self, name: &str) -> Result<Option<String>, JsValue> {
        let store = self.store(BACKUPS, "readonly").await?;
        let value = store.get(&name.into())?;
        commit(&store.transaction());
        let value = answer(&value).await?;
        if value.is_undefined() {
            return Ok(None);
        }
        match value.as_string() {
            Some(text) => Ok(Some(text)),
            None => gzip::decompress_array(&value).await.map(Some),
        }
    }

    async fn backup_names(&self) -> Result<Vec<String>, JsValue> {
        let store = self.store(BACKUPS, "readonly").await?;
        let keys = store.get_all_keys()?;
        commit(&store.transaction());
        let keys: Array = answer(&keys).await?.unchecked_into();
        Ok(keys.iter().map(|key| text(&key)).collect())
    }

    async fn delete_backups(&self, names: &[String]) -> Result<(), JsValue> {
        let store = self.store(BACKUPS, "readwrite").await?;
        let done = completion(&store.transaction());
        for name in names {
            store.delete(&name.into())?;
        }
        finish(&store.transaction(), done).await
    }
}

impl Archive for Database {
    async fn read(&self, shelf: Shelf) -> Result<Vec<(String, String)>, StoreError> {
        let mut records = self.read_shelf(shelf.name()).await.map_err(store_error)?;
        records.retain(|(key, _)| {
            let is_padding = shelf == Shelf::Meta && key.starts_with(PADDING);
            self.padded.set(self.padded.get() || is_padding);
            !is_padding
        });
        Ok(records)
    }

    async fn commit(&self, changes: Vec<Change>) -> Result<(), StoreError> {
        if changes.is_empty() {
            return Ok(());
        }
        self.change(&changes).await.map_err(store_error)
    }
}

impl Vault for Database {
    async fn list(&self) -> Result<Vec<String>, StoreError> {
        self.backup_names().await.map_err(store_error)
    }

    async fn read(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.read_backup(name).await.map_err(store_error)
    }

    async fn write(&self, name: &str, text: &str) -> Result<(), StoreError> {
        self.write_backup(name, text).await.map_err(store_error)
    }

    async fn delete(&self, names: &[String]) -> Result<(), StoreError> {
        self.delete_backups(names).await.map_err(store_error)
    }
}

fn padding_key(number: usize) -> String {
    format!("{PADDING}{number}")
}

fn text(value: &JsValue) -> String {
    value.as_string().unwrap_or_default()
}
