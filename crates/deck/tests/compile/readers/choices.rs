//! `- [ ]` and `- [x]` below a question.

use super::{check, compile, ids, only};

#[test]
fn options_below_a_question_are_a_choice() {
    check("choices", "Which?\n\n- [ ] a\n- [x] b", "Which? | a b => b");
    check(
        "choices",
        "Which?\n- [X] a\n- [x] b\n- [ ] c",
        "Which? | a b c => a b",
    );
    check("choices", "Which?\n1. [ ] a\n2. [x] b", "Which? | a b => b");
    check(
        "choices",
        "Which?\n\n- [ ] a\n\n- [x] b",
        "Which? | a b => b",
    );
    check(
        "choices",
        "### Which?\n- [ ] a\n- [x] b",
        "Which? | a b => b",
    );
    check(
        "choices",
        "## Which?\n\n- [ ] a\n- [x] b",
        "Which? | a b => b",
    );
}

#[test]
fn what_follows_the_list_explains() {
    check(
        "choices",
        "W?\n- [ ] a\n- [x] b\n\nBecause.\n\n```\nx\n```",
        "W? | a b => b Because. x",
    );
    check(
        "choices",
        "W?\n- [ ] a\n- [x] b\n\nBecause.\n\nV?\n- [x] c\n- [ ] d",
        "W? | a b => b Because.\nV? | c d => c",
    );
    check(
        "choices",
        "W?\n- [ ] a\n- [x] b\n\n### H\n\ny",
        "W? | a b => b",
    );
}

#[test]
fn a_heading_whose_answer_begins_with_options_is_one_card() {
    check(
        "headings choices",
        "## W?\n- [ ] a\n- [x] b\n\nBecause.",
        "W? | a b => b Because.",
    );
    check(
        "headings choices",
        "## W?\nx\n\nV?\n- [ ] a\n- [x] b",
        "W? => x V? ☐ a ☑ b\nV? | a b => b",
    );
    check("headings", "## W?\n- [ ] a\n- [x] b", "W? => ☐ a / ☑ b");
}

#[test]
fn options_have_letters() {
    let card = only("choices", "W?\n- [ ] a\n- [x] **b**\n- [x] c");
    let given =
        "<ol class=\"choices\" type=\"A\"><li>a</li><li><strong>b</strong></li><li>c</li></ol>";
    assert_eq!(card.given_html, given);
    let answer = "<ol class=\"choices\" type=\"A\"><li value=\"2\"><strong>b</strong></li><li value=\"3\">c</li></ol>";
    assert_eq!(card.parts[0].html, answer);
}

#[test]
fn half_a_choice_is_reported() {
    check(
        "choices",
        "W?\n- [ ] a\n- [ ] b",
        "! 2:1 error[no-right-option]",
    );
    check("choices", "- [ ] a\n- [x] b", "! 1:1 warning[half-card]");
    check(
        "headings choices",
        "## W?\n- [ ] a\n- [ ] b",
        "W? => ☐ a / ☐ b\n! 2:1 error[no-right-option]",
    );
}

#[test]
fn other_lists_are_no_choices() {
    check("choices", "W?\n- a\n- b", "");
    check("choices", "W?\n- [ ] a\n- b", "");
    check("choices", "W?\n- [x] a", "");
    check("choices", "```\n- [ ] a\n- [x] b\n```", "");
}

#[test]
fn a_choice_is_known_by_its_question() {
    let expected = ids("choices", "W?\n- [ ] a\n- [x] b");
    assert_eq!(
        ids("choices", "W?\n- [x] a\n- [ ] b\n- [ ] c\n\nx"),
        expected
    );
    let compiled = compile("choices", "x\n\nW?\n- [ ] a\n- [x] b");
    assert_eq!(compiled.decks[0].intro_html, "<p>x</p>");
}

#[test]
fn code_a_table_or_an_image_between_question_and_options_is_given() {
    check(
        "headings choices",
        "## What does this print?\n```\nx\n```\n\n- [ ] 0\n- [x] 1\n\nBecause.",
        "What does this print? | x 0 1 => 1 Because.",
    );
    check(
        "choices",
        "W?\n\n```\nx\n```\n\n|a|b|\n|-|-|\n|c|d|\n\n- [ ] 0\n- [x] 1",
        "W? | x a b c d 0 1 => 1",
    );
    check(
        "choices",
        "W?\n- [ ] a\n- [x] b\n\nV?\n```\nx\n```\n- [x] c\n- [ ] d",
        "W? | a b => b\nV? | x c d => c",
    );
    check(
        "choices",
        "```\nx\n```\n- [x] c\n- [ ] d",
        "! 4:1 warning[half-card]",
    );
}

#[test]
fn a_list_of_which_only_some_items_have_boxes_is_reported() {
    check("choices", "W?\n- [x] yes\n- no", "! 2:1 warning[half-card]");
}
