//! Renders Markdown as HTML that is ready for the page.

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::highlight::highlight;
use super::html::{self, escape};
use super::markdown::Piece;
use super::sanitise::{Context, sanitise};
use super::text::inline_text;

/// The HTML of blocks.
pub(crate) fn block_html(pieces: &[Piece]) -> String {
    render(pieces, Context::Block)
}

/// The HTML of a heading or label.
pub(crate) fn inline_html(pieces: &[Piece]) -> String {
    render(pieces, Context::Inline).trim().to_owned()
}

fn render(pieces: &[Piece], context: Context) -> String {
    let mut renderer = Renderer::new(context);
    let mut rest = pieces;
    while let Some((piece, after)) = rest.split_first() {
        rest = match &piece.event {
            Event::Start(Tag::Image {
                dest_url, title, ..
            }) => {
                let (alt, after) = after.split_at(image_len(after));
                renderer.image(dest_url, title, &inline_text(alt));
                after
            }
            event => {
                renderer.event(event);
                after
            }
        };
    }
    sanitise(&renderer.out, context)
}

/// How many pieces stand in an image, its end included.
fn image_len(after_start: &[Piece]) -> usize {
    let mut open = 1;
    for (index, piece) in after_start.iter().enumerate() {
        match piece.event {
            Event::Start(Tag::Image { .. }) => open += 1,
            Event::End(TagEnd::Image) => open -= 1,
            _ => {}
        }
        if open == 0 {
            return index + 1;
        }
    }
    after_start.len()
}

struct Renderer {
    out: String,
    context: Context,
    /// For each open link, whether it was written as one.
    links: Vec<bool>,
    code: Option<CodeBlock>,
    raw_html: String,
    columns: Vec<Alignment>,
    column: usize,
    cell: &'static str,
}

struct CodeBlock {
    language: String,
    text: String,
}

impl Renderer {
    fn new(context: Context) -> Renderer {
        Renderer {
            out: String::new(),
            context,
            links: Vec::new(),
            code: None,
            raw_html: String::new(),
            columns: Vec::new(),
            column: 0,
            cell: "td",
        }
    }

    fn event(&mut self, event: &Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(*end),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.text.push_str(text),
                None => escape(&mut self.out, text),
            },
            Event::Code(text) => {
                self.push("<code>");
                escape(&mut self.out, text);
                self.push("</code>");
            }
            Event::Html(line) => self.raw_html.push_str(line),
            Event::InlineHtml(tag) => self.out.push_str(&html::escape_unknown(tag)),
            Event::SoftBreak => self.push("\n"),
            Event::HardBreak => self.push("<br>"),
            Event::Rule => self.push("<hr>"),
            Event::TaskListMarker(is_done) => self.push(html::checkbox(*is_done)),
            // The parser is built without what gives these.
            Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag) {
        match tag {
            Tag::CodeBlock(kind) => self.code = Some(CodeBlock::new(kind)),
            Tag::Link {
                dest_url, title, ..
            } => self.start_link(dest_url, title),
            Tag::List(Some(1)) => self.push("<ol>"),
            Tag::List(Some(first)) => self.out.push_str(&format!("<ol start=\"{first}\">")),
            Tag::Table(columns) => {
                self.columns = columns.clone();
                self.push("<div class=\"table\" tabindex=\"0\" role=\"group\"><table>");
            }
            Tag::TableHead => {
                self.cell = "th";
                self.column = 0;
                self.push("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.push("<tr>");
            }
            Tag::TableCell => self.start_cell(),
            tag => {
                if let Some(name) = element(tag.to_end()) {
                    self.out.push_str(&format!("<{name}>"));
                }
            }
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    code.write(&mut self.out);
                }
            }
            TagEnd::HtmlBlock => {
                let raw_html = std::mem::take(&mut self.raw_html);
                self.out.push_str(&html::escape_unknown(&raw_html));
            }
            TagEnd::Link => {
                if self.links.pop() == Some(true) {
                    self.push("</a>");
                }
            }
            TagEnd::Table => self.push("</tbody></table></div>"),
            TagEnd::TableHead => {
                self.cell = "td";
                self.push("</tr></thead><tbody>");
            }
            TagEnd::TableRow => self.push("</tr>"),
            TagEnd::TableCell => {
                self.column += 1;
                self.out.push_str(&format!("</{}>", self.cell));
            }
            end => {
                if let Some(name) = element(end) {
                    self.out.push_str(&format!("</{name}>"));
                }
            }
        }
    }

    /// A link to another place of the notes has no page in the app: its text is shown.
    fn start_link(&mut self, address: &str, title: &str) {
        let is_written = self.context == Context::Block && html::is_outside_link(address);
        self.links.push(is_written);
        if is_written {
            self.push("<a");
            self.attribute("href", address);
            self.attribute("title", title);
            self.push(">");
        }
    }

    /// An image of another host would be a request to it: it becomes a link.
    fn image(&mut self, address: &str, title: &str, alt: &str) {
        if self.context == Context::Block && html::is_own_image(address) {
            self.push("<img loading=\"lazy\"");
            self.attribute("src", address);
            self.out.push_str(" alt=\"");
            escape(&mut self.out, alt);
            self.push("\"");
            self.attribute("title", title);
            self.push(">");
            return;
        }
        let shown = if alt.is_empty() { address } else { alt };
        if self.links.contains(&true) {
            return escape(&mut self.out, shown);
        }
        self.start_link(address, title);
        escape(&mut self.out, shown);
        self.end(TagEnd::Link);
    }

    fn start_cell(&mut self) {
        let class = match self.columns.get(self.column) {
            Some(Alignment::Left) => "left",
            Some(Alignment::Center) => "center",
            Some(Alignment::Right) => "right",
            Some(Alignment::None) | None => "",
        };
        self.out.push('<');
        self.push(self.cell);
        self.attribute("class", class);
        self.push(">");
    }

    fn attribute(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.out.push_str(&format!(" {name}=\""));
            escape(&mut self.out, value);
            self.out.push('"');
        }
    }

    fn push(&mut self, html: &str) {
        self.out.push_str(html);
    }
}

impl CodeBlock {
    fn new(kind: &CodeBlockKind) -> CodeBlock {
        let language = match kind {
            CodeBlockKind::Fenced(info) => language(info),
            CodeBlockKind::Indented => String::new(),
        };
        CodeBlock {
            language,
            text: String::new(),
        }
    }

    fn write(&self, out: &mut String) {
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

/// The element of a tag that is written without attributes.
fn element(end: TagEnd) -> Option<String> {
    let name = match end {
        TagEnd::Paragraph => "p",
        TagEnd::Heading(level) => return Some(level.to_string()),
        TagEnd::BlockQuote(_) => "blockquote",
        TagEnd::List(true) => "ol",
        TagEnd::List(false) => "ul",
        TagEnd::Item => "li",
        TagEnd::Emphasis => "em",
        TagEnd::Strong => "strong",
        TagEnd::Strikethrough => "del",
        _ => return None,
    };
    Some(name.to_owned())
}
