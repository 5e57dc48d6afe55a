//! The browser behind plain functions: nothing but this and `ui/` names the
//! browser's own types.

pub mod clock;
pub mod codes;
pub mod database;
pub mod files;
pub mod gzip;
mod idb;
pub mod offline;
pub mod page;
mod seen;
pub mod space;
pub mod storage;
pub mod tabs;
#[cfg(quire_watch)]
pub mod watch;
