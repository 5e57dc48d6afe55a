//! The page: the tags that need hashes go in, and Trunk's leftovers go out.

use std::cell::RefCell;

use anyhow::{Result, anyhow, bail};
use lol_html::html_content::ContentType;
use lol_html::{RewriteStrSettings, doc_comments, element, rewrite_str};

use super::names::{Assets, Module};

/// The whole policy: own files and compiled wasm, nothing inline, nobody else.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; \
    script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
    connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'self'; \
    form-action 'none'";

/// The comment of `index.html` that the tags of the head replace.
const PLACE: &str = "quire:head";

/// Whether the page asks for the service worker, in `<meta name="quire-worker">`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worker {
    /// The app registers it.
    On,
    /// The app removes one that an earlier build left.
    Off,
}

/// Trunk's page, read once: what it links, and where its head takes our tags.
#[derive(Debug)]
pub struct Template {
    html: String,
    base: String,
    stylesheets: Vec<String>,
}

#[derive(Default)]
struct Seen {
    bases: Vec<String>,
    places: u32,
    stylesheets: Vec<String>,
}

impl Template {
    /// Reads the page that Trunk staged.
    ///
    /// # Errors
    ///
    /// Fails without exactly one base and one place for the tags, and when the base cannot
    /// carry deep links: it must be a path that begins and ends with a slash.
    pub fn read(html: &str) -> Result<Template> {
        let seen = scan(html)?;
        if seen.places != 1 {
            bail!(
                "index.html needs `<!-- {PLACE} -->` once in its head, has it {}x",
                seen.places
            );
        }
        let [base] = <[String; 1]>::try_from(seen.bases)
            .map_err(|found| anyhow!("index.html needs one <base href>, has {}", found.len()))?;
        if !base.starts_with('/') || base.starts_with("//") || !base.ends_with('/') {
            bail!("the public URL must be a path such as / or /quire/, but it is `{base}`");
        }
        let stylesheets = seen
            .stylesheets
            .iter()
            .map(|href| local_path(href, &base))
            .collect::<Result<_>>()?;
        Ok(Template {
            html: html.to_owned(),
            base,
            stylesheets,
        })
    }

    /// The style sheets of the page, in its order, as paths below the site's root.
    pub fn stylesheets(&self) -> &[String] {
        &self.stylesheets
    }

    /// Puts our tags in their place and takes Trunk's leftovers out.
    ///
    /// # Errors
    ///
    /// Fails when the page cannot be rewritten.
    pub fn fill(&self, assets: &Assets, worker: Worker) -> Result<String> {
        let head = head_tags(assets, worker);
        let settings = RewriteStrSettings {
            element_content_handlers: vec![
                element!("link[rel=stylesheet], link[data-trunk]", |link| {
                    link.remove();
                    Ok(())
                }),
                element!("base", |base| Ok(base.set_attribute("href", &self.base)?)),
            ],
            document_content_handlers: vec![doc_comments!(|comment| {
                match comment.text().trim() {
                    PLACE => comment.replace(&head, ContentType::Html),
                    _ => comment.remove(),
                }
                Ok(())
            })],
            ..RewriteStrSettings::new()
        };
        Ok(without_blank_lines(&rewrite_str(&self.html, settings)?))
    }
}

/// Adds a script that runs before the boot script, for `dist-test`.
///
/// # Errors
///
/// Fails when the page has no boot script.
pub fn add_script_before_boot(html: &str, src: &str, integrity: &str) -> Result<String> {
    let found = RefCell::new(0);
    let tag = format!("<script src=\"{src}\" integrity=\"{integrity}\"></script>\n    ");
    let settings = RewriteStrSettings {
        element_content_handlers: vec![element!("script[data-app]", |boot| {
            *found.borrow_mut() += 1;
            boot.before(&tag, ContentType::Html);
            Ok(())
        })],
        ..RewriteStrSettings::new()
    };
    let html = rewrite_str(html, settings)?;
    match found.into_inner() {
        1 => Ok(html),
        count => bail!("index.html needs one boot script, has {count}"),
    }
}

fn scan(html: &str) -> Result<Seen> {
    let seen = RefCell::new(Seen::default());
    let settings = RewriteStrSettings {
        element_content_handlers: vec![
            element!("base[href]", |base| {
                seen.borrow_mut().bases.extend(base.get_attribute("href"));
                Ok(())
            }),
            element!("link[rel=stylesheet][href]", |link| {
                seen.borrow_mut()
                    .stylesheets
                    .extend(link.get_attribute("href"));
                Ok(())
            }),
        ],
        document_content_handlers: vec![doc_comments!(|comment| {
            seen.borrow_mut().places += u32::from(comment.text().trim() == PLACE);
            Ok(())
        })],
        ..RewriteStrSettings::new()
    };
    rewrite_str(html, settings)?;
    Ok(seen.into_inner())
}

/// Trunk writes the public URL before a name; on disk there is only the name.
fn local_path(href: &str, base: &str) -> Result<String> {
    let path = href.strip_prefix(base).unwrap_or(href);
    if path.starts_with('/') || path.contains(':') || path.split('/').any(|part| part == "..") {
        bail!("the style sheet `{href}` is not a file of this site");
    }
    Ok(path.to_owned())
}

/// The policy comes first: it holds for what follows it. The script is a module, so it
/// waits for the page, while everything it needs is already on its way. The wasm is pinned
/// by its hashed name alone: browsers ignore the integrity of what is fetched by a script,
/// and warn about it at each start. What is loaded on demand is only named.
fn head_tags(assets: &Assets, worker: Worker) -> String {
    let Assets {
        boot,
        app: Module { glue, wasm },
        transfer,
        style,
    } = assets;
    let worker = match worker {
        Worker::On => "on",
        Worker::Off => "off",
    };
    [
        format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{CONTENT_SECURITY_POLICY}\">"
        ),
        format!("<meta name=\"quire-worker\" content=\"{worker}\">"),
        format!(
            "<link rel=\"stylesheet\" href=\"{}\" integrity=\"{}\">",
            style.name, style.integrity
        ),
        format!(
            "<link rel=\"modulepreload\" href=\"{}\" integrity=\"{}\">",
            glue.name, glue.integrity
        ),
        format!(
            "<link rel=\"preload\" href=\"{}\" as=\"fetch\" type=\"application/wasm\" crossorigin>",
            wasm.name
        ),
        format!(
            "<script type=\"module\" src=\"{}\" integrity=\"{}\" data-app=\"{}\" \
             data-wasm=\"{}\" data-transfer=\"{}\" data-transfer-wasm=\"{}\"></script>",
            boot.name, boot.integrity, glue.name, wasm.name, transfer.glue.name, transfer.wasm.name
        ),
    ]
    .join("\n    ")
}

/// Removed tags leave their line ends behind.
fn without_blank_lines(html: &str) -> String {
    let lines = html.lines().filter(|line| !line.trim().is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}
