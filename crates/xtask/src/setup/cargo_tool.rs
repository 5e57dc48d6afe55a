//! Programs that cargo installs, at one exact version.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, bail};

use super::{Install, cache};
use crate::process;

/// A program from the registry of crates.
pub struct CargoTool<'a> {
    /// The crate that holds it.
    pub package: &'a str,
    /// The name of the executable.
    pub program: &'a str,
    /// The only version that fits.
    pub version: &'a str,
    /// How long its compilation takes, for the reader.
    pub minutes: &'a str,
}

impl CargoTool<'_> {
    /// The program: from PATH where its version fits, else from the cache,
    /// else installed into the cache.
    pub fn ensure(&self, install: Install) -> Result<PathBuf> {
        let on_path = process::on_path(self.program).filter(|path| self.fits(path));
        if let Some(path) = on_path {
            return Ok(path);
        }
        let name = format!("{}-{}", self.package, self.version);
        let tools = cache::tools_folder()?;
        if let Some(path) = self.inside(&tools.join(&name)) {
            return Ok(path);
        }
        if install == Install::Nothing {
            bail!(
                "{} {} is missing; leave --skip-setup out, or run \
                 `cargo install --locked {}@{}`",
                self.program,
                self.version,
                self.package,
                self.version
            );
        }
        let is_filled = |folder: &Path| self.inside(folder).is_some();
        let folder = cache::fill_once(&tools, &name, is_filled, |fresh| self.compile_into(fresh))?;
        match self.inside(&folder) {
            Some(path) => Ok(path),
            None => bail!("{} has no working {}", folder.display(), self.program),
        }
    }

    fn compile_into(&self, folder: &Path) -> Result<()> {
        println!(
            "Installing {} {} once, for all clones, into {}",
            self.package,
            self.version,
            folder.parent().unwrap_or(folder).display()
        );
        println!(
            "cargo compiles it now; that takes {} on two cores.",
            self.minutes
        );
        let start = Instant::now();
        let target = folder.join("target");
        let mut cargo = process::cargo();
        cargo
            .args(["install", "--locked"])
            .arg(format!("{}@{}", self.package, self.version))
            .arg("--root")
            .arg(folder)
            .arg("--target-dir")
            .arg(&target)
            // Beside the clone, so that its settings of cargo do not count here.
            .current_dir(folder);
        if let Err(error) = process::run(&mut cargo) {
            bail!(
                "{error}\n{} {} could not be installed: the lines above say why. \
                 Once that is mended, run the same command again; it begins anew.",
                self.package,
                self.version
            );
        }
        // Half a gigabyte that nobody needs again; what stays of it does no harm.
        let _ = std::fs::remove_dir_all(&target);
        println!(
            "Installed {} in {} s.",
            self.package,
            start.elapsed().as_secs()
        );
        Ok(())
    }

    /// The program in a folder that `cargo install --root` filled.
    fn inside(&self, folder: &Path) -> Option<PathBuf> {
        process::executable_in(&folder.join("bin"), self.program).filter(|path| self.fits(path))
    }

    fn fits(&self, program: &Path) -> bool {
        process::output_of(Command::new(program).arg("--version"))
            .is_some_and(|text| version_word(&text) == Some(self.version))
    }
}

/// The version in `wasm-bindgen 0.2.129` or `trunk 0.21.14 (abc)`.
fn version_word(text: &str) -> Option<&str> {
    text.split_whitespace().nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_word_is_the_version() {
        assert_eq!(version_word("wasm-bindgen 0.2.129"), Some("0.2.129"));
        assert_eq!(version_word("trunk 0.21.14 (4a1f)"), Some("0.21.14"));
        assert_eq!(version_word("trunk"), None);
    }

    #[test]
    fn a_program_of_another_version_does_not_fit() {
        let cargo = process::on_path("cargo").unwrap();
        let tool = |version| CargoTool {
            package: "c",
            program: "cargo",
            version,
            minutes: "",
        };
        assert!(!tool("0.0.1").fits(&cargo));
        let text = process::output_of(Command::new(&cargo).arg("--version")).unwrap();
        assert!(tool(version_word(&text).unwrap()).fits(&cargo));
    }
}
