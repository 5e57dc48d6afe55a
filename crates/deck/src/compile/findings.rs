//! `Findings`: gathers the problems of one file.

use std::collections::{BTreeMap, BTreeSet};

use super::problem::{Other, Problem, Severity};
use super::recovery::Insertions;
use super::source::{Place, Source};

/// Gathers the problems of one note.
pub(crate) struct Findings<'s> {
    path: &'s str,
    source: &'s Source,
    pub(crate) problems: Vec<Problem>,
    /// Where fences begin that were not closed, and are reported as such.
    pub(crate) recovered: BTreeSet<usize>,
    /// What was put into the text that places are told in.
    put_in: Option<Insertions>,
    /// The place of the last problem, if that is kept.
    last_place: Option<usize>,
    /// How many there were of each kind, those that are not kept as well.
    counts: BTreeMap<(Severity, &'static str), usize>,
}

/// How many problems of one kind a note may have: whoever has a hundred knows what is wrong, and a
/// megabyte of `<T>` must not make a hundred megabytes of sentences.
const MOST_OF_A_KIND: usize = 100;

impl<'s> Findings<'s> {
    pub(crate) fn new(path: &'s str, source: &'s Source) -> Findings<'s> {
        Findings {
            path,
            source,
            problems: Vec::new(),
            recovered: BTreeSet::new(),
            put_in: None,
            last_place: None,
            counts: BTreeMap::new(),
        }
    }

    /// Something that the note says does not reach the learner.
    pub(crate) fn error(&mut self, code: &'static str, offset: usize, message: &str, hint: &str) {
        self.report(Severity::Error, code, offset, [message, hint]);
    }

    /// Everything is there, but perhaps not as it was meant.
    pub(crate) fn warning(&mut self, code: &'static str, offset: usize, message: &str, hint: &str) {
        self.report(Severity::Warning, code, offset, [message, hint]);
    }

    /// Another place that the last problem is about, and what is there.
    pub(crate) fn also(&mut self, offset: usize, label: &str) {
        if let (Some(_), Some(problem)) = (self.last_place, self.problems.last_mut()) {
            let place = match &self.put_in {
                Some(put_in) => put_in.original(offset),
                None => offset,
            };
            problem.also = Some(Other::new(self.path, self.source, place, label));
        }
    }

    /// How many bytes of its line the last problem is about.
    pub(crate) fn of_length(&mut self, bytes: usize) {
        if let (Some(place), Some(problem)) = (self.last_place, self.problems.last_mut()) {
            problem.show(&self.source.excerpt(place, Some(bytes)));
        }
    }

    /// The line of a byte of the text.
    pub(crate) fn line(&self, offset: usize) -> u32 {
        self.source.line(offset)
    }

    /// Forgets all problems behind the first `kept`.
    pub(crate) fn forget_from(&mut self, kept: usize) {
        for problem in self.problems.drain(kept..) {
            if let Some(count) = self.counts.get_mut(&(problem.severity, problem.code)) {
                *count -= 1;
            }
        }
        self.last_place = None;
    }

    /// From now on places are told in a text with these put in.
    pub(crate) fn map_places(&mut self, put_in: Option<Insertions>) {
        self.put_in = put_in;
    }

    /// Findings about the same file that nobody will read.
    pub(crate) fn scratch(&self) -> Findings<'s> {
        Findings::new(self.path, self.source)
    }

    fn place_of(&self, offset: usize) -> usize {
        match &self.put_in {
            Some(put_in) => put_in.original(offset),
            None => offset,
        }
    }

    fn report(&mut self, severity: Severity, code: &'static str, offset: usize, texts: [&str; 2]) {
        let count = self.counts.entry((severity, code)).or_default();
        *count += 1;
        if *count > MOST_OF_A_KIND {
            self.last_place = None;
            return;
        }
        let offset = self.place_of(offset);
        self.last_place = Some(offset);
        let Place { line, column } = self.source.place(offset);
        let [message, hint] = texts.map(str::to_owned);
        let mut problem = Problem {
            severity,
            code,
            path: self.path.to_owned(),
            line,
            column,
            message,
            hint,
            ..Problem::default()
        };
        problem.show(&self.source.excerpt(offset, None));
        self.problems.push(problem);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_one_kind_of_problem_a_note_keeps_the_first_hundred() {
        let source = Source::of_text("a");
        let mut findings = Findings::new("a.md", &source);
        for _ in 0..2 * MOST_OF_A_KIND {
            findings.warning("much", 0, "", "");
            findings.error("much", 0, "", "");
        }
        findings.error("other", 0, "", "");
        assert_eq!(findings.problems.len(), 2 * MOST_OF_A_KIND + 1);
    }
}
