//! The images of notes: which files are images, how large they are, and their names in the app.

mod orientation;

use sha2::{Digest, Sha256};

use super::Content;
use super::html;

/// An image that the notes show: a file of the app.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Image {
    /// The path in the notes' folder, with `/`.
    pub path: String,
    /// The path in the app, with a hash of the content.
    pub name: String,
    /// The file.
    pub content: Content,
}

/// What is known of an image from its bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Picture {
    pub(crate) name: String,
    /// Width and height as they are shown, where the file says them.
    pub(crate) size: Option<(u32, u32)>,
    pub(crate) bytes: usize,
}

/// Images from this size on are reported: all of them are kept on the device.
pub(crate) const LARGE_BYTES: usize = 2_000_000;

/// The endings of images that every browser shows, and the ending that each gets in the app.
const KINDS: [(&str, &str); 7] = [
    ("png", "png"),
    ("jpg", "jpg"),
    ("jpeg", "jpg"),
    ("gif", "gif"),
    ("webp", "webp"),
    ("avif", "avif"),
    ("svg", "svg"),
];

/// The ending of an image in the app, if the name is that of an image.
pub(crate) fn kind(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    let known = |(known, _): &&(&str, &str)| ending.eq_ignore_ascii_case(known);
    KINDS.iter().find(known).map(|(_, kind)| *kind)
}

/// Reads what is to be known of an image. `None` if the bytes are no image, whatever their name.
pub(crate) fn read(kind: &str, bytes: &[u8]) -> Option<Picture> {
    let size = match kind {
        "svg" => svg_size(bytes)?,
        _ => {
            imagesize::image_type(bytes).ok()?;
            let size = imagesize::blob_size(bytes).ok();
            let sides = size.and_then(|size| Some((small(size.width)?, small(size.height)?)));
            match orientation::changes_sides(bytes) {
                true => sides.map(|(width, height)| (height, width)),
                false => sides,
            }
        }
    };
    Some(Picture {
        name: format!("notes/image-{}.{kind}", short_hash(bytes)),
        size: size.filter(|(width, height)| *width > 0 && *height > 0),
        bytes: bytes.len(),
    })
}

fn small(number: usize) -> Option<u32> {
    u32::try_from(number).ok()
}

/// Sixteen hexadecimal digits: the first 64 bits of SHA-256.
fn short_hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// What the first tag of a drawing says: width and height, or else those of its view.
fn svg_size(bytes: &[u8]) -> Option<Option<(u32, u32)>> {
    const START: usize = 100_000;
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(START)]);
    let tags = html::tags(&start);
    let tag = tags
        .iter()
        .find(|tag| tag.name.eq_ignore_ascii_case("svg"))?;
    let length = |name| pixels(tag.attribute(name)?);
    let view = || {
        let numbers = tag.attribute("viewbox")?;
        let numbers: Vec<&str> = numbers
            .split([' ', ',', '\n', '\t'])
            .filter(|number| !number.is_empty())
            .collect();
        match numbers[..] {
            [_, _, width, height] => Some((pixels(width)?, pixels(height)?)),
            _ => None,
        }
    };
    Some(length("width").zip(length("height")).or_else(view))
}

/// A length in pixels. Other units depend on what is around the image.
fn pixels(length: &str) -> Option<u32> {
    let number = length.trim().trim_end_matches("px");
    let number: f64 = number.parse().ok()?;
    (1.0..1e6)
        .contains(&number)
        .then_some(number.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_says_its_size_in_pixels_or_by_its_view() {
        #[track_caller]
        fn check(svg: &str, expected: Option<Option<(u32, u32)>>) {
            assert_eq!(svg_size(svg.as_bytes()), expected, "{svg}");
        }
        check("<svg width='20' height=\"10.4px\">", Some(Some((20, 10))));
        check(
            "<?xml?><!-- <svg> --><svg viewBox='0 0 30,40'>",
            Some(Some((30, 40))),
        );
        check(
            "<svg width='100%' height='5em' viewBox='0 0 3 4'>",
            Some(Some((3, 4))),
        );
        check("<svg width='-1' height='NaN'>", Some(None));
        check("<html>", None);
        check("", None);
    }

    #[test]
    fn images_are_known_by_their_ending() {
        assert_eq!(kind("a/b.PNG"), Some("png"));
        assert_eq!(kind("a.jpeg"), Some("jpg"));
        for name in ["a", "png", "a.pdf", "a.png/b", "a.bmp"] {
            assert_eq!(kind(name), None, "{name}");
        }
    }
}
