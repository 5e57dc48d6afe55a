//! Megabytes of Markdown a second: pulldown-cmark alone, Quire without highlighting, Quire with it,
//! on the same text. Run it with `cargo bench -p deck --features compile`.

#[path = "../tests/generate/notes.rs"]
mod notes;

use std::sync::LazyLock;

use deck::{Compiled, Folder, Note, Settings};
use divan::Bencher;
use divan::counter::BytesCount;

/// A hundred cards in one text.
static WITH_CODE: LazyLock<String> = LazyLock::new(|| {
    let notes = notes::notes(1, 100);
    String::from_utf8(notes[0].bytes.clone()).expect("notes are text")
});
/// The same, its fences without a language.
static PLAIN: LazyLock<String> = LazyLock::new(|| {
    let bare = |line: &str| if line.starts_with("```") { "```" } else { line }.to_owned() + "\n";
    WITH_CODE.lines().map(bare).collect()
});

fn main() {
    // The tables of all languages are read once in a build: before anything is measured.
    compile(&WITH_CODE);
    divan::main();
}

#[divan::bench]
fn pulldown_cmark_parses(bencher: Bencher) {
    bencher
        .counter(BytesCount::of_str(WITH_CODE.as_str()))
        .bench(|| pulldown_cmark::Parser::new_ext(&WITH_CODE, options()).count());
}

#[divan::bench]
fn pulldown_cmark_renders(bencher: Bencher) {
    bencher
        .counter(BytesCount::of_str(WITH_CODE.as_str()))
        .bench(|| {
            let mut html = String::new();
            pulldown_cmark::html::push_html(
                &mut html,
                pulldown_cmark::Parser::new_ext(&WITH_CODE, options()),
            );
            html
        });
}

#[divan::bench]
fn quire_renders_without_highlighting(bencher: Bencher) {
    bencher
        .counter(BytesCount::of_str(PLAIN.as_str()))
        .bench(|| deck::compile::render_markdown(&PLAIN));
}

#[divan::bench]
fn quire_compiles_without_highlighting(bencher: Bencher) {
    bencher
        .counter(BytesCount::of_str(PLAIN.as_str()))
        .bench(|| compile(&PLAIN));
}

#[divan::bench]
fn quire_compiles_with_highlighting(bencher: Bencher) {
    bencher
        .counter(BytesCount::of_str(WITH_CODE.as_str()))
        .bench(|| compile(&WITH_CODE));
}

#[divan::bench]
fn quire_writes_the_bundle(bencher: Bencher) {
    let compiled = compile(&WITH_CODE);
    bencher
        .counter(BytesCount::of_str(WITH_CODE.as_str()))
        .bench(|| compiled.to_bytes());
}

fn compile(text: &str) -> Compiled {
    let note = Note {
        path: "note.md".to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    deck::compile(&Folder::of_notes([note]), &Settings::default())
}

fn options() -> pulldown_cmark::Options {
    use pulldown_cmark::Options;
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}
