//! The notes of `serve --watch`: asked for at the start of the page, no part of the wasm.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// Of the script that only a watched page has.
    #[wasm_bindgen(js_name = quireDecks)]
    fn load() -> Promise;
}

/// The bundle, for the life of the page.
pub async fn decks() -> &'static [u8] {
    let bytes = JsFuture::from(load()).await;
    let bytes = bytes.expect("`serve --watch` is running and answers");
    Vec::leak(bytes.unchecked_into::<Uint8Array>().to_vec())
}
