//! What is found wrong with notes, and where.

use crate::{compile, compile_bytes, problems};

/// Checks the problems of a note: `line:column severity[code]`, joined with `; `.
#[track_caller]
fn check(markdown: &str, expected: &str) {
    let found = problems(&compile(markdown)).replace('\n', "; ");
    assert_eq!(found, expected, "\n{markdown}");
}

#[track_caller]
fn check_bytes(bytes: &[u8], expected: &str) {
    let compiled = compile_bytes(bytes);
    assert_eq!(problems(&compiled), expected);
    assert_eq!(compiled.decks, []);
    assert!(compiled.has_errors());
}

#[test]
fn a_good_note_has_no_problems() {
    check("# T\n\n---\n\n## A\nx\n\n---\n\n## B\n- y\n---\n", "");
    check(
        "## A\n`Vec<T>` and 1 < 2 <br> <kbd>x</kbd> <details>y</details>",
        "",
    );
}

#[test]
fn a_question_without_an_answer_is_reported() {
    check("## A\n\n## B\nx", "1:1 warning[empty-answer]");
    check(
        "# T\n\n## A\n\n---\n\n<!-- later -->\n\n## B\nx",
        "3:1 warning[empty-answer]",
    );
    check("## B\nx\n\n  ## A", "4:3 warning[empty-answer]");
    check(
        "## B\nx\n## A\n**What they're asking**: x",
        "3:1 warning[empty-answer]",
    );
    check(
        "## A\n[x]: https://example.org/\n\n## B\nx",
        "1:1 warning[empty-answer]",
    );
}

#[test]
fn a_heading_without_a_question_is_reported() {
    check("##\nx\n\n## B\nx", "1:1 error[empty-question]");
    check("## B\nx\n\n##\n", "4:1 warning[empty-question]");
    check(
        "## <a id=\"x\"></a>\nx\n\n## B\nx",
        "1:1 error[empty-question]",
    );
}

#[test]
fn the_same_question_twice_is_reported_at_the_second() {
    check(
        "## A?\nx\n\n## B\ny\n\n## 2. a\nz",
        "7:1 warning[duplicate-question]",
    );
    let compiled = compile("## A\nx\n\n## A\ny\n\n## A\nz");
    let cards = &compiled.decks[0].cards;
    assert_eq!(cards[1].id.to_string(), format!("{}-2", cards[0].id));
    assert_eq!(cards[2].id.to_string(), format!("{}-3", cards[0].id));
    let message = &compiled.problems[1].message;
    assert_eq!(message, "the same question stands in line 1 already");
}

#[test]
fn a_paragraph_directly_above_a_rule_is_reported_and_stays_a_paragraph() {
    check("## A\nx\n---\n\n## B\ny", "2:1 warning[setext-heading]");
    check(
        "## A\nx\n\ntwo\nlines\n   ---\n",
        "4:1 warning[setext-heading]",
    );
    check("## A\n- x\n  y\n  ---\n", "2:3 warning[setext-heading]");
    check("## A\n- x\n---\n", "");
    let compiled = compile("## A\n**L**: x\n\n**M**: y\n---\n");
    let parts = &compiled.decks[0].cards[0].parts;
    assert_eq!(parts[1].label, "M");
    assert_eq!(parts[1].html, "<p><strong>M</strong>: y</p>");
}

#[test]
fn a_fence_without_an_end_is_an_error() {
    check(
        "## A\nx\n\n```python\ncode\n\n## B\ny\n",
        "4:1 error[unclosed-fence]",
    );
    check("## A\n```", "2:1 error[unclosed-fence]");
    check("## A\n~~~\n```\n", "2:1 error[unclosed-fence]");
    check("## A\n````\n```\n", "2:1 error[unclosed-fence]");
    check(
        "## A\n- x\n  ```\n  code\n\n## B\ny",
        "3:3 error[unclosed-fence]",
    );
    check("## A\n> ```\n> code\n\ny", "2:3 error[unclosed-fence]");
    check(
        "---\ntags: [a]\n---\n\n## A\r\n```\r\ncode",
        "6:1 error[unclosed-fence]",
    );
}

#[test]
fn a_fence_in_a_list_that_ends_outside_is_told_once() {
    let compiled = compile("## A\n- x\n  ```py\n  y\n```\n\nmore\n\n## B\nz");
    assert_eq!(problems(&compiled), "3:3 error[unclosed-fence]");
    let problem = &compiled.problems[0];
    assert_eq!(
        (problem.message.as_str(), problem.hint.as_str()),
        (
            "this fence ends with the list or the quotation that it stands in",
            "begin the line ``` that ends it as far in as this one"
        )
    );
    let parts = &compiled.decks[0].cards[0].parts;
    assert!(parts[0].text.ends_with("more"), "{parts:?}");
    check(
        "## A\n- x\n  ```py\n  y\n```\n\nmore\n\n## B\n```py\nz\n```\n\n## C\nw",
        "3:3 error[unclosed-fence]",
    );
    check(
        "## A\n- x\n  ```py\n  y\n```\nz\n```\n\n## C\nw",
        "3:3 error[unclosed-fence]",
    );
}

#[test]
fn a_fence_with_an_end_is_fine() {
    check("## A\n```\n```", "");
    check("## A\n```\n\n```", "");
    check("## A\n~~~~ python\n~~~\n```\n~~~~~  ", "");
    check("## A\n- x\n  ```\n  code\n  ```\n- y", "");
    check("## A\n> ```\n> code\n> ```", "");
    check("## A\n\n    indented\n", "");
    check("## A\n1. x\n\n   ```\n   code\n   ```", "");
}

#[test]
fn broken_frontmatter_is_an_error_and_the_note_is_read_without_it() {
    check(
        "---\ntags: [a\n---\n## A\nx",
        "2:7 error[broken-frontmatter]",
    );
    check(
        "---\ntags:\n  a: 1\n---\n## A\nx",
        "3:3 error[broken-frontmatter]",
    );
    check(
        "---\ntitle: a: b\ntags: [a]\n---\n## A\nx",
        "2:9 error[broken-frontmatter]",
    );
    check(
        "---\nname = \"x\"\n---\n## A\nx",
        "2:1 error[broken-frontmatter]",
    );
    check(
        "+++\ntags = [\"x\"]\n+++\n## A\nx",
        "1:1 error[broken-frontmatter]",
    );
    check("---\ntags: [a]\n\n## A\nx", "1:1 error[broken-frontmatter]");
    check(
        "---\n\ttitle: x\n\ttags: [a]\n---\n## A\nx",
        "2:9 error[broken-frontmatter]",
    );
    for above in ["\n", "<!-- x\n\ny -->\n\n"] {
        let line = above.matches('\n').count() + 1;
        check(
            &format!("{above}---\ntags: [a]\ndate: x\n---\n## A\nx"),
            &format!("{line}:1 error[broken-frontmatter]"),
        );
    }
    check(
        "title: x\ntags: [a]\n---\n## A\nx",
        "1:1 error[broken-frontmatter]",
    );
    let compiled = compile("---\ntags: [a\n---\n## A\nx");
    assert_eq!(compiled.decks[0].cards[0].line, 4);
}

#[test]
fn a_key_of_frontmatter_need_not_be_one_word() {
    for first in [
        "date created: 2024-01-05",
        "\"my key\": x",
        "📅: x",
        "a.b: 3",
        " title: x\n ok: y",
        "my notes:",
    ] {
        let tags = match first.starts_with(' ') {
            true => " tags",
            false => "tags",
        };
        let compiled = compile(&format!("---\n{first}\n{tags}: [kafka]\n---\n## A\nx"));
        assert_eq!(problems(&compiled), "", "{first}");
        assert_eq!(compiled.decks[0].tags, ["kafka"], "{first}");
        assert_eq!(compiled.decks[0].intro_html, "", "{first}");
    }
    check(
        "---\nx: y\nquire.level: 3\n---\n## A\nx",
        "3:1 error[unknown-setting]",
    );
}

#[test]
fn prose_below_a_line_is_no_frontmatter() {
    check(
        "---\nWhat I know: much\nof it is true.\n\n---\n\n## A\nx",
        "",
    );
    check("---\n\nNote to self: x\n\n---\n\n## A\nx", "");
    check("\n---\n\nx\n\n---\n\n## A\nx", "");
    check("\nTerm: x\n\n---\n\n## A\nx", "");
    check("Why so: x\n---\n\n## A\nx", "1:1 warning[setext-heading]");
}

#[test]
fn the_hint_about_frontmatter_is_about_its_line() {
    #[track_caller]
    fn check(lines: &str, expected: &str) {
        let compiled = compile(&format!("---\n{lines}\n---\n## A\nx"));
        assert!(
            compiled.problems[0].hint.contains(expected),
            "{:?}",
            compiled.problems
        );
    }
    check("tags: [a", "list of words");
    check("tags:\n  a: 1", "list of words");
    check("title: a: b", "between quotes");
    check("tags: a\nauthor: @me", "between quotes");
    check("\ttitle: x\n\ttags: a", "spaces in place of the tab");
}

#[test]
fn a_note_that_is_not_utf8_is_an_error() {
    check_bytes(b"## A\nx \xff y", "2:3 error[not-utf8]");
    check_bytes(b"## \xc3\xa4\xe9\nx", "1:5 error[not-utf8]");
    check_bytes(b"\xef\xbb\xbfa\r\nb\xf0\x9f", "2:2 error[not-utf8]");
    check_bytes(b"\xff\xfe#\0#\0", "1:1 error[not-utf8]");
    let compiled = compile_bytes(b"\xff\xfe#\0#\0");
    assert!(compiled.problems[0].hint.contains("UTF-16"));
}

#[test]
fn a_note_without_cards_is_reported_and_makes_no_deck() {
    check("", "1:1 warning[no-cards]");
    check("# T\n\nText.\n\n### A\n", "1:1 warning[no-cards]");
    check("## A\n", "1:1 warning[empty-answer]; 1:1 warning[no-cards]");
    assert_eq!(compile("# T\n").decks, []);
    assert!(!compile("# T\n").has_errors());
}

#[test]
fn a_question_inside_another_block_is_reported() {
    check("## A\n- x\n\n  ## B\n", "4:3 warning[nested-question]");
    check("## A\n> ## B\n", "2:3 warning[nested-question]");
}

#[test]
fn html_that_hides_something_is_reported() {
    check("## A\n<div>\n## B\n</div>\n", "3:1 error[heading-in-html]");
    check("## A\n<pre>\n## b\n</pre>\n", "");
    check(
        "## A\nx\n\n<!-- open\n\n## B\ny",
        "4:1 error[unclosed-comment]",
    );
    check("## A\nx\n\n<!--\n## B\ny\n-->\n", "");
    check(
        "## A\nx <iframe src=\"x\"></iframe>",
        "2:3 error[removed-html]",
    );
    check(
        "## A\n<div>\nü <video></video>\n</div>",
        "3:3 error[removed-html]",
    );
    check("## A\n<center>x</center>", "");
}

#[test]
fn html_that_hides_a_heading_of_another_level_is_reported() {
    check(
        "## A\na\n\n<br>\n### Part two\nb",
        "5:1 error[heading-in-html]",
    );
    check(
        "## A\na\n\n<img src=\"data:image/png;base64,AA==\" alt=\"x\">\n# Chapter\n\n## B\nb",
        "5:1 error[heading-in-html]",
    );
    check(
        "## A\n<details>\n\na\n\n</details>\n### B\nb",
        "7:1 error[heading-in-html]",
    );
    check(
        "## A\nx\n\n<h2>What is S?</h2>\n\nb",
        "4:1 warning[heading-in-html]",
    );
    check("<h2 align=\"center\">T</h2>\n\n## A\n<h3>x</h3>", "");
    check("## A\n<code>\n# x\n</code>", "");
    check(
        "## A\n<table><tr><td><pre>\n# x\n</pre></td></tr></table>",
        "",
    );
    check("## A\n<div>\n<!--\n# x\n-->\ny</div>", "");
    check("## A\n<div>\n#### x\n#x\n#\n</div>", "");
}

#[test]
fn a_cell_without_a_column_is_reported() {
    check(
        "## A\n| op | meaning |\n|---|---|\n| `a || b` | or |\n| x | y |",
        "4:9 error[lost-cells]",
    );
    check(
        "## A\n- x\n\n  a | b\n  --|--\n  1 | 2 | 3\n",
        "6:11 error[lost-cells]",
    );
    check(
        "## A\n| a | b |\n|---|---|\n| `a \\|\\| b` | or | |\n| x |\n| x | y",
        "",
    );
}

#[test]
fn types_that_markdown_takes_for_tags_are_reported_and_shown() {
    check("## A\nA Vec<T> here", "2:6 warning[unknown-tag]");
    check("## What is Box<Node>?\nx", "1:15 warning[unknown-tag]");
    let compiled = compile("## What is Box<Node>?\nA Vec<T> and Map<string>, but <b>bold</b>");
    let card = &compiled.decks[0].cards[0];
    assert_eq!(card.question, "What is Box<Node>?");
    assert_eq!(card.question_html, "What is Box&lt;Node&gt;?");
    let part = &card.parts[0];
    assert_eq!(part.text, "A Vec<T> and Map<string>, but bold");
    let html = "<p>A Vec&lt;T&gt; and Map&lt;string&gt;, but <b>bold</b></p>";
    assert_eq!(part.html, html);
}

#[test]
fn tags_that_are_names_are_reported_and_shown() {
    #[track_caller]
    fn check_shown(question: &str, answer: &str, shown: &str, found: usize) {
        let compiled = compile(&format!("## {question}\n{answer}"));
        let card = &compiled.decks[0].cards[0];
        let html = format!("{} / {}", card.question_html, card.parts[0].html);
        assert_eq!(html, shown, "{question} / {answer}");
        let codes = compiled.problems.iter().map(|problem| problem.code);
        assert_eq!(codes.filter(|code| *code == "unknown-tag").count(), found);
    }
    check(
        "## What is <main>?\nUse <nav> here.\n\n## What is <b>?\nx",
        "1:12 warning[unknown-tag]; 2:5 warning[unknown-tag]; 4:12 warning[unknown-tag]",
    );
    check_shown(
        "Is <ul> or </ol> an <img>?",
        "Use <div> and <b>bold</b> <table>,\n\nand <p>.",
        "Is &lt;ul&gt; or &lt;/ol&gt; an &lt;img&gt;? / \
         <p>Use &lt;div&gt; and <b>bold</b> &lt;table&gt;,</p><p>and &lt;p&gt;.</p>",
        6,
    );
    check_shown(
        "<a id=\"x\"></a>Q <font color=\"red\">r</font><br>",
        "x",
        "Q r<br> / <p>x</p>",
        0,
    );
    check_shown(
        "Q",
        "1. b <details><summary>c</summary>\n\n   d\n\n   </details>",
        "Q / <ol><li><p>b </p><details><summary>c</summary><p></p><p>d</p></details></li></ol>",
        0,
    );
    check(
        "## A\na <a name=\"y\">b <ul><li>c<li>d</ul> <hr> e <b>\n\nx</b>",
        "",
    );
    check_shown(
        "Q",
        "b <center>\nc\n</center>",
        "Q / <p>b </p>\nc<p></p>",
        0,
    );
    check_shown("Q <b>b", "x", "Q <b>b</b> / <p>x</p>", 0);
    check_shown(
        "Q",
        "<div>\n\nb</div>",
        "Q / <div>\n<p>b</p></div><p></p>",
        0,
    );
}

#[test]
fn an_image_of_another_host_is_reported() {
    check(
        "## A\nx ![a](https://example.org/a.png)",
        "2:3 warning[remote-image]",
    );
    check(
        "## A\nx <img src='//example.org/a.png'>",
        "2:3 warning[remote-image]",
    );
    check("## A\n![b](data:image/png;base64,AA==)", "");
}

#[test]
fn problems_stand_in_order_of_their_place() {
    check(
        "## A\nx\n---\n\n## B\n\n## A\ny\n\n## C\n```\n",
        "2:1 warning[setext-heading]; 5:1 warning[empty-answer]; \
         7:1 warning[duplicate-question]; 11:1 error[unclosed-fence]",
    );
}

#[test]
fn a_problem_is_shown_with_its_place_and_a_hint() {
    let compiled = compile("## A\n```\n");
    let expected = "note.md:2:1: error[unclosed-fence]: this fence is never closed: all that \
                    follows is read as code\n  hint: end the code with a line of its own: ```";
    assert_eq!(compiled.problems[0].to_string(), expected);
}

#[test]
fn a_row_with_more_cells_than_the_head_is_reported_where_it_is_cut_off() {
    check(
        "## A\n| op | meaning |\n|---|---|\n| `a || b` | or |\n| `x | y` | pipe |",
        "4:9 error[lost-cells]; 5:13 error[lost-cells]",
    );
    check(
        "## A\n> | a | b |\n> |---|---|\n> | c | d | e | f |",
        "4:13 error[lost-cells]",
    );
    check("## A\na|b\n-|-\nc|d|e", "4:5 error[lost-cells]");
    check(
        "## A\n| a | b |\n|---|---|\n| `c \\|\\| d` | e |\n| f | g | |\n| h | i ||\n| j |\n| k | l |  \n",
        "",
    );
}

#[test]
fn a_line_that_markdown_reads_as_a_definition_is_reported_if_nothing_uses_it() {
    check(
        "## A\nx\n\n[Answer]: 5432",
        "4:1 warning[unused-definition]",
    );
    check(
        "## A\n[Port]: 5432\n[Host]: localhost\n\n[host] $$\nx\n$$",
        "2:1 warning[unused-definition]; 5:1 warning[dead-link]",
    );
    check(
        "## A\nx\n\n[//]: # (hidden)\n[comment]: <> (hidden)\n[a]: https://example.org/\n[b]: b.png",
        "",
    );
}

#[test]
fn code_in_the_line_that_begins_a_fence_is_reported() {
    check(
        "## A\n``` SELECT 1\nFROM t\n```",
        "2:1 warning[code-in-fence]",
    );
    for info in [
        "py",
        "python 3",
        "rust,ignore",
        "js {1,3} title=\"a b\"",
        "what title=\"a b c\"",
        "plain text",
        "objective c",
        "{.python .numberLines}",
        "mermaid my diagram 1",
    ] {
        check(&format!("## A\n```{info}\nx\n```"), "");
    }
}
