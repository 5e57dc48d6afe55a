//! Footnotes, callouts, admonitions, definition lists, marks, comments and diagrams.

use proptest::prelude::*;

use crate::{compile, problems};

/// Checks the HTML of each part of a note's cards; cards and parts with a `|` between them.
#[track_caller]
fn check_note(note: &str, expected: &str) {
    let compiled = compile(note);
    let parts = compiled.decks.iter().flat_map(|deck| &deck.cards);
    let html: Vec<&str> = parts
        .flat_map(|card| &card.parts)
        .map(|part| part.html.as_str())
        .collect();
    assert_eq!(
        html.join("|"),
        expected,
        "\n{note}\n{}",
        problems(&compiled)
    );
}

#[track_caller]
fn check(answer: &str, expected: &str) {
    check_note(&format!("## Q\n{answer}"), expected);
}

#[track_caller]
fn check_text(answer: &str, expected: &str) {
    let compiled = compile(&format!("## Q\n{answer}"));
    assert_eq!(
        compiled.decks[0].cards[0].parts[0].text, expected,
        "\n{answer}"
    );
}

#[track_caller]
fn check_problems(answer: &str, expected: &str) {
    let compiled = compile(&format!("## Q\n{answer}"));
    assert_eq!(problems(&compiled), expected, "\n{answer}");
}

fn callout(kind: &str, title: &str, body: &str) -> String {
    format!("<div class=\"callout {kind}\"><p class=\"callout-title\">{title}</p>{body}</div>")
}

fn folded(kind: &str, open: &str, title: &str, body: &str) -> String {
    format!(
        "<div class=\"callout {kind}\"><details{open}><summary class=\"callout-title\">{title}\
         </summary>{body}</details></div>"
    )
}

fn note(number: u8) -> String {
    format!("<sup class=\"footnote\">{number}</sup>")
}

fn notes(items: &[(u8, &str)]) -> String {
    let items: Vec<String> = items
        .iter()
        .map(|(number, html)| format!("<li value=\"{number}\">{html}</li>"))
        .collect();
    format!("<ol class=\"footnotes\">{}</ol>", items.concat())
}

#[test]
fn a_footnote_stands_at_the_end_of_the_part_that_refers_to_it() {
    let one = notes(&[(1, "<p>one</p>")]);
    check("a[^x]\n\n[^x]: one", &format!("<p>a{}</p>{one}", note(1)));
    check("[^x]: one\n\na[^x]", &format!("<p>a{}</p>{one}", note(1)));
    check(
        "a[^x] b[^y] c[^x]\n\n[^y]: two\n[^x]: one",
        &format!(
            "<p>a{} b{} c{}</p>{}",
            note(1),
            note(2),
            note(1),
            notes(&[(1, "<p>one</p>"), (2, "<p>two</p>")])
        ),
    );
    check(
        "a[^X]\n\n[^x]: one\n\n    - b\n",
        &format!(
            "<p>a{}</p>{}",
            note(1),
            notes(&[(1, "<p>one</p><ul><li>b</li></ul>")])
        ),
    );
    check(
        "- a[^x]\n- b\n\n[^x]: one",
        &format!("<ul><li>a{}</li></ul>{one}|<ul><li>b</li></ul>", note(1)),
    );
    check(
        "**A:** a[^x]\n\n**B:** b[^y] c[^x]\n\n[^x]: one\n[^y]: two",
        &format!(
            "<p><strong>A:</strong> a{}</p>{one}|<p><strong>B:</strong> b{} c{}</p>{}",
            note(1),
            note(2),
            note(1),
            notes(&[(2, "<p>two</p>"), (1, "<p>one</p>")])
        ),
    );
}

#[test]
fn a_footnote_is_found_wherever_it_stands_in_the_note() {
    let one = notes(&[(1, "<p>one</p>")]);
    check_note(
        "## A\na[^x]\n## B\nb\n\n[^x]: one",
        &format!("<p>a{}</p>{one}|<p>b</p>", note(1)),
    );
    check_note(
        "## A\na[^x]\n\n[^x]: one\n\n## B\nb[^x]",
        &format!("<p>a{0}</p>{one}|<p>b{0}</p>{one}", note(1)),
    );
    check_note(
        "# T\n\n[^x]: one\n\n## A\n> a[^x]\n",
        &format!("<blockquote><p>a{}</p></blockquote>{one}", note(1)),
    );
    let compiled = compile("# T\n\nintro[^x]\n\n## A\na\n\n[^x]: one");
    assert_eq!(
        compiled.decks[0].intro_html,
        format!("<p>intro{}</p>{one}", note(1))
    );
    let compiled = compile("## A[^x]?\na\n\n[^x]: one");
    let card = &compiled.decks[0].cards[0];
    assert_eq!(card.question, "A?");
    assert_eq!(card.question_html, format!("A{}?", note(1)));
    assert_eq!(card.given_html, one);
}

#[test]
fn footnotes_may_refer_to_footnotes_and_to_themselves() {
    check(
        "a[^x]\n\n[^x]: one[^y]\n[^y]: two[^x][^y]",
        &format!(
            "<p>a{}</p>{}",
            note(1),
            notes(&[
                (1, &format!("<p>one{}</p>", note(2))),
                (2, &format!("<p>two{}{}</p>", note(1), note(2)))
            ])
        ),
    );
}

#[test]
fn a_footnote_may_stand_where_it_is_referred_to() {
    let one = |html: &str| notes(&[(1, &format!("<p>{html}</p>"))]);
    let a = format!("<p>a{}</p>", note(1));
    check("a^[one]", &format!("{a}{}", one("one")));
    let html = "b <em>c</em> [d] <code>]</code>";
    check("a^[b *c* [d] `]`]", &format!("{a}{}", one(html)));
    check(
        "*a^[b c]*^[d e]",
        &format!(
            "<p><em>a</em>{}{}</p>{}",
            note(1),
            note(2),
            notes(&[(1, "<p><em>b c</em></p>"), (2, "<p>d e</p>")])
        ),
    );
    check(
        "> a ^[b\n> c ^[d e]]",
        &format!(
            "<blockquote><p>a {}</p></blockquote>{}",
            note(1),
            one("b\nc ^[d e]")
        ),
    );
    let compiled = compile("## A^[one]?\na\n\n## B\nb^[two]");
    let [first, second] = &compiled.decks[0].cards[..] else {
        panic!("two cards");
    };
    assert_eq!((&*first.question, &first.given_html), ("A?", &one("one")));
    assert!(second.parts[0].html.ends_with(&one("two")));
    check_problems("a^[one]", "");
    for other in [
        "x^[2] ^[a-z]+ ^[a b]* ^[a",
        "\\^[a b] `^[a b]`",
        "    ^[a b]",
    ] {
        let html = &compile(&format!("## Q\n\n{other}")).decks[0].cards[0].parts[0].html;
        assert!(!html.contains("footnote"), "{html}");
    }
}

#[test]
fn footnotes_that_do_not_fit_together_are_reported() {
    check_problems("a[^x]", "2:2 warning[missing-footnote]");
    check_problems("a[^x]\n\n[^x]: b", "");
    check_problems("a\n\n[^x]: b", "4:1 warning[unused-footnote]");
    check_problems("a[^x]\n\n[^x]: b\n[^x]: c", "5:1 error[duplicate-footnote]");
    check_problems("a[^x]\n\n[^x]:", "4:1 warning[empty-footnote]");
    check_problems("`[^x]` and `a[^1]`\n\n    [^x]\n\n```\n[^x]\n```", "");
    check_problems("[^a-z] [^abc]* \\[^x] [^a b]", "");
    check_text("a[^x] b\n\n[^x]: one", "a b");
}

#[test]
fn many_references_to_a_long_footnote_do_not_make_the_note_many_times_as_long() {
    let long = "*a* ".repeat(2_000);
    let answers = "- a[^x]\n".repeat(2_000);
    let compiled = compile(&format!("## Q\n{answers}\n[^x]: {long}"));
    let parts = &compiled.decks[0].cards[0].parts;
    let len: usize = parts.iter().map(|part| part.html.len()).sum();
    assert_eq!(parts.len(), 2_000);
    assert!(len < 1_000_000, "{len}");
}

#[test]
fn the_name_of_a_block_is_a_place_to_link_to_and_not_shown() {
    check("a *b* ^abc", "<p>a <em>b</em></p>");
    check("a\n^37066d\n\nb", "<p>a</p><p>b</p>");
    check(
        "- a ^one\n- b\n\n^the-list",
        "<ul><li>a</li></ul>|<ul><li>b</li></ul>",
    );
    check(
        "> a ^abc\n\nb ^370660",
        "<blockquote><p>a</p></blockquote><p>b</p>",
    );
    check_text("**a**: b ^abc", "a: b");
    let compiled = compile("## Q? ^abc\n\na");
    assert_eq!(compiled.decks[0].cards[0].question, "Q?");
    // Powers, code and what goes on are no names.
    let others = "2 ^10\n\ne ^kx\n\na ^abc b\n\na^abc";
    check(
        others,
        "<p>2 ^10</p><p>e ^kx</p><p>a ^abc b</p><p>a^abc</p>",
    );
    check(
        "a `b ^abc`\n\nb \\^abc",
        "<p>a <code>b ^abc</code></p><p>b ^abc</p>",
    );
}

#[test]
fn quotations_with_a_type_are_callouts() {
    check("> [!NOTE]\n> a", &callout("note", "Note", "<p>a</p>"));
    check(
        "> [!tip]\n> a\n> - b",
        &callout("tip", "Tip", "<p>a</p><ul><li>b</li></ul>"),
    );
    check(
        "> [!IMPORTANT]\n> a",
        &callout("important", "Important", "<p>a</p>"),
    );
    check(
        "> [!WARNING]\n>\n> a",
        &callout("warning", "Warning", "<p>a</p>"),
    );
    check(
        "> [!CAUTION]\n> a",
        &callout("caution", "Caution", "<p>a</p>"),
    );
    check(
        "> [!danger] Mind the `gap`\n> a",
        &callout("caution", "Danger: Mind the <code>gap</code>", "<p>a</p>"),
    );
    check(
        "> [!question]\n> a",
        &callout("important", "Question", "<p>a</p>"),
    );
    check("> [!faq]", &callout("important", "FAQ", ""));
    check(
        "> [!my-own] *T*\n> a",
        &callout("note", "My own: <em>T</em>", "<p>a</p>"),
    );
    check("> [!note|wide] T", &callout("note", "Note: T", ""));
    check(
        "> [!note]\n> > [!tip]\n> > a\n>\n> b",
        &callout(
            "note",
            "Note",
            &(callout("tip", "Tip", "<p>a</p>") + "<p>b</p>"),
        ),
    );
    check(
        "- x\n  > [!note]\n  > a\n- y",
        &format!(
            "<ul><li>x{}</li></ul>|<ul><li>y</li></ul>",
            callout("note", "Note", "<p>a</p>")
        ),
    );
    check(
        "> [!note]\n> Term\n> : def",
        &callout("note", "Note", "<dl><dt>Term</dt><dd>def</dd></dl>"),
    );
}

#[test]
fn callouts_fold_where_they_say_so() {
    check("> [!tip]- T\n> a", &folded("tip", "", "Tip: T", "<p>a</p>"));
    check(
        "> [!tip]+\n> a",
        &folded("tip", " open=\"\"", "Tip", "<p>a</p>"),
    );
    check_text("> [!tip]- T\n> a\n> b", "Tip: T\na b");
    check_text("> [!note]\n> a", "Note\na");
}

#[test]
fn other_quotations_stay_quotations() {
    for text in ["[x]", "[!]", "[! ]", "[!a/b]", "x [!note]", "![!note]"] {
        let compiled = compile(&format!("## Q\n> {text}\n> a"));
        let html = &compiled.decks[0].cards[0].parts[0].html;
        assert!(html.starts_with("<blockquote>"), "{html}");
    }
    check(
        "> `[!note]`",
        "<blockquote><p><code>[!note]</code></p></blockquote>",
    );
}

#[test]
fn admonitions_are_callouts_too() {
    check(
        "!!! tip\n    a\n    b",
        &callout("tip", "Tip", "<p>a\nb</p>"),
    );
    check(
        "!!! tip \"T *x*\"\n\n    a\n\n    - b",
        &callout("tip", "Tip: T <em>x</em>", "<p>a</p><ul><li>b</li></ul>"),
    );
    check("??? note\n    a", &folded("note", "", "Note", "<p>a</p>"));
    check(
        "???+ bug \"T\"\n    a",
        &folded("caution", " open=\"\"", "Bug: T", "<p>a</p>"),
    );
    check(
        "!!! tip inline end \"T\"\n\ta",
        &callout("tip", "Tip: T", "<p>a</p>"),
    );
    check("!!! tip \"\"\n    a", &callout("tip", "Tip", "<p>a</p>"));
    check(
        "x\n!!! tip\n    a\ny",
        &format!("<p>x</p>{}<p>y</p>", callout("tip", "Tip", "<p>a</p>")),
    );
    check(
        "!!! tip\n    a\n!!! note\n    b",
        &(callout("tip", "Tip", "<p>a</p>") + &callout("note", "Note", "<p>b</p>")),
    );
    check(
        "!!! tip\n    a\n\n    !!! note\n        b\n\n    c",
        &callout(
            "tip",
            "Tip",
            &format!("<p>a</p>{}<p>c</p>", callout("note", "Note", "<p>b</p>")),
        ),
    );
    check(
        "!!! tip\n    ```text\n    a\n\n      b\n    ```",
        &callout(
            "tip",
            "Tip",
            "<pre class=\"code\" data-lang=\"text\" tabindex=\"0\" role=\"group\" \
             aria-label=\"Code, text\"><code>a\n\n  b</code></pre>",
        ),
    );
    check("!!! wow\nthis", "<p>!!! wow\nthis</p>");
    check(
        "```text\n!!! tip\n    a\n```",
        "<pre class=\"code\" data-lang=\"text\" tabindex=\"0\" role=\"group\" aria-label=\"Code, text\"><code>!!! tip\n    a</code></pre>",
    );
}

#[test]
fn an_admonition_may_stand_in_an_item() {
    let tip = callout("tip", "Tip: A", "<p>b</p><ul><li>c</li></ul>");
    check(
        "- x\n\n    !!! tip \"A\"\n        b\n\n        - c\n\n    y\n- z",
        &format!("<ul><li><p>x</p>{tip}<p>y</p></li></ul>|<ul><li><p>z</p></li></ul>"),
    );
    let note = callout("note", "Note", "<p>b</p>");
    check(
        "1. x\n    - y\n\n        !!! note\n            b",
        &format!("<ol><li>x<ul><li><p>y</p>{note}</li></ul></li></ol>"),
    );
    check_problems(
        "- x\n\n  !!! tip\n      a <T> b",
        "5:9 warning[unknown-tag]",
    );
}

#[test]
fn problems_in_an_admonition_have_their_own_place() {
    check_problems(
        "!!! tip\n    a\n\n    b <foo>\n\nc <bar>",
        "5:7 warning[unknown-tag]\n7:3 warning[unknown-tag]",
    );
    check_problems("!!! tip \"<foo>\"\n    a", "2:10 warning[unknown-tag]");
    check_problems(
        "!!! tip\n    !!! note\n        a <foo>",
        "4:11 warning[unknown-tag]",
    );
    check_problems("!!! tip\n    ```\n    a\n    ```", "");
    check_problems("!!! tip\n    ```\n    a", "3:5 error[unclosed-fence]");
}

#[test]
fn terms_with_lines_that_begin_with_a_colon_are_definition_lists() {
    check(
        "Term\n: one\n: two\n  more",
        "<dl><dt>Term</dt><dd>one</dd><dd>two\nmore</dd></dl>",
    );
    check(
        "A\nB `c`\n: *one*\n\nD\n: two",
        "<dl><dt>A</dt><dt>B <code>c</code></dt><dd><em>one</em></dd><dt>D</dt><dd>two</dd></dl>",
    );
    check_text("Term\n: one", "Term\none");
}

#[test]
fn colons_elsewhere_define_nothing() {
    check("**Label**\n: text", "<p><strong>Label</strong>\n: text</p>");
    check("a\n:smile: b", "<p>a\n:smile: b</p>");
    check("::: tip\na\n:::", "<p>::: tip\na\n:::</p>");
    check("a\n\n: b", "<p>a</p><p>: b</p>");
    check("a : b\nc", "<p>a : b\nc</p>");
    check("a\n`: b`", "<p>a\n<code>: b</code></p>");
}

#[test]
fn marks_stand_between_pairs_of_equals_signs() {
    check("a ==b c== d", "<p>a <mark>b c</mark> d</p>");
    check(
        "(==b==), ==c==.",
        "<p>(<mark>b</mark>), <mark>c</mark>.</p>",
    );
    check_text("a ==b== c", "a ==b== c");
    check("答え==答==です", "<p>答え<mark>答</mark>です</p>");
    check("答%%え%%", "<p>答</p>");
    for plain in [
        "a == b and c == d",
        "a==b and c==d",
        "if x ==y",
        "a === b",
        "==",
        "====",
        "== a ==",
        "x ==b==c",
    ] {
        let compiled = compile(&format!("## Q\n- {plain}\n- z"));
        let html = &compiled.decks[0].cards[0].parts[0].html;
        assert!(!html.contains("<mark>"), "{html}");
    }
    check("`a ==b== c`", "<p><code>a ==b== c</code></p>");
}

#[test]
fn comments_between_percent_signs_are_hidden() {
    check("a %%b%% c", "<p>a  c</p>");
    check("a\n\n%%\nb\n\nc\n%%\n\nd", "<p>a</p><p>d</p>");
    check("100%% of 20%% x", "<p>100%% of 20%% x</p>");
    check("%%time", "<p>%%time</p>");
    check("`%%a%%`", "<p><code>%%a%%</code></p>");
    check_problems("%%\nb\n%%\n\nc <foo>", "6:3 warning[unknown-tag]");
}

#[test]
fn the_source_of_a_diagram_says_what_it_is() {
    check(
        "```mermaid\na --> b\n```",
        "<figure class=\"diagram\"><figcaption>Diagram source (mermaid)</figcaption>\
         <pre class=\"code\" data-lang=\"mermaid\" tabindex=\"0\" role=\"group\" \
         aria-label=\"Code, mermaid\"><code>a --&gt; b</code></pre></figure>",
    );
    check_text("```mermaid\na --> b\n```", "a --> b");
}

#[test]
fn details_keep_their_markdown_inside() {
    check(
        "<details>\n<summary>A *b*</summary>\n\n- `c`\n- d\n\n</details>\n\ne",
        "<details>\n<summary>A *b*</summary>\n<ul><li><code>c</code></li><li>d</li></ul></details>\n<p>e</p>",
    );
    check(
        "a <kbd>Ctrl</kbd> x<sup>2</sup> <mark>y</mark>",
        "<p>a <kbd>Ctrl</kbd> x<sup>2</sup> <mark>y</mark></p>",
    );
}

#[test]
fn what_a_fence_says_behind_its_language_is_ignored() {
    for info in [
        "text title=\"a.py\" {1,3}",
        "text {linenos=true}",
        "text,ignore",
        "{.text #id}",
    ] {
        check(
            &format!("```{info}\na\n```"),
            "<pre class=\"code\" data-lang=\"text\" tabindex=\"0\" role=\"group\" aria-label=\"Code, text\"><code>a</code></pre>",
        );
    }
}

/// Pieces of the syntax that this file is about.
fn extended() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "## ",
        "\n",
        "\n\n",
        "\r\n",
        "> ",
        "- ",
        "    ",
        "\t",
        "[^a]",
        "[^a]: ",
        "[^b]",
        "[^b]:",
        "[!tip]-",
        "[!ü]",
        "!!! tip",
        "??? ü \"",
        "\"",
        "$$\n",
        "$",
        "$x$",
        "%%",
        "%%\n",
        "==",
        "\\(",
        "\\)",
        "\\[",
        "\\]",
        "\\",
        ": ",
        "*",
        "`",
        "```\n",
        "<b>",
        "<details>\n\n",
        "|",
        "|---|\n",
        "ü",
        "中",
        "x",
        "é\u{301}",
        "=",
        "_",
        "---\n",
        "</mark>",
        "<span data-math=\"0\"></span>",
    ]);
    prop::collection::vec(pieces, 0..50).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_mixture_compiles_and_its_places_are_in_the_note(text in extended()) {
        let note = format!("## Q\n{text}");
        let compiled = compile(&note);
        let lines = note.replace("\r\n", "\n").replace('\r', "\n").split('\n').count();
        for problem in &compiled.problems {
            prop_assert!(problem.line as usize <= lines, "{problem:?}");
        }
        for part in compiled.decks.iter().flat_map(|deck| &deck.cards).flat_map(|card| &card.parts) {
            prop_assert!((1..=lines).contains(&(part.line as usize)));
            prop_assert_eq!(part.html.matches("<math").count(), part.html.matches("</math>").count());
        }
    }
}
