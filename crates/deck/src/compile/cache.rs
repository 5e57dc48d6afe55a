//! `Cache`: notes as they were compiled before, so that only a note that has changed is compiled.
//!
//! What a note is by itself depends on its path, its text, what is chosen for it and the compiler.
//! A hash of these is the name of a file that holds it. A file that is missing or damaged costs
//! time and nothing else.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::UNIX_EPOCH;
use std::{env, fs, io, process};

use sha2::{Digest, Sha256};

use super::Note;
use super::note::CompiledNote;
use super::settings::Chosen;

/// A folder of compiled notes. Each program needs one of its own.
pub struct Cache {
    folder: PathBuf,
    /// Which program wrote them: another build of it may compile differently.
    program: String,
    /// The names that this run has asked for.
    used: Mutex<BTreeSet<String>>,
}

/// How many bytes of a hash stand before a compiled note.
const CHECK_LEN: usize = 8;

impl Cache {
    /// The cache in a folder, which is made when something is kept. `None` where the system does
    /// not tell which program this is.
    pub fn in_folder(folder: impl Into<PathBuf>) -> Option<Cache> {
        let program = env::current_exe().and_then(fs::metadata).ok()?;
        let built = program.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Cache {
            folder: folder.into(),
            program: format!("{} {}", program.len(), built.as_nanos()),
            used: Mutex::default(),
        })
    }

    /// The note as it was compiled before, or as `compile` compiles it now.
    pub(crate) fn note(
        &self,
        note: &Note,
        chosen: Chosen,
        compile: impl FnOnce(&Note, Chosen) -> CompiledNote,
    ) -> CompiledNote {
        let name = self.name(note, &chosen);
        let kept = self.read(&name);
        let compiled = kept.unwrap_or_else(|| {
            let compiled = compile(note, chosen);
            // A folder that cannot be written to, or a disk that is full, is no reason to fail.
            self.write(&name, &compiled).ok();
            compiled
        });
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.insert(name);
        compiled
    }

    /// Removes what this run has not asked for.
    pub(crate) fn prune(&self) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let is_used = entry
                .file_name()
                .to_str()
                .is_some_and(|name| used.contains(name));
            if !is_used {
                // Another process may have been first.
                fs::remove_file(entry.path()).ok();
            }
        }
    }

    fn name(&self, note: &Note, chosen: &Chosen) -> String {
        let mut hash = Sha256::new();
        for field in [&self.program, &note.path, &format!("{chosen:?}")] {
            hash.update(field);
            hash.update([0]);
        }
        hash.update(&note.bytes);
        hash.finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    fn read(&self, name: &str) -> Option<CompiledNote> {
        let file = fs::read(self.folder.join(name)).ok()?;
        let (check, bytes) = file.split_at_checked(CHECK_LEN)?;
        let is_whole = Sha256::digest(bytes).starts_with(check);
        is_whole.then(|| postcard::from_bytes(bytes).ok())?
    }

    /// Writes a file beside it and gives it the name, so that nobody reads half of it.
    fn write(&self, name: &str, compiled: &CompiledNote) -> io::Result<()> {
        let bytes = postcard::to_allocvec(compiled).map_err(io::Error::other)?;
        let mut file = Sha256::digest(&bytes)[..CHECK_LEN].to_vec();
        file.extend(bytes);
        fs::create_dir_all(&self.folder)?;
        let half = self.folder.join(format!("{name}.{}", process::id()));
        fs::write(&half, file)?;
        fs::rename(half, self.folder.join(name))
    }
}
