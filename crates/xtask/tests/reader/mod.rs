//! Reads the paths out of a Rust source, macros included, without compiling it.

use std::collections::BTreeSet;

mod tokens;

use tokens::{Token, tokens};

/// A path such as `crate::ui::Shell`, and where it stands.
#[derive(Debug)]
pub struct FoundPath {
    /// Its segments; without `crate` where it is inside the package.
    pub segments: Vec<String>,
    /// Whether it begins at this package and not at another one.
    pub is_inside: bool,
    /// The line, counted from 1.
    pub line: usize,
}

/// A source on its way through.
pub struct Reader<'a> {
    tokens: Vec<Token>,
    next: usize,
    own_modules: &'a [String],
    /// How many braces are open, and at which of them a module began.
    open_braces: usize,
    inline_modules: Vec<usize>,
    raw: Vec<RawPath>,
}

/// A path as it is written, with the number of inline modules around it.
struct RawPath {
    segments: Vec<String>,
    line: usize,
    depth: usize,
    /// The name that a `use` gives it.
    bound_as: Option<String>,
}

impl<'a> Reader<'a> {
    /// A reader of `source`, which is the module `own_modules` of its package.
    pub fn new(source: &str, own_modules: &'a [String]) -> Reader<'a> {
        Reader {
            tokens: tokens(source),
            next: 0,
            own_modules,
            open_braces: 0,
            inline_modules: Vec::new(),
            raw: Vec::new(),
        }
    }

    /// Every path that begins at the package, or at another one.
    pub fn paths(mut self) -> Vec<FoundPath> {
        let mut own_names = BTreeSet::new();
        while let Some(token) = self.tokens.get(self.next).cloned() {
            match token.text.as_str() {
                "use" => self.read_use(),
                "mod" => self.read_module(&mut own_names),
                "{" => self.open(),
                "}" => self.close(),
                _ if token.is_word() => self.read_path(),
                _ => self.next += 1,
            }
        }
        for path in &self.raw {
            let is_own = matches!(path.segments[0].as_str(), "crate" | "self" | "super");
            own_names.extend(path.bound_as.clone().filter(|_| is_own));
        }
        self.raw
            .iter()
            .map(|path| self.resolve(path, &own_names))
            .collect()
    }

    fn open(&mut self) {
        self.open_braces += 1;
        self.next += 1;
    }

    fn close(&mut self) {
        if self.inline_modules.last() == Some(&self.open_braces) {
            self.inline_modules.pop();
        }
        self.open_braces = self.open_braces.saturating_sub(1);
        self.next += 1;
    }

    /// `mod name;` gives a name; `mod name {` is one level more for `super`.
    fn read_module(&mut self, own_names: &mut BTreeSet<String>) {
        own_names.insert(self.text(1).to_owned());
        if self.text(2) == "{" {
            self.inline_modules.push(self.open_braces + 1);
        }
        self.next += 2;
    }

    /// `use a::b;`; the `use<'a>` of a bound names no path.
    fn read_use(&mut self) {
        self.next += 1;
        if self.text(0) != "<" {
            self.read_tree(&[]);
        }
    }

    /// One branch of a `use`, up to the `,` `}` or `;` after it.
    fn read_tree(&mut self, prefix: &[String]) {
        let mut segments = prefix.to_vec();
        let line = self.tokens.get(self.next).map_or(0, |token| token.line);
        let mut bound_as = None;
        while let Some(token) = self.tokens.get(self.next).cloned() {
            match token.text.as_str() {
                "::" => {}
                "{" => return self.read_group(&segments),
                "as" => {
                    bound_as = Some(self.text(1).to_owned());
                    self.next += 1;
                }
                "," | "}" | ";" => break,
                word => segments.push(word.to_owned()),
            }
            self.next += 1;
        }
        // `use a::b::{self}` names b itself.
        if segments.len() > 1 && segments.last().is_some_and(|last| last == "self") {
            segments.pop();
        }
        if !segments.is_empty() {
            let bound_as = bound_as.or_else(|| segments.last().cloned());
            self.keep(segments, line, bound_as);
        }
    }

    fn read_group(&mut self, prefix: &[String]) {
        self.next += 1;
        while !matches!(self.text(0), "}" | ";" | "") {
            self.read_tree(prefix);
            if self.text(0) == "," {
                self.next += 1;
            }
        }
        self.next += 1;
    }

    /// A path of two words or more in code; one word alone says nothing.
    fn read_path(&mut self) {
        let line = self.tokens[self.next].line;
        let mut segments = vec![self.text(0).to_owned()];
        self.next += 1;
        while self.text(0) == "::" && self.tokens.get(self.next + 1).is_some_and(Token::is_word) {
            segments.push(self.text(1).to_owned());
            self.next += 2;
        }
        if segments.len() > 1 {
            self.keep(segments, line, None);
        }
    }

    fn keep(&mut self, segments: Vec<String>, line: usize, bound_as: Option<String>) {
        let depth = self.inline_modules.len();
        self.raw.push(RawPath {
            segments,
            line,
            depth,
            bound_as,
        });
    }

    fn text(&self, ahead: usize) -> &str {
        self.tokens
            .get(self.next + ahead)
            .map_or("", |token| token.text.as_str())
    }

    fn resolve(&self, path: &RawPath, own_names: &BTreeSet<String>) -> FoundPath {
        let first = path.segments[0].as_str();
        let (is_inside, segments) = match first {
            "crate" => (true, path.segments[1..].to_vec()),
            "self" | "super" => (true, self.placed(path)),
            // A name of this file: what it stands for is checked where it is brought in.
            _ if own_names.contains(first) && path.bound_as.is_none() => {
                (true, self.own_modules.to_vec())
            }
            _ => (false, path.segments.clone()),
        };
        FoundPath {
            segments,
            is_inside,
            line: path.line,
        }
    }

    fn placed(&self, path: &RawPath) -> Vec<String> {
        let mut at = self.own_modules.to_vec();
        at.extend(std::iter::repeat_n("(inline)".to_owned(), path.depth));
        let mut rest = path.segments.as_slice();
        while let Some((first, after)) = rest.split_first() {
            match first.as_str() {
                "self" => {}
                "super" => drop(at.pop()),
                _ => break,
            }
            rest = after;
        }
        at.extend_from_slice(rest);
        at
    }
}
