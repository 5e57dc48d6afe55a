//! `<details>`: answers that are folded in, and questions in their `<summary>`.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::html;
use super::labels;
use super::markdown::{Block, Piece, blocks, heading_level};
use super::outline::is_visible;

/// A piece of raw HTML by what it is to `<details>` that stand in no others.
#[derive(PartialEq, Debug)]
enum Chunk<'h> {
    Outside(&'h str),
    /// With the byte of the HTML where its `<details>` begins.
    Summary(&'h str, usize),
    Inside(&'h str),
}

/// For a block that begins with `<details>` whose summary only says "Answer" or the like: the
/// HTML that follows the summary in the block.
pub(crate) fn answer(block: Block) -> Option<String> {
    let html = html_of(block)?;
    let mut chunks = chunks(&html, &mut 0)
        .into_iter()
        .skip_while(|chunk| matches!(chunk, Chunk::Outside(text) if text.trim().is_empty()));
    let Some(Chunk::Summary(summary, _)) = chunks.next() else {
        return None;
    };
    let rest = chunks.map(|chunk| match chunk {
        Chunk::Outside(text) | Chunk::Inside(text) => text.to_owned(),
        Chunk::Summary(summary, _) => format!("<p>{summary}</p>"),
    });
    labels::is_answer_summary(&html::visible_text(summary)).then(|| rest.collect())
}

/// The block with other HTML in place of its own.
pub(crate) fn with_html<'t>(block: Block<'_, 't>, html: &str) -> Vec<Piece<'t>> {
    let Some(first) = block.first() else {
        return Vec::new();
    };
    html_block(html, first)
}

/// The summaries of all `<details>` that stand in nothing else, but for those that only say
/// "Answer" or are tables of contents.
pub(crate) fn summaries(blocks: &[Block]) -> Vec<String> {
    let mut depth = 0;
    let mut found = Vec::new();
    for &block in blocks {
        let Some(html) = html_of(block) else {
            follow(block, &mut depth);
            continue;
        };
        for chunk in chunks(&html, &mut depth) {
            if let Chunk::Summary(summary, _) = chunk {
                found.push(html::visible_text(summary).trim().to_owned());
            }
        }
    }
    found.retain(|text| is_question(text));
    found
}

/// The blocks that stand in no `<details>`, and the headings that stand in one.
pub(crate) struct Divided<'p, 't> {
    pub(crate) outside: Vec<Block<'p, 't>>,
    pub(crate) headings_inside: Vec<Block<'p, 't>>,
    /// Where the one begins that never ends.
    pub(crate) open_at: Option<usize>,
}

/// Divides blocks by `<details>`. Those that begin or end them are left out.
pub(crate) fn divide<'p, 't>(blocks: &[Block<'p, 't>]) -> Divided<'p, 't> {
    let mut depth = 0;
    let mut outside = Vec::new();
    let mut headings_inside = Vec::new();
    let mut open_at = None;
    for &block in blocks {
        let was_outside = depth == 0;
        let mut has_details = false;
        match html_of(block) {
            Some(html) => {
                let found = chunks(&html, &mut depth);
                has_details = found.len() > 1;
            }
            None => follow(block, &mut depth),
        }
        open_at = match depth {
            0 => None,
            _ if was_outside => Some(block[0].range.start),
            _ => open_at,
        };
        if was_outside && !has_details {
            outside.push(block);
        } else if heading_level(block).is_some() {
            headings_inside.push(block);
        }
    }
    Divided {
        outside,
        headings_inside,
        open_at,
    }
}

/// Turns each summary into a heading of this level, and what is folded in into its answer.
/// Headings in there become headings of the next level.
pub(crate) fn as_headings<'t>(pieces: &[Piece<'t>], level: HeadingLevel) -> Vec<Piece<'t>> {
    let mut depth = 0;
    let mut out = Vec::new();
    for block in blocks(pieces) {
        let Some(html) = html_of(block) else {
            if depth > 0 && heading_level(block).is_some() {
                let below = HeadingLevel::try_from(level as usize + 1);
                out.extend(
                    below.map_or_else(|_| as_paragraph(block), |below| with_level(block, below)),
                );
            } else {
                out.extend_from_slice(block);
            }
            follow(block, &mut depth);
            continue;
        };
        for chunk in chunks(&html, &mut depth) {
            match chunk {
                Chunk::Summary(summary, at) if is_question(&html::visible_text(summary)) => {
                    heading(summary, level, place(block, at), &mut out);
                }
                Chunk::Summary(..) => {}
                Chunk::Outside(text) | Chunk::Inside(text) => {
                    let pieces = html_block(text, &block[0]);
                    if is_visible(&pieces) {
                        out.extend(pieces);
                    }
                }
            }
        }
    }
    out
}

fn is_question(summary: &str) -> bool {
    !summary.trim().is_empty()
        && !labels::is_answer_summary(summary)
        && !labels::is_contents(summary)
}

/// A heading with another level.
pub(crate) fn with_level<'t>(heading: Block<'_, 't>, level: HeadingLevel) -> Vec<Piece<'t>> {
    let piece = |piece: &Piece<'t>| Piece {
        event: match &piece.event {
            Event::Start(Tag::Heading { .. }) => start_of(level),
            Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Heading(level)),
            event => event.clone(),
        },
        range: piece.range.clone(),
    };
    heading.iter().map(piece).collect()
}

/// A heading as a paragraph.
fn as_paragraph<'t>(heading: Block<'_, 't>) -> Vec<Piece<'t>> {
    let mut pieces = heading.to_vec();
    if let [first, .., last] = &mut pieces[..] {
        first.event = Event::Start(Tag::Paragraph);
        last.event = Event::End(TagEnd::Paragraph);
    }
    pieces
}

fn start_of<'t>(level: HeadingLevel) -> Event<'t> {
    Event::Start(Tag::Heading {
        level,
        id: None,
        classes: Vec::new(),
        attrs: Vec::new(),
    })
}

fn heading<'t>(summary: &str, level: HeadingLevel, range: Range<usize>, out: &mut Vec<Piece<'t>>) {
    let mut push = |event: Event<'t>| {
        let range = range.clone();
        out.push(Piece { event, range });
    };
    push(start_of(level));
    let mut end = 0;
    for tag in html::tags(summary) {
        push(Event::Text(
            html::visible_text(&summary[end..tag.start]).into(),
        ));
        push(Event::InlineHtml(tag.source.to_owned().into()));
        end = tag.start + tag.source.len();
    }
    push(Event::Text(html::visible_text(&summary[end..]).into()));
    push(Event::End(TagEnd::Heading(level)));
}

fn html_block<'t>(html: &str, at: &Piece) -> Vec<Piece<'t>> {
    let events = [
        Event::Start(Tag::HtmlBlock),
        Event::Html(html.to_owned().into()),
        Event::End(TagEnd::HtmlBlock),
    ];
    let piece = |event| Piece {
        event,
        range: at.range.clone(),
    };
    events.map(piece).into()
}

/// The HTML of a block that is nothing else.
fn html_of(block: Block) -> Option<String> {
    let is_html = matches!(block.first()?.event, Event::Start(Tag::HtmlBlock));
    let line = |piece: &Piece| match &piece.event {
        Event::Html(line) => line.to_string(),
        _ => String::new(),
    };
    is_html.then(|| block.iter().map(line).collect())
}

/// Where a byte of the HTML of a block stands in the note, up to the end of its line.
fn place(block: Block, mut at: usize) -> Range<usize> {
    for piece in block {
        if let Event::Html(line) = &piece.event {
            if at < line.len() {
                return piece.range.start + at..piece.range.end;
            }
            at -= line.len();
        }
    }
    block[0].range.clone()
}

/// Follows `<details>` that begin or end inside another block.
fn follow(block: Block, depth: &mut usize) {
    for piece in block {
        if let Event::Html(html) | Event::InlineHtml(html) = &piece.event {
            chunks(html, depth);
        }
    }
}

/// Cuts HTML at the `<details>` that stand in no others. `depth` is how many are open.
fn chunks<'h>(html: &'h str, depth: &mut usize) -> Vec<Chunk<'h>> {
    let mut chunks = Vec::new();
    let mut start = 0;
    let tags = html::tags(html);
    let is = |tag: &html::RawTag, name: &str| tag.name.eq_ignore_ascii_case(name);
    let ends = |tag: &html::RawTag| tag.source.starts_with("</");
    let mut tags = tags.iter().peekable();
    while let Some(tag) = tags.next() {
        if !is(tag, "details") {
            continue;
        }
        let text = &html[start..tag.start];
        if ends(tag) {
            *depth = depth.saturating_sub(1);
            if *depth == 0 {
                chunks.push(Chunk::Inside(text));
                start = tag.start + tag.source.len();
            }
            continue;
        }
        *depth += 1;
        if *depth > 1 {
            continue;
        }
        chunks.push(Chunk::Outside(text));
        let at = tag.start;
        start = tag.start + tag.source.len();
        if let Some(summary) = tags.next_if(|tag| is(tag, "summary") && !ends(tag)) {
            let begin = summary.start + summary.source.len();
            let end = tags.find(|tag| is(tag, "summary") && ends(tag));
            let (until, after) = end.map_or((html.len(), html.len()), |tag| {
                (tag.start, tag.start + tag.source.len())
            });
            chunks.push(Chunk::Summary(&html[begin..until], at));
            start = after;
        }
    }
    let rest = &html[start..];
    chunks.push(if *depth == 0 {
        Chunk::Outside(rest)
    } else {
        Chunk::Inside(rest)
    });
    chunks
}
