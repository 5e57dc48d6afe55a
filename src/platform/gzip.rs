//! Compression by the browser's own streams.

use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStream, Response};

/// No longer text comes out of a compressed file: a few kilobytes can hold gigabytes.
const LARGEST_TEXT_BYTES: u32 = 60 * 1024 * 1024;

#[wasm_bindgen]
extern "C" {
    /// A stream whose ends fit those of transformers, which `web_sys` types away.
    #[wasm_bindgen(extends = ReadableStream)]
    type Pipe;

    #[wasm_bindgen(method, catch, js_name = pipeThrough)]
    fn pipe_through(this: &Pipe, transformer: &JsValue) -> Result<Pipe, JsValue>;

    #[wasm_bindgen(method, catch, js_name = getReader)]
    fn reader(this: &Pipe) -> Result<Reader, JsValue>;

    type Reader;

    #[wasm_bindgen(method, catch)]
    async fn read(this: &Reader) -> Result<JsValue, JsValue>;
}

/// The gzip of a text.
pub async fn compress(text: &str) -> Result<Uint8Array, JsValue> {
    let text = Blob::new_with_str_sequence(&Array::of1(&text.into()))?;
    let stream = piped(&text, "CompressionStream")?;
    let response = Response::new_with_opt_readable_stream(Some(&stream))?;
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    Ok(Uint8Array::new(&buffer))
}

/// The text of a gzip.
pub async fn decompress(bytes: &[u8]) -> Result<String, JsValue> {
    decompress_array(&Uint8Array::from(bytes)).await
}

/// The text of a gzip in an array of bytes.
pub async fn decompress_array(bytes: &JsValue) -> Result<String, JsValue> {
    let bytes = Blob::new_with_u8_array_sequence(&Array::of1(bytes))?;
    let reader = piped(&bytes, "DecompressionStream")?.reader()?;
    let pieces = Array::new();
    let mut length = 0;
    loop {
        let step = reader.read().await?;
        if Reflect::get(&step, &"done".into())?.is_truthy() {
            break;
        }
        let piece: Uint8Array = Reflect::get(&step, &"value".into())?.unchecked_into();
        length += piece.length();
        if length > LARGEST_TEXT_BYTES {
            return Err("the compressed text is too long".into());
        }
        pieces.push(&piece);
    }
    let whole = Blob::new_with_u8_array_sequence(&pieces)?;
    let text = JsFuture::from(whole.text()).await?;
    text.as_string().ok_or(JsValue::NULL)
}

fn piped(blob: &Blob, transformer: &str) -> Result<Pipe, JsValue> {
    let class = Reflect::get(&js_sys::global(), &transformer.into())?;
    let class: Function = class.dyn_into()?;
    let transformer = Reflect::construct(&class, &Array::of1(&"gzip".into()))?;
    let stream: Pipe = blob.stream().unchecked_into();
    stream.pipe_through(&transformer)
}
