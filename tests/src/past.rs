//! An invented past: a log of many reviews, as a file that Settings can import.

use std::fmt::Write;

const DAY_MS: i64 = 86_400_000;

/// A log of `reviews` reviews over `cards`, all graded Good in the days before `now_utc_ms`, each
/// card due on the day of it. The format is that of the export: a header line and one event a
/// line, each a JSON object followed by its CRC-32.
pub fn invented_past(cards: &[String], reviews: usize, now_utc_ms: i64) -> String {
    let rounds = reviews.div_ceil(cards.len().max(1));
    let today = now_utc_ms.div_euclid(DAY_MS);
    let mut text = line(format!(
        "{{\"quire\":\"log\",\"version\":1,\"events\":{reviews}}}"
    ));
    for number in 0..reviews {
        let (round, card) = (number / cards.len(), &cards[number % cards.len()]);
        let days_ago = i64::try_from(rounds - round).expect("a past has few rounds");
        let second = i64::try_from(number).expect("a past has few reviews");
        let utc_ms = (today - days_ago) * DAY_MS + DAY_MS / 2 + second;
        text += &line(format!(
            "{{\"i\":\"past0000.000000000000.{number}\",\"t\":{utc_ms},\"c\":\"{card}\",\
             \"g\":3,\"m\":9000,\"u\":{today}}}"
        ));
    }
    text
}

fn line(mut object: String) -> String {
    let checksum = crc32(object.as_bytes());
    writeln!(object, "{checksum:08x}").expect("a string takes all that is written");
    object
}

/// CRC-32 as in zip and PNG.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| (crc >> 1) ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc))
    })
}

#[cfg(test)]
mod tests {
    use super::crc32;

    #[test]
    fn the_checksum_is_that_of_zip() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }
}
