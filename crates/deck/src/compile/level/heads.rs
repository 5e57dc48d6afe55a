//! The headings of a note, as the rule of levels sees them.

use pulldown_cmark::{Event, Tag};

use crate::compile::asked::{is_asked, leading_number};
use crate::compile::details;
use crate::compile::labels;
use crate::compile::markdown::{Block, heading_level, inner};
use crate::compile::normalise::normalise;
use crate::compile::outline::is_visible;
use crate::compile::parts::bold_label;
use crate::compile::text::inline_text;

/// A heading that may be a question or a section.
pub(super) struct Head {
    pub(super) level: usize,
    pub(super) name: String,
    pub(super) number: Option<u32>,
    pub(super) own: Own,
    /// How many labels of parts stand in its own text.
    pub(super) labels: usize,
    pub(super) is_asked: bool,
    pub(super) is_prompt: bool,
    /// Whether it or a heading below it has text.
    pub(super) has_content: bool,
}

/// What stands between a heading and the next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Own {
    Nothing,
    Paragraph,
    Answer,
}

/// The headings that count: those that say "Answer" belong to the heading above them.
pub(super) fn heads_of(blocks: &[Block], prompts: &[String]) -> Vec<Head> {
    let prompts: Vec<String> = prompts.iter().map(|prompt| normalise(prompt)).collect();
    let mut heads: Vec<Head> = Vec::new();
    for &block in blocks {
        let text = inline_text(inner(block));
        match heading_level(block) {
            Some(_) if labels::is_answer_heading(&text) => {
                if let Some(head) = heads.last_mut() {
                    head.is_asked = true;
                    head.own = Own::Answer;
                }
            }
            Some(level) => heads.push(Head::new(level as usize, &text, &prompts)),
            None => {
                if let Some(head) = heads.last_mut() {
                    head.take(block, &prompts);
                }
            }
        }
    }
    let mut deepest_with_text = [false; 7];
    for head in heads.iter_mut().rev() {
        let below = &mut deepest_with_text[head.level..];
        head.has_content = head.own != Own::Nothing || below[1..].contains(&true);
        below.fill(false);
        below[0] = head.has_content;
    }
    heads
}

/// Whether all `#` but the first and "See also" have text of their own, at least half of them
/// nothing but that, and there are more of them than of `##`: then these are parts of answers.
pub(super) fn are_topics(heads: &[Head]) -> bool {
    let (mut topics, mut alone, mut below) = (0, 0, 0);
    let mut highest = heads.iter().filter(|head| head.level <= 2).peekable();
    let mut is_first = true;
    while let Some(head) = highest.next() {
        if head.level == 2 {
            below += usize::from(head.has_content);
            continue;
        }
        let has_text = head.own != Own::Nothing;
        if !has_text && !is_first && !labels::is_appendix(&head.name) {
            return false;
        }
        is_first = false;
        let is_alone = highest.peek().is_none_or(|next| next.level == 1);
        topics += usize::from(has_text);
        alone += usize::from(has_text && is_alone && !labels::is_appendix(&head.name));
    }
    topics > below && alone > 0 && alone * 2 >= topics
}

impl Head {
    fn new(level: usize, text: &str, prompts: &[String]) -> Head {
        let name = normalise(text);
        Head {
            level,
            number: leading_number(text),
            own: Own::Nothing,
            labels: 0,
            is_asked: is_asked(text),
            is_prompt: prompts.contains(&name),
            has_content: false,
            name,
        }
    }

    /// Takes a block of its own text in.
    fn take(&mut self, block: Block, prompts: &[String]) {
        if !is_visible(block) || labels::is_navigation(block) {
            return;
        }
        let label = bold_label(block).map(|label| normalise(&inline_text(&label)));
        self.own = match self.own {
            Own::Nothing if label.is_none() && is_paragraph(block) => Own::Paragraph,
            _ => Own::Answer,
        };
        if let Some(label) = label {
            self.labels += 1;
            self.is_asked |= labels::is_answer(&label) || prompts.contains(&label);
        }
        self.is_asked |= details::answer(block).is_some();
    }
}

pub(super) fn is_paragraph(block: Block) -> bool {
    matches!(
        block.first().map(|piece| &piece.event),
        Some(Event::Start(Tag::Paragraph))
    )
}
