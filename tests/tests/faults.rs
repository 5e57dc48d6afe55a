//! The fault table: what befalls browsers, disks, files and clocks, and what it may cost, which is
//! nothing that was acknowledged. Each row is tried in every engine whose driver allows it.

mod clock;
mod damage;
mod files;
mod kill;
mod storage;
mod tabs;
mod versions;
