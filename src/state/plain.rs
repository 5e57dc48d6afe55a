//! The words of HTML that the compiler of the notes has written, for comparing and keeping.

/// The text as a reader sees it, in one line.
pub fn plain_text(html: &str) -> String {
    let mut raw = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        put_text(&mut raw, &rest[..start]);
        let tag = &rest[start + 1..];
        let end = tag_end(tag);
        put_tag(&mut raw, &tag[..end]);
        rest = tag.get(end + 1..).unwrap_or_default();
    }
    put_text(&mut raw, rest);
    let words: Vec<&str> = raw.split_whitespace().collect();
    words.join(" ")
}

/// Where a tag ends: at the first `>` outside of quotes.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    tag.len()
}

/// What stands on a line or in a cell of its own is set apart; a picture is what it says.
fn put_tag(raw: &mut String, tag: &str) {
    let name = tag.strip_prefix('/').unwrap_or(tag);
    let name = name
        .split(|char: char| !char.is_ascii_alphanumeric())
        .next();
    match name.unwrap_or_default() {
        "img" => {
            if let Some((_, alt)) = tag.split_once("alt=\"") {
                put_text(raw, alt.split('"').next().unwrap_or_default());
            }
        }
        "a" | "abbr" | "b" | "bdi" | "bdo" | "cite" | "code" | "del" | "dfn" | "em" | "i"
        | "ins" | "kbd" | "mark" | "mi" | "mn" | "mo" | "mrow" | "ms" | "q" | "s" | "samp"
        | "small" | "span" | "strong" | "sub" | "sup" | "u" | "var" | "wbr" => {}
        _ => raw.push(' '),
    }
}

/// Text with its character references read.
fn put_text(raw: &mut String, text: &str) {
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        raw.push_str(&rest[..start]);
        let reference = &rest[start + 1..];
        let end = reference.bytes().take(8).position(|byte| byte == b';');
        match end.and_then(|end| Some((end, character(&reference[..end])?))) {
            Some((end, character)) => {
                raw.push(character);
                rest = &reference[end + 1..];
            }
            None => {
                raw.push('&');
                rest = reference;
            }
        }
    }
    raw.push_str(rest);
}

fn character(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::plain_text;

    #[test]
    fn html_is_read_as_its_words() {
        #[track_caller]
        fn check(html: &str, expected: &str) {
            assert_eq!(plain_text(html), expected);
        }
        check("", "");
        check("<p>One <em>t</em>wo.</p>\n<p>Three</p>", "One two. Three");
        check("<ul><li>a</li><li>b</li></ul>", "a b");
        check(
            "<p>a &lt; b &amp;&amp; c&nbsp;&#39;d&#x27;</p>",
            "a < b && c 'd'",
        );
        check("<p>R&D; &unknown; &</p>", "R&D; &unknown; &");
        check(
            "<img src=\"x.png\" alt=\"A &quot;fox&quot; > b\">",
            "A \"fox\" > b",
        );
        check("<p title=\"a > b\">text</p>", "text");
        check("<tr><td>1</td><td>2</td></tr>", "1 2");
        check("<p>cut <b", "cut");
        check("<p>نص عربي</p>", "نص عربي");
    }
}
