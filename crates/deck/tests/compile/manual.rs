//! The manual, `content/README.md`: it is compiled like a note, and every example in it gives the
//! cards that stand below it.

use deck::{Compiled, PartKind, Severity};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::compile;

const MANUAL: &str = include_str!("../../../../content/README.md");

#[test]
fn the_manual_is_a_note_without_problems() {
    let compiled = compile(MANUAL);
    assert_eq!(shown_problems(&compiled), "");
    assert!(compiled.decks[0].cards.len() >= 7);
}

#[test]
fn every_example_of_the_manual_gives_the_cards_that_it_says() {
    let fences = fences(MANUAL);
    let mut checked = 0;
    for pair in fences.windows(2) {
        let [(language, example), (next, cards)] = pair else {
            continue;
        };
        if language == "markdown" && next == "cards" {
            let found = shown(&compile(example));
            assert_eq!(found.trim(), cards.trim(), "\n{example}");
            checked += 1;
        }
    }
    let examples = fences.iter().filter(|(language, _)| language == "cards");
    assert_eq!(
        checked,
        examples.count(),
        "cards that no example stands above"
    );
    assert!(checked > 0, "the manual has no example");
}

/// The fences of a text: the first word behind the marks, and the code.
fn fences(markdown: &str) -> Vec<(String, String)> {
    let mut fences = Vec::new();
    let mut code: Option<(String, String)> = None;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                code = Some((info.to_string(), String::new()));
            }
            Event::Text(text) => {
                if let Some((_, code)) = &mut code {
                    code.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => fences.extend(code.take()),
            _ => {}
        }
    }
    fences
}

/// Cards as the manual shows them: the question behind the headings above it, then the parts;
/// below them the problems.
fn shown(compiled: &Compiled) -> String {
    let mut lines = Vec::new();
    for card in compiled.decks.iter().flat_map(|deck| &deck.cards) {
        let above = card.section.iter().map(String::as_str);
        let path: Vec<&str> = above.chain([card.question.as_str()]).collect();
        lines.push(path.join(" › "));
        for part in &card.parts {
            let name = match part.label.as_str() {
                "" => part.text.lines().next().unwrap_or_default(),
                label => label,
            };
            let mark = match part.kind {
                PartKind::Prompt => "prompt",
                PartKind::Part => "part",
            };
            lines.push(format!("  {mark}: {name}"));
        }
    }
    lines.join("\n") + "\n" + &shown_problems(compiled)
}

fn shown_problems(compiled: &Compiled) -> String {
    let shown = |problem: &deck::Problem| {
        let severity = match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        format!("line {}: {severity}[{}]", problem.line, problem.code)
    };
    let lines: Vec<String> = compiled.problems.iter().map(shown).collect();
    lines.join("\n")
}
