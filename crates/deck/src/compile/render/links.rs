//! Rendering of links and images: what each leads to, and how it is written.

use pulldown_cmark::{LinkType, TagEnd};

use super::Renderer;
use crate::compile::html::{self, escape};
use crate::compile::links::{Address, AskedSize, asked_size};
use crate::compile::sanitise::Context;

/// Where a link or image of Markdown leads to.
pub(super) enum LinkTarget {
    /// Out of the app.
    Outside(String),
    /// To something in the folder of notes.
    Inside(Address),
    /// To what the app does not follow.
    Nowhere(String),
}

impl LinkTarget {
    pub(super) fn new(link_type: LinkType, written: &str) -> LinkTarget {
        if link_type == LinkType::Email {
            return LinkTarget::Outside(format!("mailto:{written}"));
        }
        if html::is_outside_link(written) && !matches!(link_type, LinkType::WikiLink { .. }) {
            return LinkTarget::Outside(written.to_owned());
        }
        let inside = Address::new(link_type, written).map(LinkTarget::Inside);
        inside.unwrap_or_else(|| LinkTarget::Nowhere(written.to_owned()))
    }

    /// The address as one reads it.
    fn written(&self) -> String {
        match self {
            LinkTarget::Outside(address) | LinkTarget::Nowhere(address) => address.clone(),
            LinkTarget::Inside(address) => address.target(),
        }
    }

    /// The address of an image that comes with the notes.
    fn image_source(&self) -> Option<String> {
        match self {
            LinkTarget::Inside(address) => Some(address.placeholder()),
            LinkTarget::Nowhere(address) => html::is_data_image(address).then(|| address.clone()),
            LinkTarget::Outside(_) => None,
        }
    }

    /// `alt|300` is a text and a size, for an image of the notes.
    fn alt_and_size<'a>(&self, alt: &'a str) -> (&'a str, Option<AskedSize<'a>>) {
        match alt.rsplit_once('|') {
            Some((text, size)) if matches!(self, LinkTarget::Inside(_)) => match asked_size(size) {
                Some(size) => (text.trim_end(), Some(size)),
                None => (alt, None),
            },
            _ => (alt, None),
        }
    }
}

impl Renderer {
    /// In a heading or label a link is its text, and so is one that leads nowhere.
    pub(super) fn start_link(&mut self, target: &LinkTarget, title: &str) {
        let href = match target {
            LinkTarget::Outside(address) => Some(html::outside_address(address)),
            LinkTarget::Inside(address) => Some(address.placeholder()),
            LinkTarget::Nowhere(_) => None,
        };
        let href = href.filter(|_| self.context == Context::Block);
        self.links.push(href.is_some());
        if let Some(href) = href {
            self.push("<a");
            self.attribute("href", &href);
            self.attribute("title", title);
            self.push(">");
        }
    }

    /// An image of another host would be a request to it: it becomes a link. So does a note.
    pub(super) fn image(&mut self, target: &LinkTarget, title: &str, alt: &str) {
        let (alt, size) = target.alt_and_size(alt);
        let is_linked = matches!(target, LinkTarget::Inside(it) if it.is_embedded_as_link());
        if let Some(source) = target.image_source().filter(|_| !is_linked)
            && self.context == Context::Block
        {
            self.push("<img");
            self.attribute("src", &source);
            self.out.push_str(" alt=\"");
            escape(&mut self.out, alt);
            self.push("\"");
            self.attribute("title", title);
            if let Some((width, height)) = size {
                self.attribute("width", width);
                self.attribute("height", height.unwrap_or_default());
            }
            self.push(">");
            return;
        }
        let written = target.written();
        let shown = if alt.is_empty() { &written } else { alt };
        if self.links.contains(&true) {
            return escape(&mut self.out, shown);
        }
        match is_linked || !matches!(target, LinkTarget::Inside(_)) {
            true => self.start_link(target, title),
            false => self.links.push(false),
        }
        escape(&mut self.out, shown);
        self.end(TagEnd::Link);
    }
}
