//! Compiles one note: from its bytes to a deck and problems.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde::{Deserialize, Serialize};

use super::Note;
use super::attributes;
use super::cells;
use super::checks;
use super::code;
use super::contents::without_contents;
use super::details;
use super::direction::direction;
use super::extensions::footnotes::{Footnotes, Numbers, without_references};
use super::frontmatter;
use super::habits;
use super::identity::{PartIds, fingerprint};
use super::level::{self, Found, marks};
use super::links::{BlockNames, NoteMap};
use super::lists;
use super::markdown::{self, Block, Piece, inner};
use super::normalise::normalise;
use super::outline::{Outline, outline};
use super::output::{Card, Deck, Part, PartKind};
use super::outside;
use super::parts::{self, RawPart};
use super::problem::{Problem, Severity};
use super::readers::{self, RawCard};
use super::recovery;
use super::render::{block_html, inline_html};
use super::settings::{Chosen, Convention, Settings};
use super::source::{Findings, Source};
use super::text::{block_text, inline_text};
use crate::CardId;

/// A note compiled by itself: its cards have no ids and its links lead nowhere yet, since both
/// depend on the other notes.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct CompiledNote {
    /// The deck, if the note has cards.
    pub(crate) deck: Option<Deck>,
    /// For each card of the deck the text that it is known by: mostly its question.
    pub(crate) identities: Vec<String>,
    /// The problems in order of their place.
    pub(crate) problems: Vec<Problem>,
    /// What links can lead to, and what the note links to.
    pub(crate) map: NoteMap,
}

/// Compiles a note by itself.
pub(crate) fn compile_note(note: &Note, mut chosen: Chosen) -> CompiledNote {
    let source = match Source::read(&note.bytes) {
        Ok(source) => source,
        Err(error) => {
            return CompiledNote {
                problems: vec![not_utf8(&note.path, &error)],
                ..CompiledNote::default()
            };
        }
    };
    let mut findings = Findings::new(&note.path, &source);
    let front = frontmatter::read(&source.text, &mut findings);
    chosen.apply(&front.choices, "frontmatter");
    let copy = recovery::Copy::default();
    let pieces = recovery::parse(&source.text, front.body_start, &copy, &mut findings);
    let mut pieces = lists::unfold(pieces);
    let ids = attributes::take(&mut pieces);
    let footnotes = Footnotes::take(&source.text, &mut pieces, &mut findings);
    let text = &source.text;
    let names = BlockNames::of(&pieces, text);
    let pieces = readers::mend_bold(pieces, text);
    let mut pieces = readers::prepare(pieces, text, &chosen.settings, &mut findings);
    let found = level::find(&without_contents(&markdown::blocks(&pieces)), &chosen);
    checks::check(&source.text, &pieces, found.level, &mut findings);
    habits::check(&source.text, &pieces, &mut findings);
    code::check(&pieces, &mut findings);
    cells::check(&source.text, &pieces, &mut findings);
    if found.in_summaries {
        pieces = details::as_headings(&pieces, found.level);
    }
    let outline = outline(&markdown::blocks(&pieces), &found, &mut findings);
    let mut compiler = Compiler {
        note,
        settings: chosen.settings,
        found,
        source: &source,
        findings,
        tags: front.tags,
        footnotes,
        identities: Vec::new(),
        body_start: front.body_start,
        asked: BTreeMap::new(),
        map: NoteMap::of_shown(
            &pieces,
            &without_contents(&markdown::blocks(&pieces)),
            names,
        ),
    };
    let deck = compiler.deck(&outline);
    let mut problems = compiler.findings.problems;
    // With prefixes a `---` below a line is what ends a card.
    if compiler.settings.cards.contains(&Convention::Prefixes) {
        problems.retain(|problem| problem.code != "setext-heading");
    }
    problems.sort_by_key(|problem| (problem.line, problem.column));
    let mut map = compiler.map;
    map.add_anchors(ids);
    map.finish();
    CompiledNote {
        deck,
        identities: compiler.identities,
        problems,
        map,
    }
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
        ..Problem::default()
    }
}

struct Compiler<'c, 't> {
    note: &'c Note,
    settings: Settings,
    found: Found,
    source: &'c Source,
    findings: Findings<'c>,
    tags: Vec<String>,
    footnotes: Footnotes<'t>,
    /// What each card so far is known by.
    identities: Vec<String>,
    /// Where the note begins behind its frontmatter.
    body_start: usize,
    /// The normalised questions so far, each with its line and place.
    asked: BTreeMap<String, (u32, usize)>,
    /// The places that links can lead to.
    map: NoteMap,
}

impl<'t> Compiler<'_, 't> {
    fn deck(&mut self, outline: &Outline<'_, 't>) -> Option<Deck> {
        let mut cards = Vec::new();
        let mut intro = Vec::new();
        let mut unused = Vec::new();
        for section in &outline.sections {
            let text = &self.source.text;
            let raw = readers::read(section, text, &self.settings, &mut self.findings);
            unused.push(raw.is_empty());
            intro.extend(readers::leftover(section, &raw, &self.settings).concat());
            cards.extend(raw.iter().filter_map(|raw| self.card(raw)));
        }
        if cards.is_empty() {
            self.no_cards(outline);
            return None;
        }
        if self.settings.cards.contains(&Convention::Headings) {
            outside::report(outline, &unused, &self.found, &mut self.findings);
        }
        let (title, title_html) = self.title(outline.title);
        Some(Deck {
            path: self.note.path.clone(),
            title,
            tags: self.tags.clone(),
            level: match self.found.in_summaries {
                true => "<summary>",
                false => marks(self.found.level),
            }
            .to_owned(),
            level_from: self.found.because.to_string(),
            cards,
            title_html,
            intro_html: self.intro_html(&intro),
        })
    }

    fn intro_html(&mut self, intro: &[Piece<'t>]) -> String {
        let numbers = &mut Numbers::default();
        let all = self.footnotes.below(intro, numbers, &mut self.findings);
        block_html(&all, &mut self.findings)
    }

    /// The text of the first `# Title`, or the name of the file.
    fn title(&mut self, heading: Option<Block>) -> (String, String) {
        let heading = heading.map(inner).unwrap_or_default();
        let text = inline_text(heading);
        if !text.is_empty() {
            return (text, inline_html(heading, &mut self.findings));
        }
        let name = self.note.path.rsplit('/').next().unwrap_or_default();
        let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let mut html = String::new();
        super::html::escape(&mut html, name);
        (name.to_owned(), html)
    }

    fn card(&mut self, raw: &RawCard<'t>) -> Option<Card> {
        let question = inline_text(&raw.question);
        let answer: Vec<Block> = raw.answer.iter().map(Vec::as_slice).collect();
        let split = parts::split(&answer, &self.settings.prompts, self.found.level);
        let raw_parts = if raw.parts.is_empty() {
            &split
        } else {
            &raw.parts
        };
        if question.is_empty() {
            self.empty_question(raw.offset, !raw_parts.is_empty());
            return None;
        }
        if !raw_parts.iter().any(|part| part.kind == PartKind::Part) {
            self.empty_answer(raw.offset, !raw_parts.is_empty());
            return None;
        }
        let identity = raw.identity.as_deref().unwrap_or(&question);
        let pieces = raw.answer.iter().flatten().chain(&raw.given);
        let number = self.identities.len();
        self.map
            .add_card(number, raw.offset, pieces.chain(&raw.question));
        self.identities.push(identity.to_owned());
        let line = self.source.line(raw.offset);
        self.report_same_question(identity, line, raw.offset);
        self.report_odd(raw, &question, raw_parts);
        let mut numbers = Numbers::default();
        let (asked, given) = self.given(raw, &mut numbers);
        let parts = self.parts(raw_parts, &mut numbers);
        let answer = parts.iter().filter(|part| part.kind == PartKind::Part);
        let answer: Vec<&str> = answer.map(|part| part.text.as_str()).collect();
        Some(Card {
            id: CardId::NONE,
            line,
            tags: self.tags_with(&raw.tags),
            section: raw.section.clone(),
            question_html: inline_html(&asked, &mut self.findings),
            given_html: block_html(&given, &mut self.findings),
            direction: direction(&raw.question, &raw.answer),
            fingerprint: fingerprint(&answer.join("\n")),
            question,
            parts,
        })
    }

    /// What is shown below the question. A footnote of the question itself has its text there too.
    fn given(
        &mut self,
        raw: &RawCard<'t>,
        numbers: &mut Numbers,
    ) -> (Vec<Piece<'t>>, Vec<Piece<'t>>) {
        let mut question = raw.question.clone();
        question.extend(raw.given.iter().cloned());
        let mut all = self.footnotes.below(&question, numbers, &mut self.findings);
        let given = all.split_off(raw.question.len());
        (all, given)
    }

    /// The tags of the note and these, each once.
    fn tags_with(&self, more: &[String]) -> Vec<String> {
        let mut tags = self.tags.clone();
        for tag in more {
            if !tags.contains(tag) {
                tags.push(tag.clone());
            }
        }
        tags
    }

    fn parts(&mut self, raw_parts: &[RawPart<'t>], numbers: &mut Numbers) -> Vec<Part> {
        let mut ids = PartIds::default();
        let findings = &mut self.findings;
        let mut part = |raw: &RawPart<'t>| {
            let label = inline_text(&raw.label);
            let text = block_text(&raw.pieces);
            let all = self.footnotes.below(&raw.pieces, numbers, findings);
            Part {
                id: ids.give(&label, &text),
                label_html: inline_html(&without_references(&raw.label), findings),
                line: self.source.line(raw.offset),
                kind: raw.kind,
                html: block_html(&all, findings),
                label,
                text,
            }
        };
        raw_parts.iter().map(&mut part).collect()
    }

    fn no_cards(&mut self, outline: &Outline) {
        let hint = match self.found.in_summaries {
            true => "write each question as the `<summary>` of a `<details>`".to_owned(),
            false => format!(
                "write each question as `{} Question`, with the answer below it",
                marks(self.found.level)
            ),
        };
        let message = if self.source.text.trim().is_empty() {
            "the note is empty"
        } else if self.source.text[self.body_start..].trim().is_empty() {
            "the note has nothing below its frontmatter"
        } else {
            "the note has no cards"
        };
        self.findings.warning("no-cards", 0, message, &hint);
        habits::bold_questions(outline, &hint, &mut self.findings);
    }

    /// A card that is made, but will not be read as it was meant.
    fn report_odd(&mut self, raw: &RawCard, question: &str, raw_parts: &[RawPart]) {
        habits::long_question(question, raw.offset, &mut self.findings);
        habits::invisible(question, raw.offset, &mut self.findings);
        let mut parts = raw_parts.iter().filter(|part| part.kind == PartKind::Part);
        if let (Some(part), None) = (parts.next(), parts.next()) {
            habits::nothing_to_reveal(part, &mut self.findings);
        }
    }

    fn empty_question(&mut self, offset: usize, has_answer: bool) {
        let marks = marks(self.found.level);
        let hint = format!("write the question behind the `{marks}`");
        let mut message = format!("a `{marks}` without a question makes no card");
        if has_answer {
            message += ", so its answer is lost";
            self.findings
                .error("empty-question", offset, &message, &hint);
        } else {
            self.findings
                .warning("empty-question", offset, &message, &hint);
        }
    }

    fn empty_answer(&mut self, offset: usize, has_prompt: bool) {
        let message = if has_prompt {
            "the question has a prompt but no answer, so it makes no card"
        } else {
            "the question has no answer, so it makes no card"
        };
        let marks = marks(self.found.level);
        let hint = format!("write the answer below the question, above the next `{marks}`");
        self.findings
            .warning("empty-answer", offset, message, &hint);
    }

    fn report_same_question(&mut self, question: &str, line: u32, offset: usize) {
        match self.asked.entry(normalise(question)) {
            Entry::Vacant(entry) => {
                entry.insert((line, offset));
            }
            Entry::Occupied(first) => {
                let (first_line, first_offset) = *first.get();
                let message = format!("the same question stands in line {first_line} already");
                let hint = "tell the two questions apart, or make one card of them: their order \
                            decides which has which progress";
                self.findings
                    .warning("duplicate-question", offset, &message, hint);
                self.findings.also(first_offset, "it stands here first");
            }
        }
    }
}
