//! The HTML of answers: rendering, highlighting and sanitising.

use crate::compile;

/// Checks the HTML of an answer that is one part.
#[track_caller]
fn check(answer: &str, expected: &str) {
    let compiled = compile(&format!("## Q\n{answer}"));
    let parts = &compiled.decks[0].cards[0].parts;
    let html: Vec<&str> = parts.iter().map(|part| part.html.as_str()).collect();
    assert_eq!(html.join("|"), expected, "\n{answer}");
}

#[track_caller]
fn check_question(question: &str, text: &str, html: &str) {
    let compiled = compile(&format!("## {question}\nx"));
    let card = &compiled.decks[0].cards[0];
    assert_eq!(
        (card.question.as_str(), card.question_html.as_str()),
        (text, html)
    );
}

/// Checks the highlighted code of a block in some language.
#[track_caller]
fn check_code(language: &str, code: &str, expected: &str) {
    let compiled = compile(&format!("## Q\n```{language}\n{code}\n```"));
    let part = &compiled.decks[0].cards[0].parts[0];
    let (_, rest) = part.html.split_once("<code>").expect("a code block");
    let (highlighted, _) = rest.split_once("</code>").expect("a code block");
    let shown = highlighted
        .replace("<span class=\"", "[")
        .replace("\">", " ")
        .replace("</span>", "]");
    assert_eq!(shown, expected, "\n{code}");
    assert_eq!(part.text, code);
}

#[test]
fn markdown_becomes_plain_html() {
    check(
        "x *a* **b** `c<d>` ~~e~~",
        "<p>x <em>a</em> <strong>b</strong> <code>c&lt;d&gt;</code> <del>e</del></p>",
    );
    check("x\ny  \nz", "<p>x\ny<br>z</p>");
    check(
        "x\n- a\n  1. b\n- c",
        "<p>x</p><ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>",
    );
    check(
        "> a\n> - b",
        "<blockquote><p>a</p><ul><li>b</li></ul></blockquote>",
    );
    check(
        "- a\n\n  ---\n\nb",
        "<ul><li><p>a</p><hr></li></ul><p>b</p>",
    );
    check("#### a `b`\nx", "<h4>a <code>b</code></h4><p>x</p>");
    check(
        "x\n\n- [x] a\n- b\n\n  - [ ] c",
        "<p>x</p><ul><li class=\"task\"><p>☑ a</p></li>\
         <li><p>b</p><ul><li class=\"task\">☐ c</li></ul></li></ul>",
    );
    check(
        "a & b &amp; \"c\" 1 < 2",
        "<p>a &amp; b &amp; \"c\" 1 &lt; 2</p>",
    );
    check(
        "**A** [^1] $ x$ =y= {{z}} :: ?",
        "<p><strong>A</strong> [^1] $ x$ =y= {{z}} :: ?</p>",
    );
}

#[test]
fn a_table_can_be_scrolled_and_aligns_by_classes() {
    check(
        "| a | b | c |\n|---|:-:|--:|\n| 1 | `2` | 4 |",
        "<div class=\"table\" tabindex=\"0\" role=\"group\"><table><thead><tr><th>a</th>\
         <th class=\"center\">b</th><th class=\"right\">c</th></tr></thead><tbody><tr><td>1</td>\
         <td class=\"center\"><code>2</code></td><td class=\"right\">4</td></tr></tbody></table></div>",
    );
}

#[test]
fn links_lead_out_of_the_app_or_are_text() {
    check(
        "[a *b*](https://example.org/?x=1&y=2 \"t\")",
        "<p><a href=\"https://example.org/?x=1&amp;y=2\" title=\"t\" target=\"_blank\" \
         rel=\"noopener noreferrer nofollow\">a <em>b</em></a></p>",
    );
    check(
        "[a](other.md) [b](#c) [d](javascript:x) [e](data:text/html,x)",
        "<p>a b d e</p>",
    );
    check(
        "<a href=\"javascript:x\">a</a>",
        "<p><a target=\"_blank\" rel=\"noopener noreferrer nofollow\">a</a></p>",
    );
}

#[test]
fn only_images_that_come_with_the_notes_are_shown() {
    check(
        "![a *b*](p.png \"t\")",
        "<p><span class=\"missing\">a b</span></p>",
    );
    check(
        "![a](https://example.org/a.png)",
        "<p><a href=\"https://example.org/a.png\" target=\"_blank\" \
         rel=\"noopener noreferrer nofollow\">a</a></p>",
    );
    check(
        "x <img src=\"https://example.org/a.png\" alt=\"a\" onerror=\"x\">",
        "<p>x <img alt=\"a\"></p>",
    );
    check("x <img src=\"//example.org/a.png\">", "<p>x <img></p>");
    check("![a](javascript:x)", "<p>a</p>");
}

#[test]
fn html_of_the_note_is_kept_where_it_is_safe() {
    check(
        "x <kbd>a</kbd> H<sub>2</sub>O<br>y",
        "<p>x <kbd>a</kbd> H<sub>2</sub>O<br>y</p>",
    );
    check(
        "<details open><summary>a</summary>\n\nb\n\n</details>",
        "<details open=\"\"><summary>a</summary>\n<p>b</p></details>",
    );
    check(
        "x <b onclick=\"x\" style=\"color:red\" class=\"y\" id=\"z\">a</b>",
        "<p>x <b>a</b></p>",
    );
    check("x <tt>a</tt>", "<p>x a</p>");
    check("x <!-- y --> z", "<p>x  z</p>");
    check("x <b>y", "<p>x <b>y</b></p>");
}

#[test]
fn html_that_runs_or_loads_something_is_removed() {
    check("x <script>alert(1)</script> y", "<p>x  y</p>");
    check(
        "x <iframe src=\"https://example.org\">a</iframe>",
        "<p>x </p>",
    );
    check("x <svg onload=\"x\"><script>y</script></svg>", "<p>x </p>");
    check("x <style>p { color: red }</style>", "<p>x </p>");
    check(
        "x <form action=\"/\"><input name=\"a\"></form>",
        "<p>x </p><p></p>",
    );
    check(
        "x <p style=\"background: url(https://example.org)\">a</p>",
        "<p>x </p><p>a</p><p></p>",
    );
    check(
        "x <span class=\"k evil\">a</span>",
        "<p>x <span class=\"k\">a</span></p>",
    );
}

#[test]
fn headings_have_no_links_and_no_blocks() {
    check_question(
        "A `b` *c* ~~d~~",
        "A b c d",
        "A <code>b</code> <em>c</em> <del>d</del>",
    );
    check_question("[a](https://example.org) ![b](c.png)", "a b", "a b");
    check_question("A <a name=\"x\">b</a> <div>c</div>", "A b c", "A b c");
    check_question(
        "`<b>` & \"c\" <",
        "<b> & \"c\" <",
        "<code>&lt;b&gt;</code> &amp; \"c\" &lt;",
    );
    check_question(
        "A &copy; \\*b\\* &lt;c&gt;",
        "A © *b* <c>",
        "A © *b* &lt;c&gt;",
    );
}

#[test]
fn a_code_block_says_its_language() {
    let pre = |attributes: &str| format!("<pre class=\"code\"{attributes}><code>x</code></pre>");
    let named = |language: &str| {
        pre(&format!(
            " data-lang=\"{language}\" tabindex=\"0\" role=\"group\" aria-label=\"Code, {language}\""
        ))
    };
    let bare = pre(" tabindex=\"0\" role=\"group\" aria-label=\"Code\"");
    check("```\nx\n```", &bare);
    check("    x", &bare);
    check("```text\nx\n```", &named("text"));
    check("```Elvish, line 3\nx\n```", &named("elvish"));
    check("``` {.no-such}\nx\n```", &named("no-such"));
    check("```\"><script>\nx\n```", &bare);
    check("~~~ c++\nx\n~~~", &named("c++"));
}

#[test]
fn python_is_highlighted() {
    check_code("python", "x = 1  # one", "x = [n 1]  [c # one]");
    check_code(
        "python",
        "def f(a):\n    return None",
        "[k def] [f f](a):\n    [k return] [b None]",
    );
    check_code(
        "python",
        "@cache\nclass A(B):\n    pass",
        "[d @cache]\n[k class] [t A]([t B]):\n    [k pass]",
    );
    check_code("py", "print('a', len(x))", "[b print]([s 'a'], [b len](x))");
    check_code(
        "python3",
        "if a is not b and c: f(x)",
        "[k if] a [k is not] b [k and] c: [f f](x)",
    );
    check_code("python", "\"\"\"one\ntwo\"\"\"", "[c \"\"\"one\ntwo\"\"\"]");
}

#[test]
fn other_languages_are_highlighted() {
    check_code(
        "rust",
        "fn f() -> u8 { 1 }",
        "[k fn] [f f]() -&gt; [k u8] { [n 1] }",
    );
    check_code("js", "const a = 'x';", "[k const] a = [s 'x'];");
    check_code("ts", "const a = 'x';", "[k const] a = [s 'x'];");
    check_code("json", "{\"a\": true}", "{[s \"a\"]: [b true]}");
    check_code("sql", "SELECT 1", "[k SELECT] [n 1]");
    check_code("sh", "echo \"a\" # b", "[b echo] [s \"a\"] [c # b]");
    check_code("yaml", "a: 1", "[k a]: [n 1]");
}

#[test]
fn code_in_an_unknown_language_stays_as_it_is() {
    check_code("", "def f(): <b> & \"c\"", "def f(): &lt;b&gt; &amp; \"c\"");
    check_code("elvish", "def f()", "def f()");
    check_code(
        "python",
        "x = 1 ".repeat(400).trim_end(),
        "x = 1 ".repeat(400).trim_end(),
    );
}
