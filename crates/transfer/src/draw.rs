//! From a text to the picture of its code.

use qrcodegen::{QrCode, QrCodeEcc};

/// White modules around a code, as its standard asks.
const QUIET_MODULES: i32 = 4;

/// The black and white squares of a code.
pub struct Modules(QrCode);

impl Modules {
    /// The smallest code for `text`, with as much correction as fits into its size.
    pub fn of(text: &str) -> Option<Modules> {
        QrCode::encode_text(text, QrCodeEcc::Low).ok().map(Modules)
    }

    /// Modules along a side, the quiet zone among them.
    fn side(&self) -> i32 {
        self.0.size() + 2 * QUIET_MODULES
    }

    /// Outside of the code all is white.
    fn is_black(&self, x: i32, y: i32) -> bool {
        self.0.get_module(x - QUIET_MODULES, y - QUIET_MODULES)
    }
}

/// One path for all: each run of black modules is a stroke as wide as a module.
pub fn svg(modules: &Modules) -> String {
    let side = modules.side().to_string();
    [
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 "#,
        &side,
        " ",
        &side,
        r##"" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h"##,
        &side,
        "v",
        &side,
        r##"H0z"/><path stroke="#000" d=""##,
        &strokes(modules),
        r#""/></svg>"#,
    ]
    .concat()
}

fn strokes(modules: &Modules) -> String {
    let mut path = String::new();
    for y in 0..modules.side() {
        let mut x = 0;
        while x < modules.side() {
            let run = (x..).take_while(|x| modules.is_black(*x, y)).count() as i32;
            if run > 0 {
                let words = [
                    "M",
                    &x.to_string(),
                    " ",
                    &y.to_string(),
                    ".5h",
                    &run.to_string(),
                ];
                words.iter().for_each(|word| path.push_str(word));
            }
            x += run + 1;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The modules that a drawing blackens, read from its strokes.
    fn blackened(svg: &str) -> Vec<(i32, i32)> {
        let path = svg.split("stroke=\"#000\" d=\"M").nth(1).unwrap();
        let strokes = path.strip_suffix("\"/></svg>").unwrap().split('M');
        strokes
            .flat_map(|stroke| {
                let (place, run) = stroke.split_once(".5h").unwrap();
                let (x, y) = place.split_once(' ').unwrap();
                let [x, y, run] = [x, y, run].map(|number| number.parse::<i32>().unwrap());
                (x..x + run).map(move |x| (x, y))
            })
            .collect()
    }

    #[test]
    fn the_drawing_blackens_the_modules_of_the_code_and_no_other() {
        let modules = Modules::of("QUIRE 1/3 HELLO").unwrap();
        let mut expected = Vec::new();
        for y in 0..modules.side() {
            expected.extend(
                (0..modules.side())
                    .filter(|x| modules.is_black(*x, y))
                    .map(|x| (x, y)),
            );
        }
        assert_eq!(blackened(&svg(&modules)), expected);
    }

    #[test]
    fn a_code_is_the_smallest_for_its_text_and_stands_in_a_quiet_zone() {
        // Version 1 has 21 modules a side and holds 25 characters of this kind.
        let modules = Modules::of("ABCDEFGHIJKLMNOPQRSTUVWXY").unwrap();
        assert_eq!(modules.side(), 21 + 8);
        assert!(svg(&modules).contains("viewBox=\"0 0 29 29\""));
        assert!((0..29).all(|at| !modules.is_black(at, 3) && !modules.is_black(3, at)));
        assert!(modules.is_black(4, 4));
    }

    #[test]
    fn the_longest_text_fits_and_one_more_does_not() {
        assert!(Modules::of(&"A".repeat(4_296)).is_some());
        assert!(Modules::of(&"A".repeat(4_297)).is_none());
        assert!(Modules::of(&"a".repeat(2_953)).is_some());
        assert!(Modules::of(&"a".repeat(2_954)).is_none());
    }
}
