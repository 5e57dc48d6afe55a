//! Highlights code: syntect's scopes become a few short classes.

use std::collections::HashMap;
use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::html::escape;

/// All classes: builtin, comment, decorator, function, keyword, number, string, type.
pub(crate) const CLASSES: &[&str] = &["b", "c", "d", "f", "k", "n", "s", "t"];

/// A line longer than this is hardly written by hand: its block stays plain.
const LONGEST_LINE: usize = 2_000;

/// A block longer than this is no example of an answer: it stays plain too.
const LONGEST_BLOCK: usize = 100_000;

/// How deep scopes stand in each other. In code that people write it is a few dozen.
const DEEPEST: usize = 200;

/// Code as HTML, with spans where its language is known.
pub(crate) fn highlight(code: &str, language: &str) -> String {
    let mut out = String::with_capacity(code.len() * 2);
    for (class, text) in merge(tokens(code, language)) {
        match class {
            Some(class) => {
                out.push_str("<span class=\"");
                out.push_str(class);
                out.push_str("\">");
                escape(&mut out, &text);
                out.push_str("</span>");
            }
            None => escape(&mut out, &text),
        }
    }
    out
}

/// Whether code of this language gets colours, or is known to need none.
pub(crate) fn is_known(language: &str) -> bool {
    let plain = ["", "text", "txt", "plain", "plaintext", "output"];
    plain.contains(&language) || syntax(language).is_some()
}

type Token<'c> = (Option<&'static str>, &'c str);

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

fn tokens<'c>(code: &'c str, language: &str) -> Vec<Token<'c>> {
    let is_too_long =
        code.len() > LONGEST_BLOCK || code.lines().any(|line| line.len() > LONGEST_LINE);
    match syntax(language) {
        Some(syntax) if !is_too_long => {
            classify(code, syntax).unwrap_or_else(|| vec![(None, code)])
        }
        _ => vec![(None, code)],
    }
}

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let token = match language {
        "" | "text" | "txt" | "plain" | "plaintext" => return None,
        "python3" | "py3" | "pycon" | "ipython" => "python",
        "typescript" | "ts" | "tsx" | "jsx" | "mjs" | "node" => "js",
        "shell" | "zsh" | "console" | "shell-session" | "shellsession" => "bash",
        "golang" => "go",
        "jsonc" | "json5" => "json",
        "csharp" | "c#" => "cs",
        "postgres" | "postgresql" | "mysql" | "sqlite" => "sql",
        "kotlin" | "kt" => "java",
        other => other,
    };
    SYNTAXES.find_syntax_by_token(token)
}

/// Cuts code at every change of scope. `None` where the syntax definition itself fails, and where
/// scopes stand too deep in each other.
fn classify<'c>(code: &'c str, syntax: &SyntaxReference) -> Option<Vec<Token<'c>>> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut tokens = Vec::new();
    let mut rules = Rules::default();
    for line in code.split_inclusive('\n') {
        let mut from = 0;
        for (at, operation) in state.parse_line(line, &SYNTAXES).ok()? {
            let text = line.get(from..at)?;
            if !text.is_empty() {
                tokens.push((rules.class_of(&stack, text), text));
            }
            stack.apply(&operation).ok()?;
            if stack.len() > DEEPEST {
                return None;
            }
            from = at;
        }
        tokens.push((rules.class_of(&stack, &line[from..]), &line[from..]));
    }
    Some(tokens)
}

/// The rule of each scope that was met: a block has few scopes, and asks for each of them again at
/// every word.
#[derive(Default)]
struct Rules(HashMap<Scope, Option<&'static Rule>>);

impl Rules {
    /// The innermost scope that says something decides.
    fn class_of(&mut self, stack: &ScopeStack, text: &str) -> Option<&'static str> {
        let mut scopes = stack.as_slice().iter().rev();
        let rule = scopes.find_map(|&scope| self.rule(scope))?;
        let is_word = || text.contains(|c: char| c.is_alphanumeric());
        match rule.when {
            When::Always => rule.class,
            When::Word if is_word() => rule.class,
            When::Word => None,
        }
    }

    fn rule(&mut self, scope: Scope) -> Option<&'static Rule> {
        let find = || RULES.iter().find(|rule| rule.scope.is_prefix_of(scope));
        *self.0.entry(scope).or_insert_with(find)
    }
}

/// When a rule gives its class.
enum When {
    Always,
    /// For text with letters or digits; marks stay plain.
    Word,
}

struct Rule {
    scope: Scope,
    class: Option<&'static str>,
    when: When,
}

/// The first rule whose scope is a prefix counts.
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    use When::{Always, Word};
    let rule = |(scope, class, when)| Rule {
        scope: Scope::new(scope).expect("these scopes have few and short atoms"),
        class,
        when,
    };
    let rules = [
        ("comment", Some("c"), Always),
        ("meta.interpolation", None, Always),
        ("meta.annotation.arguments", None, Always),
        ("meta.annotation.parameters", None, Always),
        ("punctuation.definition.annotation", Some("d"), Always),
        ("meta.annotation", Some("d"), Word),
        ("variable.annotation", Some("d"), Always),
        ("string", Some("s"), Always),
        ("constant.character.escape", Some("s"), Always),
        ("constant.numeric", Some("n"), Always),
        ("constant.language", Some("b"), Always),
        ("support.function", Some("b"), Word),
        ("support.type", Some("b"), Word),
        ("support.class", Some("b"), Word),
        ("support.constant", Some("b"), Word),
        ("variable.language", Some("b"), Word),
        ("keyword", Some("k"), Word),
        ("storage", Some("k"), Word),
        ("entity.name.tag", Some("k"), Word),
        ("entity.name.function", Some("f"), Word),
        ("variable.function", Some("f"), Word),
        ("entity.other.attribute-name", Some("f"), Word),
        ("entity.other.inherited-class", Some("t"), Word),
        ("entity.name", Some("t"), Word),
        ("markup.inserted", Some("s"), Always),
        ("markup.deleted", Some("k"), Always),
        ("meta.diff.range", Some("c"), Always),
    ];
    rules.map(rule).into_iter().collect()
});

/// Joins neighbours of one class; white space takes the class on both sides of it.
fn merge(tokens: Vec<Token>) -> Vec<(Option<&'static str>, String)> {
    let mut merged: Vec<(Option<&'static str>, String)> = Vec::new();
    let mut space = String::new();
    for (class, token) in tokens {
        let text = token.trim_end();
        if text.is_empty() {
            space.push_str(token);
            continue;
        }
        match merged.last_mut() {
            Some((last, joined)) if *last == class => {
                joined.push_str(&space);
                joined.push_str(text);
            }
            Some((None, joined)) => {
                joined.push_str(&space);
                merged.push((class, text.to_owned()));
            }
            _ if class.is_none() => merged.push((None, format!("{space}{text}"))),
            _ => {
                if !space.is_empty() {
                    merged.push((None, space.clone()));
                }
                merged.push((class, text.to_owned()));
            }
        }
        space.clear();
        space.push_str(&token[text.len()..]);
    }
    if !space.is_empty() {
        merged.push((None, space));
    }
    merged
}
