//! Clozes in braces: `{{c1::text}}` as in Anki, and its relatives.
//!
//! Plain `{{text}}` is a cloze as well, since nobody who turns this on writes it for anything else,
//! except templates: those have white space directly inside their braces, or three of them.

use std::ops::Range;

use super::flat::Flat;
use super::marks::{Changes, tag};
use crate::compile::source::Findings;

/// `{{c1::text}}`, `{{1::text}}`, `{{cloze text}}` and `{{text}}`, each perhaps with `::hint`.
pub(super) fn clozes<'t>(flat: &Flat<'_, 't>, findings: &mut Findings) -> Changes<'t> {
    let bytes = &flat.bytes;
    let mut open: Vec<Brace> = Vec::new();
    let mut changes = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let mut len = 1;
        match rest {
            [b'{', ..] => match opening(rest) {
                Some((open_len, is_named)) => {
                    len = open_len;
                    open.push(Brace::Cloze {
                        open: at..at + len,
                        hint: None,
                        is_named,
                    });
                }
                None => {
                    len = single_braces(rest);
                    open.extend((0..len).map(|_| Brace::Single));
                }
            },
            [b':', b':', ..] => {
                if let Some(Brace::Cloze { hint, .. }) = open.last_mut() {
                    hint.get_or_insert(at);
                }
                len = 2;
            }
            [b'}', after @ ..] => match open.last() {
                Some(Brace::Cloze { .. }) if after.first() == Some(&b'}') => {
                    len = 2;
                    if let Some(Brace::Cloze { open, hint, .. }) = open.pop() {
                        close(
                            flat,
                            open,
                            hint.unwrap_or(at)..at + 2,
                            &mut changes,
                            findings,
                        );
                    }
                }
                Some(Brace::Single) => drop(open.pop()),
                _ => {}
            },
            _ => {}
        }
        at += len;
    }
    open.iter()
        .for_each(|brace| unclosed(flat, brace, findings));
    changes
}

/// What is open while braces are read.
enum Brace {
    /// A single `{`.
    Single,
    /// `{{` and what names the cloze.
    Cloze {
        open: Range<usize>,
        hint: Option<usize>,
        is_named: bool,
    },
}

/// How many of the braces that a text begins with open no cloze: all of `{{{x}}}`, which is a
/// template, but only the first of `{{{c1::x}}}`.
fn single_braces(bytes: &[u8]) -> usize {
    let count = bytes.iter().take_while(|&&byte| byte == b'{').count();
    let is_named = |at: usize| opening(&bytes[at..]).is_some_and(|(_, is_named)| is_named);
    match count.checked_sub(2) {
        Some(at) if is_named(at) => at,
        _ => count,
    }
}

/// The length of what opens a cloze, and whether it has a name: braces with white space directly
/// inside are a template, such as `{{ user.name }}`.
fn opening(bytes: &[u8]) -> Option<(usize, bool)> {
    let rest = bytes.strip_prefix(b"{{")?;
    let after_c = rest.strip_prefix(b"c").unwrap_or(rest);
    let digits = after_c
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let name_len = rest.len() - after_c.len() + digits;
    if digits > 0 && rest[name_len..].starts_with(b"::") {
        return Some((2 + name_len + 2, true));
    }
    if rest.starts_with(b"cloze ") {
        return Some((2 + b"cloze ".len(), true));
    }
    let first = rest.first()?;
    (!first.is_ascii_whitespace() && *first != b'{').then_some((2, false))
}

fn close<'t>(
    flat: &Flat<'_, 't>,
    open: Range<usize>,
    close: Range<usize>,
    changes: &mut Changes<'t>,
    findings: &mut Findings,
) {
    if flat.trim(open.end..close.start).is_empty() {
        let message = "this cloze has no text, so it makes no card";
        let hint = "write what is to be remembered between the braces: `{{c1::text}}`";
        findings.warning("empty-cloze", flat.source(open.start), message, hint);
        return;
    }
    changes.push((open, tag("<span>")));
    changes.push((close, tag("</span>")));
}

fn unclosed(flat: &Flat, brace: &Brace, findings: &mut Findings) {
    if let Brace::Cloze {
        open,
        is_named: true,
        ..
    } = brace
    {
        let message = "this cloze is never closed, so it makes no card";
        let hint = "close it with `}}` in the same paragraph";
        findings.error("unclosed-cloze", flat.source(open.start), message, hint);
    }
}
