//! Whether the questions of a note are the summaries of its `<details>`.

use pulldown_cmark::HeadingLevel;

use super::heads::{Head, is_paragraph};
use crate::compile::asked::is_asked;
use crate::compile::details::{self, Divided};
use crate::compile::labels;
use crate::compile::markdown::{Block, heading_level, inner};
use crate::compile::outline::is_visible;
use crate::compile::text::inline_text;

/// Whether what the note says stands in `<details>` whose summaries are the questions. `heads` are
/// those outside of them.
pub(super) fn are_summaries(blocks: &[Block], divided: &Divided, heads: &[Head]) -> bool {
    let summaries = details::summaries(blocks);
    let holds_questions = divided.headings_inside.iter().any(|block| {
        let is_high = heading_level(block).is_some_and(|level| level <= HeadingLevel::H2);
        let text = inline_text(inner(block));
        !labels::is_answer_heading(&text) && (is_high || is_asked(&text))
    });
    if summaries.is_empty()
        || divided.open_at.is_some()
        || holds_questions
        || has_text(&divided.outside)
    {
        return false;
    }
    let asked = summaries.iter().filter(|summary| is_asked(summary)).count();
    let below_title = || heads.iter().filter(|head| head.level > 1);
    let asked_heads = below_title().filter(|head| head.is_asked).count();
    let are_asked = asked > 1 && asked * 2 >= summaries.len();
    below_title().next().is_none() || are_asked && asked_heads * 4 <= below_title().count()
}

/// Whether blocks say more than the introduction, above the second heading, and a paragraph below
/// each heading.
fn has_text(blocks: &[Block]) -> bool {
    let mut headings = 0;
    let mut texts = 0;
    for &block in blocks {
        if heading_level(block).is_some() {
            headings += 1;
            texts = 0;
        } else if is_visible(block) && !labels::is_list_of_links(block) && headings > 1 {
            texts += if is_paragraph(block) { 1 } else { 2 };
        }
        if texts > 1 {
            return true;
        }
    }
    false
}
