//! The checksum of a line: CRC-32 as in zip and PNG.
//!
//! Eight bytes at a step, since every line of the log is checked at every start. The tables of
//! that are made at the first use: in the bundle they would be 8 KB that do not compress.

use std::sync::OnceLock;

const STEP_BYTES: usize = 8;

/// `[n][byte]` is what a byte does to the checksum once `n` further bytes have passed.
type Tables = [[u32; 256]; STEP_BYTES];

static TABLES: OnceLock<Tables> = OnceLock::new();

/// The CRC-32 (IEEE 802.3) of bytes.
pub fn crc32(bytes: &[u8]) -> u32 {
    let tables = TABLES.get_or_init(tables);
    let (steps, rest) = bytes.as_chunks::<STEP_BYTES>();
    let mut crc = !0;
    for step in steps {
        let [a, b, c, d, e, f, g, h] = *step;
        let low = crc ^ u32::from_le_bytes([a, b, c, d]);
        let [a, b, c, d] = low.to_le_bytes();
        let bytes = [h, g, f, e, d, c, b, a];
        crc = 0;
        for (table, byte) in tables.iter().zip(bytes) {
            crc ^= table[usize::from(byte)];
        }
    }
    for &byte in rest {
        crc = tables[0][usize::from(crc as u8 ^ byte)] ^ (crc >> 8);
    }
    !crc
}

fn tables() -> Tables {
    let mut tables = [[0; 256]; STEP_BYTES];
    for (byte, slot) in (0..).zip(&mut tables[0]) {
        let mut crc: u32 = byte;
        for _ in 0..8 {
            let polynomial = if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
            crc = (crc >> 1) ^ polynomial;
        }
        *slot = crc;
    }
    for later in 1..STEP_BYTES {
        for byte in 0..256 {
            let crc = tables[later - 1][byte];
            tables[later][byte] = tables[0][usize::from(crc as u8)] ^ (crc >> 8);
        }
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_published_check_value_comes_out() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b""), 0);
    }

    proptest! {
        #[test]
        fn any_bytes_give_what_an_independent_implementation_gives(bytes: Vec<u8>) {
            prop_assert_eq!(crc32(&bytes), crc32fast::hash(&bytes));
        }
    }
}
