//! Compiles one note: from its bytes to a deck and problems.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::checks;
use super::frontmatter;
use super::identity::{CardIds, PartIds, fingerprint};
use super::markdown::{self, Block, inner};
use super::normalise::normalise;
use super::outline::{Outline, Section, outline};
use super::output::{Card, Deck, Part, PartKind};
use super::parts::{self, RawPart};
use super::problem::{Problem, Severity};
use super::render::{block_html, inline_html};
use super::source::{Findings, Source};
use super::text::{block_text, inline_text};
use super::{Note, Options};

/// The deck of a note, if it has cards, and the problems in order of their place.
pub(crate) fn compile_note(
    note: &Note,
    options: &Options,
    ids: &mut CardIds,
) -> (Option<Deck>, Vec<Problem>) {
    let source = match Source::read(&note.bytes) {
        Ok(source) => source,
        Err(error) => return (None, vec![not_utf8(&note.path, &error)]),
    };
    let mut findings = Findings::new(&note.path, &source);
    let front = frontmatter::read(&source.text, &mut findings);
    let pieces = markdown::parse(&source.text, front.body_start, &mut findings);
    checks::check(&source.text, &pieces, &mut findings);
    let outline = outline(&markdown::blocks(&pieces));
    let mut compiler = Compiler {
        note,
        options,
        source: &source,
        findings,
        tags: front.tags,
        ids,
        asked: BTreeMap::new(),
    };
    let deck = compiler.deck(&outline);
    let mut problems = compiler.findings.problems;
    problems.sort_by_key(|problem| (problem.line, problem.column));
    (deck, problems)
}

fn not_utf8(path: &str, error: &super::source::NotUtf8) -> Problem {
    Problem {
        severity: Severity::Error,
        code: "not-utf8",
        path: path.to_owned(),
        line: error.place.line,
        column: error.place.column,
        message: "the note is not UTF-8 text, so none of it is read".to_owned(),
        hint: error.hint.to_owned(),
    }
}

struct Compiler<'c> {
    note: &'c Note,
    options: &'c Options,
    source: &'c Source,
    findings: Findings<'c>,
    tags: Vec<String>,
    ids: &'c mut CardIds,
    /// The normalised questions so far, each with its line.
    asked: BTreeMap<String, u32>,
}

impl Compiler<'_> {
    fn deck(&mut self, outline: &Outline) -> Option<Deck> {
        let cards = outline.cards.iter();
        let cards: Vec<Card> = cards.filter_map(|section| self.card(section)).collect();
        if cards.is_empty() {
            let hint = "write each question as `## Question`, with the answer below it";
            self.findings
                .warning("no-cards", 0, "the note has no cards", hint);
            return None;
        }
        let (title, title_html) = self.title(outline.title);
        Some(Deck {
            path: self.note.path.clone(),
            title,
            tags: self.tags.clone(),
            cards,
            title_html,
            intro_html: block_html(&outline.intro.concat()),
        })
    }

    /// The text of the first `# Title`, or the name of the file.
    fn title(&self, heading: Option<Block>) -> (String, String) {
        let heading = heading.map(inner).unwrap_or_default();
        let text = inline_text(heading);
        if !text.is_empty() {
            return (text, inline_html(heading));
        }
        let name = self.note.path.rsplit('/').next().unwrap_or_default();
        let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let mut html = String::new();
        super::html::escape(&mut html, name);
        (name.to_owned(), html)
    }

    fn card(&mut self, section: &Section) -> Option<Card> {
        let offset = section.heading[0].range.start;
        let heading = inner(section.heading);
        let question = inline_text(heading);
        let raw_parts = parts::split(&section.answer, &self.options.prompts);
        if question.is_empty() {
            self.empty_question(offset, !raw_parts.is_empty());
            return None;
        }
        if !raw_parts.iter().any(|part| part.kind == PartKind::Part) {
            self.empty_answer(offset, !raw_parts.is_empty());
            return None;
        }
        let id = self.ids.give(&self.note.path, &question);
        let line = self.source.line(offset);
        self.report_same_question(&question, line, offset);
        let parts = self.parts(&raw_parts);
        let answer = parts.iter().filter(|part| part.kind == PartKind::Part);
        let answer: Vec<&str> = answer.map(|part| part.text.as_str()).collect();
        Some(Card {
            id,
            line,
            tags: self.tags.clone(),
            section: Vec::new(),
            question_html: inline_html(heading),
            fingerprint: fingerprint(&answer.join("\n")),
            question,
            parts,
        })
    }

    fn parts(&self, raw_parts: &[RawPart]) -> Vec<Part> {
        let mut ids = PartIds::default();
        let part = |raw: &RawPart| {
            let label = inline_text(&raw.label);
            let text = block_text(&raw.pieces);
            Part {
                id: ids.give(&label, &text),
                label_html: inline_html(&raw.label),
                line: self.source.line(raw.offset),
                kind: raw.kind,
                html: block_html(&raw.pieces),
                label,
                text,
            }
        };
        raw_parts.iter().map(part).collect()
    }

    fn empty_question(&mut self, offset: usize, has_answer: bool) {
        let hint = "write the question behind the `##`";
        if has_answer {
            let message = "a `##` without a question makes no card, so its answer is lost";
            self.findings.error("empty-question", offset, message, hint);
        } else {
            let message = "a `##` without a question makes no card";
            self.findings
                .warning("empty-question", offset, message, hint);
        }
    }

    fn empty_answer(&mut self, offset: usize, has_prompt: bool) {
        let message = if has_prompt {
            "the question has a prompt but no answer, so it makes no card"
        } else {
            "the question has no answer, so it makes no card"
        };
        let hint = "write the answer below the question, above the next `##`";
        self.findings.warning("empty-answer", offset, message, hint);
    }

    fn report_same_question(&mut self, question: &str, line: u32, offset: usize) {
        match self.asked.entry(normalise(question)) {
            Entry::Vacant(entry) => {
                entry.insert(line);
            }
            Entry::Occupied(first) => {
                let message = format!("the same question stands in line {} already", first.get());
                let hint = "tell the two questions apart, or make one card of them";
                self.findings
                    .warning("duplicate-question", offset, &message, hint);
            }
        }
    }
}
