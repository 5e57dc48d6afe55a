//! Notes put together at random from whole shapes: what people write, glued in ways they do not.

use deck::compile::Convention;
use deck::{Folder, Settings};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::bundle::assert_reads_back;
use crate::harmless::assert_harmless;
use crate::{compile_with, note};

/// Blocks that a note may have, in every convention.
fn block() -> impl Strategy<Value = String> {
    let text = || "[a-zA-Zü中ש*_`<>&\\[\\]():!?=#${}|~^ \\\\]{0,24}";
    let level = 1_usize..7;
    prop_oneof![
        6 => (level, text()).prop_map(|(level, text)| format!("{} {text}\n\n", "#".repeat(level))),
        6 => (text(), text()).prop_map(|(label, text)| format!("**{label}:** {text}\n\n")),
        4 => text().prop_map(|text| format!("{text}\n\n")),
        2 => (text(), text()).prop_map(|(a, b)| format!("- {a}\n  - {b}\n- [x] {a}\n- [ ] {b}\n\n")),
        2 => (text(), text()).prop_map(|(a, b)| format!("1. {a}\n\n   {b}\n\n2. {b}\n\n")),
        2 => (text(), text()).prop_map(|(a, b)| format!("| {a} | b |\n|:--|--:|\n| {b} | {a} |\n\n")),
        2 => (language(), text()).prop_map(|(language, text)| format!("```{language}\n{text}\n```\n\n")),
        1 => text().prop_map(|text| format!("~~~~\n{text}\n\n")),
        1 => text().prop_map(|text| format!("    {text}\n\n")),
        2 => text().prop_map(|text| format!("> {text}\n> > {text}\n\n")),
        1 => (text(), text()).prop_map(|(a, b)| format!("> [!NOTE] {a}\n> {b}\n\n")),
        1 => (text(), text()).prop_map(|(a, b)| format!("!!! tip \"{a}\"\n    {b}\n\n")),
        2 => (text(), text()).prop_map(|(a, b)| format!("<details><summary>{a}</summary>\n\n{b}\n\n</details>\n\n")),
        1 => text().prop_map(|text| format!("<div onclick=\"a()\">{text}<script>{text}</div>\n\n")),
        1 => text().prop_map(|text| format!("<!-- {text}\n\n")),
        1 => text().prop_map(|text| format!("<a href=\"javascript:{text}\"><img src=x onerror=\"{text}\">\n\n")),
        2 => (text(), text()).prop_map(|(a, b)| format!("Q: {a}\nA: {b}\n\nC: {a} [{b}]\n\n")),
        2 => (text(), text()).prop_map(|(a, b)| format!("{a} :: {b}\n\n{a} ::: {b}\n\n{a}\n?\n{b}\n\n{b}\n??\n{a}\n\n")),
        2 => (text(), text()).prop_map(|(a, b)| format!("{a} =={b}== {{{{c1::{a}::{b}}}}} #card\n\n")),
        2 => (text(), text()).prop_map(|(a, b)| format!("{a}[^1] $x_{{{b}}}$\n\n[^1]: {b}\n\n$$\n{a}\n$$\n\n")),
        2 => (text(), text()).prop_map(|(a, b)| format!("[[{a}]] [[{a}|{b}]] ![{a}]({b}) [{b}](<{a}> \"{b}\")\n\n")),
        1 => (text(), text()).prop_map(|(a, b)| format!("{a}\n: {b}\n\n{a}\n---\n\n")),
    ]
}

fn language() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "", "python", "rust", "js", "mermaid", "md", "html", "nothing",
    ])
}

fn frontmatter() -> impl Strategy<Value = String> {
    let line = prop::sample::select(vec![
        "tags: [a, b]",
        "tags:",
        "- c",
        "  - d",
        "quire:",
        "  level: 3",
        "  cards: [inline]",
        "title: \"a",
        "a: &b",
        "c: *b",
        "? d",
        "# e",
        "...",
    ]);
    let lines = vec(line, 0..6).prop_map(|lines| format!("---\n{}\n---\n", lines.join("\n")));
    prop_oneof![2 => Just(String::new()), 1 => lines]
}

/// Blocks below each other, some of them within a list or a quotation.
fn text() -> impl Strategy<Value = String> {
    let margin = prop::sample::select(vec!["", "", "", "> ", "  ", "    ", "- "]);
    let piece = (margin, block()).prop_map(|(margin, block)| {
        let inside = |line: &str| format!("{margin}{line}\n");
        match margin {
            "" => block,
            _ => block.lines().map(inside).collect(),
        }
    });
    let blocks = vec(piece, 0..12).prop_map(|pieces| pieces.concat());
    (frontmatter(), blocks).prop_map(|(front, blocks)| front + &blocks)
}

fn settings() -> impl Strategy<Value = Settings> {
    let all: Vec<Convention> = Convention::ALL
        .iter()
        .map(|(_, convention)| *convention)
        .collect();
    let chosen = prop::sample::subsequence(all.clone(), 0..=all.len());
    chosen.prop_map(|cards| Settings {
        cards,
        ..Settings::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_blocks_by_any_conventions_make_cards_that_can_do_nothing(
        text in text(),
        settings in settings(),
    ) {
        let compiled = compile_with(&text, &settings);
        assert_reads_back(&compiled);
        prop_assert_eq!(&compiled, &compile_with(&text, &settings));
        for deck in &compiled.decks {
            assert_harmless(&deck.title_html);
            assert_harmless(&deck.intro_html);
            for card in &deck.cards {
                prop_assert!(!card.question.is_empty() && card.answer().count() > 0);
                assert_harmless(&card.question_html);
                assert_harmless(&card.given_html);
                for part in &card.parts {
                    assert_harmless(&part.html);
                    assert_harmless(&part.label_html);
                }
            }
        }
        for problem in &compiled.problems {
            let lines = text.lines().count().max(1);
            prop_assert!((1..=lines).contains(&(problem.line as usize)), "{problem}");
            prop_assert!(problem.column > 0 && !problem.message.is_empty() && !problem.hint.is_empty());
        }
    }

    #[test]
    fn no_card_has_the_id_of_another_in_any_folder(texts in vec((text(), 0_u8..3), 0..5)) {
        let named = texts.iter().enumerate();
        let notes = named.map(|(index, (text, folder))| note(&format!("{folder}/{index}.md"), text.as_bytes()));
        let compiled = deck::compile(&Folder::of_notes(notes), &Settings::default());
        let cards = compiled.decks.iter().flat_map(|deck| &deck.cards);
        let mut ids: Vec<_> = cards.map(|card| card.id).collect();
        let count = ids.len();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), count);
    }
}
