//! Any bytes are refused as a bundle, or read without a panic.
#![no_main]

use deck_fuzz::read_everything;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    read_everything(input);
    // Behind a header that says which format it is, so that more than the header is read.
    let empty = deck::compile(&deck::Folder::default(), &deck::Settings::default()).to_bytes();
    read_everything(&[&empty[..8], input].concat());
});
