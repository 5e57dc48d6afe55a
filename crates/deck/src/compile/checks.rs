//! Looks for what Markdown reads otherwise than it was probably meant.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag};

use super::html::{self, Element, RawTag};
use super::level::{begins_heading, marks};
use super::markdown::{Piece, element_len};
use super::source::Findings;

/// Reports everything in the pieces of a note that hides or changes what it says.
pub(crate) fn check(text: &str, pieces: &[Piece], level: HeadingLevel, findings: &mut Findings) {
    let mut depth = 0_u32;
    for (index, piece) in pieces.iter().enumerate() {
        match &piece.event {
            Event::Start(tag) => {
                if depth > 0 && begins_heading(piece, level) {
                    nested_question(piece.range.start, level, findings);
                }
                let standing = match depth {
                    0 => Standing::Alone,
                    _ => Standing::InBlock,
                };
                start(tag, text, &pieces[index..], standing, level, findings);
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::InlineHtml(tag) => raw_tags(tag, piece.range.start, findings),
            _ => {}
        }
    }
}

/// Whether a block stands in another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Alone,
    InBlock,
}

fn start(
    tag: &Tag,
    text: &str,
    rest: &[Piece],
    standing: Standing,
    level: HeadingLevel,
    findings: &mut Findings,
) {
    let offset = rest[0].range.start;
    match tag {
        Tag::CodeBlock(CodeBlockKind::Fenced(_)) => fence(text, rest, standing, findings),
        Tag::HtmlBlock => html_block(&rest[..element_len(rest)], level, findings),
        Tag::Image { dest_url, .. } => remote_image(dest_url, offset, findings),
        _ => {}
    }
}

/// A fence is closed if anything but its code stands in the block after its first line. The ranges
/// of the pieces, of which it is the first, are those of the text.
pub(crate) fn is_closed(text: &str, rest: &[Piece]) -> bool {
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
    after.contains(['`', '~'])
}

fn fence(text: &str, rest: &[Piece], standing: Standing, findings: &mut Findings) {
    let range = rest[0].range.clone();
    if is_closed(text, rest) || findings.recovered.contains(&range.start) {
        return;
    }
    let block = text.get(range.clone()).unwrap_or_default();
    let mark = if block.starts_with('~') { '~' } else { '`' };
    let marks: String = block.chars().take_while(|c| *c == mark).collect();
    let (message, hint) = match standing {
        Standing::Alone => (
            "this fence is never closed: all that follows is read as code",
            format!("end the code with a line of its own: {marks}"),
        ),
        Standing::InBlock => (
            "this fence ends with the list or the quotation that it stands in",
            format!("begin the line {marks} that ends it as far in as this one"),
        ),
    };
    findings.error("unclosed-fence", range.start, message, &hint);
}

fn html_block(block: &[Piece], level: HeadingLevel, findings: &mut Findings) {
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
    let starts = starts(&lines);
    raw_tags_at(&all, findings, |at| offset_in(&lines, &starts, at));
    let verbatim = ["<pre", "<script", "<style", "<textarea"];
    let begin = first.trim_start().to_ascii_lowercase();
    if verbatim.iter().any(|tag| begin.starts_with(tag)) {
        return;
    }
    headings_in(&all, level, findings, |at| offset_in(&lines, &starts, at));
}

/// Reports the headings in HTML: lines with marks, which Markdown does not read there, and headings
/// that are HTML themselves.
fn headings_in(
    html: &str,
    level: HeadingLevel,
    findings: &mut Findings,
    place: impl Fn(usize) -> usize,
) {
    const VERBATIM: [&str; 6] = ["code", "kbd", "pre", "samp", "summary", "svg"];
    let tags = html::tags(html);
    let mut tags = tags.iter().peekable();
    let (mut depth, mut comment_end, mut at) = (0_usize, 0, 0);
    for line in html.split_inclusive('\n') {
        while let Some(tag) = tags.next_if(|tag| tag.start < at) {
            if tag.is_comment {
                comment_end = tag.start + tag.source.len();
            } else if VERBATIM.contains(&tag.name.to_ascii_lowercase().as_str()) {
                match tag.source.starts_with("</") {
                    true => depth = depth.saturating_sub(1),
                    false => depth += 1,
                }
            }
        }
        if depth == 0 && comment_end <= at {
            heading_in(line, place(at), level, findings);
        }
        at += line.len();
    }
}

fn heading_in(line: &str, offset: usize, level: HeadingLevel, findings: &mut Findings) {
    let level = level as usize;
    let after = line.trim_start_matches('#');
    let marks = &line[..line.len() - after.len()];
    let is_heading = (1..=level + 1).contains(&marks.len()) && after.starts_with(' ');
    if is_heading && !after.trim().is_empty() {
        let what = match marks.len() == level {
            true => "it makes no card",
            false => "it is no heading",
        };
        let message = format!("HTML that begins above this `{marks}` swallows it: {what}");
        let hint = format!("put an empty line above the `{marks}`");
        findings.error("heading-in-html", offset, &message, &hint);
    }
    let tags = html::tags(line.trim_start());
    let Some(tag) = tags.first().filter(|tag| tag.start == 0) else {
        return;
    };
    let number = tag.name.strip_prefix(['h', 'H']);
    let number = number.and_then(|number| number.parse::<usize>().ok());
    let is_plain = ["align", "class", "style"]
        .iter()
        .all(|name| tag.attribute(name).is_none());
    if number.is_some_and(|number| (2..=level).contains(&number))
        && is_plain
        && !tag.source.starts_with("</")
    {
        let message = format!(
            "a heading that is written as `{}` makes no card",
            tag.source
        );
        let marks = &"######"[..number.unwrap_or(level).min(6)];
        let hint = format!("write it as `{marks} …`");
        findings.warning("heading-in-html", offset, &message, &hint);
    }
}

fn nested_question(offset: usize, level: HeadingLevel, findings: &mut Findings) {
    let marks = marks(level);
    let message = format!("a `{marks}` inside a list or a quotation makes no card");
    let hint = "move the question out to the beginning of a line";
    findings.warning("nested-question", offset, &message, hint);
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

/// Where each line begins in the lines joined.
fn starts(lines: &[(&str, usize)]) -> Vec<usize> {
    let begin = |end: &mut usize, (line, _): &(&str, usize)| {
        let start = *end;
        *end += line.len();
        Some(start)
    };
    lines.iter().scan(0, begin).collect()
}

/// The place in the note of a byte in the joined lines of a block.
fn offset_in(lines: &[(&str, usize)], starts: &[usize], at: usize) -> usize {
    let index = starts.partition_point(|&start| start <= at).checked_sub(1);
    index.map_or(0, |index| {
        let (line, offset) = lines[index];
        let within = at - starts[index];
        offset + if within < line.len() { within } else { 0 }
    })
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
    findings.of_length(tag.source.len());
}

fn removed_tag(tag: &RawTag, offset: usize, findings: &mut Findings) {
    let message = format!("`<{}>` and what stands in it is not shown", tag.name);
    let hint = "write it as Markdown, or as code between backticks";
    findings.error("removed-html", offset, &message, hint);
    findings.of_length(tag.source.len());
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
        let starts = starts(&lines);
        assert_eq!(offset_in(&lines, &starts, 0), 10);
        assert_eq!(offset_in(&lines, &starts, 4), 20);
        assert_eq!(offset_in(&lines, &starts, 5), 21);
        assert_eq!(offset_in(&lines, &starts, 99), 20);
    }
}
