//! Tells whether a text is asked as a question.

use super::normalise::{fold, is_question_marked};

/// Whether a text ends in a question mark, begins with a mark such as `Q:`, or with words that
/// only a question or a task begins with.
pub(crate) fn is_asked(text: &str) -> bool {
    let is_decoration = |c: char| !c.is_alphanumeric() && !MARKS.contains(&c) && c != '¿';
    let text = text.trim_matches(is_decoration);
    if text.ends_with(MARKS) || text.starts_with('¿') {
        return true;
    }
    let folded = fold(text);
    if is_question_marked(&folded) {
        return true;
    }
    let words = super::normalise::normalise(text);
    let begins = |start: &str| {
        let rest = words.strip_prefix(start);
        rest.is_some_and(|rest| rest.starts_with(' '))
    };
    BEGINNINGS.iter().any(|start| begins(start)) || CHINESE.iter().any(|word| words.contains(word))
}

/// The number that a text begins with, as in `3. Text` or `Q3: Text`. Chapters such as `3.1` have
/// none.
pub(crate) fn leading_number(text: &str) -> Option<u32> {
    let text = fold(text);
    let text = text
        .trim_start_matches("question")
        .trim_start_matches('q')
        .trim_start();
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = text[..text.len() - rest.len()].parse().ok()?;
    let mut after = rest.chars();
    let is_mark = matches!(after.next(), Some('.' | ')' | ':' | '、'));
    (is_mark && !after.next().is_some_and(|c| c.is_ascii_digit())).then_some(number)
}

const MARKS: [char; 4] = ['?', '？', '؟', '՞'];

/// Two words where one could as well begin the name of a part: "how it works".
const BEGINNINGS: &[&str] = &[
    "what is",
    "what are",
    "what's",
    "what does",
    "what do",
    "what happens",
    "what would",
    "why is",
    "why are",
    "why do",
    "why does",
    "why would",
    "how do",
    "how does",
    "how would",
    "how can",
    "how is",
    "how are",
    "when is",
    "when do",
    "when does",
    "when would",
    "when should",
    "which of",
    "explain",
    "describe",
    "define",
    "compare",
    "difference between",
    "what is the difference",
    "was ist",
    "was sind",
    "wie funktioniert",
    "warum ist",
    "qu'est-ce que",
    "que es",
    "qué es",
];

/// Chinese and Japanese words of questions, wherever they stand.
const CHINESE: &[&str] = &[
    "什么",
    "为什么",
    "如何",
    "怎么",
    "怎样",
    "哪些",
    "区别",
    "吗",
    "什麼",
    "とは",
];
