//! Reports what a text loses because it would cost too much to keep.

use pulldown_cmark::{Event, Tag};

use super::flatten::{DEEPEST, depth, has_too_much_to_escape};
use super::html;
use super::markdown::Piece;
use super::sanitise::Loss;
use super::source::Findings;

/// Reports what the HTML of these pieces has lost, where they lose it.
pub(crate) fn report(lost: &[Loss], pieces: &[Piece], findings: &mut Findings) {
    for loss in lost {
        match loss {
            Loss::DeepTags => {
                let message = format!(
                    "this stands more than {DEEPEST} deep in quotations, lists or HTML, and is not set apart"
                );
                let hint = "its text is shown: write it less deep, or close the tags that are open";
                findings.warning("deep-nesting", deepest(pieces), &message, hint);
            }
            Loss::Value => {
                let message = "an address, a title or another attribute is too long to keep";
                let hint = "shorten it: it has more than 1,024 characters that must be escaped";
                findings.warning("long-attribute", longest(pieces), message, hint);
            }
        }
    }
}

/// Where the first piece stands that is too deep, or else the deepest.
fn deepest(pieces: &[Piece]) -> usize {
    let mut open = 0;
    let mut most = 0;
    let mut place = pieces.first().map_or(0, |piece| piece.range.start);
    for piece in pieces {
        let here = depth_of(&piece.event, &mut open);
        if here > most {
            most = here;
            place = piece.range.start;
        }
        if most > DEEPEST {
            break;
        }
    }
    place
}

/// How deep a piece stands, as `flatten` counts.
fn depth_of(event: &Event, open: &mut usize) -> usize {
    match event {
        Event::Html(html) | Event::InlineHtml(html) => {
            let depths = html::tags(html).into_iter().map(|tag| depth(&tag, open));
            depths.max().unwrap_or_default()
        }
        Event::Start(Tag::Paragraph | Tag::Item | Tag::HtmlBlock) => *open,
        Event::Start(_) => {
            *open += 1;
            *open
        }
        Event::End(end) => {
            use pulldown_cmark::TagEnd::{HtmlBlock, Item, Paragraph};
            if !matches!(end, Paragraph | Item | HtmlBlock) {
                *open = open.saturating_sub(1);
            }
            *open
        }
        _ => *open,
    }
}

/// Where the first piece stands whose attributes have too much to escape.
fn longest(pieces: &[Piece]) -> usize {
    let is_it = |piece: &&Piece| match &piece.event {
        Event::Html(html) | Event::InlineHtml(html) => has_too_much_to_escape(html),
        Event::Start(
            Tag::Link {
                dest_url, title, ..
            }
            | Tag::Image {
                dest_url, title, ..
            },
        ) => has_too_much_to_escape(dest_url) || has_too_much_to_escape(title),
        _ => false,
    };
    let found = pieces.iter().find(is_it).or(pieces.first());
    found.map_or(0, |piece| piece.range.start)
}
