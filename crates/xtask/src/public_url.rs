//! The path below which the app is served.

use std::fmt;
use std::str::FromStr;

use crate::cli::Usage;

/// An absolute path that begins and ends with `/`, such as `/` or `/quire/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// `/`: the app has its host to itself.
    pub fn root() -> PublicUrl {
        PublicUrl("/".to_owned())
    }

    /// The path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands below it in the path of a request: `study` of `/quire/study`.
    pub fn strip<'a>(&self, path: &'a str) -> Option<&'a str> {
        path.strip_prefix(self.as_str())
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PublicUrl {
    type Err = Usage;

    /// Takes `/quire/`, `/quire` and `quire`; an address with a host is refused,
    /// since the app works at any.
    fn from_str(text: &str) -> Result<PublicUrl, Usage> {
        let refused = |why: &str| {
            Err(Usage::new(format!(
                "--public-url takes a path such as /quire/; `{text}` {why}"
            )))
        };
        if text.contains("://") {
            return refused("names a host, which is not needed: give only its path");
        }
        let inner = text.strip_prefix('/').unwrap_or(text);
        let inner = inner.strip_suffix('/').unwrap_or(inner);
        if inner.is_empty() {
            return Ok(PublicUrl::root());
        }
        if inner
            .split('/')
            .any(|segment| matches!(segment, "" | "." | ".."))
        {
            return refused("has a segment that is empty or made of dots");
        }
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "/-._~%".contains(c);
        if !inner.chars().all(is_plain) {
            return refused("has a character that does not stand in a path as it is");
        }
        Ok(PublicUrl(format!("/{inner}/")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(text.parse::<PublicUrl>().unwrap().as_str(), expected);
    }

    #[test]
    fn a_path_gets_the_slashes_it_lacks() {
        check("/", "/");
        check("", "/");
        check("/quire/", "/quire/");
        check("/quire", "/quire/");
        check("quire/notes", "/quire/notes/");
    }

    #[test]
    fn what_is_no_path_is_refused_with_the_reason() {
        for (text, why) in [
            ("https://a.example/quire/", "names a host"),
            ("//quire", "empty"),
            ("/a/../b", "dots"),
            ("/a b/", "character"),
            ("/a?b", "character"),
        ] {
            let error = text.parse::<PublicUrl>().unwrap_err().to_string();
            assert!(error.contains(why), "{text}: {error}");
        }
    }

    #[test]
    fn a_request_below_the_path_is_stripped_of_it() {
        let url: PublicUrl = "/quire/".parse().unwrap();
        assert_eq!(url.strip("/quire/study"), Some("study"));
        assert_eq!(url.strip("/quire"), None);
        assert_eq!(url.strip("/quires/x"), None);
        assert_eq!(PublicUrl::root().strip("/study"), Some("study"));
    }
}
