//! `question :: answer`.

use super::{check, ids, intro, only};

#[test]
fn a_line_with_two_sides_is_a_card() {
    check("inline", "a :: b", "a => b");
    check("inline", "a:: b", "a => b");
    check("inline", "what?::that", "what? => that");
    check("inline", "问题::答案", "问题 => 答案");
    check("inline", "- a :: b\n- c :: d", "a => b\nc => d");
    check("inline", "> a :: b", "a => b");
    check("inline", "a :: b\nc :: d", "a => b\nc => d");
    check("inline", "a :: b :: c", "a => b :: c");
    check("inline", "**a** *b* :: `c` d", "a b => c d");
    check("inline", "1. a\n   - b :: c", "b => c");
}

#[test]
fn three_colons_ask_both_ways() {
    check("inline", "a ::: b", "a => b\nb => a");
    check("inline", "- a ::: **b**", "a => b\nb => a");
}

#[test]
fn lines_below_continue_the_answer() {
    check("inline", "a :: b\nc\nd :: e", "a => b c\nd => e");
    check("inline", "a ::\nb", "a => b");
    check("inline", "a :: b\nid:: 12-34", "a => b");
}

#[test]
fn elements_around_the_colons_end_on_either_side() {
    let card = only("inline", "**a :: b** c");
    assert_eq!(card.question_html, "<strong>a</strong>");
    assert_eq!(card.parts[0].html, "<p><strong>b</strong> c</p>");
}

#[test]
fn colons_in_code_html_links_and_behind_backslashes_are_none() {
    for text in [
        "`a :: b`",
        "    a :: b",
        "```\na :: b\n```",
        "x\n~~~rust\na :: b\n~~~",
        "<div>\na :: b\n</div>",
        "<code>a :: b</code>",
        "<b title=\"a :: b\">x</b>",
        "[a :: b](https://example.org)",
        "![a :: b](data:image/png;base64,AAAA)",
        "<http://a.b/x::y>",
        "a \\:: b",
        "a \\:\\: b",
        "a &#58;: b",
        "::: tip\nx\n:::",
        "id:: 5",
        "a :::: b",
        "a: b",
    ] {
        check("inline", &format!("{text}\n"), "");
    }
}

#[test]
fn a_name_is_no_card_and_reported_outside_code() {
    check(
        "inline",
        "use std::vec here",
        "! 1:8 warning[tight-separator]",
    );
    check(
        "inline",
        "a ::before rule",
        "! 1:3 warning[tight-separator]",
    );
    check("inline", "x Vec::new() :: y", "x Vec::new() => y");
    check(
        "inline",
        "what is `std::vec`? :: a vector",
        "what is std::vec? => a vector",
    );
}

#[test]
fn half_a_card_is_reported() {
    check("inline", "x\n\na ::", "! 3:1 warning[half-card]");
    check("inline", "x\n\n:: b", "! 3:1 warning[half-card]");
}

#[test]
fn a_reversed_card_has_an_id_of_its_own() {
    let both = ids("inline", "a ::: b");
    assert_eq!(ids("inline", "a :: b"), both[..1]);
    assert_ne!(both[0], both[1]);
    assert_eq!(ids("inline", "x :: y\n\na ::: c")[1..], both);
}

#[test]
fn what_made_a_card_is_not_in_the_intro() {
    assert_eq!(
        intro("inline", "x\n\na :: b\n\n- c :: d\n- e"),
        "<p>x</p><ul><li>c :: d</li><li>e</li></ul>"
    );
    assert_eq!(intro("inline", "x\na :: b"), "<p>x\na :: b</p>");
    assert_eq!(intro("inline", "- c :: d\n- e :: f"), "");
}
