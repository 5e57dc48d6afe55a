//! Takes the names of functions out of the wasm: they are for debuggers, and a third of a
//! build that no wasm-opt has shrunk.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

const HEADER: &[u8] = b"\0asm\x01\0\0\0";
const CUSTOM_SECTION: u8 = 0;

/// Removes the names from the file, where it has any.
///
/// # Errors
///
/// Fails when the file cannot be read or written.
pub fn strip(wasm: &Path) -> Result<()> {
    let bytes = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    match without_names(&bytes) {
        Some(rest) if rest.len() < bytes.len() => {
            fs::write(wasm, rest).with_context(|| format!("cannot write {}", wasm.display()))
        }
        _ => Ok(()),
    }
}

/// The module without its custom section `name`; `None` for what is no wasm module.
fn without_names(module: &[u8]) -> Option<Vec<u8>> {
    let mut rest = module.strip_prefix(HEADER)?;
    let mut kept = HEADER.to_vec();
    while let Some((&kind, after_kind)) = rest.split_first() {
        let (size, body) = unsigned(after_kind)?;
        let section_bytes = rest.len() - body.len() + size;
        let content = body.get(..size)?;
        if !(kind == CUSTOM_SECTION && is_called_name(content)) {
            kept.extend_from_slice(&rest[..section_bytes]);
        }
        rest = &rest[section_bytes..];
    }
    Some(kept)
}

/// A custom section begins with the length of its name and the name.
fn is_called_name(content: &[u8]) -> bool {
    content.starts_with(b"\x04name")
}

/// Reads an unsigned LEB128 number of at most 32 bits.
fn unsigned(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut number = 0usize;
    for (index, byte) in bytes.iter().take(5).enumerate() {
        number |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((number, &bytes[index + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{HEADER, strip, without_names};

    /// A module of sections, each a kind and its content.
    fn module(sections: &[(u8, &[u8])]) -> Vec<u8> {
        let mut bytes = HEADER.to_vec();
        for (kind, content) in sections {
            bytes.push(*kind);
            // Two bytes for the size, as linkers pad them.
            let size = content.len() as u8;
            bytes.extend([size | 0x80, 0]);
            bytes.extend_from_slice(content);
        }
        bytes
    }

    #[test]
    fn only_the_names_go() {
        let code: (u8, &[u8]) = (10, b"\x00code");
        let features: (u8, &[u8]) = (0, b"\x0ftarget_features\x00");
        let before = module(&[code, (0, b"\x04name\x01\x02\x03"), features]);
        let after = module(&[code, features]);
        assert_eq!(without_names(&before), Some(after.clone()));
        assert_eq!(without_names(&after), Some(after));
    }

    #[test]
    fn what_is_no_module_is_left_alone() {
        for bytes in [&b"as built"[..], b"", b"\0asm\x01\0\0\0\x0a\x7fcut"] {
            assert_eq!(without_names(bytes), None);
        }
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("app_bg.wasm");
        std::fs::write(&file, b"as built").unwrap();
        strip(&file).unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), b"as built");
    }
}
