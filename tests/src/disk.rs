//! The disk that a browser's profile is on: the machine's own, or a small one that can be full.

use crate::machine::Disk;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Room for a profile of each engine, and little more.
const SMALL: &str = "size=120m,mode=0777";

/// A mounted disk, or just a folder. What was mounted is taken away when it is dropped.
pub(crate) struct Folder {
    path: PathBuf,
    is_mounted: bool,
}

impl Folder {
    pub(crate) fn make(path: &Path, disk: Disk) -> Self {
        fs::create_dir(path).expect("the test's own folder is new");
        let is_mounted = disk == Disk::Small;
        if is_mounted {
            let target = path.display().to_string();
            let words = ["mount", "-t", "tmpfs", "-o", SMALL, "quire-test", &target];
            assert!(
                as_root(&words),
                "`{}` failed: a full disk can be tried only where a small one may be mounted, \
                 as root or by a sudo that asks for no password",
                words.join(" ")
            );
        }
        Self {
            path: path.to_owned(),
            is_mounted,
        }
    }

    /// Writes until not one more byte fits.
    pub(crate) fn fill(&self) {
        assert!(self.is_mounted, "only a small disk may be filled");
        let mut ballast = File::create(self.ballast()).expect("a file without bytes fits");
        let mut piece = vec![b'x'; 1 << 20];
        while !piece.is_empty() {
            if ballast.write_all(&piece).is_err() {
                piece.truncate(piece.len() / 2);
            }
        }
    }

    /// Takes away what `fill` wrote.
    pub(crate) fn free(&self) {
        fs::remove_file(self.ballast()).expect("the disk was filled before");
    }

    fn ballast(&self) -> PathBuf {
        self.path.join("ballast")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.is_mounted {
            as_root(&["umount", "-l", &self.path.display().to_string()]);
        }
    }
}

fn as_root(words: &[&str]) -> bool {
    let runs = |words: &[&str]| {
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    runs(words) || runs(&[&["sudo", "-n"], words].concat())
}
