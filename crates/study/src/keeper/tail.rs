//! The newest lines of a page load.

use super::TAIL_BYTES;

/// Lines that go into one value, and how many of them are saved.
#[derive(Default, Debug)]
pub(super) struct Tail {
    text: String,
    pending: usize,
    is_changed: bool,
}

impl Tail {
    /// Whether the line fits. A line alone always does, however long it is.
    pub(super) fn has_room(&self, line: &str) -> bool {
        self.text.is_empty() || self.text.len() + line.len() < TAIL_BYTES
    }

    pub(super) fn push(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
        self.pending += 1;
        self.is_changed = true;
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// How many of the lines were never saved.
    pub(super) fn pending(&self) -> usize {
        self.pending
    }

    /// Whether the store holds exactly this text.
    pub(super) fn is_saved(&self) -> bool {
        !self.is_changed
    }

    /// Notes that the store holds another text.
    pub(super) fn note_change(&mut self) {
        self.is_changed = true;
    }

    /// Notes that the store holds this text.
    pub(super) fn note_saved(&mut self) {
        self.pending = 0;
        self.is_changed = false;
    }
}
