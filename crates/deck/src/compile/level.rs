//! The rule that tells which headings are questions.
//!
//! A setting decides, where there is one. Otherwise `##` are the questions, unless the note shows
//! clearly that others are:
//!
//! 1. **No `##` with anything below it.** The highest headings with text of their own are the
//!    questions: several `#`, or else `###`, or what comes first. So they are when more `###` with
//!    text stand outside of all `##` than there are `##`.
//! 2. **The `#` are asked, the `##` are not.** At least two `#` and at least half of them are asked
//!    as questions, and at most one in four of the `##` is. Or all `#` have text of their own, half
//!    of them no `##`, and there are fewer `##` than `#`.
//! 3. **Deeper headings are the questions, and those above are their sections.** There are at
//!    least two of them, no prompt and few repeated names are among them (such are parts), the
//!    headings above hold at most a paragraph of their own (an answer is more), and
//!    - at least half of the deeper ones are asked as questions, and at most one in four of the
//!      sections is, and they are three times as many as the headings above that look like cards;
//!    - or no heading above is asked or has text of its own, and the deeper ones are numbered
//!      from section to section without starting again, or there are eight and more in a section
//!      on average (an answer has fewer parts), or most of them have labels of parts below them.
//! 4. **No heading has text, but `<details>` have.** Then the questions are the `<summary>`s.
//!
//! In doubt it is `##`: then everything still reaches the learner, as the parts of fewer cards.
//! A heading is asked as a question if it ends in a question mark, begins with `Q:` or with words
//! such as "what is" or "explain", or if a prompt, or something called an answer, stands below it.

mod heads;
mod summaries;

use std::collections::BTreeMap;
use std::fmt;

use pulldown_cmark::{Event, HeadingLevel, Tag};

use super::details;
use super::markdown::{Block, Piece};
use super::settings::{Chosen, Level};
use heads::{Head, Own, are_topics, heads_of};
use summaries::are_summaries;

/// Which headings of a note are questions, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Found {
    pub(crate) level: HeadingLevel,
    /// Whether the questions are summaries, which become headings of the level.
    pub(crate) in_summaries: bool,
    pub(crate) because: Because,
}

/// Why these headings are the questions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Because {
    /// Nothing says otherwise.
    Default,
    /// A setting in this place says so.
    Chosen(String),
    /// The note's structure shows it, as this sentence says.
    Structure(&'static str),
}

impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Because::Default => f.write_str("default"),
            Because::Chosen(place) => f.write_str(place),
            Because::Structure(why) => write!(f, "structure: {why}"),
        }
    }
}

/// The marks of a heading of this level.
pub(crate) fn marks(level: HeadingLevel) -> &'static str {
    &"######"[..level as usize]
}

/// Finds the questions of a note.
pub(crate) fn find(blocks: &[Block], chosen: &Chosen) -> Found {
    let because = |default| match &chosen.level_in {
        Some(place) => Because::Chosen(place.clone()),
        None => default,
    };
    let prompts = &chosen.settings.prompts;
    match chosen.settings.level {
        Level::Fixed(level) => Found {
            level,
            in_summaries: false,
            because: because(Because::Default),
        },
        Level::Summaries => Found {
            level: below_all(&heads_of(&details::divide(blocks).outside, prompts)),
            in_summaries: true,
            because: because(Because::Default),
        },
        Level::FromStructure => from_structure(blocks, prompts),
    }
}

fn from_structure(blocks: &[Block], prompts: &[String]) -> Found {
    let divided = details::divide(blocks);
    let heads_outside = heads_of(&divided.outside, prompts);
    if are_summaries(blocks, &divided, &heads_outside) {
        return Found {
            level: below_all(&heads_outside),
            in_summaries: true,
            because: Because::Structure("all answers stand in `<details>`"),
        };
    }
    let mut heads = heads_of(blocks, prompts);
    let (base, why) = base(&mut heads);
    let (level, why) = deeper(&heads, base).map_or((base, why), |(level, why)| (level, Some(why)));
    Found {
        level: HeadingLevel::try_from(level).unwrap_or(HeadingLevel::H2),
        in_summaries: false,
        because: why.map_or(Because::Default, Because::Structure),
    }
}

/// The level where the search begins, with the title taken out of the headings.
fn base(heads: &mut Vec<Head>) -> (usize, Option<&'static str>) {
    let of = |heads: &[Head], level| {
        let all = || heads.iter().filter(move |head| head.level == level);
        let asked = all().filter(|head| head.is_asked).count();
        let with_text = all().filter(|head| head.own != Own::Nothing).count();
        let with_content = all().filter(|head| head.has_content).count();
        (all().count(), asked, with_text, with_content)
    };
    let (first, asked_first, first_with_text, _) = of(heads, 1);
    let (second, asked_second, _, second_with_content) = of(heads, 2);
    let has_several = first > 1 && first_with_text > 1;
    if has_several
        && second > 0
        && asked_first > 1
        && asked_first * 2 >= first
        && asked_second * 4 <= second
    {
        return (1, Some("the # are asked as questions, the ## are not"));
    }
    if has_several && second > 0 && asked_second <= asked_first && are_topics(heads) {
        return (
            1,
            Some("most # have text of their own, and few have ## below"),
        );
    }
    let are_sections = has_several && second_with_content == 0 && are_groups(heads);
    if has_several && second_with_content == 0 && !are_sections {
        return (1, Some("there are several # with text, and no ##"));
    }
    if let Some(title) = heads.iter().position(|head| head.level == 1) {
        heads.remove(title);
    }
    if second_with_content > 0 {
        return outside(heads, second_with_content).unwrap_or((2, None));
    }
    let with_text = heads
        .iter()
        .filter(|head| head.level > 2 && head.own != Own::Nothing);
    match with_text.map(|head| head.level).min() {
        Some(level) => (level, Some("no ## has anything below it")),
        None => (2, None),
    }
}

/// Whether each `#` has at most a paragraph of its own, and headings with text below it.
fn are_groups(heads: &[Head]) -> bool {
    let mut is_open = false;
    let mut has_deeper = true;
    for head in heads {
        if head.level == 1 {
            if !has_deeper || head.own == Own::Answer {
                return false;
            }
            is_open = true;
            has_deeper = false;
        } else if is_open && head.own != Own::Nothing {
            has_deeper = true;
        }
    }
    has_deeper
}

/// The level of which more headings with text stand outside of all `##` than there are `##`.
fn outside(heads: &[Head], second: usize) -> Option<(usize, Option<&'static str>)> {
    let mut counts = [0; 7];
    let mut is_outside = true;
    for head in heads {
        match head.level {
            1 => is_outside = true,
            2 => is_outside = false,
            level if is_outside && head.own != Own::Nothing => counts[level] += 1,
            _ => {}
        }
    }
    let level = (3..=6).find(|&level| counts[level] > second.max(1))?;
    Some((level, Some("most of them stand outside of all ##")))
}

/// A level below the base whose headings are the questions, those above being their sections.
fn deeper(heads: &[Head], base: usize) -> Option<(usize, &'static str)> {
    (base + 1..=6).find_map(|level| Some((level, evidence(heads, level)?)))
}

fn evidence(heads: &[Head], level: usize) -> Option<&'static str> {
    let deep: Vec<&Head> = heads
        .iter()
        .filter(|head| head.level == level && head.has_content)
        .collect();
    if deep.len() < 2 || deep.iter().any(|head| head.is_prompt) || repeats(&deep) * 4 > deep.len() {
        return None;
    }
    let above = Above::of(heads, level);
    if above.sections == 0 {
        return None;
    }
    let asked = deep.iter().filter(|head| head.is_asked).count();
    let most_asked = asked * 2 >= deep.len() && asked > 1;
    if most_asked && asked >= above.cards * 3 && above.asked_sections * 4 <= above.sections {
        return Some("they are asked as questions, the headings above are not");
    }
    if above.cards > 0 || above.asked_sections > 0 || above.has_text {
        return None;
    }
    let numbers: Option<Vec<u32>> = deep.iter().map(|head| head.number).collect();
    let is_rising = numbers.is_some_and(|numbers| numbers.is_sorted_by(|a, b| a < b));
    if is_rising && above.sections > 1 {
        return Some("they are numbered through all sections");
    }
    if deep.len() >= above.sections * 8 {
        return Some("there are too many of them to be parts of answers");
    }
    let labelled = deep.iter().filter(|head| head.labels > 1).count();
    (labelled * 2 > deep.len()).then_some("they have labels of parts below them")
}

/// How many of the headings share their name with another.
fn repeats(heads: &[&Head]) -> usize {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for head in heads {
        *counts.entry(&head.name).or_default() += 1;
    }
    counts.values().filter(|&&count| count > 1).sum()
}

/// The headings above a level, counted.
#[derive(Default)]
struct Above {
    /// Those with headings of the level below them, and little text of their own.
    sections: usize,
    /// Of those, and of the cards with such headings, the ones that are asked as questions.
    asked_sections: usize,
    /// Those that look like cards: with an answer of their own.
    cards: usize,
    /// Whether one of the sections has text of its own.
    has_text: bool,
}

impl Above {
    fn of(heads: &[Head], level: usize) -> Above {
        let mut above = Above::default();
        // For each open heading level, whether a heading of `level` stands below it; from the end.
        let mut has_deep = [false; 7];
        for head in heads.iter().rev() {
            if head.level == level && head.has_content {
                has_deep[..level].fill(true);
            }
            if head.level >= level {
                continue;
            }
            let has_deep_below = has_deep[head.level];
            has_deep[head.level..].fill(false);
            let is_card = head.own == Own::Answer || head.own != Own::Nothing && !has_deep_below;
            above.cards += usize::from(is_card);
            above.sections += usize::from(has_deep_below && !is_card);
            above.asked_sections += usize::from(has_deep_below && head.is_asked);
            above.has_text |= head.own != Own::Nothing;
        }
        above
    }
}

/// A level below all headings.
fn below_all(heads: &[Head]) -> HeadingLevel {
    let deepest = heads.iter().map(|head| head.level).max().unwrap_or(1);
    HeadingLevel::try_from(deepest + 1).unwrap_or(HeadingLevel::H6)
}

/// Whether a heading begins here that has this level.
pub(crate) fn begins_heading(piece: &Piece, level: HeadingLevel) -> bool {
    matches!(&piece.event, Event::Start(Tag::Heading { level: own, .. }) if *own == level)
}
