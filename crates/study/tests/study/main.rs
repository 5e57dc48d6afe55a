//! Tests of the crate through its public surface.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where something is not there"
)]

mod any;
mod archive;
mod backup;
mod clock;
mod csv;
mod devices;
mod export;
mod fake;
mod format;
mod fortnight;
mod helper;
mod integrity;
mod keeper;
mod merge;
mod migrate;
mod preview;
mod queue;
mod reminder;
mod replay;
mod retired;
mod room;
mod saved;
mod schedule;
mod undo;
mod unite;
mod vectors;
mod versions;
