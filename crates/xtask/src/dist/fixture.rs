//! A small staged build for the tests of this folder, as Trunk leaves one.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::stage::{BuildKind, Stage};

/// What Trunk stages: tags of its own are left in the page, and nothing has its last name.
pub const INDEX: &str = r#"<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <base href="/quire/" />
    <title>Quire</title>
    <!-- quire:head -->
    <link rel="icon" href="icons/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/quire/tokens.css" integrity="sha384-old"/>
    <link rel="stylesheet" href="/quire/base.css" integrity="sha384-old"/>
    <link data-trunk rel="rust" href="Cargo.toml" data-bin="quire" data-trunk-id="3" />
    <link data-trunk rel="rust" href="crates/transfer/Cargo.toml" data-type="worker" data-trunk-id="4" />
  </head>
  <body><noscript>Quire needs JavaScript.</noscript><div id="app"></div></body>
</html>
"#;

/// A build that was staged but not finished.
pub fn staged(kind: BuildKind) -> (TempDir, Stage) {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| write_file(folder.path(), path, text);
    write("index.html", INDEX);
    write("tokens.css", ":root { --bg: white; }\n\n");
    write("base.css", "html { background: var(--bg); }\n");
    write(
        "quire.js",
        &"export default async function init() {}\n".repeat(20),
    );
    write("quire_bg.wasm", &"\0asm, or so".repeat(50));
    write("transfer.js", &"export function decode() {}\n".repeat(20));
    write("transfer_bg.wasm", &"\0asm of codes".repeat(50));
    write("icons/icon.svg", "<svg/>");
    for name in ["boot.js", "sw.js", "manifest.webmanifest"] {
        let source = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../public")
            .join(name);
        fs::copy(source, folder.path().join(name)).unwrap();
    }
    // Beside the site, and empty as long as a test writes no notes there.
    let notes = folder.path().join(".notes");
    fs::create_dir(&notes).unwrap();
    let stage = Stage {
        folder: folder.path().to_owned(),
        kind,
        notes,
    };
    (folder, stage)
}

/// Writes a file and the folders above it.
pub fn write_file(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Reads a text file of the site.
pub fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap()
}

/// The one file whose path begins and ends so.
#[track_caller]
pub fn find(folder: &Path, start: &str, end: &str) -> String {
    let mut files = super::compress::files_below(folder).unwrap();
    files.retain(|path| path.starts_with(start) && path.ends_with(end));
    assert_eq!(files.len(), 1, "{start}…{end}: {files:?}");
    files.remove(0)
}
