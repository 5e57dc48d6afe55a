//! How an answer is divided into parts, and what the prompt is.

use crate::{compile, outline};

/// Checks the parts of one card, whose answer begins in line 2. The lines of the expectation are
/// `line - label`, or `line ? label` for the prompt, joined with `; `.
#[track_caller]
fn check(answer: &str, expected: &str) {
    let compiled = compile(&format!("## Q\n{answer}"));
    let outline = outline(&compiled);
    let parts: Vec<&str> = outline.lines().skip(2).collect();
    assert_eq!(parts.join("; "), expected, "\n{answer}");
}

#[test]
fn a_bold_label_with_a_colon_starts_a_part() {
    check("**A**: x\n\n**B**: y", "2 - A; 4 - B");
    check("**A:** x\n\n**B:** y", "2 - A; 4 - B");
    check("**A**:\n- x\n\n**B**:\n- y", "2 - A; 5 - B");
    check("**A** : x\n\n**B** :\ny", "2 - A; 4 - B");
    check("**A**：x\n\n**B：** y", "2 - A; 4 - B");
    check("__A__: x\n\n__B:__ y", "2 - A; 4 - B");
    check("**A**\n: x\n\n**B**: y", "2 - A; 5 - B");
    check("**A**:   \nx\n\n**B:**   \ny", "2 - A; 5 - B");
    check("**A\\:** x\n\n**B**\\: y", "2 - A; 4 - B");
}

#[test]
fn a_bold_beginning_of_a_paragraph_that_ends_in_a_colon_starts_a_part() {
    check(
        "**A** continues here. See:\n```\nx\n```\n\n**B**: y",
        "2 - A; 7 - B",
    );
    check(
        "**A** goes over\ntwo lines:\n\n**B** ends *so:*",
        "2 - A; 5 - B",
    );
    check("**A** lists:   \n- x\n\n**B**: y", "2 - A; 5 - B");
}

#[test]
fn bold_text_without_a_colon_starts_nothing() {
    check("**A** is bold.", "2 - (A is)");
    check("**A**: x\n\n**B** is content. `b:`", "2 - A");
    check("**A**: x\n\nThen **B**: y", "2 - A");
    check("**A**: x\n\n*B*: y", "2 - A");
    check("**A**: x\n\n**B** **C**: y", "2 - A");
    check("**A**: x\n\n**B** (more): y", "2 - A");
    check("**A**: x\n\n**:** y", "2 - A");
    check("**A**: x\n\n\\*\\*B\\*\\*: y", "2 - A");
}

#[test]
fn bold_text_inside_other_blocks_starts_nothing() {
    check("**A**:\n- **B**: x\n- **C:** y", "2 - A");
    check(
        "**A**:\n\n1. **B**: x\n\n2. **C**: y\n\n**D**: z",
        "2 - A; 8 - D",
    );
    check("**A**: x\n\n> **B**: y", "2 - A");
    check("**A**: x\n\n    **B**: y", "2 - A");
    check("**A**: x\n\n```\n\n**B**: y\n```", "2 - A");
    check("**A**: x\n- y\n\n  **B**: z", "2 - A");
    check("**A**: x\n**B**: y\nz", "2 - A");
}

#[test]
fn a_label_may_hold_code_and_colons() {
    check("**Why `@wraps` matters**: x", "2 - Why @wraps matters");
    check("**Cost: `O(n)`**: x", "2 - Cost: O(n)");
    check("**`a`:** x\n\n**`b:`**: y", "2 - a; 4 - b:");
    check("***A***: x\n\n**B *c:*** y", "2 - A; 4 - B c");
    check("**A [link](https://example.org):** y", "2 - A link");
}

#[test]
fn everything_up_to_the_next_start_belongs_to_a_part() {
    let answer = "**A**:\n- x\n\nmore\n\n```\ncode\n```\n\n---\n\nlast\n\n**B**: y";
    let compiled = compile(&format!("## Q\n{answer}"));
    let parts = &compiled.decks[0].cards[0].parts;
    assert_eq!(parts[0].text, "A:\nx\nmore\ncode\nlast");
    assert_eq!(parts[1].text, "B: y");
    assert!(parts[0].html.contains("<pre class=\"code\""));
    assert!(!parts[0].html.contains("<hr"));
}

#[test]
fn text_before_the_first_label_is_a_part_without_a_label() {
    check("Lead.\n\nMore.\n\n**A**: x", "2 - (Lead. More.); 6 - A");
    check("- item\n\n**A**: x", "2 - (item); 4 - A");
    check("```\ncode\n```\n**A**: x", "2 - (code); 5 - A");
}

#[test]
fn headings_of_the_third_level_are_the_parts() {
    check("### A\n**x**: y\n\n### B\n- z", "2 - A; 5 - B");
    check(
        "### A:\nx\n\n#### C\ny\n\n### `b` and *c*\nz",
        "2 - A; 8 - b and c",
    );
    check("Lead.\n\n### A\nx", "2 - (Lead.); 4 - A");
    check("**L**: lead\n\n### A\n**x**: y", "2 - L; 4 - A");
    check("- x\n\n  ### no\n\n### A\ny", "2 - (x no); 6 - A");
    check("#### A\n**B**: x", "2 - (A); 3 - B");
    check("```\n### no\n```", "2 - (### no)");
}

#[test]
fn the_items_of_a_list_that_stands_alone_are_the_parts() {
    check("- a\n- b\n- c", "2 - (a); 3 - (b); 4 - (c)");
    check("\n1. a\n\n2. b\n\n   more", "3 - (a); 5 - (b more)");
    check("---\n\n- a\n  - a1\n- b\n\n---", "4 - (a a1); 6 - (b)");
    check("<!-- note -->\n\n- a\n- b", "4 - (a); 5 - (b)");
    check("- [x] a\n- [ ] b", "2 - (☑ a); 3 - (☐ b)");
    check("- **a**: x\n- **b**: y", "2 - (a: x); 3 - (b: y)");
}

#[test]
fn an_answer_with_neither_is_one_part() {
    check("Just text.", "2 - (Just text.)");
    check("Text:\n\n- a\n- b", "2 - (Text: a)");
    check("- a\n- b\n\nText.", "2 - (a b)");
    check("- a\n\n<!-- -->\n\n1. b", "2 - (a b)");
    check("```\ncode here\n```", "2 - (code here)");
    check("| a | b |\n|---|---|\n| c | d |", "2 - (a b)");
    check("> quoted text", "2 - (quoted text)");
    check("![alt text](a.png)", "2 - (alt text)");
}

#[test]
fn items_of_a_numbered_list_keep_their_numbers() {
    let compiled = compile("## Q\n3. a\n4. b");
    let html: Vec<&str> = compiled.decks[0].cards[0]
        .parts
        .iter()
        .map(|part| part.html.as_str())
        .collect();
    let expected = [
        "<ol start=\"3\"><li>a</li></ol>",
        "<ol start=\"4\"><li>b</li></ol>",
    ];
    assert_eq!(html, expected);
}

#[test]
fn the_first_part_is_the_prompt_if_its_label_says_so() {
    let prompt = "What they're really asking";
    check(
        &format!("**{prompt}**: x?\n\n**A**: y"),
        &format!("2 ? {prompt}; 4 - A"),
    );
    check(
        "**What they’re really asking:** x\n\n**A**: y",
        "2 ? What they’re really asking; 4 - A",
    );
    check(
        "**WHAT THEY'RE REALLY ASKING**: x\n\n**A**: y",
        "2 ? WHAT THEY'RE REALLY ASKING; 4 - A",
    );
    check(
        &format!("### {prompt}\nx\n\n### A\ny"),
        &format!("2 ? {prompt}; 5 - A"),
    );
    check(
        &format!("**{prompt}**: x\n\n### A\n**b**: y"),
        &format!("2 ? {prompt}; 4 - A"),
    );
}

#[test]
fn a_part_that_is_not_first_or_only_asks_is_no_prompt() {
    let prompt = "What they're really asking";
    check(
        &format!("Lead.\n\n**{prompt}**: x"),
        &format!("2 - (Lead.); 4 - {prompt}"),
    );
    check(
        &format!("**A**: y\n\n**{prompt}**: x"),
        &format!("2 - A; 4 - {prompt}"),
    );
    check("**Really?**: x\n\n**A**: y", "2 - Really?; 4 - A");
}

#[test]
fn what_follows_the_prompt_belongs_to_it_unless_it_is_the_whole_answer() {
    let prompt = "What they're really asking";
    check(
        &format!("**{prompt}**: x\n\nMore.\n\n**A**: y"),
        &format!("2 ? {prompt}; 6 - A"),
    );
    check(
        &format!("**{prompt}**: x\n\nThe answer."),
        &format!("2 ? {prompt}; 4 - (The answer.)"),
    );
    check(
        &format!("**{prompt}**: x\n\n- a\n- b"),
        &format!("2 ? {prompt}; 4 - (a); 5 - (b)"),
    );
}

#[test]
fn what_shows_nothing_starts_no_part() {
    check("<a id=\"x\"></a>\n\n**A**: x", "4 - A");
    check(
        "<!-- x -->\n\n**What they're asking**: x\n\n**A**: y",
        "4 ? What they're asking; 6 - A",
    );
    check("<!-- x -->\n\nText.", "4 - (Text.)");
    check("---\n\n**A**: x\n\n---", "4 - A");
}

#[test]
fn the_list_of_prompts_can_be_chosen() {
    let settings = deck::Settings {
        prompts: vec!["Worum es geht".to_owned()],
        ..Default::default()
    };
    let markdown = "## Q\n**Worum es geht**: x\n\n**A**: y";
    let compiled = crate::compile_with(markdown, &settings);
    let card = &compiled.decks[0].cards[0];
    assert_eq!(
        card.prompt().map(|part| part.label.as_str()),
        Some("Worum es geht")
    );
    assert_eq!(card.answer().count(), 1);
}

#[test]
fn every_line_of_a_paragraph_starts_a_part_if_all_of_them_have_labels() {
    check("**Time**: O(n)\n**Space**: O(1)", "2 - Time; 3 - Space");
    check(
        "**Time:** O(n)  \n**Space:** O(1)\\\n**K** : `x`",
        "2 - Time; 3 - Space; 4 - K",
    );
    check(
        "x\n\n**Time**: O(n)\n**Space**: O(1)\n\ny",
        "2 - (x); 4 - Time; 5 - Space",
    );
    check("**Time**: O(n)\nand more\n**Space**: O(1)", "2 - Time");
    check("**Time**: O(n)\n**bold** text", "2 - Time");
    let part = &compile("## Q\n**A**: x\n**B**: y").decks[0].cards[0].parts[1];
    assert_eq!(part.html, "<p><strong>B</strong>: y</p>");
}

#[test]
fn bold_text_that_ends_in_punctuation_before_a_letter_is_bold() {
    check(
        "**注意：**要加锁。\n\n**要点：**两个。",
        "2 - 注意; 4 - 要点",
    );
    check("**Label:**text\n\n**B**: y", "2 - Label; 4 - B");
    let html = |text: &str| {
        let compiled = compile(&format!("## Q\n{text}"));
        compiled.decks[0].cards[0].parts[0].html.clone()
    };
    assert_eq!(
        html("要**“引号”**是，**先`a`：**后"),
        "<p>要<strong>“引号”</strong>是，<strong>先<code>a</code>：</strong>后</p>"
    );
    for other in [
        "f(**a, **b) and **kwargs",
        "\\*\\*a：\\*\\*b",
        "a ** b：** c",
        "*a **b* c：**d",
        "**a\nb：**c",
        "***a：***b",
        "`**a：**b`",
    ] {
        assert!(!html(other).contains("<strong>"), "{other}");
    }
}
