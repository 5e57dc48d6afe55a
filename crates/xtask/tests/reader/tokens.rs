//! Words and signs of a Rust source; comments, texts and numbers are left out.

/// A word, `::`, or one sign.
#[derive(Clone, Debug)]
pub struct Token {
    /// What stands there.
    pub text: String,
    /// The line, counted from 1.
    pub line: usize,
}

impl Token {
    /// Whether this is a name or a keyword.
    pub fn is_word(&self) -> bool {
        self.text.starts_with(is_word_start)
    }
}

/// The tokens of `source` in order.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = source;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let length = skipped(rest);
        let (text, taken) = if length > 0 {
            (None, length)
        } else if rest.starts_with("::") {
            (Some("::"), 2)
        } else if first.is_ascii_digit() {
            (None, word_length(rest))
        } else if is_word_start(first) {
            let taken = word_length(rest);
            (Some(&rest[..taken]), taken)
        } else {
            (Some(&rest[..first.len_utf8()]), first.len_utf8())
        };
        let is_blank = text.is_some_and(|text| text.trim().is_empty());
        if let Some(text) = text.filter(|_| !is_blank) {
            found.push(Token {
                text: text.to_owned(),
                line,
            });
        }
        line += rest[..taken].matches('\n').count();
        rest = &rest[taken..];
    }
    found
}

/// The length of the comment or text that `rest` begins with, else 0.
fn skipped(rest: &str) -> usize {
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return block_comment(rest);
    }
    let prefix = ["br", "cr", "b", "c", "r"].into_iter().find(|prefix| {
        rest.strip_prefix(prefix)
            .is_some_and(|after| after.starts_with(['"', '#']))
    });
    match (prefix, rest.as_bytes()[0]) {
        (Some(prefix), _) if prefix.ends_with('r') => raw_text(rest, prefix.len()),
        (Some(prefix), _) => prefix.len() + quoted(&rest[prefix.len()..], '"'),
        (None, b'"') => quoted(rest, '"'),
        (None, b'\'') => character(rest),
        _ => 0,
    }
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        let here = &rest.as_bytes()[at..];
        if here.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

/// `r#"…"#`; 0 for a raw name such as `r#type`.
fn raw_text(rest: &str, prefix: usize) -> usize {
    let hashes = rest[prefix..]
        .bytes()
        .take_while(|byte| *byte == b'#')
        .count();
    let start = prefix + hashes;
    if !rest[start..].starts_with('"') {
        return 0;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    rest[start + 1..]
        .find(&end)
        .map_or(rest.len(), |at| start + 1 + at + end.len())
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut chars = rest.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if c == quote {
            return at + c.len_utf8();
        }
    }
    rest.len()
}

/// `'x'` and `'\n'`; a lifetime such as `'a` counts as one sign and a word.
fn character(rest: &str) -> usize {
    let inner = &rest[1..];
    let Some(first) = inner.chars().next() else {
        return 0;
    };
    let is_character = first == '\\' || inner[first.len_utf8()..].starts_with('\'');
    if is_character { quoted(rest, '\'') } else { 0 }
}

fn word_length(rest: &str) -> usize {
    rest.find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(rest.len())
}

fn is_word_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}
