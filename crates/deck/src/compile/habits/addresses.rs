//! Looks for links and images with a space in their address, which Markdown reads as text.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::compile::markdown::Piece;
use crate::compile::source::Findings;

/// Reports each in the text outside of code.
pub(super) fn check(text: &str, pieces: &[Piece], findings: &mut Findings) {
    let mut rest = pieces;
    let mut is_code = false;
    while let Some(piece) = rest.first() {
        match piece.event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            _ => {}
        }
        let len = if is_code { 0 } else { text_len(rest) };
        if let Some(last) = len.checked_sub(1).map(|last| &rest[last])
            && let Some(source) = text.get(piece.range.start..last.range.end)
        {
            in_source(text, source, piece.range.start, findings);
        }
        rest = &rest[len.max(1)..];
    }
}

/// How many pieces are one text that stands in the note as it is.
fn text_len(pieces: &[Piece]) -> usize {
    let is_text = |piece: &Piece| matches!(piece.event, Event::Text(_));
    let joined = pieces
        .windows(2)
        .take_while(|pair| is_text(&pair[1]) && pair[0].range.end == pair[1].range.start)
        .count();
    match pieces.first().is_some_and(is_text) {
        true => joined + 1,
        false => 0,
    }
}

fn in_source(text: &str, source: &str, start: usize, findings: &mut Findings) {
    let mut at = 0;
    while let Some(found) = source[at..].find("](").map(|found| at + found) {
        let before = &source[at..found];
        let rest = &source[found + 2..];
        let begin = before.rfind('[').map(|open| at + open);
        at = found + 2;
        let mut ends = rest.char_indices().take(LONGEST);
        let Some((end, ')')) = ends.find(|(_, c)| matches!(c, ')' | '\n')) else {
            continue;
        };
        let address = rest[..end].split(" \"").next().unwrap_or_default().trim();
        if text[..start + found].ends_with('\\') || !is_meant(address) {
            continue;
        }
        let begin = begin.unwrap_or(found);
        let (code, what) = match source[..begin].ends_with('!') {
            true => ("missing-image", "image"),
            false => ("dead-link", "link"),
        };
        let begin = begin - usize::from(what == "image");
        let message =
            format!("the address of this {what} has a space in it, so it is read as text");
        let hint = format!("write `{}` or `<{address}>`", address.replace(' ', "%20"));
        findings.warning(code, start + begin, &message, &hint);
        at += end;
    }
}

/// Whether this is the path of a file with a space in it.
fn is_meant(address: &str) -> bool {
    let path = address.split('#').next().unwrap_or_default();
    let extension = path
        .rsplit_once('.')
        .map(|(_, name)| name.to_ascii_lowercase());
    address.contains(' ')
        && !address.contains(['<', '>', '"', '(', '`'])
        && extension.is_some_and(|name| EXTENSIONS.contains(&name.as_str()))
}

/// How many characters of an address are looked at.
const LONGEST: usize = 200;

const EXTENSIONS: [&str; 16] = [
    "avif", "bmp", "csv", "gif", "htm", "html", "jpeg", "jpg", "markdown", "md", "pdf", "png",
    "svg", "txt", "webp", "zip",
];
