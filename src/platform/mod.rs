//! The browser behind plain functions: everything here touches `web_sys`, and
//! nothing outside of `platform/` and `ui/` does.

pub mod clock;
pub mod codes;
pub mod database;
pub mod files;
pub mod gzip;
mod idb;
pub mod offline;
pub mod page;
pub mod space;
pub mod storage;
pub mod tabs;
