//! Several conventions in one note.

use super::{cards, check, compile, intro};

#[test]
fn what_is_found_in_the_answer_of_a_heading_makes_further_cards() {
    check(
        "headings highlights",
        "## Q\na ==b==",
        "Q => a b\na […] => a b",
    );
    check("headings inline", "## Q\na :: b", "Q => a :: b\na => b");
    check("headings inline", "a :: b\n\n## Q\nx", "a => b\nQ => x");
}

#[test]
fn without_headings_they_are_sections() {
    let compiled = compile(
        "inline",
        "# T\n\n## S `x`\n\na :: b\n\n## U\n\nv\n\n## W\n\nc :: d",
    );
    let sections: Vec<String> = cards(&compiled)
        .map(|card| card.section.join("/"))
        .collect();
    assert_eq!(sections, ["S x", "W"]);
    assert_eq!(compiled.decks[0].intro_html, "<h2>U</h2><p>v</p>");
    assert_eq!(crate::problems(&compiled), "");
}

#[test]
fn a_line_belongs_to_one_card() {
    check("prefixes inline", "Q: a :: b?\nA: c", "a :: b? => c");
    check("separators inline", "a :: b\n?\nc", "a :: b => c");
    check("tagged inline", "a :: b #card\nc", "a :: b => c");
    check("tables inline", "|q|a|\n|-|-|\n|a :: b|c|", "a :: b => c");
}

#[test]
fn clozes_are_found_in_the_cards_of_others() {
    check(
        "inline highlights",
        "a :: ==b== c",
        "a => b c\na :: […] c => a :: b c",
    );
    check(
        "inline clozes",
        "{{c1::a}} :: b",
        "a => b\n[…] :: b => a :: b",
    );
}

#[test]
fn a_convention_that_finds_nothing_is_no_problem() {
    let all = "headings prefixes inline separators highlights clozes choices tables tagged";
    check(all, "# T\n\nx\n\n## Q\n\ny", "Q => y");
    assert_eq!(intro(all, "# T\n\nx\n\n## Q\n\ny"), "<p>x</p>");
}

#[test]
fn conventions_that_are_off_find_nothing() {
    let note =
        "## Q\n\nQ: a\nA: b\n\nc :: d\n\n==e== {{c1::f}} #card\n\ng\n?\nh\n\n#flashcards ^abc";
    check(
        "headings",
        note,
        "Q => Q: a A: b c :: d ==e== {{c1::f}} #card g ? h #flashcards",
    );
}
