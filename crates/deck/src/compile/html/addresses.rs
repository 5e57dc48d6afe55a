//! Addresses in notes: which lead out of the app, and which are part of the notes.

/// Whether an image is part of the notes: its address is relative, or holds the image itself.
pub(crate) fn is_own_image(address: &str) -> bool {
    let address = address
        .trim_start_matches(|c: char| c <= ' ')
        .to_ascii_lowercase();
    if let Some(data) = address.strip_prefix("data:") {
        return data.starts_with("image/");
    }
    let is_other_host = address.starts_with(['/', '\\']) && address[1..].starts_with(['/', '\\']);
    !is_other_host && !has_scheme(&address)
}

/// Whether an address holds the image itself.
pub(crate) fn is_data_image(address: &str) -> bool {
    is_own_image(address) && has_scheme(&address.to_ascii_lowercase())
}

/// Whether a link leads out of the app. Links to other places are shown as text.
pub(crate) fn is_outside_link(address: &str) -> bool {
    let address = address.to_ascii_lowercase();
    ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| address.starts_with(scheme))
}

/// An address that leads out of the app, as it may stand in HTML: to a browser a backslash would be
/// a slash. Brackets may be part of the name of a host.
pub(crate) fn outside_address(written: &str) -> String {
    let host = written.find("://").map_or(0, |at| at + 3);
    let host_end = written[host..]
        .find(['/', '?', '#'])
        .map_or(written.len(), |at| host + at);
    let mut out = String::with_capacity(written.len());
    for (at, c) in written.char_indices() {
        let is_bracket = matches!(c, '[' | ']') && at >= host_end;
        let is_other = matches!(
            c,
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}'
        );
        match is_bracket || is_other {
            true => out.push_str(&format!("%{:02X}", u32::from(c))),
            false => out.push(c),
        }
    }
    out
}

fn has_scheme(address: &str) -> bool {
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    // A browser drops these before it reads the address.
    let address: String = address
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .collect();
    address
        .split_once(':')
        .is_some_and(|(scheme, _)| !scheme.is_empty() && scheme.chars().all(is_scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_images_that_come_with_the_notes_are_own() {
        #[track_caller]
        fn check(address: &str, expected: bool) {
            assert_eq!(is_own_image(address), expected, "{address}");
        }
        check("img/a.png", true);
        check("../a.png", true);
        check("/a.png", true);
        check("a.png?x=1:2", true);
        check("data:image/png;base64,AAAA", true);
        check("DATA:IMAGE/PNG;base64,AAAA", true);
        check("data:text/html,x", false);
        check("https://example.org/a.png", false);
        check("//example.org/a.png", false);
        check("/\\example.org/a.png", false);
        check("\\\\example.org/a.png", false);
        check(" https://example.org/a.png", false);
        check("ht\ntps://example.org/a.png", false);
        check("javascript:alert(1)", false);
        check("C:\\a.png", false);
    }

    #[test]
    fn an_address_that_leads_out_is_written_as_a_browser_understands_it() {
        #[track_caller]
        fn check(written: &str, expected: &str) {
            assert_eq!(outside_address(written), expected);
        }
        check(
            "https://a.b/c\\d?e=[f]&g=ü",
            "https://a.b/c%5Cd?e=%5Bf%5D&g=ü",
        );
        check("https://[::1]:80/a%20b c", "https://[::1]:80/a%20b%20c");
        check("https://a.b", "https://a.b");
        check("mailto:a+b@c.de", "mailto:a+b@c.de");
    }
}
