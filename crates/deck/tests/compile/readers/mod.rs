//! Cards of every convention: small notes and what becomes of them.

mod choices;
mod clozes;
mod composed;
mod inline;
mod limits;
mod prefixes;
mod separators;
mod tables;
mod tagged;

use deck::compile::{Convention, Part};
use deck::{Card, Compiled, Settings};

use crate::compile_with;

/// Compiles a note with these conventions: their names in settings, with spaces between.
fn compile(conventions: &str, markdown: &str) -> Compiled {
    let named = |name: &str| {
        let found = Convention::ALL.iter().find(|(other, _)| *other == name);
        found.expect("the name of a convention").1
    };
    let settings = Settings {
        cards: conventions.split_whitespace().map(named).collect(),
        ..Settings::default()
    };
    compile_with(markdown, &settings)
}

/// Checks cards and problems, a line each: `question | given => part / label: part` and
/// `! line:column severity[code]`. White space in texts is folded.
#[track_caller]
fn check(conventions: &str, markdown: &str, expected: &str) {
    let compiled = compile(conventions, markdown);
    let mut lines: Vec<String> = cards(&compiled).map(shown).collect();
    let problems = crate::problems(&compiled);
    let problems = problems.lines().filter(|line| !line.contains("[no-cards]"));
    lines.extend(problems.map(|problem| format!("! {problem}")));
    let expected: Vec<&str> = expected.lines().map(str::trim).collect();
    assert_eq!(lines, expected, "\n{markdown}");
}

fn cards(compiled: &Compiled) -> impl Iterator<Item = &Card> {
    compiled.decks.iter().flat_map(|deck| &deck.cards)
}

/// The only card.
#[track_caller]
fn only(conventions: &str, markdown: &str) -> Card {
    let compiled = compile(conventions, markdown);
    let [card] = &compiled.decks[0].cards[..] else {
        panic!("{} cards", compiled.decks[0].cards.len());
    };
    card.clone()
}

/// The intro of a note that has a card.
fn intro(conventions: &str, markdown: &str) -> String {
    compile(conventions, markdown).decks[0].intro_html.clone()
}

/// The ids of the cards, in order.
fn ids(conventions: &str, markdown: &str) -> Vec<String> {
    let compiled = compile(conventions, markdown);
    assert_eq!(crate::problems(&compiled), "");
    cards(&compiled).map(|card| card.id.to_string()).collect()
}

fn shown(card: &Card) -> String {
    let given = visible(&card.given_html);
    let given = if given.is_empty() {
        given
    } else {
        format!(" | {given}")
    };
    let part = |part: &Part| folded(&part.text);
    let parts: Vec<String> = card.answer().map(part).collect();
    format!("{}{given} => {}", card.question, parts.join(" / "))
}

/// HTML without its tags.
fn visible(html: &str) -> String {
    let mut pieces = html.split('<');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        text.push(' ');
        text.push_str(piece.split_once('>').map_or("", |(_, text)| text));
    }
    folded(&text)
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
