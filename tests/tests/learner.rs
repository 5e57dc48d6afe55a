//! What a learner can rely on, tried in a real browser. Each test has its own site, browser and
//! clock; run them by `cargo xtask test`.

mod every_engine;

mod backups;
mod deploy;
mod devices;
mod faults;
mod first_run;
mod kinds;
mod links;
mod news;
mod offline;
mod progress;
mod sections;
mod settings;
mod storage;
mod strict;
mod tables;
mod transfer;
mod writing;

mod engines;
mod harness;
mod study;
