//! `Cutter`: cuts inline pieces into slices, each with its own starts and ends of elements.

use std::ops::Range;

use pulldown_cmark::Event;

use super::flat::Flat;
use crate::compile::markdown::Piece;

/// How many elements are opened again behind a cut. Deeper ones lose their effect there, since
/// opening thousands of them for each of thousands of cuts would take for ever.
const MAX_REOPENED: usize = 16;

/// Goes over the pieces once and cuts slices out of them.
pub(super) struct Cutter<'f, 'p, 't> {
    flat: &'f Flat<'p, 't>,
    index: usize,
    open: Vec<&'p Piece<'t>>,
}

impl<'f, 'p, 't> Cutter<'f, 'p, 't> {
    pub(super) fn new(flat: &'f Flat<'p, 't>) -> Cutter<'f, 'p, 't> {
        Cutter {
            flat,
            index: 0,
            open: Vec::new(),
        }
    }

    /// The pieces of a range that does not begin before the end of the last one.
    pub(super) fn slice(&mut self, range: &Range<usize>) -> Vec<Piece<'t>> {
        let starts = &self.flat.starts;
        while self.index < self.flat.pieces.len() && starts[self.index + 1] <= range.start {
            self.step();
        }
        let mut out: Vec<Piece> = Vec::new();
        if self.open.len() <= MAX_REOPENED {
            out.extend(self.open.iter().map(|&piece| piece.clone()));
        }
        let mut depth = out.len();
        while self.index < self.flat.pieces.len() && starts[self.index] < range.end {
            let piece = &self.flat.pieces[self.index];
            match piece.event {
                Event::Start(_) => {
                    out.push(piece.clone());
                    depth += 1;
                }
                Event::End(_) if depth > 0 => {
                    out.push(piece.clone());
                    depth -= 1;
                }
                Event::End(_) => {}
                _ => {
                    let start = starts[self.index].max(range.start);
                    let end = starts[self.index + 1].min(range.end);
                    self.flat.push_part(&mut out, self.index, start..end);
                }
            }
            if starts[self.index + 1] > range.end {
                break;
            }
            self.step();
        }
        self.close(&mut out, depth);
        out
    }

    /// Closes the innermost elements.
    fn close(&self, out: &mut Vec<Piece<'t>>, depth: usize) {
        for piece in self.open.iter().rev().take(depth) {
            if let Event::Start(tag) = &piece.event {
                out.push(Piece {
                    event: Event::End(tag.to_end()),
                    range: piece.range.clone(),
                });
            }
        }
    }

    fn step(&mut self) {
        let piece = &self.flat.pieces[self.index];
        match piece.event {
            Event::Start(_) => self.open.push(piece),
            Event::End(_) => {
                self.open.pop();
            }
            _ => {}
        }
        self.index += 1;
    }
}
