//! `cards`: compiles the notes and prints what is in them.

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use deck::compile::Part;
use deck::{Card, Compiled, PartKind, Severity};
use lexopt::prelude::*;

use crate::cli::{self, Usage};
use crate::{content, workspace};

/// What `cargo xtask cards --help` prints.
pub const HELP: &str = "\
Usage: cargo xtask cards [options]

Compiles the notes and prints decks, cards and parts with their line in the
note. Problems go to stderr as file:line:column. The exit code is 1 if one of
them is an error, 2 if the command line is wrong.

Options:
  --content DIR  the folder of notes (default: QUIRE_CONTENT, then content/)
  --format text  for reading (the default)
  --format json  one object, problems included:
                 {\"decks\":[{\"path\",\"title\",\"tags\":[],\"cards\":[
                   {\"id\",\"question\",\"line\",\"tags\":[],\"section\":[],\"question_html\",
                    \"parts\":[{\"id\",\"label\",\"label_html\",\"line\",
                              \"kind\":\"prompt|part\",\"html\",\"text\"}]}]}],
                  \"problems\":[{\"severity\":\"error|warning\",\"code\",\"path\",\"line\",
                               \"column\",\"message\",\"hint\"}]}
                 Paths are relative to the folder of notes, lines and columns
                 count from 1. More fields may come; none of these will go.";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Text,
    Json,
}

/// The command.
pub fn run(args: &[String]) -> Result<()> {
    let (folder, format) = options_from(args)?;
    let content = content::choose(folder)?;
    let notes = deck::read_notes(&content.folder)?;
    let compiled = deck::compile(&notes, &deck::Options::default());
    let printed = match format {
        Format::Json => serde_json::to_string_pretty(&compiled)? + "\n",
        Format::Text => text(&compiled),
    };
    print(&printed)?;
    if format == Format::Text {
        eprint!("{}", problems(&compiled, &shown_folder(&content.folder)));
    }
    if compiled.has_errors() {
        bail!(
            "{} of the problems are errors; mend them in the notes",
            errors_in(&compiled)
        );
    }
    Ok(())
}

fn options_from(args: &[String]) -> Result<(Option<PathBuf>, Format), Usage> {
    let (mut folder, mut format) = (None, Format::Text);
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(arg) = cli::next(&mut parser)? {
        match arg {
            Long("content") => folder = Some(cli::path(&mut parser)?),
            Long("format") => format = format_from(&cli::text(&mut parser)?)?,
            other => return Err(Usage::unexpected("cards", &other)),
        }
    }
    Ok((folder, format))
}

fn format_from(text: &str) -> Result<Format, Usage> {
    match text {
        "text" => Ok(Format::Text),
        "json" => Ok(Format::Json),
        _ => Err(Usage::new(format!(
            "--format takes `text` or `json`, not `{text}`"
        ))),
    }
}

/// Prints to stdout; a reader that stops early, such as `head`, is no error.
fn print(text: &str) -> Result<()> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error).context("cannot print"),
        _ => Ok(()),
    }
}

fn text(compiled: &Compiled) -> String {
    let mut lines = String::new();
    for deck in &compiled.decks {
        let tags = tags_shown(&deck.tags);
        lines.push_str(&format!("{}: {}{tags}\n", deck.path, deck.title));
        for card in &deck.cards {
            lines.push_str(&card_text(card));
        }
        lines.push('\n');
    }
    lines + &totals(compiled) + "\n"
}

fn card_text(card: &Card) -> String {
    let tags = tags_shown(&card.tags);
    let mut lines = format!("  {:>5}  {}  {}{tags}\n", card.line, card.id, card.question);
    for part in &card.parts {
        lines.push_str(&format!(
            "  {:>5}    {}  {}\n",
            part.line,
            part.id,
            part_shown(part)
        ));
    }
    lines
}

fn part_shown(part: &Part) -> String {
    let name = if part.label.is_empty() {
        start_of(&part.text)
    } else {
        part.label.clone()
    };
    match part.kind {
        PartKind::Prompt => format!("(prompt) {name}"),
        PartKind::Part => name,
    }
}

/// The first words of a part without a label.
fn start_of(text: &str) -> String {
    const CHARS: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    let start: String = line.chars().take(CHARS).collect();
    let more = if start.len() < text.trim_end().len() {
        "…"
    } else {
        ""
    };
    format!("{}{more}", start.trim_end())
}

fn tags_shown(tags: &[String]) -> String {
    tags.iter().map(|tag| format!(" #{tag}")).collect()
}

fn totals(compiled: &Compiled) -> String {
    let cards = || compiled.decks.iter().flat_map(|deck| &deck.cards);
    let parts_of = |kind| {
        cards()
            .flat_map(|card| &card.parts)
            .filter(move |p| p.kind == kind)
    };
    format!(
        "{}, {}, {}, {}",
        count(compiled.decks.len(), "deck"),
        count(cards().count(), "card"),
        count(parts_of(PartKind::Prompt).count(), "prompt"),
        count(parts_of(PartKind::Part).count(), "part"),
    )
}

fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

/// Each problem with a path that a terminal can open.
fn problems(compiled: &Compiled, folder: &Path) -> String {
    let line = |problem: &deck::Problem| {
        let path = folder.join(&problem.path).display().to_string();
        let shown = problem.to_string();
        format!(
            "{path}{}\n",
            shown.strip_prefix(&problem.path).unwrap_or(&shown)
        )
    };
    compiled.problems.iter().map(line).collect()
}

/// The folder as one reads it from where the command was started.
fn shown_folder(folder: &Path) -> PathBuf {
    let inside = std::env::current_dir()
        .ok()
        .and_then(|here| folder.strip_prefix(here).ok().map(Path::to_path_buf));
    inside.unwrap_or_else(|| PathBuf::from(workspace::shown(folder)))
}

fn errors_in(compiled: &Compiled) -> usize {
    compiled
        .problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use deck::{Note, Options};

    const NOTE: &str = "\
---
tags: [python]
---
# Internals

## What is a slot?

**What they're really asking**: memory.

**Answer**: no dict.

## Why?

Because of this.
";

    fn compiled(text: &str) -> Compiled {
        let note = Note {
            path: "sub/slots.md".to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        deck::compile(&[note], &Options::default())
    }

    #[test]
    fn decks_cards_and_parts_are_listed_with_their_lines() {
        let text = text(&compiled(NOTE));
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        assert_eq!(lines[0], "sub/slots.md: Internals #python");
        for (line, start, end) in [
            (1, "6  ", "  What is a slot?"),
            (2, "8    ", "  (prompt) What they're really asking"),
            (3, "10    ", "  Answer"),
            (4, "12  ", "  Why?"),
            (5, "14    ", "  Because of this."),
        ] {
            let shown = lines[line];
            assert!(shown.starts_with(start) && shown.contains(end), "{shown}");
        }
        assert_eq!(lines[7], "1 deck, 2 cards, 1 prompt, 2 parts");
    }

    #[test]
    fn a_problem_is_printed_with_a_path_that_opens() {
        let compiled = compiled("# Deck\n\n## Full\n\nYes.\n\n## Empty\n");
        assert!(!compiled.problems.is_empty());
        let text = problems(&compiled, Path::new("notes"));
        let expected = Path::new("notes")
            .join("sub/slots.md")
            .display()
            .to_string();
        assert!(text.starts_with(&format!("{expected}:7:1: ")), "{text}");
    }

    #[test]
    fn the_json_has_every_documented_field() {
        let json = serde_json::to_value(compiled(NOTE)).unwrap();
        let deck = &json["decks"][0];
        let card = &deck["cards"][0];
        let part = &card["parts"][0];
        for (object, fields) in [
            (&json, &["decks", "problems"][..]),
            (deck, &["path", "title", "tags", "cards"]),
            (
                card,
                &[
                    "id",
                    "question",
                    "line",
                    "tags",
                    "section",
                    "question_html",
                    "parts",
                ],
            ),
            (
                part,
                &["id", "label", "label_html", "line", "kind", "html", "text"],
            ),
        ] {
            for field in fields {
                assert!(object.get(field).is_some(), "no `{field}` in {object}");
            }
        }
        assert_eq!(
            (&part["kind"], &part["line"]),
            (&"prompt".into(), &8.into())
        );
    }

    #[test]
    fn a_long_text_is_cut_after_whole_characters() {
        assert_eq!(start_of("short"), "short");
        assert_eq!(start_of(&"é".repeat(70)), format!("{}…", "é".repeat(60)));
        assert_eq!(start_of("one\ntwo"), "one…");
    }

    #[test]
    fn wrong_arguments_say_what_is_right() {
        let error = |args: &[&str]| {
            let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
            options_from(&args).unwrap_err().to_string()
        };
        assert!(error(&["--format", "xml"]).contains("`text` or `json`"));
        assert!(error(&["--update"]).contains("--help"));
        assert!(error(&["--content", ""]).contains("folder"));
    }
}
