//! Texts that are hard on a compiler of Markdown: nesting without end, marks that never close,
//! tables of enormous width. Each is made in any size.

/// What a shape is called, and what makes it: the size is in bytes, about.
pub type Shape = (&'static str, fn(usize) -> String);

/// All shapes.
pub fn shapes() -> Vec<Shape> {
    [repeated(), nested(), many(), in_fences(), in_frontmatter()].concat()
}

/// A few characters over and over below one question.
fn repeated() -> Vec<Shape> {
    vec![
        ("[", |size| fill("[", size)),
        ("![", |size| fill("![", size)),
        ("[[", |size| fill("[[a", size)),
        ("[a](", |size| fill("[a](", size)),
        ("[a][b]", |size| fill("[a][b]", size)),
        ("a](", |size| {
            fill("[", size / 2) + &"a](b)".repeat(size / 12)
        }),
        (">", |size| fill(">", size)),
        ("> on each line", |size| fill(">\n", size)),
        ("*", |size| fill("*", size)),
        ("* apart", |size| fill("* a ", size)),
        ("*a **b", |size| fill("*a **b ", size)),
        ("**a** closed", |size| fill("**a** b ", size)),
        ("*_ crossed", |size| fill("*a_ ", size)),
        ("_", |size| fill("_", size)),
        ("_a", |size| fill("_a ", size)),
        ("`", |size| fill("`", size)),
        ("` of growing length", growing_backticks),
        ("~", |size| fill("~", size)),
        ("~~a", |size| fill("~~a ", size)),
        ("#", |size| fill("#", size)),
        ("# headings", |size| fill("# a\n", size)),
        ("- ", |size| fill("- ", size)),
        ("1. ", |size| fill("1. ", size)),
        ("+ lines", |size| fill("+ a\n", size)),
        ("<", |size| fill("<", size)),
        ("<a", |size| fill("<a ", size)),
        ("<a \"", |size| fill("<a b=\"", size)),
        ("<!--", |size| fill("<!--", size)),
        ("a <!--", |size| fill("a <!-- ", size)),
        ("<![CDATA[", |size| fill("a <![CDATA[ ", size)),
        ("<?", |size| fill("a <?", size)),
        ("&", |size| fill("&", size)),
        ("&amp", |size| fill("&amp", size)),
        ("characters of Latin-1", |size| fill("§ ", size)),
        ("& in an address", |size| {
            format!("[a](https://a.bc/?{})", fill("&a", size))
        }),
        ("& in a title", |size| {
            format!("[a](https://a.bc \"{}\")", fill("&a", size))
        }),
        ("|", |size| fill("|", size)),
        ("| lines", |size| fill("|a\n", size)),
        ("$", |size| fill("$", size)),
        ("$a$", |size| fill("$a$ ", size)),
        ("$a", |size| fill("$a ", size)),
        ("{{", |size| fill("{{", size)),
        ("{{c1::", |size| fill("{{c1::a", size)),
        ("==", |size| fill("==", size)),
        ("==a", |size| fill("==a ", size)),
        ("==a==", |size| fill("==a== ", size)),
        ("::", |size| fill("::", size)),
        ("a::b lines", |size| fill("a::b\n", size)),
        ("?", |size| fill("a\n?\nb\n\n", size)),
        ("Q:", |size| fill("Q: a\nA: b\n", size)),
        ("C:", |size| fill("C: a [b] \n", size)),
        ("[^", |size| fill("[^", size)),
        ("^[", |size| fill("a^[", size)),
        ("^[a b]", |size| fill("a^[b c] ", size)),
        ("^[ closed", |size| both("a ^[b ", "]", size)),
        ("names of blocks", |size| fill("a ^abc\n\n", size)),
        ("[!NOTE]", |size| fill("> [!NOTE]\n\n", size)),
        ("!!! note", |size| fill("!!! note\n    a\n", size)),
        ("!!! in items", |size| {
            fill("- a\n\n  !!! note\n      b\n", size)
        }),
        ("!!! in an item", |size| {
            "- a\n".to_owned() + &fill("  !!! note\n      b\n", size)
        }),
        ("%%", |size| fill("%%a ", size)),
        ("backslashes", |size| fill("\\", size)),
        ("one word", |size| fill("a", size)),
        ("spaces", |size| fill(" ", size) + "a"),
        ("line ends", |size| fill("\n", size) + "a"),
        ("carriage returns", |size| fill("\r", size) + "a"),
        ("zeros", |size| fill("\0", size)),
        ("combining marks", |size| fill("\u{301}", size)),
        ("bold labels", |size| fill("**a:** b\n\n", size)),
        ("bold labels in a line", |size| fill("**a:** ", size)),
        ("rules", |size| fill("---\n", size)),
        ("setext", |size| fill("a\n---\n", size)),
        ("urls", |size| fill("https://a.bc ", size)),
        ("www.", |size| fill("www.", size)),
        ("a@", |size| fill("a@", size)),
    ]
}

/// Elements in elements.
fn nested() -> Vec<Shape> {
    vec![
        ("quotes in one line", |size| fill("> ", size)),
        ("lists by indentation", |size| indented(size, "- a")),
        ("numbers by indentation", |size| indented(size, "1. a")),
        ("quotes in items", |size| fill("> - ", size)),
        ("strong in strong", |size| both("**a ", " b**", size)),
        ("emphasis in emphasis", |size| both("*a _b ", "_ c*", size)),
        ("links in images", |size| both("![a", "](b)", size)),
        ("brackets", |size| both("[", "]", size)),
        ("parentheses of a link", |size| {
            format!("[a]({}", both("(", ")", size))
        }),
        ("div", |size| fill("<div>", size)),
        ("div lines", |size| fill("<div>\n\n", size)),
        ("div closed", |size| both("<div>", "</div>", size)),
        ("details", |size| {
            fill("<details><summary>a</summary>\n\n", size)
        }),
        ("details closed", |size| {
            both("<details>\n\n", "</details>\n\n", size)
        }),
        ("b", |size| fill("<b>", size)),
        ("b and p", |size| fill("<b><p>", size)),
        ("b in a paragraph", |size| fill("a <b>", size)),
        ("a and b", |size| fill("<i><a href=\"https://a.b\">", size)),
        ("tables in tables", |size| fill("<table><tr><td>", size)),
        ("spans", |size| both("<span>", "</span>", size)),
        ("lists of raw HTML", |size| fill("<ul><li>", size)),
        ("ends without starts", |size| fill("</div></p></b>", size)),
        ("b closed by i", |size| fill("<b><i></b>", size)),
        ("svg", |size| fill("<svg><math>", size)),
        ("select", |size| fill("<select><option>", size)),
    ]
}

/// Much of what a note may have a little of.
fn many() -> Vec<Shape> {
    vec![
        ("cards", |size| fill("a\n\n## q\n\n", size)),
        ("numbered cards", |size| {
            numbered(size, |n| format!("\n## {n}\n{n}\n"))
        }),
        ("cards of the third level", |size| {
            numbered(size, |n| format!("\n### {n}\n{n}\n"))
        }),
        ("headings of all levels", |size| {
            numbered(size, |n| format!("\n{} {n}\n\na\n", "#".repeat(n % 6 + 1)))
        }),
        ("empty cards", |size| fill("\n## \n", size)),
        ("footnotes", |size| {
            numbered(size, |n| format!("a[^{n}]\n\n[^{n}]: b\n\n"))
        }),
        ("uses of one footnote", |size| {
            format!("[^a]: {}", fill("b\n\na[^a]\n\n[^a]: ", size))
        }),
        ("definitions", |size| {
            numbered(size, |n| format!("[{n}]: a\n[{n}]\n"))
        }),
        ("uses of one long definition", |size| {
            format!(
                "[a]: /{}\n\n{}",
                fill("b", size / 2),
                fill("[a] ", size / 2)
            )
        }),
        ("columns", |size| {
            let width = size / 8;
            format!(
                "{}\n{}\n{}",
                fill("|a", width * 2),
                fill("|-", width * 2),
                fill("|b", width * 4)
            )
        }),
        ("rows of a wide table", |size| {
            let width = size / 8;
            format!(
                "{}\n{}\n{}",
                fill("|a", width * 2),
                fill("|-", width * 2),
                fill("|\n", width * 4)
            )
        }),
        ("rows", |size| {
            format!("|a|b|\n|-|-|\n{}", fill("|a|b|\n", size))
        }),
        ("unknown tags", |size| fill("a <Foo> ", size)),
        ("unknown tags in HTML", |size| {
            format!("<div>\n{}", fill("<Foo>\n", size))
        }),
        ("images of other hosts", |size| {
            fill("![a](https://a.b/c) ", size)
        }),
        ("links to nowhere", |size| fill("[a](b.md) ", size)),
        ("links to nowhere in brackets", |size| fill("[[b]] ", size)),
        ("task items", |size| fill("- [x] a\n", size)),
        ("options and images", |size| {
            fill("W?\n- [x] a\n- [ ] b\n\n", size / 2) + &fill("![a](b.png)\n\n", size / 2)
        }),
        ("images above options", |size| {
            fill("![a](b.png)\n\n", size / 2) + &fill("- [x] a\n- [ ] b\n\n![c](d)\n\n", size / 2)
        }),
        ("prefixes in items", |size| fill("- Q: a\n  A: b\n", size)),
        ("separators below items", |size| {
            fill("a\n- b\n?\nc\n\n", size)
        }),
        ("a separator deep below", |size| {
            fill("- ", size / 2) + "a\n?\nb\n" + &fill("- c\n", size / 2)
        }),
        ("bold before letters", |size| fill("**a：**b ", size)),
        ("labels in lines", |size| fill("**a**: b\n", size)),
        ("attributes", |size| fill("### a {#b}\n", size)),
        ("definitions", |size| fill("[a]: b\n", size)),
        ("definitions of many names", |size| {
            (0..size / 12).map(|n| format!("[a{n}]: b\n")).collect()
        }),
        ("rows with too many cells", |size| {
            "|a|b|\n|-|-|\n".to_owned() + &fill("|a|b|c|\n", size)
        }),
        ("hints of one number", |size| fill("{{c1::a::b}} ", size)),
        ("levels without questions", |size| {
            fill("# a\nb\n## c\nd\n# e\nf\n", size)
        }),
        ("answers above", |size| {
            fill("### What is it?\na\n# Answers\n", size)
        }),
        ("fences", |size| fill("```\na\n```\n", size)),
        ("code of python", |size| fill("```python\na\n```\n", size)),
        ("fences in a list", |size| fill("- ```\n", size)),
        ("HTML blocks", |size| fill("<div>\n## a\n</div>\n", size)),
        ("tags of cards", |size| fill("\n## q #card #a\n\na\n", size)),
        ("contents", |size| fill("- [a](#a)\n", size)),
        ("definition lists", |size| fill("a\n: b\n\n", size)),
        ("lines of $$", |size| fill("$$\n\na\n", size)),
        ("lines of %%", |size| fill("%%\n\n# a\n", size)),
        ("one $$ above much", |size| {
            format!("$$\n{}", fill("a\n\n", size))
        }),
        ("names of elements", |size| fill("a <nav> <b> </ul> ", size)),
        ("names of elements in lines", |size| {
            fill("a <nav> <b>\n\n", size)
        }),
        ("comments in comments", |size| {
            fill("<!-- a\n\n## b\n\n<!-- -->\n\n", size)
        }),
        ("code in HTML", |size| {
            format!("<div>\n{}", fill("<code>\n# a\n", size))
        }),
        ("addresses with a space", |size| fill("[a](b c.md) ", size)),
        ("addresses without an end", |size| fill("a](b c ", size)),
        ("rows with too many cells", |size| {
            format!("|a|b|\n|-|-|\n{}", fill("|a|b|c|\n", size))
        }),
        ("fences that end outside of lists", |size| {
            fill("- a\n  ```py\n  b\n```\n\nc\n\n", size)
        }),
        ("entities", |size| {
            format!(
                "<details><summary>{}</summary>b</details>",
                fill("&#39;&a", size)
            )
        }),
        ("metadata without a line above", |size| {
            format!("title: a\n{}", fill("b: c\n", size))
        }),
    ]
}

/// Code whose highlighting takes long.
fn in_fences() -> Vec<Shape> {
    vec![
        ("python brackets", |size| fence("python", "[", size)),
        ("json brackets", |size| fence("json", "[", size)),
        ("javascript braces", |size| fence("js", "{(", size)),
        ("javascript words", |size| fence("js", "a.b(c)=>", size)),
        ("javascript regexes", |size| fence("js", "/[a-z]*(", size)),
        ("rust", |size| fence("rust", "fn a<T>(", size)),
        ("c", |size| fence("c", "a*b(", size)),
        ("c++", |size| fence("cpp", "a<b<c::", size)),
        ("java", |size| fence("java", "a<b, c[", size)),
        ("regex", |size| fence("re", "((a*)*", size)),
        ("markdown", |size| fence("md", "*[a_`", size)),
        ("html", |size| fence("html", "<a b=\"", size)),
        ("ruby", |size| fence("rb", "a <<B + ", size)),
        ("bash", |size| fence("bash", "$(a <<B ", size)),
        ("sql", |size| fence("sql", "select 'a ", size)),
        ("perl", |size| fence("perl", "s/a/ $b{", size)),
        ("yaml", |size| fence("yaml", "- a: [", size)),
        ("php", |size| fence("php", "<?php $a->", size)),
        ("python, spaces", |size| fence("python", " ", size)),
        ("javascript, spaces", |size| fence("js", "a ", size)),
        ("python, honest", |size| {
            format!(
                "```python\n{}```\n",
                "def f(a, b):\n    return [a + 'b' for c in range(3)]  # d\n".repeat(size / 62)
            )
        }),
    ]
}

/// YAML that grows when it is read.
fn in_frontmatter() -> Vec<Shape> {
    vec![
        ("yaml: tags", |size| {
            front(&numbered(size, |n| format!("- t{n}\n")), "tags:\n")
        }),
        ("yaml: tags of many cards", |size| {
            let tags = numbered(size / 2, |n| format!("- t{n}\n"));
            front(&tags, "tags:\n") + &numbered(size / 2, |n| format!("## {n}\na\n"))
        }),
        ("yaml: brackets", |size| front(&fill("[", size), "tags: ")),
        ("yaml: braces", |size| front(&fill("{a: ", size), "tags: ")),
        ("yaml: dashes", |size| front(&fill("- ", size), "tags:\n  ")),
        ("yaml: indentation", |size| {
            front(&indented(size, "a:"), "tags:\n")
        }),
        ("yaml: keys", |size| {
            front(&numbered(size, |n| format!("k{n}: v\n")), "tags: a\n")
        }),
        ("yaml: laughs", laughs),
        ("yaml: anchors", |size| {
            front(
                &numbered(size, |n| format!("- &a{n} x\n- *a{n}\n")),
                "tags:\n",
            )
        }),
        ("yaml: quotes", |size| front(&fill("\"", size), "tags: ")),
        ("yaml: block text", |size| {
            front(&fill("\n  a", size), "tags: |")
        }),
        ("yaml: question marks", |size| {
            front(&fill("? ", size), "tags: a\n")
        }),
    ]
}

fn fill(piece: &str, size: usize) -> String {
    piece.repeat(size / piece.len())
}

fn both(open: &str, close: &str, size: usize) -> String {
    let depth = size / (open.len() + close.len());
    format!("{}x{}", open.repeat(depth), close.repeat(depth))
}

fn numbered(size: usize, piece: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    for n in 0.. {
        if out.len() >= size {
            break;
        }
        out.push_str(&piece(n));
    }
    out
}

/// Each line two columns further in than the one above.
fn indented(size: usize, line: &str) -> String {
    let mut out = String::new();
    for depth in 0.. {
        if out.len() >= size {
            break;
        }
        out.push_str(&format!("{}{line}\n", "  ".repeat(depth)));
    }
    out
}

fn growing_backticks(size: usize) -> String {
    let mut out = String::new();
    for length in 1.. {
        if out.len() >= size {
            break;
        }
        out.push_str(&format!("{} ", "`".repeat(length)));
    }
    out
}

/// Lines of a hundred characters, in a fence.
fn fence(language: &str, piece: &str, size: usize) -> String {
    let line = fill(piece, 100);
    format!("```{language}\n{}```\n", fill(&(line + "\n"), size))
}

fn front(yaml: &str, key: &str) -> String {
    format!("---\n{key}{yaml}\n---\n")
}

/// Each anchor is a list of the anchor before it, ten times.
fn laughs(size: usize) -> String {
    let line = |n: usize| {
        format!(
            "k{}: &a{} [{}]\n",
            n + 1,
            n + 1,
            fill(&format!("*a{n},"), 40)
        )
    };
    front(&numbered(size, line), "k0: &a0 x\n")
}
