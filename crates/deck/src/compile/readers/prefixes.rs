//! `Prefixes`: `Q:` and `A:` at the beginning of a line, and `C:` with `[clozes]`, as in hashcards.
//! They may be bold, and their colon full-width.
//!
//! Each goes on to the next prefix, a `---` or the end of the section. A prefix directly below a
//! list or a quotation counts as well, though Markdown reads on there. The first paragraph of a
//! question is the question, what follows is given with it.

use pulldown_cmark::{Event, Tag};

use super::clozes::{self, Kind};
use super::flat::Flat;
use super::marks::brackets;
use super::runs::{between, close, is_paragraph, paragraph, question_of, runs, source};
use super::{RawCard, Reader};
use crate::compile::markdown::{Block, Piece};
use crate::compile::outline::{Section, is_visible};
use crate::compile::source::Findings;

pub(super) struct Prefixes;

impl Reader for Prefixes {
    fn read<'t>(
        &self,
        section: &Section<'_, 't>,
        text: &str,
        findings: &mut Findings,
    ) -> Vec<RawCard<'t>> {
        let mut found = Vec::new();
        let mut asked: Option<Entry> = None;
        for entry in entries(section, text, findings) {
            match entry.prefix {
                Prefix::Question => {
                    report(asked.replace(entry), findings);
                    continue;
                }
                Prefix::Answer => match asked.take() {
                    Some(question) => found.extend(card(question, entry, findings)),
                    None => report(Some(entry), findings),
                },
                Prefix::Cloze => {
                    report(asked.take(), findings);
                    found.extend(cloze_cards(&entry, text, findings));
                }
                Prefix::Rule => report(asked.take(), findings),
            }
        }
        report(asked, findings);
        found
    }
}

/// What begins an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Prefix {
    Question,
    Answer,
    Cloze,
    /// A `---`, which ends the entry before it.
    Rule,
}

/// A prefix and all blocks up to the next one.
struct Entry<'t> {
    prefix: Prefix,
    /// Where the prefix stands.
    offset: usize,
    blocks: Vec<Vec<Piece<'t>>>,
}

impl Entry<'_> {
    fn end(&self) -> usize {
        let ends = self.blocks.iter().map(|block| source(block).end);
        ends.max().unwrap_or(self.offset)
    }

    fn is_visible(&self) -> bool {
        self.blocks.iter().any(|block| is_visible(block))
    }
}

fn card<'t>(
    question: Entry<'t>,
    answer: Entry<'t>,
    findings: &mut Findings,
) -> Option<RawCard<'t>> {
    if !answer.is_visible() {
        report(Some(question), findings);
        return None;
    }
    let Some((asked, given)) = question_of(&question.blocks) else {
        let message = "this `Q:` has no text, so it makes no card";
        let hint = "write the question behind the `Q:`";
        findings.error("half-card", question.offset, message, hint);
        return None;
    };
    Some(RawCard {
        offset: question.offset,
        question: asked,
        given,
        covers: question.offset..answer.end().max(answer.offset),
        answer: answer.blocks,
        ..RawCard::default()
    })
}

fn cloze_cards<'t>(entry: &Entry<'t>, text: &str, findings: &mut Findings) -> Vec<RawCard<'t>> {
    let mut pieces = Vec::new();
    let blocks = entry.blocks.iter().filter(|block| is_visible(block));
    for block in blocks {
        let mut at = 0;
        for run in runs(block) {
            let flat = Flat::new(run.pieces, text);
            pieces.extend_from_slice(&block[at..run.at.start]);
            pieces.extend(flat.replace(brackets(&flat)));
            at = run.at.end;
        }
        pieces.extend_from_slice(&block[at..]);
    }
    let mut found = Vec::new();
    let is_text = matches!(
        pieces.first().map(|piece| &piece.event),
        Some(Event::Start(Tag::Paragraph))
    );
    if is_text {
        found = clozes::cards(&pieces, Kind::Brackets, text, findings);
    }
    if found.is_empty() && !clozes::has_kind(&pieces, Kind::Brackets, text) {
        let message = "this `C:` has no cloze, so it makes no card";
        let hint = "put what is to be remembered in square brackets: `C: text with a [cloze]`";
        findings.error("no-cloze", entry.offset, message, hint);
    }
    for card in &mut found {
        card.offset = entry.offset;
        card.covers.start = entry.offset;
    }
    found
}

/// Reports an entry that its other half does not follow or precede.
fn report(entry: Option<Entry>, findings: &mut Findings) {
    let Some(Entry { prefix, offset, .. }) = entry else {
        return;
    };
    if prefix == Prefix::Question {
        let message = "no `A:` follows this `Q:`, so it makes no card";
        let hint = "write the answer below it, in a line that begins with `A:`";
        findings.warning("half-card", offset, message, hint);
    } else {
        let message = "this `A:` belongs to no `Q:`, so it makes no card";
        let hint = "write the question above it, in a line that begins with `Q:`";
        findings.error("half-card", offset, message, hint);
    }
}

fn entries<'t>(section: &Section<'_, 't>, text: &str, findings: &mut Findings) -> Vec<Entry<'t>> {
    let mut entries: Vec<Entry> = Vec::new();
    for (at, &block) in section.blocks.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| section.blocks[before]);
        if before.is_some_and(|before| is_ruled_off(before, block, text)) {
            entries.push(Entry {
                prefix: Prefix::Rule,
                offset: source(block).start,
                blocks: Vec::new(),
            });
        }
        divide(block, text, &mut entries, findings);
    }
    entries
}

/// Whether a rule stands between two blocks. A `---` directly below a paragraph is part of it.
fn is_ruled_off(before: Block, after: Block, text: &str) -> bool {
    let is_rule = |line: &str| {
        let marks: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        marks.len() > 2
            && ["-", "*", "_"]
                .iter()
                .any(|mark| marks.trim_matches(|c| mark.contains(c)).is_empty())
    };
    let own = before.first().map_or("", |piece| {
        text.get(piece.range.clone()).unwrap_or_default()
    });
    let last = own.trim_end().rsplit('\n').next().unwrap_or_default();
    is_paragraph(before) && is_rule(last) || between(before, after, text).lines().any(is_rule)
}

/// Adds a block to the entries, divided where lines begin with a prefix.
fn divide<'t>(
    block: Block<'_, 't>,
    text: &str,
    entries: &mut Vec<Entry<'t>>,
    findings: &mut Findings,
) {
    let mut at = 0;
    // Elements around the place where the block was divided last.
    let mut open: Vec<Piece> = Vec::new();
    for run in runs(block) {
        let flat = Flat::new(run.pieces, text);
        let places = prefixes(&flat, text, findings);
        let Some(first) = places.first() else {
            continue;
        };
        let before = flat.trim(0..first.0);
        let mut ranges = vec![before.clone()];
        for (index, (place, len, _)) in places.iter().enumerate() {
            let end = places
                .get(index + 1)
                .map_or(flat.bytes.len(), |next| next.0);
            ranges.push(flat.trim(place + len..end));
        }
        let mut slices = flat.slices(&ranges).into_iter();
        let mut head = open.clone();
        head.extend_from_slice(&block[at..run.at.start]);
        if !before.is_empty() {
            head.extend(slices.next().unwrap_or_default());
        } else {
            slices.next();
        }
        open = close(&mut head);
        add(entries, head);
        for ((place, _, prefix), content) in places.into_iter().zip(slices) {
            let is_empty = content.is_empty();
            entries.push(Entry {
                prefix,
                offset: flat.source(place),
                blocks: if is_empty {
                    Vec::new()
                } else {
                    vec![paragraph(content)]
                },
            });
        }
        at = run.at.end;
        // What the run stood in has ended with it.
        while let Some(Event::End(_)) = block.get(at).map(|piece| &piece.event) {
            open.pop();
            at += 1;
        }
    }
    if at < block.len() || at == 0 {
        let mut tail = open;
        tail.extend_from_slice(&block[at..]);
        add(entries, tail);
    }
}

/// Adds a block to the last entry, if it shows anything. Blocks before all prefixes are no cards.
fn add<'t>(entries: &mut [Entry<'t>], block: Vec<Piece<'t>>) {
    if let Some(last) = entries.last_mut()
        && is_visible(&block)
    {
        last.blocks.push(block);
    }
}

/// A prefix: its place in the text, and its length.
type Found = (usize, usize, Prefix);

/// The lines that begin with a prefix, at the very beginning of a line of the note.
fn prefixes(flat: &Flat, text: &str, findings: &mut Findings) -> Vec<Found> {
    let mut found = Vec::new();
    for line in flat.lines() {
        let Some((prefix, len)) = prefix(&flat.bytes[line.clone()]) else {
            continue;
        };
        let offset = flat.source(line.start);
        let before = text.get(..offset).unwrap_or_default();
        // `**Q:**` begins a line as well.
        let before = before.trim_end_matches(['*', '_']);
        if before.is_empty() || before.ends_with('\n') {
            found.push((line.start, len, prefix));
        } else if prefix == Prefix::Question && is_inside(before) {
            let message = "a `Q:` inside a list or a quotation makes no card";
            let hint = "move it and its `A:` out to the beginning of a line";
            findings.warning("half-card", offset, message, hint);
        }
    }
    found
}

/// The prefix that a line begins with, and its length. The colon may be full-width.
fn prefix(line: &[u8]) -> Option<(Prefix, usize)> {
    let (letter, rest) = line.split_first()?;
    let prefix = match letter {
        b'Q' => Prefix::Question,
        b'A' => Prefix::Answer,
        b'C' => Prefix::Cloze,
        _ => return None,
    };
    let colons = [":", "："].map(str::as_bytes);
    let after = colons.iter().find_map(|colon| rest.strip_prefix(*colon))?;
    // `C:\Windows` is a path, and `Q::A` a card of another convention.
    let is_other = matches!(after, [b'\\' | b'/' | b':' | 0, ..]);
    (!is_other).then_some((prefix, line.len() - after.len()))
}

/// Whether a line so far holds nothing but the marks of items and quotations.
fn is_inside(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let is_mark = |c: char| c.is_ascii_digit() || " \t>-+*.)".contains(c);
    !line.trim().is_empty() && line.chars().all(is_mark)
}
