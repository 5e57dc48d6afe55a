//! Opening the database, and waiting for what it answers.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Promise, Reflect};
use study::Shelf;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbRequest, IdbTransaction};

use super::clock;

/// Longer than any disk takes.
const PATIENCE_MS: i32 = 30_000;
/// The shelf of the backups, whose values are compressed.
pub const BACKUPS: &str = "backups";
/// The shelf of what this device saw of the notes: no part of the log.
pub const SEEN: &str = "seen";

/// Opens the database as it is. One that lacks a shelf gets it: WebKit makes an empty one out of
/// a damaged one, of the same version. Tells too whether it had to be made.
pub async fn open(name: &str) -> Result<(IdbDatabase, bool), JsValue> {
    // Where storage is blocked even the property may throw, or be missing.
    let factory = Reflect::get(&super::page::window(), &"indexedDB".into())?;
    if !factory.is_object() {
        return Err("this browser has switched its database off".into());
    }
    let factory: IdbFactory = factory.unchecked_into();
    let (database, is_new) = opened(&factory.open(name)?).await?;
    let there = database.object_store_names();
    if shelves().all(|shelf| there.contains(shelf)) {
        return Ok((database, is_new));
    }
    let next = database.version() as u32 + 1;
    database.close();
    opened(&factory.open_with_u32(name, next)?).await
}

async fn opened(request: &IdbOpenDbRequest) -> Result<(IdbDatabase, bool), JsValue> {
    let upgrading = request.clone();
    let is_new = Rc::new(Cell::new(false));
    let made = Rc::clone(&is_new);
    let upgrade = Closure::once_into_js(move || {
        made.set(true);
        let database: Option<IdbDatabase> = upgrading.result().ok().map(JsCast::unchecked_into);
        for shelf in shelves() {
            // A store that is there already stays; any other fault fails the opening itself.
            database
                .as_ref()
                .map(|database| database.create_object_store(shelf).ok());
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    let database = answer(request).await?.unchecked_into();
    Ok((database, is_new.get()))
}

/// The names of all object stores, whose keys are out of line.
fn shelves() -> impl Iterator<Item = &'static str> {
    Shelf::ALL
        .map(Shelf::name)
        .into_iter()
        .chain([BACKUPS, SEEN])
}

/// What a request answers.
pub async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let settled = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match in_time(JsFuture::from(settled)).await? {
        Ok(_) => request.result(),
        Err(event) => Err(request.error().ok().flatten().map_or(event, JsValue::from)),
    }
}

/// iOS may leave a request without an answer for ever: then it counts as failed, and what it
/// should have written is written again, which does no harm.
async fn in_time(settled: JsFuture) -> Result<Result<JsValue, JsValue>, JsValue> {
    let settled = clock::within(PATIENCE_MS, settled).await;
    settled.ok_or_else(|| "the database does not answer".into())
}

/// Settles when a transaction does. It is made before the first request, so that no answer is
/// missed.
pub fn completion(transaction: &IdbTransaction) -> JsFuture {
    JsFuture::from(Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    }))
}

/// Ends a transaction, and waits until it is on the disk.
pub async fn finish(transaction: &IdbTransaction, done: JsFuture) -> Result<(), JsValue> {
    commit(transaction);
    match in_time(done).await? {
        Ok(_) => Ok(()),
        Err(event) => Err(transaction.error().map_or(event, JsValue::from)),
    }
}

/// Says that no more requests come: of a transaction that reads, too. Without this word the browser
/// waits for some, and WebKit goes on waiting when the page has been left meanwhile and is kept
/// for the way back: then the next page can write nothing to that shelf. The word makes that rare
/// and not impossible: WebKit may not have sent it when the page is left. An old browser does not
/// know it.
#[expect(
    deprecated,
    reason = "only the bindings call it so, the standard does not"
)]
pub fn commit(transaction: &IdbTransaction) {
    transaction.commit().ok();
}
