//! The screens and what they share; each component has its css beside it.

mod answer;
mod card_page;
mod cards;
mod link;
mod notices;
mod settings;
mod shell;
mod study;
mod today;
mod words;

pub use shell::Quire;
