//! Code blocks, and the sources of diagrams among them.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

use super::highlight::{highlight, is_known};
use super::markdown::Piece;
use super::source::Findings;

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

/// Reports fences with code behind their first mark: Markdown reads it as the name of a language.
pub(crate) fn check(pieces: &[Piece], findings: &mut Findings) {
    for piece in pieces {
        if let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = &piece.event
            && is_code(info)
        {
            let message = "what stands behind these marks is read as a language and not shown";
            let hint = "begin the code in the next line";
            findings.warning("code-in-fence", piece.range.start, message, hint);
        }
    }
}

/// Whether an info is several words that name no language, with no settings such as `{1,3}` or
/// `title="x"` behind the first. Two plain words may be a language that is not known.
fn is_code(info: &CowStr) -> bool {
    let name = language(info);
    let mut words = info.split_whitespace();
    let first = words.next().unwrap_or_default();
    let rest: Vec<&str> = words.collect();
    let is_word = |word: &str| word.chars().all(char::is_alphabetic);
    let is_name = rest.len() == 1 && is_word(first) && is_word(rest[0]);
    let is_setting = |word: &&str| word.contains('=') || word.starts_with(['{', '[', '.', '#']);
    !rest.is_empty()
        && !is_name
        && !first.starts_with(['{', '.', '['])
        && !rest.iter().any(is_setting)
        && !is_known(&name)
        && !DIAGRAMS.contains(&name.as_str())
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
