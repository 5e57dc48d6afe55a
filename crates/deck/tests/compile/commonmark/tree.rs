//! HTML as a tree, without what makes no difference on a page.

use std::collections::BTreeMap;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// A difference that is by design.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ignore {
    Links,
    Images,
    SetextHeadings,
}

impl Ignore {
    pub const ALL: [Ignore; 3] = [Ignore::Links, Ignore::Images, Ignore::SetextHeadings];

    pub fn reason(self) -> &'static str {
        match self {
            Ignore::Links => "a link that leads to no page of the web is shown as its text",
            Ignore::Images => {
                "an image that does not come with the notes is shown as a link or as its text"
            }
            Ignore::SetextHeadings => "text above `---` stays a paragraph",
        }
    }
}

/// An element with its content, or text.
#[derive(PartialEq, Eq, Debug)]
pub enum Tree {
    Element(String, BTreeMap<String, String>, Vec<Tree>),
    Text(String),
}

impl Tree {
    /// Parses HTML as the content of a page.
    pub fn parse(html: &str, ignore: &[Ignore]) -> Vec<Tree> {
        let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
        let mut reader = Reader {
            ignore,
            is_in_code: false,
        };
        let mut out = Vec::new();
        reader.children(&dom.document, "body", &mut out);
        out
    }
}

struct Reader<'i> {
    ignore: &'i [Ignore],
    is_in_code: bool,
}

impl Reader<'_> {
    fn children(&mut self, node: &Handle, parent: &str, out: &mut Vec<Tree>) {
        for child in node.children.borrow().iter() {
            self.node(child, out);
        }
        trim(out, parent, self.is_in_code);
    }

    fn node(&mut self, node: &Handle, out: &mut Vec<Tree>) {
        match &node.data {
            NodeData::Text { contents } => self.text(&contents.borrow(), out),
            NodeData::Element { name, attrs, .. } => {
                let pairs = attrs.borrow();
                let pairs = pairs
                    .iter()
                    .map(|attr| (attr.name.local.to_string(), attr.value.to_string()));
                self.element(node, &name.local, pairs.collect(), out);
            }
            _ => {}
        }
    }

    fn element(
        &mut self,
        node: &Handle,
        name: &str,
        mut attributes: BTreeMap<String, String>,
        out: &mut Vec<Tree>,
    ) {
        let ignores = |reason| self.ignore.contains(&reason);
        match name {
            "html" | "head" | "body" => return self.children(node, "body", out),
            // Highlighting, and the language of code.
            "span" if self.is_in_code => return self.inline(node, out),
            "code" if self.is_in_code => attributes.clear(),
            "pre" => return self.code(node, out),
            "a" if ignores(Ignore::Links) || ignores(Ignore::Images) => {
                return self.inline(node, out);
            }
            "img" if ignores(Ignore::Images) => {
                let alt = attributes.remove("alt").unwrap_or_default();
                let alt = if alt.is_empty() {
                    let address = attributes.remove("src").unwrap_or_default();
                    address.trim_start_matches("quire-note:p").to_owned()
                } else {
                    alt
                };
                return self.text(&alt, out);
            }
            _ => {}
        }
        for added in ["target", "rel", "loading", "class", "tabindex", "role"] {
            attributes.remove(added);
        }
        let mut content = Vec::new();
        self.children(node, name, &mut content);
        let name = if name == "h2" && ignores(Ignore::SetextHeadings) {
            "p"
        } else {
            name
        };
        out.push(Tree::Element(name.to_owned(), attributes, content));
    }

    /// Quire's code has its language, a name and a place in the order of the keys.
    fn code(&mut self, node: &Handle, out: &mut Vec<Tree>) {
        let was_in_code = std::mem::replace(&mut self.is_in_code, true);
        let mut content = Vec::new();
        self.children(node, "pre", &mut content);
        self.is_in_code = was_in_code;
        out.push(Tree::Element("pre".to_owned(), BTreeMap::new(), content));
    }

    /// The content of an element that makes no difference.
    fn inline(&mut self, node: &Handle, out: &mut Vec<Tree>) {
        for child in node.children.borrow().iter() {
            self.node(child, out);
        }
    }

    /// Text beside text is one text.
    fn text(&self, text: &str, out: &mut Vec<Tree>) {
        match out.last_mut() {
            Some(Tree::Text(before)) => before.push_str(text),
            _ => out.push(Tree::Text(text.to_owned())),
        }
    }
}

/// White space counts in code, except at its end. Elsewhere it is one space between words, and none
/// beside a block.
fn trim(content: &mut Vec<Tree>, parent: &str, is_in_code: bool) {
    let is_edge = |tree: Option<&Tree>| match tree {
        Some(Tree::Element(name, ..)) => !INLINE.contains(&name.as_str()),
        Some(Tree::Text(_)) => false,
        None => !INLINE.contains(&parent),
    };
    for at in 0..content.len() {
        let begins = at
            .checked_sub(1)
            .map_or(is_edge(None), |at| is_edge(content.get(at)));
        let ends = is_edge(content.get(at + 1));
        let Tree::Text(text) = &mut content[at] else {
            continue;
        };
        if is_in_code {
            text.truncate(text.trim_end_matches('\n').len());
            continue;
        }
        let space = |c: char| c.is_ascii_whitespace();
        let inner: Vec<&str> = text.split(space).filter(|word| !word.is_empty()).collect();
        let before = if text.starts_with(space) && !begins {
            " "
        } else {
            ""
        };
        let after = if text.ends_with(space) && !ends {
            " "
        } else {
            ""
        };
        *text = match inner.is_empty() {
            true if begins || ends => String::new(),
            true => before.to_owned(),
            false => format!("{before}{}{after}", inner.join(" ")),
        };
    }
    content.retain(|tree| !matches!(tree, Tree::Text(text) if text.is_empty()));
}

/// Elements that stand in a line of text.
const INLINE: &[&str] = &[
    "a", "b", "code", "del", "em", "i", "img", "span", "strong", "sub", "sup",
];
