//! The saved format: one event a line, as an ASCII JSON object and its checksum.
//!
//! ```text
//! {"i":"d5f2srff.1ng56h60002d.7","t":1795349478123,"o":60,"c":"k7q2m9x4ab","f":3123456789,"g":3,"m":12345,"u":20781}42b5cead
//! ```
//!
//! The checksum is the CRC-32 of the object's bytes in eight hexadecimal digits. Numbers are
//! integers. A field that has its usual value is left out.
//!
//! | field | of | what | left out where it is |
//! | --- | --- | --- | --- |
//! | `i` | all | event id: device, page load, sequence number | |
//! | `t` | all | wall clock, UTC ms | |
//! | `h` | all | hybrid clock, ms | `t` |
//! | `o` | all | local time minus UTC, minutes | 0 |
//! | `d` | all | study day, days since 1970-01-01 | the day of `t` and `o` with rollover at 4:00 |
//! | `v` | all | format version of the event | 1 |
//! | `k` | all | kind, a name of the second table | a review |
//! | `c` | all about a card | card id | |
//! | `f` | review | fingerprint of the answer | 0 |
//! | `g` | review | rating, 1 Again to 4 Easy | |
//! | `m` | review | time it took, ms | 0 |
//! | `p` | review | phase before: 0 learn, 1 review, 2 relearn, 3 cram | 1 |
//! | `y`, `n` | review | part ids got, missed, with a space between | none |
//! | `u`, `a` | review, due | due: study day, or UTC ms | `p` is 3 |
//! | `s` | review | step after the grade, from 0 | no step |
//!
//! | `k` | kind | its own fields |
//! | --- | --- | --- |
//! | `undo` | undo | `e` event id |
//! | `suspend`, `unsuspend`, `reset` | the same | |
//! | `bury` | bury | `u` first study day on which the card may be asked |
//! | `flag` | flag | `r` reason; without it the mark is taken away |
//! | `due` | set due | `u` or `a` |
//! | `aside`, `back` | set aside | `deck` path, or `tag` |
//! | `set` | settings | those that change: `retention` percent, `new` a day, `learn` and `relearn` minutes with a space between, `max` days, `rollover` hour, `theme` `system`, `light` or `dark`, `fuzz` and `welcome` 0 or 1 |
//! | `device` | device | `name` of the device that writes it; without it the name is taken away |
//!
//! A line whose checksum holds is never refused for what it says: fields that are not known are
//! kept as they are, and an event whose kind, version or values are not known is kept whole as
//! [`Kind::Unknown`]. Only `i` and `t` must be there.

mod fields;
mod read;
mod write;

use crate::checksum::crc32;
use crate::event::{Event, Kind};
use crate::time::{Now, StudyDay};
use fields::Fields;
use std::fmt;

/// The version of the events that this version of Quire writes.
pub const EVENT_VERSION: u32 = 1;

/// The hybrid clock stops here: JavaScript counts exactly that far. Events that a log from a clock
/// of so much later makes stand at the same time, in the order of their ids.
pub(crate) const MAX_HLC_MS: i64 = 1 << 53;

/// The rollover hour for which `d` is left out.
const USUAL_ROLLOVER_HOUR: u8 = 4;
const CHECKSUM_CHARS: usize = 8;

/// Why a line is no event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadLine {
    /// The line is not what was written: its checksum does not hold.
    Damaged,
    /// The checksum holds, but there is no JSON object before it.
    NotAnObject,
    /// The object is no event: its id or its time is missing or wrong.
    NotAnEvent,
}

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BadLine::Damaged => "the line is damaged",
            BadLine::NotAnObject => "the line is no JSON object",
            BadLine::NotAnEvent => "the line is no event of Quire",
        })
    }
}

impl std::error::Error for BadLine {}

/// The line of an event, without a line break.
pub fn encode_line(event: &Event) -> String {
    sealed(write::object(event))
}

/// The event of a line.
pub fn decode_line(line: &str) -> Result<Event, BadLine> {
    let object = unsealed(line).ok_or(BadLine::Damaged)?;
    let fields = Fields::parse(object).ok_or(BadLine::NotAnObject)?;
    read::event(&fields).ok_or(BadLine::NotAnEvent)
}

/// A text with its checksum.
pub(crate) fn sealed(mut text: String) -> String {
    let checksum = crc32(text.as_bytes());
    for place in (0..CHECKSUM_CHARS).rev() {
        let digit = checksum >> (4 * place) & 15;
        text.push(char::from_digit(digit, 16).expect("four bits are a digit"));
    }
    text
}

/// The text before a checksum that holds.
pub(crate) fn unsealed(line: &str) -> Option<&str> {
    let (text, checksum) = line.split_at_checked(line.len().checked_sub(CHECKSUM_CHARS)?)?;
    let is_lower = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
    let expected = u32::from_str_radix(checksum, 16).ok()?;
    (checksum.bytes().all(is_lower) && crc32(text.as_bytes()) == expected).then_some(text)
}

/// The study day that needs not be written.
fn usual_day(utc_ms: i64, utc_offset_min: i32) -> StudyDay {
    let now = Now {
        utc_ms,
        utc_offset_min,
    };
    StudyDay::at(now, USUAL_ROLLOVER_HOUR)
}

/// The name of a kind in the log. `None` for a review, which is the usual kind.
fn kind_name(kind: &Kind) -> Option<&'static str> {
    use crate::event::Asked;
    Some(match kind {
        Kind::Review(_) | Kind::Unknown => return None,
        Kind::Undo { .. } => "undo",
        Kind::Suspend { .. } => "suspend",
        Kind::Unsuspend { .. } => "unsuspend",
        Kind::Bury { .. } => "bury",
        Kind::Flag { .. } => "flag",
        Kind::Reset { .. } => "reset",
        Kind::SetDue { .. } => "due",
        Kind::SetAside {
            asked: Asked::No, ..
        } => "aside",
        Kind::SetAside {
            asked: Asked::Yes, ..
        } => "back",
        Kind::Settings(_) => "set",
        Kind::Device { .. } => "device",
    })
}
