//! The ids of cards and parts: short ASCII text, kept inline.

use std::fmt;
use std::str::FromStr;

/// The id of a card. The ledger gives it once; nothing else identifies a card.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CardId([u8; CardId::MAX_LEN]);

/// The id of a part within its card.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartId([u8; PartId::MAX_LEN]);

/// Why a text is not an id.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadId {
    /// There is no text.
    Empty,
    /// The text is longer than an id of this kind can be.
    TooLong,
    /// There is a character other than `a`–`z`, `0`–`9` and `-`.
    Character,
}

impl CardId {
    /// The longest card id, in bytes.
    pub const MAX_LEN: usize = 16;

    /// The id as text.
    pub fn as_str(&self) -> &str {
        text(&self.0)
    }

    /// The id as it stands in the bundle, padded with zeros. `None` where the bytes are no id.
    pub(crate) fn from_padded(bytes: &[u8]) -> Option<CardId> {
        unpad(bytes).and_then(|text| text.parse().ok())
    }

    /// The id that damaged bytes are read as. It equals no real id.
    pub(crate) const NONE: CardId = CardId([0; Self::MAX_LEN]);

    /// The id padded with zeros, as it stands in the bundle.
    #[cfg(feature = "compile")]
    pub(crate) fn padded(&self) -> &[u8] {
        &self.0
    }
}

impl PartId {
    /// The longest part id, in bytes.
    pub const MAX_LEN: usize = 8;

    /// The id as text.
    pub fn as_str(&self) -> &str {
        text(&self.0)
    }

    /// The id as it stands in the bundle, padded with zeros. `None` where the bytes are no id.
    pub(crate) fn from_padded(bytes: &[u8]) -> Option<PartId> {
        unpad(bytes).and_then(|text| text.parse().ok())
    }

    /// The id that damaged bytes are read as. It equals no real id.
    pub(crate) const NONE: PartId = PartId([0; Self::MAX_LEN]);

    /// The id padded with zeros, as it stands in the bundle.
    #[cfg(feature = "compile")]
    pub(crate) fn padded(&self) -> &[u8] {
        &self.0
    }
}

impl FromStr for CardId {
    type Err = BadId;

    fn from_str(text: &str) -> Result<CardId, BadId> {
        pad(text).map(CardId)
    }
}

impl FromStr for PartId {
    type Err = BadId;

    fn from_str(text: &str) -> Result<PartId, BadId> {
        pad(text).map(PartId)
    }
}

impl fmt::Display for CardId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for PartId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CardId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for PartId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for BadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BadId::Empty => "an id cannot be empty",
            BadId::TooLong => "this is too long for an id",
            BadId::Character => "an id has only the characters a–z, 0–9 and -",
        })
    }
}

impl std::error::Error for BadId {}

fn pad<const N: usize>(text: &str) -> Result<[u8; N], BadId> {
    if text.is_empty() {
        return Err(BadId::Empty);
    }
    let is_allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    if !text.bytes().all(is_allowed) {
        return Err(BadId::Character);
    }
    let mut padded = [0; N];
    let room = padded.get_mut(..text.len()).ok_or(BadId::TooLong)?;
    room.copy_from_slice(text.as_bytes());
    Ok(padded)
}

fn text(padded: &[u8]) -> &str {
    unpad(padded).unwrap_or_default()
}

fn unpad(padded: &[u8]) -> Option<&str> {
    let len = padded
        .iter()
        .position(|&byte| byte == 0)
        .unwrap_or(padded.len());
    std::str::from_utf8(padded.get(..len)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_comes_back_as_the_text_it_was_made_from() {
        for text in ["a", "4kq0z8w1xm", "4kq0z8w1xm-99999", "0-9"] {
            let id: CardId = text.parse().expect("an id");
            assert_eq!(id.as_str(), text);
            assert_eq!(format!("{id} {id:?}"), format!("{text} {text}"));
        }
        let part: PartId = "0abc-999".parse().expect("an id");
        assert_eq!(part.to_string(), "0abc-999");
    }

    #[test]
    fn a_text_that_is_no_id_says_why() {
        #[track_caller]
        fn check(text: &str, expected: BadId) {
            assert_eq!(text.parse::<PartId>(), Err(expected));
        }
        check("", BadId::Empty);
        check("123456789", BadId::TooLong);
        check("ABC", BadId::Character);
        check("a b", BadId::Character);
        check("é", BadId::Character);
        check("a\0", BadId::Character);
        assert_eq!("12345678901234567".parse::<CardId>(), Err(BadId::TooLong));
    }

    #[test]
    fn ids_sort_as_their_texts() {
        let sorted = ["0", "a", "a-2", "ab", "b"];
        let ids: Vec<CardId> = sorted.map(|text| text.parse().expect("an id")).to_vec();
        assert!(ids.is_sorted());
    }

    #[test]
    fn damaged_bytes_are_no_id() {
        assert_eq!(CardId::from_padded(&[0; 16]), None);
        assert_eq!(CardId::from_padded(&[0xff; 16]), None);
        assert_eq!(
            PartId::from_padded(b"abcd\0\0\0\0").map(|id| id.to_string()),
            Some("abcd".into())
        );
        assert_eq!(CardId::NONE.as_str(), "");
    }
}
