//! The outline of a note: its title, what stands outside the cards, and the cards.

use pulldown_cmark::{Event, HeadingLevel, Tag};

use super::html;
use super::markdown::{Block, Piece, heading_level};
use super::text::block_text;

/// The blocks of a note, told apart by its headings of the first and the second level.
#[derive(Default)]
pub(crate) struct Outline<'p, 't> {
    /// The first heading of the first level.
    pub(crate) title: Option<Block<'p, 't>>,
    /// What stands outside the cards, with further headings of the first level.
    pub(crate) intro: Vec<Block<'p, 't>>,
    pub(crate) cards: Vec<Section<'p, 't>>,
}

/// A heading of the second level and what stands below it.
pub(crate) struct Section<'p, 't> {
    pub(crate) heading: Block<'p, 't>,
    pub(crate) answer: Vec<Block<'p, 't>>,
}

/// Tells the blocks of a note apart. Rules between blocks are decoration and dropped.
pub(crate) fn outline<'p, 't>(blocks: &[Block<'p, 't>]) -> Outline<'p, 't> {
    let mut outline = Outline::default();
    let mut is_in_card = false;
    for &block in blocks {
        match heading_level(block) {
            Some(HeadingLevel::H1) => {
                is_in_card = false;
                match outline.title {
                    None => outline.title = Some(block),
                    Some(_) => outline.intro.push(block),
                }
            }
            Some(HeadingLevel::H2) => {
                is_in_card = true;
                outline.cards.push(Section {
                    heading: block,
                    answer: Vec::new(),
                });
            }
            _ if is_rule(block) => {}
            _ => match outline.cards.last_mut().filter(|_| is_in_card) {
                Some(card) => card.answer.push(block),
                None => outline.intro.push(block),
            },
        }
    }
    outline
}

/// Whether the reader sees anything of this block. Comments and bare tags show nothing.
pub(crate) fn is_visible(block: Block) -> bool {
    let shows = |piece: &Piece| match &piece.event {
        Event::Start(Tag::CodeBlock(_) | Tag::Image { .. }) => true,
        Event::Html(html) | Event::InlineHtml(html) => html::has_image(html),
        _ => false,
    };
    !block_text(block).is_empty() || block.iter().any(shows)
}

fn is_rule(block: Block) -> bool {
    matches!(block, [piece] if piece.event == Event::Rule)
}
