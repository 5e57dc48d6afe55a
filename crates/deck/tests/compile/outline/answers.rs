//! What belongs to a question, and what to its answer: headings that say so, and `<details>`.

use super::{check, level};
use crate::compile;

#[test]
fn a_heading_that_says_answer_is_no_question() {
    check(
        "## A\n### Answer\nx\n## B\n### Answer:\n- y\n- z",
        "
        ## default
        = note
        1 A: (x)
        4 B: (y); (z)",
    );
    check(
        "## A\n### Solution\n**L**: x\n\n**M**: y",
        "
        ## default
        = note
        1 A: L; M",
    );
    check(
        "## A\n## Answer\nx\n## B\n## Answer\ny",
        "
        ## default
        = note
        1 A: (x)
        4 B: (y)",
    );
    check(
        "## A\n# Answer\nx\n## B\n# Answer\ny",
        "
        ## default
        = note
        1 A: (x)
        4 B: (y)",
    );
    check(
        "## A\n### Antwort\nx\n### Example\ny\n\n## B\n### 答案\nz",
        "
        ## default
        = note
        1 A: (x); Example
        7 B: (z)",
    );
    check(
        "## A\n### Answer\n\n## B\nx",
        "## default\n= note\n4 B: (x)\n1:1 warning[empty-answer]",
    );
    check("## Answer\nx", "## default\n= note\n1 Answer: (x)");
}

#[test]
fn what_stands_above_the_answer_belongs_to_the_question() {
    check(
        "## What does it print?\n\nThis:\n\n- a\n- b\n\n### Answer\n\nx",
        "
        ## default
        = note
        1 What does it print?: (x)
        given <p>This:</p><ul><li>a</li><li>b</li></ul>",
    );
    check(
        "## A\n**What they're asking**: x\n\n### Answer\ny",
        "
        ## default
        = note
        1 A: ?What they're asking; (y)",
    );
    check(
        "## A\n### Hint\nx\n### Answer\ny",
        "
        ## default
        = note
        1 A: Hint",
    );
    check(
        "## A\nText.\n\n### Answer: D\n\nBecause.",
        "
        ## default
        = note
        1 A: (Answer: D Because.)
        given <p>Text.</p>",
    );
}

#[test]
fn several_answers_are_parts_and_a_question_about_one_is_a_question() {
    check(
        "## Two sum\nText.\n### Solution 1\nx\n### Solution 2\ny",
        "
        ## default
        = note
        1 Two sum: Solution 1; Solution 2
        given <p>Text.</p>",
    );
    check(
        "## Two sum\nText.\n## Solution 1: loops\nx\n## Solution 2: a map\ny",
        "
        ## default
        = note
        1 Two sum: Solution 1: loops; Solution 2: a map
        given <p>Text.</p>",
    );
    check(
        "## A\nx\n## Solution: how would you scale it?\ny",
        "
        ## default
        = note
        1 A: (x)
        3 Solution: how would you scale it?: (y)",
    );
}

#[test]
fn details_around_questions_are_no_questions() {
    check(
        "<details><summary>Basics</summary>\n\n## A\nx\n\n## B\ny\n\n</details>\n\n",
        "
        ## default
        = note
        3 A: (x)
        6 B: (y)
        intro <details><summary>Basics</summary>\n        </details>
        1:1 warning[split-details]",
    );
    check(
        "## A\n<details><summary>Answer</summary>\n\nx\n\n## B\ny",
        "
        ## default
        = note
        1 A: (x)
        6 B: (y)
        2:1 warning[split-details]",
    );
}

#[test]
fn bold_markers_are_labels() {
    check(
        "## A\n**Q**: x\n\n**Answer**: y",
        "
        ## default
        = note
        1 A: Q; Answer",
    );
}

#[test]
fn an_answer_in_details_is_the_answer() {
    let answer = "
        ## default
        = note
        1 A: (x)";
    check(
        "## A\n<details><summary>Answer</summary>\n\nx\n\n</details>",
        answer,
    );
    check(
        "## A\n<details>\n<summary><b>Show answer</b></summary>\n<p>\n\nx\n\n</p>\n</details>",
        answer,
    );
    check(
        "## A\n<details><summary>Click to expand!</summary>x</details>",
        answer,
    );
    check(
        "## A\n<details open>\n  <summary>💡 Solution</summary>\n\n  x\n</details>\n\n---",
        answer,
    );
    check(
        "## A\n<details><summary>Answer</summary>\n\n- x\n- y\n\n</details>\n\n## B\nz",
        "
        ## default
        = note
        1 A: (x); (y)
        9 B: (z)",
    );
    check(
        "## A\nCode.\n\n<details><summary>Answer</summary>\n\n#### Answer: D\n\nx\n\n</details>",
        "
        ## default
        = note
        1 A: (Answer: D x)
        given <p>Code.</p>",
    );
    check(
        "###### 1. What's the output?\nCode.\n\n<details><summary><b>Answer</b></summary>\n<p>\n\n#### Answer: D\n\nx\n\n</p>\n</details>\n\n###### 2. Why so?\ny",
        "
        ###### structure: no ## has anything below it
        = note
        1 1. What's the output?: (Answer: D x)
        given <p>Code.</p>
        14 2. Why so?: (y)",
    );
}

#[test]
fn other_details_stay_as_they_are() {
    let compiled = compile("## A\nx\n\n<details><summary>The proof</summary>\n\ny\n\n</details>");
    let html = &compiled.decks[0].cards[0].parts[0].html;
    assert!(
        html.contains("<details><summary>The proof</summary>"),
        "{html}"
    );
}

#[test]
fn summaries_are_the_questions_of_a_note_that_has_no_others() {
    check(
        "
        # T

        Intro.

        <details>
        <summary><b>1. What is <code>A</code>?</b></summary>

        x

        ### Part

        y

        </details>

        <details><summary>B &amp; C</summary>z</details>
        <details><summary>D&#39;s &apos;&#x41;&apos; &copy; &amp;lt; R&D &x;</summary>w</details>",
        "
        <summary> structure: all answers stand in `<details>`
        = T
        5 1. What is A?: (x); Part
        16 B & C: (z)
        17 D's 'A' © &lt; R&D &x;: (w)
        intro <p>Intro.</p>",
    );
    check(
        "## Basics\n<details><summary>What is A?</summary>\n\nx\n</details>\n<details><summary>Why B?</summary>\n\ny\n</details>\n\n## More\n<details><summary>Why C?</summary>\n\nz\n</details>",
        "
        <summary> structure: all answers stand in `<details>`
        = note
        2 Basics › What is A?: (x)
        6 Basics › Why B?: (y)
        12 More › Why C?: (z)",
    );
    level(
        "## A\nx\n<details><summary>What is B?</summary>\n\ny\n</details>",
        "##",
    );
}
