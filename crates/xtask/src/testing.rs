//! Help for the unit tests.

use std::fs;
use std::path::PathBuf;

/// A folder of its own for one test, gone when the test is over.
pub struct Scratch(PathBuf);

impl Scratch {
    /// An empty folder; `name` is the test's own.
    pub fn new(name: &str) -> Scratch {
        let folder = std::env::temp_dir().join(format!("quire-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Scratch(folder)
    }

    /// The path of `name` inside; of the folder itself where it is empty.
    pub fn path(&self, name: &str) -> PathBuf {
        if name.is_empty() {
            self.0.clone()
        } else {
            self.0.join(name)
        }
    }

    /// Writes the file `name`, and the folders it lies in.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        let parent = path
            .parent()
            .expect("a scratch file lies in the scratch folder");
        fs::create_dir_all(parent).unwrap();
        fs::write(path, text).unwrap();
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
