//! `==cloze==` and `{{c1::cloze}}`.

use super::{check, compile, ids, intro, only};

#[test]
fn each_highlight_is_a_card() {
    check("highlights", "a ==b== c", "a […] c => a b c");
    check(
        "highlights",
        "==a== b ==c==",
        "[…] b c => a b c\na b […] => a b c",
    );
    check("highlights", "- x ==y==\n- z", "x […] => x y");
    check(
        "highlights",
        "这是==重点==内容",
        "这是[…]内容 => 这是重点内容",
    );
    check("highlights", "==a *b* `c`== d", "[…] d => a b c d");
    check("highlights", "**a ==b** c== d", "a […] d => a b c d");
    check("highlights", "**==a==**: b", "[…]: b => a: b");
    check("highlights", "==a\nb== c", "[…] c => a b c");
}

#[test]
fn a_comparison_is_no_highlight() {
    for text in [
        "a == b and c == d",
        "a==b or c==d",
        "a === b === c",
        "`==a==`",
        "```\n==a==\n```",
        "    ==a==",
        "\\==a==",
        "x ==a",
        "==== a ====",
        "<code>==a==</code>",
        "[==a==](https://example.org)",
        "https://example.org/?a==b==&c==",
    ] {
        check("highlights", text, "");
    }
}

#[test]
fn numbered_clozes_with_one_number_are_one_card() {
    check("clozes", "{{c1::a}} b", "[…] b => a b");
    check(
        "clozes",
        "{{c1::a}} {{c2::b}}",
        "[…] b => a b\na […] => a b",
    );
    check("clozes", "{{c1::a}} {{c1::b}}", "[…] […] => a b");
    check(
        "clozes",
        "{{c2::a}} {{c1::b}}",
        "[…] b => a b\na […] => a b",
    );
    check("clozes", "{{1::a}} b", "[…] b => a b");
    check("clozes", "{{c1::a::hint}} b", "[hint] b => a b");
    check("clozes", "{{c1::a::}} b", "[…] b => a b");
    check("clozes", "{{c1::`x::y`}} b", "[…] b => x::y b");
}

#[test]
fn clozes_may_be_nested() {
    check(
        "clozes",
        "{{c1::a {{c2::b}} c}} d",
        "[…] d => a b c d\na […] c d => a b c d",
    );
    check("clozes", "{{c1::f{a}}} d", "[…] d => f{a} d");
    check("clozes", "{{c1::a {b} c}} d", "[…] d => a {b} c d");
}

#[test]
fn plain_braces_are_clozes_and_templates_are_none() {
    check(
        "clozes",
        "{{a}} b {{c}}",
        "[…] b c => a b c\na b […] => a b c",
    );
    check("clozes", "{{cloze a}} b", "[…] b => a b");
    for text in [
        "{{ user.name }}",
        "{{{x}}}",
        "{x}",
        "`{{x}}`",
        "\\{{x}}",
        "x {{a",
        "a}} x",
    ] {
        check("clozes", text, "");
    }
}

#[test]
fn a_cloze_without_end_or_text_is_reported() {
    check("clozes", "x {{c1::a} b", "! 1:3 error[unclosed-cloze]");
    check("clozes", "x {{c1::a\n\nb}}", "! 1:3 error[unclosed-cloze]");
    check(
        "clozes",
        "{{c1::}} a {{c2::b}}",
        "{{c1::}} a […] => {{c1::}} a b\n! 1:1 warning[empty-cloze]",
    );
}

#[test]
fn the_gap_and_what_fills_it_can_be_told_apart() {
    let card = only("highlights", "a ==**b** c==");
    assert_eq!(card.question_html, "a <span class=\"cloze\">[…]</span>");
    let html = "<p>a <mark class=\"cloze\"><strong>b</strong> c</mark></p>";
    assert_eq!(card.parts[0].html, html);
    let card = only("clozes", "{{c1::a::<b> & \"c\"}}");
    assert_eq!(card.question, "[<b> & \"c\"]");
    let card = only("clozes", "<span>a</span> {{c1::b}}");
    assert_eq!(card.question, "a […]");
}

#[test]
fn both_kinds_may_stand_in_one_text() {
    check(
        "highlights clozes",
        "==a== {{c1::b}}",
        "[…] b => a b\na […] => a b",
    );
    check(
        "highlights clozes",
        "{{c1::==a==}} b",
        "[…] b => a b\n[…] b => a b",
    );
}

#[test]
fn a_cloze_keeps_its_id_when_a_sibling_comes_or_goes() {
    let two = ids("highlights", "a ==b== ==c==");
    assert_eq!(ids("highlights", "a b ==c=="), two[1..]);
    assert_eq!(ids("highlights", "a ==b== c"), two[..1]);
    let two = ids("clozes", "{{c1::a}} {{c2::b::hint}}");
    assert_eq!(ids("clozes", "a {{c2::b}}"), two[1..]);
    assert_eq!(ids("clozes", "x ==y==\n\n{{c1::a}} b"), two[..1]);
    let equal = ids("highlights", "==a== b ==a==");
    assert_ne!(equal[0], equal[1]);
}

#[test]
fn marks_are_shown_without_their_braces_everywhere() {
    let compiled = compile(
        "headings clozes",
        "x {{c1::a}}\n\n## Q {{c1::b}}\n\ny {{c1::c::h}}",
    );
    let deck = &compiled.decks[0];
    assert_eq!(deck.cards[1].question, "Q b");
    assert_eq!(deck.cards[1].parts[0].text, "y c");
    assert_eq!(deck.intro_html, "");
    let deck = &compile("headings highlights", "## Q\n\n| a |\n|---|\n| ==b== |\n").decks[0];
    assert!(deck.cards[0].parts[0].html.contains("<mark>b</mark>"));
}

#[test]
fn what_obsidians_plugins_write_for_themselves_is_not_shown() {
    let note = "#flashcards/a/b\n\na ==b== c ^x1-y\n<!--SR:!2024-01-01,3,250-->\n\n#flashcards x\n";
    check("highlights", note, "a […] c => a b c");
    assert_eq!(intro("highlights", note).trim(), "<p>x</p>");
    check(
        "inline",
        "a :: b #flashcards/x <!--SR:!2024-01-01,3,250!2024-01-02,4,270-->",
        "a => b",
    );
    check("inline", "a :: b ^abc", "a => b");
    check("inline", "#flashcards/x #flashcards a :: b", "a => b");
    let linked = "a :: b ^abc\n\n## Q\n\nSee [[#^abc|it]].";
    assert_eq!(compile("inline headings", linked).problems, []);
    check("inline", "a :: x ^2 + y", "a => x ^2 + y");
}

#[test]
fn each_gap_of_a_number_has_its_own_hint() {
    check(
        "clozes",
        "{{c1::Paris}} is in {{c1::France::country}}, {{c1::not::where}} {{c2::Spain}}.",
        "[…] is in [country], [where] Spain. => Paris is in France, not Spain.\n\
         Paris is in France, not […]. => Paris is in France, not Spain.",
    );
}
