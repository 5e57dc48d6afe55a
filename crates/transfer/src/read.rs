//! From a picture to the texts of the codes in it.

use quircs::Quirc;

/// More than a camera is asked for. The decoder's sums would overflow at twice as many.
const MOST_PIXELS: usize = 4_000_000;

/// Neither may a side be so long that the decoder's products overflow.
const LONGEST_SIDE: usize = 4_096;

/// A picture in grey, 0 being black.
pub struct Picture {
    grey: Vec<u8>,
    width: usize,
    height: usize,
}

/// What one look at a picture gives.
struct Look {
    texts: Vec<String>,
    has_corners: bool,
}

impl Picture {
    /// `None` where there is no pixel, too many, or another number of bytes than one or
    /// four for each.
    pub fn of(pixels: &[u8], width: u32, height: u32) -> Option<Picture> {
        let (width, height) = (width as usize, height as usize);
        if width.max(height) > LONGEST_SIDE || !(1..=MOST_PIXELS).contains(&(width * height)) {
            return None;
        }
        let grey = match pixels.len() / (width * height) {
            1 => pixels.to_vec(),
            4 => pixels.chunks_exact(4).map(brightness).collect(),
            _ => return None,
        };
        let picture = Picture {
            grey,
            width,
            height,
        };
        (pixels.len().is_multiple_of(width * height)).then_some(picture)
    }

    /// The texts of the codes that can be read.
    ///
    /// Most pictures are read as they are. Where that fails they are looked at with the
    /// light made even, for a shadow hides a code from a decoder that has one threshold.
    pub fn texts(&self) -> Vec<String> {
        let texts = self.texts_in_this_light();
        if texts.is_empty() {
            self.levelled().texts_in_this_light()
        } else {
            texts
        }
    }

    /// Corners that were found but led to nothing are looked at twice as large: their
    /// places are whole pixels, which is not enough for a code of small modules.
    fn texts_in_this_light(&self) -> Vec<String> {
        let look = self.look();
        let can_double =
            self.grey.len() * 4 <= MOST_PIXELS && self.width.max(self.height) * 2 <= LONGEST_SIDE;
        if look.texts.is_empty() && look.has_corners && can_double {
            self.doubled().look().texts
        } else {
            look.texts
        }
    }

    fn look(&self) -> Look {
        let mut decoder = Quirc::new();
        let texts = decoder
            .identify(self.width, self.height, &self.grey)
            .filter_map(|code| code.ok()?.decode().ok())
            .filter_map(|data| String::from_utf8(data.payload).ok())
            .collect();
        Look {
            texts,
            has_corners: decoder.num_capstones() > 0,
        }
    }

    /// Each pixel against the mean of those around it, which becomes the middle grey.
    fn levelled(&self) -> Picture {
        let sums = Sums::of(self);
        let reach = self.width.min(self.height) / 10;
        let mut grey = Vec::with_capacity(self.grey.len());
        for y in 0..self.height {
            for x in 0..self.width {
                let above_mean =
                    i32::from(self.at(x, y)) - i32::from(sums.mean_around(x, y, reach));
                grey.push((128 + above_mean).clamp(0, 255) as u8);
            }
        }
        Picture { grey, ..*self }
    }

    /// Twice as wide and high, the pixels between being means of their neighbours.
    fn doubled(&self) -> Picture {
        let (width, height) = (self.width * 2, self.height * 2);
        let mut grey = Vec::with_capacity(width * height);
        for y in 0..height {
            let (near_y, far_y) = neighbours(y, self.height);
            for x in 0..width {
                let (near_x, far_x) = neighbours(x, self.width);
                let [near, beside, below, across] = [
                    (near_x, near_y),
                    (far_x, near_y),
                    (near_x, far_y),
                    (far_x, far_y),
                ]
                .map(|(x, y)| u16::from(self.at(x, y)));
                grey.push(((9 * near + 3 * (beside + below) + across + 8) / 16) as u8);
            }
        }
        Picture {
            grey,
            width,
            height,
        }
    }

    fn at(&self, x: usize, y: usize) -> u8 {
        self.grey[y * self.width + x]
    }
}

/// The old pixel that a new one lies in, and the next one on the side where it lies.
fn neighbours(new: usize, old_count: usize) -> (usize, usize) {
    let near = new / 2;
    let far = if new.is_multiple_of(2) {
        near.saturating_sub(1)
    } else {
        (near + 1).min(old_count - 1)
    };
    (near, far)
}

/// How bright a pixel of a canvas is. Green counts twice, as it does for the eye.
fn brightness(pixel: &[u8]) -> u8 {
    let [red, green, blue] = [pixel[0], pixel[1], pixel[2]].map(u16::from);
    ((red + 2 * green + blue) / 4) as u8
}

/// The sum of all pixels left of and above each place, so that the sum of any rectangle
/// takes four of them.
struct Sums {
    sums: Vec<u32>,
    width: usize,
    height: usize,
}

impl Sums {
    fn of(picture: &Picture) -> Sums {
        let (width, height) = (picture.width, picture.height);
        let mut sums = vec![0; (width + 1) * (height + 1)];
        for y in 0..height {
            let mut row = 0;
            for x in 0..width {
                row += u32::from(picture.at(x, y));
                sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
            }
        }
        Sums {
            sums,
            width,
            height,
        }
    }

    /// The mean of the pixels at most `reach` away along both axes.
    fn mean_around(&self, x: usize, y: usize, reach: usize) -> u8 {
        let (left, right) = (x.saturating_sub(reach), (x + reach + 1).min(self.width));
        let (top, bottom) = (y.saturating_sub(reach), (y + reach + 1).min(self.height));
        let at = |x: usize, y: usize| self.sums[y * (self.width + 1) + x];
        let sum = at(right, bottom) - at(right, top) + at(left, top) - at(left, bottom);
        (sum / ((right - left) * (bottom - top)) as u32) as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: usize, rows: &[u8]) -> Picture {
        Picture {
            grey: rows.to_vec(),
            width,
            height: rows.len() / width,
        }
    }

    #[test]
    fn a_picture_has_one_or_four_bytes_a_pixel_and_a_size_that_fits() {
        let grey = Picture::of(&[1, 2, 3, 4, 5, 6], 3, 2).unwrap();
        assert_eq!((grey.at(0, 1), grey.at(2, 0)), (4, 3));
        let canvas = Picture::of(&[0, 0, 0, 255, 100, 200, 0, 255], 2, 1).unwrap();
        assert_eq!(canvas.grey, [0, 125]);
        for (bytes, width, height) in [
            (0, 0, 0),
            (0, 0, 7),
            (5, 3, 2),
            (7, 3, 2),
            (12, 3, 2),
            (25, 3, 2),
            (6, u32::MAX, u32::MAX),
            (5_000, 5_000, 1),
            (4_004_001, 2_001, 2_001),
        ] {
            assert!(
                Picture::of(&vec![0; bytes], width, height).is_none(),
                "{width} x {height}"
            );
        }
    }

    #[test]
    fn the_mean_is_that_of_the_pixels_within_reach() {
        let sums = Sums::of(&picture(3, &[10, 20, 30, 40, 50, 60, 70, 80, 90]));
        assert_eq!(sums.mean_around(1, 1, 1), 50);
        assert_eq!(sums.mean_around(0, 0, 1), 30);
        assert_eq!(sums.mean_around(2, 2, 0), 90);
        assert_eq!(sums.mean_around(2, 0, 9), 50);
    }

    #[test]
    fn an_even_light_keeps_what_stands_out_and_drops_the_shadow() {
        // Light falls from 240 to 60; every fifth pixel is 40 darker than its neighbours.
        let row: Vec<u8> = (0..100)
            .map(|x| 240 - (x * 180 / 100) as u8 - 40 * u8::from(x % 5 == 0))
            .collect();
        let even = picture(100, &row.repeat(40)).levelled();
        for x in (10..90).filter(|x| x % 5 == 0) {
            assert!(even.at(x, 20) < 110 && even.at(x + 2, 20) > 125, "{x}");
        }
    }

    #[test]
    fn a_doubled_picture_keeps_its_corners_and_has_means_between() {
        let doubled = picture(2, &[0, 160, 0, 160]).doubled();
        assert_eq!((doubled.width, doubled.height), (4, 4));
        assert_eq!(doubled.grey[4..8], [0, 40, 120, 160]);
    }
}
