//! Tests of the crate through its public surface.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where something is not there"
)]

mod helper;

mod export;
mod fortnight;
mod keeper;
mod queue;
mod replay;
mod saved;
mod schedule;
mod undo;
mod vectors;
