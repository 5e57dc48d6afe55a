//! Every code of a problem is in the table, in the document, and in a test.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use deck::compile::codes::{CODES, document, find};

#[test]
fn every_code_of_the_compiler_is_in_the_table_and_in_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tests: String = texts(&root.join("tests/compile")).concat();
    let mut used = BTreeSet::new();
    for source in texts(&root.join("src/compile")) {
        used.extend(codes_in(&source));
    }
    assert!(used.len() > 20, "{used:?}");
    for code in &used {
        assert!(
            find(code).is_some(),
            "`{code}` has no entry in src/compile/codes.rs"
        );
        let is_tested = tests.contains(&format!("[{code}]")) || tests.contains(&format!(" {code}"));
        assert!(is_tested, "no test in tests/compile has `{code}`");
    }
    for code in CODES {
        assert!(used.contains(code.name), "nothing reports `{}`", code.name);
    }
}

#[test]
fn the_table_is_sorted_and_says_something_of_each() {
    assert!(CODES.is_sorted_by(|a, b| a.name < b.name));
    for code in CODES {
        assert!(["error", "warning", "error or warning"].contains(&code.severity));
        assert!(
            code.what.ends_with('.') && code.todo.ends_with('.'),
            "{}",
            code.name
        );
    }
}

#[test]
fn the_document_is_made_of_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/problems.md");
    if std::env::var_os("QUIRE_WRITE_DOCS").is_some() {
        fs::write(&path, document()).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap();
    let advice =
        "write docs/problems.md anew: QUIRE_WRITE_DOCS=1 cargo test -p deck --features compile";
    assert!(written == document(), "{advice}");
}

/// The codes in a source: texts in small letters with a `-` where a code is given.
fn codes_in(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let joined: String = source.split_whitespace().collect::<Vec<_>>().join(" ");
    let begins = [
        "error(\"",
        "error( \"",
        "warning(\"",
        "warning( \"",
        "code: \"",
        "CODE: &str = \"",
        "UNKNOWN: &str = \"",
        "Fault::new(\"",
        "Fault::new( \"",
    ];
    let mut codes = Vec::new();
    for begin in begins {
        for (at, _) in joined.match_indices(begin) {
            let rest = &joined[at + begin.len()..];
            let name = rest.split('"').next().unwrap_or_default();
            let is_code = name.contains('-')
                && name
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            if is_code {
                codes.push(name.to_owned());
            }
        }
    }
    codes
}

fn texts(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    let mut paths: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            paths.extend(
                fs::read_dir(path)
                    .expect("the sources can be read")
                    .map(|entry| entry.expect("the sources can be read").path()),
            );
        } else if !path.ends_with("codes.rs") {
            texts.push(fs::read_to_string(path).expect("the sources can be read"));
        }
    }
    texts
}
