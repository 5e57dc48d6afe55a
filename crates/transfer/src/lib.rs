//! Draws and reads the QR codes by which two devices exchange a log.
//!
//! A wasm module of its own, so that who never exchanges a log never loads it. It knows
//! nothing of logs: texts in, pictures out, and back.

mod draw;
mod read;

use wasm_bindgen::prelude::wasm_bindgen;

/// Draws `text` as an SVG document: black on white with its quiet zone, one unit a module.
///
/// The code is the smallest that holds the text. Upper case, digits and `$%*+-./: ` alone
/// take two thirds of the space that other texts take. `None` (`undefined` in JavaScript)
/// for a text that no code holds: 4,296 characters of that kind, or 2,953 bytes.
#[wasm_bindgen]
pub fn encode(text: &str) -> Option<String> {
    Some(draw::svg(&draw::Modules::of(text)?))
}

/// Reads the codes in a picture.
///
/// `pixels` has a byte for each pixel, 0 being black, or four as a canvas gives them: red,
/// green, blue, and one that is passed over; row by row from the top left. A picture with
/// another number of bytes has no code, and neither has one of more than 4 million pixels
/// or with a side of more than 4,096.
#[wasm_bindgen]
pub fn decode(pixels: &[u8], width: u32, height: u32) -> Vec<String> {
    read::Picture::of(pixels, width, height).map_or_else(Vec::new, |picture| picture.texts())
}
