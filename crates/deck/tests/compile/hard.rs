//! Texts that are hard on a compiler all compile, on a small stack. How their time grows is not
//! tested, since other work on the machine would decide: `examples/shapes.rs` prints it.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use deck::compile::Convention;
use deck::{Compiled, Settings};
use rayon::ThreadPoolBuilder;

use crate::bundle::assert_reads_back;
use crate::shapes::shapes;
use crate::{compile, compile_with, problems};

const SIZE: usize = 6 << 10;
/// Half of what a thread has by default: a recursion without a limit ends the process.
const STACK_BYTES: usize = 1 << 20;
/// Far more than all of it takes, and far less than quadratic work on these sizes may take.
const DEADLINE: Duration = Duration::from_secs(300);

#[test]
fn hard_texts_compile_on_a_small_stack() {
    let (sender, done) = mpsc::channel();
    let work = move || {
        for (name, text) in shapes() {
            sender.send(name).expect("the test waits");
            let text = text(SIZE);
            let begins = text.starts_with("---\n");
            let text = if begins {
                text
            } else {
                format!("## Q\n\n{text}")
            };
            assert_reads_back(&compile(&text));
            compile_with(&text, &all_conventions());
        }
    };
    let pool = ThreadPoolBuilder::new().stack_size(STACK_BYTES);
    let pool = pool.num_threads(1).build().expect("a thread starts");
    let thread = thread::spawn(move || pool.install(work));
    let mut last = "";
    loop {
        match done.recv_timeout(DEADLINE) {
            Ok(name) => last = name,
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) => panic!("`{last}` takes for ever"),
        }
    }
    let result = thread.join();
    assert!(result.is_ok(), "`{last}` does not compile");
}

fn all_conventions() -> Settings {
    Settings {
        cards: Convention::ALL.map(|(_, convention)| convention).to_vec(),
        ..Settings::default()
    }
}

#[test]
fn nesting_without_end_keeps_its_text_to_the_last() {
    #[track_caller]
    fn check(markdown: &str) {
        let Compiled { decks, .. } = compile(&format!("## Q\n\n{markdown}"));
        let part = &decks[0].cards[0].parts[0];
        assert!(part.html.contains("innermost"), "{}", part.html);
        assert!(part.text.contains("innermost"), "{}", part.text);
        assert!(
            part.html.contains("<strong>after</strong>"),
            "{}",
            part.html
        );
    }
    check(&format!("{}innermost\n\n**after**\n", "> ".repeat(1_000)));
    check(&format!("{}innermost\n\n**after**\n", "- ".repeat(1_000)));
    let [open, close] = ["<div>", "</div>"].map(|tag| tag.repeat(1_000));
    check(&format!("{open}innermost{close}\n\n**after**\n"));
}

#[test]
fn frontmatter_of_any_length_costs_no_more_than_reading_the_note() {
    let tags = "- tag\n".repeat(20_000);
    let Compiled {
        decks, problems, ..
    } = compile(&format!("---\ntags:\n{tags}---\n## Q\n\na\n"));
    assert_eq!(decks[0].cards.len(), 1);
    assert_eq!(problems[0].code, "broken-frontmatter");
    let deep: String = (0..60).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
    assert_eq!(
        compile(&format!("---\n{deep}---\n## Q\n\na\n"))
            .problems
            .len(),
        1
    );
    let many: String = (0..5_000).map(|n| format!("- t{n}\n")).collect();
    let Compiled { decks, .. } = compile(&format!("---\ntags:\n{many}---\n## Q\n\na\n"));
    assert_eq!(decks[0].tags.len(), 200);
}

#[test]
fn an_endless_heading_names_its_sections_by_its_beginning() {
    let heading = "word ".repeat(100_000);
    let note = format!(
        "---\nquire: {{level: 3}}\n---\n## {heading}\n\n{}",
        "### Why?\nx\n\n".repeat(20)
    );
    let compiled = compile(&note);
    let cards = &compiled.decks[0].cards;
    assert_eq!(cards.len(), 20);
    for card in cards {
        let name = &card.section[0];
        assert!(name.chars().count() <= 121, "{name}");
        assert!(
            name.starts_with("word word") && name.ends_with("word…"),
            "{name}"
        );
    }
}

/// Checks the problems of an answer, which begins in the third line.
#[track_caller]
fn check_told(answer: &str, expected: &str) {
    let compiled = compile(&format!("## Q\n\n{answer}"));
    assert_eq!(problems(&compiled).replace('\n', "; "), expected);
}

#[test]
fn tags_that_are_left_out_are_told() {
    #[track_caller]
    fn check(count: usize, expected: &str) {
        let tags: String = (0..count).map(|n| format!("- t{n}\n")).collect();
        let note = format!("---\nname: x\ntags:\n{tags}- t0\n---\n## Q\n\na\n");
        assert_eq!(problems(&compile(&note)), expected);
    }
    check(200, "");
    check(201, "3:1 warning[too-many-tags]");
}

#[test]
fn what_stands_too_deep_is_told_where_it_begins() {
    check_told(&format!("{}a", "> ".repeat(100)), "");
    let told = "3:201 warning[deep-nesting]";
    check_told(&format!("{}a", "> ".repeat(101)), told);
    let bold = |depth| format!("{}a{}", "<b>".repeat(depth), "</b>".repeat(depth));
    check_told(&format!("a\n\n{}", bold(100)), "");
    let told = "5:301 warning[deep-nesting]";
    check_told(&format!("a\n\n{}", bold(101)), told);
    let compiled = compile(&format!("## {}\n\nb", bold(101)));
    assert_eq!(problems(&compiled), "1:304 warning[deep-nesting]");
}

#[test]
fn an_attribute_that_is_left_out_is_told() {
    let link = |count| format!("a\n\nb [c](https://d.e/?{})", "&f".repeat(count));
    check_told(&link(1_024), "");
    check_told(&link(1_025), "5:3 warning[long-attribute]");
    let image = |count| format!("<b>a</b> <img title=\"{}\" alt=b>", "\u{a7}".repeat(count));
    check_told(&image(1_024), "");
    check_told(&image(1_025), "3:10 warning[long-attribute]");
    // Two values that are each short enough.
    let text = "&amp;".repeat(600);
    check_told(&format!("<b title=\"{text}\" lang='{text}'>a</b>"), "");
    check_told(&"a & b ".repeat(2_000), "");
}

#[test]
fn a_footnote_that_is_not_repeated_again_is_told_where_it_is_referred_to() {
    let long = "*a* ".repeat(2_000);
    let answers = "- a[^x]\n".repeat(20);
    let note = format!("## Q\n\n{answers}\n[^x]: {long}");
    let compiled = compile(&note);
    let parts = &compiled.decks[0].cards[0].parts;
    let lacks_text = |part: &&deck::compile::Part| !part.html.contains("<em>");
    let lines: Vec<String> = parts
        .iter()
        .filter(lacks_text)
        .map(|part| format!("{}:4 warning[repeated-footnote]", part.line))
        .collect();
    assert!(!lines.is_empty());
    assert_eq!(problems(&compiled), lines.join("\n"));
}
