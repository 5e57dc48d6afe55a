//! The steps from what an earlier version has saved to what this one saves, numbered without a
//! gap. Each can be interrupted anywhere: the log is then still what it was, and the step is
//! taken again at the next start.

use crate::archive::{Archive, put_device, put_meta, puts, settle};
use crate::event::Event;
use crate::export::export_text;
use crate::format::{FORMAT, Format, key};
use crate::heads::Heads;
use crate::id::DeviceId;
use crate::keeper::log::read_log;
use crate::keeper::{KeyValue, StoreError};
use std::future::Future;

/// What each migration does, in their order: the first leads from version 1 to version 2.
pub const MIGRATIONS: [&str; 1] = ["the log is kept in the archive too"];

const _: () = assert!(MIGRATIONS.len() + 1 == FORMAT as usize);

/// Where a backup goes.
pub trait Ring {
    /// Keeps the text of a log, and returns when it was read back and is the same.
    fn back_up(&self, text: &str) -> impl Future<Output = Result<(), StoreError>>;
}

/// Takes the log from a version to [`FORMAT`], after a backup. After an error it has the version
/// that it had before, or a later one, and it is whole.
pub async fn migrate<S: KeyValue, A: Archive, R: Ring>(
    store: &S,
    scope: &str,
    archive: &A,
    ring: &R,
    from: u32,
) -> Result<(), StoreError> {
    for version in from..FORMAT {
        match version {
            1 => into_archive(store, scope, archive, ring).await?,
            _ => return Err(StoreError::Other(format!("no migration from {version}"))),
        }
    }
    Ok(())
}

/// From version 1 to 2.
async fn into_archive<S: KeyValue, A: Archive, R: Ring>(
    store: &S,
    scope: &str,
    archive: &A,
    ring: &R,
) -> Result<(), StoreError> {
    let log = read_log(store, scope, &Heads::default());
    if let Some(trouble) = log.trouble {
        return Err(trouble);
    }
    let events = each_once(log.events);
    if !events.is_empty() {
        ring.back_up(&export_text(&events)).await?;
    }
    let format = Format {
        version: 2,
        reader: 1,
        writer: 2,
    }
    .encode();
    let mut changes = puts(&events);
    changes.push(put_meta("format", &format));
    let device = store.get(&format!("quire:{scope}:device"))?;
    let device = device.and_then(|text| text.parse::<DeviceId>().ok());
    changes.extend(device.map(put_device));
    archive.commit(changes).await?;
    // Last: from here on the store, too, says that there is more to the log than itself.
    store.set(&key(scope), &format)
}

fn each_once(events: Vec<Event>) -> Vec<Event> {
    let mut ids = Heads::default();
    let (mut once, mut again) = (Vec::with_capacity(events.len()), Vec::new());
    for event in events {
        if ids.insert(event.id) {
            once.push(event);
        } else {
            again.push(event);
        }
    }
    settle(&mut once, again);
    once
}
