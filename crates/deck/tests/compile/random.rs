//! Properties that hold for any text and any bytes.

use deck::Bundle;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::bundle::assert_reads_back;
use crate::{compile, compile_bytes, outline};
use deck::compile::normalise::normalise;

/// Pieces of Markdown that mean something, so that random notes have structure.
fn markdown() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "# ",
        "## ",
        "### ",
        "#### ",
        "\n",
        "\n\n",
        "\r\n",
        "---\n",
        "- ",
        "1. ",
        "  ",
        "    ",
        "\t",
        "> ",
        "```",
        "```python\n",
        "~~~",
        "**",
        "*",
        "`",
        ":",
        "：",
        "?",
        "[",
        "](",
        ")",
        "![",
        "<",
        ">",
        "<!--",
        "-->",
        "<details>",
        "</b>",
        "<T>",
        "<script>",
        "| ",
        "|---|\n",
        "\\",
        "&amp;",
        "tags: [a",
        "What they're really asking",
        "word",
        "ü",
        "中",
        "🎉",
        "\u{feff}",
        "\0",
        "def f():",
    ]);
    let text = prop_oneof![8 => pieces.prop_map(str::to_owned), 1 => ".{0,12}"];
    vec(text, 0..60).prop_map(|pieces| pieces.concat())
}

/// Whatever HTML comes out, it neither runs nor loads anything.
fn assert_harmless(html: &str) {
    let lower = html.to_lowercase();
    for bad in [
        "<script", "<iframe", "<style", "<svg", " style=", " onclick", "<!--", "<form",
    ] {
        assert!(!lower.contains(bad), "{bad} in {html}");
    }
}

proptest! {
    #[test]
    fn any_note_compiles_and_reads_back(text in markdown()) {
        let compiled = compile(&text);
        assert_reads_back(&compiled);
        for deck in &compiled.decks {
            assert_harmless(&deck.intro_html);
            assert!(!deck.cards.is_empty());
            for card in &deck.cards {
                assert!(!card.question.is_empty());
                assert!(card.answer().count() > 0);
                card.parts.iter().for_each(|part| assert_harmless(&part.html));
            }
        }
    }

    #[test]
    fn any_bytes_compile(bytes in vec(any::<u8>(), 0..200)) {
        assert_reads_back(&compile_bytes(&bytes));
    }

    #[test]
    fn line_ends_never_matter(text in markdown()) {
        let plain = text.replace('\r', "");
        let compiled = compile(&plain);
        let windows = compile(&plain.replace('\n', "\r\n"));
        prop_assert_eq!(outline(&compiled), outline(&windows));
        prop_assert_eq!(compiled, windows);
    }

    #[test]
    fn a_damaged_bundle_is_refused_or_read_without_panic(
        text in markdown(),
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
    ) {
        let mut bytes = compile(&format!("## A\nx\n{text}")).to_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        read_everything(&bytes);
        bytes.truncate(bytes.len() / 2);
        read_everything(&bytes);
    }

    #[test]
    fn any_bytes_are_refused_or_read_without_panic(bytes in vec(any::<u8>(), 0..200)) {
        read_everything(&bytes);
        // Behind the magic and the number of the format, so that more than these is read.
        let empty = compile("").to_bytes();
        read_everything(&[&empty[..8], &bytes[..]].concat());
    }

    #[test]
    fn normalising_twice_is_normalising_once(text in "\\PC{0,30}") {
        let once = normalise(&text);
        prop_assert_eq!(normalise(&once), once);
    }
}

fn read_everything(bytes: &[u8]) {
    let Ok(bundle) = Bundle::new(bytes) else {
        return;
    };
    let mut size = bundle.version().len();
    for deck in bundle.decks() {
        size += deck.title().len() + deck.path().len() + deck.intro_html().len();
        size += deck.tags().map(str::len).sum::<usize>() + deck.cards().len();
    }
    for card in bundle.cards() {
        size += card.question().len() + card.question_html().len() + card.tags().count();
        size += bundle.find(&card.id()).map_or(0, |index| index.0 as usize);
        let body = bundle.body(card.index());
        let parts = body.prompt().into_iter().chain(body.parts());
        size += parts
            .map(|part| part.html().len() + part.label().len())
            .sum::<usize>();
    }
    std::hint::black_box(size);
}
