//! `Clozes`: a text with gaps, one card for each gap.
//!
//! The question is the text with one gap, the answer the whole text with what fills it marked. The
//! marks themselves are found by `marks`.
//!
//! **Identity.** A cloze card is known by the text without its marks and by which cloze it is: its
//! number, or else its own words (and its count among equal ones). So a sibling may come or go.

mod tags;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use super::runs::{self, RunKind, paragraph, runs};
use super::{RawCard, Reader};
use crate::compile::markdown::{Piece, element_len, inner};
use crate::compile::outline::Section;
use crate::compile::output::PartKind;
use crate::compile::parts::RawPart;
use crate::compile::source::Findings;
use crate::compile::text::inline_text;
use tags::{has_marks, is_mark, kind_of, number, pairs};

/// The marks that a cloze can have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// `==text==`.
    Highlight,
    /// `{{c1::text}}` and its relatives.
    Braces,
    /// `[text]`.
    Brackets,
}

pub(super) struct Clozes(pub(super) Kind);

impl Reader for Clozes {
    fn read<'t>(
        &self,
        section: &Section<'_, 't>,
        text: &str,
        findings: &mut Findings,
    ) -> Vec<RawCard<'t>> {
        let mut found = Vec::new();
        for block in &section.blocks {
            for run in runs(block) {
                if run.kind == RunKind::Prose && has_marks(run.pieces, text) {
                    let pieces = paragraph(run.pieces.to_vec());
                    found.extend(cards(&pieces, self.0, text, findings));
                }
            }
        }
        found
    }
}

/// More siblings than these from one place are a mistake, and would take too much room.
const MAX_CLOZES: usize = 200;
/// How many bytes of the note the siblings of one place may repeat.
const MAX_REPEATED: usize = 1 << 20;

/// The cards of some blocks, of which the first is a paragraph. The other blocks are given with
/// the question.
pub(super) fn cards<'t>(
    pieces: &[Piece<'t>],
    kind: Kind,
    text: &str,
    findings: &mut Findings,
) -> Vec<RawCard<'t>> {
    let clozes = Text::new(pieces, kind, text);
    let covers = runs::source(pieces);
    let count = clozes.groups.len();
    if count > MAX_CLOZES || count > 1 && count.saturating_mul(covers.len()) > MAX_REPEATED {
        let message =
            format!("{count} clozes in one text of this length are too many: no card is made");
        let hint = "divide the text into paragraphs";
        findings.error("too-many-clozes", covers.start, &message, hint);
        return Vec::new();
    }
    let groups = 0..count;
    groups
        .map(|group| clozes.card(group, covers.clone()))
        .collect()
}

/// The names of clozes so far.
#[derive(Default)]
struct Names {
    /// The group of each number.
    numbers: BTreeMap<String, usize>,
    /// How often each text was a cloze.
    words: BTreeMap<String, u32>,
}

impl Names {
    /// The words of a cloze, counted where they come again.
    fn of_words(&mut self, words: String) -> String {
        let count = self.words.entry(words.clone()).or_default();
        *count += 1;
        match *count {
            1 => words,
            count => format!("{words}, {count}"),
        }
    }
}

/// A text and its clozes.
struct Text<'p, 't> {
    pieces: &'p [Piece<'t>],
    /// For each piece whether it is the tag of a cloze.
    tags: Vec<Option<Tag>>,
    groups: Vec<Group>,
    plain: String,
}

/// The tag of a cloze; `group` is one that this reader asks for.
#[derive(Clone, Copy)]
struct Tag {
    is_open: bool,
    group: Option<usize>,
}

/// Clozes that are asked for together.
struct Group {
    /// The hint of each cloze that has one, by the place of the piece that opens it.
    hints: BTreeMap<usize, String>,
    name: String,
}

impl<'p, 't> Text<'p, 't> {
    fn new(pieces: &'p [Piece<'t>], kind: Kind, text: &str) -> Text<'p, 't> {
        let mut clozes = Text {
            pieces,
            tags: vec![None; pieces.len()],
            groups: Vec::new(),
            plain: inline_text(pieces),
        };
        let mut names = Names::default();
        for (open, close) in pairs(pieces, text) {
            let at = |index: usize| text.get(pieces[index].range.clone()).unwrap_or_default();
            let (mark, end) = (at(open), at(close));
            let is_asked = kind_of(mark) == Some(kind);
            let content = &pieces[open..close];
            let group = is_asked.then(|| clozes.group(mark, content, &mut names));
            if let (Some(group), Some(hint)) = (group, end.strip_prefix("::")) {
                let hint = hint.trim_end_matches('}').trim().to_owned();
                clozes.groups[group].hints.insert(open, hint);
            }
            let tag = |is_open| Some(Tag { is_open, group });
            clozes.tags[open] = tag(true);
            clozes.tags[close] = tag(false);
        }
        clozes
    }

    /// The group of a cloze: a new one, unless it has a number that was there before.
    fn group(&mut self, mark: &str, content: &[Piece], names: &mut Names) -> usize {
        let next = self.groups.len();
        let number = number(mark);
        if let Some(number) = &number {
            let index = *names.numbers.entry(number.clone()).or_insert(next);
            if index < next {
                return index;
            }
        }
        let name = number.unwrap_or_else(|| names.of_words(inline_text(content)));
        let hints = BTreeMap::new();
        self.groups.push(Group { hints, name });
        next
    }

    fn card(&self, group: usize, covers: Range<usize>) -> RawCard<'t> {
        let asked = self.asked(group);
        let (question, given) = asked.split_at(element_len(&asked));
        let part = RawPart {
            kind: PartKind::Part,
            label: Vec::new(),
            pieces: self.answered(group),
            offset: covers.start,
        };
        RawCard {
            offset: covers.start,
            question: inner(question).to_vec(),
            given: given.to_vec(),
            parts: vec![part],
            identity: Some(format!(
                "{} [cloze {}]",
                self.plain, self.groups[group].name
            )),
            covers,
            ..RawCard::default()
        }
    }

    /// The text with a gap for each cloze of a group.
    fn asked(&self, group: usize) -> Vec<Piece<'t>> {
        let mut out = Vec::with_capacity(self.pieces.len());
        let mut depth = 0_usize;
        // Elements that begin in the gap: those that end there too go with it.
        let mut opened: Vec<&Piece> = Vec::new();
        for (at, (piece, tag)) in self.pieces.iter().zip(&self.tags).enumerate() {
            match tag {
                Some(tag) if tag.group == Some(group) && tag.is_open => {
                    if depth == 0 {
                        let hint = self.groups[group].hints.get(&at);
                        out.extend(gap(hint.map(String::as_str), &piece.range));
                    }
                    depth += 1;
                }
                Some(tag) if tag.group == Some(group) => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        out.extend(opened.drain(..).cloned());
                    }
                }
                Some(_) => {}
                None if depth == 0 => out.push(piece.clone()),
                None => match piece.event {
                    Event::Start(_) => opened.push(piece),
                    Event::End(_) if opened.pop().is_none() => out.push(piece.clone()),
                    _ => {}
                },
            }
        }
        out
    }

    /// The whole text with the clozes of a group marked.
    fn answered(&self, group: usize) -> Vec<Piece<'t>> {
        let mut out = Vec::with_capacity(self.pieces.len());
        for (piece, tag) in self.pieces.iter().zip(&self.tags) {
            match tag {
                None => out.push(piece.clone()),
                Some(tag) if tag.group == Some(group) => {
                    let html = if tag.is_open {
                        "<mark class=\"cloze\">"
                    } else {
                        "</mark>"
                    };
                    out.push(html_piece(html, &piece.range));
                }
                Some(_) => {}
            }
        }
        out
    }
}

/// What stands in place of a cloze.
fn gap<'t>(hint: Option<&str>, range: &Range<usize>) -> [Piece<'t>; 3] {
    let shown = match hint {
        None | Some("") => "[…]".to_owned(),
        Some(hint) => format!("[{hint}]"),
    };
    [
        html_piece("<span class=\"cloze\">", range),
        Piece {
            event: Event::Text(shown.into()),
            range: range.clone(),
        },
        html_piece("</span>", range),
    ]
}

/// Whether there is a cloze with this mark.
pub(super) fn has_kind(pieces: &[Piece], kind: Kind, text: &str) -> bool {
    pieces.iter().any(|piece| {
        let mark = text.get(piece.range.clone()).unwrap_or_default();
        is_mark(piece, text) == Some(true) && kind_of(mark) == Some(kind)
    })
}

fn html_piece<'t>(html: &'static str, range: &Range<usize>) -> Piece<'t> {
    Piece {
        event: Event::InlineHtml(CowStr::Borrowed(html)),
        range: range.clone(),
    }
}
