//! Files to and from the learner: a download, and the text of a chosen file.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

use super::page::document;

/// The largest file that is read: 20 MB, some 130,000 reviews.
pub const LARGEST_FILE_BYTES: f64 = 20_000_000.0;

/// Offers `text` as a download named `name`; the error says what the browser said.
pub fn download(name: &str, text: &str) -> Result<(), String> {
    save(name, text).map_err(|error| format!("{error:?}"))
}

/// The text of a file that the learner chose, or what is wrong with it.
pub async fn read_text(file: File) -> Result<String, String> {
    if file.size() > LARGEST_FILE_BYTES {
        return Err("The file is larger than 20 MB; a log is not.".to_owned());
    }
    let text = JsFuture::from(file.text()).await;
    text.ok()
        .and_then(|text| text.as_string())
        .ok_or_else(|| "The browser cannot read this file.".to_owned())
}

fn save(name: &str, text: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("application/jsonl");
    let lines = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&lines, &kind)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address)
}
