//! Footnotes: the text of a note stands at the end of each part that refers to it.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, Tag};

use super::super::markdown::{Piece, element_len};
use super::super::readers::{InlineNote, inline_notes};
use super::super::source::Findings;

/// The footnotes of a note, by their names.
pub(crate) struct Footnotes<'t> {
    definitions: BTreeMap<String, Definition<'t>>,
    /// How many more pieces may be repeated. It keeps a note with a long footnote and many
    /// references to it from becoming many times as long.
    budget: usize,
}

/// The text of a footnote, and where it is defined.
#[derive(Default)]
struct Definition<'t> {
    offset: usize,
    pieces: Vec<Piece<'t>>,
}

/// A reference to a footnote: its key, and where it stands.
struct Use {
    name: String,
    offset: usize,
}

/// The numbers that the footnotes of one card have so far.
#[derive(Default)]
pub(crate) struct Numbers {
    numbers: BTreeMap<String, usize>,
}

impl<'t> Footnotes<'t> {
    /// Takes the definitions out of the pieces of a note, and reports what does not fit together.
    pub(crate) fn take(
        text: &str,
        pieces: &mut Vec<Piece<'t>>,
        findings: &mut Findings,
    ) -> Footnotes<'t> {
        let mut footnotes = Footnotes {
            definitions: BTreeMap::new(),
            budget: 4 * pieces.len() + 10_000,
        };
        let is_definition =
            |piece: &Piece| matches!(piece.event, Event::Start(Tag::FootnoteDefinition(_)));
        if pieces.iter().any(is_definition) {
            let all = std::mem::take(pieces);
            footnotes.take_from(&all, pieces, findings);
        }
        let all = std::mem::take(pieces);
        let (kept, notes) = inline_notes(all, text);
        *pieces = kept;
        footnotes
            .definitions
            .extend(notes.into_iter().map(of_inline));
        footnotes.report_unused(pieces, findings);
        report_missing(text, pieces, findings);
        footnotes
    }

    fn report_unused(&self, pieces: &[Piece], findings: &mut Findings) {
        let used: BTreeSet<String> = pieces
            .iter()
            .chain(
                self.definitions
                    .values()
                    .flat_map(|definition| &definition.pieces),
            )
            .filter_map(|piece| match &piece.event {
                Event::FootnoteReference(name) => Some(key(name)),
                _ => None,
            })
            .collect();
        for (name, definition) in &self.definitions {
            if !used.contains(name) {
                let message = format!("nothing refers to the footnote `[^{name}]`");
                let hint = "it is not shown: refer to it in an answer, or remove it";
                findings.warning("unused-footnote", definition.offset, &message, hint);
            }
        }
    }

    fn take_from(
        &mut self,
        mut rest: &[Piece<'t>],
        kept: &mut Vec<Piece<'t>>,
        findings: &mut Findings,
    ) {
        while let Some((piece, after)) = rest.split_first() {
            let Event::Start(Tag::FootnoteDefinition(name)) = &piece.event else {
                kept.push(piece.clone());
                rest = after;
                continue;
            };
            let (definition, after) = rest.split_at(element_len(rest));
            rest = after;
            if self.definitions.contains_key(&key(name)) {
                let message = format!("the footnote `[^{name}]` is written twice");
                let hint = "only the first is shown: give the second another name";
                findings.error("duplicate-footnote", piece.range.start, &message, hint);
            } else {
                let mut inside = Vec::new();
                let content = &definition[1..definition.len() - 1];
                self.definitions.insert(key(name), Definition::default());
                self.take_from(content, &mut inside, findings);
                if inside.is_empty() {
                    let message = format!("the footnote `[^{name}]` is empty");
                    let hint = "write its text behind the colon";
                    findings.warning("empty-footnote", piece.range.start, &message, hint);
                }
                let offset = piece.range.start;
                let pieces = inside;
                self.definitions
                    .insert(key(name), Definition { offset, pieces });
            }
        }
    }

    /// The pieces of a part with the numbers of its footnotes, and their texts at its end.
    pub(crate) fn below(
        &mut self,
        pieces: &[Piece<'t>],
        numbers: &mut Numbers,
        findings: &mut Findings,
    ) -> Vec<Piece<'t>> {
        let mut out = pieces.to_vec();
        let mut uses = numbers.give(&mut out);
        let mut shown = BTreeSet::new();
        while let Some(Use { name, offset }) = uses.pop() {
            let Some(Definition {
                pieces: definition, ..
            }) = self.definitions.get(&name)
            else {
                continue;
            };
            if !shown.insert(name.clone()) {
                continue;
            }
            if definition.len() > self.budget {
                report_repeated(&name, offset, findings);
                continue;
            }
            self.budget -= definition.len();
            let mut inside = definition.clone();
            let more = numbers.give(&mut inside);
            uses.splice(
                0..0,
                more.into_iter().filter(|it| !shown.contains(&it.name)),
            );
            let number = numbers.numbers.get(&name).copied().unwrap_or_default();
            append(&mut out, number, inside);
        }
        out
    }
}

fn of_inline(note: InlineNote<'_>) -> (String, Definition<'_>) {
    let InlineNote {
        name,
        offset,
        pieces,
    } = note;
    (key(&name), Definition { offset, pieces })
}

impl Numbers {
    /// Writes numbers in place of the names, and returns the uses of these, the last first.
    fn give(&mut self, pieces: &mut [Piece]) -> Vec<Use> {
        let mut uses = Vec::new();
        for piece in pieces {
            if let Event::FootnoteReference(name) = &mut piece.event {
                let next = self.numbers.len() + 1;
                let number = *self.numbers.entry(key(name)).or_insert(next);
                uses.push(Use {
                    name: key(name),
                    offset: piece.range.start,
                });
                *name = number.to_string().into();
            }
        }
        uses.reverse();
        uses
    }
}

fn append<'t>(out: &mut Vec<Piece<'t>>, number: usize, inside: Vec<Piece<'t>>) {
    let tag = Tag::FootnoteDefinition(number.to_string().into());
    let end = tag.to_end();
    let range = inside.first().map_or(0..0, |piece| piece.range.clone());
    out.push(Piece {
        event: Event::Start(tag),
        range: range.clone(),
    });
    out.extend(inside);
    out.push(Piece {
        event: Event::End(end),
        range,
    });
}

/// The pieces of a label, which is shown without the numbers of its footnotes.
pub(crate) fn without_references<'t>(label: &[Piece<'t>]) -> Vec<Piece<'t>> {
    let is_reference = |piece: &&Piece| matches!(piece.event, Event::FootnoteReference(_));
    label
        .iter()
        .filter(|piece| !is_reference(piece))
        .cloned()
        .collect()
}

/// Names are the same whatever their case.
fn key(name: &str) -> String {
    name.to_lowercase()
}

fn report_repeated(name: &str, offset: usize, findings: &mut Findings) {
    let shown = match name.starts_with('[') {
        true => "^[…]".to_owned(),
        false => format!("[^{name}]"),
    };
    let message = format!("the text of the footnote `{shown}` is not shown here once more");
    let hint =
        "a long text that many places refer to is better a card of its own, with links to it";
    findings.warning("repeated-footnote", offset, &message, hint);
}

/// A reference to a footnote that is not there is text to the parser. `[^a-z]` may be a pattern.
fn report_missing(text: &str, pieces: &[Piece], findings: &mut Findings) {
    let mut code = 0_usize;
    for pair in pieces.windows(2) {
        match pair[0].event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => code += 1,
            Event::End(pulldown_cmark::TagEnd::CodeBlock | pulldown_cmark::TagEnd::HtmlBlock) => {
                code = code.saturating_sub(1);
            }
            _ => {}
        }
        let [open, after] = pair else { continue };
        if code > 0 || !matches!(&open.event, Event::Text(text) if &**text == "[") {
            continue;
        }
        let offset = open.range.start;
        if !matches!(&after.event, Event::Text(text) if text.starts_with('^')) {
            continue;
        }
        if let Some(name) = missing_name(text.get(offset..).unwrap_or_default()) {
            let message = format!("there is no footnote `[^{name}]` in this note");
            let hint = format!("write its text in a line of its own: `[^{name}]: …`");
            findings.warning("missing-footnote", offset, &message, &hint);
        }
    }
}

fn missing_name(source: &str) -> Option<&str> {
    let name_end = source.chars().take(60).position(|c| c == ']')?;
    let end = source.char_indices().nth(name_end)?.0;
    let name = source.get(2..end)?;
    let after = source[end + 1..].chars().next();
    let is_name = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let is_range = name.len() == 3 && name.as_bytes()[1] == b'-';
    let is_pattern = is_range || matches!(after, Some('*' | '+' | '?' | '{' | ']' | '\\'));
    (!name.is_empty() && name.chars().all(is_name) && !is_pattern).then_some(name)
}
