//! The normaliser: folds what may differ between two spellings of the same question.
//!
//! Ids are made from its result, so it never changes: `tests/fixtures/identity.json` holds its
//! golden vectors.

use unicode_normalization::UnicodeNormalization;

/// Folds compatibility forms, case, white space, typographic and invisible marks, leading
/// ornaments and numbering, and trailing punctuation.
///
/// A step that would leave nothing is not taken, so only an empty text has an empty result.
pub fn normalise(text: &str) -> String {
    let folded = fold(strip_ornaments(text.trim()));
    let head = strip_leading(&folded);
    let is_trailing = |c: char| c == ' ' || matches!(c, '?' | ':' | '.' | '!' | '。' | '؟');
    let stripped = head.trim_end_matches(is_trailing);
    if stripped.is_empty() { head } else { stripped }.to_owned()
}

/// Folds compatibility forms, case, white space, and typographic and invisible marks only.
pub fn fold(text: &str) -> String {
    let folded = if text.is_ascii() {
        // The forms of Unicode leave these as they are, and most texts have no others.
        text.replace('`', "'").to_ascii_lowercase()
    } else {
        fold_unicode(text)
    };
    let words: Vec<&str> = folded.split_whitespace().map(fold_dashes).collect();
    words.join(" ")
}

fn fold_unicode(text: &str) -> String {
    let marks: String = text.chars().filter_map(fold_mark).nfkc().collect();
    let cased = caseless::default_case_fold_str(&marks);
    cased.nfkc().filter_map(fold_mark).collect()
}

/// Whether a folded text begins with `q:`, `q3.`, `question 3:` or the like.
pub(crate) fn is_question_marked(folded: &str) -> bool {
    strip_question_word(strip_ornaments(folded)).is_some()
}

/// One mark for all quotes, apostrophes and dashes that look alike; none for invisible characters.
fn fold_mark(c: char) -> Option<char> {
    match c {
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' => None,
        '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' => None,
        '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}' => None,
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '′' | '‵' | '´' | '`' | '‹' | '›' => {
            Some('\'')
        }
        '“' | '”' | '„' | '‟' | '″' | '‶' | '«' | '»' => Some('"'),
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => Some('-'),
        _ => Some(c),
    }
}

/// A word of several hyphens is a dash typed on a keyboard.
fn fold_dashes(word: &str) -> &str {
    if word.bytes().all(|byte| byte == b'-') {
        "-"
    } else {
        word
    }
}

fn strip_leading(text: &str) -> &str {
    let mut rest = text;
    loop {
        let shorter = strip_numbering(strip_ornaments(rest)).trim_start();
        if shorter.is_empty() || shorter.len() == rest.len() {
            return rest;
        }
        rest = shorter;
    }
}

/// Takes leading emoji, symbols, bullets and enclosed numbers off, unless nothing else is there.
fn strip_ornaments(text: &str) -> &str {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if is_ornament(first) || first.is_whitespace() {
            rest = &rest[first.len_utf8()..];
        } else if let Some(after) = strip_keycap(rest) {
            rest = after;
        } else {
            break;
        }
    }
    if rest.is_empty() { text } else { rest }
}

fn is_ornament(c: char) -> bool {
    matches!(c,
        '\u{2022}' | '\u{20e3}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' | '\u{3030}' | '\u{303d}'
        | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{2460}'..='\u{24ff}'
        | '\u{25a0}'..='\u{27bf}' | '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2bff}'
        | '\u{1f000}'..='\u{1faff}' | '\u{e0020}'..='\u{e007f}')
}

/// A digit, `#` or `*` in a key cap, as in `3️⃣`.
fn strip_keycap(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(|c: char| c.is_ascii_digit() || c == '#' || c == '*')?;
    let rest = rest.strip_prefix('\u{fe0f}').unwrap_or(rest);
    rest.strip_prefix('\u{20e3}')
}

/// Takes one leading `3.`, `2)`, `(4)`, `1.2.`, `5:`, `1、`, `三、`, `(三)`, `[5]`, `#6`, `7 -`, `q:`,
/// `q3.` or `question 3:` off.
fn strip_numbering(text: &str) -> &str {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let numbered = strip_number(inner).and_then(strip_number_end);
    numbered
        .or_else(|| strip_marked_number(text))
        .or_else(|| strip_chinese_number(text))
        .or_else(|| strip_question_word(text))
        .unwrap_or(text)
}

fn strip_number_end(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix('、') {
        return Some(rest);
    }
    let rest = text.strip_prefix(['.', ')', ':'])?;
    // Chinese and Japanese put no space there. `3.x` is a version.
    let is_other_script = |c: char| c.is_alphabetic() && !c.is_ascii();
    (rest.starts_with(' ') || rest.starts_with(is_other_script)).then_some(rest)
}

/// `[5] `, `#6 ` or `7 - `, if a letter follows.
fn strip_marked_number(text: &str) -> Option<&str> {
    let rest = if let Some(inside) = text.strip_prefix('[') {
        strip_digits(inside)?.strip_prefix("] ")
    } else if let Some(number) = text.strip_prefix('#') {
        strip_digits(number)?.strip_prefix(' ')
    } else {
        strip_digits(text)?.strip_prefix(" - ")
    };
    rest.filter(|rest| rest.starts_with(char::is_alphabetic))
}

/// `三、` or `(三)`.
fn strip_chinese_number(text: &str) -> Option<&str> {
    const DIGITS: &str = "一二三四五六七八九十百零〇";
    let inside = text.strip_prefix('(');
    let number = inside.unwrap_or(text);
    let rest = number.trim_start_matches(|c| DIGITS.contains(c));
    if rest.len() == number.len() {
        return None;
    }
    match inside {
        Some(_) => rest.strip_prefix(')'),
        None => rest.strip_prefix('、'),
    }
}

fn strip_question_word(text: &str) -> Option<&str> {
    let rest = text
        .strip_prefix("question")
        .or_else(|| text.strip_prefix('q'))?;
    let spaced = rest.strip_prefix(' ').unwrap_or(rest);
    let (rest, is_numbered) = match strip_number(spaced) {
        Some(after) => (after, true),
        None => (rest, false),
    };
    if is_numbered && let Some(after) = rest.strip_prefix(" - ") {
        return Some(after);
    }
    rest.strip_prefix(':').or_else(|| strip_number_end(rest))
}

/// Groups of one to three digits with dots between them.
fn strip_number(text: &str) -> Option<&str> {
    let mut rest = strip_digits(text)?;
    while let Some(after) = rest.strip_prefix('.').and_then(strip_digits) {
        rest = after;
    }
    Some(rest)
}

fn strip_digits(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    (1..=3).contains(&digits).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ascii_character_folds_as_unicode_says() {
        for byte in 0..128_u8 {
            let text = format!("aB{}`c", char::from(byte));
            let words: Vec<String> = fold_unicode(&text)
                .split_whitespace()
                .map(|word| fold_dashes(word).to_owned())
                .collect();
            assert_eq!(fold(&text), words.join(" "), "{text:?}");
        }
    }
}
