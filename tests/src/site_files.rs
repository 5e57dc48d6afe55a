//! What a static host answers for a path: the file, its type, and how long it may be kept.

use std::fs;
use std::path::{Component, Path, PathBuf};

/// One answer of the site, before it is turned into HTTP.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) mime: &'static str,
    pub(crate) body: Vec<u8>,
}

/// Answers as GitHub Pages does: the file, `index.html` for a folder, else `404.html` with the
/// status 404, which is how a deep link reaches the app on a first visit.
pub(crate) fn answer(folder: &Path, path: &str) -> Answer {
    if let Some(file) = existing(folder, path) {
        return read(&file, 200);
    }
    not_found(folder)
}

/// The answer for a path that is not there.
pub(crate) fn not_found(folder: &Path) -> Answer {
    let page = folder.join("404.html");
    if page.is_file() {
        return read(&page, 404);
    }
    Answer {
        status: 404,
        mime: "text/plain; charset=utf-8",
        body: b"not found".to_vec(),
    }
}

/// Whether the name of this file changes with its content: `name-0123abcd….ext`.
pub(crate) fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split(['-', '.', '_'])
        .any(|piece| piece.len() >= 8 && piece.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The media type that belongs to a file's name.
pub(crate) fn mime(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn existing(folder: &Path, path: &str) -> Option<PathBuf> {
    let relative = Path::new(path);
    let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    if !relative.components().all(plain) {
        return None;
    }
    let file = folder.join(relative);
    if file.is_file() {
        return Some(file);
    }
    let index = file.join("index.html");
    index.is_file().then_some(index)
}

fn read(file: &Path, status: u16) -> Answer {
    let body = fs::read(file).expect("a file that is there can be read");
    let mime = mime(&file.to_string_lossy());
    Answer { status, mime, body }
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[track_caller]
    fn check(path: &str, hashed: bool) {
        assert_eq!(is_hashed(path), hashed, "{path}");
    }

    #[test]
    fn a_hash_in_a_name_is_recognised() {
        check("quire-0123456789abcdef.js", true);
        check("quire-0123456789abcdef_bg.wasm", true);
        check("icons/icon-192.png", false);
        check("index.html", false);
        check("manifest.webmanifest", false);
    }
}
