//! The plain text of Markdown: what the reader reads, without marks.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::html;
use super::markdown::Piece;

/// The text of a heading or label, on one line.
pub(crate) fn inline_text(pieces: &[Piece]) -> String {
    let text = block_text(pieces);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// The text of blocks: a line for each paragraph, item and table row; code as it stands.
pub(crate) fn block_text(pieces: &[Piece]) -> String {
    let mut text = String::new();
    let mut raw_html = String::new();
    for piece in pieces {
        match &piece.event {
            Event::Text(content) | Event::Code(content) => text.push_str(content),
            Event::InlineHtml(tag) => text.push_str(&html::visible_text(tag)),
            Event::Html(line) => raw_html.push_str(line),
            Event::InlineMath(tex) => text.push_str(&format!("${tex}$")),
            Event::DisplayMath(tex) => text.push_str(&format!("$${tex}$$")),
            Event::SoftBreak => text.push(' '),
            Event::HardBreak => text.push('\n'),
            Event::TaskListMarker(is_done) => text.push_str(html::checkbox(*is_done)),
            Event::Start(tag) if begins_line(tag) => begin_line(&mut text),
            Event::End(TagEnd::TableCell) => text.push('\t'),
            Event::End(TagEnd::HtmlBlock) => {
                text.push_str(html::visible_text(&raw_html).trim());
                raw_html.clear();
                begin_line(&mut text);
            }
            Event::End(end) if ends_line(*end) => begin_line(&mut text),
            _ => {}
        }
    }
    text.trim().to_owned()
}

/// Whether a character is part of the word that follows it, as a letter or a digit is. Scripts that
/// put no spaces between words, or join their endings to anything, tell nothing by it.
pub(crate) fn joins_words(c: char) -> bool {
    c.is_alphanumeric() && !is_unspaced(c)
}

/// Whether a character belongs to a script that puts no spaces around foreign words: those from Thai
/// to Tibetan, Burmese, Khmer, Chinese, Japanese and Korean.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{e00}'..='\u{109f}'
            | '\u{1100}'..='\u{11ff}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{2e80}'..='\u{a4cf}'
            | '\u{ac00}'..='\u{d7ff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff00}'..='\u{ffef}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

fn begin_line(text: &mut String) {
    let spaces = |c: char| c == ' ' || c == '\t';
    text.truncate(text.trim_end_matches(spaces).len());
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

fn begins_line(tag: &Tag) -> bool {
    !matches!(
        tag,
        Tag::TableCell
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

fn ends_line(end: TagEnd) -> bool {
    !matches!(
        end,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}
