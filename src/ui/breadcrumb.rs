//! Where a card stands: its deck and the headings above it, in one line.

use deck::CardEntry;

use super::answer::direction;
use super::dom::{El, el};
use super::link::cards_link;
use crate::state::{App, Filter};

/// What the steps of the line lead to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Steps {
    /// Nothing: the line is to be read only.
    Plain,
    /// The cards of the deck or section.
    Links,
}

/// The line. Where it is too long the outer steps are cut short; the whole is its title.
pub fn breadcrumb(app: App, card: CardEntry<'static>, steps: Steps) -> El {
    let bundle = app.bundle();
    let depth = card.section().count();
    let filters = (0..=depth).map(|depth| Filter::Section {
        card: card.index(),
        depth,
    });
    let names: Vec<&str> = filters.clone().map(|filter| filter.name(&bundle)).collect();
    let line = el("p")
        .class("breadcrumb")
        .attr("dir", direction(card.direction()))
        .attr("title", &names.join(" › "));
    filters.fold(line, |line, filter| {
        let step = match steps {
            Steps::Plain => el("span"),
            Steps::Links => cards_link(app, Some(filter)),
        };
        let name = el("bdi").text(filter.name(&bundle));
        line.child(step.class("breadcrumb-step").child(name))
            .text(" ")
    })
}
