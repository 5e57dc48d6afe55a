//! Looks for what people write that Markdown reads otherwise, and for cards that are hard to study.

mod addresses;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::markdown::{Block, Piece, blocks, element_len, heading_level, inner};
use super::normalise::normalise;
use super::outline::{Outline, is_visible};
use super::parts::RawPart;
use super::source::Findings;
use super::text::{block_text, inline_text};

/// Reports lines that look like headings and are none.
pub(crate) fn check(text: &str, pieces: &[Piece], findings: &mut Findings) {
    addresses::check(text, pieces, findings);
    let blocks = blocks(pieces);
    let is_text = |block: Option<&Block>| block.is_some_and(|block| heading_level(block).is_none());
    for (index, block) in blocks.iter().enumerate() {
        match &block[0].event {
            Event::Start(Tag::Paragraph) => {
                no_headings(text, inner(block), findings);
                // A mark may as well be the whole answer.
                if block.len() > 3
                    || is_text(blocks.get(index + 1))
                    || is_text(index.checked_sub(1).and_then(|before| blocks.get(before)))
                {
                    lone_mark(text, inner(block), findings);
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                indented_heading(inner(block), findings);
            }
            _ => {}
        }
    }
}

/// A paragraph of bold text that ends in a question mark, in a note without headings and cards.
pub(crate) fn bold_questions(outline: &Outline, hint: &str, findings: &mut Findings) {
    let blocks = || outline.sections.iter().flat_map(|section| &section.blocks);
    if outline.title.is_some() || blocks().any(|block| heading_level(block).is_some()) {
        return;
    }
    if let Some(block) = blocks().find(|block| is_bold_question(block)) {
        let message = "a bold line that ends in a question mark is no heading, so it makes no card";
        findings.warning("bold-question", block[0].range.start, message, hint);
    }
}

/// A question that fills a screen is hard to answer, and mostly not meant as one.
pub(crate) fn long_question(question: &str, offset: usize, findings: &mut Findings) {
    const MOST: usize = 300;
    let length = question.chars().count();
    if length > MOST {
        let message = format!("the question has {length} characters: it fills a screen of a phone");
        let hint = "ask in one sentence, and move the rest into the answer";
        findings.warning("long-question", offset, &message, hint);
    }
}

/// A character in a question that nobody sees.
pub(crate) fn invisible(question: &str, offset: usize, findings: &mut Findings) {
    if let Some(found) = question.chars().find(|c| is_invisible(*c)) {
        let code = u32::from(found);
        let message = format!("the question holds a character that cannot be seen: U+{code:04X}");
        let hint = "delete the line and type it anew: such characters come from copied text";
        findings.warning("invisible-character", offset, &message, hint);
    }
}

/// An answer that is nothing but the name of a part.
pub(crate) fn nothing_to_reveal(part: &RawPart, findings: &mut Findings) {
    let label = normalise(&inline_text(&part.label));
    let says_more = blocks(&part.pieces)
        .iter()
        .filter(|block| is_visible(block))
        .count()
        > 1
        || normalise(&block_text(&part.pieces)) != label;
    if !label.is_empty() && !says_more {
        let message = "the answer is nothing but this name: there is nothing to reveal";
        let hint = "write something below it";
        findings.warning("nothing-to-reveal", part.offset, message, hint);
    }
}

/// Lines of a paragraph that begin with the marks of a heading.
fn no_headings(text: &str, paragraph: &[Piece], findings: &mut Findings) {
    let mut is_begin = true;
    for piece in paragraph {
        if let Event::Text(line) = &piece.event
            && is_begin
            && !text[..piece.range.start].ends_with('\\')
        {
            no_heading(line, piece.range.start, findings);
            odd_space(line, piece.range.start, findings);
        }
        is_begin = matches!(piece.event, Event::SoftBreak | Event::HardBreak);
    }
}

fn no_heading(line: &str, offset: usize, findings: &mut Findings) {
    let rest = line.trim_start_matches('#');
    let marks = &line[..line.len() - rest.len()];
    if (2..=6).contains(&marks.len()) && rest.starts_with(char::is_alphanumeric) {
        let message = format!("without a space behind `{marks}` this is no heading");
        let hint = format!("put a space between `{marks}` and the text");
        findings.warning("not-a-heading", offset, &message, &hint);
    }
    let rest = line.trim_start_matches('＃');
    let count = (line.len() - rest.len()) / '＃'.len_utf8();
    if (1..=6).contains(&count) && !rest.trim().is_empty() {
        let marks = &"######"[..count];
        let message = "this `＃` is a full-width character, so the line is no heading";
        findings.warning(
            "not-a-heading",
            offset,
            message,
            &format!("write `{marks} `"),
        );
    }
}

/// Marks of a heading beside a character that looks like a space, or like nothing.
fn odd_space(line: &str, offset: usize, findings: &mut Findings) {
    let is_odd = |c: char| !c.is_ascii() && c.is_whitespace() || is_invisible(c);
    let before = line.trim_start_matches(is_odd);
    let rest = before.trim_start_matches('#');
    let marks = &before[..before.len() - rest.len()];
    if !(1..=6).contains(&marks.len()) {
        return;
    }
    let first = line.chars().next().filter(|_| before.len() < line.len());
    let odd = match first {
        Some(odd) if rest.starts_with([' ', '\t']) || rest.starts_with(is_odd) => Some(odd),
        Some(_) => None,
        None => rest.chars().next().filter(|c| is_odd(*c)),
    };
    if let Some(odd) = odd.filter(|_| rest.chars().any(char::is_alphanumeric)) {
        let code = u32::from(odd);
        let message = format!(
            "the character U+{code:04X} beside `{marks}` is no space, so the line is no heading"
        );
        let hint = format!("delete the beginning of the line and type `{marks} ` anew");
        findings.warning("not-a-heading", offset, &message, &hint);
    }
}

/// A `$$` or a `%%` alone in a line whose partner is missing.
fn lone_mark(text: &str, paragraph: &[Piece], findings: &mut Findings) {
    let is_break = |piece: &Piece| matches!(piece.event, Event::SoftBreak | Event::HardBreak);
    let lines = || paragraph.split(is_break);
    let marks = |mark: &'static str| {
        lines().filter_map(move |line| match line {
            [
                Piece {
                    event: Event::Text(line),
                    range,
                },
            ] if line.trim_end() == mark && !text[..range.start].ends_with('\\') => {
                Some(range.start)
            }
            _ => None,
        })
    };
    if marks("$$").count() % 2 == 1
        && let Some(offset) = marks("$$").next()
    {
        let message = "this `$$` has no partner, so there is no formula";
        let hint =
            "begin and end a formula with `$$`, and let no empty line or heading stand in it";
        findings.warning("unclosed-formula", offset, message, hint);
    }
    if marks("%%").count() % 2 == 1
        && let Some(offset) = marks("%%").next()
    {
        let message = "this `%%` has no partner, so it hides nothing";
        findings.warning(
            "unclosed-comment",
            offset,
            message,
            "end the comment with `%%`",
        );
    }
}

/// Code that is one line, indented, with the marks of a heading.
fn indented_heading(code: &[Piece], findings: &mut Findings) {
    let [piece] = code else { return };
    let Event::Text(line) = &piece.event else {
        return;
    };
    let rest = line.trim_start_matches('#');
    let marks = line.len() - rest.len();
    let has_text = rest.starts_with(' ') && rest.trim().chars().any(char::is_alphanumeric);
    if (2..=6).contains(&marks) && has_text && !line.trim_end().contains('\n') {
        let message = "four spaces or a tab before a heading make code of it";
        let hint = "begin the heading at the beginning of the line";
        findings.warning("not-a-heading", piece.range.start, message, hint);
    }
}

fn is_bold_question(block: Block) -> bool {
    let content = inner(block);
    let is_bold = matches!(block[0].event, Event::Start(Tag::Paragraph))
        && matches!(
            content.first().map(|piece| &piece.event),
            Some(Event::Start(Tag::Strong))
        )
        && element_len(content) == content.len();
    is_bold && inline_text(content).ends_with(['?', '？'])
}

/// Control characters, and marks of direction and width. Those that join letters and emoji are
/// part of words.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
    ) || c.is_control()
}
