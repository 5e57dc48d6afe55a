//! The names that headings have in addresses.

use std::collections::BTreeMap;

use unicode_normalization::char::is_combining_mark;

/// Gives headings of one note the names that GitHub gives them.
#[derive(Default)]
pub(super) struct Slugs(BTreeMap<String, usize>);

impl Slugs {
    /// The name of the next heading: one that was there already gets `-1`, `-2` and so on.
    pub(super) fn give(&mut self, heading: &str) -> String {
        let base = slug(heading);
        let mut name = base.clone();
        while self.0.contains_key(&name) {
            let count = self.0.entry(base.clone()).or_default();
            *count += 1;
            name = format!("{base}-{count}");
        }
        self.0.insert(name.clone(), 0);
        name
    }
}

/// Letters, digits, `_` and `-` in lower case, with `-` for each space.
pub(super) fn slug(heading: &str) -> String {
    let kept = |c: char| match c {
        ' ' => Some('-'),
        '_' | '-' => Some(c),
        _ => (c.is_alphanumeric() || is_combining_mark(c)).then_some(c),
    };
    heading.to_lowercase().chars().filter_map(kept).collect()
}

/// A heading or fragment as it is compared when the exact name is not there: other tools write one
/// `-` for any run of marks, and Obsidian the heading's text.
pub(super) fn loose(text: &str) -> String {
    let mut out = String::new();
    for c in text.to_lowercase().chars() {
        if c.is_alphanumeric() || is_combining_mark(c) {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_those_of_github() {
        let mut slugs = Slugs::default();
        let mut check = |heading: &str, expected: &str| assert_eq!(slugs.give(heading), expected);
        check("What is the GIL?", "what-is-the-gil");
        check("What is the GIL?", "what-is-the-gil-1");
        check("what is the gil", "what-is-the-gil-2");
        check("1. A & b_c", "1-a--b_c");
        check("Größe — 中文", "größe--中文");
        check("🎉 x", "-x");
        check("x-1", "x-1");
        check("x", "x");
        check("x", "x-2");
        check("?", "");
        check("!", "-1");
    }

    #[test]
    fn runs_of_marks_are_one_when_compared_loosely() {
        assert_eq!(loose("1. A & b_c?"), "1-a-b-c");
        assert_eq!(loose("-1-a--b_c"), "1-a-b-c");
        assert_eq!(loose("??"), "");
    }
}
