//! What Trunk tells its hook: where the built files are, and what kind of build it was.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::{content, workspace};

/// The folder that Trunk is about to turn into `dist/`, and how much work it is worth.
#[derive(Debug)]
pub struct Stage {
    /// Trunk's staging folder, with everything of the build at its root.
    pub folder: PathBuf,
    /// The kind of build.
    pub kind: BuildKind,
    /// The folder of notes that the app was built from.
    pub notes: PathBuf,
}

/// How far the built files are finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuildKind {
    /// Rebuilt at each change of a note: no worker, nothing compressed.
    Watch,
    /// A cheap profile, as tests use it: everything is there, compressed quickly.
    Quick,
    /// What is deployed: as small as the tools at hand can make it.
    Release,
}

impl Stage {
    /// Reads Trunk's environment variables and `QUIRE_WATCH`.
    ///
    /// # Errors
    ///
    /// Fails when this is not run by Trunk, or when the staging folder is not there.
    pub fn from_env() -> Result<Stage> {
        let folder = env::var_os("TRUNK_STAGING_DIR")
            .map(PathBuf::from)
            .context(
                "TRUNK_STAGING_DIR is not set: Trunk runs this step; use `cargo xtask build`",
            )?;
        if !folder.is_dir() {
            bail!("TRUNK_STAGING_DIR is not a folder: {}", folder.display());
        }
        let watch = env::var("QUIRE_WATCH").ok();
        let profile = env::var("TRUNK_PROFILE").ok();
        let kind = BuildKind::of(watch.as_deref(), profile.as_deref());
        // As build.rs finds them.
        let notes = env::var_os(content::VARIABLE).filter(|folder| !folder.is_empty());
        let notes = workspace::root().join(notes.unwrap_or_else(|| "content".into()));
        Ok(Stage {
            folder,
            kind,
            notes,
        })
    }
}

impl BuildKind {
    /// Watching comes first: a watch build is a release build that must be ready soon.
    fn of(watch: Option<&str>, profile: Option<&str>) -> BuildKind {
        match (watch, profile) {
            (Some("1"), _) => BuildKind::Watch,
            (_, Some("release")) => BuildKind::Release,
            _ => BuildKind::Quick,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::BuildKind;

    #[track_caller]
    fn check(watch: Option<&str>, profile: Option<&str>, kind: BuildKind) {
        assert_eq!(BuildKind::of(watch, profile), kind);
    }

    #[test]
    fn the_environment_tells_the_kind_of_build() {
        check(None, Some("release"), BuildKind::Release);
        check(Some("0"), Some("release"), BuildKind::Release);
        check(None, Some("debug"), BuildKind::Quick);
        check(None, None, BuildKind::Quick);
        check(Some("1"), Some("release"), BuildKind::Watch);
        check(Some("1"), None, BuildKind::Watch);
    }
}
