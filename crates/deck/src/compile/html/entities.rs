//! Entities in raw HTML: `&#39;` is an apostrophe to whoever reads it.

use crate::compile::markdown::entity;

/// The text with what its entities stand for.
pub(super) fn without_entities(html: &str) -> String {
    const LONGEST: usize = 34;
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let name_len = after
            .bytes()
            .take(LONGEST)
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
            .count();
        let is_ended = name_len > 0 && after[name_len..].starts_with(';');
        let plain = match &after[..name_len] {
            "nbsp" => Some(" ".to_owned()),
            name if is_ended => entity(&format!("&{name};")),
            _ => None,
        };
        match plain.filter(|_| is_ended) {
            Some(plain) => {
                out.push_str(&plain);
                rest = &after[name_len + 1..];
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}
