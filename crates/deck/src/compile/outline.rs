//! The outline of a note: its title, what stands outside the cards, and its sections.

use pulldown_cmark::{Event, HeadingLevel, Tag};

use super::asked::is_asked;
use super::contents::{is_list_of_notes, without_contents};
use super::details;
use super::html;
use super::labels;
use super::level::{Because, Found, marks};
use super::markdown::{Block, Piece, heading_level, inner};
use super::source::Findings;
use super::text::{block_text, inline_text};

/// The blocks of a note, told apart by its headings.
#[derive(Default)]
pub(crate) struct Outline<'p, 't> {
    /// The first heading of the first level, unless a question stands above it, or several of
    /// them are questions or sections.
    pub(crate) title: Option<Block<'p, 't>>,
    /// The sections in the order of the note. Those without a question are the introduction, as
    /// far as no reader makes cards of them.
    pub(crate) sections: Vec<Section<'p, 't>>,
}

/// What stands between one heading and the next that ends it.
#[derive(Default)]
pub(crate) struct Section<'p, 't> {
    /// The headings above, from the outermost on, as text. A section without a question has its
    /// own heading as the last.
    pub(crate) path: Vec<String>,
    /// The heading, if it is a question.
    pub(crate) question: Option<Block<'p, 't>>,
    /// What stands below the question, or all blocks where there is none.
    pub(crate) blocks: Vec<Block<'p, 't>>,
}

impl Section<'_, '_> {
    /// Where the section begins.
    pub(crate) fn offset(&self) -> usize {
        let first = self.question.or(self.blocks.first().copied());
        first.map_or(0, offset)
    }

    /// Whether it says more than its heading does.
    pub(crate) fn has_text(&self) -> bool {
        let is_text = |block: &&Block| heading_level(block).is_none() && is_visible(block);
        self.blocks.iter().any(|block| is_text(&block))
    }
}

/// Tells the blocks of a note apart. Rules between blocks are decoration and dropped, and so are
/// tables of contents: the app has its own.
pub(crate) fn outline<'p, 't>(
    blocks: &[Block<'p, 't>],
    found: &Found,
    findings: &mut Findings,
) -> Outline<'p, 't> {
    let shown: Vec<Block> = without_contents(blocks);
    let mut builder = Builder {
        outline: Outline::default(),
        section: Section::default(),
        heading: None,
        path: Vec::new(),
        title: title(&shown, found.level),
        found,
        findings,
    };
    for block in shown {
        builder.block(block);
    }
    builder.close(0);
    builder.outline
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

struct Builder<'p, 't, 'b, 'f> {
    outline: Outline<'p, 't>,
    section: Section<'p, 't>,
    /// The heading that began the section, if it is no question.
    heading: Option<Block<'p, 't>>,
    /// The open headings above the questions, with their levels.
    path: Vec<(usize, String)>,
    title: Option<usize>,
    found: &'b Found,
    findings: &'b mut Findings<'f>,
}

impl<'p, 't> Builder<'p, 't, '_, '_> {
    fn block(&mut self, block: Block<'p, 't>) {
        let Some(level) = heading_level(block) else {
            if !is_rule(block) {
                self.section.blocks.push(block);
            }
            return;
        };
        let text = inline_text(inner(block));
        let level = level as usize;
        let questions = self.found.level as usize;
        let has_question = self.section.question.is_some();
        if self.title == Some(offset(block)) {
            self.close(level);
            self.outline.title = Some(block);
        } else if has_question && self.is_answer(level, &text) || level > questions {
            self.report_outside(block, &text);
            self.section.blocks.push(block);
        } else if level == questions {
            self.close(level);
            self.section.question = Some(block);
            self.section.path = self.names();
        } else {
            self.begin(level, block, text);
        }
    }

    /// Whether a heading says that an answer follows. `Answers` above the level of the questions,
    /// with an answer above it already, begins a section of that name.
    fn is_answer(&self, level: usize, text: &str) -> bool {
        let is_above = level < self.found.level as usize && !self.section.blocks.is_empty();
        labels::is_answer_heading(text) && !(is_above && labels::is_answers(text))
    }

    /// Begins a section that has no question.
    fn begin(&mut self, level: usize, block: Block<'p, 't>, text: String) {
        self.close(level);
        self.path.push((level, section_name(text)));
        self.section.path = self.names();
        self.section.blocks.push(block);
        self.heading = Some(block);
    }

    /// Ends the section at a heading of this level, or at the end of the note, level 0.
    fn close(&mut self, level: usize) {
        let mut section = std::mem::take(&mut self.section);
        if level > 0
            && let Some(place) = details::divide(&section.blocks).open_at
        {
            let message = "this `<details>` holds a heading that begins another card or section, \
                           so only what stands above the heading is folded in";
            let hint = "end it with `</details>` above the heading, or take it out";
            self.findings.warning("split-details", place, message, hint);
        }
        let heading = self.heading.take();
        let own_level = heading
            .and_then(heading_level)
            .map_or(0, |level| level as usize);
        if let Some(block) = heading
            && level <= own_level
        {
            self.close_leaf(block, &mut section);
        }
        if let Some(question) = section.question.filter(|_| is_list_of_notes(&section)) {
            section.question = None;
            section.blocks.insert(0, question);
        }
        while self.path.last().is_some_and(|(open, _)| *open >= level) {
            self.path.pop();
        }
        if section.question.is_some() || !section.blocks.is_empty() {
            self.outline.sections.push(section);
        }
    }

    /// A heading above the level of the questions with no question below it. If it is asked as
    /// one itself, it is a card too: a note that mixes levels loses nothing.
    fn close_leaf(&mut self, block: Block<'p, 't>, section: &mut Section<'p, 't>) {
        let text = inline_text(inner(block));
        if !section.has_text() {
            if !text.is_empty() && !labels::is_contents(&text) {
                let message = "nothing stands below this heading, so it is left out";
                let hint = "write something below it, or take it out";
                self.findings
                    .warning("empty-section", offset(block), message, hint);
            }
        } else if is_asked(&text) && !self.is_chosen() {
            section.path.pop();
            section.blocks.remove(0);
            section.question = Some(block);
        }
    }

    /// A question of a deeper level that no card contains is shown in the introduction.
    fn report_outside(&mut self, block: Block, text: &str) {
        if self.section.question.is_none() && is_asked(text) && !self.is_chosen() {
            let marks = marks(self.found.level);
            let message =
                format!("the questions of this note are `{marks}`, so this one makes no card");
            let level = heading_level(block).map_or(0, |level| level as usize);
            let hint = format!(
                "write it as `{marks}`, or choose its level in the frontmatter: \
                 `quire: {{level: {level}}}`"
            );
            self.findings
                .warning("question-outside", offset(block), &message, &hint);
        }
    }

    fn is_chosen(&self) -> bool {
        matches!(self.found.because, Because::Chosen(_))
    }

    fn names(&self) -> Vec<String> {
        let names = self.path.iter().map(|(_, name)| name.clone());
        names.filter(|name| !name.is_empty()).collect()
    }
}

/// How much of a heading names a section. Every card has the names of its sections: the whole of
/// an endless heading would fill memory.
const SECTION_NAME_CHARS: usize = 120;

/// The name of a section, from the text of its heading.
pub(crate) fn section_name(heading: String) -> String {
    match heading.char_indices().nth(SECTION_NAME_CHARS) {
        Some((end, _)) => format!("{}…", heading[..end].trim_end()),
        None => heading,
    }
}

/// The place of the title: of the first `#`, unless a question stands above it. Where several `#`
/// have questions below them and the first has no text of its own, all of them are sections.
fn title(blocks: &[Block], questions: HeadingLevel) -> Option<usize> {
    let first = blocks
        .iter()
        .position(|block| heading_level(block) == Some(HeadingLevel::H1))?;
    let is_question = |block: &Block| heading_level(block) == Some(questions);
    let before_first = &blocks[..first];
    let place = offset(blocks[first]);
    let own = blocks[first + 1..]
        .iter()
        .take_while(|block| heading_level(block).is_none());
    let has_text = own.clone().any(|block| is_visible(block));
    if questions == HeadingLevel::H1 {
        return (!has_text || is_title_of_questions(blocks, first)).then_some(place);
    }
    if before_first.iter().any(is_question) {
        return None;
    }
    let mut with_questions = 0;
    let mut is_counted = true;
    for block in &blocks[first..] {
        match heading_level(block) {
            Some(HeadingLevel::H1) => is_counted = false,
            Some(level) if level == questions && !is_counted => {
                is_counted = true;
                with_questions += 1;
            }
            _ => {}
        }
    }
    let first_has = blocks[first + 1..]
        .iter()
        .take_while(|block| heading_level(block) != Some(HeadingLevel::H1))
        .any(is_question);
    (has_text || !first_has || with_questions < 2).then_some(place)
}

/// Whether the first `#` is no question, while all others are, and there are at least two.
fn is_title_of_questions(blocks: &[Block], first: usize) -> bool {
    let asked = |block: &Block| is_asked(&inline_text(inner(block)));
    let others = blocks[first + 1..].iter();
    let mut others = others
        .filter(|block| heading_level(block) == Some(HeadingLevel::H1))
        .peekable();
    let are_several = others.clone().count() > 1;
    !asked(&blocks[first]) && are_several && others.all(asked)
}

fn is_rule(block: Block) -> bool {
    matches!(block, [piece] if piece.event == Event::Rule)
}

fn offset(block: Block) -> usize {
    block.first().map_or(0, |piece| piece.range.start)
}
