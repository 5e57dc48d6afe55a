//! How much room the browser gives, and whether it promises to keep what is stored.

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::StorageManager;

use super::page::window;

/// What the browser says about the room of this site.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Space {
    /// Bytes in use by the whole site, files for offline use included; 0 where it is not said.
    pub used_bytes: f64,
    /// Bytes that the site may use; 0 where it is not said.
    pub quota_bytes: f64,
    /// Whether the browser has promised not to clear it when the disk fills up. `None` where it
    /// cannot promise.
    pub persisted: Option<bool>,
}

/// Asks the browser about the room; `None` where it has no answer.
pub async fn space() -> Option<Space> {
    let manager = manager()?;
    let estimate = settled(manager.estimate()).await.unwrap_or_default();
    let number = |name: &str| {
        let number = Reflect::get(&estimate, &name.into()).ok();
        number.and_then(|number| number.as_f64()).unwrap_or(0.0)
    };
    Some(Space {
        used_bytes: number("usage"),
        quota_bytes: number("quota"),
        persisted: settled(manager.persisted())
            .await
            .and_then(|answer| answer.as_bool()),
    })
}

/// Asks the browser to keep what is stored, and does not wait: Firefox asks the learner first, and
/// may never answer.
pub fn ask_to_persist() {
    if let Some(Ok(asked)) = manager().map(|manager| manager.persist()) {
        spawn_local(async move { drop(JsFuture::from(asked).await) });
    }
}

async fn settled(asked: Result<Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(asked.ok()?).await.ok()
}

/// Missing in older browsers and on pages without https.
fn manager() -> Option<StorageManager> {
    let manager = Reflect::get(&window().navigator(), &"storage".into()).ok()?;
    manager.is_object().then(|| manager.unchecked_into())
}
