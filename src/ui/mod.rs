//! The screens and what they share; each has its css beside it.

mod answer;
mod backups;
mod breadcrumb;
mod card_page;
mod cards;
mod devices;
mod dom;
mod edited;
mod importing;
mod link;
mod news;
mod notices;
mod settings;
mod shapes;
mod shell;
mod storage;
mod study;
mod today;
mod transfer;
mod words;

pub use shell::mount;
