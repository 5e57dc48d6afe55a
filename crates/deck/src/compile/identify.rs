//! Gives cards and parts their ids: by the ledger, or else by path, question and label.

use super::identity::CardIds;
use super::ledger::{self, Change, Ledger, LedgerError, SeenCard, SeenPart, Settled, settle};
use super::note::CompiledNote;
use super::output::Card;
use super::problem::{Problem, Severity};

/// What came of it.
#[derive(Default)]
pub(crate) struct Identified {
    /// The ledger as it has to be now. `None` where there is none, or one that cannot be read.
    pub(crate) ledger: Option<Ledger>,
    /// What is different from the ledger that was there.
    pub(crate) changes: Vec<Change>,
    /// What is wrong with the ledger that was there.
    pub(crate) problem: Option<Problem>,
}

/// Gives the cards of all notes their ids, in the order of the notes. `bytes` is the ledger.
pub(crate) fn identify(bytes: Option<&[u8]>, notes: &mut [CompiledNote]) -> Identified {
    let Some(bytes) = bytes else {
        by_question(notes);
        return Identified::default();
    };
    match read(bytes) {
        Ok(ledger) => by_ledger(&ledger, notes),
        Err(error) => {
            by_question(notes);
            Identified {
                problem: Some(broken(&error)),
                ..Identified::default()
            }
        }
    }
}

fn read(bytes: &[u8]) -> Result<Ledger, LedgerError> {
    let text = std::str::from_utf8(bytes).map_err(|_| LedgerError::not_text())?;
    text.parse()
}

fn by_question(notes: &mut [CompiledNote]) {
    let mut ids = CardIds::default();
    for note in notes {
        let Some(deck) = &mut note.deck else { continue };
        for (card, identity) in deck.cards.iter_mut().zip(&note.identities) {
            card.id = ids.give(&deck.path, identity);
        }
    }
}

fn by_ledger(old: &Ledger, notes: &mut [CompiledNote]) -> Identified {
    let seen: Vec<SeenCard> = notes.iter().flat_map(seen_in).collect();
    let Settled {
        cards,
        parts,
        ledger,
        changes,
    } = settle(old, &seen);
    let decks = notes.iter_mut().filter_map(|note| note.deck.as_mut());
    let all = decks.flat_map(|deck| &mut deck.cards);
    for (card, (id, parts)) in all.zip(cards.into_iter().zip(parts)) {
        card.id = id;
        for (part, id) in card.parts.iter_mut().zip(parts) {
            part.id = id;
        }
    }
    Identified {
        ledger: Some(ledger),
        changes,
        problem: old.has_conflict().then(merged),
    }
}

fn seen_in(note: &CompiledNote) -> impl Iterator<Item = SeenCard<'_>> {
    let cards = note.deck.iter().flat_map(|deck| {
        let path = deck.path.as_str();
        deck.cards.iter().map(move |card| (path, card))
    });
    let cards = cards.zip(&note.identities);
    cards.map(|((path, card), question)| seen_card(path, question, card))
}

fn seen_card<'n>(note: &'n str, question: &'n str, card: &'n Card) -> SeenCard<'n> {
    let part = |part: &'n super::output::Part| SeenPart {
        label: &part.label,
        text: &part.text,
    };
    SeenCard {
        note,
        question,
        answer: card.fingerprint,
        parts: card.parts.iter().map(part).collect(),
    }
}

fn broken(error: &LedgerError) -> Problem {
    Problem {
        severity: Severity::Error,
        code: "broken-ledger",
        path: ledger::NAME.to_owned(),
        line: u32::try_from(error.line).unwrap_or(u32::MAX),
        column: 1,
        message: format!("the ids of the cards cannot be read: {}", error.message),
        hint: error.hint.clone(),
        ..Problem::default()
    }
}

fn merged() -> Problem {
    Problem {
        severity: Severity::Warning,
        code: "merged-ledger",
        path: ledger::NAME.to_owned(),
        line: 1,
        column: 1,
        message: "git has left the lines of both sides of a merge here; both were read".to_owned(),
        hint: "`cargo xtask cards --update` writes the file anew; then commit it".to_owned(),
        ..Problem::default()
    }
}
