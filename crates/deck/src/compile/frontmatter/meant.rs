//! Tells lines that are meant as frontmatter from decoration and prose.

use std::ops::Range;

/// A note may also begin with a line `---` that is decoration. What follows the line tells: a key
/// is meant as frontmatter, a heading or prose is not.
pub(super) fn is_meant_as_yaml(inner: &str) -> bool {
    let begins_blank = inner.starts_with('\n');
    let mut lines = inner.lines().filter(|line| !line.trim().is_empty());
    let is_heading = |line: &&str| line.starts_with('#');
    if begins_blank && lines.clone().next().as_ref().is_some_and(is_heading) {
        return false;
    }
    let Some(first) = lines.find(|line| !line.starts_with('#')) else {
        return false;
    };
    is_key(first) || is_phrase(first.trim_start()) && inner.lines().all(is_of_yaml)
}

/// `key: value`, or `key = value` as TOML writes it.
pub(super) fn is_key(line: &str) -> bool {
    let name = line.trim_start_matches(['"', '\'']);
    let rest = name.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_' || c == '-');
    let rest_after_quote = rest.trim_start_matches(['"', '\'']).trim_start();
    rest.len() < name.len() && rest_after_quote.starts_with([':', '='])
}

/// A key of a few words or with other signs: `date created: …`, `quire.level: …`, `"my key": …`.
fn is_phrase(line: &str) -> bool {
    const MOST_CHARS: usize = 40;
    const MOST_WORDS: usize = 4;
    let Some((key, value)) = line.split_once(':') else {
        return false;
    };
    let is_mark = |c: char| "#>*|[]`!<=~({_-+".contains(c);
    let is_sentence = key.contains(['?', '!', ',', ';']) || key.contains(". ");
    !key.trim().is_empty()
        && key.chars().count() <= MOST_CHARS
        && key.split_whitespace().count() <= MOST_WORDS
        && !key.starts_with(is_mark)
        && !is_sentence
        && (value.is_empty() || value.starts_with([' ', '\t', '\r']))
}

/// Whether a line can stand in frontmatter: a key, an item, a comment, or more of the line above.
fn is_of_yaml(line: &str) -> bool {
    let is_comment = line.starts_with('#') && !line.starts_with("##");
    is_comment || line.starts_with([' ', '\t', '-', '}', ']']) || is_key(line) || is_phrase(line)
}

/// Frontmatter that is not one, since its `---` is not the first line.
pub(super) struct Misplaced {
    /// Its lines, both marks included.
    pub(super) range: Range<usize>,
    /// Whether a line `---` begins it.
    pub(super) has_begin: bool,
}

impl Misplaced {
    pub(super) fn find(text: &str) -> Option<Misplaced> {
        let start = first_shown(text);
        let mut lines = text[start..].split_inclusive('\n').peekable();
        let begin = lines.next_if(|line| line.trim_end() == "---");
        let mut end = start + begin.map_or(0, str::len);
        let mut has_name = false;
        for (index, line) in lines.enumerate() {
            end += line.len();
            if line.trim_end() == "---" {
                return (has_name && index > 0).then_some(Misplaced {
                    range: start..end,
                    has_begin: begin.is_some(),
                });
            }
            let line = line.trim_end();
            if line.is_empty() || !is_of_yaml(line) || index == 0 && !is_key(line.trim_start()) {
                return None;
            }
            has_name |= NAMES.iter().any(|name| begins_with_key(line, name));
        }
        None
    }
}

/// Keys that say what the lines around them are.
const NAMES: [&str; 7] = [
    "aliases", "created", "date", "quire", "tag", "tags", "title",
];

pub(super) fn begins_with_key(line: &str, name: &str) -> bool {
    let rest = line.strip_prefix(name);
    rest.is_some_and(|rest| rest == ":" || rest.starts_with(": "))
}

/// Where the first line begins that is neither empty nor a comment.
fn first_shown(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let line = rest.split_inclusive('\n').next().unwrap_or_default();
        let comment_len = rest
            .starts_with("<!--")
            .then(|| rest.find("-->"))
            .flatten()
            .map(|end| end + rest[end..].find('\n').map_or(3, |len| len + 1));
        at += match comment_len {
            Some(len) => len,
            None if !line.is_empty() && line.trim().is_empty() => line.len(),
            None => return at,
        };
    }
}
