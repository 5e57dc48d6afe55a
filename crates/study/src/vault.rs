//! The ring of backups: written, read back, and only then thinned.

use crate::backup::{BackupName, Reason, superfluous};
use crate::export::promised_events;
use crate::keeper::StoreError;
use crate::time::Now;
use std::fmt;
use std::future::Future;

/// A place for backups: texts by name.
pub trait Vault {
    /// The names of all that is there, in any order.
    fn list(&self) -> impl Future<Output = Result<Vec<String>, StoreError>>;
    /// The text of a name, `None` where there is none.
    fn read(&self, name: &str) -> impl Future<Output = Result<Option<String>, StoreError>>;
    /// Writes a text. Returns when it is durable.
    fn write(&self, name: &str, text: &str) -> impl Future<Output = Result<(), StoreError>>;
    /// Deletes names, those that are not there included.
    fn delete(&self, names: &[String]) -> impl Future<Output = Result<(), StoreError>>;
}

/// A backup that was made and read back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BackedUp {
    /// Its name.
    pub name: BackupName,
    /// How many older ones made room, or why they could not.
    pub thinned: Result<usize, StoreError>,
}

/// Why there is no new backup. No older one was touched.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BackupError {
    /// The text is no export of a log.
    NotALog,
    /// The vault refused.
    Store(StoreError),
    /// The vault took the text, and gave out another or none.
    NotKept,
}

impl fmt::Display for BackupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BackupError::NotALog => f.write_str("the text to back up is no log"),
            BackupError::Store(error) => error.fmt(f),
            BackupError::NotKept => f.write_str("the backup could not be read back as it was"),
        }
    }
}

impl std::error::Error for BackupError {}

impl From<StoreError> for BackupError {
    fn from(error: StoreError) -> BackupError {
        BackupError::Store(error)
    }
}

/// Backs up the export text of a log. What was written is read back and compared before any
/// older backup makes room, and a backup that is made before a restore removes none: the one to
/// be restored may be the oldest. What has a name of another sort is never deleted.
pub async fn back_up<V: Vault>(
    vault: &V,
    text: &str,
    now: Now,
    reason: Reason,
) -> Result<BackedUp, BackupError> {
    let header = text.lines().next().unwrap_or_default();
    let events = promised_events(header).map_err(|_| BackupError::NotALog)?;
    let names = vault.list().await?;
    let name = free_name(&names, now, reason, events);
    let key = name.to_string();
    vault.write(&key, text).await?;
    if vault.read(&key).await?.as_deref() != Some(text) {
        // What is there looks like a backup and is none.
        let _ = vault.delete(&[key]).await;
        return Err(BackupError::NotKept);
    }
    let thinned = match reason {
        Reason::Restore => Ok(0),
        _ => thin(vault, &names, name, now).await,
    };
    Ok(BackedUp { name, thinned })
}

/// Nothing is written over, not even by two backups of one millisecond.
fn free_name(names: &[String], now: Now, reason: Reason, events: u32) -> BackupName {
    let mut name = BackupName {
        utc_ms: now.utc_ms,
        reason,
        events,
    };
    while names.contains(&name.to_string()) {
        name.utc_ms += 1;
    }
    name
}

/// Deletes what is superfluous of the names that were listed and the new one.
async fn thin<V: Vault>(
    vault: &V,
    names: &[String],
    new: BackupName,
    now: Now,
) -> Result<usize, StoreError> {
    let mut backups: Vec<BackupName> = names.iter().filter_map(|name| name.parse().ok()).collect();
    backups.push(new);
    let superfluous = superfluous(&backups, now).into_iter();
    let superfluous = superfluous.filter(|name| *name != new);
    let names: Vec<String> = superfluous.map(|name| name.to_string()).collect();
    if !names.is_empty() {
        vault.delete(&names).await?;
    }
    Ok(names.len())
}
