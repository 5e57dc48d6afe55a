//! An invented past: a log of many reviews, as a file that Settings can import.

const DAY_MS: i64 = 86_400_000;

/// A log of `reviews` reviews over `cards`, all graded Good in the days before `now_utc_ms`,
/// each card due on the day of it. The format is that of the export: a header line and one event a
/// line, each a JSON object followed by its CRC-32.
pub fn invented_past(cards: &[String], reviews: usize, now_utc_ms: i64) -> String {
    // Every card once a day, and more often if that would begin before anybody had a browser.
    let a_day = cards.len().max(reviews.div_ceil(1_000));
    let today = now_utc_ms.div_euclid(DAY_MS);
    let mut text = line(format!(
        "{{\"quire\":\"log\",\"version\":1,\"events\":{reviews}}}"
    ));
    for number in 0..reviews {
        let card = &cards[number % cards.len()];
        let days_ago = (reviews - 1 - number) / a_day + 1;
        let days_ago = i64::try_from(days_ago).expect("a past has few days");
        let second = i64::try_from(number % a_day).expect("a past has few reviews");
        let utc_ms = (today - days_ago) * DAY_MS + DAY_MS / 2 + second;
        text += &line(format!(
            "{{\"i\":\"past0000.000000000000.{number}\",\"t\":{utc_ms},\"c\":\"{card}\",\
             \"g\":3,\"m\":9000,\"u\":{today}}}"
        ));
    }
    text
}

/// A line of the log without its end: an object and its checksum.
pub fn with_checksum(object: &str) -> String {
    format!("{object}{:08x}", crc32(object.as_bytes()))
}

fn line(object: String) -> String {
    with_checksum(&object) + "\n"
}

/// CRC-32 as in zip and PNG.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
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
