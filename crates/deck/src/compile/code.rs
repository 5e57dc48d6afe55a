//! Code blocks, and the sources of diagrams among them.

use pulldown_cmark::{CodeBlockKind, CowStr};

use super::highlight::highlight;

/// A block of code, gathered line by line.
pub(crate) struct CodeBlock {
    language: String,
    pub(crate) text: String,
}

impl CodeBlock {
    pub(crate) fn new(kind: &CodeBlockKind) -> CodeBlock {
        let language = match kind {
            CodeBlockKind::Fenced(info) => language(info),
            CodeBlockKind::Indented => String::new(),
        };
        CodeBlock {
            language,
            text: String::new(),
        }
    }

    pub(crate) fn write(&self, out: &mut String) {
        let is_diagram = DIAGRAMS.contains(&self.language.as_str());
        if is_diagram {
            let caption = "<figure class=\"diagram\"><figcaption>Diagram source";
            out.push_str(&format!("{caption} ({})</figcaption>", self.language));
        }
        self.write_code(out);
        if is_diagram {
            out.push_str("</figure>");
        }
    }

    fn write_code(&self, out: &mut String) {
        let Self { language, text } = self;
        let code = text.strip_suffix('\n').unwrap_or(text);
        out.push_str("<pre class=\"code\"");
        let mut name = "Code".to_owned();
        if !language.is_empty() {
            out.push_str(&format!(" data-lang=\"{language}\""));
            name.push_str(&format!(", {language}"));
        }
        out.push_str(&format!(
            " tabindex=\"0\" role=\"group\" aria-label=\"{name}\"><code>"
        ));
        out.push_str(&highlight(code, language));
        out.push_str("</code></pre>");
    }
}

/// The first word of a fence's info: `python`, also from `python,ignore`, `{.python}` or `Python 3`.
fn language(info: &CowStr) -> String {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-' | '_');
    let start = info.trim_start_matches(['{', '.', ' ']);
    let end = start.find(|c: char| !is_allowed(c)).unwrap_or(start.len());
    start[..end].to_ascii_lowercase()
}

/// Languages that draw something elsewhere; here their source is shown.
const DIAGRAMS: &[&str] = &[
    "actdiag",
    "blockdiag",
    "bytefield",
    "d2",
    "ditaa",
    "dot",
    "graphviz",
    "mermaid",
    "nomnoml",
    "nwdiag",
    "pikchr",
    "plantuml",
    "puml",
    "seqdiag",
    "structurizr",
    "svgbob",
    "tikz",
    "vega",
    "vega-lite",
    "wavedrom",
];
