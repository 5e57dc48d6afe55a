//! Text outside of all cards that may have been meant as one.

use pulldown_cmark::HeadingLevel;

use super::asked::is_asked;
use super::labels;
use super::level::{Because, Found, marks};
use super::markdown::{Block, heading_level, inner};
use super::outline::{Outline, Section};
use super::source::Findings;
use super::text::inline_text;

/// With more questions than these below it, a title that is asked is the title of a deck.
const MOST_PARTS: usize = 6;

/// Reports a `#` whose text is in no card. `unused` tells for each section that no card was made
/// of it.
pub(crate) fn report(outline: &Outline, unused: &[bool], found: &Found, findings: &mut Findings) {
    if found.level == HeadingLevel::H1 || found.in_summaries {
        return;
    }
    if matches!(found.because, Because::Chosen(_)) {
        return;
    }
    asked_title(outline, unused, found, findings);
    for (at, section) in outline.sections.iter().enumerate() {
        let next = outline.sections.get(at + 1);
        let is_last = next.is_none_or(|next| !next.path.starts_with(&section.path));
        if unused[at] && is_last && section.question.is_none() && section.has_text() {
            topic(section, found, findings);
        }
    }
}

/// A title with an answer of its own, above headings that name its parts.
fn asked_title(outline: &Outline, unused: &[bool], found: &Found, findings: &mut Findings) {
    let Some(title) = outline.title.filter(|title| is_asked_heading(title)) else {
        return;
    };
    let place = title[0].range.start;
    let mut own = outline.sections.iter().zip(unused);
    let has_answer = own.any(|(section, unused)| {
        let is_own = section.question.is_none() && section.path.is_empty();
        *unused && is_own && section.offset() > place && section.has_text()
    });
    let mut questions = outline
        .sections
        .iter()
        .filter_map(|section| section.question);
    let are_parts = questions.clone().count() <= MOST_PARTS
        && !questions.any(|question| is_asked_heading(&question));
    if has_answer && are_parts {
        let marks = marks(found.level);
        let message = format!(
            "the title is asked as a question, but the questions of this note are `{marks}`, \
             so it makes no card"
        );
        let hint = "if it is the question, say so in the frontmatter: `quire: {level: 1}`";
        findings.warning("question-outside", place, &message, hint);
    }
}

/// A `#` with text and no question below it.
fn topic(section: &Section, found: &Found, findings: &mut Findings) {
    let Some(heading) = section.blocks.first() else {
        return;
    };
    let text = inline_text(inner(heading));
    if heading_level(heading) != Some(HeadingLevel::H1) || labels::is_appendix(&text) {
        return;
    }
    let marks = marks(found.level);
    let message =
        format!("no `{marks}` stands below this heading, so what it says is in the introduction");
    let hint = format!("write it as `{marks}`, if it is a question");
    findings.warning("text-outside", heading[0].range.start, &message, &hint);
}

fn is_asked_heading(heading: &Block) -> bool {
    is_asked(&inline_text(inner(heading)))
}
