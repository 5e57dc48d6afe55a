//! `Tables`: each row of a table is a card.
//!
//! The first column is the question, the others are the answer. With more than two columns each
//! further one is a part, labelled with the head of its column.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::runs::{paragraph, source};
use super::{RawCard, Reader};
use crate::compile::markdown::{Block, Piece, blocks, inner};
use crate::compile::outline::Section;
use crate::compile::output::PartKind;
use crate::compile::parts::RawPart;
use crate::compile::source::Findings;
use crate::compile::text::inline_text;

pub(super) struct Tables;

/// A head that is longer than this is no label: it would be repeated in every row.
const MAX_LABEL_LEN: usize = 200;

impl Reader for Tables {
    fn read<'t>(
        &self,
        section: &Section<'_, 't>,
        _text: &str,
        findings: &mut Findings,
    ) -> Vec<RawCard<'t>> {
        let is_table = |block: &&Block| {
            let first = block.first().map(|piece| &piece.event);
            matches!(first, Some(Event::Start(Tag::Table(_))))
        };
        let tables = section.blocks.iter().filter(is_table);
        tables.flat_map(|table| cards(table, findings)).collect()
    }
}

fn cards<'t>(table: Block<'_, 't>, findings: &mut Findings) -> Vec<RawCard<'t>> {
    let mut rows = blocks(inner(table)).into_iter();
    let labels = rows.next().map(|head| blocks(inner(head)));
    let labels = labels.unwrap_or_default();
    let table_start = source(table).start;
    if labels.len() < 2 {
        let message = "a table of one column has no answers, so it makes no card";
        let hint = "write the answers in a second column";
        findings.warning("half-card", table_start, message, hint);
        return Vec::new();
    }
    let mut found: Vec<RawCard> = Vec::new();
    for row in rows {
        found.extend(card(row, &labels, findings));
    }
    // The head belongs to the cards.
    if let Some(first) = found.first_mut() {
        first.covers.start = table_start;
    }
    found
}

fn card<'t>(
    row: Block<'_, 't>,
    labels: &[Block<'_, 't>],
    findings: &mut Findings,
) -> Option<RawCard<'t>> {
    let covers = source(row);
    let cells = blocks(inner(row));
    let (question, answers) = cells.split_first()?;
    let labels = labels.get(1..).unwrap_or_default();
    let is_single = labels.len() == 1;
    let mut parts = Vec::new();
    for (cell, label) in answers.iter().zip(labels) {
        if !inline_text(cell).is_empty() || shows_image(cell) {
            let label = if is_single { &[][..] } else { inner(label) };
            parts.push(part(inner(cell), label));
        }
    }
    let is_asked = !inline_text(question).is_empty();
    if !is_asked || parts.is_empty() {
        if is_asked || !parts.is_empty() {
            let lacks = if is_asked { "answer" } else { "question" };
            let message = format!("this row has no {lacks}, so it makes no card");
            let hint = "write the question in the first cell and the answer in those behind it";
            findings.warning("half-card", covers.start, &message, hint);
        }
        return None;
    }
    Some(RawCard {
        offset: covers.start,
        question: inner(question).to_vec(),
        parts,
        covers,
        ..RawCard::default()
    })
}

fn part<'t>(cell: &[Piece<'t>], label: &[Piece<'t>]) -> RawPart<'t> {
    let range = source(cell);
    let label = if source(label).len() > MAX_LABEL_LEN || inline_text(label).is_empty() {
        Vec::new()
    } else {
        label.to_vec()
    };
    let piece = |event| Piece {
        event,
        range: range.clone(),
    };
    let mut content = Vec::new();
    if !label.is_empty() {
        content.push(piece(Event::Start(Tag::Strong)));
        content.extend(label.iter().cloned());
        content.push(piece(Event::End(TagEnd::Strong)));
        content.push(piece(Event::Text(": ".into())));
    }
    content.extend_from_slice(cell);
    RawPart {
        kind: PartKind::Part,
        label,
        pieces: paragraph(content),
        offset: range.start,
    }
}

fn shows_image(cell: Block) -> bool {
    let is_image = |piece: &Piece| matches!(piece.event, Event::Start(Tag::Image { .. }));
    cell.iter().any(is_image)
}
