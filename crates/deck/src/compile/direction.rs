//! The direction that a card is read in, from the words of its text.
//!
//! Code does not count: it is English in every language. A question without a word from right to
//! left is read from left to right, and one that begins with such a word the other way. Where a
//! question begins with another word, as in `GIL מהו?`, its answer is asked as well: languages
//! that are read from right to left borrow many words, so two of five are enough.

use pulldown_cmark::{Event, Tag, TagEnd};
use unicode_bidi::{BidiClass, bidi_class};

use super::markdown::Piece;
use crate::Direction;

/// The direction of a card with this question and these blocks of an answer.
pub(crate) fn direction(question: &[Piece], answer: &[Vec<Piece>]) -> Direction {
    let asked = Words::of(&prose(question));
    match asked.first {
        Some(Direction::RightToLeft) => return Direction::RightToLeft,
        Some(Direction::LeftToRight) if asked.right == 0 => return Direction::LeftToRight,
        _ => {}
    }
    let told: String = answer.iter().map(|block| prose(block)).collect();
    let told = Words::of(&told);
    let right = asked.right + told.right;
    let all = right + asked.left + told.left;
    match right > 0 && right * 5 >= all * 2 {
        true => Direction::RightToLeft,
        false => Direction::LeftToRight,
    }
}

/// How many words of a text are read in which direction.
#[derive(Default)]
struct Words {
    first: Option<Direction>,
    left: usize,
    right: usize,
}

impl Words {
    fn of(text: &str) -> Words {
        let mut words = Words::default();
        for direction in text.split_whitespace().filter_map(direction_of_word) {
            words.first.get_or_insert(direction);
            match direction {
                Direction::LeftToRight => words.left += 1,
                Direction::RightToLeft => words.right += 1,
            }
        }
        words
    }
}

/// The direction of the first letter that has one; none for numbers, marks and emoji.
fn direction_of_word(word: &str) -> Option<Direction> {
    word.chars().find_map(|c| match bidi_class(c) {
        BidiClass::L => Some(Direction::LeftToRight),
        BidiClass::R | BidiClass::AL => Some(Direction::RightToLeft),
        _ => None,
    })
}

/// The text outside code, formulas and HTML, with a space wherever something is left out.
fn prose(pieces: &[Piece]) -> String {
    let mut text = String::new();
    let mut code_blocks = 0_usize;
    for piece in pieces {
        match &piece.event {
            Event::Start(Tag::CodeBlock(_)) => code_blocks += 1,
            Event::End(TagEnd::CodeBlock) => code_blocks = code_blocks.saturating_sub(1),
            Event::Text(content) if code_blocks == 0 => text.push_str(content),
            Event::Start(tag) if is_inline(tag) => {}
            Event::End(end) if ends_inline(*end) => {}
            Event::InlineHtml(_) => {}
            _ => text.push(' '),
        }
    }
    text.push(' ');
    text
}

/// Marks within a word do not end it.
fn is_inline(tag: &Tag) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }
    )
}

fn ends_inline(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link
    )
}
