//! Looks for what Markdown reads otherwise than it was probably meant.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag};

use super::html::{self, Element, RawTag};
use super::markdown::{Piece, element_len};
use super::source::Findings;

/// Reports everything in the pieces of a note that hides or changes what it says.
pub(crate) fn check(text: &str, pieces: &[Piece], findings: &mut Findings) {
    let mut depth = 0_u32;
    for (index, piece) in pieces.iter().enumerate() {
        match &piece.event {
            Event::Start(tag) => {
                start(tag, text, &pieces[index..], depth, findings);
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::InlineHtml(tag) => raw_tags(tag, piece.range.start, findings),
            _ => {}
        }
    }
}

fn start(tag: &Tag, text: &str, rest: &[Piece], depth: u32, findings: &mut Findings) {
    let offset = rest[0].range.start;
    match tag {
        Tag::CodeBlock(CodeBlockKind::Fenced(_)) => fence(text, rest, findings),
        Tag::HtmlBlock => html_block(&rest[..element_len(rest)], findings),
        Tag::Heading {
            level: HeadingLevel::H2,
            ..
        } if depth > 0 => findings.warning(
            "nested-question",
            offset,
            "a `##` inside a list or a quotation makes no card",
            "move the question out to the beginning of a line",
        ),
        Tag::Image { dest_url, .. } => remote_image(dest_url, offset, findings),
        _ => {}
    }
}

/// A fence is closed if anything but its code stands in the block after its first line.
fn fence(text: &str, rest: &[Piece], findings: &mut Findings) {
    let range = rest[0].range.clone();
    let block = text.get(range.clone()).unwrap_or_default();
    let first_line = block.split_inclusive('\n').next().unwrap_or_default();
    let code = rest[1..]
        .iter()
        .take_while(|piece| matches!(piece.event, Event::Text(_)));
    let code_end = code
        .last()
        .map_or(range.start + first_line.len(), |piece| piece.range.end);
    let after = text.get(code_end..range.end).unwrap_or_default();
    if after.contains(['`', '~']) {
        return;
    }
    let mark = if block.starts_with('~') { '~' } else { '`' };
    let marks: String = block.chars().take_while(|c| *c == mark).collect();
    let hint = format!("end the code with a line of its own: {marks}");
    let message = "this fence is never closed: all that follows is read as code";
    findings.error("unclosed-fence", range.start, message, &hint);
}

fn html_block(block: &[Piece], findings: &mut Findings) {
    let lines: Vec<(&str, usize)> = block
        .iter()
        .filter_map(|piece| match &piece.event {
            Event::Html(line) => Some((&**line, piece.range.start)),
            _ => None,
        })
        .collect();
    let Some(&(first, offset)) = lines.first() else {
        return;
    };
    if first.trim_start().starts_with("<!--") {
        comment(&lines, offset, findings);
        return;
    }
    let all: String = lines.iter().map(|(line, _)| *line).collect();
    raw_tags_at(&all, findings, |at| offset_in(&lines, at));
    let verbatim = ["<pre", "<script", "<style", "<textarea"];
    let begin = first.trim_start().to_ascii_lowercase();
    if verbatim.iter().any(|tag| begin.starts_with(tag)) {
        return;
    }
    for (line, offset) in lines {
        if line.starts_with("## ") {
            let message = "HTML that begins above this `##` swallows it: it makes no card";
            findings.error(
                "heading-in-html",
                offset,
                message,
                "put an empty line above the `##`",
            );
        }
    }
}

/// A comment without an end hides the rest of the note.
fn comment(lines: &[(&str, usize)], offset: usize, findings: &mut Findings) {
    if !lines.iter().any(|(line, _)| line.contains("-->")) {
        let message = "this comment is never closed: all that follows is hidden";
        findings.error(
            "unclosed-comment",
            offset,
            message,
            "end the comment with `-->`",
        );
    }
}

/// The place in the note of a byte in the joined lines of a block.
fn offset_in(lines: &[(&str, usize)], mut at: usize) -> usize {
    for (line, offset) in lines {
        if at < line.len() {
            return offset + at;
        }
        at -= line.len();
    }
    lines.last().map_or(0, |(_, offset)| *offset)
}

fn raw_tags(html: &str, offset: usize, findings: &mut Findings) {
    raw_tags_at(html, findings, |at| offset + at);
}

fn raw_tags_at(html: &str, findings: &mut Findings, place: impl Fn(usize) -> usize) {
    for tag in html::tags(html).iter().filter(|tag| !tag.is_comment) {
        let offset = place(tag.start);
        let is_end = tag.source.starts_with("</");
        match tag.element() {
            Element::Unknown => unknown_tag(tag, offset, findings),
            Element::Removed if !is_end => removed_tag(tag, offset, findings),
            _ if tag.name.eq_ignore_ascii_case("img") => {
                remote_image(tag.attribute("src").unwrap_or_default(), offset, findings);
            }
            _ => {}
        }
    }
}

fn unknown_tag(tag: &RawTag, offset: usize, findings: &mut Findings) {
    let shown: String = tag.source.chars().take(40).collect();
    let message = format!("`{shown}` is read as an HTML tag, but there is none of this name");
    let hint = "it is shown as it stands: write it as code, between backticks";
    findings.warning("unknown-tag", offset, &message, hint);
}

fn removed_tag(tag: &RawTag, offset: usize, findings: &mut Findings) {
    let message = format!("`<{}>` and what stands in it is not shown", tag.name);
    let hint = "write it as Markdown, or as code between backticks";
    findings.error("removed-html", offset, &message, hint);
}

fn remote_image(address: &str, offset: usize, findings: &mut Findings) {
    if !html::is_own_image(address) {
        let message = "an image of another host is shown as a link: the app works offline";
        let hint = "save the image beside the note and give its relative path";
        findings.warning("remote-image", offset, message, hint);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_of_joined_lines_is_found_in_its_own_line() {
        let lines = [("<a>\n", 10), ("<b>\n", 20)];
        assert_eq!(offset_in(&lines, 0), 10);
        assert_eq!(offset_in(&lines, 4), 20);
        assert_eq!(offset_in(&lines, 5), 21);
        assert_eq!(offset_in(&lines, 99), 20);
    }
}
