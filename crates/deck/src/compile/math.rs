//! Formulas in TeX become MathML.
//!
//! `math-core` writes MathML Core only, says what it cannot read, and knows no command that runs,
//! loads or links anything. What it writes does not go through the sanitiser, whose parser would
//! have to know two languages at once: it is read here tag by tag, and only elements and attributes
//! that are named below are written again. Formulas that a note writes in HTML stay removed.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

use super::html::escape;

/// How a formula stands on the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Display {
    /// In a line of text.
    Inline,
    /// In lines of its own.
    Block,
}

/// The MathML of a formula, or what cannot be read.
pub(crate) fn mathml(tex: &str, display: Display) -> Result<String, String> {
    if nesting(tex) > MAX_NESTING || tex.len() > MAX_LEN {
        return Err("it is too long or too deeply nested".to_owned());
    }
    let mode = match display {
        Display::Inline => MathDisplay::Inline,
        Display::Block => MathDisplay::Block,
    };
    // The converter panics on some nonsense. It keeps no state, so nothing is left half done.
    let convert = || CONVERTER.convert_with_local_state(&without_numbers(tex), mode);
    let converted = catch_unwind(AssertUnwindSafe(convert))
        .map_err(|_| "it makes no sense".to_owned())?
        .map_err(|error| error.to_string().trim_end_matches('.').to_owned())?;
    plain(&converted.mathml, tex).ok_or_else(|| "it gives no plain MathML".to_owned())
}

/// The converter calls itself for each level, so that a deeper formula could exhaust the stack.
const MAX_NESTING: usize = 64;
const MAX_LEN: usize = 4_000;

static CONVERTER: LazyLock<LatexToMathML> = LazyLock::new(|| {
    // Colours and frames are left out; what they hold is shown.
    let macros = [("boxed", "{#1}"), ("textcolor", "{#2}")];
    let config = MathCoreConfig {
        macros: macros
            .map(|(name, tex)| (name.to_owned(), tex.to_owned()))
            .to_vec(),
        ..MathCoreConfig::default()
    };
    LatexToMathML::new(config).expect("the macros are read by a test")
});

/// A formula without `\color{…}`, on which the converter panics at the end of a row.
fn without_colours(tex: &str) -> String {
    let mut pieces = tex.split("\\color{");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        out.push(' ');
        out.push_str(piece.split_once('}').map_or("", |(_, after)| after));
    }
    out
}

/// Numbers of equations mean nothing on a card: the forms without them are used.
fn without_numbers(tex: &str) -> String {
    let forms = [
        ("{align}", "{aligned}"),
        ("{align*}", "{aligned}"),
        ("{equation}", "{gathered}"),
        ("{equation*}", "{gathered}"),
        ("{gather}", "{gathered}"),
        ("{gather*}", "{gathered}"),
    ];
    forms.iter().fold(without_colours(tex), |tex, (from, to)| {
        tex.replace(from, to)
    })
}

/// How deep the converter could have to go: groups, and commands that take the next one.
fn nesting(tex: &str) -> usize {
    let mut deepest = 0_usize;
    let mut depth = 0_usize;
    let mut commands = 0_usize;
    let bytes = tex.as_bytes();
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            b'\\' if begins(&bytes[index..], &["\\begin", "\\left"]) => depth += 1,
            b'\\' if begins(&bytes[index..], &["\\end", "\\right"]) => {
                depth = depth.saturating_sub(1);
            }
            b'\\' | b'^' | b'_' => commands += 1,
            b' ' | b'0'..=b'9' | b'=' | b'+' | b'-' | b'&' => commands = 0,
            _ => {}
        }
        deepest = deepest.max(depth + commands);
    }
    deepest
}

/// Whether one of the commands stands here: `\left`, but not `\leftarrow`.
fn begins(tex: &[u8], commands: &[&str]) -> bool {
    commands.iter().any(|command| {
        let after = tex.strip_prefix(command.as_bytes());
        after.is_some_and(|after| !after.first().is_some_and(u8::is_ascii_alphabetic))
    })
}

const ELEMENTS: &[&str] = &[
    "math",
    "merror",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
];

const ATTRIBUTES: &[&str] = &[
    "accent",
    "accentunder",
    "columnspan",
    "depth",
    "display",
    "displaystyle",
    "fence",
    "form",
    "height",
    "largeop",
    "linethickness",
    "lspace",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "rowspan",
    "rspace",
    "scriptlevel",
    "separator",
    "stretchy",
    "symmetric",
    "voffset",
    "width",
];

/// The classes that stand for inline styles, which the page's policy forbids.
const STYLES: &[(&str, &str)] = &[
    ("text-align: left", "math-left"),
    ("text-align: right", "math-right"),
    ("border-right", "math-bar"),
    ("border-top", "math-rule"),
];

/// MathML with nothing but known elements and attributes, its styles as classes and its source as
/// a name; nothing if it has anything else.
fn plain(mathml: &str, tex: &str) -> Option<String> {
    let mut out = String::with_capacity(mathml.len() + tex.len());
    let mut open: Vec<&str> = Vec::new();
    let mut rest = mathml;
    while let Some((text, after)) = rest.split_once('<') {
        text_only(&mut out, text)?;
        let (tag, after) = after.split_once('>')?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop()? != name {
                return None;
            }
            out.push_str(&format!("</{name}>"));
            continue;
        }
        let is_empty = tag.ends_with('/');
        let tag = tag.trim_end_matches('/').trim_end();
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        if !ELEMENTS.contains(&name) || (open.is_empty() && (name != "math" || !out.is_empty())) {
            return None;
        }
        out.push('<');
        out.push_str(name);
        write_attributes(&mut out, attributes)?;
        if name == "math" {
            out.push_str(" alttext=\"");
            escape(&mut out, tex.trim());
            out.push('"');
        }
        out.push('>');
        if is_empty {
            out.push_str(&format!("</{name}>"));
        } else {
            open.push(name);
        }
    }
    (open.is_empty() && rest.trim().is_empty() && !out.is_empty()).then_some(out)
}

/// Text has no tag in it, and is written again with its references read.
fn text_only(out: &mut String, text: &str) -> Option<()> {
    if text.contains('>') {
        // A lone `>` is text to a browser too; it is written as a reference.
        out.push_str(&text.replace('>', "&gt;"));
    } else {
        out.push_str(text);
    }
    Some(())
}

fn write_attributes(out: &mut String, attributes: &str) -> Option<()> {
    let mut rest = attributes.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        rest = after.trim_start();
        if name == "style" {
            let classes: Vec<&str> = STYLES
                .iter()
                .filter(|(style, _)| value.contains(style))
                .map(|(_, class)| *class)
                .collect();
            if !classes.is_empty() {
                out.push_str(&format!(" class=\"{}\"", classes.join(" ")));
            }
        } else if ATTRIBUTES.contains(&name) {
            out.push_str(&format!(" {name}=\""));
            escape(out, value);
            out.push('"');
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_and_frames_are_left_out() {
        let plain = mathml("x", Display::Inline).map(|html| html.replace("alttext=\"x\"", ""));
        for tex in ["\\boxed{x}", "\\textcolor{red}{x}", "\\color{red}x"] {
            let html = mathml(tex, Display::Inline);
            let html = html.map(|html| html.replace(&format!("alttext=\"{tex}\""), ""));
            assert_eq!(html, plain);
        }
    }

    #[test]
    fn only_known_mathml_is_written() {
        #[track_caller]
        fn check(mathml: &str, expected: Option<&str>) {
            assert_eq!(plain(mathml, "x").as_deref(), expected, "{mathml}");
        }
        check(
            "<math><mi>x</mi></math>",
            Some("<math alttext=\"x\"><mi>x</mi></math>"),
        );
        check(
            "<math onclick=\"a\" display=\"block\"><mspace width=\"1em\"/></math>",
            Some("<math display=\"block\" alttext=\"x\"><mspace width=\"1em\"></mspace></math>"),
        );
        check(
            "<math><mtd style=\"text-align: right;padding: 0\"></mtd></math>",
            Some("<math alttext=\"x\"><mtd class=\"math-right\"></mtd></math>"),
        );
        check("<math><script>x</script></math>", None);
        check("<math><annotation-xml></annotation-xml></math>", None);
        check("<math><mi>x</math>", None);
        check("<math></math><math></math>", None);
        check("<math>", None);
        check("<mi>x</mi>", None);
        check("", None);
    }

    #[test]
    fn a_formula_as_deep_and_long_as_is_allowed_is_read_or_refused() {
        for unit in [
            "{",
            "\\sqrt{",
            "\\sqrt",
            "x^",
            "x_{",
            "\\left(",
            "\\frac",
            "\\begin{matrix}",
            "\\text{",
            "\\vec",
            "(",
        ] {
            for count in [30, 64, 65, 4_000 / unit.len()] {
                for tail in ["", "x"] {
                    let _ = mathml(&(unit.repeat(count) + tail), Display::Block);
                }
            }
        }
    }
}
