//! Hashes of built files, in the three shapes that a site needs.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};

/// Sixteen hexadecimal digits for names and versions: the first 64 bits of SHA-256.
pub fn short_hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Integrity metadata for a tag of the page: `sha384-<base64>`.
pub fn sha384_integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// Integrity metadata for the worker's list: `sha256-<base64>`, shorter than the page's.
pub fn sha256_integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::{sha256_integrity, sha384_integrity, short_hash};

    #[test]
    fn hashes_are_those_of_the_standard() {
        // The digests of "abc" in FIPS 180-2, appendices B.1 and D.1.
        assert_eq!(short_hash(b"abc"), "ba7816bf8f01cfea");
        assert_eq!(
            sha256_integrity(b"abc"),
            "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="
        );
        assert_eq!(
            sha384_integrity(b"abc"),
            "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn"
        );
    }
}
