//! Links between notes: what each leads to, and what is found wrong with them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::{Duration, Instant};

use deck::{Compiled, Content, Folder, Settings};
use proptest::prelude::*;

use crate::{compile, compile_notes, note, problems};

/// A folder with notes at several places, and files that are none.
fn folder(first: &str) -> Folder {
    let mut folder = Folder::of_notes([
        note("a/first.md", first.as_bytes()),
        note("a/Second note.md", SECOND.as_bytes()),
        note("b/deep/third.md", b"## Third?\nx"),
        note("b/twin.md", b"## B?\nx"),
        note("c/d/twin.md", b"## D?\nx"),
        note("empty.md", b"# Nothing\n\ntext"),
        note("\u{fc}ber.md", b"## \xc3\xbc?\nx"),
    ]);
    let others = ["README.md", "_drafts/x.md", "a/book.pdf", "c/data.csv"];
    let content = || Content::InMemory(b"x".to_vec());
    folder.others = others
        .map(|path| (path.to_owned(), content()))
        .into_iter()
        .collect::<BTreeMap<_, _>>();
    folder
}

const SECOND: &str = "\
# Second

# Basics

## What is `a()`?
x <a id=\"anchor\"></a>

### Inner heading
y ^block-1

## Same

x

## Same

- one
- two ^two2

# More & more

text

# Last section

### No card

## 1. \u{1f389} Last, really?
z
";

/// Compiles with a first note that has one card, whose answer is given. Shows where its links
/// lead: each as `[text](note: question)`, `[text](deck note)`, and the problems behind `!`.
#[track_caller]
fn check(answer: &str, expected: &str) {
    let compiled = deck::compile(
        &folder(&format!(
            "## Own\n{answer}\n\n## Other own\nx\n### Below\ny"
        )),
        &Settings::default(),
    );
    let shown = shown(&compiled);
    assert_eq!(shown, expected, "\n{answer}");
}

fn shown(compiled: &Compiled) -> String {
    let decks = || compiled.decks.iter();
    let name = |id: &str| {
        let mut all = decks().flat_map(|deck| deck.cards.iter().map(move |card| (deck, card)));
        let (deck, card) = all
            .find(|(_, card)| card.id.to_string() == id)
            .expect("the link leads to a card");
        (deck.path.clone(), card)
    };
    let card = &decks()
        .find(|it| it.path == "a/first.md")
        .expect("it has cards")
        .cards[0];
    let html: String = card.parts.iter().map(|part| part.html.as_str()).collect();
    assert!(!html.contains("<a href=\"quire-note"), "{html}");
    let mut text = html.replace("<p>", "").replace("</p>", "");
    while let Some((before, rest)) = text.split_once("<a href=\"cards/") {
        let (id, rest) = rest.split_once('"').expect("the address ends");
        let (rest, after) = rest.split_once("</a>").expect("the link ends");
        let (path, card) = name(id);
        let (path, line, link) = (path, card.line, rest.trim_start_matches('>'));
        text = format!("{before}[{link}]({path}:{line}){after}");
    }
    while let Some((before, rest)) = text.split_once("<a href=\"decks/") {
        let (id, rest) = rest.split_once('"').expect("the address ends");
        let (rest, after) = rest.split_once("</a>").expect("the link ends");
        let link = rest.trim_start_matches('>');
        text = format!("{before}[{link}]({}){after}", name(id).0);
    }
    for problem in &compiled.problems {
        if problem.path == "a/first.md" {
            let deck::Problem {
                line,
                column,
                code,
                hint,
                ..
            } = problem;
            write!(text, " !{line}:{column} {code}: {hint}").expect("a string takes all");
        }
    }
    text.trim().to_owned()
}

#[test]
fn a_path_leads_from_the_note_to_another() {
    check("[x](../b/deep/third.md)", "[x](b/deep/third.md)");
    check("[x](/b/deep/third.md)", "[x](b/deep/third.md)");
    check("[x](../b/./deep//third.md)", "[x](b/deep/third.md)");
    check("[x](../b/deep/third)", "[x](b/deep/third.md)");
    check("[x](..\\b\\deep\\third.md)", "[x](b/deep/third.md)");
    check("[x](Second%20note.md)", "[x](a/Second note.md)");
    check("[x](<Second note.md>)", "[x](a/Second note.md)");
    check("[x](second%20NOTE.MD)", "[x](a/Second note.md)");
    check("[x](../%C3%BCber.md)", "[x](\u{fc}ber.md)");
    check("[x](../u\u{308}ber.md)", "[x](\u{fc}ber.md)");
    check("[x](first.md)", "[x](a/first.md)");
    check("[x](first.md?plain=1)", "[x](a/first.md)");
    check(
        "[*x* `y`](first.md)",
        "[<em>x</em> <code>y</code>](a/first.md)",
    );
    check("[x](first.md \"t\")", "[ title=\"t\">x](a/first.md)");
}

#[test]
fn a_fragment_leads_to_the_card_with_the_heading_or_around_it() {
    let second = |fragment: &str| format!("[x](Second%20note.md#{fragment})");
    check(&second("what-is-a"), "[x](a/Second note.md:5)");
    check(&second("What-Is-A"), "[x](a/Second note.md:5)");
    check(&second("inner-heading"), "[x](a/Second note.md:5)");
    check(&second("anchor"), "[x](a/Second note.md:5)");
    check(&second("same"), "[x](a/Second note.md:11)");
    check(&second("same-1"), "[x](a/Second note.md:15)");
    check(&second("1--last-really"), "[x](a/Second note.md:28)");
    check(&second("1-last-really"), "[x](a/Second note.md:28)");
    check(&second("%5Etwo2"), "[x](a/Second note.md:15)");
    check(&second(""), "[x](a/Second note.md)");
    check("[x](#other-own)", "[x](a/first.md:4)");
    check("[x](#below)", "[x](a/first.md:4)");
    check("[x](#own)", "[x](a/first.md:1)");
    check("[x](#)", "[x](a/first.md)");
    check("[x](#top)", "[x](a/first.md)");
}

#[test]
fn a_heading_of_a_section_leads_to_its_first_card_or_to_the_deck() {
    check(
        "[[Second note#Basics]]",
        "[Second note &gt; Basics](a/Second note.md:5)",
    );
    check("[x](Second%20note.md#more--more)", "[x](a/Second note.md)");
    check(
        "[x](Second%20note.md#last-section)",
        "[x](a/Second note.md:28)",
    );
    check("[x](Second%20note.md#second)", "[x](a/Second note.md)");
}

#[test]
fn a_wikilink_leads_to_a_note_by_its_name() {
    check("[[third]]", "[third](b/deep/third.md)");
    check("[[Third]]", "[Third](b/deep/third.md)");
    check("[[third.md]]", "[third.md](b/deep/third.md)");
    check("见[[third]]。", "见[third](b/deep/third.md)。");
    check("[[deep/third]]", "[deep/third](b/deep/third.md)");
    check("[[b/deep/third|x *y*]]", "[x <em>y</em>](b/deep/third.md)");
    check(
        "[[second note#same]]",
        "[second note &gt; same](a/Second note.md:11)",
    );
    check(
        "[[Second note#What is `a()`?|x]]",
        "[x](a/Second note.md:5)",
    );
    check("[[Second note#^block-1|x]]", "[x](a/Second note.md:5)");
    let own = "- a\n- b\n\n^own-list\n\n[[#^own-list|x]]";
    check(own, "<ul><li>a</li><li>b</li></ul>[x](a/first.md:1)");
    check("[[Second note#Basics#Same|x]]", "[x](a/Second note.md:11)");
    check("[[#Other own]]", "[Other own](a/first.md:4)");
    check(
        "[[my%20third|x]]",
        "x !2:1 dead-link: write the name of a note that exists",
    );
    check("[[second%20note|x]]", "[x](a/Second note.md)");
    check("| a |\n|---|\n| [[third\\|x]] |", TABLE);
    check("![[third]]", "[third](b/deep/third.md)");
    check(
        "![[third#Third?]]",
        "[third &gt; Third?](b/deep/third.md:1)",
    );
    check("![x](../b/deep/third.md)", "[x](b/deep/third.md)");
}

const TABLE: &str = "<div class=\"table\" tabindex=\"0\" role=\"group\"><table><thead><tr>\
    <th>a</th></tr></thead><tbody><tr><td>[x](b/deep/third.md)</td></tr></tbody></table></div>";

#[test]
fn a_name_of_several_notes_leads_to_the_nearest_and_is_reported() {
    check(
        "[[twin]]",
        "[twin](b/twin.md) !2:1 ambiguous-link: name the folder too",
    );
    check("[[d/twin]]", "[d/twin](c/d/twin.md)");
    check("[[b/twin]]", "[b/twin](b/twin.md)");
}

#[test]
fn references_and_links_of_raw_html_are_followed_too() {
    check("[x][r]\n\n[r]: ../b/deep/third.md", "[x](b/deep/third.md)");
    check("[r]\n\n[r]: #other-own", "[r](a/first.md:6)");
    check(
        "<a href=\"../b/deep/third.md\">x</a>",
        "[x](b/deep/third.md)",
    );
    check(
        "<p>\n<a\n  href='nowhere.md'>x</a></p>",
        "x\n !3:1 dead-link: write the name of a note that exists",
    );
    check(
        "y <a href=\"#gone\">x</a>",
        &dead(
            "y x",
            "2:3",
            "write the text of a heading that exists, or leave out the `#`",
        ),
    );
}

fn dead(text: &str, place: &str, hint: &str) -> String {
    format!("{text} !{place} dead-link: {hint}")
}

#[test]
fn a_dead_link_is_its_text_and_the_nearest_name_is_the_hint() {
    let unknown = "write the name of a note that exists";
    check("y [x](nowhere.md) z", &dead("y x z", "2:3", unknown));
    check("[[nowhere|x *y*]]", &dead("x <em>y</em>", "2:1", unknown));
    check(
        "[x](thrd.md)",
        &dead("x", "2:1", "there is `../b/deep/third.md`"),
    );
    check(
        "[x](third.md)",
        &dead("x", "2:1", "there is `../b/deep/third.md`"),
    );
    check(
        "[[secnd note]]",
        &dead("secnd note", "2:1", "there is `[[a/Second note]]`"),
    );
    check("[x](../../up.md)", &dead("x", "2:1", unknown));
    check(
        "[x](first.md#other-ownn)",
        &dead("x", "2:1", "there is `#other-own`"),
    );
    check("[x](#bellow)", &dead("x", "2:1", "there is `#below`"));
    let heading = "write the text of a heading that exists, or leave out the `#`";
    check("[x](#something-else)", &dead("x", "2:1", heading));
    check("[[#^nope|x]]", &dead("x", "2:1", heading));
}

#[test]
fn an_address_with_a_space_is_reported() {
    #[track_caller]
    fn check(answer: &str, expected: &str) {
        let compiled = crate::compile(&format!("## Q\n{answer}"));
        let found: Vec<String> = compiled
            .problems
            .iter()
            .map(|it| format!("{}:{} {}: {}", it.line, it.column, it.code, it.hint))
            .collect();
        assert_eq!(found.join("; "), expected, "{answer}");
    }
    check(
        "x ![heap](my heap.png)",
        "2:3 missing-image: write `my%20heap.png` or `<my heap.png>`",
    );
    check(
        "- a [b `c`](my note.md#x y) d",
        "2:11 dead-link: write `my%20note.md#x%20y` or `<my note.md#x y>`",
    );
    check(
        "![h](a b.svg \"t\")",
        "2:1 missing-image: write `a%20b.svg` or `<a b.svg>`",
    );
    check(
        "`![h](a b.svg)` a[i](x y) \\[b\\](a b.svg) f[0](see 1.5)",
        "",
    );
    check("    ![h](a b.svg)", "");
}

#[test]
fn a_link_to_what_has_no_card_is_its_text_and_reported() {
    let hint = "link to a note with cards, or write it as plain text";
    for target in [
        "../README.md",
        "../_drafts/x.md",
        "book.pdf",
        "../empty.md",
        "/c/data.csv",
    ] {
        let expected = format!("x !2:1 link-to-no-card: {hint}");
        check(&format!("[x]({target})"), &expected);
    }
    check(
        "[[README|x]]",
        "x !2:1 dead-link: write the name of a note that exists",
    );
    check(
        "![[book.pdf]]",
        &format!("book.pdf !2:1 link-to-no-card: {hint}"),
    );
}

#[test]
fn code_that_looks_like_a_wikilink_stays_as_it_is() {
    for text in [
        "[[ -f x ]]",
        "m[[0]]",
        "[[1, 2], [3, 4]]",
        "[[0]]",
        "x[[i]]",
        "[[a], [b]]",
        "[[]]",
    ] {
        check(text, text);
    }
    check("`[[third]]`", "<code>[[third]]</code>");
    check("x[[third]]", "x[[third]]");
    check("\\[[third]]", "[[third]]");
}

#[test]
fn links_out_of_the_app_open_beside_it() {
    let out = "target=\"_blank\" rel=\"noopener noreferrer nofollow\"";
    check(
        "<x@example.org>",
        &format!("<a href=\"mailto:x@example.org\" {out}>x@example.org</a>"),
    );
    check(
        "[x](HTTPS://example.org)",
        &format!("<a href=\"HTTPS://example.org\" {out}>x</a>"),
    );
    for scheme in [
        "javascript:x",
        "obsidian://x",
        "file:///x",
        "//example.org/x",
        "vbscript:x",
    ] {
        check(&format!("[x]({scheme})"), "x");
    }
    check("<a href=\"quire-note:pthird.md\">x</a>", "x");
    check(
        "<a href=\"quire-note:nthird\">x</a>",
        "[x](b/deep/third.md)",
    );
    check(
        "`<a href=\"quire-note:nthird\">`",
        "<code>&lt;a href=\"quire-note:nthird\"&gt;</code>",
    );
    check(
        "<a title=\"quire-note:nthird\">x</a>",
        &format!("<a title=\"quire-note:nthird\" {out}>x</a>"),
    );
}

#[test]
fn in_a_question_or_label_a_link_is_its_text() {
    let compiled = compile("## A [b](#c) [[d#e]] [[f|g]]?\n**L [x](#c)**: y");
    let card = &compiled.decks[0].cards[0];
    assert_eq!(card.question, "A b d > e g?");
    assert_eq!(card.question_html, "A b d &gt; e g?");
    assert_eq!(card.parts[0].label, "L x");
    assert_eq!(card.parts[0].label_html, "L x");
    assert_eq!(
        compiled.problems.len(),
        1,
        "only the label's link is ever followed"
    );
}

#[test]
fn introductions_have_links_too() {
    let notes = [
        note("a.md", b"# A\n\n[x](b.md#q)\n\n## P\nx"),
        note("b.md", b"## Q\nx"),
    ];
    let compiled = compile_notes(notes);
    let id = compiled.decks[1].cards[0].id;
    let expected = format!("<p><a href=\"cards/{id}\">x</a></p>");
    assert_eq!(compiled.decks[0].intro_html, expected);
}

#[test]
fn the_text_of_a_part_is_what_it_was_before_links_were_followed() {
    let compiled = compile("## Q\n[a *b*](x.md) ![c|300](d.png) [e](#f)");
    assert_eq!(compiled.decks[0].cards[0].parts[0].text, "a b c|300 e");
}

/// A note with many links to many headings, and as many that lead nowhere.
fn many(count: usize) -> String {
    let mut text = String::new();
    for n in 0..count {
        let wrong = n + 1_000_000;
        writeln!(
            text,
            "## Same heading\n[x](#same-heading-{n}) [[#no {wrong}]] [y](n{n}.md)\n"
        )
        .expect("a string takes all");
    }
    text
}

#[test]
fn links_to_many_headings_are_resolved_in_linear_time() {
    let time = |count| {
        let start = Instant::now();
        let compiled = compile(&many(count));
        assert_eq!(compiled.decks[0].cards.len(), count);
        start.elapsed()
    };
    // Twice, since other work on the machine may come in between.
    let small = time(300).max(time(300));
    let large = time(3_000).min(time(3_000));
    let limit = small * 30 + Duration::from_millis(200);
    assert!(large < limit, "{small:?} for a tenth, {large:?} for all");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_of_a_link_compiles(target in "\\PC{0,20}", text in "\\PC{0,10}") {
        for link in [
            format!("[{text}]({target})"),
            format!("[{text}](<{target}>)"),
            format!("[[{target}|{text}]]"),
            format!("![[{target}]]"),
            format!("![{text}]({target}.png)"),
            format!("<a href=\"{target}\">{text}</a> <img src='{target}'>"),
        ] {
            let compiled = deck::compile(&folder(&format!("## Q\n{link}\n\nx")), &Settings::default());
            for deck in &compiled.decks {
                for part in deck.cards.iter().flat_map(|card| &card.parts) {
                    prop_assert!(!part.html.contains("href=\"quire-note:"), "{}", part.html);
                    prop_assert!(!part.html.contains("src=\"quire-note:"), "{}", part.html);
                }
            }
        }
    }
}

#[test]
fn a_heading_is_found_by_its_name_without_the_number_of_its_item_and_by_its_own_id() {
    let compiled = compile(
        "1. ## What is TCP?\n   a\n2. ## What is UDP?\n   See [TCP](#what-is-tcp), [it](#1-what-is-tcp).",
    );
    assert_eq!(problems(&compiled), "");
    let compiled = compile(
        "# Title {#top}\n## A {#p}\n[p](#p) [q](#q)\n### Part {#q .x}\ny [t](#top)\n## B\n[a](#a)",
    );
    assert_eq!(problems(&compiled), "");
    let deck = &compiled.decks[0];
    assert_eq!(deck.title, "Title");
    assert_eq!(deck.cards[0].question, "A");
    assert_eq!(deck.cards[0].parts[1].label, "Part");
    assert!(deck.cards[0].parts[1].html.starts_with("<h3>Part</h3>"));
}
