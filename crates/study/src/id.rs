//! Who wrote an event: device, page load and sequence number.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Why a text is not an id.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BadStudyId;

impl fmt::Display for BadStudyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is not the id of a device, a page load or an event")
    }
}

impl std::error::Error for BadStudyId {}

/// Declares an id: short ASCII text of `a`–`z` and `0`–`9`, kept inline and padded with zeros.
macro_rules! ascii_id {
    ($(#[$doc:meta])* $name:ident, $max_len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $name([u8; $max_len]);

        impl Ord for $name {
            // Most ids that are compared are of one device and one page load, and telling that
            // they are equal is cheaper than telling which is less.
            fn cmp(&self, other: &$name) -> Ordering {
                if self == other {
                    return Ordering::Equal;
                }
                self.0.cmp(&other.0)
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &$name) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                let len = self.0.iter().position(|&byte| byte == 0);
                str::from_utf8(&self.0[..len.unwrap_or($max_len)]).expect("an id is ASCII")
            }
        }

        impl FromStr for $name {
            type Err = BadStudyId;

            fn from_str(text: &str) -> Result<$name, BadStudyId> {
                let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
                if text.is_empty() || text.len() > $max_len || !text.bytes().all(is_allowed) {
                    return Err(BadStudyId);
                }
                let mut padded = [0; $max_len];
                padded[..text.len()].copy_from_slice(text.as_bytes());
                Ok($name(padded))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

ascii_id! {
    /// A browser on a device: made once, then kept in its storage.
    DeviceId, 8
}

ascii_id! {
    /// One page load on a device. It alone writes its keys, since two tabs cannot share one.
    LoadId, 12
}

/// The author of new events.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Author {
    /// This device.
    pub device: DeviceId,
    /// This page load.
    pub load: LoadId,
}

/// The name of an event, written `device.load.seq`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EventId {
    /// The device that wrote it.
    pub device: DeviceId,
    /// The page load that wrote it.
    pub load: LoadId,
    /// Its number within the page load, from 0.
    pub seq: u32,
}

impl DeviceId {
    /// A device id of 40 of the random bits.
    pub fn from_random(random: u64) -> DeviceId {
        DeviceId(base32(random))
    }
}

impl LoadId {
    /// An id that begins with the second of the start, so that loads sort by time, and goes on
    /// with 25 of the random bits, for tabs that are opened in the same second.
    pub fn from_start(utc_ms: i64, random: u32) -> LoadId {
        let seconds = utc_ms.div_euclid(1000).cast_unsigned();
        let mut id = [0; 12];
        id[..7].copy_from_slice(&base32::<7>(seconds));
        id[7..].copy_from_slice(&base32::<5>(u64::from(random)));
        LoadId(id)
    }
}

impl Author {
    /// The name of this author's event of that number.
    pub fn event(self, seq: u32) -> EventId {
        EventId {
            device: self.device,
            load: self.load,
            seq,
        }
    }
}

impl EventId {
    /// Who wrote the event.
    pub fn author(self) -> Author {
        Author {
            device: self.device,
            load: self.load,
        }
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.device, self.load, self.seq)
    }
}

impl FromStr for EventId {
    type Err = BadStudyId;

    fn from_str(text: &str) -> Result<EventId, BadStudyId> {
        let mut pieces = text.splitn(3, '.');
        let mut piece = || pieces.next().ok_or(BadStudyId);
        Ok(EventId {
            device: piece()?.parse()?,
            load: piece()?.parse()?,
            seq: sequence(piece()?)?,
        })
    }
}

/// One way only to write a number, so that an event has one name only.
fn sequence(text: &str) -> Result<u32, BadStudyId> {
    if text.starts_with('+') || (text.starts_with('0') && text != "0") {
        return Err(BadStudyId);
    }
    text.parse().map_err(|_| BadStudyId)
}

/// The lowest 5 × N bits, the highest of them first.
fn base32<const N: usize>(bits: u64) -> [u8; N] {
    std::array::from_fn(|place| ALPHABET[(bits >> (5 * (N - 1 - place))) as usize & 31])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_id_is_read_back_as_it_was_written() {
        let id = Author {
            device: DeviceId::from_random(0x0123_4567_89ab_cdef),
            load: LoadId::from_start(1_795_349_478_123, 77),
        }
        .event(12);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.device.as_str(), "cy4tqkff");
        assert_eq!(id.load.as_str(), "1ng5pz60002d");
    }

    #[test]
    fn text_that_is_no_id_is_refused() {
        for text in [
            "",
            ".",
            "a.b",
            "a.b.",
            "a.b.-1",
            "a.b.+1",
            "a.b.01",
            "a.b.4294967296",
            "A.b.1",
            "a.b.1.2",
            "123456789.b.1",
            "é.b.1",
        ] {
            assert_eq!(text.parse::<EventId>(), Err(BadStudyId), "{text}");
        }
        assert!("a.b.0".parse::<EventId>().is_ok());
    }

    #[test]
    fn page_loads_sort_by_their_start() {
        let early = LoadId::from_start(1_795_349_478_000, u32::MAX);
        let late = LoadId::from_start(1_795_349_479_000, 0);
        assert!(early < late);
    }
}
