//! Formulas, and what only looks like one.

use proptest::prelude::*;

use crate::{compile, problems};

/// The formulas of an answer as they stand in its text, and whether each is MathML.
#[track_caller]
fn check(answer: &str, formulas: usize, text: &str) {
    let compiled = compile(&format!("## Q\n{answer}"));
    let part = &compiled.decks[0].cards[0].parts[0];
    let found = part.html.matches("<math").count();
    assert_eq!(
        (found, part.text.as_str()),
        (formulas, text),
        "\n{answer}\n{}",
        part.html
    );
    assert!(!part.html.contains("data-math"), "{}", part.html);
    assert_eq!(problems(&compiled), "", "\n{answer}");
}

#[track_caller]
fn check_html(answer: &str, expected: &str) {
    let compiled = compile(&format!("## Q\n{answer}"));
    assert_eq!(compiled.decks[0].cards[0].parts[0].html, expected);
}

/// Text without formulas stays as it is.
#[track_caller]
fn check_plain(answer: &str) {
    check(answer, 0, answer);
}

#[test]
fn no_line_breaks_between_a_formula_and_the_mark_beside_it() {
    let x = "<math alttext=\"x\"><mi>x</mi></math>";
    let tied = |text: &str| {
        let html = text
            .replace('}', "</span>")
            .replace('{', "<span class=\"tied\">");
        format!("<p>{}</p>", html.replace('$', x))
    };
    check_html("a $x$. b", &tied("a {$.} b"));
    check_html("a ($x$)", &tied("a {($)}"));
    check_html("($x$ a) $x$", &tied("{($} a) $"));
    check_html("$x$, $x$", &tied("{$,} $"));
}

#[test]
fn formulas_become_mathml() {
    check_html("$x$", "<p><math alttext=\"x\"><mi>x</mi></math></p>");
    check_html(
        "a $x^2$ b",
        "<p>a <math alttext=\"x^2\"><msup><mi>x</mi><mn>2</mn></msup></math> b</p>",
    );
    check_html(
        "$$a < b$$",
        "<p><math display=\"block\" alttext=\"a &lt; b\"><mi>a</mi><mo>&lt;</mo><mi>b</mi></math></p>",
    );
    for formula in [
        "$O(n \\log n)$",
        "$O(n)$",
        "$a, b$",
        "$NP$",
        "$2n$",
        "$5$",
        "$x=1$",
        "$n$th",
        "($n$)",
        "$\\alpha$-conversion",
        "$f(x)$",
        "$a_1$ x",
        "$\\{a, b\\}$",
        "$a\\\\b$",
        "$\\text{if } x$",
        "$\\frac{a}{b}$",
        "\\(x^2\\)",
        "\\(n\\)",
        "\\[a = b\\]",
        "$$\\sum_{i=0}^n i$$",
        "**$x$**",
        "$$\nx = 1\n$$",
        "$\\boxed{x}$",
        "$\\textcolor{red}{x}$",
        "$x'$",
    ] {
        check(
            formula,
            1,
            formula
                .replace("\\(", "$")
                .replace("\\)", "$")
                .replace("\\[", "$$")
                .replace("\\]", "$$")
                .replace("**", "")
                .as_str(),
        );
    }
}

#[test]
fn a_formula_may_stand_directly_behind_a_script_without_spaces() {
    check("复杂度为$O(n)$，即$x$。", 2, "复杂度为$O(n)$，即$x$。");
    check("복잡도는$n^2$이다", 1, "복잡도는$n^2$이다");
    check("为$$x^2$$", 1, "为$$x^2$$");
    check("the $x_i$s", 1, "the $x_i$s");
    check_plain("цена$x$");
}

#[test]
fn markdown_inside_a_formula_is_the_formulas_own() {
    check("$a*b$ and $c*d$", 2, "$a*b$ and $c*d$");
    check("$a_{1}$ _b_ $c_{2}$", 2, "$a_{1}$ b $c_{2}$");
    check("*a $x$ b*", 1, "a $x$ b");
    check("> $$\n> a \\\\\n> b\n> $$", 1, "$$\na \\\\\nb\n$$");
    check("$$\na = b\n- c\n+ d\n$$", 1, "$$ a = b - c + d $$");
    check("| a | b |\n|---|---|\n| $x$ | $y$ |", 2, "a\tb\n$x$\t$y$");
    check("- $x$: y\n\nz", 1, "$x$: y\nz");
    check_html(
        "$x$ `$y$`",
        "<p><math alttext=\"x\"><mi>x</mi></math> <code>$y$</code></p>",
    );
}

#[test]
fn money_and_shells_are_no_formulas() {
    check_plain("It costs $5 and $10 a month.");
    check_plain("costs $3–$4");
    check_plain("$5/$10 or $5,$10");
    check_plain("from $5k to $6k, US$5 and A$6");
    check_plain("$HOME and $PATH");
    check_plain("$HOME/$USER and $HOME:$PATH");
    check_plain("$(pwd) and $(ls)");
    check_plain("$.ajax and $.get");
    check_plain("$.ajax/$.get/");
    check_plain("echo $a; echo $b");
    check_plain("$a = 1; $b = 2");
    check_plain("pay 5$ or 10$ now");
    check_plain("$5 = five dollars and ten is $");
    check_plain("/home/$user_id/$post_id and ($foo_bar,$baz)");
    check_plain("$x_id/$y and $a=$b");
    check_plain("苹果$5，香蕉$8");
    check_plain("费用$5，另付$x");
    check_plain("$$ is the pid and $$ again");
    check_plain("a $ b $ c");
    check_plain("$");
    check_plain("$$");
    check_plain("$$$$");
    check("\\$x\\$", 0, "$x$");
    check("$5 **and** $10", 0, "$5 and $10");
    check("\\[\\\\\\] \\(\\\\\\)", 0, "[\\] (\\)");
    check(
        "\\(optional\\) file\\(s\\) \\[1\\]",
        0,
        "(optional) file(s) [1]",
    );
    check("`$x$`", 0, "$x$");
    check("    $x$", 0, "$x$");
    check("a <b>$</b> $", 0, "a $ $");
}

#[test]
fn a_formula_that_cannot_be_read_is_shown_and_reported() {
    let compiled = compile("## Q\na $\\frac{x$ b\n\n$$\\nosuch$$");
    let part = &compiled.decks[0].cards[0].parts[0];
    assert_eq!(
        part.html,
        "<p>a <code>$\\frac{x$</code> b</p><p><code>$$\\nosuch$$</code></p>"
    );
    assert_eq!(
        problems(&compiled),
        "2:3 warning[broken-math]\n4:1 warning[broken-math]"
    );
    assert!(compiled.problems[1].message.contains("nosuch"));
}

#[test]
fn formulas_stand_in_questions_and_labels() {
    let compiled = compile("## What is $x^2$?\n**Of $y$:** a");
    let card = &compiled.decks[0].cards[0];
    assert_eq!(card.question, "What is $x^2$?");
    assert!(
        card.question_html.contains("<math"),
        "{}",
        card.question_html
    );
    assert_eq!(card.parts[0].label, "Of $y$");
}

#[test]
fn html_formulas_of_the_note_stay_removed() {
    let compiled = compile("## Q\nx <math><mi>y</mi></math> z");
    assert_eq!(compiled.decks[0].cards[0].parts[0].html, "<p>x  z</p>");
    check_html(
        "<span data-math=\"0\"></span> $x$ <span data-math=\"7\">y</span>",
        "<p><math alttext=\"x\"><mi>x</mi></math> <span data-math=\"0\"></span> <span data-math=\"7\">y</span></p>",
    );
}

proptest! {
    #[test]
    fn any_formula_is_mathml_or_shown_as_it_is(
        tex in "(\\\\(frac|sqrt|left|right|begin\\{align\\}|end\\{align\\}|text|mathbb|sum|color\\{red\\}|&|\\\\)|[{}^_&<>\"'%#$a-c1 ü()\\[\\]|~\\\\]){0,40}"
    ) {
        let compiled = compile(&format!("## Q\nx $${tex}$$ $a{tex}b$ y\n\n\\[{tex}\\]"));
        for card in compiled.decks.iter().flat_map(|deck| &deck.cards) {
            for part in &card.parts {
                prop_assert!(!part.html.contains(" style="), "{}", part.html);
                prop_assert!(!part.html.contains("href="), "{}", part.html);
                prop_assert_eq!(part.html.matches("<math ").count(), part.html.matches("</math>").count());
            }
        }
    }
}
