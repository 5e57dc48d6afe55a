//! Renders a problem: what is wrong, the line with a mark below it, and what to do.

use std::path::Path;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use deck::compile::Other;
use deck::{Problem, Severity};

/// Whether escape sequences for colours are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Coloured,
}

/// Wider than any line that a problem holds: they are cut where it was found.
const WIDTH: usize = 1000;

/// The problem as text without a line end.
pub(super) fn render(problem: &Problem, folder: &Path, style: Style) -> String {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = level
        .primary_title(harmless(&problem.message))
        .id(problem.code)
        .element(origin(folder, &problem.path, problem.line, problem.column));
    if problem.length > 0 {
        let line = Line::of(problem);
        group = group.element(line.snippet(AnnotationKind::Primary, String::new()));
    }
    if let Some(other) = &problem.also {
        group = group
            .element(origin(folder, &other.path, other.line, other.column))
            .element(
                Line::of_other(other).snippet(AnnotationKind::Context, harmless(&other.label)),
            );
    }
    let group = group.element(Level::HELP.message(harmless(&problem.hint)));
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let text = renderer.term_width(WIDTH).render(&[group]);
    // Below a place the renderer begins each snippet with a line for a path, which is empty here.
    let lines = text.lines().filter(|line| uncoloured(line).trim() != ":::");
    lines.collect::<Vec<_>>().join("\n")
}

/// A line without the sequences that colour it.
fn uncoloured(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.filter_map(|part| part.split_once('m'));
    first + &rest.map(|(_, text)| text).collect::<String>()
}

fn origin(folder: &Path, path: &str, line: u32, column: u32) -> Origin<'static> {
    let path = folder.join(path).display().to_string();
    Origin::path(harmless(&path))
        .line(line as usize)
        .char_column(column as usize)
}

/// A line with what is meant in it.
struct Line<'p> {
    number: u32,
    column: u32,
    length: u32,
    text: &'p str,
    text_start: u32,
    goes_on: bool,
}

impl<'p> Line<'p> {
    fn of(problem: &'p Problem) -> Line<'p> {
        Line {
            number: problem.line,
            column: problem.column,
            length: problem.length,
            text: &problem.text,
            text_start: problem.text_start,
            goes_on: problem.text_goes_on,
        }
    }

    fn of_other(other: &'p Other) -> Line<'p> {
        Line {
            number: other.line,
            column: other.column,
            length: other.length,
            text: &other.text,
            text_start: other.text_start,
            goes_on: other.text_goes_on,
        }
    }

    fn snippet(
        &self,
        kind: AnnotationKind,
        label: String,
    ) -> Snippet<'static, annotate_snippets::Annotation<'static>> {
        let is_cut = self.text_start > 0;
        let mut text = String::from(if is_cut { "…" } else { "" }) + &harmless(self.text);
        let skipped =
            self.column.saturating_sub(self.text_start + 1) as usize + usize::from(is_cut);
        let byte = |text: &str, chars| {
            let at = text.char_indices().nth(chars);
            at.map_or(text.len(), |(at, _)| at)
        };
        if byte(&text, skipped) == text.len() {
            // The place is behind the last character: there must be something to point at.
            text.push(' ');
        }
        let start = byte(&text, skipped);
        let end = byte(&text, skipped + self.length as usize).max(start + 1);
        if self.goes_on {
            text.push('…');
        }
        let annotation = kind.span(start..end);
        let annotation = match label.is_empty() {
            true => annotation,
            false => annotation.label(label),
        };
        Snippet::source(text)
            .line_start(self.number as usize)
            .annotation(annotation)
    }
}

/// A text of a note without what a terminal would obey: each control character, and each mark of
/// direction, becomes one that is seen.
fn harmless(text: &str) -> String {
    let seen = |c: char| match c {
        '\t' => '\t',
        '\n' => ' ',
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    text.chars().map(seen).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use deck::{Folder, Note, Settings};

    /// The snippets of a note, without colours.
    fn rendered(text: &str) -> String {
        let note = Note {
            path: "a.md".to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        let compiled = deck::compile(&Folder::of_notes([note]), &Settings::default());
        let problems = compiled.problems.iter();
        let shown: Vec<String> = problems
            .map(|problem| render(problem, Path::new("notes"), Style::Plain))
            .collect();
        shown.join("\n\n")
    }

    /// Checks the line of the note and the line of marks below it.
    #[track_caller]
    fn check(text: &str, line: &str, marks: &str) {
        let rendered = rendered(text);
        let lines: Vec<&str> = rendered.lines().collect();
        assert_eq!(
            [lines[3], lines[4].trim_end()],
            [line, marks],
            "\n{rendered}"
        );
    }

    #[test]
    fn a_problem_is_shown_with_its_line_a_second_place_and_what_to_do() {
        assert_eq!(
            rendered("## A\n```py\nx\n\n## B\ny"),
            "\
error[unclosed-fence]: this fence is not closed: it is taken to end above line 5, where the note goes on
 --> notes/a.md:2:1
  |
2 | ```py
  | ^^^^^
 ::: notes/a.md:5:1
  |
5 | ## B
  | ---- the note goes on here
  |
  = help: end the code with a line of its own: ```"
        );
    }

    #[test]
    fn the_marks_stand_below_what_is_meant() {
        check("## A\nA Vec<T> here", "2 | A Vec<T> here", "  |      ^^^");
        check(
            "## A\r\nA Vec<T> here\r\n",
            "2 | A Vec<T> here",
            "  |      ^^^",
        );
        check("## A\n-\tVec<T> x", "2 | -    Vec<T> x", "  |         ^^^");
        check("## A\n面试 Vec<T>", "2 | 面试 Vec<T>", "  |         ^^^");
        check("## A\n🦀 Vec<T>", "2 | 🦀 Vec<T>", "  |       ^^^");
        check(
            "## A\ne\u{301}e\u{301} Vec<T>",
            "2 | e\u{301}e\u{301} Vec<T>",
            "  |       ^^^",
        );
        check("## 面试", "1 | ## 面试", "  | ^^^^^^^");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("## A\n{}Vec<T>{}", "ab ".repeat(50), " cd".repeat(50));
        let before = "ab ".repeat(19);
        let after = " cd".repeat(32);
        let line = format!("2 | …{before}Vec<T>{after} …");
        check(&text, &line, &format!("  | {}^^^", " ".repeat(61)));
        assert!(rendered(&text).contains("notes/a.md:2:154\n"));
    }

    #[test]
    fn the_end_of_a_file_and_a_file_without_a_line_can_be_shown() {
        assert!(rendered("").contains(" --> notes/a.md:1:1\n"));
        assert!(rendered("## A\n```").contains("2 | ```\n  | ^^^"));
    }

    #[test]
    fn a_note_cannot_speak_to_the_terminal() {
        let shown = rendered(
            "## A\nx\n\n## \u{1b}[31m \u{9b}2J \u{202e} B\n\u{1b}]0;t\u{7} Vec<\u{1b}[2J>",
        );
        assert!(
            !shown.contains(|c: char| c.is_control() && c != '\n'),
            "{shown:?}"
        );
        assert!(!shown.contains('\u{202e}'));
    }

    #[test]
    fn colours_are_written_only_if_asked_for() {
        let problem = Problem {
            text: "x".to_owned(),
            length: 1,
            line: 1,
            column: 1,
            ..Problem::default()
        };
        assert!(render(&problem, Path::new(""), Style::Coloured).contains('\u{1b}'));
        assert!(!render(&problem, Path::new(""), Style::Plain).contains('\u{1b}'));
    }
}
