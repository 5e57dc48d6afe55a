//! `Q:`, `A:` and `C:`, as in hashcards.

use super::{check, ids, intro, only};

#[test]
fn a_question_and_an_answer_are_a_card() {
    check("prefixes", "Q: a\nA: b", "a => b");
    check("prefixes", "Q: a\n\nA: b", "a => b");
    check("prefixes", "Q: a\nA: b\nQ: c\nA: d", "a => b\nc => d");
    check("prefixes", "Q: a\nb\nA: c\nd", "a b => c d");
    check("prefixes", "Q:a\nA:b", "a => b");
    check("prefixes", "Q: a\nA:\n- b\n- c", "a => b / c");
    check("prefixes", "Q: a\nA: b\n\n```\nc\n```", "a => b c");
    check("prefixes", "Q:\n\na\n\nA:\n\nb", "a => b");
    check("prefixes", "Q: **a\nA: b**", "a => b");
}

#[test]
fn blocks_below_a_question_are_given() {
    check("prefixes", "Q: a\n```\nx\n```\nA: b", "a | x => b");
    check("prefixes", "Q: a\n\nb\n\nA: c", "a | b => c");
}

#[test]
fn a_prefix_directly_below_a_list_or_quotation_counts() {
    check(
        "prefixes",
        "Q: a\nA:\n- b\n- c\nQ: d\nA: e",
        "a => b / c\nd => e",
    );
    check("prefixes", "Q: a\n- x\n- y\nA: b\n- z", "a | x y => b z");
    check("prefixes", "Q: a\n> x\nA: b", "a | x => b");
}

#[test]
fn a_rule_ends_a_card() {
    check("prefixes", "Q: a\nA: b\n\n---\n\nc", "a => b");
    check(
        "prefixes",
        "Q: a\nA: b\n---\nQ: c\nA: d\n---\n",
        "a => b\nc => d",
    );
    check(
        "prefixes",
        "Q: a\n\n---\n\nA: b",
        "! 1:1 warning[half-card]\n! 5:1 error[half-card]",
    );
    assert_eq!(
        intro("prefixes", "x\n\nQ: a\nA: b\n\n***\n\ny"),
        "<p>x</p><p>y</p>"
    );
}

#[test]
fn each_bracket_of_a_cloze_is_a_card() {
    check("prefixes", "C: a [b] c", "a […] c => a b c");
    check(
        "prefixes",
        "C: [a] b [c]",
        "[…] b c => a b c\na b […] => a b c",
    );
    check("prefixes", "C: [a *b* `c[0]`] d", "[…] d => a b c[0] d");
    check(
        "prefixes",
        "C: \\[a\\] ![i](data:image/png;base64,AAAA) [l](https://example.org) [b]",
        "[a] i l […] => [a] i l b",
    );
    check(
        "prefixes",
        "C: a [b]\n\n- c\n- d [e]",
        "a […] | c d e => a b c d e\na b | c d […] => a b c d e",
    );
    check("prefixes", "C: [a]\nC: [b]", "[…] => a\n[…] => b");
}

#[test]
fn half_a_card_is_reported() {
    check("prefixes", "Q: a", "! 1:1 warning[half-card]");
    check(
        "prefixes",
        "Q: a\nQ: b\nA: c",
        "b => c\n! 1:1 warning[half-card]",
    );
    check("prefixes", "A: a", "! 1:1 error[half-card]");
    check("prefixes", "Q: a\nA:", "! 1:1 warning[half-card]");
    check(
        "prefixes",
        "Q: a\nA: b\nA: c",
        "a => b\n! 3:1 error[half-card]",
    );
    check("prefixes", "Q:\nA: b", "! 1:1 error[half-card]");
    check("prefixes", "C: a b", "! 1:1 error[no-cloze]");
    check("prefixes", "C: `[a]`", "! 1:1 error[no-cloze]");
}

#[test]
fn other_letters_and_places_are_text() {
    for text in [
        "x Q: a",
        " Q: a",
        "- A: b",
        "```\nQ: a\nA: b\n```",
        "    Q: a",
        "C:\\Windows [x]",
        "q: a\na: b",
        "<div>\nQ: a\n</div>",
        "\\Q: a",
    ] {
        check("prefixes", text, "");
    }
}

#[test]
fn headings_above_are_the_section() {
    let card = only("prefixes", "# T\n\n## S\n\nQ: a\nA: b");
    assert_eq!(card.section, ["S"]);
    assert_eq!(card.line, 5);
}

#[test]
fn a_cloze_keeps_its_id_when_a_sibling_goes() {
    let two = ids("prefixes", "C: [a] [b]");
    assert_eq!(ids("prefixes", "C: a [b]"), two[1..]);
}

#[test]
fn prefixes_may_be_bold_and_have_a_full_width_colon() {
    check("prefixes", "**Q:** a\n**A:** b", "a => b");
    check("prefixes", "**Q**: a\n**A**: b *c*", "a => b c");
    check("prefixes", "__Q: a__\n\n*A:* b", "a => b");
    check("prefixes", "Q：四\nA：4", "四 => 4");
    check(
        "prefixes",
        "Q: a\nA: 1\n\n**Q:** b\n**A:** 2",
        "a => 1\nb => 2",
    );
    let card = only("prefixes", "**Q:** a\n**A:** b");
    assert_eq!(card.question_html, "a");
    assert_eq!(card.parts[0].html, "<p>b</p>");
}

#[test]
fn prefixes_in_a_list_or_a_quotation_are_reported() {
    check("prefixes", "- Q: a\n  A: b", "! 1:3 warning[half-card]");
    check("prefixes", "> Q: a\n> A: b", "! 1:3 warning[half-card]");
    check(
        "prefixes",
        "Q: a\nA: b\n\n1. **Q:** c\n   **A:** d",
        "a => b Q: c A: d\n! 4:6 warning[half-card]",
    );
}

#[test]
fn a_table_directly_above_an_answer_is_given_without_another_row() {
    let card = only("prefixes", "Q: a\n\n| b |\n|---|\n| c |\nA: d");
    assert_eq!(
        card.given_html.matches("<tr>").count(),
        2,
        "{}",
        card.given_html
    );
    assert_eq!(card.parts[0].text, "d");
}
