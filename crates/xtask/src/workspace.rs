//! Where this workspace is, and what its Cargo.lock says.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The root of the workspace. Cargo says it when it runs xtask; a binary
/// started by hand falls back to the place where it was compiled.
pub fn root() -> PathBuf {
    let manifest_dir = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let root = manifest_dir.ancestors().nth(2);
    root.unwrap_or(&manifest_dir).to_path_buf()
}

/// The version of `package` that Cargo.lock fixes.
pub fn locked_version(package: &str) -> Result<String> {
    let path = root().join("Cargo.lock");
    let lock = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}; it belongs to the clone", path.display()))?;
    version_in_lock(&lock, package)
        .map(str::to_owned)
        .with_context(|| format!("{} holds no package `{package}`", path.display()))
}

/// `path` as a reader wants it: from the root of the workspace where it lies inside.
pub fn shown(path: &Path) -> String {
    let inside = path.strip_prefix(root()).unwrap_or(path);
    inside.display().to_string()
}

/// The first entry of `package`; its `version` line follows its `name` line.
fn version_in_lock<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let mut lines = lock.lines();
    lines.find(|line| quoted_after(line, "name = ") == Some(package))?;
    quoted_after(lines.next()?, "version = ")
}

fn quoted_after<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    line.strip_prefix(key)?.strip_prefix('"')?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "\
version = 4

[[package]]
name = \"wasm-bindgen-macro\"
version = \"0.2.1\"

[[package]]
name = \"wasm-bindgen\"
version = \"0.2.129\"
source = \"registry\"
dependencies = [
 \"wasm-bindgen-macro\",
]
";

    #[test]
    fn the_version_of_a_package_is_read_from_the_lock() {
        assert_eq!(version_in_lock(LOCK, "wasm-bindgen"), Some("0.2.129"));
        assert_eq!(version_in_lock(LOCK, "wasm-bindgen-macro"), Some("0.2.1"));
    }

    #[test]
    fn a_package_that_is_not_locked_has_no_version() {
        assert_eq!(version_in_lock(LOCK, "wasm"), None);
        assert_eq!(version_in_lock("name = \"wasm\"", "wasm"), None);
    }

    #[test]
    fn this_workspace_locks_wasm_bindgen() {
        let version = locked_version("wasm-bindgen").unwrap();
        assert!(version.starts_with("0.2."), "{version}");
    }
}
