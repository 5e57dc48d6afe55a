//! `size`: what a learner downloads before the first card, against the budgets.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;

use crate::cli::{self, Usage};
use crate::file_names::{NOTES, is_hashed, is_on_demand};
use crate::workspace;

/// What `cargo xtask size --help` prints.
pub const HELP: &str = "\
Usage: cargo xtask size [--dist DIR]

Prints the sizes of a build: raw, brotli, and their share of the budgets.

Options:
  --dist DIR  the build to measure (default: dist/)";

/// Everything up to the first card, in bytes of brotli.
const TOTAL_BUDGET: u64 = 150_000;

/// The wasm of it, in bytes of brotli.
const WASM_BUDGET: u64 = 130_000;

/// The command.
pub fn run(args: &[String]) -> Result<()> {
    let mut dist = workspace::root().join("dist");
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(arg) = cli::next(&mut parser)? {
        match arg {
            Long("dist") => dist = cli::path(&mut parser)?,
            other => return Err(Usage::unexpected("size", &other).into()),
        }
    }
    print!("{}", report(&dist)?);
    Ok(())
}

/// The table of sizes of the build in `dist`.
pub fn report(dist: &Path) -> Result<String> {
    let (later, first): (Vec<_>, Vec<_>) = sized_files(dist)?
        .into_iter()
        .partition(|file| is_on_demand(&file.name));
    Ok(first_table(&first) + &later_table(&later) + &images_line(dist)?)
}

/// The images of the notes are the learner's own and have no budget, but every device keeps them.
fn images_line(dist: &Path) -> Result<String> {
    let mut sizes = Vec::new();
    if let Ok(entries) = fs::read_dir(dist.join(NOTES)) {
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if !is_compressed(&name) {
                sizes.push(entry.metadata()?.len());
            }
        }
    }
    let all: u64 = sizes.iter().sum();
    Ok(match sizes.len() {
        0 => String::new(),
        1 => format!("{:>9} KB  1 image of the notes\n", kilobytes(all)),
        count => format!("{:>9} KB  {count} images of the notes\n", kilobytes(all)),
    })
}

fn is_compressed(name: &str) -> bool {
    name.ends_with(".br") || name.ends_with(".gz")
}

/// One file that a visit may load, sizes in bytes.
#[derive(Debug, PartialEq, Eq)]
struct Sized {
    name: String,
    raw: u64,
    brotli: u64,
}

impl Sized {
    fn is_wasm(&self) -> bool {
        self.name.ends_with(".wasm")
    }
}

/// The page and the files with a hash in their name, largest first: those are
/// what the page needs before the first card, and what it loads on demand. The
/// service worker, its icons and the manifest come after.
fn sized_files(dist: &Path) -> Result<Vec<Sized>> {
    let entries = fs::read_dir(dist).with_context(|| {
        format!(
            "cannot read {}; run `cargo xtask build` first",
            dist.display()
        )
    })?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if is_compressed(&name) || !(name == "index.html" || is_hashed(&name)) {
            continue;
        }
        let brotli = fs::metadata(dist.join(format!("{name}.br")));
        let raw = fs::metadata(&path)?.len();
        // A file without a compressed twin goes over the wire as it is.
        files.push(Sized {
            name,
            raw,
            brotli: brotli.map_or(raw, |data| data.len()),
        });
    }
    if files.is_empty() {
        bail!(
            "{} holds no build; run `cargo xtask build` first",
            dist.display()
        );
    }
    files.sort_by(|a, b| b.brotli.cmp(&a.brotli).then_with(|| a.name.cmp(&b.name)));
    Ok(files)
}

fn first_table(files: &[Sized]) -> String {
    let mut text = format!("{:>12} {:>12}  before the first card\n", "raw", "brotli");
    for file in files {
        text += &line((file.raw, file.brotli), &file.name);
    }
    let all = sum(files.iter());
    text += &line(all, &format!("in all: {}", share(all.1, TOTAL_BUDGET)));
    let wasm = sum(files.iter().filter(|file| file.is_wasm()));
    text += &line(wasm, &format!("of it wasm: {}", share(wasm.1, WASM_BUDGET)));
    text
}

/// What is loaded on demand has no budget of its own: nobody waits for it to learn.
fn later_table(files: &[Sized]) -> String {
    let mut text = format!("{:>12} {:>12}  on demand\n", "raw", "brotli");
    for file in files {
        text += &line((file.raw, file.brotli), &file.name);
    }
    text += &line(sum(files.iter()), "in all");
    text
}

/// Bytes raw and as brotli.
fn sum<'a>(files: impl Iterator<Item = &'a Sized>) -> (u64, u64) {
    files.fold((0, 0), |sum, file| (sum.0 + file.raw, sum.1 + file.brotli))
}

fn line((raw, brotli): (u64, u64), what: &str) -> String {
    format!(
        "{:>9} KB {:>9} KB  {what}\n",
        kilobytes(raw),
        kilobytes(brotli)
    )
}

fn share(brotli: u64, budget: u64) -> String {
    let verdict = if brotli > budget { ", OVER" } else { "" };
    let percent = (brotli * 100).div_ceil(budget);
    format!("{percent} % of the budget of {} KB{verdict}", budget / 1000)
}

/// Bytes as kilobytes of 1,000 bytes with one decimal.
fn kilobytes(bytes: u64) -> String {
    let tenths = (bytes + 50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Scratch;

    fn build() -> Scratch {
        let scratch = Scratch::new("size");
        scratch.write("index.html", vec![b'x'; 2_000]);
        scratch.write("index.html.br", vec![b'x'; 1_000]);
        scratch.write("quire-0123456789abcdef_bg.wasm", vec![b'x'; 400_000]);
        scratch.write("quire-0123456789abcdef_bg.wasm.br", vec![b'x'; 131_000]);
        scratch.write("quire-0123456789abcdef_bg.wasm.gz", vec![b'x'; 150_000]);
        scratch.write("boot-0123456789abcdef.js", vec![b'x'; 500]);
        scratch.write("transfer-0123456789abcdef_bg.wasm", vec![b'x'; 60_000]);
        scratch.write("transfer-0123456789abcdef_bg.wasm.br", vec![b'x'; 24_000]);
        scratch.write("sw.js", vec![b'x'; 9_000]);
        scratch.write("404.html", vec![b'x'; 2_000]);
        scratch
    }

    #[test]
    fn only_what_comes_before_the_first_card_counts() {
        let mut files = sized_files(&build().path("")).unwrap();
        files.retain(|file| !is_on_demand(&file.name));
        let names: Vec<_> = files
            .iter()
            .map(|file| (file.name.as_str(), file.brotli))
            .collect();
        assert_eq!(
            names,
            [
                ("quire-0123456789abcdef_bg.wasm", 131_000),
                ("index.html", 1_000),
                ("boot-0123456789abcdef.js", 500),
            ]
        );
    }

    #[test]
    fn a_build_over_its_budget_says_so() {
        let text = report(&build().path("")).unwrap();
        assert!(
            text.contains("in all: 89 % of the budget of 150 KB\n"),
            "{text}"
        );
        assert!(
            text.contains("of it wasm: 101 % of the budget of 130 KB, OVER\n"),
            "{text}"
        );
    }

    #[test]
    fn what_is_loaded_on_demand_is_counted_apart() {
        let text = report(&build().path("")).unwrap();
        let (first, later) = text.split_once("on demand\n").unwrap();
        assert!(!first.contains("transfer"), "{text}");
        assert_eq!(
            later,
            "     60.0 KB      24.0 KB  transfer-0123456789abcdef_bg.wasm\n     \
             60.0 KB      24.0 KB  in all\n"
        );
    }

    #[test]
    fn the_images_of_the_notes_are_counted_apart() {
        let build = build();
        let without = report(&build.path("")).unwrap();
        assert!(!without.contains("image"), "{without}");
        build.write("notes/image-0123456789abcdef.png", vec![b'x'; 70_000]);
        build.write("notes/image-1123456789abcdef.svg", vec![b'x'; 2_000]);
        build.write("notes/image-1123456789abcdef.svg.br", vec![b'x'; 500]);
        let text = report(&build.path("")).unwrap();
        assert_eq!(text, without + "     72.0 KB  2 images of the notes\n");
    }

    #[test]
    fn a_folder_without_a_build_is_an_error_that_says_what_to_do() {
        let scratch = Scratch::new("size-none");
        for folder in [scratch.path(""), scratch.path("nowhere")] {
            let text = format!("{:#}", sized_files(&folder).unwrap_err());
            assert!(text.contains("cargo xtask build"), "{text}");
        }
    }

    #[test]
    fn kilobytes_are_rounded_to_a_tenth() {
        assert_eq!(kilobytes(0), "0.0");
        assert_eq!(kilobytes(1_049), "1.0");
        assert_eq!(kilobytes(1_050), "1.1");
        assert_eq!(kilobytes(130_000), "130.0");
    }
}
