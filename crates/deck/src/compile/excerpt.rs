//! `Excerpt`: the line that a problem is about, as far as one wants to see it.

/// A piece of a line around a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Excerpt {
    /// The line, or so much of it as stands around the place.
    pub(crate) text: String,
    /// How many characters of the line stand before the text.
    pub(crate) before: usize,
    /// Whether more of the line follows.
    pub(crate) goes_on: bool,
    /// How many characters are meant.
    pub(crate) length: usize,
}

/// How many characters are shown of a line before a place, and from it on.
const BEFORE: usize = 60;
const AFTER: usize = 100;

impl Excerpt {
    /// Of the line that has a place at `at`, a byte; `length` bytes of it are meant, or what seems
    /// to be meant there.
    pub(crate) fn of(line: &str, at: usize, length: Option<usize>) -> Excerpt {
        let (head, tail) = line.split_at_checked(at).unwrap_or((line, ""));
        let cut = head
            .char_indices()
            .rev()
            .take(BEFORE)
            .last()
            .map_or(head.len(), |(at, _)| at);
        // A mark that changes the letter before it is not shown without that.
        let end = tail
            .char_indices()
            .nth(AFTER)
            .map_or(tail.len(), |(at, _)| at);
        let seen = &tail[..end];
        let meant = match length {
            Some(length) => seen.get(..length).unwrap_or(seen),
            None => meant(head, seen),
        };
        Excerpt {
            text: format!("{}{seen}", &head[cut..]),
            before: head[..cut].chars().count(),
            goes_on: end < tail.len(),
            length: meant.chars().count().max(1),
        }
    }
}

/// What seems to be meant by a place: the line if it is the line's beginning, else a tag, an image,
/// a link, some code, or a word.
fn meant<'l>(head: &str, tail: &'l str) -> &'l str {
    let whole = tail.trim_end();
    if head
        .trim_start_matches([' ', '\t', '>', '-', '*', '+'])
        .is_empty()
    {
        return whole;
    }
    let ends = [
        ("<!--", "-->"),
        ("<", ">"),
        ("![[", "]]"),
        ("![", ")"),
        ("[[", "]]"),
        ("[", ")"),
        ("`", "`"),
    ];
    for (begin, end) in ends {
        let inside = tail.strip_prefix(begin);
        if let Some(at) = inside.and_then(|inside| inside.find(end)) {
            return &tail[..begin.len() + at + end.len()];
        }
    }
    whole.split(char::is_whitespace).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant_by_a_place_is_the_line_or_a_thing_in_it() {
        #[track_caller]
        fn check(line: &str, at: &str, expected: &str) {
            let at = line.find(at).unwrap();
            let excerpt = Excerpt::of(line, at, None);
            let chars = line[at..].chars().take(excerpt.length);
            assert_eq!(chars.collect::<String>(), expected, "{line}");
        }
        check("## Why?  ", "##", "## Why?");
        check("  ```rust", "`", "```rust");
        check("> ## Why so?", "##", "## Why so?");
        check("a Vec<T> b", "<", "<T>");
        check("see ![an image](a b.png) here", "!", "![an image](a b.png)");
        check("see ![[a b.png]] here", "!", "![[a b.png]]");
        check("see [[a note]] here", "[", "[[a note]]");
        check("see [a](b.md), here", "[", "[a](b.md)");
        check("one two three", "two", "two");
        check("größe ändert sich", "ändert", "ändert");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let line = format!("{}<T>{}", "ä".repeat(1000), "b".repeat(1000));
        let excerpt = Excerpt::of(&line, 2000, None);
        assert_eq!(
            (excerpt.before, excerpt.length, excerpt.goes_on),
            (940, 3, true)
        );
        assert_eq!(
            excerpt.text,
            format!("{}<T>{}", "ä".repeat(60), "b".repeat(97))
        );
        let end = Excerpt::of("ab", 2, None);
        assert_eq!((end.text.as_str(), end.length), ("ab", 1));
    }
}
