//! What is not closed costs one card, not the note.

use crate::compile;

/// Checks the questions and the problems of a note: `line question` and `line:column code`, joined
/// with `; `. A line with `¶` is an empty one.
#[track_caller]
fn check(markdown: &str, questions: &str, problems: &str) {
    let markdown = markdown.replace('¶', "");
    let compiled = compile(&markdown);
    let cards = compiled.decks.iter().flat_map(|deck| &deck.cards);
    let found: Vec<String> = cards
        .map(|card| format!("{} {}", card.line, card.question))
        .collect();
    assert_eq!(found.join("; "), questions, "\n{markdown}");
    let found: Vec<String> = compiled
        .problems
        .iter()
        .map(|problem| format!("{}:{} {}", problem.line, problem.column, problem.code))
        .collect();
    assert_eq!(found.join("; "), problems, "\n{markdown}");
}

#[test]
fn a_fence_that_is_never_closed_ends_above_the_next_card() {
    check("## A\n```\nx\n\n## B\ny", "1 A; 5 B", "2:1 unclosed-fence");
    check("## A\n~~~\nx\n\n## B\ny", "1 A; 5 B", "2:1 unclosed-fence");
    check(
        "## A\n```py\nx\n\n---\n\n## B\ny",
        "1 A; 7 B",
        "2:1 unclosed-fence",
    );
    check(
        "## A\n```py\nx\n---\n## B\ny",
        "1 A; 5 B",
        "2:1 unclosed-fence",
    );
    check(
        "# T\n\n## A\n  ```\nx\n\n## B\ny",
        "3 A; 7 B",
        "4:3 unclosed-fence",
    );
    check(
        "---\ntags: a\n---\n## A\n```\nx\n\n## B\ny",
        "4 A; 8 B",
        "5:1 unclosed-fence",
    );
    check(
        "## A\r\n```\r\nx\r\n\r\n## B\r\ny",
        "1 A; 5 B",
        "2:1 unclosed-fence",
    );
    check("## Ä\n```\nß\n\n## Ö\ny", "1 Ä; 5 Ö", "2:1 unclosed-fence");
    check("```\nx\n\n## A\ny", "4 A", "1:1 unclosed-fence");
    check("# T\n\n```\nx\n\n## A\ny", "6 A", "3:1 unclosed-fence");
    check(
        "## A\n````\n```\n\n## B\ny",
        "1 A; 5 B",
        "2:1 unclosed-fence",
    );
}

#[test]
fn each_of_several_fences_costs_one_card() {
    check(
        "## A\n```\nx\n\n## B\n```\ny\n\n## C\nz",
        "1 A; 9 C",
        "5:1 heading-in-code",
    );
    check(
        "## A\n```py\nx\n\n## B\ny\n\n## C\n```py\nz\n\n## D\nz",
        "1 A; 5 B; 8 C; 12 D",
        "2:1 unclosed-fence; 9:1 unclosed-fence",
    );
    let note: String = (1..=60)
        .map(|n| format!("## Question {n}\n\n```py\nx\n\n"))
        .collect();
    let compiled = compile(&note);
    assert_eq!(compiled.decks[0].cards.len(), 60);
    assert_eq!(compiled.problems.len(), 60);
}

#[test]
fn a_fence_that_the_mark_of_another_closes_is_seen_by_the_language_in_its_code() {
    check(
        "## A\n```py\nx\n\n## B\ny\n\n## C\n```py\nz\n```\n\n## D\nw",
        "1 A; 5 B; 8 C; 13 D",
        "2:1 unclosed-fence",
    );
    check(
        "## A\n```\nx\n\n## B\n```rust\ny\n```\n\n## C\n```rust\nz\n```\n",
        "1 A; 5 B; 10 C",
        "2:1 unclosed-fence",
    );
    check(
        "## A\n~~~\nx\n\n## B\n~~~ sh\ny\n~~~\n",
        "1 A; 5 B",
        "2:1 unclosed-fence",
    );
}

#[test]
fn a_fence_that_the_mark_of_another_closes_is_seen_by_the_mark_that_is_missing_at_the_end() {
    check(
        "## A\n```\nx\n\n## B\ny\n\n```\nz\n```\n\n## C\nw",
        "1 A; 5 B; 12 C",
        "2:1 unclosed-fence",
    );
    check(
        "## A\n```\nx\n\n## B\ny\n\n```\nz\n```\n\n## C\n\n```\nw\n```\n",
        "1 A; 5 B; 12 C",
        "2:1 unclosed-fence",
    );
}

#[test]
fn a_fence_that_was_closed_in_the_wrong_column_costs_one_card() {
    check(
        "## A\n```\nx\n    ```\n\n## B\ny",
        "1 A; 6 B",
        "2:1 unclosed-fence",
    );
    check(
        "## A\n1. x\n   ```sh\n   y\n```\n\n## B\nz",
        "1 A; 7 B",
        "3:4 unclosed-fence",
    );
    check(
        "## A\n```\nx\n```y\n\n## B\ny",
        "1 A; 6 B",
        "2:1 unclosed-fence",
    );
}

#[test]
fn a_fence_in_a_list_or_a_quotation_ends_with_it() {
    check(
        "## A\n- x\n  ```\n  y\n\n## B\nz",
        "1 A; 6 B",
        "3:3 unclosed-fence",
    );
    check(
        "## A\n> ```\n> y\n\n## B\nz",
        "1 A; 5 B",
        "2:3 unclosed-fence",
    );
}

#[test]
fn headings_in_a_fence_that_is_closed_are_code() {
    for fence in ["```", "````", "~~~"] {
        for language in ["", "md", "python", "markdown title=x"] {
            check(
                &format!("## A\n{fence}{language}\nx\n\n## b\n\ny\n{fence}\n\n## C\nz"),
                "1 A; 10 C",
                "",
            );
        }
    }
    check(
        "## A\n```sh\n\n# a\nx\n\n# b\n```\n\n## C\nz",
        "1 A; 10 C",
        "",
    );
    check(
        "## A\n````md\n\n## b\n\n```py\nx\n```\n````\n\n## C\nz",
        "1 A; 11 C",
        "",
    );
    check(
        "## A\n````\n\n## b\n\n```py\nx\n```\n````\n\n## C\nz",
        "1 A; 11 C",
        "",
    );
    check(
        "## A\n~~~\n\n## b\n\n```py\nx\n```\n~~~\n\n## C\nz",
        "1 A; 11 C",
        "",
    );
    check(
        "## A\n```md\n\n## b\n\n```py\nx\n```\n\n## C\nz",
        "1 A; 10 C",
        "",
    );
    check(
        "## A\n```\n\n## b\n```\ntext\n\n## C\n```\nz\n```\n",
        "1 A; 8 C",
        "4:1 heading-in-code",
    );
    check(
        "## A\n```py\nx\n\n## b\n```\n\n## C\n```py\nz",
        "1 A; 8 C",
        "9:1 unclosed-fence",
    );
    check("## A\n    ```\n\n    ## b\n\n## C\nz", "1 A; 6 C", "");
    check("## A\n`` ```py ``\n\n## C\nz", "1 A; 4 C", "");
}

#[test]
fn only_a_heading_that_can_be_a_card_ends_a_fence() {
    check(
        "## A\n```sh\nx\n\n# comment\ny",
        "1 A",
        "2:1 unclosed-fence",
    );
    check("## A\n```py\nx\n## comment\ny", "1 A", "2:1 unclosed-fence");
    check(
        "## A\n```py\nx\n\n##comment\ny",
        "1 A",
        "2:1 unclosed-fence",
    );
    check("## A\n```py\nx\n\n##\ny", "1 A", "2:1 unclosed-fence");
    check(
        "## A\n```py\nx\n\n### deeper\ny",
        "1 A",
        "2:1 unclosed-fence",
    );
    check(
        "## A\n```py\nx\n\n  ## indented\ny",
        "1 A",
        "2:1 unclosed-fence",
    );
    check(
        "## A\n### P\n```py\nx\n\n### Q\ny",
        "1 A",
        "3:1 unclosed-fence",
    );
    check(
        "# T\n\n## S\n\n### A?\n```py\nx\n\n### B?\ny\n\n## S2\n\n### C?\nz",
        "5 A?; 9 B?; 14 C?",
        "6:1 unclosed-fence",
    );
}

#[test]
fn a_comment_that_is_never_closed_ends_above_the_next_card() {
    check(
        "## A\nx\n\n<!-- y\n\n## B\nz",
        "1 A; 6 B",
        "4:1 unclosed-comment",
    );
    check(
        "## A\nx\n\n<!--\ny\n\n---\n\n## B\nz",
        "1 A; 9 B",
        "4:1 unclosed-comment",
    );
    check("## A\nx\n\n<!-- y\n## B\nz", "1 A", "4:1 unclosed-comment");
    check("## A\nx\n\n<!-- y\n\n## b\n-->\n\n## C\nz", "1 A; 9 C", "");
    check("## A\nx <!-- y\n\n## B\nz", "1 A; 4 B", "");
}

#[test]
fn the_end_of_another_comment_does_not_hide_a_card() {
    check(
        "## A\nx\n\n<!-- y\n\n## B\nz\n<!--SR:1-->\n\n## C\nz",
        "1 A; 6 B; 10 C",
        "4:1 unclosed-comment",
    );
    check(
        "## A\nx\n\n<!-- y\n\n## B\n```mermaid\na --> b\n```\n\n## C\nz",
        "1 A; 6 B; 11 C",
        "4:1 unclosed-comment",
    );
    check(
        "## A\nx\n\n<pre>\ny\n\n## B\nz\n\n<pre>x</pre>\n\n## C\nz",
        "1 A; 7 B; 12 C",
        "4:1 unclosed-html",
    );
    check(
        "## A\nx\n\n<pre>\ny\n\n## B\nz\n\n<style>x</style>\n\n## C\nz",
        "1 A; 7 B; 12 C",
        "4:1 unclosed-html; 10:1 removed-html",
    );
    check(
        "## A\nx\n\n<!-- y\n<!-- z\n\n## b\n-->\n\n## C\nz",
        "1 A; 10 C",
        "",
    );
    check(
        "## A\nx\n\n%%\ny\n\n## B\nz\n\n%%\nu\n%%\n\n## C\nz",
        "1 A; 7 B; 14 C",
        "4:1 unclosed-comment",
    );
    check("## A\nx\n\n%%\n\n## b\ny\n\n%%\n\n## C\nz", "1 A; 11 C", "");
}

#[test]
fn a_formula_takes_no_card_with_it() {
    check(
        "## A\n$$\nx = 1\n$$\n\ny $\\theta$\n\n## B\nz\n\n$$\ny = 1\n$$\n\n## C\nw",
        "1 A; 8 B; 15 C",
        "",
    );
    check(
        "## A\n$$\nx = \\theta\n\n## B\n$$\ny = 1\n$$\n\n## C\nw",
        "1 A; 5 B; 10 C",
        "2:1 unclosed-formula",
    );
    check(
        "## A\n$$\nx = 1\n\n```\n\\a\n$$\n```\n\n## B\nw",
        "1 A; 10 B",
        "2:1 unclosed-formula",
    );
    check(
        "## A\n$$ x\n= 1\n$$\n\ny $\\theta$\n\n$$\ny = 1\n$$\n\n## B\nw",
        "1 A; 12 B",
        "",
    );
}

#[test]
fn html_that_is_never_closed_ends_above_the_next_card() {
    check(
        "## A\nx\n\n<pre>\ny\n\n## B\nz",
        "1 A; 7 B",
        "4:1 unclosed-html",
    );
    check("## A\nx\n\n<pre>\ny\n</pre>\n\n## B\nz", "1 A; 8 B", "");
    check(
        "## A\nx\n\n<pre>\n\n## b\n</pre>\n\n## C\nz",
        "1 A; 9 C",
        "",
    );
    check(
        "## A\nx\n\n<script>\ny\n\n## B\nz",
        "1 A; 7 B",
        "4:1 unclosed-html; 4:1 removed-html",
    );
    check(
        "## A\nx\n\n<? y\n\n## B\nz",
        "1 A; 6 B",
        "4:1 unclosed-html",
    );
    check(
        "## A\n<details>\n\nx\n\n## B\ny",
        "1 A; 6 B",
        "2:1 split-details",
    );
    check(
        "## A\n<details>\n\nx\n\n</details>\n\n## B\ny",
        "1 A; 8 B",
        "",
    );
}

#[test]
fn code_is_kept_as_far_as_it_goes_and_links_reach_over_the_break() {
    let note = "## A\n```py\nx = 1\n\n---\n\n## B\n[y]\n\n[y]: https://example.org/\n";
    let compiled = compile(note);
    let cards = &compiled.decks[0].cards;
    assert_eq!(cards[0].parts[0].text, "x = 1");
    assert!(cards[1].parts[0].html.contains("https://example.org/"));
    assert_eq!(cards[1].parts[0].line, 8);
}

#[test]
fn the_problem_tells_where_the_note_goes_on() {
    let compiled = compile("## A\n```py\nx\n\n## Why so?\ny");
    let problem = &compiled.problems[0];
    assert_eq!(
        problem.message,
        "this fence is not closed: it is taken to end above line 5, where the note goes on"
    );
    assert_eq!((problem.text.as_str(), problem.length), ("```py", 5));
    let also = problem.also.as_ref().unwrap();
    assert_eq!((also.line, also.text.as_str()), (5, "## Why so?"));
}

#[test]
fn places_behind_a_break_are_those_of_the_note() {
    check(
        "## A\n```\nx\n\n## B\ny\n---\n\nA Vec<T>\n\n## C\n",
        "1 A; 5 B",
        "2:1 unclosed-fence; 6:1 setext-heading; 9:6 unknown-tag; 11:1 empty-answer",
    );
}

#[test]
fn a_note_of_nothing_but_open_fences_takes_time_in_proportion() {
    let started = std::time::Instant::now();
    compile(&"```\n\n## x\n\n".repeat(20_000));
    compile(&"<!-- x\n\n## x\n\n".repeat(20_000));
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
