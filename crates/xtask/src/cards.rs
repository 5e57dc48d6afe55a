//! `cards`: compiles the notes and prints what is in them.

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use deck::compile::{Part, codes};
use deck::{Card, CardId, Compiled, Deck, PartKind};
use lexopt::prelude::*;

use crate::cli::{self, Usage};
use crate::content::{self, Begin};
use crate::ledger::{self, Keeping};
use crate::problems::{self, Amount, Deny};

/// What `cargo xtask cards --help` prints.
pub const HELP: &str = "\
Usage: cargo xtask cards [options]

Compiles the notes and prints decks, cards and parts with their line in the
note. Problems go to stderr with file:line:column, the line, and what to do.
The exit code is 1 if one of them is an error, 2 if the command line is wrong.

Options:
  --content DIR  the folder of notes (default: QUIRE_CONTENT, then content/)
  --update       write cards.lock, so that it is as the notes are; begins one
  --locked       fail if cards.lock is not as the notes are, as in CI
  --adopt OLD NEW  the card NEW is the card OLD, which is gone: its progress
                 goes on under OLD's id; writes cards.lock
  --same ID      the card ID is the first that it may be (see `unsure`)
  --new ID       the card ID is none of those that it may be
  --all          show every problem, not only the first ten of a kind
  --deny warnings  let warnings fail too, as in CI
  --codes        print all kinds of problems and end
  --explain CODE  print what a kind of problem means and end
  --format text  for reading (the default)
  --format json  one object, problems included:
                 {\"decks\":[{\"path\",\"title\",\"title_html\",\"intro_html\",\"tags\":[],
                   \"level\":\"##\",\"level_from\",\"cards\":[
                   {\"id\",\"question\",\"line\",\"tags\":[],\"section\":[],\"question_html\",
                    \"given_html\",\"direction\":\"left-to-right|right-to-left\",\"fingerprint\",
                    \"parts\":[{\"id\",\"label\",\"label_html\",\"line\",
                              \"kind\":\"prompt|part\",\"html\",\"text\"}]}]}],
                  \"problems\":[{\"severity\":\"error|warning\",\"code\",\"path\",\"line\",
                               \"column\",\"message\",\"hint\",\"length\",\"text\",
                               \"text_start\",\"text_goes_on\",\"also\"}],
                  \"changes\":[{\"id\",\"note\",\"question\",\"kinds\":[{\"kind\":
                    \"new|returned|reworded|moved|edited|retired|unsure\",
                    \"before\",\"from\",\"may_be\":[{\"id\",\"note\",\"question\",
                                         \"percent\"}]}]}]}
                 Paths are relative to the folder of notes, lines and columns
                 count from 1. More fields may come; none of these will go.

A deck's questions are its `##` headings, unless its first line says otherwise,
and why: because of a quire.toml, of the note's frontmatter, or of what the
note's structure shows. In JSON that is level and level_from.

Ids are those that cards.lock gives, or will give: a card keeps its id when it
is reworded, moved or edited. What is different since it was written is told.";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Text,
    Json,
}

/// The command line.
#[derive(Debug)]
enum Options {
    Cards(Cards),
    /// Settles by hand which card is which.
    Settle(Option<PathBuf>, Settle),
    /// All kinds of problems, or the one of this name.
    Explain(Option<String>),
}

/// What is printed of the notes.
#[derive(Debug)]
struct Cards {
    folder: Option<PathBuf>,
    format: Format,
    amount: Amount,
    deny: Deny,
    keeping: Option<Keeping>,
}

/// What is settled by hand.
#[derive(Debug, PartialEq, Eq)]
enum Settle {
    /// The second is the first.
    Adopt(CardId, CardId),
    /// It is the card that it may be.
    Same(CardId),
    /// It is none of those that it may be.
    New(CardId),
}

/// The command.
pub fn run(args: &[String]) -> Result<()> {
    match options_from(args)? {
        Options::Explain(None) => print(&table()),
        Options::Explain(Some(code)) => print(&entry(&code)?),
        Options::Cards(options) => cards(options),
        Options::Settle(folder, settle) => settle_by_hand(folder, &settle),
    }
}

fn cards(options: Cards) -> Result<()> {
    let content = content::choose(options.folder)?;
    let compiled = match options.keeping {
        Some(keeping) => ledger::keep(&content.folder, keeping)?,
        None => content::compiled(&content.folder, Begin::Nothing)?,
    };
    match options.format {
        Format::Json => print(&(serde_json::to_string_pretty(&compiled)? + "\n"))?,
        Format::Text => {
            print(&text(&compiled))?;
            print(&ledger_told(&compiled, &content.folder, options.keeping)?)?;
            problems::print(&compiled, &content.folder, options.amount);
        }
    }
    problems::verdict(&compiled, options.deny)
}

/// How the ledger stands to the notes.
fn ledger_told(compiled: &Compiled, folder: &Path, keeping: Option<Keeping>) -> Result<String> {
    let told = ledger::told(compiled);
    Ok(match (keeping, &compiled.ledger) {
        (_, None) if compiled.has_errors() => String::new(),
        (_, None) => "\nThere is no cards.lock yet, so a reworded question begins anew: \
                      `cargo xtask cards --update` begins one.\n"
            .to_owned(),
        (Some(_), _) if told.is_empty() => "\ncards.lock is as the notes are.\n".to_owned(),
        (Some(_), _) => format!("\nWritten to cards.lock; commit it with the notes:\n{told}"),
        (None, _) if told.is_empty() && !ledger::is_stale(compiled, folder)? => String::new(),
        (None, _) => {
            format!("\nSince cards.lock was written (`--update` writes it anew):\n{told}")
        }
    })
}

fn settle_by_hand(folder: Option<PathBuf>, settle: &Settle) -> Result<()> {
    let content = content::choose(folder)?;
    let compiled = content::compiled(&content.folder, Begin::Nothing)?;
    problems::verdict(&compiled, Deny::Nothing)?;
    let mut ledger = compiled
        .ledger
        .context("there is no cards.lock to settle anything in: `cargo xtask cards --update`")?;
    let done = match settle {
        Settle::Adopt(old, new) => {
            ledger.adopt(*old, *new)?;
            format!("`{new}` is `{old}` from now on")
        }
        Settle::Same(new) => format!("`{new}` is `{}` from now on", ledger.same(*new)?),
        Settle::New(new) => {
            ledger.new_card(*new)?;
            format!("`{new}` is a new card")
        }
    };
    ledger::write_ledger(&ledger, &content.folder)?;
    print(&format!(
        "{done}: written to cards.lock; commit it with the notes.\n"
    ))
}

fn options_from(args: &[String]) -> Result<Options, Usage> {
    let mut cards = Cards {
        folder: None,
        format: Format::Text,
        amount: Amount::First,
        deny: Deny::Nothing,
        keeping: None,
    };
    let mut explain = None;
    let mut settle = None;
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(arg) = cli::next(&mut parser)? {
        match arg {
            Long("content") => cards.folder = Some(cli::path(&mut parser)?),
            Long("format") => cards.format = format_from(&cli::text(&mut parser)?)?,
            Long("all") => cards.amount = Amount::All,
            Long("deny") => cards.deny = cli::text(&mut parser)?.parse()?,
            Long("update") => cards.keeping = Some(Keeping::Update),
            Long("locked") => cards.keeping = Some(Keeping::Locked),
            Long("adopt") => settle = Some(Settle::Adopt(id(&mut parser)?, id(&mut parser)?)),
            Long("same") => settle = Some(Settle::Same(id(&mut parser)?)),
            Long("new") => settle = Some(Settle::New(id(&mut parser)?)),
            Long("codes") => explain = Some(None),
            Long("explain") => explain = Some(Some(cli::text(&mut parser)?)),
            other => return Err(Usage::unexpected("cards", &other)),
        }
    }
    Ok(match (explain, settle) {
        (Some(explain), _) => Options::Explain(explain),
        (None, Some(settle)) => Options::Settle(cards.folder, settle),
        (None, None) => Options::Cards(cards),
    })
}

fn id(parser: &mut lexopt::Parser) -> Result<CardId, Usage> {
    let text = cli::text(parser)?;
    let wrong = |why| Usage::new(format!("`{text}` is no id of a card: {why}"));
    text.parse().map_err(wrong)
}

/// A line for each kind of problem.
fn table() -> String {
    let line =
        |code: &codes::Code| format!("{:<20} {:<16} {}\n", code.name, code.severity, code.what);
    codes::CODES.iter().map(line).collect()
}

fn entry(code: &str) -> Result<String, Usage> {
    let found = codes::find(code).ok_or_else(|| {
        Usage::new(format!(
            "there is no kind of problem `{code}`; `cargo xtask cards --codes` lists them"
        ))
    })?;
    Ok(format!(
        "{} ({})\n\n{}\n\n{}\n",
        found.name, found.severity, found.what, found.todo
    ))
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
        let rule = rule_shown(deck);
        lines.push_str(&format!("{}: {}{tags}{rule}\n", deck.path, deck.title));
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

/// Which headings are the questions, and why, where they are not `##` as they mostly are.
fn rule_shown(deck: &Deck) -> String {
    match deck.level_from.strip_prefix("structure: ") {
        None if deck.level_from == "default" => String::new(),
        None => format!(
            "  (questions: {}, chosen in {})",
            deck.level, deck.level_from
        ),
        Some(why) => format!("  (questions: {}, since {why})", deck.level),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use deck::{Folder, Note, Settings};

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
        deck::compile(&Folder::of_notes([note]), &Settings::default())
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
    fn the_first_line_of_a_deck_says_which_headings_are_questions_and_why() {
        #[track_caller]
        fn check(note: &str, expected: &str) {
            let text = text(&compiled(note));
            assert_eq!(text.lines().next(), Some(expected), "{note}");
        }
        check("## A\nx", "sub/slots.md: slots");
        check(
            "---\ntags: a\nquire: {level: 3}\n---\n### A\nx",
            "sub/slots.md: slots #a  (questions: ###, chosen in frontmatter)",
        );
        check(
            "# T\n### A\nx\n### B\ny",
            "sub/slots.md: T  (questions: ###, since no ## has anything below it)",
        );
    }

    #[test]
    fn each_kind_of_problem_is_explained() {
        assert!(table().contains("unclosed-fence       error "));
        assert!(entry("unclosed-fence").unwrap().contains("(error)"));
        assert!(
            entry("nonsense")
                .unwrap_err()
                .to_string()
                .contains("--codes")
        );
    }

    #[test]
    fn the_json_has_every_documented_field() {
        let json = serde_json::to_value(compiled(NOTE)).unwrap();
        let deck = &json["decks"][0];
        let card = &deck["cards"][0];
        let part = &card["parts"][0];
        for (object, fields) in [
            (&json, &["decks", "problems"][..]),
            (
                deck,
                &["path", "title", "tags", "level", "level_from", "cards"],
            ),
            (
                card,
                &[
                    "id",
                    "question",
                    "line",
                    "tags",
                    "section",
                    "question_html",
                    "given_html",
                    "direction",
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
        assert!(error(&["--nonsense"]).contains("--help"));
        assert!(error(&["--same", "A B"]).contains("no id"));
        assert!(error(&["--adopt", "a1"]).contains("--adopt"));
        assert!(error(&["--deny", "errors"]).contains("`warnings`"));
        assert!(error(&["--content", ""]).contains("folder"));
    }
}
