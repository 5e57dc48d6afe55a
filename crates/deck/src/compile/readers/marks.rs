//! Marks inside text: clozes and highlights are found once, before any reader looks for cards.
//!
//! A mark becomes a pair of HTML tags, `<mark>` for a highlight and `<span>` for the others, so
//! that every card and the introduction show the text without its braces. A pair made here is told
//! from HTML of the note by its place: what stands there does not begin with `<`.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag};

use super::braces;
use super::flat::Flat;
use super::runs::{RunKind, runs};
use crate::compile::links::{is_block_name, may_have_names};
use crate::compile::markdown::Piece;
use crate::compile::settings::{Convention, Settings};
use crate::compile::source::Findings;

/// What is replaced: a range of the text, and the event that takes its place.
pub(super) type Changes<'t> = Vec<(Range<usize>, Option<Event<'t>>)>;

/// The pieces of a note with the marks of its conventions replaced, and without the names of blocks
/// and what Obsidian's plugins write for themselves.
pub(crate) fn prepare<'t>(
    pieces: Vec<Piece<'t>>,
    text: &str,
    settings: &Settings,
    findings: &mut Findings,
) -> Vec<Piece<'t>> {
    let kept = Bookkeeping::of(text, settings);
    let has_marks = |convention| settings.cards.contains(convention);
    if kept == Bookkeeping::Nothing && !MARKS.iter().any(has_marks) {
        return pieces;
    }
    let mut out = Vec::with_capacity(pieces.len());
    let mut at = 0;
    for run in runs(&pieces) {
        let flat = Flat::new(run.pieces, text);
        let mut changes = marked(&flat, settings, findings);
        match kept {
            _ if run.kind == RunKind::Cell => {}
            Bookkeeping::OfPlugins => changes.extend(bookkeeping(&flat)),
            Bookkeeping::Names => changes.extend(block_name(&flat)),
            Bookkeeping::Nothing => {}
        }
        if changes.is_empty() {
            continue;
        }
        out.extend_from_slice(&pieces[at..run.at.start]);
        let content = flat.replace(in_order(changes));
        at = run.at.end;
        let is_paragraph = |piece: &Piece| matches!(piece.event, Event::Start(Tag::Paragraph));
        if content.is_empty() && out.last().is_some_and(is_paragraph) {
            out.pop();
            at += 1;
        }
        out.extend(content);
    }
    out.extend_from_slice(&pieces[at..]);
    out
}

/// The conventions that mark something inside a text.
const MARKS: [Convention; 2] = [Convention::Clozes, Convention::Highlights];

/// What is taken out of a note because it is for programs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bookkeeping {
    /// What Obsidian's plugins write, and the names of blocks.
    OfPlugins,
    /// The names of blocks.
    Names,
    Nothing,
}

impl Bookkeeping {
    fn of(text: &str, settings: &Settings) -> Bookkeeping {
        let of_plugins = [
            Convention::Inline,
            Convention::Separators,
            Convention::Highlights,
            Convention::Tagged,
        ];
        if of_plugins.iter().any(|it| settings.cards.contains(it)) {
            Bookkeeping::OfPlugins
        } else if may_have_names(text) {
            Bookkeeping::Names
        } else {
            Bookkeeping::Nothing
        }
    }
}

/// The marks of the conventions that are on.
fn marked<'t>(flat: &Flat<'_, 't>, settings: &Settings, findings: &mut Findings) -> Changes<'t> {
    let has = |convention| settings.cards.contains(&convention);
    let mut changes = Vec::new();
    if has(Convention::Clozes) {
        changes.extend(braces::clozes(flat, findings));
    }
    if has(Convention::Highlights) {
        changes.extend(highlights(flat));
    }
    changes
}

/// Brackets that are clozes, for `C:`. Escaped ones, images and links are none.
pub(super) fn brackets<'t>(flat: &Flat<'_, 't>) -> Changes<'t> {
    let mut open = Vec::new();
    let mut changes = Vec::new();
    for (at, byte) in flat.bytes.iter().enumerate() {
        match byte {
            b'[' => open.push(at),
            b']' => {
                if let Some(start) = open.pop()
                    && start + 1 < at
                {
                    changes.push((start..start + 1, tag("<span>")));
                    changes.push((at..at + 1, tag("</span>")));
                }
            }
            _ => {}
        }
    }
    in_order(changes)
}

/// Sorts changes and drops those that overlap an earlier one.
fn in_order(mut changes: Changes) -> Changes {
    changes.sort_by_key(|(range, _)| (range.start, range.end));
    let mut end = 0;
    changes.retain(|(range, _)| {
        let is_free = range.start >= end;
        if is_free {
            end = range.end;
        }
        is_free
    });
    changes
}

/// The event that takes the place of a mark.
pub(super) fn tag<'t>(html: &'static str) -> Option<Event<'t>> {
    Some(Event::InlineHtml(CowStr::Borrowed(html)))
}

/// `==text==`, as Obsidian reads it, but `a==b` is a comparison.
fn highlights<'t>(flat: &Flat<'_, 't>) -> Changes<'t> {
    let bytes = &flat.bytes;
    let byte = |at: Option<usize>| at.and_then(|at| bytes.get(at)).copied();
    let is_space = |byte: Option<u8>| byte.is_none_or(|byte| byte.is_ascii_whitespace());
    let is_word = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    let mut open: Option<usize> = None;
    let mut changes = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let len = bytes[at..].iter().take_while(|&&byte| byte == b'=').count();
        let (before, after) = (byte(at.checked_sub(1)), byte(Some(at + len)));
        if len == 2 && !(is_word(before) && is_word(after)) {
            match open {
                Some(start) if !is_space(before) => {
                    changes.push((start..start + 2, tag("<mark>")));
                    changes.push((at..at + 2, tag("</mark>")));
                    open = None;
                }
                _ if !is_space(after) => open = Some(at),
                _ => {}
            }
        }
        at += len.max(1);
    }
    changes
}

/// `#flashcards/deck` and ` ^name-of-the-block` at the end of a line.
fn bookkeeping<'t>(flat: &Flat<'_, 't>) -> Changes<'t> {
    let mut changes = Vec::new();
    for line in flat.lines() {
        let mut start = line.start;
        let mut removed_to = line.start;
        for word in flat.bytes[line.clone()].split(|byte| byte.is_ascii_whitespace()) {
            let range = start..start + word.len();
            start = range.end + 1;
            let is_last = || flat.trim(range.end..line.end).is_empty();
            if is_deck_tag(word) || is_block_name(word) && word.len() > 2 && is_last() {
                let before = flat.trim(removed_to..range.start);
                let after = flat.trim(range.end..line.end);
                // The space around it goes too: that before it, or else that behind it.
                let gap = if before.is_empty() {
                    range.start..after.start
                } else {
                    before.end..range.end
                };
                removed_to = gap.end;
                changes.push((gap, None));
            }
        }
    }
    changes
}

/// ` ^name-of-the-block` at the end of a block, in a note that may be no note of Obsidian's.
fn block_name<'t>(flat: &Flat<'_, 't>) -> Changes<'t> {
    let all = flat.trim(0..flat.bytes.len());
    let words = flat.bytes[all.clone()].rsplit(|byte| byte.is_ascii_whitespace());
    let word = words.into_iter().next().unwrap_or_default();
    if !is_sure_block_name(word) {
        return Vec::new();
    }
    let before = flat.trim(all.start..all.end - word.len());
    vec![(before.end..all.end, None)]
}

/// `2 ^10` and `x ^n` end in a power. The names that Obsidian itself gives have six digits.
fn is_sure_block_name(word: &[u8]) -> bool {
    let has_letter = word.iter().any(u8::is_ascii_alphabetic);
    let shortest = if has_letter { 3 } else { 6 };
    is_block_name(word) && word.len() > shortest
}

fn is_deck_tag(word: &[u8]) -> bool {
    let rest = word.strip_prefix(b"#flashcards");
    rest.is_some_and(|rest| rest.is_empty() || rest[0] == b'/')
}
