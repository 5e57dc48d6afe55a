//! Compressed copies beside the files, for hosts that send them as they lie there.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::stage::BuildKind;

/// Endings of files that are not compressed already.
const COMPRESSIBLE: [&str; 8] = [
    ".html",
    ".js",
    ".css",
    ".wasm",
    ".json",
    ".svg",
    ".webmanifest",
    ".txt",
];

#[derive(Clone, Copy)]
struct Effort {
    brotli_quality: i32,
    gzip_level: u32,
}

/// Writes `.br` and `.gz` beside each file where they are smaller.
///
/// # Errors
///
/// Fails when a file cannot be read or written.
pub fn compress_folder(folder: &Path, kind: BuildKind) -> Result<()> {
    let Some(effort) = effort_of(kind) else {
        return Ok(());
    };
    for path in files_below(folder)? {
        if COMPRESSIBLE.iter().any(|ending| path.ends_with(ending)) {
            let bytes = fs::read(folder.join(&path))?;
            write_if_smaller(
                &folder.join(format!("{path}.br")),
                &bytes,
                &brotli(&bytes, effort)?,
            )?;
            write_if_smaller(
                &folder.join(format!("{path}.gz")),
                &bytes,
                &gzip(&bytes, effort)?,
            )?;
        }
    }
    Ok(())
}

/// Every file below the folder, as sorted relative paths with `/`.
///
/// # Errors
///
/// Fails when a folder cannot be read.
pub fn files_below(folder: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    collect(folder, "", &mut files)?;
    files.sort();
    Ok(files)
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// A deployed file is compressed once and sent for years; one of a test is sent once.
fn effort_of(kind: BuildKind) -> Option<Effort> {
    match kind {
        BuildKind::Release => Some(Effort {
            brotli_quality: 11,
            gzip_level: 9,
        }),
        BuildKind::Quick => Some(Effort {
            brotli_quality: 4,
            gzip_level: 6,
        }),
        BuildKind::Watch => None,
    }
}

fn write_if_smaller(path: &Path, original: &[u8], compressed: &[u8]) -> Result<()> {
    if compressed.len() < original.len() {
        fs::write(path, compressed)?;
    }
    Ok(())
}

fn brotli(bytes: &[u8], effort: Effort) -> Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: effort.brotli_quality,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &params)?;
    Ok(compressed)
}

fn gzip(bytes: &[u8], effort: Effort) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(effort.gzip_level));
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
