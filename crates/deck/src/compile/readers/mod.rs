//! The readers: each finds the cards of one convention.
//!
//! **How conventions compose.** Readers look at one section after another: a heading and what
//! stands below it. With `headings` a heading that is a question is a card with the whole section
//! as its answer, whatever else is found in there; those are further cards. Without `headings`
//! the heading is no card, and its text stands in the breadcrumb of the cards below it.
//!
//! A line belongs to one card only: of `prefixes`, `separators`, `choices`, `tables`, `tagged` and
//! `inline` the first that makes a card of it has it. Clozes and highlights are looked for in the
//! answers of all of them too. A heading whose answer begins with options, or that has the tag
//! `#card`, makes that card instead of its plain one.
//!
//! What made a card does not stand in the introduction as well: a block is left there if any of it
//! belongs to no card.
//!
//! **Never scanned:** code in any form, HTML and what `<code>` encloses, math, links and their
//! addresses, images, footnotes, and characters behind a backslash.

mod headings;

mod prefixes;

mod separators;

mod choices;
mod tables;
mod tagged;

mod inline;

mod clozes;

mod bold;

mod braces;
mod inline_notes;
mod marks;

mod cut;
mod flat;
mod runs;

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::markdown::{Block, Piece, blocks, heading_level, inner};
use super::outline::{Section, is_visible, section_name};
use super::parts::RawPart;
use super::settings::{Convention, Settings};
use super::source::Findings;
use super::text::inline_text;

pub(crate) use bold::mend_bold;
pub(crate) use inline_notes::{InlineNote, inline_notes};
pub(crate) use marks::prepare;

/// A card as it stands in the note, not yet rendered.
#[derive(Default)]
pub(crate) struct RawCard<'t> {
    /// Where the question stands.
    pub(crate) offset: usize,
    /// The question: inline pieces, without the element around them.
    pub(crate) question: Vec<Piece<'t>>,
    /// The blocks that are shown below the question before the answer.
    pub(crate) given: Vec<Piece<'t>>,
    /// The blocks of the answer.
    pub(crate) answer: Vec<Vec<Piece<'t>>>,
    /// The answer already divided, where the convention says what its parts are.
    pub(crate) parts: Vec<RawPart<'t>>,
    /// The headings above the card, from the outermost on, as text.
    pub(crate) section: Vec<String>,
    /// Tags beside those of the note.
    pub(crate) tags: Vec<String>,
    /// The text that the card's id is made from, where the question alone is not it: siblings made
    /// from one place need different ids.
    pub(crate) identity: Option<String>,
    /// The bytes of the note that the card is made from.
    pub(crate) covers: Range<usize>,
}

/// Finds the cards of one convention in a section of a note.
pub(crate) trait Reader {
    /// The cards, in the order of the note, and what is only half of one. `text` is that of the
    /// whole note.
    fn read<'t>(
        &self,
        section: &Section<'_, 't>,
        text: &str,
        findings: &mut Findings,
    ) -> Vec<RawCard<'t>>;
}

/// Conventions in the order in which they take lines. Headings come last of all.
const ORDER: [Convention; 8] = [
    Convention::Prefixes,
    Convention::Separators,
    Convention::Choices,
    Convention::Tables,
    Convention::Tagged,
    Convention::Inline,
    Convention::Highlights,
    Convention::Clozes,
];

/// The cards of a section by every convention that the settings name, in the order of the note.
pub(crate) fn read<'t>(
    section: &Section<'_, 't>,
    text: &str,
    settings: &Settings,
    findings: &mut Findings,
) -> Vec<RawCard<'t>> {
    let has = |convention: Convention| settings.cards.contains(&convention);
    let mut cards: Vec<RawCard> = Vec::new();
    for convention in ORDER.into_iter().filter(|&convention| has(convention)) {
        let is_mark = matches!(convention, Convention::Highlights | Convention::Clozes);
        let taken = Covered::by(&cards);
        let found = reader(convention).read(section, text, findings);
        let is_free = |card: &RawCard| is_mark || !taken.has(card.offset);
        cards.extend(found.into_iter().filter(is_free));
    }
    let mut path = section.path.clone();
    if has(Convention::Headings) {
        cards.extend(plain(section, &cards, text, findings));
    } else {
        let text = |heading| section_name(inline_text(inner(heading)));
        path.extend(section.question.map(text));
        path.retain(|name| !name.is_empty());
    }
    for card in cards.iter_mut().filter(|card| card.section.is_empty()) {
        card.section.clone_from(&path);
    }
    cards.sort_by_key(|card| card.offset);
    cards
}

/// The blocks of a section that no card is made of, its heading among them.
pub(crate) fn leftover<'p, 't>(
    section: &Section<'p, 't>,
    cards: &[RawCard],
    settings: &Settings,
) -> Vec<Block<'p, 't>> {
    let covered = Covered::by(cards);
    let blocks = section.blocks.iter().copied();
    let left: Vec<Block> = blocks.filter(|block| !covered.has_all(block)).collect();
    // A heading with nothing below it tells nothing: the cards carry its name.
    let says_something = |block: &Block| heading_level(block).is_none() && is_visible(block);
    if !left.iter().any(says_something) {
        return Vec::new();
    }
    let is_heading_lost = !settings.cards.contains(&Convention::Headings);
    let heading = section.question.filter(|_| is_heading_lost);
    heading.into_iter().chain(left).collect()
}

/// The cards of the heading, unless another convention made a card of the heading itself.
fn plain<'t>(
    section: &Section<'_, 't>,
    others: &[RawCard],
    text: &str,
    findings: &mut Findings,
) -> Vec<RawCard<'t>> {
    let Some(heading) = section.question else {
        return headings::Headings.read(section, text, findings);
    };
    let at = heading.first().map_or(0, |piece| piece.range.start);
    if others.iter().any(|card| card.offset == at) {
        return Vec::new();
    }
    let end = section.blocks.last().and_then(|block| block.first());
    let end = end.map_or(at, |piece| piece.range.end);
    let mut cards = headings::Headings.read(section, text, findings);
    for card in cards.iter_mut().filter(|card| card.covers.is_empty()) {
        card.covers = at..end;
    }
    cards
}

/// The sibling that asks the other way round: the answer's first paragraph is its question.
fn reversed<'t>(card: &RawCard<'t>) -> Option<RawCard<'t>> {
    let (question, given) = runs::question_of(&card.answer)?;
    let given_before = blocks(&card.given).into_iter().map(<[_]>::to_vec);
    let asked = runs::paragraph(card.question.clone());
    Some(RawCard {
        offset: card.offset,
        question,
        given,
        answer: std::iter::once(asked).chain(given_before).collect(),
        tags: card.tags.clone(),
        identity: Some(format!("{} [reversed]", inline_text(&card.question))),
        covers: card.covers.clone(),
        ..RawCard::default()
    })
}

fn reader(convention: Convention) -> &'static dyn Reader {
    match convention {
        Convention::Headings => &headings::Headings,
        Convention::Prefixes => &prefixes::Prefixes,
        Convention::Inline => &inline::Inline,
        Convention::Separators => &separators::Separators,
        Convention::Highlights => &clozes::Clozes(clozes::Kind::Highlight),
        Convention::Clozes => &clozes::Clozes(clozes::Kind::Braces),
        Convention::Choices => &choices::Choices,
        Convention::Tables => &tables::Tables,
        Convention::Tagged => &tagged::Tagged,
    }
}

/// The bytes of a note that cards are made from: ranges in order that do not touch.
struct Covered(Vec<Range<usize>>);

impl Covered {
    fn by(cards: &[RawCard]) -> Covered {
        let mut ranges: Vec<Range<usize>> = cards.iter().map(|card| card.covers.clone()).collect();
        ranges.sort_by_key(|range| range.start);
        let mut merged: Vec<Range<usize>> = Vec::new();
        for range in ranges {
            match merged.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        Covered(merged)
    }

    fn has(&self, at: usize) -> bool {
        let index = self.0.partition_point(|range| range.start <= at);
        index > 0 && at < self.0[index - 1].end
    }

    /// Whether cards show all that is to be seen of a block.
    fn has_all(&self, block: Block) -> bool {
        let mut shown = block.iter().filter(|piece| is_shown(piece)).peekable();
        shown.peek().is_some() && shown.all(|piece| self.has(piece.range.start))
    }
}

fn is_shown(piece: &Piece) -> bool {
    match &piece.event {
        Event::Text(text) => !text.trim().is_empty(),
        Event::Start(Tag::CodeBlock(_) | Tag::Image { .. }) => true,
        Event::Start(_) | Event::End(_) | Event::SoftBreak | Event::HardBreak => false,
        _ => true,
    }
}
