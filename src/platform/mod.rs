//! The browser behind plain functions: everything here touches `web_sys`, and
//! nothing outside of `platform/` and `ui/` does.

pub mod clock;
pub mod files;
pub mod offline;
pub mod page;
pub mod storage;
