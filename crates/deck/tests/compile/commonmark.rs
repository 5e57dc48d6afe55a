//! The examples of CommonMark's spec, through Quire's renderer and through pulldown-cmark's own.
//!
//! Both outputs are parsed as a browser would and compared as trees, so that only what a page
//! would show counts. Where the two differ, `differs.txt` has the example's number below the
//! reason.

mod tree;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use pulldown_cmark::{Event, Parser, html};
use serde::Deserialize;
use tree::{Ignore, Tree};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/commonmark");

#[derive(Deserialize)]
struct Example {
    example: u32,
    markdown: String,
}

fn examples() -> Vec<Example> {
    let json = fs::read_to_string(format!("{FIXTURES}/spec.json")).expect("the fixture is there");
    serde_json::from_str(&json).expect("the fixture is JSON")
}

#[test]
fn the_examples_of_commonmark_look_as_another_renderer_shows_them_but_for_those_listed() {
    let examples = examples();
    assert_eq!(examples.len(), 652);
    let mut differs: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for Example { example, markdown } in &examples {
        if let Some(reason) = difference(markdown) {
            differs.entry(reason).or_default().push(*example);
        }
    }
    let found = listed(&differs);
    let path = format!("{FIXTURES}/differs.txt");
    if std::env::var_os("QUIRE_BLESS").is_some() {
        fs::write(&path, &found).expect("the list can be written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "other examples differ than {path} lists; look at each, and if all is as it should be run \
         `QUIRE_BLESS=1 cargo test -p deck --features compile --test compile commonmark`\n\
         listed:\n{expected}\nfound:\n{found}"
    );
}

/// Why an example differs, or nothing where it does not.
fn difference(markdown: &str) -> Option<String> {
    let ours = deck::compile::render_markdown(markdown);
    let mut theirs = String::new();
    html::push_html(&mut theirs, Parser::new(markdown));
    let is_same = |ignore: &[Ignore]| Tree::parse(&ours, ignore) == Tree::parse(&theirs, ignore);
    if is_same(&[]) {
        return None;
    }
    // The fewest reasons that explain the difference.
    let mut sets: Vec<Vec<Ignore>> = (1_u32..1 << Ignore::ALL.len()).map(subset).collect();
    sets.sort_by_key(Vec::len);
    let explained = sets.into_iter().find(|set| is_same(set));
    let has_html = || {
        let is_html = |event: Event| matches!(event, Event::Html(_) | Event::InlineHtml(_));
        Parser::new(markdown).any(is_html)
    };
    Some(match explained {
        Some(set) => {
            let names: Vec<&str> = set.iter().map(|ignore| ignore.reason()).collect();
            names.join("; ")
        }
        None if markdown.contains("[[") => "`[[…]]` is a link between notes".to_owned(),
        None if has_html() => "raw HTML goes through the sanitiser".to_owned(),
        None => "an extension of Markdown, or Quire's own form".to_owned(),
    })
}

fn subset(bits: u32) -> Vec<Ignore> {
    let is_in = |&(index, _): &(usize, Ignore)| bits >> index & 1 == 1;
    let all = Ignore::ALL.into_iter().enumerate();
    all.filter(is_in).map(|(_, ignore)| ignore).collect()
}

fn listed(differs: &BTreeMap<String, Vec<u32>>) -> String {
    let mut out = String::new();
    for (reason, numbers) in differs {
        let shown: Vec<String> = numbers.iter().map(u32::to_string).collect();
        writeln!(out, "{reason} ({}):\n{}\n", numbers.len(), shown.join(" ")).expect("it is text");
    }
    out
}
