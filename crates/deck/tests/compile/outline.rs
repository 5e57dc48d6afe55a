//! Which headings of a note are its questions, and what becomes of all that stands around them.

mod answers;

use deck::{Compiled, PartKind};

use crate::{compile, problems, unindent};

/// Decks as lines: the level and why, the title, `line section › question: parts`, what is given
/// with a question, the introduction, and the problems.
fn shown(compiled: &Compiled) -> String {
    let mut lines = Vec::new();
    for deck in &compiled.decks {
        lines.push(format!("{} {}", deck.level, deck.level_from));
        lines.push(format!("= {}", deck.title));
        for card in &deck.cards {
            let above = card.section.iter().map(String::as_str);
            let path: Vec<&str> = above.chain([card.question.as_str()]).collect();
            let parts: Vec<String> = card.parts.iter().map(part).collect();
            let parts = parts.join("; ");
            lines.push(format!("{} {}: {parts}", card.line, path.join(" › ")));
            if !card.given_html.is_empty() {
                lines.push(format!("given {}", card.given_html));
            }
        }
        if !deck.intro_html.is_empty() {
            lines.push(format!("intro {}", deck.intro_html));
        }
    }
    lines.extend(problems(compiled).lines().map(str::to_owned));
    lines.join("\n")
}

/// A label, or the text in brackets; `?` before the prompt.
fn part(part: &deck::compile::Part) -> String {
    let mark = match part.kind {
        PartKind::Prompt => "?",
        PartKind::Part => "",
    };
    match part.label.as_str() {
        "" => format!("{mark}({})", part.text.replace('\n', " ")),
        label => format!("{mark}{label}"),
    }
}

#[track_caller]
fn check(markdown: &str, expected: &str) {
    let markdown = unindent(markdown);
    let found = shown(&compile(&markdown));
    assert_eq!(found, unindent(expected), "\n{markdown}");
}

/// Checks the level only, and that nothing is reported.
#[track_caller]
fn level(markdown: &str, expected: &str) {
    let markdown = unindent(markdown);
    let compiled = compile(&markdown);
    let deck = compiled.decks.first().expect("a deck");
    let found = match deck.level_from.as_str() {
        "default" => deck.level.to_owned(),
        why => format!("{} {why}", deck.level),
    };
    assert_eq!(found, expected, "\n{markdown}\n{}", shown(&compiled));
    assert_eq!(problems(&compiled), "", "\n{markdown}");
}

const ASKED: &str = "### structure: they are asked as questions, the headings above are not";

#[test]
fn the_usual_note_has_its_questions_at_the_second_level() {
    level("# T\n## What is A?\nx\n## B\ny", "##");
    level("## A\nx", "##");
    level(
        "# T\n## A\n### Part\nx\n### More\ny\n## B\n### Other\nz",
        "##",
    );
    level(
        "# T\n## A\nIntro.\n### Part\nx\n## B\nIntro.\n### Other\ny",
        "##",
    );
    level("# T\n## A\n**L**: x\n\n**M**: y\n## B\n- z", "##");
    level("# T\n## A\nx\n#### Deep\ny", "##");
}

#[test]
fn questions_below_sections_are_found() {
    level(
        "# T\n## Basics\n### What is A?\nx\n### Why B?\ny\n## More\n### How is C made?\nz",
        ASKED,
    );
    level(
        "# T\n## Basics\nA sentence.\n### What is A?\nx\n### Why B?\ny",
        ASKED,
    );
    level(
        "## 基础\n### 什么是锁\nx\n### HashMap 和 Hashtable 的区别\ny\n## 其他\n### 为什么\nz",
        ASKED,
    );
    level(
        "# T\n## Basics\n### Q1: Locks\nx\n### Q2: Threads\ny",
        ASKED,
    );
    level(
        "# T\n## Basics\n### Explain locks\nx\n### Describe a thread\ny\n### Heaps\nz",
        ASKED,
    );
    level("# T\n## أساسيات\n### ما هو؟\nx\n### لماذا؟\ny", ASKED);
    level(
        "# T\n## Basics\n### Locks\n#### Answer\nx\n### Threads\n#### Answer\ny",
        ASKED,
    );
    level(
        "# T\n## Basics\n### Locks\n**Answer**: x\n### Threads\n**Answer**: y",
        ASKED,
    );
    level(
        "# T\n## Basics\n### Locks\n**What they're really asking**: x\n\n**L**: y\n### Heaps\n**What they're really asking**: x\n\n**L**: y",
        ASKED,
    );
    level(
        "# T\n## About\nx\n## Basics\n### What is A?\nx\n### Why B?\ny\n### What is C?\nz",
        ASKED,
    );
    level(
        "# T\n## A\n### One\n#### What is A?\nx\n#### Why B?\ny\n### Two\n#### Why C?\nz",
        "#### structure: they are asked as questions, the headings above are not",
    );
}

#[test]
fn questions_without_a_question_mark_are_found_by_the_shape_of_the_note() {
    level(
        "# T\n## A\n### 1. One\nx\n### 2. Two\ny\n## B\n### 3. Three\nz",
        "### structure: they are numbered through all sections",
    );
    level(
        "# T\n## A\n### 1. One\nx\n### 2. Two\ny\n## B\n### 1. Three\nz",
        "##",
    );
    level(
        "# T\n## 1 A\n### 1.1 One\nx\n### 1.2 Two\ny\n## 2 B\n### 2.1 Three\nz",
        "##",
    );
    level(
        "# T\n## A\n### One\n**L**: x\n\n**M**: y\n### Two\n**K**: x\n\n**N**: y",
        "### structure: they have labels of parts below them",
    );
    let many: String = (0..8).map(|n| format!("### Topic{n}\nx\n")).collect();
    level(
        &format!("# T\n## A\n{many}"),
        "### structure: there are too many of them to be parts of answers",
    );
}

#[test]
fn in_doubt_the_second_level_holds_the_questions() {
    // Headings of parts that are asked, but the cards are asked too.
    level("## What is A?\n### Why?\nx\n### How so?\ny", "##");
    // Names that repeat are those of parts.
    level(
        "## A\n### What is it?\nx\n### Why so?\ny\n## B\n### What is it?\nx\n### Why so?\ny",
        "##",
    );
    // A prompt is a part.
    level(
        "## A\n### What they're really asking\nx\n### Is it so?\ny\n### What is B?\nz",
        "##",
    );
    // More than a paragraph is an answer.
    level("## A\nx\n\n- y\n### What is B?\nx\n### Why C?\ny", "##");
    level("## A\n**L**: x\n### What is B?\nx\n### Why C?\ny", "##");
    // One section with questions among cards.
    level(
        "## A\nx\n## B\ny\n## C\nz\n## FAQ\n### What is D?\nx\n### Why E?\ny",
        "##",
    );
    // Topics in chapters could be either.
    level(
        "## Sorting\n### Quick sort\nx\n### Merge sort\ny\n## Graphs\n### BFS\nx\n### DFS\ny",
        "##",
    );
}

#[test]
fn a_note_without_the_second_level_has_its_questions_where_they_are() {
    const NONE: &str = "structure: no ## has anything below it";
    level("# T\n### A\nx\n### B\ny", &format!("### {NONE}"));
    level("### A\nx\n#### Part\ny", &format!("### {NONE}"));
    level("#### A\nx\n#### B\ny", &format!("#### {NONE}"));
    level(
        "# T\nIntro.\n###### A\nx\n###### B\ny",
        &format!("###### {NONE}"),
    );
    level("# A\n### One\nx\n# B\n### Two\ny", &format!("### {NONE}"));
    level(
        "# A\nx\n# B\ny",
        "# structure: there are several # with text, and no ##",
    );
    level(
        "# What is A?\nx\n## Note\ny\n# Why B?\nx\n## Note\ny",
        "# structure: the # are asked as questions, the ## are not",
    );
    level(
        "### A\nx\n### B\ny\n## References\nz",
        "### structure: most of them stand outside of all ##",
    );
}

#[test]
fn questions_of_the_first_level_leave_the_title_alone() {
    check(
        "# All\n# What is A?\nx\n## Part\ny\n# Why B?\nz",
        "
        # structure: the # are asked as questions, the ## are not
        = All
        2 What is A?: (x); Part
        6 Why B?: (z)",
    );
    check(
        "# My notes\nText.\n# What is A?\nx\n# Why B?\nz",
        "
        # structure: there are several # with text, and no ##
        = My notes
        3 What is A?: (x)
        5 Why B?: (z)
        intro <p>Text.</p>",
    );
}

#[test]
fn headings_above_the_questions_are_their_sections() {
    check(
        "
        # T

        Intro.

        ## Basics

        About it.

        ### What is A?
        x

        ### Why B?

        #### One
        y

        #### Two
        z

        ## More

        ### How does C work?
        z",
        "
        ### structure: they are asked as questions, the headings above are not
        = T
        9 Basics › What is A?: (x)
        12 Basics › Why B?: One; Two
        22 More › How does C work?: (z)
        intro <p>Intro.</p><h2>Basics</h2><p>About it.</p>",
    );
    check(
        "# T\nx\n## A\nx\n# U `u`\n## B\ny\n# V\n## C\nz",
        "
        ## default
        = T
        3 A: (x)
        6 U u › B: (y)
        9 V › C: (z)
        intro <p>x</p>",
    );
    check(
        "## A\n### One\n#### What is A?\nx\n#### Why B?\ny\n## B\n#### Why C?\nz",
        "
        #### structure: they are asked as questions, the headings above are not
        = note
        3 A › One › What is A?: (x)
        5 A › One › Why B?: (y)
        8 B › Why C?: (z)",
    );
}

#[test]
fn several_headings_of_the_first_level_with_questions_are_all_sections() {
    check(
        "# JavaScript\n## A\nx\n# CSS\n## B\ny",
        "
        ## default
        = note
        2 JavaScript › A: (x)
        5 CSS › B: (y)",
    );
    check(
        "## A\nx\n# Part two\n## B\ny",
        "
        ## default
        = note
        1 A: (x)
        4 Part two › B: (y)",
    );
}

#[test]
fn a_note_that_mixes_levels_loses_nothing() {
    check(
        "## What is R?\nx\n## Basics\n### What is A?\nx\n### Why B?\ny\n### Why C?\nz",
        "
        ### structure: they are asked as questions, the headings above are not
        = note
        1 What is R?: (x)
        4 Basics › What is A?: (x)
        6 Basics › Why B?: (y)
        8 Basics › Why C?: (z)",
    );
    check(
        "# T\n### Is this for me?\nYes.\n## A\nx\n## B\ny",
        "
        ## default
        = T
        4 A: (x)
        6 B: (y)
        intro <h3>Is this for me?</h3><p>Yes.</p>
        2:1 warning[question-outside]",
    );
    check(
        "## A\nx\n# Empty\n## B\ny\n# End",
        "
        ## default
        = note
        1 A: (x)
        4 Empty › B: (y)
        6:1 warning[empty-section]",
    );
}

#[test]
fn marks_around_a_question_are_shown_and_make_no_other_card() {
    #[track_caller]
    fn same(one: &str, other: &str) {
        let id = |question: &str| {
            let compiled = compile(&format!("## {question}\nx"));
            assert_eq!(problems(&compiled), "");
            compiled.decks[0].cards[0].id
        };
        assert_eq!(id(one), id(other), "{one} {other}");
    }
    for other in [
        "1. What is a lock?",
        "Q: What is a lock?",
        "Q12. What is a lock",
        "🔒 What is a lock?",
        "**Q:** What is a lock?",
        "What is a lock? {#lock}",
        "What is a lock? {: #lock .big}",
        "What is a [lock](https://example.org/)?",
        "[What is a lock?](#lock)",
        "<a name=\"lock\"></a>What is a lock?",
        "<a id=\"lock\">What is a lock?</a>",
        "What is a lock? ##",
        "*What* is a `lock`?",
    ] {
        same("What is a lock?", other);
    }
}

#[test]
fn a_question_is_shown_as_it_is_written_but_for_its_attributes() {
    #[track_caller]
    fn html(question: &str, expected: &str) {
        let compiled = compile(&format!("## {question}\nx"));
        assert_eq!(compiled.decks[0].cards[0].question_html, expected);
    }
    html("1. What is *A*?", "1. What is <em>A</em>?");
    html("🔒 Q: What?", "🔒 Q: What?");
    html("A {#a-b_c}", "A");
    html("`A` {#a .b}", "<code>A</code>");
    html("A {: .b }", "A");
    html("The set {a}", "The set {a}");
    html("f{#1, x}", "f{#1, x}");
    html("`{#a}`", "<code>{#a}</code>");
    html("[A](b.md)?", "A?");
    html("A ##", "A");
    html("C#", "C#");
}

#[test]
fn a_table_of_contents_makes_no_card() {
    let plain = "
        ## default
        = T
        LINE A: (x)";
    let toc = |markdown: &str, line: &str| check(markdown, &plain.replace("LINE", line));
    toc("# T\n## Table of contents\n- [A](#a)\n## A\nx", "4");
    toc(
        "# T\n## Contents\n1. [A](#a)\n   - [B](#b)\n2. [`C`](#c)\n\n---\n\n## A\nx",
        "9",
    );
    toc("# T\n## 目录\n* [A](#a)\n## A\nx", "4");
    toc("# T\n### TOC\n- [A](#a)\n## A\nx", "4");
    toc("# T\n# Inhalt\n- [A](#a)\n## A\nx", "4");
    toc("# T\n- [A](#a)\n- [B](#b)\n\n## A\nx", "5");
    toc("# T\n**Table of Contents**\n\n- [A](#a)\n\n## A\nx", "6");
    toc("# T\n[TOC]\n\n## A\nx", "4");
    toc(
        "# T\n<details>\n<summary>Contents</summary>\n\n- [A](#a)\n\n</details>\n\n## A\nx",
        "9",
    );
    toc("# T\n## A\nx\n\n**[⬆ Back to top](#contents)**", "2");
    toc(
        "# T\n## A\nx\n\n<div align=\"right\"><a href=\"#top\">↥ back to top</a></div>",
        "2",
    );
}

#[test]
fn what_only_looks_like_a_table_of_contents_stays() {
    check(
        "# T\n## Contents\n- [A](a.md)\n\n## A\nx",
        "
        ## default
        = T
        5 A: (x)
        intro <h2>Contents</h2><ul><li>A</li></ul>
        3:3 warning[dead-link]",
    );
    check(
        "# T\n## Contents\nThe *contents* property.\n## A\n- [x](#x)",
        "
        ## default
        = T
        2 Contents: (The contents property.)
        4 A: (x)
        5:3 warning[dead-link]",
    );
    check(
        "# T\n- [x](https://example.org/)\n## A\nx",
        "
        ## default
        = T
        3 A: (x)
        intro <ul><li><a href=\"https://example.org/\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">x</a></li></ul>",
    );
}

#[test]
fn headings_in_list_items_are_questions_if_every_item_begins_with_one() {
    check(
        "# T\n## Core\n1. ### What is A?\n\n   x\n\n   ```\n   y\n   ```\n2. ### Why B?\n   z `c`\n   - d\n\n**[⬆ Back to Top](#t)**",
        "
        ### structure: they are asked as questions, the headings above are not
        = T
        3 Core › 1. What is A?: (x y)
        10 Core › 2. Why B?: (z c d)",
    );
    check(
        "# T\n- ## A\n  x\n- ## B\n  y",
        "
        ## default
        = T
        2 A: (x)
        4 B: (y)",
    );
}

#[test]
fn headings_inside_other_blocks_are_reported_at_the_level_of_the_questions() {
    check(
        "### A\n- x\n\n  ### B\n  y\n\n### C\n> ### D\n> z\n\n> ## E",
        "
        ### structure: no ## has anything below it
        = note
        1 A: (x B y)
        7 C: (D z E)
        4:3 warning[nested-question]
        8:3 warning[nested-question]",
    );
    check(
        "### A\n<div>\n### B\n</div>\n\n### C\nx",
        "
        ### structure: no ## has anything below it
        = note
        1 A: (### B)
        6 C: (x)
        3:1 error[heading-in-html]",
    );
}

#[test]
fn a_question_without_an_answer_is_reported_at_any_level() {
    check(
        "### A\n\n### B\nx\n\n###\ny",
        "
        ### structure: no ## has anything below it
        = note
        3 B: (x)
        1:1 warning[empty-answer]
        6:1 error[empty-question]",
    );
}

#[test]
fn several_first_levels_of_which_some_have_second_ones_are_the_questions() {
    const TOPICS: &str = "# structure: most # have text of their own, and few have ## below";
    level(
        "# Closure\nA function with its scope.\n## Example\ncode\n# Promise\nA value.",
        TOPICS,
    );
    level(
        "# Notes\n# Closure\nx\n## Example\ny\n# Promise\nz\n# Scope\nz",
        TOPICS,
    );
    level("# Closure\nx\n# Scope\ny\n# See also\n## Links\nz", TOPICS);
    // The questions are below, and what follows them is no question.
    level("# T\nx\n## A\ny\n# References\nz", "##");
    level("# T\nx\n## What is A?\ny\n# U\nz\n## Why B?\ny", "##");
}

#[test]
fn text_of_a_first_level_that_is_in_no_card_is_reported() {
    check(
        "# T\n## A\nx\n## B\ny\n## C\ny\n# Promise\nA value.",
        "
        ## default
        = T
        2 A: (x)
        4 B: (y)
        6 C: (y)
        intro <h1>Promise</h1><p>A value.</p>
        8:1 warning[text-outside]",
    );
    check(
        "# What is a closure?\nA function.\n## Example\ny",
        "
        ## default
        = What is a closure?
        3 Example: (y)
        intro <p>A function.</p>
        1:1 warning[question-outside]",
    );
    level(
        "# What is Rust?\nNotes on it.\n## What is a trait?\nx",
        "##",
    );
    level("# Rust\nNotes on it.\n## Traits\nx", "##");
}

#[test]
fn a_section_of_answers_above_the_questions_is_a_section() {
    check(
        "## Arrays\n### What is a slice?\na\n### What is a map?\nb\n## Solutions\n### What is a heap?\nc",
        "
        ### structure: they are asked as questions, the headings above are not
        = note
        2 Arrays › What is a slice?: (a)
        4 Arrays › What is a map?: (b)
        7 Solutions › What is a heap?: (c)",
    );
}

#[test]
fn a_table_of_contents_may_be_a_table_have_groups_and_be_folded_in() {
    let plain = "
        ## default
        = T
        LINE A: (x)";
    let toc = |markdown: &str, line: &str| check(markdown, &plain.replace("LINE", line));
    toc("# T\n## Contents\n- Databases\n  - [A](#a)\n\n## A\nx", "6");
    toc(
        "# T\n## Contents\n| No. | Questions |\n|---|---|\n| | **Core** |\n| 1 | [A](#a) |\n\n## A\nx",
        "8",
    );
    toc(
        "# T\n## Contents\n<details><summary>Expand</summary>\n\n- [A](#a)\n\n</details>\n\n## A\nx",
        "9",
    );
    check(
        "## Contents\n- names\n- sizes\n- [A](#a)\n## A\nx",
        "
        ## default
        = note
        1 Contents: (names); (sizes); (A)
        5 A: (x)",
    );
}

#[test]
fn questions_in_a_list_below_the_table_of_contents_are_unfolded() {
    check(
        "# JS\n### Table of Contents\n| No. | Questions |\n|---|---|\n| 1 | [What is a closure?](#what-is-a-closure) |\n\n1. ### What is a closure?\n\n   A function.\n\n2. ### What is hoisting?\n\n   Moving up.",
        "
        ### structure: no ## has anything below it
        = JS
        7 1. What is a closure?: (A function.)
        11 2. What is hoisting?: (Moving up.)",
    );
    check(
        "### Core\nText.\n\n1. ### A\n   x\n2. ### B\n   y",
        "
        ### structure: no ## has anything below it
        = note
        1 Core: (Text.)
        4 1. A: (x)
        6 2. B: (y)",
    );
}
