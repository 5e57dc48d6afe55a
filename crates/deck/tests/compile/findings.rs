//! What is found in notes beyond what Markdown itself loses.

use crate::{compile, compile_notes, note, problems};

/// Checks the problems of a note: `line:column severity[code]`, joined with `; `.
#[track_caller]
fn check(markdown: &str, expected: &str) {
    let found = problems(&compile(markdown)).replace('\n', "; ");
    assert_eq!(found, expected, "\n{markdown}");
}

#[test]
fn a_question_longer_than_a_screen_is_reported() {
    check(
        &format!("## {}?\nx", "a ".repeat(151)),
        "1:1 warning[long-question]",
    );
    check(&format!("## {}?\nx", "a".repeat(299)), "");
    check(
        &format!("## {}\nx", "ä".repeat(301)),
        "1:1 warning[long-question]",
    );
    check(&format!("## {}\nx", "面".repeat(300)), "");
}

#[test]
fn a_character_in_a_question_that_cannot_be_seen_is_reported() {
    check("## A\u{200b}b?\nx", "1:1 warning[invisible-character]");
    check("## A\u{feff}b?\nx", "1:1 warning[invisible-character]");
    check("## A \u{202e}b?\nx", "1:1 warning[invisible-character]");
    check("## A \u{1b}[31mb?\nx", "1:1 warning[invisible-character]");
    check("## A b?\nx\u{200b}", "");
    check("## 👩‍👩‍👧 b?\nx", "");
    check("## می‌خواهم؟\nx", "");
    check("## A\u{a0}b?\nx", "");
    let compiled = compile("## A\u{200b}b?\nx");
    assert!(compiled.problems[0].message.ends_with("U+200B"));
}

#[test]
fn an_answer_with_nothing_to_reveal_is_reported() {
    check("## A\n### P\n\n## B\nx", "2:1 warning[nothing-to-reveal]");
    check(
        "## A\n**Answer**:\n\n## B\nx",
        "2:1 warning[nothing-to-reveal]",
    );
    check("## A\n### P\nx\n\n## B\nx", "");
    check("## A\n### P\n### Q\n\n## B\nx", "");
    check("## A\n**Answer**: x\n\n## B\nx", "");
    check("## A\n**Bold text**\n\n## B\nx", "");
    check("## A\n<!-- x -->\n\n## B\nx", "1:1 warning[empty-answer]");
}

#[test]
fn a_line_that_only_looks_like_a_heading_is_reported() {
    check("## A\nx\n\n##B?\ny", "4:1 warning[not-a-heading]");
    check("## A\nx\n###B\ny", "3:1 warning[not-a-heading]");
    check("## A\nx\n\n＃＃ B?\ny", "4:1 warning[not-a-heading]");
    check("## A\nx\n\n＃B\ny", "4:1 warning[not-a-heading]");
    check("## A\nx\n\n    ## B?\n\ny", "4:5 warning[not-a-heading]");
    check("## A\nx\n\n\t## B?\n\ny", "4:2 warning[not-a-heading]");
    for line in [
        "##\u{a0}B?",
        "##\u{3000}B?",
        "##\u{200b}B?",
        "#\u{a0}B",
        "\u{feff}## B?",
        "\u{200b}## B?",
        "\u{a0}## B?",
        "\u{a0}##\u{a0}B?",
    ] {
        check(
            &format!("## A\nx\n\n{line}\ny"),
            "4:1 warning[not-a-heading]",
        );
    }
}

#[test]
fn a_mark_without_a_partner_is_reported() {
    check("## A\n$$\nx", "2:1 warning[unclosed-formula]");
    check("## A\nx\n$$", "3:1 warning[unclosed-formula]");
    check("## A\n$$\n\nx", "2:1 warning[unclosed-formula]");
    check("## A\n$$\n\n## B\nx", "");
    check("## A\n%%\nx", "2:1 warning[unclosed-comment]");
    check("## A\n%%\nx\n%%\ny", "");
}

#[test]
fn marks_in_text_and_code_are_no_headings() {
    check("## A\n#tag #other-tag\n#include and #1", "");
    check("## A\nC## and F##x ##b", "");
    check("## A\n\\##b", "");
    check("## A\n`##b`\n\n```\n##b\n```", "");
    check("## A\nx\n\n    ## comment\n    code()\n\ny", "");
    check("## A\nx\n\n    # comment\n\ny", "");
    check("## A\n- ##b", "");
    check("## A\n##\tb\ny", "1:1 warning[empty-answer]");
    check("## A\n########## b", "");
    check("## A\n\u{a0}#tag and #\u{a0}x", "");
    check("## A\n\\$$\nx\n\n- $$\n\n`$$`\n\n$$ is a shell", "");
}

#[test]
fn bold_questions_in_a_note_without_headings_are_reported() {
    check(
        "**Why?**\n\nx\n\n**How?**\n\ny",
        "1:1 warning[no-cards]; 1:1 warning[bold-question]",
    );
    check(
        "Intro.\n\n**为什么？**\n\nx",
        "1:1 warning[no-cards]; 3:1 warning[bold-question]",
    );
    check("**Why** not?\n\nx", "1:1 warning[no-cards]");
    check("# T\n\n**Why?**\n\nx", "1:1 warning[no-cards]");
    check("## A\n\n**Why?**\n\nx", "");
}

#[test]
fn a_note_with_nothing_in_it_says_so() {
    #[track_caller]
    fn check(markdown: &str, message: &str) {
        assert_eq!(compile(markdown).problems[0].message, message);
    }
    check("", "the note is empty");
    check(" \n\n", "the note is empty");
    check(
        "---\ntags: a\n---\n\n",
        "the note has nothing below its frontmatter",
    );
    check("# T\n", "the note has no cards");
}

#[test]
fn a_question_in_two_notes_is_reported_at_the_second() {
    let compiled = compile_notes([
        note("a.md", b"# T\n\n## 1. What is a slot?\nx"),
        note(
            "b.md",
            b"## Overview\nx\n\n  ## what is a slot\ny\n\n## empty\n",
        ),
        note("c.md", b"## Overview\nx\n\n## What is a slot?\nz"),
    ]);
    assert_eq!(
        problems(&compiled),
        "4:3 warning[duplicate-question]\n7:1 warning[empty-answer]\n4:1 warning[duplicate-question]"
    );
    let problem = &compiled.problems[0];
    assert_eq!(problem.path, "b.md");
    assert_eq!(
        problem.message,
        "the same question stands in a.md already, line 3"
    );
    let first = problem.also.as_ref().unwrap();
    assert_eq!((first.path.as_str(), first.line), ("a.md", 3));
    assert_eq!(first.text, "## 1. What is a slot?");
    assert_eq!(compiled.problems[2].path, "c.md");
}

#[test]
fn a_repeated_question_names_both_places() {
    let compiled = compile("## A?\nx\n\n## a\ny");
    let first = compiled.problems[0].also.as_ref().unwrap();
    assert_eq!((first.line, first.text.as_str()), (1, "## A?"));
}

#[test]
fn a_problem_knows_the_line_and_how_much_of_it_is_meant() {
    #[track_caller]
    fn check(markdown: &str, text: &str, start: u32, length: u32) {
        let problem = &compile(markdown).problems[0];
        let found = (problem.text.as_str(), problem.text_start, problem.length);
        assert_eq!(found, (text, start, length), "{markdown}");
    }
    check("## A\nA Vec<T> here", "A Vec<T> here", 0, 3);
    check("## A\r\nA Vec<T> here\r\nx", "A Vec<T> here", 0, 3);
    check("## A\n\n## B\nx", "## A", 0, 4);
    check("## B\nx\n\n  ## A", "  ## A", 0, 4);
    check("", "", 0, 1);
    let long = format!("## A\n{}Vec<T>{}", "ä ".repeat(500), " b".repeat(500));
    let problem = &compile(&long).problems[0];
    assert_eq!((problem.column, problem.text_start), (1004, 943));
    assert!(problem.text_goes_on);
    assert_eq!(problem.text.chars().count(), 160);
}

#[test]
fn many_problems_in_one_long_line_take_time_in_proportion() {
    let started = std::time::Instant::now();
    let note = format!("## A\n{}", "x Vec<T> ".repeat(20_000));
    assert_eq!(compile(&note).problems.len(), 100);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
