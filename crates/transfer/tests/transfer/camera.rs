//! A camera that never holds still: what it sees of a drawn code.

use std::array;

/// How a picture is taken. What is not said is as good as on the screen itself.
#[derive(Clone, Copy, Debug)]
pub struct Shot {
    /// Pixels of the picture.
    pub width: u32,
    /// Pixels of the picture.
    pub height: u32,
    /// Where the corners of the code are seen, from the top left clockwise.
    pub corners: [(f64, f64); 4],
    /// Radius of the blur, in pixels.
    pub blur_px: usize,
    /// How far the noise goes up and down, of 255.
    pub noise: i32,
    /// Brightness of black and of white.
    pub contrast: (u8, u8),
    /// What the light loses in the right half, as when a hand is before the lamp.
    pub shade_percent: u32,
}

impl Shot {
    /// A code seen straight, `px_per_module` large, with the edges of the picture around it.
    pub fn straight(code: &Drawn, px_per_module: f64) -> Shot {
        let size = code.side as f64 * px_per_module;
        let edge = 10.0;
        let far = edge + size;
        Shot {
            width: (far + edge) as u32,
            height: (far + edge) as u32,
            corners: [(edge, edge), (far, edge), (far, far), (edge, far)],
            blur_px: 0,
            noise: 0,
            contrast: (0, 255),
            shade_percent: 0,
        }
    }

    /// The same turned by right angles.
    pub fn turned(mut self, quarters: usize) -> Shot {
        self.corners.rotate_right(quarters);
        self
    }
}

/// A code as it was drawn, read from its SVG.
pub struct Drawn {
    /// Modules along a side, the quiet zone among them.
    pub side: usize,
    black: Vec<bool>,
}

impl Drawn {
    /// Reads what `encode` wrote.
    pub fn of(text: &str) -> Drawn {
        let svg = transfer::encode(text).unwrap();
        let between = |start: &str, end: char| {
            let after = svg.split(start).nth(1).unwrap();
            after.split(end).next().unwrap()
        };
        let side: usize = between("viewBox=\"0 0 ", ' ').parse().unwrap();
        let mut black = vec![false; side * side];
        for stroke in between("stroke=\"#000\" d=\"M", '"').split('M') {
            let [x, y, run] = numbers(stroke);
            black[y * side + x..y * side + x + run].fill(true);
        }
        Drawn { side, black }
    }

    fn is_black(&self, x: f64, y: f64) -> bool {
        let inside = 0.0..self.side as f64;
        inside.contains(&x)
            && inside.contains(&y)
            && self.black[y as usize * self.side + x as usize]
    }

    /// What the camera gives: a byte a pixel.
    pub fn seen(&self, shot: &Shot, seed: u64) -> Vec<u8> {
        let map = square_to(shot.corners);
        let back = inverse(map);
        let side = self.side as f64;
        let mut picture = Vec::new();
        for y in 0..shot.height {
            for x in 0..shot.width {
                picture.push(self.light_at(&back, side, f64::from(x), f64::from(y)));
            }
        }
        for _ in 0..2 {
            picture = blurred(&picture, shot);
        }
        developed(&picture, shot, seed)
    }

    /// The mean of nine rays through a pixel: 0 black, 255 white.
    fn light_at(&self, back: &Matrix, side: f64, x: f64, y: f64) -> u8 {
        let mut white = 0;
        for ray in 0..9 {
            let (dx, dy) = (f64::from(ray % 3), f64::from(ray / 3));
            let (u, v) = apply(back, x + (dx + 0.5) / 3.0, y + (dy + 0.5) / 3.0);
            white += u32::from(!self.is_black(u * side, v * side));
        }
        (white * 255 / 9) as u8
    }
}

/// `X Y.5hRUN` as three numbers.
fn numbers(stroke: &str) -> [usize; 3] {
    let mut parts = stroke.split([' ', 'h']);
    array::from_fn(|_| {
        let part = parts.next().unwrap();
        part.strip_suffix(".5").unwrap_or(part).parse().unwrap()
    })
}

fn blurred(picture: &[u8], shot: &Shot) -> Vec<u8> {
    let (width, height, radius) = (shot.width as usize, shot.height as usize, shot.blur_px);
    let mean = |at: &dyn Fn(usize) -> u8, place: usize, end: usize| {
        let range = place.saturating_sub(radius)..(place + radius + 1).min(end);
        let count = range.len() as u32;
        (range.map(|place| u32::from(at(place))).sum::<u32>() / count) as u8
    };
    let mut rows = Vec::new();
    for y in 0..height {
        let at = |x: usize| picture[y * width + x];
        rows.extend((0..width).map(|x| mean(&at, x, width)));
    }
    let mut out = vec![0; rows.len()];
    for x in 0..width {
        let at = |y: usize| rows[y * width + x];
        (0..height).for_each(|y| out[y * width + x] = mean(&at, y, height));
    }
    out
}

fn developed(picture: &[u8], shot: &Shot, seed: u64) -> Vec<u8> {
    let (black, white) = (i32::from(shot.contrast.0), i32::from(shot.contrast.1));
    let mut chance = Chance(seed);
    let develop = |(at, light): (usize, &u8)| {
        let level = black + i32::from(*light) * (white - black) / 255;
        let is_in_shade = at as u32 % shot.width > shot.width / 2;
        let shade = if is_in_shade {
            shot.shade_percent as i32
        } else {
            0
        };
        let noise = chance.next_below(2 * shot.noise as u64 + 1) as i32 - shot.noise;
        (level * (100 - shade) / 100 + noise).clamp(0, 255) as u8
    };
    picture.iter().enumerate().map(develop).collect()
}

/// Numbers that look like chance and are the same at each run (SplitMix64).
pub struct Chance(pub u64);

impl Chance {
    /// A number from 0 up to `end`, `end` left out.
    pub fn next_below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ (bits >> 31)) % end.max(1)
    }
}

/// A projective map of the plane, row by row.
type Matrix = [f64; 9];

/// The map of the unit square onto four corners (Heckbert, "Fundamentals of texture
/// mapping and image warping", 1989, section 2.2.3).
fn square_to(corners: [(f64, f64); 4]) -> Matrix {
    let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] = corners;
    let (dx1, dx2, sx) = (x1 - x2, x3 - x2, x0 - x1 + x2 - x3);
    let (dy1, dy2, sy) = (y1 - y2, y3 - y2, y0 - y1 + y2 - y3);
    let whole = dx1 * dy2 - dx2 * dy1;
    let g = (sx * dy2 - dx2 * sy) / whole;
    let h = (dx1 * sy - sx * dy1) / whole;
    [
        x1 - x0 + g * x1,
        x3 - x0 + h * x3,
        x0,
        y1 - y0 + g * y1,
        y3 - y0 + h * y3,
        y0,
        g,
        h,
        1.0,
    ]
}

/// The way back, up to a factor that a projective map does not see.
fn inverse([a, b, c, d, e, f, g, h, i]: Matrix) -> Matrix {
    [
        e * i - f * h,
        c * h - b * i,
        b * f - c * e,
        f * g - d * i,
        a * i - c * g,
        c * d - a * f,
        d * h - e * g,
        b * g - a * h,
        a * e - b * d,
    ]
}

fn apply(map: &Matrix, x: f64, y: f64) -> (f64, f64) {
    let [a, b, c, d, e, f, g, h, i] = map;
    let depth = g * x + h * y + i;
    ((a * x + b * y + c) / depth, (d * x + e * y + f) / depth)
}
