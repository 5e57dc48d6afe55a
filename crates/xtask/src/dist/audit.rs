//! The audit of the finished page: whatever its own policy would block is refused.

use std::cell::RefCell;

use anyhow::{Result, bail};
use lol_html::html_content::Element;
use lol_html::{RewriteStrSettings, element, rewrite_str, text};

use super::page::CONTENT_SECURITY_POLICY;

/// Attributes whose value the browser fetches or goes to without a click. A link of the
/// page's text (`<a href>`) is none of them.
const FETCHED: [&str; 7] = [
    "src",
    "srcset",
    "href",
    "data",
    "poster",
    "action",
    "formaction",
];

/// Refuses a page that its own policy would block, or that asks someone else for a file.
///
/// # Errors
///
/// Names every fault it finds.
pub fn audit(html: &str) -> Result<()> {
    let faults = RefCell::new(Vec::new());
    let base_seen = RefCell::new(false);
    let settings = RewriteStrSettings {
        element_content_handlers: vec![
            element!("*", |element| {
                audit_element(
                    element,
                    &mut base_seen.borrow_mut(),
                    &mut faults.borrow_mut(),
                );
                Ok(())
            }),
            text!("script, style", |chunk| {
                if !chunk.as_str().trim().is_empty() {
                    faults
                        .borrow_mut()
                        .push("an inline script or style".to_owned());
                }
                Ok(())
            }),
        ],
        ..RewriteStrSettings::new()
    };
    // To the parser the inside of <noscript> is mere text, but it is a page without scripts.
    rewrite_str(&html.replace("noscript", "div"), settings)?;
    let mut faults = faults.into_inner();
    let policies = html.matches(CONTENT_SECURITY_POLICY).count();
    if policies != 1 {
        faults.push(format!(
            "the policy stands {policies} times in the page, not once"
        ));
    }
    if faults.is_empty() {
        return Ok(());
    }
    bail!(
        "index.html breaks its own Content-Security-Policy:\n  {}",
        faults.join("\n  ")
    )
}

fn audit_element(element: &Element, base_seen: &mut bool, faults: &mut Vec<String>) {
    let tag = element.tag_name();
    if tag == "style" {
        faults.push("a <style> element: put it in a file".to_owned());
    }
    if tag == "script" && (element.get_attribute("src").is_none() || !is_pinned(element)) {
        faults.push("a <script> without src or without integrity".to_owned());
    }
    for attribute in element.attributes() {
        let (name, value) = (attribute.name(), attribute.value());
        if name == "style" || name.starts_with("on") {
            faults.push(format!("an inline `{name}` attribute on <{tag}>"));
        }
        if tag == "a" || !FETCHED.contains(&name.as_str()) {
            continue;
        }
        if value.contains("//")
            || value
                .split('/')
                .next()
                .is_some_and(|first| first.contains(':'))
        {
            faults.push(format!("<{tag} {name}=\"{value}\"> leads to another site"));
        }
        if tag != "base" && !*base_seen {
            faults.push(format!("<{tag} {name}=\"{value}\"> stands before <base>"));
        }
    }
    *base_seen |= tag == "base";
}

fn is_pinned(element: &Element) -> bool {
    element
        .get_attribute("integrity")
        .is_some_and(|value| value.starts_with("sha384-"))
}
