//! A lone `?` between question and answer.

use super::{check, intro, only};

#[test]
fn a_lone_question_mark_separates_question_and_answer() {
    check("separators", "a\n?\nb", "a => b");
    check("separators", "a\nb\n?\nc\nd", "a b => c d");
    check("separators", "a\n?\nb\n\nc\n?\nd", "a => b\nc => d");
    check("separators", "a\n?\n- b\n- c", "a => b / c");
    check("separators", "a\n?\n```\nb\n```", "a => b");
    check("separators", "a\n ? \nb", "a => b");
    check("separators", "**a\n?\nb**", "a => b");
}

#[test]
fn two_question_marks_ask_both_ways() {
    check("separators", "a\n??\nb", "a => b\nb => a");
    check("separators", "a\n??\nb\n- c", "a => b c\nb | c => a");
}

#[test]
fn an_empty_line_ends_the_card() {
    check("separators", "a\n?\nb\n\nc", "a => b");
    assert_eq!(intro("separators", "x\n\na\n?\nb\n\nc"), "<p>x</p><p>c</p>");
}

#[test]
fn code_beside_the_question_is_given() {
    check(
        "separators",
        "```\nx = 1\n```\nwhat is x?\n?\n1",
        "what is x? | x = 1 => 1",
    );
    check("separators", "```\nx = 1\n```\n\nwhat?\n?\n1", "what? => 1");
}

#[test]
fn half_a_card_is_reported() {
    check("separators", "a\n?\n\nb", "! 2:1 warning[half-card]");
    check("separators", "a\n\n?\nb", "! 3:1 error[half-card]");
    check("separators", "x\n\n?\n", "! 3:1 error[half-card]");
}

#[test]
fn other_question_marks_are_text() {
    check("separators", "a?\nb", "");
    check("separators", "```\na\n?\nb\n```", "");
    check("separators", "a\n`?`\nb", "");
    check("separators", "a\n\\?\nb", "");
    check("separators", "a\n???\nb", "");
}

#[test]
fn a_card_knows_its_line() {
    assert_eq!(only("separators", "x\n\na\n?\nb").line, 3);
}

#[test]
fn a_separator_directly_below_a_list_or_a_quotation_counts() {
    check(
        "separators",
        "Which are sorted?\n- a heap\n- a B-tree\n?\nThe B-tree.",
        "Which are sorted? | a heap a B-tree => The B-tree.",
    );
    check(
        "separators",
        "a\n1. b\n   - c\n??\nd\ne",
        "a | b c => d e\nd e => a b c",
    );
    check("separators", "a\n> b\n?\nc", "a | b => c");
    check("separators", "a\n- b\n  ?\n  c", "");
    check("separators", "- a\n?\nc", "! 2:1 error[half-card]");
}
