//! Codes drawn, seen by a camera, and read again.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where something is not there"
)]

mod camera;

use camera::{Chance, Drawn, Shot};
use proptest::prelude::*;

/// The characters of which three take the space of two others.
const DENSE: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// A text as a frame of a transfer is one.
fn frame(characters: usize, seed: u64) -> String {
    let mut chance = Chance(seed);
    let mut next = || DENSE[chance.next_below(DENSE.len() as u64) as usize] as char;
    (0..characters).map(|_| next()).collect()
}

fn read(picture: &[u8], shot: &Shot) -> Vec<String> {
    transfer::decode(picture, shot.width, shot.height)
}

/// A frame of 500 characters is read from every picture taken so.
#[track_caller]
fn check(px_per_module: f64, change: impl Fn(&mut Shot)) {
    for seed in 0..5 {
        let text = frame(500, seed);
        let code = Drawn::of(&text);
        let mut shot = Shot::straight(&code, px_per_module);
        change(&mut shot);
        assert_eq!(
            read(&code.seen(&shot, seed), &shot),
            [text],
            "{seed}: {shot:?}"
        );
    }
}

#[test]
fn a_code_seen_straight_is_read_at_any_size() {
    for px_per_module in [2.0, 2.7, 3.0, 4.5, 8.0] {
        check(px_per_module, |_| {});
    }
}

#[test]
fn a_code_is_read_whichever_way_the_phone_is_held() {
    for quarters in 0..4 {
        check(3.0, |shot| *shot = shot.turned(quarters));
    }
}

#[test]
fn a_code_seen_from_the_side_is_read() {
    check(4.0, |shot| {
        let [_, right, _, left] = &mut shot.corners;
        (right.0, right.1) = (right.0 - 25.0, right.1 + 30.0);
        left.0 += 40.0;
    });
}

#[test]
fn a_code_is_read_through_noise() {
    check(3.0, |shot| shot.noise = 40);
    check(4.0, |shot| shot.noise = 70);
}

#[test]
fn a_code_out_of_focus_is_read() {
    check(6.0, |shot| (shot.blur_px, shot.noise) = (1, 10));
    check(8.0, |shot| (shot.blur_px, shot.noise) = (2, 10));
}

#[test]
fn a_faint_code_and_one_half_in_the_shadow_are_read() {
    check(4.0, |shot| shot.contrast = (90, 130));
    check(4.0, |shot| shot.shade_percent = 60);
}

#[test]
fn all_codes_in_a_picture_are_read() {
    let texts = [frame(200, 1), frame(200, 2)];
    let codes = texts.each_ref().map(|text| Drawn::of(text));
    let shot = Shot::straight(&codes[0], 4.0);
    let rows = codes.map(|code| code.seen(&shot, 0)).concat();
    let mut found = transfer::decode(&rows, shot.width, 2 * shot.height);
    found.sort();
    let mut expected = texts;
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn a_picture_of_a_canvas_is_read_like_one_in_grey() {
    let text = frame(300, 7);
    let code = Drawn::of(&text);
    let shot = Shot::straight(&code, 3.0);
    let canvas: Vec<u8> = code
        .seen(&shot, 0)
        .into_iter()
        .flat_map(|grey| [grey, grey, grey, 255])
        .collect();
    assert_eq!(read(&canvas, &shot), [text]);
}

#[test]
fn the_longest_frame_is_read_when_it_is_seen_well() {
    let text = frame(4_296, 3);
    let code = Drawn::of(&text);
    let shot = Shot::straight(&code, 4.0);
    assert_eq!(read(&code.seen(&shot, 0), &shot), [text]);
}

#[test]
fn a_picture_without_a_code_gives_no_text() {
    let mut chance = Chance(5);
    let (width, height) = (320, 240);
    let noise: Vec<u8> = (0..width * height)
        .map(|_| chance.next_below(256) as u8)
        .collect();
    let at = |pixel: u32| (pixel % width, pixel / width);
    let paint = |light: &dyn Fn(u32, u32) -> u32| -> Vec<u8> {
        let light = |pixel| {
            let (x, y) = at(pixel);
            light(x, y) as u8
        };
        (0..width * height).map(light).collect()
    };
    for picture in [
        noise,
        paint(&|_, _| 0),
        paint(&|_, _| 255),
        paint(&|x, y| (x + y) * 255 / 560),
        paint(&|x, y| (x / 8 + y / 8) % 2 * 255),
        paint(&|x, _| u32::from([1, 2, 5, 6].contains(&(x % 7))) * 255),
    ] {
        assert!(transfer::decode(&picture, width, height).is_empty());
    }
}

/// Covers a square of the picture.
fn cover(picture: &mut [u8], shot: &Shot, (x, y, side): (u32, u32, u32)) {
    for row in y..(y + side).min(shot.height) {
        for column in x..(x + side).min(shot.width) {
            picture[(row * shot.width + column) as usize] = 128;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_text_is_read_as_it_was_written(text in any::<String>()) {
        let code = Drawn::of(&text);
        let shot = Shot::straight(&code, 3.0);
        prop_assert_eq!(read(&code.seen(&shot, 0), &shot), [text]);
    }

    #[test]
    fn a_hurt_code_gives_its_own_text_or_none(
        seed in any::<u64>(),
        patches in prop::collection::vec((0u32..200, 0u32..200, 0u32..40), 1..6),
    ) {
        let text = frame(150, seed);
        let code = Drawn::of(&text);
        let shot = Shot::straight(&code, 3.0);
        let mut picture = code.seen(&shot, 0);
        patches.iter().for_each(|patch| cover(&mut picture, &shot, *patch));
        prop_assert!(read(&picture, &shot).iter().all(|found| *found == text));
    }

    #[test]
    fn a_code_squeezed_into_any_shape_is_no_harm(
        seed in any::<u64>(),
        places in prop::collection::vec((-50.0f64..250.0, -50.0f64..250.0), 4),
        noise in 0..120,
    ) {
        let text = frame(60, seed);
        let code = Drawn::of(&text);
        let mut shot = Shot::straight(&code, 5.0);
        shot.corners.copy_from_slice(&places);
        shot.noise = noise;
        prop_assert!(read(&code.seen(&shot, seed), &shot).iter().all(|found| *found == text));
    }

    #[test]
    fn no_size_and_no_bytes_are_a_harm(
        bytes in prop::collection::vec(prop_oneof![Just(0u8), Just(255u8), any::<u8>()], 0..3_000),
        width in prop_oneof![0u32..80, any::<u32>()],
        height in prop_oneof![0u32..80, any::<u32>()],
    ) {
        transfer::decode(&bytes, width, height);
        let fitting = bytes.len() as u32 / width.max(1);
        let cut = (width as usize * fitting as usize).min(bytes.len());
        transfer::decode(&bytes[..cut], width, fitting);
    }
}
