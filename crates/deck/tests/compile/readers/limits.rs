//! Large and random texts.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{check, compile};
use crate::bundle::assert_reads_back;

const ALL: &str = "headings prefixes inline separators highlights clozes choices tables tagged";

#[test]
fn too_many_clozes_in_one_text_are_reported() {
    let many = "==a== b ".repeat(201);
    check("highlights", &many, "! 1:1 error[too-many-clozes]");
    let two = "x ".repeat(300_000) + "==a== ==b==";
    check("highlights", &two, "! 1:1 error[too-many-clozes]");
    let compiled = compile("highlights", &"==a== b ".repeat(200));
    assert_eq!(compiled.decks[0].cards.len(), 200);
}

#[test]
fn long_texts_of_marks_take_linear_time() {
    for text in [
        "==",
        "== ",
        "==a ",
        "a== ",
        "{{",
        "{{c1::",
        "{{c1::a}}",
        "}}",
        "::",
        " :: ",
        "a :: b\n",
        "?\n",
        "a\n?\nb\n\n",
        "[",
        "[a]",
        "C: [",
        "Q: a\nA: b\n",
        "- Q: a\nQ: b\n",
        "Q: a\n> b\n",
        "#card ",
        "- a #card\n",
        "- [ ] a\n",
        "- [x] a\n\nb\n\n",
        "|a|b|\n",
        "*a :: b\n",
        "**a ==b** c== ",
        "`a",
        "https://",
        "### a #card\nb\n",
        "^a ",
        " a  ",
        " ",
        "#flashcards ",
    ] {
        for start in ["", "C: ", "|a|b|\n|-|-|\n"] {
            let start_time = Instant::now();
            let text = start.to_owned() + &text.repeat(20_000 / text.len());
            compile(ALL, &text);
            let took = start_time.elapsed();
            assert!(
                took < Duration::from_secs(20),
                "{took:?} for {}",
                &text[..20]
            );
        }
    }
}

/// Pieces of Markdown and marks of every convention.
fn markdown() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "# ",
        "## ",
        "### ",
        "\n",
        "\n\n",
        "\nQ: ",
        "\nA: ",
        "\nC: ",
        "\n---\n",
        "[",
        "]",
        "](",
        ")",
        "![",
        "\\",
        "==",
        "{{",
        "{{c1::",
        "{{c2::",
        "::",
        ":::",
        " :: ",
        "}}",
        "}",
        "{",
        "\n?\n",
        "\n??\n",
        "\n- [ ] ",
        "\n- [x] ",
        "\n- ",
        "  ",
        "    ",
        "> ",
        "|",
        "\n|a|b|\n|-|-|\n|",
        "#card",
        " #card-reverse",
        " #tag",
        "#flashcards",
        " ^abc",
        "`",
        "```\n",
        "*",
        "**",
        "~~",
        "<",
        ">",
        "<mark>",
        "</span>",
        "<code>",
        "</code>",
        "<!--",
        "-->",
        "&amp;",
        "https://",
        "word",
        "ü",
        "中",
        "🎉",
        "\t",
        "id::",
        "\u{a0}",
    ]);
    let text = prop_oneof![12 => pieces.prop_map(str::to_owned), 1 => ".{0,8}"];
    prop::collection::vec(text, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_note_compiles_with_all_conventions_and_reads_back(text in markdown()) {
        for conventions in [ALL, "prefixes inline separators highlights clozes choices tables tagged"] {
            let compiled = compile(conventions, &text);
            assert_reads_back(&compiled);
            for card in compiled.decks.iter().flat_map(|deck| &deck.cards) {
                assert!(!card.question.is_empty());
                assert!(card.answer().count() > 0);
                assert!(!card.question_html.contains("<script"));
            }
        }
    }
}
