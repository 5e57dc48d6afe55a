//! Whether HTML can do anything: every tag of it is read, strictly, and none may run or load.

/// Elements that run, load, submit or style something.
const HARMFUL: &[&str] = &[
    "applet", "audio", "base", "body", "button", "canvas", "embed", "form", "frame", "frameset",
    "head", "html", "iframe", "input", "link", "meta", "noscript", "object", "option", "param",
    "script", "select", "slot", "source", "style", "svg", "template", "textarea", "title", "video",
];

/// Panics if the HTML is not as a serialiser writes it, or can do anything.
#[track_caller]
pub fn assert_harmless(html: &str) {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = tag(&rest[at + 1..], html);
    }
}

/// Reads a tag behind its `<` and returns what follows it.
#[track_caller]
fn tag<'h>(source: &'h str, html: &str) -> &'h str {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let source = source.strip_prefix('/').unwrap_or(source);
    let end = source.find(|c| !is_name(c)).unwrap_or(source.len());
    let (name, mut rest) = source.split_at(end);
    assert!(
        name.starts_with(|c: char| c.is_ascii_lowercase()),
        "`<{name}` in {html}"
    );
    assert!(!HARMFUL.contains(&name), "`<{name}` in {html}");
    loop {
        if let Some(after) = rest.strip_prefix('>') {
            return after;
        }
        let attribute = rest.strip_prefix(' ').expect("a space before an attribute");
        let (key, value) = attribute
            .split_once("=\"")
            .expect("an attribute with a value");
        let (value, after) = value.split_once('"').expect("a value with an end");
        assert!(key.chars().all(is_name), "attribute `{key}` in {html}");
        assert!(
            !key.starts_with("on") && key != "style",
            "attribute `{key}` in {html}"
        );
        address(key, value, html);
        rest = after;
    }
}

/// A link leads to the web or into the app, an image comes with the app.
#[track_caller]
fn address(key: &str, value: &str, html: &str) {
    if !matches!(
        key,
        "href" | "src" | "action" | "formaction" | "srcdoc" | "srcset"
    ) {
        return;
    }
    assert!(matches!(key, "href" | "src"), "attribute `{key}` in {html}");
    let shown = |c: &char| !c.is_ascii_whitespace() && !c.is_ascii_control();
    let value: String = value
        .chars()
        .filter(shown)
        .collect::<String>()
        .to_lowercase();
    for bad in ["javascript:", "vbscript:", "data:text", "data:application"] {
        assert!(!value.starts_with(bad), "`{value}` in {html}");
    }
}
