//! Definitions of links that nothing uses: `[Answer]: 5432` is one to Markdown, and is not shown.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, RefDefs, Tag};

use super::markdown::Piece;
use super::source::Findings;

/// Where definitions stand that look like text, and that no link or image uses.
pub(crate) fn unused(definitions: &RefDefs, pieces: &[Piece]) -> Vec<Range<usize>> {
    let doubtful = definitions.iter().filter(|(_, it)| !is_address(&it.dest));
    let mut doubtful: Vec<_> = doubtful.collect();
    if doubtful.is_empty() {
        return Vec::new();
    }
    let names = pieces.iter().filter_map(|piece| match &piece.event {
        Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) => Some(folded(id)),
        _ => None,
    });
    let used: BTreeSet<String> = names.collect();
    doubtful.retain(|(name, _)| !used.contains(&folded(name)));
    let mut places: Vec<_> = doubtful.iter().map(|(_, it)| it.span.clone()).collect();
    places.sort_by_key(|place| place.start);
    places
}

/// Reports a definition that nothing uses.
pub(crate) fn report(offset: usize, findings: &mut Findings) {
    let message = "Markdown reads this line as the address of a link, and it is not shown";
    let hint = "write a `\\` before the `[`, or words before it";
    findings.warning("unused-definition", offset, message, hint);
}

/// Whether a definition is meant as one. `[//]: # (text)` is a way to write comments.
fn is_address(destination: &str) -> bool {
    destination.is_empty() || destination.contains(['/', '#', ':', '@', '.'])
}

fn folded(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
