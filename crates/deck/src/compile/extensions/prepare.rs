//! Text that the parser would read as code or tear apart, rewritten before it is parsed.
//!
//! An admonition (`!!! tip "Title"` with its body indented) becomes a callout, the lines of a
//! formula between lines of `$$` become one line, and lines between lines of `%%` go. Every place
//! of the rewritten text is known in the note, so that problems name the right one.

mod lines;

use std::ops::Range;

use super::formulas::MAX_LEN;
use super::likeness::looks_like_math;
use lines::{Comments, Kind, Line, fenced_by, is_heading, kinds, lines};

/// A rewritten text and where its bytes stood.
pub(crate) struct Prepared {
    pub(crate) text: String,
    /// From `new` on, the text is that of the source from `old` on.
    moves: Vec<Move>,
    source_len: usize,
}

struct Move {
    new: usize,
    old: usize,
}

/// The text as the parser should read it, where that differs.
pub(crate) fn prepare(source: &str) -> Option<Prepared> {
    let needs_it = |line: &str| {
        let line = line.trim();
        line == "$$" || line == "%%" || header(line).is_some()
    };
    if !source.lines().any(needs_it) {
        return None;
    }
    let mut prepared = Prepared {
        text: String::with_capacity(source.len() + 64),
        moves: vec![Move { new: 0, old: 0 }],
        source_len: source.len(),
    };
    prepared.write(&lines(source), "", 0);
    Some(prepared)
}

impl Prepared {
    /// Where a byte of the text stood in the source.
    pub(crate) fn place(&self, offset: usize) -> usize {
        let after = self.moves.partition_point(|place| place.new <= offset);
        let Some(place) = self.moves.get(after.saturating_sub(1)) else {
            return 0;
        };
        let end = self
            .moves
            .get(after)
            .map_or(self.source_len, |next| next.old);
        (place.old + (offset - place.new)).min(end.max(place.old))
    }

    /// Where a range of the text stood: it ends where its last byte did.
    pub(crate) fn places(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.place(range.start);
        if range.is_empty() {
            return start..start;
        }
        let last = self.place(range.end - 1);
        // What was inserted has no length in the note.
        let end = last + usize::from(self.place(range.end) != last);
        start..end.clamp(start, self.source_len.max(start))
    }

    fn write(&mut self, lines: &[Line], prefix: &str, depth: usize) {
        let kinds = kinds(lines);
        let mut comments = Comments::new(lines, &kinds);
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            let indent = match kinds[at] {
                Kind::Item => line.indent(),
                Kind::Text | Kind::Indented | Kind::Verbatim => "",
            };
            let end = match kinds[at] {
                Kind::Indented | Kind::Verbatim => None,
                Kind::Text | Kind::Item => self
                    .admonition(lines, at, &[prefix, indent], depth)
                    .or_else(|| self.formula(lines, &kinds, at, prefix))
                    .or_else(|| comments.end(lines, &kinds, at)),
            };
            at = end.unwrap_or_else(|| {
                self.line(prefix, "", line);
                at + 1
            });
        }
    }

    fn line(&mut self, prefix: &str, inserted: &str, line: &Line) {
        let old = line.start;
        self.moves.push(Move {
            new: self.text.len(),
            old,
        });
        self.text.push_str(prefix);
        self.text.push_str(inserted);
        self.moves.push(Move {
            new: self.text.len(),
            old,
        });
        self.text.push_str(line.text);
        self.text.push('\n');
    }

    /// Writes the admonition that begins in a line, behind what stands before all its lines in the
    /// new text and then also in the old, and returns the line after it.
    fn admonition(
        &mut self,
        lines: &[Line],
        at: usize,
        [prefix, indent]: &[&str; 2],
        depth: usize,
    ) -> Option<usize> {
        let line = lines[at].behind(indent)?;
        let header = header(line.text).filter(|_| depth < MAX_DEPTH)?;
        let end = body_end(lines, at, indent);
        if end == at + 1 && !header.is_complete {
            return None;
        }
        let blank = Line {
            text: "",
            start: line.start,
        };
        self.line(prefix, "", &blank);
        let marker = format!("{indent}> [!{}]{} ", header.kind, header.fold);
        let title = Line {
            text: &line.text[header.title.clone()],
            start: line.start + header.title.start,
        };
        self.line(prefix, &marker, &title);
        let body = lines[at + 1..end].iter();
        let body: Vec<Line> = body
            .map(|line| line.body(indent).unwrap_or_else(|| line.end()))
            .collect();
        self.write(&body, &format!("{prefix}{indent}> "), depth + 1);
        let after = Line {
            text: "",
            start: lines[end - 1].start + lines[end - 1].text.len(),
        };
        self.line(prefix, "", &after);
        Some(end)
    }

    /// Writes the lines from a line of `$$` to the next, and returns the line after them. They
    /// become one, so that no line of them begins a list or a heading, if one of them would.
    fn formula(
        &mut self,
        lines: &[Line],
        kinds: &[Kind],
        at: usize,
        prefix: &str,
    ) -> Option<usize> {
        let end = fenced_by(lines, kinds, at, "$$")?;
        let inside = &lines[at + 1..end];
        let is_long = lines[end].start - lines[at].start > MAX_LEN;
        let is_verbatim = kinds[at + 1..end].contains(&Kind::Verbatim);
        let is_other = |line: &Line| is_heading(line.text) || line.text.contains("$$");
        if is_long || is_verbatim || inside.iter().any(is_other) {
            return None;
        }
        let all: Vec<&str> = inside.iter().map(|line| line.text).collect();
        let is_split = inside
            .iter()
            .any(|line| line.is_blank() || begins_block(line.text));
        let content = all.join(" ");
        if is_split && (content.contains('$') || !looks_like_math(&content)) {
            return None;
        }
        self.line(prefix, "", &lines[at]);
        // Behind a `%` all that follows in the line is a comment of TeX.
        let is_joined = is_split && !all.iter().any(|line| line.contains('%'));
        for line in &lines[at + 1..=end] {
            if is_joined {
                self.text.pop();
                self.text.push(' ');
            }
            self.line(if is_joined { "" } else { prefix }, "", line);
        }
        Some(end + 1)
    }
}

const MAX_DEPTH: usize = 8;

/// The first line of an admonition: `!!! type "Title"`, or `???` for one that folds.
struct Header<'s> {
    kind: &'s str,
    fold: &'static str,
    title: Range<usize>,
    /// Whether it can stand without a body.
    is_complete: bool,
}

fn header(line: &str) -> Option<Header<'_>> {
    let marks = [("???+", "+"), ("???", "-"), ("!!!", "")];
    let (rest, fold) = marks
        .iter()
        .find_map(|(mark, fold)| Some((line.strip_prefix(mark)?, *fold)))?;
    let words = rest.trim_start();
    if words.len() == rest.len() {
        return None;
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let kind_len = words.find(|c| !is_name(c)).unwrap_or(words.len());
    let (kind, after) = words.split_at(kind_len);
    let plain = after.split('"').next().unwrap_or_default();
    let is_plain = plain.chars().all(|c| is_name(c) || c == ' ');
    if kind.is_empty() || kind.len() > 30 || !is_plain {
        return None;
    }
    let after_start = line.len() - after.len();
    let title = match (after.find('"'), after.trim_end().rfind('"')) {
        (Some(first), Some(last)) if first < last => after_start + first + 1..after_start + last,
        (Some(_), _) => return None,
        _ => line.len()..line.len(),
    };
    Some(Header {
        is_complete: !title.is_empty(),
        kind,
        fold,
        title,
    })
}

/// The line after the body of the admonition that begins in a line.
fn body_end(lines: &[Line], at: usize, indent: &str) -> usize {
    let mut end = at + 1;
    for (index, line) in lines.iter().enumerate().skip(at + 1) {
        if !line.is_blank() {
            if line.body(indent).is_none() {
                break;
            }
            end = index + 1;
        }
    }
    end
}

/// Whether a line would end the paragraph above it.
fn begins_block(line: &str) -> bool {
    let line = line.trim_start();
    let is_underline = !line.is_empty() && line.trim_end().chars().all(|c| matches!(c, '=' | '-'));
    is_underline || line.starts_with(['-', '+', '*', '#', '>', '<', '|', '1'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        let text = prepare(source).map(|prepared| prepared.text);
        assert_eq!(text.as_deref().unwrap_or(source), expected);
    }

    #[test]
    fn an_admonition_becomes_a_callout() {
        check("!!! tip\n    a\n", "\n> [!tip] \n> a\n\n");
        check(
            "x\n\n??? note \"A b\"\n    a\n\n        code\nz\n",
            "x\n\n\n> [!note]- A b\n> a\n> \n>     code\n\nz\n",
        );
        check(
            "!!! tip\n    a\n    ???+ bug\n        b\n",
            "\n> [!tip] \n> a\n> \n> > [!bug]+ \n> > b\n> \n\n",
        );
        check("```\n!!! tip\n    a\n```\n", "```\n!!! tip\n    a\n```\n");
        check(
            "x\n\n    !!! tip\n        a\n",
            "x\n\n    !!! tip\n        a\n",
        );
        check("!!! wow, this is\nmuch\n", "!!! wow, this is\nmuch\n");
    }

    #[test]
    fn an_admonition_of_an_item_stays_in_the_item() {
        check(
            "- x\n\n    !!! tip \"A\"\n        a\n\n            code\n\n    y\n- z\n",
            "- x\n\n\n    > [!tip] A\n    > a\n    > \n    >     code\n\n\n    y\n- z\n",
        );
        check(
            "1. x\n   !!! tip\n       b\n",
            "1. x\n\n   > [!tip] \n   > b\n\n",
        );
    }

    #[test]
    fn a_formula_is_one_line_where_its_lines_would_be_torn_apart() {
        check("$$\na = b\n- c\n$$\nx\n", "$$ a = b - c $$\nx\n");
        check("$$\na = b\n$$\n", "$$\na = b\n$$\n");
        check(
            "$$\na % x\n- b\n$$\n\n- c\n\n$$\nd\n$$\n",
            "$$\na % x\n- b\n$$\n\n- c\n\n$$\nd\n$$\n",
        );
        let between = "$$\na = b\n$$\n\n**c**: $\\d$\n\n$$\ne\n$$\n";
        check(between, between);
    }

    #[test]
    fn lines_between_comment_marks_go() {
        check("a\n%%\nb\n%%\nc\n", "a\nc\n");
        check("a\n%%\nb\n", "a\n%%\nb\n");
        check("%%\n\n# b\n%%\nc\n", "c\n");
    }

    #[test]
    fn places_are_those_of_the_note() {
        for source in [
            "x\n\n!!! tip \"T\"\n    one\n\n    two\nz\n",
            "- x\n\n  !!! tip \"T\"\n      one\n\n      two\n- z\n",
        ] {
            let prepared = prepare(source).expect("an admonition");
            for word in ["x", "T", "one", "two", "z"] {
                let at = prepared.text.find(word).expect("the word is there");
                assert_eq!(Some(prepared.place(at)), source.find(word), "{word}");
            }
        }
    }
}
