//! Any bytes are an event or refused, and what is an event is written as a line of the same event.

#![no_main]

use libfuzzer_sys::fuzz_target;
use study::{decode_line, encode_line};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let _ = decode_line(&text);
    // With the checksum that it lacks, more of it is read.
    let sealed = format!("{text}{:08x}", crc32(text.as_bytes()));
    let Ok(event) = decode_line(&sealed) else {
        return;
    };
    let line = encode_line(&event);
    assert!(line.is_ascii() && !line.contains('\n'));
    assert_eq!(decode_line(&line).as_ref(), Ok(&event));
    assert_eq!(encode_line(&decode_line(&line).expect("it was just read")), line);
});

/// The checksum of a line, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = !0_u32;
    for &byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
        }
    }
    !crc
}
