//! Knows HTML that the sanitiser would give back as it is, which is most of what the compiler
//! writes: to read it takes a tenth of the time in which a tree is built of it and written again.
//!
//! Only elements without attributes and the spans of code are known here, each where HTML has a
//! place for it. All else is for the sanitiser.

use super::super::flatten::DEEPEST;
use super::super::highlight;
use super::Context;

/// The HTML as the sanitiser would write it, if that is sure.
pub(super) fn clean(html: &str, context: Context) -> Option<String> {
    let mut reader = Reader {
        out: String::with_capacity(html.len()),
        open: Vec::new(),
        context,
    };
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        reader.text(&rest[..at])?;
        rest = reader.tag(&rest[at..])?;
    }
    reader.text(rest)?;
    reader.open.is_empty().then_some(reader.out)
}

struct Reader {
    out: String,
    /// The open elements, the innermost last.
    open: Vec<&'static Element>,
    context: Context,
}

struct Element {
    start: &'static str,
    end: &'static str,
    place: Place,
    holds: Holds,
}

/// Among what an element stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    Blocks,
    Items,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Nothing,
    Text,
    Blocks,
    Items,
}

impl Reader {
    fn holds(&self) -> Holds {
        match (self.open.last(), self.context) {
            (Some(element), _) => element.holds,
            (None, Context::Inline) => Holds::Text,
            (None, Context::Block) => Holds::Blocks,
        }
    }

    /// A text without a character that a browser or the serialiser changes.
    fn text(&mut self, text: &str) -> Option<()> {
        if text.is_empty() {
            return Some(());
        }
        let is_changed = |c| matches!(c, '>' | '\0' | '\r' | '\u{a0}' | '\u{feff}');
        if self.holds() == Holds::Items || text.contains(is_changed) {
            return None;
        }
        let mut pieces = text.split('&');
        self.out.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            match piece.strip_prefix("quot;") {
                Some(after) => {
                    self.out.push('"');
                    self.out.push_str(after);
                }
                None if ["amp;", "lt;", "gt;"]
                    .iter()
                    .any(|it| piece.starts_with(it)) =>
                {
                    self.out.push('&');
                    self.out.push_str(piece);
                }
                None => return None,
            }
        }
        Some(())
    }

    /// Reads the tag that a text begins with, and returns what follows it.
    fn tag<'h>(&mut self, source: &'h str) -> Option<&'h str> {
        let rest = match self.open.last() {
            Some(element) if source.starts_with(element.end) => {
                let rest = &source[element.end.len()..];
                self.open.pop();
                rest
            }
            _ => self.start(source)?,
        };
        self.out.push_str(&source[..source.len() - rest.len()]);
        Some(rest)
    }

    fn start<'h>(&mut self, source: &'h str) -> Option<&'h str> {
        let (element, rest) = match code_block(source) {
            Some(rest) => (&PRE, rest),
            None => ELEMENTS
                .iter()
                .find_map(|element| Some((element, source.strip_prefix(element.start)?)))
                .or_else(|| Some((&SPAN, span(source)?)))?,
        };
        let is_in_place = match self.holds() {
            Holds::Nothing => false,
            Holds::Text => element.place == Place::Text,
            Holds::Blocks => element.place != Place::Items,
            Holds::Items => element.place == Place::Items,
        };
        if !is_in_place || self.open.len() >= DEEPEST {
            return None;
        }
        if element.holds != Holds::Nothing {
            self.open.push(element);
        }
        Some(rest)
    }
}

/// What follows the tag of a span of highlighted code.
fn span(source: &str) -> Option<&str> {
    let rest = source.strip_prefix("<span class=\"")?;
    let class = highlight::CLASSES.iter();
    class
        .filter_map(|class| rest.strip_prefix(class))
        .find_map(|rest| rest.strip_prefix("\">"))
}

/// What follows the tag of a block of code.
fn code_block(source: &str) -> Option<&str> {
    let rest = source.strip_prefix("<pre class=\"code\"")?;
    let rest = match rest.strip_prefix(" data-lang=\"") {
        Some(rest) => without_language(rest).strip_prefix('"')?,
        None => rest,
    };
    let rest = rest.strip_prefix(" tabindex=\"0\" role=\"group\" aria-label=\"Code")?;
    let rest = match rest.strip_prefix(", ") {
        Some(rest) => without_language(rest),
        None => rest,
    };
    let rest = rest.strip_prefix("\">")?;
    // A line end directly behind the tag would go.
    rest.starts_with("<code>").then_some(rest)
}

fn without_language(source: &str) -> &str {
    let is_in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-' | '_');
    source.trim_start_matches(is_in_name)
}

const fn element(start: &'static str, end: &'static str, place: Place, holds: Holds) -> Element {
    Element {
        start,
        end,
        place,
        holds,
    }
}

static PRE: Element = element("", "</pre>", Place::Blocks, Holds::Text);
static SPAN: Element = element("", "</span>", Place::Text, Holds::Text);
static ELEMENTS: [Element; 18] = [
    element("<p>", "</p>", Place::Blocks, Holds::Text),
    element("<code>", "</code>", Place::Text, Holds::Text),
    element("<strong>", "</strong>", Place::Text, Holds::Text),
    element("<em>", "</em>", Place::Text, Holds::Text),
    element("<li>", "</li>", Place::Items, Holds::Blocks),
    element("<ul>", "</ul>", Place::Blocks, Holds::Items),
    element("<ol>", "</ol>", Place::Blocks, Holds::Items),
    element("<br>", "", Place::Text, Holds::Nothing),
    element(
        "<blockquote>",
        "</blockquote>",
        Place::Blocks,
        Holds::Blocks,
    ),
    element("<del>", "</del>", Place::Text, Holds::Text),
    element("<hr>", "", Place::Blocks, Holds::Nothing),
    element("<h1>", "</h1>", Place::Blocks, Holds::Text),
    element("<h2>", "</h2>", Place::Blocks, Holds::Text),
    element("<h3>", "</h3>", Place::Blocks, Holds::Text),
    element("<h4>", "</h4>", Place::Blocks, Holds::Text),
    element("<h5>", "</h5>", Place::Blocks, Holds::Text),
    element("<h6>", "</h6>", Place::Blocks, Holds::Text),
    element("<sup>", "</sup>", Place::Text, Holds::Text),
];

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::super::by_tree;
    use super::*;

    const CODE: &str = "<pre class=\"code\" data-lang=\"c++\" tabindex=\"0\" role=\"group\" \
                        aria-label=\"Code, c++\">";

    /// HTML whose elements are closed in order; whether they stand where they may is chance.
    fn html() -> impl Strategy<Value = String> {
        let texts = [
            "a",
            " ",
            "\n",
            "&amp;",
            "&lt;b&gt;",
            "&quot;",
            "&copy;",
            "&",
            ">",
            "\u{a0}",
            "ü",
            "\r",
            "\0",
            "</p>",
            "</x>",
            "<b>",
            "<!-- a -->",
            "<td>",
            "<p id=\"a\">",
            "<",
            "\t",
            "</ul>",
            "<br/>",
            "<a href=\"https://a.bc\">",
        ];
        let starts: Vec<&str> = ELEMENTS.iter().map(|element| element.start).collect();
        let starts = [
            &starts[..],
            &["<span class=\"k\">", CODE, "<ul>", "<li>", "<li>", "<p>"],
        ];
        let token = prop_oneof![
            3 => prop::sample::select(vec!["a", "b &amp; c", "&quot;", "\n"]),
            1 => prop::sample::select(texts.to_vec()),
            6 => prop::sample::select(starts.concat()),
            4 => Just(""),
        ];
        vec(token, 0..12).prop_map(|tokens| closed(&tokens))
    }

    /// The tokens, of which the empty one closes what is open.
    fn closed(tokens: &[&str]) -> String {
        let mut out = String::new();
        let mut open = Vec::new();
        for token in tokens {
            let element = ELEMENTS.iter().find(|element| element.start == *token);
            out.push_str(token);
            match *token {
                "" => out.push_str(open.pop().unwrap_or_default()),
                CODE => {
                    out.push_str("<code>");
                    open.extend(["</pre>", "</code>"]);
                }
                "<span class=\"k\">" => open.push("</span>"),
                _ => open.extend(element.map(|element| element.end)),
            }
        }
        open.iter().rev().for_each(|end| out.push_str(end));
        out
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn what_is_known_as_clean_is_what_the_sanitiser_gives(html in html()) {
            for context in [Context::Inline, Context::Block] {
                if let Some(clean) = clean(&html, context) {
                    prop_assert_eq!(&clean, &by_tree(&html, context), "{}", html);
                }
            }
        }
    }

    #[test]
    fn what_the_compiler_writes_is_known_where_it_may_stand() {
        #[track_caller]
        fn check(html: &str, context: Context, expected: Option<&str>) {
            assert_eq!(clean(html, context).as_deref(), expected, "{html}");
        }
        use Context::{Block, Inline};
        let list = "<ul><li>a<ul><li><p>b &amp; <em>c</em><br>d</p></li></ul></li></ul>";
        check(list, Block, Some(list));
        check(list, Inline, None);
        check(
            "a &quot;b&quot; <code>c</code>",
            Inline,
            Some("a \"b\" <code>c</code>"),
        );
        let code = format!("{CODE}<code><span class=\"k\">if</span> a\n</code></pre>");
        check(&code, Block, Some(&code));
        for other in [
            "<p><p>a</p></p>",
            "<em><p>a</p></em>",
            "<ul>a</ul>",
            "<p>a",
            "a</p>",
            "a > b",
            "<script>a</script>",
            "<p onclick=\"a\">b</p>",
            "&copy;",
            "a\u{a0}b",
            "<!-- a -->",
            "<span class=\"x\">a</span>",
            "<b>a</b>",
            "<li>a</li>",
        ] {
            check(other, Block, None);
        }
    }
}
