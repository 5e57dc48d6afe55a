//! What is written as bytes is read back the same.

use deck::{Bundle, CardId, Compiled};

use crate::{compile, note};

/// Asserts that the bundle of these decks says all that they say.
#[track_caller]
pub(crate) fn assert_reads_back(compiled: &Compiled) {
    let bytes = compiled.to_bytes();
    let bundle = Bundle::new(&bytes).expect("what was written can be read");
    assert_eq!(bundle.deck_count() as usize, compiled.decks.len());
    let mut cards = bundle.cards();
    for (entry, deck) in bundle.decks().zip(&compiled.decks) {
        assert_eq!(
            (entry.title(), entry.path()),
            (deck.title.as_str(), deck.path.as_str())
        );
        assert_eq!(entry.title_html(), deck.title_html);
        assert_eq!(entry.intro_html(), deck.intro_html);
        assert!(entry.tags().eq(deck.tags.iter().map(String::as_str)));
        assert_eq!(entry.cards().len(), deck.cards.len());
        for (index, card) in entry.cards().zip(&deck.cards) {
            let read = cards.next().expect("a card for each");
            assert_eq!((read.index().0, read.deck()), (index, entry.index()));
            assert_eq!(bundle.find(&card.id), Some(read.index()));
            assert_card(&bundle, read, card);
        }
    }
    assert!(cards.next().is_none());
}

#[track_caller]
fn assert_card(bundle: &Bundle, read: deck::CardEntry, card: &deck::Card) {
    assert_eq!((read.id(), read.line()), (card.id, card.line));
    assert_eq!(read.question(), card.question);
    assert_eq!(read.question_html(), card.question_html);
    assert_eq!(read.given_html(), card.given_html);
    assert_eq!(read.direction(), card.direction);
    assert!(read.section().eq(card.section.iter().map(String::as_str)));
    assert_eq!(read.fingerprint(), card.fingerprint);
    assert!(read.tags().eq(card.tags.iter().map(String::as_str)));
    assert_eq!(read.part_count() as usize, card.answer().count());
    let chars: usize = card.answer().map(|part| part.text.chars().count()).sum();
    assert_eq!(read.answer_chars() as usize, chars);
    let body = bundle.body(read.index());
    let read_parts: Vec<deck::Part> = body.prompt().into_iter().chain(body.parts()).collect();
    assert_eq!(body.prompt().is_some(), card.prompt().is_some());
    assert_eq!(read_parts.len(), card.parts.len());
    for (read, part) in read_parts.iter().zip(&card.parts) {
        assert_eq!((read.id(), read.label()), (part.id, part.label.as_str()));
        assert_eq!(
            (read.label_html(), read.html()),
            (part.label_html.as_str(), part.html.as_str())
        );
    }
}

#[test]
fn a_whole_note_reads_back() {
    let compiled = compile(include_str!("../fixtures/storage-engines.md"));
    assert_eq!(compiled.decks[0].cards.len(), 7);
    assert_reads_back(&compiled);
}

#[test]
fn many_decks_read_back_and_every_card_is_found() {
    let text = |tag: u32| format!("---\ntags: [t{tag}]\n---\n## A\nx\n\n## B\n- y\n- z\n\n## A\nw");
    let notes: Vec<_> = (0..40)
        .map(|n| note(&format!("n{n:02}.md"), text(n % 3).as_bytes()))
        .collect();
    let compiled = crate::compile_notes(notes);
    assert_reads_back(&compiled);
    let bytes = compiled.to_bytes();
    let bundle = Bundle::new(&bytes).expect("a bundle");
    assert_eq!(bundle.card_count(), 120);
    let unknown: CardId = "zzzzzzzzzz".parse().expect("an id");
    assert_eq!(bundle.find(&unknown), None);
}

#[test]
fn no_notes_make_an_empty_bundle() {
    let compiled = crate::compile_notes([]);
    assert_eq!((compiled.decks.len(), compiled.has_errors()), (0, false));
    assert_reads_back(&compiled);
}

#[test]
fn the_version_depends_on_the_content_alone() {
    let version = |text: &str| {
        let bytes = compile(text).to_bytes();
        Bundle::new(&bytes).expect("a bundle").version().to_owned()
    };
    assert_eq!(version("## A\nx").len(), 16);
    assert_eq!(version("## A\nx"), version("## A\r\nx\r\n"));
    assert_ne!(version("## A\nx"), version("## A\ny"));
}
