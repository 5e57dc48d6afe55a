//! What `quire.toml` and the `quire:` of frontmatter choose, and what is wrong with them.

use deck::{Folder, Settings, SettingsFile};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::{note, outline, problems};

const NOTE: &str = "## A\n### B\nx\n### C\ny";

/// Compiles files whose paths stand before their texts.
fn folder(files: &[(&str, &str)]) -> deck::Compiled {
    let mut folder = Folder::default();
    for (path, text) in files {
        if path.ends_with(".toml") {
            folder.settings.push(SettingsFile {
                path: (*path).to_owned(),
                bytes: text.as_bytes().to_vec(),
            });
        } else {
            folder.notes.push(note(path, text.as_bytes()));
        }
    }
    deck::compile(&folder, &Settings::default())
}

/// Checks the level of the questions of each note, as `## from`, joined with `; `.
#[track_caller]
fn levels(files: &[(&str, &str)], expected: &str) {
    let compiled = folder(files);
    let level = |deck: &deck::Deck| format!("{} {}", deck.level, deck.level_from);
    let levels: Vec<String> = compiled.decks.iter().map(level).collect();
    assert_eq!(problems(&compiled), "");
    assert_eq!(levels.join("; "), expected, "{files:?}");
}

/// Checks what is wrong with a `quire.toml` beside a note with questions at the third level.
#[track_caller]
fn wrong(toml: &str, expected: &str) {
    let compiled = folder(&[("quire.toml", toml), ("a.md", NOTE)]);
    assert_eq!(problems(&compiled).replace('\n', "; "), expected, "{toml}");
    assert!(
        compiled
            .problems
            .iter()
            .all(|problem| problem.path == "quire.toml")
    );
}

/// Checks what is wrong with the frontmatter of a note.
#[track_caller]
fn wrong_in_note(frontmatter: &str, expected: &str) {
    let compiled = folder(&[("a.md", &format!("---\n{frontmatter}\n---\n{NOTE}"))]);
    assert_eq!(
        problems(&compiled).replace('\n', "; "),
        expected,
        "{frontmatter}"
    );
}

#[test]
fn a_level_is_chosen_for_a_folder_or_a_note() {
    let toml = ("quire.toml", "level = 3");
    levels(
        &[toml, ("a.md", NOTE), ("b/c.md", NOTE)],
        "### quire.toml; ### quire.toml",
    );
    levels(
        &[
            toml,
            ("b/quire.toml", "level = \"h2\""),
            ("a.md", NOTE),
            ("b/c.md", NOTE),
        ],
        "### quire.toml; ## b/quire.toml",
    );
    let note = format!("---\ntags: t\nquire:\n  level: h3\n---\n{NOTE}");
    levels(&[("a.md", &note)], "### frontmatter");
    levels(
        &[("quire.toml", "level = 2"), ("a.md", &note)],
        "### frontmatter",
    );
    let note = format!("---\nquire: {{level: auto}}\n---\n{NOTE}");
    levels(&[toml, ("a.md", &note)], "## default");
    for level in ["3", "\"3\"", "'h3'", "\"H3\"", "\"###\""] {
        levels(
            &[("quire.toml", &format!("level = {level}")), ("a.md", NOTE)],
            "### quire.toml",
        );
    }
}

#[test]
fn settings_of_a_folder_may_name_notes() {
    let toml = "level = 2\n[notes.\"b/*.md\"]\nlevel = 3\n[notes.\"b/d.md\"]\nlevel = \"h2\"\n";
    levels(
        &[
            ("quire.toml", toml),
            ("a.md", NOTE),
            ("b/c.md", NOTE),
            ("b/d.md", NOTE),
        ],
        "## quire.toml; ### quire.toml; ## quire.toml",
    );
    wrong("notes.\"z.md\".level = 3", "1:7 warning[no-such-note]");
    wrong("[notes.\"a.md\"]\nlevels = 3", "2:1 error[unknown-setting]");
    wrong("notes = 3", "1:9 error[bad-setting]");
}

#[test]
fn summaries_can_be_chosen_as_questions() {
    let note = "Text.\n\n<details><summary>A</summary>x</details>\n\nText.";
    let compiled = folder(&[("quire.toml", "level = \"summary\""), ("a.md", note)]);
    assert_eq!(outline(&compiled), "# a []\n3. A\n3 - (x Text.)");
    assert_eq!(compiled.decks[0].level, "<summary>");
    assert_eq!(compiled.decks[0].level_from, "quire.toml");
}

#[test]
fn a_chosen_level_is_the_only_one() {
    let compiled = folder(&[
        ("quire.toml", "level = 3"),
        ("a.md", "## Why?\nx\n### A\ny"),
    ]);
    assert_eq!(outline(&compiled), "# a []\n3. A\n4 - (y)");
    assert_eq!(compiled.decks[0].cards[0].section, ["Why?"]);
    assert_eq!(compiled.decks[0].intro_html, "<h2>Why?</h2><p>x</p>");
    assert_eq!(problems(&compiled), "");
}

#[test]
fn the_prompts_of_the_innermost_place_hold() {
    let note = "## A\n**Worum**: x\n\n**L**: y";
    let prompts = |files: &[(&str, &str)]| {
        let compiled = folder(files);
        assert_eq!(problems(&compiled), "");
        compiled.decks[0].cards[0].prompt().is_some()
    };
    assert!(!prompts(&[("a.md", note)]));
    assert!(prompts(&[
        ("quire.toml", "prompts = [\"worum\"]"),
        ("a.md", note)
    ]));
    assert!(prompts(&[
        ("quire.toml", "prompts = \"Worum\""),
        ("a.md", note)
    ]));
    assert!(!prompts(&[
        ("quire.toml", "prompts = [\"worum\"]"),
        ("b/quire.toml", "prompts = []"),
        ("b/a.md", note)
    ]));
    let note = format!("---\nquire:\n  prompts:\n    - x\n    - Worum\n---\n{note}");
    assert!(prompts(&[("a.md", &note)]));
}

#[test]
fn conventions_are_chosen_by_their_names() {
    wrong("cards = [\"headings\", \"HEADINGS\"]", "");
    wrong("cards = \"headings\"", "");
    wrong_in_note("quire:\n  cards: [headings]", "");
    wrong_in_note("quire:\n  cards: headings", "");
}

#[test]
fn what_is_wrong_with_settings_is_reported_at_its_place() {
    wrong("\nlvl = 3", "2:1 error[unknown-setting]");
    wrong("level = 7", "1:9 error[bad-setting]");
    wrong("level = \"deep\"", "1:9 error[bad-setting]");
    wrong("level = true", "1:9 error[bad-setting]");
    wrong("level = -1", "1:9 error[bad-setting]");
    wrong("cards = 1", "1:9 error[bad-setting]");
    wrong("cards = []", "1:9 error[bad-setting]");
    wrong(
        "cards = [\"headings\", \"cloze\"]",
        "1:22 error[bad-setting]",
    );
    wrong("cards = [\"headings\", 1]", "1:22 error[bad-setting]");
    wrong("prompts = {}", "1:11 error[bad-setting]");
    wrong(
        "level = ",
        "1:9 error[broken-settings]; 1:9 error[bad-setting]",
    );
    wrong("# ü\nlevel 3", "2:7 error[broken-settings]");
    wrong_in_note("quire:\n  level: 7", "3:10 error[bad-setting]");
    wrong_in_note("quire:\n  lvl: 3", "3:3 error[unknown-setting]");
    wrong_in_note("quire: 3", "2:8 error[bad-setting]");
    wrong_in_note(
        "quire:\n  cards:\n    - headings\n    - x",
        "5:7 error[bad-setting]",
    );
    wrong_in_note("quire:\n  notes:\n    a: 1", "3:3 error[unknown-setting]");
}

#[test]
fn what_is_right_holds_beside_what_is_wrong() {
    #[track_caller]
    fn check(toml: &str, expected_problems: usize) {
        let compiled = folder(&[("quire.toml", toml), ("a.md", NOTE)]);
        assert_eq!(compiled.decks[0].level, "###", "{toml}");
        assert_eq!(compiled.problems.len(), expected_problems, "{toml}");
    }
    check("x = 1\nlevel = 3", 1);
    check("level = 3\ncards = [\"nothing\"]", 1);
    check("level = 3\n\nthis is no setting\n", 1);
}

#[test]
fn the_hint_says_what_is_possible() {
    let hint = |toml: &str| {
        let compiled = folder(&[("quire.toml", toml), ("a.md", NOTE)]);
        compiled.problems[0].to_string()
    };
    assert!(hint("cards = [\"cloze\"]").contains("`headings`, `prefixes`, `inline`, `separators`"));
    assert!(hint("level = 9").contains("from 1 to 6"));
    assert!(hint("lvl = 9").contains("`level`, `cards`, `prompts` and `notes`"));
}

#[test]
fn settings_that_are_no_text_are_reported() {
    let mut all = Folder::of_notes([note("a.md", b"## A\nx")]);
    all.settings.push(SettingsFile {
        path: "quire.toml".to_owned(),
        bytes: b"level = 3\n\xff".to_vec(),
    });
    let compiled = deck::compile(&all, &Settings::default());
    assert_eq!(problems(&compiled), "2:1 error[not-utf8]");
    assert_eq!(compiled.decks[0].cards.len(), 1);
}

/// Pieces of settings that mean something, and any others.
fn settings_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "level", "cards", "prompts", "notes", "=", ": ", "\n", "\n  ", "[", "]", "{", "}", "\"",
        "'", ",", "3", "h3", "headings", "*", ".", "- ", "&a ", "*a", "<<", "#", "ü", "\t", "---",
    ]);
    let text = prop_oneof![9 => pieces.prop_map(str::to_owned), 1 => "\\PC{0,6}"];
    vec(text, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_settings_are_read_or_reported(text in settings_text()) {
        let frontmatter = format!("---\nquire:\n  {text}\n---\n{NOTE}");
        let compiled = folder(&[("a/quire.toml", &text), ("a/b.md", NOTE), ("a/c.md", &frontmatter)]);
        for problem in &compiled.problems {
            prop_assert!(problem.line > 0 && problem.column > 0);
        }
    }
}
