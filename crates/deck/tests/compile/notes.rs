//! Notes, their titles, tags and cards.

use crate::{compile, compile_bytes, outline, unindent};

#[track_caller]
fn check(markdown: &str, expected: &str) {
    assert_eq!(
        outline(&compile(markdown)),
        unindent(expected),
        "\n{markdown}"
    );
}

/// Checks the tags of a note with this frontmatter.
#[track_caller]
fn check_tags(frontmatter: &str, expected: &[&str]) {
    let compiled = compile(&format!("{frontmatter}\n## Q\nx\n"));
    assert_eq!(compiled.decks[0].tags, expected, "\n{frontmatter}");
    assert_eq!(compiled.problems, []);
    assert_eq!(compiled.decks[0].cards.len(), 1);
}

#[test]
fn every_heading_of_the_second_level_is_a_card() {
    check(
        "# T\n\n## A?\nx\n\n## B\n\ny\n##   `C` and *d* ##\nz",
        "
        # T []
        3. A?
        4 - (x)
        6. B
        8 - (y)
        9. C and d
        10 - (z)",
    );
}

#[test]
fn what_looks_like_a_heading_in_code_is_code() {
    check(
        "## A\n```sh\n# no title\n## no card\n---\n```\n~~~~\n## no\n~~~\n~~~~\n\n    ## no\n",
        "
        # note []
        1. A
        2 - (# no)",
    );
}

#[test]
fn rules_divide_nothing() {
    check(
        "# T\n---\n\n---\n\n## A\n\n---\n\nx\n\n***\n\ny\n\n---\n## B\nz\n\n---\n",
        "
        # T []
        6. A
        10 - (x y)
        17. B
        18 - (z)",
    );
}

#[test]
fn the_title_is_the_first_heading_of_the_first_level_or_the_files_name() {
    check("# T `x`\n## A\nx", "# T x []\n2. A\n3 - (x)");
    check("## A\nx", "# note []\n1. A\n2 - (x)");
    check("T\n===\n## A\nx", "# T []\n3. A\n4 - (x)");
    check("#\n## A\nx", "# note []\n2. A\n3 - (x)");
    let note = crate::note("a/b & c.v2.md", b"## A\nx");
    let compiled = crate::compile_notes([note]);
    assert_eq!(compiled.decks[0].title, "b & c.v2");
    assert_eq!(compiled.decks[0].title_html, "b &amp; c.v2");
}

#[test]
fn what_stands_outside_the_cards_is_the_intro() {
    let compiled = compile("# T\n\nOne.\n\n---\n\n## A\nx\n\n# U\n\nTwo.\n\n## B\ny");
    let deck = &compiled.decks[0];
    assert_eq!(deck.intro_html, "<p>One.</p><h1>U</h1><p>Two.</p>");
    assert_eq!(deck.cards.len(), 2);
    assert_eq!(deck.cards[0].parts[0].text, "x");
}

#[test]
fn tags_are_read_from_every_usual_form_of_frontmatter() {
    check_tags("---\ntags:\n  - a\n  - b c\n---", &["a", "b c"]);
    check_tags("---\ntags: [a, 'b']\nother: {x: 1}\n---", &["a", "b"]);
    check_tags("---\ntags: a, b c\n---", &["a", "b c"]);
    check_tags("---\ntags: a b\n---", &["a", "b"]);
    check_tags(
        "---\nTags: ['#a', a, 2024, 1.10, true]\n---",
        &["a", "2024", "1.10", "true"],
    );
    check_tags("---\ntag: a\ntags: [b]\n---", &["b", "a"]);
    check_tags("---\ntags:\n---", &[]);
    check_tags("---\ntags:\n  -\n  - a\n---", &["a"]);
    check_tags("---   \ntags: [a]\n---  ", &["a"]);
    check_tags("---\n# comment\ntags: [a]\n...", &["a"]);
    check_tags("---\ndate: 2024-01-01\ntitle: \"x: y\"\n---", &[]);
    check_tags("---\n---", &[]);
    check_tags("", &[]);
}

#[test]
fn a_rule_at_the_beginning_is_no_frontmatter() {
    check("---\n\n# T\n\n---\n\n## A\nx", "# T []\n7. A\n8 - (x)");
    check(
        "---\n# T\n\nText.\n\n---\n\n## A\nx",
        "# T []\n8. A\n9 - (x)",
    );
    check("***\n# T\n## A\nx", "# T []\n3. A\n4 - (x)");
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    let plain = include_str!("../fixtures/storage-engines.md");
    let expected = compile(plain);
    for other in [
        plain.replace('\n', "\r\n"),
        plain.replace('\n', "\r"),
        format!("\u{feff}{plain}"),
        format!("\u{feff}{}", plain.replace('\n', "\r\n")),
        plain.trim_end().to_owned(),
    ] {
        assert_eq!(compile_bytes(other.as_bytes()), expected);
    }
}

#[test]
fn a_reference_is_found_wherever_its_definition_stands() {
    let compiled = compile("## A\n[x][r]\n\n## B\ny\n\n[r]: https://example.org/\n");
    assert!(
        compiled.decks[0].cards[0].parts[0]
            .html
            .contains("href=\"https://example.org/\"")
    );
    assert_eq!(
        outline(&compiled),
        "# note []\n1. A\n2 - (x)\n4. B\n5 - (y)"
    );
}

#[test]
fn smart_punctuation_is_off() {
    let compiled = compile("## \"A\" -- it's...\n\n\"x\" -- y...");
    let card = &compiled.decks[0].cards[0];
    assert_eq!(card.question, "\"A\" -- it's...");
    assert_eq!(card.parts[0].text, "\"x\" -- y...");
}

#[test]
fn the_json_is_that_of_the_cards_command() {
    let compiled = compile("---\ntags: [t]\n---\n# T\n## A `c`?\n**L `c`**: x\n\n## B\n");
    let json = serde_json::to_string(&compiled).expect("plain data");
    let card = &compiled.decks[0].cards[0];
    let (card_id, part_id) = (card.id, card.parts[0].id);
    let expected = [
        r#"{"decks":[{"path":"note.md","title":"T","tags":["t"],"#,
        r###""level":"##","level_from":"default","cards":[{"id":""###,
        card_id.as_str(),
        r#"","question":"A c?","line":5,"tags":["t"],"section":[],"#,
        r#""question_html":"A <code>c</code>?","given_html":"","direction":"left-to-right","#,
        r#""parts":[{"id":""#,
        part_id.as_str(),
        r#"","label":"L c","label_html":"L <code>c</code>","line":6,"kind":"part","#,
        r#""html":"<p><strong>L <code>c</code></strong>: x</p>","text":"L c: x"}],"fingerprint":"#,
        &card.fingerprint.to_string(),
        r#"}],"title_html":"T","intro_html":""}],"#,
        r#""problems":[{"severity":"warning","code":"empty-answer","path":"note.md","line":8,"#,
        r#""column":1,"message":"the question has no answer, so it makes no card","#,
        r###""hint":"write the answer below the question, above the next `##`","###,
        r###""length":4,"text":"## B","text_start":0,"text_goes_on":false,"also":null}],"changes":[]}"###,
    ];
    assert_eq!(json, expected.concat());
}
