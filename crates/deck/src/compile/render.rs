//! Renders Markdown as HTML that is ready for the page.

mod extended;
mod links;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::code::CodeBlock;
use super::html::{self, escape};
use super::losses;
use super::markdown::Piece;
use super::math::Display;
use super::sanitise::{self, Context, sanitise};
use super::source::Findings;
use super::text::inline_text;
use links::LinkTarget;

/// The HTML of blocks.
pub(crate) fn block_html(pieces: &[Piece], findings: &mut Findings) -> String {
    render(pieces, Context::Block, findings)
}

/// The HTML of a heading or label.
pub(crate) fn inline_html(pieces: &[Piece], findings: &mut Findings) -> String {
    render(pieces, Context::Inline, findings).trim().to_owned()
}

fn render(pieces: &[Piece], context: Context, findings: &mut Findings) -> String {
    let mut renderer = Renderer::new(context);
    let mut rest = pieces;
    while let Some((piece, after)) = rest.split_first() {
        rest = match &piece.event {
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                title,
                ..
            }) => {
                let (alt, after) = after.split_at(image_len(after));
                let target = LinkTarget::new(*link_type, dest_url);
                renderer.image(&target, title, &inline_text(alt));
                after
            }
            event => {
                renderer.event(event);
                after
            }
        };
    }
    // At the end of what is rendered.
    renderer.end_footnotes();
    let (html, lost) = sanitise(&renderer.out, context);
    losses::report(&lost, pieces, findings);
    sanitise::with_formulas(html, &renderer.formulas)
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
    /// The open quotations and definition lists, the innermost last.
    open: Vec<Open>,
    /// Whether the callout whose title is open folds.
    folds: bool,
    has_footnotes: bool,
    /// The MathML of each formula.
    formulas: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Quote,
    Callout,
    Definitions,
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
            open: Vec::new(),
            folds: false,
            has_footnotes: false,
            formulas: Vec::new(),
        }
    }

    fn event(&mut self, event: &Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(*end),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.text.push_str(text),
                None => extended::marked(&mut self.out, text),
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
            Event::TaskListMarker(is_done) => self.task(*is_done),
            Event::FootnoteReference(number) => self.reference(number),
            Event::InlineMath(tex) => self.formula(tex, Display::Inline),
            Event::DisplayMath(tex) => self.formula(tex, Display::Block),
        }
    }

    fn start(&mut self, tag: &Tag) {
        match tag {
            Tag::CodeBlock(kind) => self.code = Some(CodeBlock::new(kind)),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => self.start_link(&LinkTarget::new(*link_type, dest_url), title),
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
            Tag::BlockQuote(kind) => self.start_quote(*kind),
            Tag::DefinitionList => {
                self.open.push(Open::Definitions);
                self.push("<dl>");
            }
            Tag::DefinitionListTitle => self.start_title(),
            Tag::FootnoteDefinition(number) => {
                if !std::mem::replace(&mut self.has_footnotes, true) {
                    self.push("<ol class=\"footnotes\">");
                }
                self.out.push_str(&format!("<li value=\"{number}\">"));
            }
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
            TagEnd::BlockQuote(kind) => {
                self.open.pop();
                self.push(if kind.is_some() {
                    "</div>"
                } else {
                    "</blockquote>"
                });
            }
            TagEnd::DefinitionList => {
                self.open.pop();
                self.push("</dl>");
            }
            TagEnd::DefinitionListTitle => self.end_title(),
            end => {
                if let Some(name) = element(end) {
                    self.out.push_str(&format!("</{name}>"));
                }
            }
        }
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

/// The element of a tag that is written without attributes.
fn element(end: TagEnd) -> Option<String> {
    let name = match end {
        TagEnd::Paragraph => "p",
        TagEnd::Heading(level) => return Some(level.to_string()),
        TagEnd::DefinitionListDefinition => "dd",
        TagEnd::FootnoteDefinition => "li",
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
