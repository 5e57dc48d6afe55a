//! The names of built files: which of them carry the hash of their content, and which are
//! no part of the first load.

/// How the files begin that are loaded on demand: those of the crate that draws and reads
/// QR codes.
pub const TRANSFER: &str = "transfer";

/// The folder of the images of the notes, below the root of the site.
pub const NOTES: &str = "notes";

/// The fewest digits that count as a hash.
const HASH_DIGITS: usize = 8;

/// Whether `name` carries the hash of its content, as `quire-0a1b2c3d.js` and
/// `quire-0a1b2c3d_bg.wasm` do. Such a file never changes.
pub fn is_hashed(name: &str) -> bool {
    name.match_indices('-').any(|(dash, _)| {
        let rest = &name[dash + 1..];
        let digits = rest.bytes().take_while(|byte| is_hash_digit(*byte)).count();
        digits >= HASH_DIGITS && matches!(rest.as_bytes().get(digits), Some(b'.' | b'_'))
    })
}

/// Whether `name`, hashed or not yet, is a file that only who asks for it loads.
pub fn is_on_demand(name: &str) -> bool {
    name.strip_prefix(TRANSFER)
        .is_some_and(|rest| rest.starts_with(['-', '_', '.']))
}

fn is_hash_digit(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: bool) {
        assert_eq!(is_hashed(name), expected, "{name}");
    }

    #[test]
    fn a_run_of_hexadecimal_digits_after_a_dash_is_a_hash() {
        check("quire-0123456789abcdef.js", true);
        check("quire-0123456789abcdef_bg.wasm", true);
        check("quire-01234567.css.br", true);
    }

    #[test]
    fn the_files_of_the_second_module_are_told_apart() {
        for name in [
            "transfer_bg.wasm",
            "transfer.js",
            "transfer-0123456789abcdef_bg.wasm",
            "transfer-0123456789abcdef.js",
        ] {
            assert!(is_on_demand(name), "{name}");
        }
        for name in ["quire_bg.wasm", "transferring.js", "my-transfer.js"] {
            assert!(!is_on_demand(name), "{name}");
        }
    }

    #[test]
    fn names_without_a_hash_are_told_apart() {
        for name in [
            "index.html",
            "sw.js",
            "icon-512.png",
            "apple-touch-icon.png",
            "boot.js",
        ] {
            check(name, false);
        }
        check("test-clock.js", false);
        check("quire-0123456.js", false);
        check("quire-0123456789abcdefg.js", false);
        check("x-deadbeef", false);
    }
}
