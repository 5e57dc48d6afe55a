//! Files to and from the learner: a download, the share sheet, and the text of a chosen file.

use js_sys::{Array, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

use super::gzip;
use super::page::{document, window};

/// A file that the learner chose.
pub type ChosenFile = File;

/// The largest file that is read: 50 MB, some 400,000 reviews.
const LARGEST_FILE_BYTES: f64 = (50 * 1024 * 1024) as f64;
const GZIP_START: [u8; 2] = [0x1f, 0x8b];
/// Browsers share files of a few harmless types only, and this is the one of them for lines.
const SHARED_TYPE: &str = "text/plain";

#[wasm_bindgen]
extern "C" {
    /// The part of `navigator` that opens the share sheet; missing on most desktops.
    type Sharing;

    #[wasm_bindgen(method, catch, js_name = canShare)]
    fn can_share(this: &Sharing, data: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn share(this: &Sharing, data: &JsValue) -> Result<Promise, JsValue>;
}

/// Offers a text as a download; the error says what the browser said.
pub fn download(name: &str, kind: &str, text: &str) -> Result<(), String> {
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &bag(kind));
    blob.and_then(|blob| save(name, &blob)).map_err(words)
}

/// Offers the gzip of a text as a download.
pub async fn download_compressed(name: &str, text: &str) -> Result<(), String> {
    let bytes = gzip::compress(text).await.map_err(words)?;
    let parts = Array::of1(&bytes);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &bag("application/gzip"));
    blob.and_then(|blob| save(name, &blob)).map_err(words)
}

/// Whether this browser can hand a file to the share sheet.
pub fn can_share() -> bool {
    sharing()
        .zip(shared("quire.txt", "").ok())
        .is_some_and(|(sharing, data)| sharing.can_share(&data).unwrap_or(false))
}

/// Hands a text to the share sheet as a file. `false` if the learner has closed the sheet.
pub async fn share(name: &str, text: &str) -> Result<bool, String> {
    let sharing = sharing().ok_or("there is no share sheet")?;
    let data = shared(name, text).map_err(words)?;
    let shared = sharing.share(&data).map_err(words)?;
    match JsFuture::from(shared).await {
        Ok(_) => Ok(true),
        Err(error) if name_of(&error).as_deref() == Some("AbortError") => Ok(false),
        Err(error) => Err(words(error)),
    }
}

/// The text of a file that the learner chose, compressed or not, or what is wrong with it.
pub async fn read_log(file: ChosenFile) -> Result<String, String> {
    if file.size() > LARGEST_FILE_BYTES {
        return Err("the file is larger than 50 MB, which no log is".to_owned());
    }
    let unreadable = |_| "the browser cannot read this file".to_owned();
    let bytes = JsFuture::from(file.array_buffer())
        .await
        .map_err(unreadable)?;
    let bytes = Uint8Array::new(&bytes);
    if bytes.length() >= 2 && bytes.subarray(0, 2).to_vec() == GZIP_START {
        let damaged = |_| "the compressed file is damaged or too long".to_owned();
        return gzip::decompress_array(&bytes).await.map_err(damaged);
    }
    let text = JsFuture::from(file.text()).await.map_err(unreadable)?;
    text.as_string()
        .ok_or_else(|| "the file is no text".to_owned())
}

fn bag(kind: &str) -> BlobPropertyBag {
    let bag = BlobPropertyBag::new();
    bag.set_type(kind);
    bag
}

fn save(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address)
}

/// What the share sheet takes: one file.
fn shared(name: &str, text: &str) -> Result<JsValue, JsValue> {
    let parts = Array::of1(&JsValue::from_str(text));
    let bag = web_sys::FilePropertyBag::new();
    bag.set_type(SHARED_TYPE);
    let file = File::new_with_str_sequence_and_options(&parts, name, &bag)?;
    let data = js_sys::Object::new();
    Reflect::set(&data, &"files".into(), &Array::of1(&file))?;
    Ok(data.into())
}

fn sharing() -> Option<Sharing> {
    let navigator = window().navigator();
    let can_share = Reflect::get(&navigator, &"canShare".into()).ok()?;
    can_share.is_function().then(|| navigator.unchecked_into())
}

fn name_of(error: &JsValue) -> Option<String> {
    Reflect::get(error, &"name".into()).ok()?.as_string()
}

/// What the browser says of an error.
pub(super) fn words(error: JsValue) -> String {
    let message = Reflect::get(&error, &"message".into()).ok();
    message
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}
