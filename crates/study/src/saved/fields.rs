//! The fields of a JSON object as texts, each read at most once.
//!
//! A scanner of our own: the log needs the texts of values exactly as they were written, and a
//! whole JSON library would be a tenth of the app.

use std::borrow::Cow;
use std::cell::Cell;

/// Values nested deeper than this are refused.
const MAX_DEPTH: u32 = 100;

/// Any number of so many digits fits into 64 bits.
const MAX_DIGITS: usize = 18;

/// The fields of an object in their order. It notes which were read; the others are what this
/// version does not know.
pub(super) struct Fields<'a> {
    fields: Vec<Field<'a>>,
    /// Where the first field of each one-letter name stands: most names are such.
    by_letter: [u8; LETTERS],
}

struct Field<'a> {
    /// With its quotes.
    name: &'a str,
    value: &'a str,
    is_read: Cell<bool>,
}

const LETTERS: usize = 26;
/// No field, in [`Fields::by_letter`].
const NOWHERE: u8 = u8::MAX;

impl<'a> Fields<'a> {
    /// The fields of a text that is one JSON object and nothing else.
    pub(super) fn parse(object: &'a str) -> Option<Fields<'a>> {
        let mut scanner = Scanner {
            text: object,
            at: 0,
        };
        let mut fields = Fields {
            fields: Vec::with_capacity(12),
            by_letter: [NOWHERE; LETTERS],
        };
        scanner.space();
        scanner.items(b'{', b'}', |scanner| {
            let (name, value) = scanner.member(MAX_DEPTH)?;
            fields.push(name, value);
            Some(())
        })?;
        scanner.space();
        (scanner.at == object.len()).then_some(fields)
    }

    fn push(&mut self, name: &'a str, value: &'a str) {
        let place = self.fields.len().min(NOWHERE.into()) as u8;
        if let [b'"', letter, b'"'] = *name.as_bytes()
            && let Some(first) = self.by_letter.get_mut(letter_index(letter))
            && *first == NOWHERE
        {
            *first = place;
        }
        self.fields.push(Field {
            name,
            value,
            is_read: Cell::new(false),
        });
    }

    /// The value of a field as JSON text. The name is written as in the log, without escapes.
    pub(super) fn raw(&self, name: &str) -> Option<&'a str> {
        let field = &self.fields[self.place(name)?];
        field.is_read.set(true);
        Some(field.value)
    }

    /// The place of the first field of a name.
    fn place(&self, name: &str) -> Option<usize> {
        if let [letter] = *name.as_bytes()
            && let Some(&place) = self.by_letter.get(letter_index(letter))
            && (place != NOWHERE || self.fields.len() <= NOWHERE.into())
        {
            return (place != NOWHERE).then_some(place.into());
        }
        let has_name = |field: &Field| {
            let quoted = field.name.as_bytes();
            quoted.get(1..quoted.len() - 1) == Some(name.as_bytes())
        };
        self.fields.iter().position(has_name)
    }

    /// The fields that were not read, with their names, as JSON texts. What repeats the name of
    /// a field that was read says nothing and is left out: once that one is left out for having
    /// its usual value, it would speak in its place.
    pub(super) fn unread(&self) -> Vec<(&'a str, &'a str)> {
        let is_read = |field: &&Field| field.is_read.get();
        if self.fields.iter().all(|field| is_read(&field)) {
            return Vec::new();
        }
        let (read, mut unread): (Vec<&Field>, Vec<&Field>) = self.fields.iter().partition(is_read);
        unread.retain(|field| read.iter().all(|other| other.name != field.name));
        let pairs = unread.iter().map(|field| (field.name, field.value));
        pairs.collect()
    }

    /// Forgets which fields were read.
    pub(super) fn unread_all(&self) {
        for field in &self.fields {
            field.is_read.set(false);
        }
    }
}

fn letter_index(letter: u8) -> usize {
    letter.wrapping_sub(b'a').into()
}

/// An integer, or `None` for any other value.
pub(super) fn integer<T: TryFrom<i64>>(raw: &str) -> Option<T> {
    let (digits, sign) = match raw.strip_prefix('-') {
        Some(digits) => (digits, -1),
        None => (raw, 1),
    };
    // Longer numbers are beyond every range of the log, and might not fit.
    if digits.is_empty() || digits.len() > MAX_DIGITS {
        return None;
    }
    let mut number: i64 = 0;
    for byte in digits.bytes() {
        let digit = byte.wrapping_sub(b'0');
        (digit <= 9).then_some(())?;
        number = number * 10 + i64::from(digit);
    }
    (number * sign).try_into().ok()
}

/// The text of a string, or `None` for any other value.
pub(super) fn text(raw: &str) -> Option<Cow<'_, str>> {
    let inside = raw.strip_prefix('"')?.strip_suffix('"')?;
    if !inside.contains('\\') {
        return Some(Cow::Borrowed(inside));
    }
    let mut text = String::with_capacity(inside.len());
    let mut rest = inside.chars();
    while let Some(char) = rest.next() {
        text.push(match char {
            '\\' => escaped(&mut rest)?,
            char => char,
        });
    }
    Some(Cow::Owned(text))
}

/// The character of an escape, after its backslash. `None` for half a surrogate pair.
fn escaped(rest: &mut std::str::Chars) -> Option<char> {
    let unit = match rest.next()? {
        'b' => return Some('\u{8}'),
        'f' => return Some('\u{c}'),
        'n' => return Some('\n'),
        'r' => return Some('\r'),
        't' => return Some('\t'),
        'u' => hex_unit(rest)?,
        char => return Some(char),
    };
    if !(0xd800..0xdc00).contains(&unit) {
        return char::from_u32(unit);
    }
    let is_pair = rest.next() == Some('\\') && rest.next() == Some('u');
    let low = hex_unit(rest).filter(|low| is_pair && (0xdc00..0xe000).contains(low))?;
    char::from_u32(0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00))
}

fn hex_unit(rest: &mut std::str::Chars) -> Option<u32> {
    let mut unit = 0;
    for _ in 0..4 {
        unit = unit * 16 + rest.next()?.to_digit(16)?;
    }
    Some(unit)
}

/// Walks over JSON and gives out pieces of its text.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        self.skip(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    }

    /// Passes the bytes that are wanted, and says how many there were.
    fn skip(&mut self, is_wanted: impl Fn(u8) -> bool) -> usize {
        let start = self.at;
        while self.peek().is_some_and(&is_wanted) {
            self.at += 1;
        }
        self.at - start
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// Items between brackets with commas between them.
    fn items(
        &mut self,
        open: u8,
        close: u8,
        mut item: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.eat(open)?;
        self.space();
        if self.eat(close).is_some() {
            return Some(());
        }
        loop {
            item(self)?;
            self.space();
            if self.eat(close).is_some() {
                return Some(());
            }
            self.eat(b',')?;
            self.space();
        }
    }

    /// A name and its value.
    fn member(&mut self, depth: u32) -> Option<(&'a str, &'a str)> {
        let start = self.at;
        self.string()?;
        let name = &self.text[start..self.at];
        self.space();
        self.eat(b':')?;
        self.space();
        let start = self.at;
        self.value(depth)?;
        Some((name, &self.text[start..self.at]))
    }

    fn value(&mut self, depth: u32) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        match self.peek()? {
            b'"' => self.string(),
            b'{' => self.items(b'{', b'}', |scanner| scanner.member(depth).map(|_| ())),
            b'[' => self.items(b'[', b']', |scanner| scanner.value(depth)),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => self.number(),
        }
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let rest = &self.text.as_bytes()[self.at..];
        rest.starts_with(word.as_bytes())
            .then(|| self.at += word.len())
    }

    fn string(&mut self) -> Option<()> {
        self.eat(b'"')?;
        loop {
            self.skip(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
            if self.eat(b'"').is_some() {
                return Some(());
            }
            self.eat(b'\\')?;
            match self.peek()? {
                b'u' => {
                    let digits = self.text.as_bytes().get(self.at + 1..self.at + 5)?;
                    digits.iter().all(u8::is_ascii_hexdigit).then_some(())?;
                }
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                _ => return None,
            }
            self.at += 1;
        }
    }

    fn number(&mut self) -> Option<()> {
        let digit = |byte: u8| byte.is_ascii_digit();
        let _ = self.eat(b'-');
        if self.eat(b'0').is_none() {
            (self.skip(digit) > 0).then_some(())?;
        }
        if self.eat(b'.').is_some() {
            (self.skip(digit) > 0).then_some(())?;
        }
        if self.eat(b'e').or_else(|| self.eat(b'E')).is_some() {
            let _ = self.eat(b'+').or_else(|| self.eat(b'-'));
            (self.skip(digit) > 0).then_some(())?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a JSON library that is used everywhere says of the same text.
    #[track_caller]
    fn check(json: &str) {
        let expected: Result<serde_json::Map<String, serde_json::Value>, _> =
            serde_json::from_str(json);
        let fields = Fields::parse(json);
        assert_eq!(fields.is_some(), expected.is_ok(), "{json}");
        for (name, value) in fields.iter().flat_map(Fields::unread) {
            let name: String = serde_json::from_str(name).unwrap();
            let value: serde_json::Value = serde_json::from_str(value).unwrap();
            assert!(expected.as_ref().unwrap().contains_key(&name));
            let expected_text = value.as_str().map(str::to_owned);
            assert_eq!(text(&value.to_string()).map(Cow::into_owned), expected_text);
        }
    }

    #[test]
    fn what_is_an_object_is_what_json_says() {
        for json in [
            "",
            " ",
            "{}",
            " {\n} ",
            "{}x",
            "[]",
            "{",
            "}",
            "{,}",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{\"a\":1 \"b\":2}",
            "{\"a\" : 1 , \"b\":[ 1 , [] , {} , {\"c\":null} ]}",
            "{\"a\":01}",
            "{\"a\":-}",
            "{\"a\":-0.5e+7}",
            "{\"a\":1.}",
            "{\"a\":.5}",
            "{\"a\":1e}",
            "{\"a\":1ee5}",
            "{\"a\":+1}",
            "{\"a\":tru}",
            "{\"a\":truely}",
            "{\"a\":nul",
            "{a:1}",
            "{\"a\":\"\\x\"}",
            "{\"a\":\"\\u12g4\"}",
            "{\"a\":\"\\u12",
            "{\"a\":\"\u{7}\"}",
            "{\"a\":\"é😀\\u00e9\\ud83d\\ude00\\/\\b\\f\\n\\r\\t\\\"\\\\\"}",
            "{\"a\":\"",
            "{\"\":0}",
            "{\"a\":[1,2}",
            "{\"a\":[1 2]}",
            "{\"a\":[1,]}",
            "{\"\\u0061\":1}",
            "\u{feff}{}",
        ] {
            check(json);
        }
    }

    #[test]
    fn half_a_surrogate_pair_is_no_text_and_deep_nesting_is_refused() {
        assert_eq!(text(r#""\ud83d""#), None);
        assert_eq!(text(r#""\ud83d\u0041""#), None);
        assert_eq!(text(r#""\ude00""#), None);
        assert_eq!(text(r#""\ud83d\ude00""#).as_deref(), Some("😀"));
        let nested = |depth| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
        assert!(Fields::parse(&nested(99)).is_some());
        assert!(Fields::parse(&nested(1_000_000)).is_none());
    }

    proptest! {
        #[test]
        fn any_text_made_of_pieces_of_json_is_read_as_json_says(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\\", "\\u00e9", "1", "-", "0", ".5",
                "e", "true", "null", " ", "é", "\"b\":1", "{\"c\":", "\u{1}",
            ]), 0..12),
        ) {
            check(&pieces.concat());
            check(&format!("{{\"a\":{}}}", pieces.concat()));
        }
    }
}
