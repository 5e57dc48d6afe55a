//! Bytes as a sequence of texts that fit into QR codes, and back.
//!
//! A frame is `QUIRE:` and, in the base 45 of RFC 9285, the name of the transfer (the CRC-32 of
//! all bytes), its index and the number of frames (16 bits each), its piece of the bytes, and the
//! CRC-32 of all that, numbers with their highest byte first. Its characters are those for which
//! a QR code has a compact mode.

use crate::checksum::crc32;
use std::fmt;

/// A transfer has no more frames than this: showing them once takes a quarter of an hour.
pub const MAX_FRAMES: usize = 2_000;
/// The shortest length for which frames can be made.
pub const MIN_FRAME_CHARS: usize = START.len() + encoded_chars(NAME_BYTES + 1 + CHECKSUM_BYTES);

const START: &str = "QUIRE:";
const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const NAME_BYTES: usize = 8;
const CHECKSUM_BYTES: usize = 4;

/// Why there are no frames: the bytes are too many for frames so short.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TooManyFrames;

impl fmt::Display for TooManyFrames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is too much for codes: send the file instead")
    }
}

impl std::error::Error for TooManyFrames {}

/// The frames of a transfer that is put together again.
#[derive(Clone, Default, Debug)]
pub struct Assembly {
    transfer: Option<u32>,
    pieces: Vec<Option<Vec<u8>>>,
}

/// What a frame has changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Progress {
    /// Nothing: it is no frame of Quire, or not as it was made.
    Foreign,
    /// Nothing: it is of another transfer than the frames before. To follow that one, call
    /// [`Assembly::start_anew`].
    OtherTransfer,
    /// More frames are to come.
    Partial {
        /// How many are there.
        taken: usize,
        /// How many there will be.
        total: usize,
    },
    /// These are the bytes.
    Complete(Vec<u8>),
    /// All frames are there and do not fit together. They were dropped.
    Broken,
}

struct Frame {
    transfer: u32,
    index: usize,
    total: usize,
    piece: Vec<u8>,
}

/// The frames of bytes, each of so many characters at most.
pub fn frames(bytes: &[u8], max_chars: usize) -> Result<Vec<String>, TooManyFrames> {
    if max_chars < MIN_FRAME_CHARS {
        return Err(TooManyFrames);
    }
    let frame_bytes = decoded_bytes(max_chars - START.len());
    let piece_bytes = frame_bytes - NAME_BYTES - CHECKSUM_BYTES;
    // Nothing is a frame, too: an empty transfer arrives.
    let total = bytes.len().div_ceil(piece_bytes).max(1);
    if total > MAX_FRAMES {
        return Err(TooManyFrames);
    }
    let transfer = crc32(bytes);
    let frames = (0..total).map(|index| {
        let from = index * piece_bytes;
        let piece = &bytes[from..bytes.len().min(from + piece_bytes)];
        let mut frame = transfer.to_be_bytes().to_vec();
        frame.extend((index as u16).to_be_bytes());
        frame.extend((total as u16).to_be_bytes());
        frame.extend(piece);
        frame.extend(crc32(&frame).to_be_bytes());
        encode(&frame)
    });
    Ok(frames.collect())
}

impl Assembly {
    /// Takes the text of a code, in any order and however often.
    pub fn take(&mut self, text: &str) -> Progress {
        let Some(frame) = decode(text) else {
            return Progress::Foreign;
        };
        if self
            .transfer
            .is_some_and(|transfer| transfer != frame.transfer)
        {
            return Progress::OtherTransfer;
        }
        if self.transfer.is_none() {
            self.transfer = Some(frame.transfer);
            self.pieces = vec![None; frame.total];
        }
        if self.pieces.len() != frame.total {
            return Progress::Foreign;
        }
        self.pieces[frame.index] = Some(frame.piece);
        self.progress(frame.transfer)
    }

    /// Forgets all frames.
    pub fn start_anew(&mut self) {
        *self = Assembly::default();
    }

    /// The numbers of the frames that are to come, from 1.
    pub fn missing(&self) -> Vec<usize> {
        let pieces = (1..).zip(&self.pieces);
        let missing = pieces.filter(|(_, piece)| piece.is_none());
        missing.map(|(number, _)| number).collect()
    }

    fn progress(&mut self, transfer: u32) -> Progress {
        let total = self.pieces.len();
        let taken = self.pieces.iter().flatten().count();
        if taken < total {
            return Progress::Partial { taken, total };
        }
        let bytes: Vec<u8> = self.pieces.iter().flatten().flatten().copied().collect();
        if crc32(&bytes) != transfer {
            self.start_anew();
            return Progress::Broken;
        }
        Progress::Complete(bytes)
    }
}

/// So many characters hold so many bytes.
const fn encoded_chars(bytes: usize) -> usize {
    bytes / 2 * 3 + bytes % 2 * 2
}

fn decoded_bytes(chars: usize) -> usize {
    chars / 3 * 2 + usize::from(chars % 3 == 2)
}

fn encode(bytes: &[u8]) -> String {
    let mut text = START.to_owned();
    for pair in bytes.chunks(2) {
        let mut number = pair
            .iter()
            .fold(0, |number, &byte| number << 8 | usize::from(byte));
        for _ in 0..=pair.len() {
            text.push(char::from(ALPHABET[number % 45]));
            number /= 45;
        }
    }
    text
}

fn decode(text: &str) -> Option<Frame> {
    let bytes = unbase45(text.strip_prefix(START)?.as_bytes())?;
    let (named, checksum) = bytes.split_last_chunk::<CHECKSUM_BYTES>()?;
    let (&[a, b, c, d, e, f, g, h], piece) = named.split_first_chunk::<NAME_BYTES>()?;
    let [index, total] = [[e, f], [g, h]].map(|bytes| usize::from(u16::from_be_bytes(bytes)));
    let is_whole = crc32(named) == u32::from_be_bytes(*checksum);
    let is_frame = is_whole && index < total && total <= MAX_FRAMES;
    is_frame.then(|| Frame {
        transfer: u32::from_be_bytes([a, b, c, d]),
        index,
        total,
        piece: piece.to_vec(),
    })
}

fn unbase45(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(decoded_bytes(text.len()));
    for group in text.chunks(3) {
        let mut number = 0;
        for char in group.iter().rev() {
            number = number * 45 + ALPHABET.iter().position(|other| other == char)?;
        }
        match group.len() {
            3 => bytes.extend(u16::try_from(number).ok()?.to_be_bytes()),
            2 => bytes.push(u8::try_from(number).ok()?),
            _ => return None,
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_examples_of_the_standard_come_out() {
        for (bytes, text) in [
            ("AB", "BB8"),
            ("Hello!!", "%69 VD92EX0"),
            ("ietf!", "QED8WEX0"),
        ] {
            assert_eq!(encode(bytes.as_bytes()), format!("{START}{text}"));
            assert_eq!(unbase45(text.as_bytes()).as_deref(), Some(bytes.as_bytes()));
        }
        for text in ["GGW", ":::", "::", "A", "a00"] {
            assert_eq!(unbase45(text.as_bytes()), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn frames_in_any_order_repeated_and_among_others_give_the_bytes(
            bytes in prop::collection::vec(any::<u8>(), 0..3_000),
            more_chars in 0..900_usize,
            seed: u64,
            foreign: String,
        ) {
            let max_chars = MIN_FRAME_CHARS + 4 + more_chars;
            let mut codes = frames(&bytes, max_chars).unwrap();
            for code in &codes {
                prop_assert!(code.len() <= max_chars);
                prop_assert!(code.bytes().all(|byte| ALPHABET.contains(&byte)));
            }
            codes.extend(codes.clone());
            let mut random = seed;
            for last in (1..codes.len()).rev() {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                codes.swap(last, (random >> 33) as usize % (last + 1));
            }
            let mut assembly = Assembly::default();
            let mut last = Progress::Foreign;
            for code in codes {
                prop_assert_eq!(assembly.take(&foreign), Progress::Foreign);
                last = assembly.take(&code);
            }
            prop_assert_eq!(last, Progress::Complete(bytes));
            prop_assert_eq!(assembly.missing(), Vec::<usize>::new());
        }

        #[test]
        fn a_frame_with_one_wrong_character_is_none(place in 6..60_usize, other in 0..45_usize) {
            let code = frames(&[7; 30], 200).unwrap().remove(0);
            let mut wrong = code.clone().into_bytes();
            let place = place.min(wrong.len() - 1);
            wrong[place] = ALPHABET[other];
            let wrong = String::from_utf8(wrong).unwrap();
            let progress = Assembly::default().take(&wrong);
            prop_assert_eq!(progress == Progress::Foreign, wrong != code);
        }
    }

    #[test]
    fn frames_of_another_transfer_change_nothing_before_the_learner_says_so() {
        let [mine, other] = [[1; 100], [2; 100]].map(|bytes| frames(&bytes, 60).unwrap());
        let mut assembly = Assembly::default();
        let total = mine.len();
        assert_eq!(
            assembly.take(&mine[1]),
            Progress::Partial { taken: 1, total }
        );
        assert_eq!(assembly.take(&other[0]), Progress::OtherTransfer);
        assert_eq!(assembly.missing().len(), total - 1);
        assert_eq!(assembly.missing()[..2], [1, 3]);
        assembly.start_anew();
        assert_eq!(
            assembly.take(&other[0]),
            Progress::Partial { taken: 1, total }
        );
    }

    #[test]
    fn frames_that_do_not_fit_together_are_dropped() {
        let codes = frames(&[1; 40], 60).unwrap();
        let mut forged = decode(&codes[0]).unwrap();
        forged.piece[0] ^= 1;
        let mut bytes = forged.transfer.to_be_bytes().to_vec();
        bytes.extend([0, 0, 0, forged.total as u8]);
        bytes.extend(&forged.piece);
        bytes.extend(crc32(&bytes).to_be_bytes());
        let mut assembly = Assembly::default();
        assembly.take(&encode(&bytes));
        for code in &codes[1..codes.len() - 1] {
            assembly.take(code);
        }
        assert_eq!(assembly.take(&codes[codes.len() - 1]), Progress::Broken);
        for code in &codes[1..] {
            assembly.take(code);
        }
        assert_eq!(assembly.take(&codes[0]), Progress::Complete(vec![1; 40]));
    }

    #[test]
    fn what_is_too_much_for_codes_is_refused() {
        assert_eq!(frames(&[0; 10], MIN_FRAME_CHARS - 1), Err(TooManyFrames));
        assert_eq!(
            frames(&[0; MAX_FRAMES], MIN_FRAME_CHARS).map(|codes| codes.len()),
            Ok(MAX_FRAMES)
        );
        assert_eq!(
            frames(&[0; MAX_FRAMES + 1], MIN_FRAME_CHARS),
            Err(TooManyFrames)
        );
        assert_eq!(frames(&[], MIN_FRAME_CHARS).map(|codes| codes.len()), Ok(1));
    }
}
