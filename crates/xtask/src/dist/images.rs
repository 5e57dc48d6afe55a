//! The images of the notes, as files of the site.
//!
//! A build script may write nowhere but to its own folder, so the notes are asked again here.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::content::{self, Begin};

/// Writes the images that the notes show, under the names that the compiled notes know them by.
///
/// # Errors
///
/// Fails when the folder of notes or an image cannot be read, or the site cannot be written.
pub fn write(site: &Path, notes: &Path) -> Result<()> {
    for image in content::compiled(notes, Begin::Nothing)?.images {
        let bytes = image.content.read();
        let bytes = bytes.with_context(|| format!("cannot read the image {}", image.path))?;
        let target = site.join(&image.name);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&target, bytes).with_context(|| format!("cannot write {}", target.display()))?;
    }
    Ok(())
}
