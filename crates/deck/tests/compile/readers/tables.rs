//! Rows of tables.

use super::{check, intro, only};

#[test]
fn each_row_is_a_card() {
    check(
        "tables",
        "| q | a |\n|---|---|\n| x | y |\n| z | `w` |",
        "x => y\nz => w",
    );
    check(
        "tables",
        "| | |\n|-|-|\n| **x** | [y](https://example.org) |",
        "x => y",
    );
}

#[test]
fn further_columns_are_parts_with_their_heads() {
    check(
        "tables",
        "|q|How `a`|Why|\n|-|-|-|\n|x|y|z|",
        "x => How a: y / Why: z",
    );
    check("tables", "|q|a|b|\n|-|-|-|\n|x||z|", "x => b: z");
    check("tables", "|q||b|\n|-|-|-|\n|x|y|z|", "x => y / b: z");
    let card = only("tables", "|q|a|b|\n|-|-|-|\n|x|y|z|");
    let labels: Vec<&str> = card.parts.iter().map(|part| &*part.label).collect();
    assert_eq!(labels, ["a", "b"]);
    assert_eq!(card.parts[0].html, "<p><strong>a</strong>: y</p>");
    assert_eq!(card.line, 3);
}

#[test]
fn half_a_row_is_reported_and_an_empty_one_is_not() {
    check(
        "tables",
        "|q|a|\n|-|-|\n|x||\n||y|\n|||",
        "! 3:1 warning[half-card]\n! 4:1 warning[half-card]",
    );
    check("tables", "|q|\n|-|\n|x|", "! 1:1 warning[half-card]");
}

#[test]
fn tables_in_code_are_code() {
    check("tables", "```\n|q|a|\n|-|-|\n|x|y|\n```", "");
}

#[test]
fn a_table_that_made_cards_is_not_in_the_intro() {
    assert_eq!(intro("tables", "t\n\n|q|a|\n|-|-|\n|x|y|"), "<p>t</p>");
    assert!(intro("tables", "t\n\n|q|a|\n|-|-|\n|x|y|\n|z||").contains("<table>"));
}
