//! Tables of contents: they are taken out, since the app has its own.

use pulldown_cmark::{Event, HeadingLevel, Tag};

use super::labels;
use super::markdown::{Block, heading_level, inner};
use super::outline::{Section, is_visible};
use super::text::{block_text, inline_text};

/// The blocks without tables of contents, and without links back to them.
pub(crate) fn without_contents<'p, 't>(blocks: &[Block<'p, 't>]) -> Vec<Block<'p, 't>> {
    let mut shown: Vec<Block> = Vec::new();
    let mut is_in_card = false;
    let mut rest = blocks;
    while let Some((&block, after)) = rest.split_first() {
        rest = after;
        let is_heading = heading_level(block).is_some();
        let is_label = is_heading && labels::is_contents(&inline_text(inner(block)));
        if is_label || labels::is_contents_label(block) || is_contents_summary(block) {
            let length = contents_len(after);
            let next = after.get(length);
            let is_all = next.is_none_or(|next| heading_level(next).is_some());
            if length > 0 && (!is_label || is_all) {
                rest = &after[length..];
                continue;
            }
        }
        let is_title = heading_level(block) == Some(HeadingLevel::H1);
        is_in_card |= is_heading && !is_title;
        if labels::is_navigation(block) || !is_in_card && labels::is_contents_list(block) {
            continue;
        }
        shown.push(block);
    }
    shown
}

/// How many blocks a table of contents has: lists and tables of links, perhaps folded in, up to the
/// next heading or, behind a label or a summary, whatever follows.
fn contents_len(blocks: &[Block]) -> usize {
    let mut has_list = false;
    let is_part = |block: &&Block| {
        let is_list = labels::is_grouped_contents(block);
        has_list |= is_list;
        let is_fold = !has_list && is_html(block) && labels::is_answer_summary(&block_text(block));
        is_list || is_fold || labels::is_navigation(block) || !is_visible(block)
    };
    let length = blocks.iter().take_while(is_part).count();
    if has_list { length } else { 0 }
}

/// Whether a section is a table of contents that leads to other notes: part of the introduction.
pub(crate) fn is_list_of_notes(section: &Section) -> bool {
    let is_list = |block: &&Block| labels::is_list_of_links(block) || !is_visible(block);
    let name = section.question.map(|block| inline_text(inner(block)));
    name.is_some_and(|name| labels::is_contents(&name))
        && section.has_text()
        && section.blocks.iter().all(|block| is_list(&block))
}

/// Whether a block begins a `<details>` with a table of contents.
fn is_contents_summary(block: Block) -> bool {
    is_html(block) && labels::is_contents(&block_text(block))
}

fn is_html(block: Block) -> bool {
    let first = block.first().map(|piece| &piece.event);
    matches!(first, Some(Event::Start(Tag::HtmlBlock)))
}
