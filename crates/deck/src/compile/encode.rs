//! Writes decks as the bytes of a bundle (the shape stands in `layout`).

use std::collections::{BTreeMap, HashMap};

use sha2::{Digest, Sha256};

use super::output::{Card, Deck, Part, PartKind};
use crate::layout::{self, VERSION_LEN, header};
use crate::{CardId, Direction};

/// The bytes of a bundle of these decks.
pub(crate) fn encode(decks: &[Deck]) -> Vec<u8> {
    let mut writer = Writer::default();
    for deck in decks {
        writer.deck(deck);
    }
    writer.finish()
}

#[derive(Default)]
struct Writer<'d> {
    decks: Vec<u8>,
    cards: Vec<u8>,
    parts: Vec<u8>,
    names: Vec<u8>,
    ids: Vec<CardId>,
    heap: Heap<'d>,
    name_lists: BTreeMap<&'d [String], u32>,
}

impl<'d> Writer<'d> {
    fn deck(&mut self, deck: &'d Deck) {
        let deck_index = count(&self.decks, layout::deck::LEN);
        let first_card = count(&self.cards, layout::card::LEN);
        let mut record = Vec::with_capacity(layout::deck::LEN);
        for text in [&deck.path, &deck.title, &deck.title_html, &deck.intro_html] {
            self.heap.text(&mut record, text);
        }
        self.name_list(&mut record, &deck.tags);
        put(&mut record, first_card);
        put(&mut record, number(deck.cards.len()));
        debug_assert_eq!(record.len(), layout::deck::LEN);
        self.decks.extend(record);
        for card in &deck.cards {
            self.card(card, deck_index);
        }
    }

    fn card(&mut self, card: &'d Card, deck_index: u32) {
        let mut record = Vec::with_capacity(layout::card::LEN);
        record.extend(card.id.padded());
        for text in [&card.question, &card.question_html, &card.given_html] {
            self.heap.text(&mut record, text);
        }
        let answer_chars = card.answer().map(|part| part.text.chars().count()).sum();
        put(&mut record, deck_index);
        put(&mut record, card.line);
        put(&mut record, card.fingerprint);
        put(&mut record, number(answer_chars));
        self.name_list(&mut record, &card.tags);
        self.name_list(&mut record, &card.section);
        put(&mut record, count(&self.parts, layout::part::LEN));
        put(&mut record, number(card.parts.len()));
        put(&mut record, number(card.prompt().iter().len()));
        put(
            &mut record,
            u32::from(card.direction == Direction::RightToLeft),
        );
        debug_assert_eq!(record.len(), layout::card::LEN);
        self.cards.extend(record);
        self.ids.push(card.id);
        let (prompts, answer): (Vec<&Part>, Vec<&Part>) = card
            .parts
            .iter()
            .partition(|part| part.kind == PartKind::Prompt);
        for part in prompts.into_iter().chain(answer) {
            self.part(part);
        }
    }

    fn part(&mut self, part: &'d Part) {
        self.parts.extend(part.id.padded());
        for text in [&part.label, &part.label_html, &part.html] {
            self.heap.text(&mut self.parts, text);
        }
    }

    /// Cards mostly have the tags of their deck and stand in one section with others, so each list
    /// is kept once.
    fn name_list(&mut self, record: &mut Vec<u8>, names: &'d [String]) {
        let first = match self.name_lists.get(names) {
            Some(&first) => first,
            None => {
                let first = count(&self.names, layout::TEXT);
                for name in names {
                    self.heap.text(&mut self.names, name);
                }
                self.name_lists.insert(names, first);
                first
            }
        };
        put(record, first);
        put(record, number(names.len()));
    }

    fn finish(self) -> Vec<u8> {
        let mut by_id: Vec<usize> = (0..self.ids.len()).collect();
        by_id.sort_by_key(|&index| self.ids[index]);
        let mut rest = Vec::new();
        put(&mut rest, count(&self.decks, layout::deck::LEN));
        put(&mut rest, count(&self.cards, layout::card::LEN));
        put(&mut rest, count(&self.parts, layout::part::LEN));
        put(&mut rest, count(&self.names, layout::TEXT));
        put(&mut rest, number(self.heap.bytes.len()));
        for table in [self.decks, self.cards, self.parts, self.names] {
            rest.extend(table);
        }
        for index in by_id {
            put(&mut rest, number(index));
        }
        rest.extend(self.heap.bytes);

        let mut bytes = layout::MAGIC.to_vec();
        put(&mut bytes, layout::FORMAT);
        bytes.extend(version(&rest).into_bytes());
        debug_assert_eq!(bytes.len(), header::DECKS);
        bytes.extend(rest);
        bytes
    }
}

/// All texts, each once.
#[derive(Default)]
struct Heap<'d> {
    bytes: Vec<u8>,
    /// Where each text stands. It is only ever asked, never gone through, so that its order does
    /// not matter.
    known: HashMap<&'d str, u32>,
}

impl<'d> Heap<'d> {
    fn text(&mut self, record: &mut Vec<u8>, text: &'d str) {
        let start = match self.known.get(text) {
            Some(&start) => start,
            None => {
                let start = number(self.bytes.len());
                self.bytes.extend(text.as_bytes());
                self.known.insert(text, start);
                start
            }
        };
        put(record, start);
        put(record, number(text.len()));
    }
}

fn version(content: &[u8]) -> String {
    let hash = Sha256::digest(content);
    let mut hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    hex.truncate(VERSION_LEN);
    hex
}

fn count(table: &[u8], width: usize) -> u32 {
    number(table.len() / width)
}

fn put(record: &mut Vec<u8>, number: u32) {
    record.extend(number.to_le_bytes());
}

fn number(size: usize) -> u32 {
    u32::try_from(size).expect("a bundle has less than 4 GiB: it is part of a 32-bit program")
}
