//! `#card`.

use super::{check, intro, only};

#[test]
fn a_heading_with_the_tag_is_a_card() {
    check("tagged", "## a #card\n\nb", "a => b");
    check("tagged", "## a\n\nb\n\n## c #card\n\nd", "c => d");
    check(
        "tagged",
        "### a #card\nb\n#### c\nd\n### e\nf",
        "a => b / c d",
    );
    check(
        "headings tagged",
        "## a #card\n\nb\n\n## c\n\nd",
        "a => b\nc => d",
    );
}

#[test]
fn a_line_of_a_paragraph_with_the_tag_is_a_card() {
    check("tagged", "a #card\nb\n\nc", "a => b");
    check("tagged", "#card a\nb", "a => b");
    check("tagged", "a #card\n- b\n- c", "a => b / c");
}

#[test]
fn an_item_with_the_tag_is_a_card() {
    check("tagged", "- a #card\n  - b\n  - c", "a => b / c");
    check("tagged", "- x\n  - a #card\n    - b\n- y", "a => b");
    check("tagged", "- a #card\n\n  b\n- c", "a => b");
    check(
        "tagged",
        "- a #card\n  card-last-interval:: 4\n  id:: 6-7\n  - b",
        "a => b",
    );
    check("tagged", "- a #card\n  b\n  c", "a => b c");
}

#[test]
fn a_reversed_tag_asks_both_ways() {
    check("tagged", "## a #card-reverse\nb", "a => b\nb => a");
    check("tagged", "a #card/reverse\nb", "a => b\nb => a");
    check("tagged", "- a #card-reverse\n  - b", "a => b");
}

#[test]
fn other_tags_of_the_line_are_tags_of_the_card() {
    let card = only(
        "tagged",
        "---\ntags: [t]\n---\n\nwhat is #go good at #card #lang/go #x\nb #y",
    );
    assert_eq!(card.tags, ["t", "go", "lang/go", "x"]);
    assert_eq!(card.question, "what is #go good at");
    assert_eq!(card.parts[0].text, "b #y");
}

#[test]
fn the_tag_in_code_or_in_a_word_is_none() {
    for text in [
        "a `#card`\nb",
        "a\\#card\nb",
        "a #cards\nb",
        "a#card\nb",
        "```\na #card\nb\n```",
        "a \\#card\nb",
        "a #1\nb",
    ] {
        check("tagged", text, "");
    }
}

#[test]
fn half_a_card_is_reported() {
    check("tagged", "a #card\n\nb", "! 1:1 warning[half-card]");
    check("tagged", "- a #card\n- b", "! 1:3 warning[half-card]");
    check("tagged", "#card\nb", "! 1:1 warning[half-card]");
}

#[test]
fn what_made_a_card_is_not_in_the_intro() {
    assert_eq!(intro("tagged", "x\n\n- a #card\n  - b"), "<p>x</p>");
    assert_eq!(intro("tagged", "## a #card\n\nb"), "");
}
