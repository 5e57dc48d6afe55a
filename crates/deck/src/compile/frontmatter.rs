//! Reads the frontmatter of a note: YAML between two lines `---` at its very beginning.

mod advice;
mod meant;

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};

use super::settings::{Choices, Tree, Yaml};
use super::source::Findings;
use advice::{hint, report_dotted};
use meant::{Misplaced, is_key, is_meant_as_yaml};

/// What the frontmatter says, and where the note goes on behind it.
#[derive(Default, PartialEq, Debug)]
pub(crate) struct Frontmatter {
    pub(crate) tags: Vec<String>,
    /// The settings below `quire:`.
    pub(crate) choices: Choices,
    pub(crate) body_start: usize,
}

const CODE: &str = "broken-frontmatter";

/// Reads the frontmatter. Where it is broken the note is read without it.
pub(crate) fn read(text: &str, findings: &mut Findings) -> Frontmatter {
    match Fenced::find(text) {
        Some(fenced) if fenced.mark == "+++" => {
            let hint = "write it as YAML between two lines `---`";
            findings.error(CODE, 0, "frontmatter in TOML is not read", hint);
            Frontmatter {
                body_start: fenced.end,
                ..Frontmatter::default()
            }
        }
        Some(fenced) => read_yaml(&fenced, findings),
        None => match Misplaced::find(text) {
            Some(misplaced) => not_first(&misplaced, findings),
            None => {
                report_unclosed(text, findings);
                Frontmatter::default()
            }
        },
    }
}

/// The lines between two marks.
struct Fenced<'t> {
    mark: &'t str,
    inner: &'t str,
    inner_start: usize,
    end: usize,
}

impl<'t> Fenced<'t> {
    fn find(text: &'t str) -> Option<Fenced<'t>> {
        let first = text.split_inclusive('\n').next()?;
        let mark = first.trim_end();
        if mark != "---" && mark != "+++" {
            return None;
        }
        let inner_start = first.len();
        let mut at = inner_start;
        for line in text[inner_start..].split_inclusive('\n') {
            let is_end = line.trim_end() == mark || mark == "---" && line.trim_end() == "...";
            if is_end {
                let inner = &text[inner_start..at];
                return Some(Fenced {
                    mark,
                    inner,
                    inner_start,
                    end: at + line.len(),
                });
            }
            at += line.len();
        }
        None
    }
}

fn read_yaml(fenced: &Fenced, findings: &mut Findings) -> Frontmatter {
    let body_start = fenced.end;
    if fenced.inner.trim().is_empty() {
        return Frontmatter {
            body_start,
            ..Frontmatter::default()
        };
    }
    if !is_meant_as_yaml(fenced.inner) {
        return Frontmatter::default();
    }
    if fenced.inner.len() > LONGEST {
        let message = "the frontmatter is not read: it is longer than 64 KB";
        let hint = "keep what is not about the note as a whole out of it";
        findings.error(CODE, 0, message, hint);
        return Frontmatter {
            body_start,
            ..Frontmatter::default()
        };
    }
    let limits = serde_saphyr::options! { budget: serde_saphyr::budget! { max_depth: DEEPEST } };
    match serde_saphyr::from_str_with_options::<Fields>(fenced.inner, limits) {
        Ok(mut fields) => {
            report_dotted(fenced, findings);
            Frontmatter {
                choices: choices(fields.quire.take(), fenced, findings),
                tags: fields.tags(fenced, findings),
                body_start,
            }
        }
        Err(error) => {
            report_broken(&error, fenced, findings);
            Frontmatter {
                body_start,
                ..Frontmatter::default()
            }
        }
    }
}

fn report_broken(error: &serde_saphyr::Error, fenced: &Fenced, findings: &mut Findings) {
    let (line, column) = error
        .location()
        .map_or((1, 1), |at| (at.line(), at.column()));
    let offset = fenced.inner_start + offset_of(fenced.inner, line, column);
    let shown = error.without_snippet().to_string();
    let cause = shown.split([',', '\n']).next().unwrap_or_default();
    // The place is told by the problem itself, as a place in the file.
    let cause = cause.split(" at line ").next().unwrap_or_default();
    let message = format!("the frontmatter is not read: {cause}");
    let hint = hint(&fenced.inner[..offset - fenced.inner_start]);
    findings.error(CODE, offset, &message, hint);
}

fn choices(quire: Option<Yaml>, fenced: &Fenced, findings: &mut Findings) -> Choices {
    let Some(yaml) = quire else {
        return Choices::default();
    };
    let offset_of = |line, column| fenced.inner_start + offset_of(fenced.inner, line, column);
    Choices::read(&Tree::from_yaml(yaml, &offset_of), findings)
}

fn not_first(misplaced: &Misplaced, findings: &mut Findings) -> Frontmatter {
    let message = "this frontmatter is not read: it does not begin in the first line";
    let hint = match misplaced.has_begin {
        true => "move it up, so that its `---` is the first line of the note",
        false => "write a line `---` above it, as the first line of the note",
    };
    findings.error(CODE, misplaced.range.start, message, hint);
    Frontmatter {
        body_start: misplaced.range.end,
        ..Frontmatter::default()
    }
}

fn report_unclosed(text: &str, findings: &mut Findings) {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default().trim_end();
    if first == "---" && lines.next().is_some_and(is_key) {
        let hint = "end the frontmatter with a line `---`";
        findings.error(
            CODE,
            0,
            "the frontmatter has no end, so it is not read",
            hint,
        );
    }
}

/// The byte that a line and a column in characters name, both counted from 1.
fn offset_of(text: &str, line: u64, column: u64) -> usize {
    let before = |from_one: u64| usize::try_from(from_one).unwrap_or(1).saturating_sub(1);
    let mut lines = text.split_inclusive('\n');
    let start: usize = lines.by_ref().take(before(line)).map(str::len).sum();
    let line = lines.next().unwrap_or_default();
    start
        + line
            .chars()
            .take(before(column))
            .map(char::len_utf8)
            .sum::<usize>()
}

/// The time to read some YAML grows with the square of its length.
const LONGEST: usize = 64 << 10;

/// How deep YAML nests. The reader calls itself for each level, and takes up to 30 KB of the stack
/// for it in a build for tests.
const DEEPEST: usize = 16;

/// Each card has all tags of its note, so that tags without end times cards without end would fill
/// any memory.
const MOST_TAGS: usize = 200;

/// The fields that are read; others are ignored.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Fields {
    #[serde(alias = "Tags")]
    tags: Tags,
    #[serde(alias = "Tag")]
    tag: Tags,
    quire: Option<Yaml>,
}

impl Fields {
    fn tags(self, fenced: &Fenced, findings: &mut Findings) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        for tag in self.tags.0.into_iter().chain(self.tag.0) {
            let tag = tag.trim().trim_start_matches('#').to_owned();
            if tag.is_empty() || tags.contains(&tag) {
                continue;
            }
            if tags.len() == MOST_TAGS {
                too_many_tags(&tag, fenced, findings);
                break;
            }
            tags.push(tag);
        }
        tags
    }
}

fn too_many_tags(first_left_out: &str, fenced: &Fenced, findings: &mut Findings) {
    let lines = fenced.inner.split_inclusive('\n');
    let is_key = |line: &&str| line.trim_start_matches(['"', '\'']).starts_with(['t', 'T']);
    let before: usize = lines.take_while(|line| !is_key(line)).map(str::len).sum();
    let message = format!(
        "the note has more than {MOST_TAGS} tags: `{first_left_out}` and those after it are left out"
    );
    let hint = "tags are for telling notes apart: keep those that you look for";
    findings.warning("too-many-tags", fenced.inner_start + before, &message, hint);
}

/// A list of words, or one text with commas or spaces between the words.
#[derive(Default)]
struct Tags(Vec<String>);

impl<'de> Deserialize<'de> for Tags {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Tags, D::Error> {
        deserializer.deserialize_any(TagsVisitor)
    }
}

struct TagsVisitor;

impl<'de> Visitor<'de> for TagsVisitor {
    type Value = Tags;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of tags")
    }

    fn visit_unit<E>(self) -> Result<Tags, E> {
        Ok(Tags::default())
    }

    fn visit_none<E>(self) -> Result<Tags, E> {
        Ok(Tags::default())
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tags, E> {
        Ok(Tags(vec![value.to_string()]))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tags, E> {
        Ok(Tags(vec![value.to_string()]))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tags, E> {
        Ok(Tags(vec![value.to_string()]))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tags, E> {
        Ok(Tags(vec![value.to_string()]))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tags, E> {
        let is_between = |c: char| {
            if text.contains(',') {
                c == ','
            } else {
                c.is_whitespace()
            }
        };
        Ok(Tags(text.split(is_between).map(str::to_owned).collect()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tags, A::Error> {
        let mut tags = Vec::new();
        while let Some(tag) = items.next_element::<Option<String>>()? {
            tags.extend(tag);
        }
        Ok(Tags(tags))
    }
}
