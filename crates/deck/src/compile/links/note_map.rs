//! `NoteMap`: the places of a note that links can lead to, and what the note itself points to.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use serde::{Deserialize, Serialize};

use super::super::html::{self, RawTag};
use super::super::lists;
use super::super::markdown::{Block, Piece, element_len, inner};
use super::super::text::inline_text;
use super::address::{Address, asked_size};
use super::block_names::BlockNames;
use super::names::Nearest;
use super::slug::{Slugs, loose};
use super::spans::Spans;

/// What one note offers to links, and what it points to.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct NoteMap {
    /// Each heading's place and level (1 to 6), in order.
    headings: Vec<(usize, u8)>,
    /// Headings, anchors and blocks by their exact name.
    exact: BTreeMap<String, usize>,
    /// Headings by their words.
    loose: BTreeMap<String, usize>,
    /// Made when the first wrong fragment is found.
    #[serde(skip)]
    by_likeness: OnceCell<Nearest>,
    spans: Spans,
    pub(super) references: Vec<Reference>,
}

/// One link or image of a note.
#[derive(Serialize, Deserialize)]
pub(super) struct Reference {
    pub(super) offset: usize,
    pub(super) address: Address,
    pub(super) kind: ReferenceKind,
}

/// What a reference is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) enum ReferenceKind {
    Link,
    Image,
    /// An image that does not say what it shows.
    ImageWithoutAlt,
}

impl NoteMap {
    /// Reads a note's pieces, and the links and images of the blocks that are shown.
    pub(crate) fn of_shown(pieces: &[Piece], shown: &[Block], names: BlockNames) -> NoteMap {
        let mut map = NoteMap::read(pieces);
        for (name, offset) in names.0 {
            map.exact.entry(name).or_insert(offset);
        }
        if shown.iter().map(|block| block.len()).sum::<usize>() < pieces.len() {
            map.references = NoteMap::read(&shown.concat()).references;
        }
        map
    }

    /// Reads a note's pieces. Its cards are added when they are made.
    fn read(pieces: &[Piece]) -> NoteMap {
        let mut reader = Reader::default();
        let mut rest = pieces;
        while let Some((piece, after)) = rest.split_first() {
            reader.piece(piece, rest);
            rest = match &piece.event {
                // Of an image only its text is shown, whatever stands in it.
                Event::Start(Tag::Image { .. }) => &rest[element_len(rest)..],
                // Links of headings are never followed.
                Event::Start(Tag::Heading { .. }) => {
                    let (heading, after) = rest.split_at(element_len(rest));
                    reader.anchors(heading);
                    after
                }
                _ => after,
            };
        }
        reader.map
    }

    /// Adds a card by its number in the note, and what it was made from.
    pub(crate) fn add_card<'p>(
        &mut self,
        card: usize,
        offset: usize,
        pieces: impl Iterator<Item = &'p Piece<'p>>,
    ) {
        let end = pieces.map(|piece| piece.range.end).max().unwrap_or(offset);
        self.spans.add(offset..end.max(offset + 1), card);
    }

    /// Adds names of places, where nothing else has them.
    pub(crate) fn add_anchors(&mut self, anchors: Vec<(String, usize)>) {
        for (name, place) in anchors {
            self.exact.entry(name).or_insert(place);
        }
    }

    /// To be called when all cards are there.
    pub(crate) fn finish(&mut self) {
        self.spans.finish();
    }

    /// The first card.
    pub(super) fn first_card(&self) -> Option<usize> {
        self.spans.first()
    }

    /// Where a fragment leads to.
    pub(super) fn offset_of(&self, fragment: &str) -> Option<usize> {
        let exact = self.exact.get(fragment);
        let exact = exact.or_else(|| self.exact.get(&fragment.to_lowercase()));
        let found = exact.or_else(|| self.loose.get(&loose(fragment)));
        found.copied()
    }

    /// The card at a place: the one that holds it, or the first below it in its section.
    pub(super) fn card_at(&self, offset: usize) -> Option<usize> {
        if let Some(card) = self.spans.at(offset) {
            return Some(card);
        }
        let (start, card) = self.spans.after(offset)?;
        let first = self.headings.partition_point(|(at, _)| *at < offset);
        let (_, own) = self.headings.get(first).filter(|(at, _)| *at == offset)?;
        let mut below = self.headings[first + 1..]
            .iter()
            .take_while(|(at, _)| *at <= start);
        below.all(|(_, level)| level > own).then_some(card)
    }

    /// The name that reads most like a fragment that is not there.
    pub(super) fn nearest(&self, fragment: &str) -> Option<String> {
        let nearest = self.by_likeness.get_or_init(|| {
            let mut nearest = Nearest::default();
            self.loose.keys().for_each(|name| nearest.add(name.clone()));
            nearest
        });
        nearest.to(&loose(fragment)).map(str::to_owned)
    }
}

#[derive(Default)]
struct Reader {
    map: NoteMap,
    slugs: Slugs,
    raw: RawHtml,
}

/// The lines of a block of HTML, and where each of them stands.
#[derive(Default)]
struct RawHtml {
    text: String,
    lines: Vec<(usize, usize)>,
}

impl Reader {
    fn piece(&mut self, piece: &Piece, rest: &[Piece]) {
        let offset = piece.range.start;
        match &piece.event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.heading(offset, *level, inner(&rest[..element_len(rest)]));
            }
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                ..
            }) => {
                let address = Address::new(*link_type, dest_url);
                self.reference(offset, address, ReferenceKind::Link);
            }
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                ..
            }) => {
                let address = Address::new(*link_type, dest_url);
                let kind = match &address {
                    Some(address) if address.is_embedded_as_link() => ReferenceKind::Link,
                    _ => image_kind(&inline_text(&rest[..element_len(rest)]), dest_url),
                };
                self.reference(offset, address, kind);
            }
            Event::InlineHtml(tag) => {
                let tags = html::tags(tag);
                tags.iter().for_each(|tag| self.tag(tag, offset));
            }
            Event::Html(line) => {
                self.raw.lines.push((self.raw.text.len(), offset));
                self.raw.text.push_str(line);
            }
            Event::End(TagEnd::HtmlBlock) => {
                let raw = std::mem::take(&mut self.raw);
                let tags = html::tags(&raw.text);
                tags.iter()
                    .for_each(|tag| self.tag(tag, raw.offset(tag.start)));
            }
            _ => {}
        }
    }

    fn heading(&mut self, offset: usize, level: HeadingLevel, content: &[Piece]) {
        let text = inline_text(lists::without_number(content));
        let name = self.slugs.give(&text);
        self.map.headings.push((offset, level as u8));
        self.map.exact.entry(name).or_insert(offset);
        for name in [loose(&text), loose(&inline_text(content))] {
            self.map.loose.entry(name).or_insert(offset);
        }
    }

    fn reference(&mut self, offset: usize, address: Option<Address>, kind: ReferenceKind) {
        let reference = |address| Reference {
            offset,
            address,
            kind,
        };
        self.map.references.extend(address.map(reference));
    }

    /// The anchors in a heading.
    fn anchors(&mut self, heading: &[Piece]) {
        let offset = heading[0].range.start;
        for piece in heading {
            if let Event::InlineHtml(tag) = &piece.event {
                html::tags(tag)
                    .iter()
                    .for_each(|tag| self.anchor(tag, offset));
            }
        }
    }

    fn anchor(&mut self, tag: &RawTag, offset: usize) {
        if tag.is_comment || tag.source.starts_with("</") {
            return;
        }
        for anchor in ["id", "name"].map(|name| tag.attribute(name)) {
            if let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) {
                self.map.exact.entry(anchor.to_owned()).or_insert(offset);
            }
        }
    }

    /// An anchor, a link or an image of raw HTML.
    fn tag(&mut self, tag: &RawTag, offset: usize) {
        self.anchor(tag, offset);
        if tag.is_comment || tag.source.starts_with("</") {
            return;
        }
        // An address with a sign given by its number is followed too, but not judged.
        let address = |name| {
            let written = tag.attribute(name).filter(|it| !it.contains("&#"))?;
            Address::of_path(&html::visible_text(written))
        };
        if tag.name.eq_ignore_ascii_case("a") {
            self.reference(offset, address("href"), ReferenceKind::Link);
        } else if tag.name.eq_ignore_ascii_case("img") {
            let kind = image_kind(tag.attribute("alt").unwrap_or_default(), "");
            self.reference(offset, address("src"), kind);
        }
    }
}

/// A size and the file's own name say nothing about what an image shows.
fn image_kind(alt: &str, address: &str) -> ReferenceKind {
    let alt = match alt.rsplit_once('|') {
        Some((alt, size)) if asked_size(size).is_some() => alt,
        _ => alt,
    };
    let alt = alt.trim();
    match alt.is_empty() || alt == address || asked_size(alt).is_some() {
        true => ReferenceKind::ImageWithoutAlt,
        false => ReferenceKind::Image,
    }
}

impl RawHtml {
    /// Where a byte of the text stands in the note.
    fn offset(&self, at: usize) -> usize {
        let line = self.lines.partition_point(|(start, _)| *start <= at);
        let (start, offset) = self.lines[line.saturating_sub(1)];
        offset + (at - start)
    }
}
