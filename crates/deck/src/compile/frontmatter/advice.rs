//! What to do about frontmatter that is not read as it was meant.

use super::Fenced;
use super::meant::begins_with_key;
use crate::compile::source::Findings;

/// What to do where YAML breaks off, by the last key above the place.
pub(super) fn hint(before: &str) -> &'static str {
    let line_start = |line: &&str| !line.starts_with([' ', '\t', '-', '#']) && !line.is_empty();
    let key = before.lines().rev().find(line_start).unwrap_or_default();
    let is_of_tags = ["tags", "tag", "Tags", "Tag"]
        .iter()
        .any(|name| begins_with_key(key.trim_end(), name));
    match is_of_tags {
        _ if before.lines().any(|line| line.starts_with('\t')) => {
            "write spaces in place of the tab at the beginning of a line"
        }
        true => "write `tags:` and a list of words below it",
        false => "put the text behind the `:` between quotes",
    }
}

/// `quire.level: 3` is a key like any other to YAML, but meant as a setting.
pub(super) fn report_dotted(fenced: &Fenced, findings: &mut Findings) {
    let mut offset = fenced.inner_start;
    for line in fenced.inner.split_inclusive('\n') {
        let key = line.trim_start_matches(['"', '\'']).strip_prefix("quire.");
        if let Some((name, _)) = key.and_then(|key| key.split_once(':')) {
            let name = name.trim_end_matches(['"', '\'']);
            let message = format!("`quire.{name}` is no setting");
            let hint = format!("write `quire:` and below it, indented, `{name}: …`");
            findings.error("unknown-setting", offset, &message, &hint);
        }
        offset += line.len();
    }
}
