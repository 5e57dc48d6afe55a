//! Names that say what something is instead of what it says: "Answer", "Table of contents".

use pulldown_cmark::{Event, Tag, TagEnd};

use super::asked::is_asked;
use super::markdown::{Block, Piece};
use super::normalise::normalise;
use super::text::{block_text, inline_text};

/// Whether a normalised text only says that an answer follows.
pub(crate) fn is_answer(name: &str) -> bool {
    let digits_off = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    ANSWERS.contains(&name) || !digits_off.is_empty() && ANSWERS.contains(&digits_off)
}

/// Whether a heading says that an answer follows, or gives a short one itself: `Answer: D`. More
/// words behind the colon could be a question.
pub(crate) fn is_answer_heading(text: &str) -> bool {
    const WORDS: usize = 4;
    let name = normalise(text);
    let gives_one = || {
        let (begin, rest) = name.split_once(':')?;
        let is_short = rest.split_whitespace().count() <= WORDS && !is_asked(text);
        Some(is_short && is_answer(begin.trim_end()))
    };
    is_answer(&name) || gives_one().unwrap_or(false)
}

/// Whether a heading says that several answers follow.
pub(crate) fn is_answers(text: &str) -> bool {
    ["answers", "solutions"].contains(&normalise(text).as_str())
}

/// Whether a summary only says that something stands behind it.
pub(crate) fn is_answer_summary(text: &str) -> bool {
    let name = normalise(text);
    let words: Vec<&str> = name.split(' ').collect();
    let is_click = words[0] == "click" || words[0] == "tap";
    let has_answer = words.iter().any(|word| ANSWERS.contains(word));
    let is_short = words.len() <= 6;
    is_answer(&name)
        || is_short && is_click
        || is_short && has_answer && VERBS.contains(&words[0])
        || ALONE.contains(&name.as_str())
}

/// No name of a table of contents has more bytes, its numbers, marks and ornaments included.
const LONGEST: usize = 120;

/// Whether a heading is that of a table of contents.
pub(crate) fn is_contents(text: &str) -> bool {
    // To normalise every paragraph of a folder would be most of the work that it makes.
    text.len() <= LONGEST && CONTENTS.contains(&normalise(text).as_str())
}

/// Whether a block is a list of links to places in the note itself, and nothing else.
pub(crate) fn is_contents_list(block: Block) -> bool {
    is_list_of_links(block) && links(block).all(|address| address.starts_with('#'))
}

/// Whether a block below the heading of a table of contents is one: a list or a table of links to
/// places in the note itself. Names of groups may stand between them, but not more than links.
pub(crate) fn is_grouped_contents(block: Block) -> bool {
    let first = block.first().map(|piece| &piece.event);
    let mut links = links(block).peekable();
    matches!(first, Some(Event::Start(Tag::List(_) | Tag::Table(_))))
        && links.peek().is_some()
        && links.all(|address| address.starts_with('#'))
        && are_mostly_linked(block)
}

/// Whether at least half of the rows, and of the items without a list of their own, have links.
fn are_mostly_linked(block: Block) -> bool {
    #[derive(Default)]
    struct Entry {
        has_list: bool,
        has_link: bool,
    }
    let mut open: Vec<Entry> = Vec::new();
    let (mut linked, mut plain) = (0_usize, 0_usize);
    for piece in block {
        match &piece.event {
            Event::Start(Tag::Item | Tag::TableRow) => open.push(Entry::default()),
            Event::Start(Tag::List(_)) => {
                if let Some(entry) = open.last_mut() {
                    entry.has_list = true;
                }
            }
            Event::Start(Tag::Link { .. }) => {
                if let Some(entry) = open.last_mut() {
                    entry.has_link = true;
                }
            }
            Event::End(TagEnd::Item | TagEnd::TableRow) => match open.pop() {
                Some(entry) if entry.has_link => linked += 1,
                Some(entry) if !entry.has_list => plain += 1,
                _ => {}
            },
            _ => {}
        }
    }
    plain <= linked
}

/// Whether a heading only names what a note ends with, such as "References".
pub(crate) fn is_appendix(text: &str) -> bool {
    APPENDICES.contains(&normalise(text).as_str())
}

/// Whether a block is a list with nothing but links.
pub(crate) fn is_list_of_links(block: Block) -> bool {
    if !matches!(
        block.first().map(|piece| &piece.event),
        Some(Event::Start(Tag::List(_)))
    ) {
        return false;
    }
    let mut open = 0_usize;
    let mut is_only_links = true;
    for piece in block {
        match &piece.event {
            Event::Start(Tag::Link { .. }) => open += 1,
            Event::End(TagEnd::Link) => open = open.saturating_sub(1),
            Event::Text(text) | Event::Code(text) if open == 0 => {
                is_only_links &= !text.contains(char::is_alphabetic);
            }
            _ => {}
        }
    }
    is_only_links && links(block).next().is_some()
}

/// Whether a block only leads elsewhere in the note: `[TOC]`, or a link back to the top.
pub(crate) fn is_navigation(block: Block) -> bool {
    let text = block_text(block);
    if text.len() > 60 {
        return false;
    }
    let is_paragraph = matches!(
        block.first().map(|piece| &piece.event),
        Some(Event::Start(Tag::Paragraph | Tag::HtmlBlock))
    );
    let name = normalise(&text);
    let is_marker = ["[toc]", "[[toc]]", "[[_toc_]]"].contains(&name.as_str());
    let is_link = |piece: &Piece| match &piece.event {
        Event::Start(Tag::Link { dest_url, .. }) => dest_url.starts_with('#'),
        Event::Html(html) | Event::InlineHtml(html) => html.contains("href=\"#"),
        _ => false,
    };
    is_paragraph && (is_marker || TO_THE_TOP.contains(&name.as_str()) && block.iter().any(is_link))
}

/// Whether a paragraph announces a table of contents.
pub(crate) fn is_contents_label(block: Block) -> bool {
    let is_paragraph = matches!(
        block.first().map(|piece| &piece.event),
        Some(Event::Start(Tag::Paragraph))
    );
    is_paragraph && is_contents(&inline_text(block))
}

fn links<'p>(block: Block<'p, '_>) -> impl Iterator<Item = &'p str> {
    block.iter().filter_map(|piece| match &piece.event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(&**dest_url),
        _ => None,
    })
}

const ANSWERS: &[&str] = &[
    "answer",
    "answers",
    "ans",
    "solution",
    "solutions",
    "antwort",
    "lösung",
    "réponse",
    "respuesta",
    "solución",
    "resposta",
    "risposta",
    "ответ",
    "答案",
    "解答",
    "回答",
    "答",
    "정답",
    "답",
    "the answer",
    "sample answer",
    "model answer",
    "short answer",
    "example answer",
];

const VERBS: &[&str] = &[
    "show", "view", "see", "reveal", "toggle", "expand", "open", "display",
];

const ALONE: &[&str] = &[
    "show",
    "show more",
    "expand",
    "reveal",
    "details",
    "more",
    "spoiler",
    "read more",
    "open",
    "see more",
    "view more",
    "展开",
    "点击展开",
    "查看答案",
    "点击查看",
    "参考答案",
];

const CONTENTS: &[&str] = &[
    "table of contents",
    "contents",
    "toc",
    "on this page",
    "目录",
    "目錄",
    "inhalt",
    "inhaltsverzeichnis",
    "table des matières",
    "sommaire",
    "índice",
    "indice",
    "contenido",
    "оглавление",
    "содержание",
    "目次",
    "inhoud",
    "sumário",
];

const APPENDICES: &[&str] = &[
    "references",
    "reference",
    "resources",
    "sources",
    "links",
    "see also",
    "further reading",
    "bibliography",
    "appendix",
    "credits",
    "license",
    "conclusion",
    "summary",
    "quellen",
    "literatur",
    "参考",
    "参考资料",
    "参考文献",
    "总结",
];

const TO_THE_TOP: &[&str] = &[
    "back to top",
    "top",
    "go to top",
    "return to top",
    "back to contents",
    "back to the top",
    "back to table of contents",
    "back to toc",
    "回到顶部",
    "返回顶部",
    "返回目录",
    "回到目录",
];
