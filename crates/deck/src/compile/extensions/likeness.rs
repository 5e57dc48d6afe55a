//! Whether text between dollar signs is a formula, or money, a shell's variables or prose.

/// Whether text reads like a formula. It is judged without its marks.
pub(super) fn looks_like_math(content: &str) -> bool {
    let content = content.trim();
    // `\[\\\]` are brackets and a backslash, each written so that it is none of Markdown's.
    if content.trim_matches('\\').is_empty() {
        return false;
    }
    if content.contains([
        '\\', '^', '_', '{', '=', '<', '>', '+', '≤', '≥', '→', '∈', '∑',
    ]) {
        return !is_prose(content);
    }
    let is_word = content.chars().all(char::is_alphanumeric);
    is_word
        || (content.len() <= 60
            && words(content, 2) < 2
            && longest_word(content) <= 3
            && !is_price(content))
}

/// Many words and hardly a command: a sentence that happens to have a sign in it.
fn is_prose(content: &str) -> bool {
    !content.contains('\\') && words(content, 3) >= 2
}

/// How many words of letters alone have at least that many.
fn words(content: &str, letters: usize) -> usize {
    let is_word =
        |word: &&str| word.chars().count() >= letters && word.chars().all(char::is_alphabetic);
    content.split_whitespace().filter(is_word).count()
}

fn longest_word(content: &str) -> usize {
    let words = content.split(|c: char| !c.is_alphabetic());
    words.map(|word| word.chars().count()).max().unwrap_or(0)
}

/// `5 or 5`, `20/mo`, `3k`: a number and then words.
fn is_price(content: &str) -> bool {
    content.starts_with(|c: char| c.is_ascii_digit())
        && content.chars().any(char::is_alphabetic)
        && content.contains([' ', '/', ',', '.'])
}

/// Whether what stands between two single dollar signs may be a formula, by what is around.
pub(super) fn is_inline_formula(content: &str, after: Option<char>) -> bool {
    let touches =
        !content.starts_with(char::is_whitespace) && !content.ends_with(char::is_whitespace);
    let is_followed = match after {
        Some(c) if c.is_ascii_digit() => false,
        Some(c) if c.is_ascii_alphabetic() || c == '(' || c == '{' => {
            is_sure(content) && !is_between_variables(content)
        }
        _ => true,
    };
    touches && is_followed
}

/// Whether hardly anything but a formula looks like this.
pub(super) fn is_sure(content: &str) -> bool {
    content.chars().count() == 1 || content.contains(['\\', '^', '_', '{', '='])
}

/// `user_id/`, `a=`: what stands between the beginnings of two variables of a shell or of PHP.
fn is_between_variables(content: &str) -> bool {
    let goes_on = content.ends_with(['/', ',', ':', ';', '.', '=', '-', '+', '&', '|', '"', '>']);
    let is_named = |word: &str| {
        word.split_once('_').is_some_and(|(before, after)| {
            let ends = before.chars().rev().take_while(char::is_ascii_alphabetic);
            let begins = after.chars().take_while(char::is_ascii_alphabetic);
            ends.count() > 1 && begins.count() > 1
        })
    };
    !content.contains(['\\', '^', '{']) && (goes_on || is_named(content))
}
