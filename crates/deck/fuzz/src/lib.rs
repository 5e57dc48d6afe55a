//! What the targets share: the settings that an input chooses, and what holds for all that comes
//! out of the compiler.

#[path = "../../tests/generate/harmless.rs"]
mod harmless;

use deck::compile::Convention;
use deck::{Bundle, Compiled, Folder, Settings};
use harmless::assert_harmless;

/// The conventions whose bits are set in the first two bytes, and the bytes behind them.
pub fn settings(input: &[u8]) -> Option<(Settings, &[u8])> {
    let ([low, high], rest) = input.split_first_chunk()?;
    let bits = u16::from_le_bytes([*low, *high]);
    let is_chosen = |&(index, _): &(usize, Convention)| bits >> index & 1 == 1;
    let all = Convention::ALL.into_iter().map(|(_, convention)| convention);
    let chosen = all.enumerate().filter(is_chosen).map(|(_, convention)| convention);
    let settings = Settings {
        cards: chosen.collect(),
        ..Settings::default()
    };
    Some((settings, rest))
}

/// Compiles, writes the bundle, reads it back, and looks at all HTML.
pub fn check(folder: &Folder, settings: &Settings) {
    let compiled = deck::compile(folder, settings);
    harmless(&compiled);
    let bytes = compiled.to_bytes();
    let bundle = Bundle::new(&bytes).expect("what was written can be read");
    assert_eq!(bundle.deck_count() as usize, compiled.decks.len());
    let cards = compiled.decks.iter().flat_map(|deck| &deck.cards);
    let mut read = bundle.cards();
    for card in cards {
        let entry = read.next().expect("each card is there");
        assert_eq!((entry.id(), entry.question()), (card.id, card.question.as_str()));
        assert_eq!(bundle.find(&card.id), Some(entry.index()));
        assert!(card.answer().count() > 0 && !card.question.is_empty());
    }
    assert!(read.next().is_none());
    for problem in &compiled.problems {
        assert!(problem.line > 0 && problem.column > 0);
        std::hint::black_box(problem.to_string());
    }
}

fn harmless(compiled: &Compiled) {
    for deck in &compiled.decks {
        assert_harmless(&deck.title_html);
        assert_harmless(&deck.intro_html);
        for card in &deck.cards {
            assert_harmless(&card.question_html);
            assert_harmless(&card.given_html);
            for part in &card.parts {
                assert_harmless(&part.label_html);
                assert_harmless(&part.html);
            }
        }
    }
}

/// Reads everything that a bundle has, if these bytes are one.
pub fn read_everything(bytes: &[u8]) {
    let Ok(bundle) = Bundle::new(bytes) else {
        return;
    };
    let mut size = bundle.version().len();
    for deck in bundle.decks() {
        size += deck.title().len() + deck.path().len() + deck.intro_html().len();
        size += deck.tags().map(str::len).sum::<usize>() + deck.cards().len();
    }
    for card in bundle.cards() {
        size += card.question().len() + card.question_html().len() + card.given_html().len();
        size += card.tags().chain(card.section()).map(str::len).sum::<usize>();
        size += bundle.find(&card.id()).map_or(0, |index| index.0 as usize);
        let body = bundle.body(card.index());
        let parts = body.prompt().into_iter().chain(body.parts());
        let len = |part: deck::Part| part.html().len() + part.label().len();
        size += parts.map(len).sum::<usize>();
    }
    std::hint::black_box(size);
}
