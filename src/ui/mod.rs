//! The screens and what they share; each has its css beside it.

mod answer;
mod card_page;
mod cards;
mod dom;
mod link;
mod notices;
mod settings;
mod shapes;
mod shell;
mod study;
mod today;
mod words;

pub use shell::mount;
