//! Tests of the compiler: small notes and what becomes of them.

mod bundle;
mod cache;
mod codes;
mod commonmark;
mod extensions;
mod findings;
mod fixture;
mod folder;
mod hard;
mod html;
mod identity;
mod images;
mod languages;
mod ledger;
mod links;
mod manual;
mod math;
mod notes;
mod outline;
mod parts;
mod problems;
mod random;
mod readers;
mod recovery;
mod settings;
mod structured;

#[path = "../generate/harmless.rs"]
mod harmless;
#[path = "../generate/shapes.rs"]
mod shapes;

use deck::{Compiled, Folder, Note, PartKind, Settings};

/// Compiles one note named `note.md`.
fn compile(markdown: &str) -> Compiled {
    compile_bytes(markdown.as_bytes())
}

fn compile_bytes(bytes: &[u8]) -> Compiled {
    compile_notes([note("note.md", bytes)])
}

fn compile_notes(notes: impl IntoIterator<Item = Note>) -> Compiled {
    deck::compile(&Folder::of_notes(notes), &Settings::default())
}

/// Compiles one note with other settings.
fn compile_with(markdown: &str, settings: &Settings) -> Compiled {
    let folder = Folder::of_notes([note("note.md", markdown.as_bytes())]);
    deck::compile(&folder, settings)
}

fn note(path: &str, bytes: &[u8]) -> Note {
    Note {
        path: path.to_owned(),
        bytes: bytes.to_vec(),
    }
}

/// Decks, cards and parts, a line each: `# title [tags]`, `line. question`, `line ? prompt` and
/// `line - label`; a part without a label shows the first words of its text in brackets.
fn outline(compiled: &Compiled) -> String {
    let mut lines = Vec::new();
    for deck in &compiled.decks {
        lines.push(format!("# {} [{}]", deck.title, deck.tags.join(", ")));
        for card in &deck.cards {
            lines.push(format!("{}. {}", card.line, card.question));
            for part in &card.parts {
                let mark = match part.kind {
                    PartKind::Prompt => "?",
                    PartKind::Part => "-",
                };
                let words = part.text.split_whitespace().take(2);
                let shown = match part.label.as_str() {
                    "" => format!("({})", words.collect::<Vec<_>>().join(" ")),
                    label => label.to_owned(),
                };
                lines.push(format!("{} {mark} {shown}", part.line));
            }
        }
    }
    lines.join("\n")
}

/// Problems, a line each: `line:column severity[code]`.
fn problems(compiled: &Compiled) -> String {
    let line = |problem: &deck::Problem| {
        let severity = problem.severity.as_str();
        let deck::Problem {
            line, column, code, ..
        } = problem;
        format!("{line}:{column} {severity}[{code}]")
    };
    let lines: Vec<String> = compiled.problems.iter().map(line).collect();
    lines.join("\n")
}

/// Takes the margin off a text that is written indented in a test.
fn unindent(text: &str) -> String {
    let text = text.strip_prefix('\n').unwrap_or(text);
    let margin = text.len() - text.trim_start_matches(' ').len();
    let cut = |line: &str| line.get(margin..).unwrap_or_default().to_owned();
    let lines: Vec<String> = text.lines().map(cut).collect();
    lines.join("\n").trim_end().to_owned()
}
