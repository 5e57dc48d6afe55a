//! Elements of the page, with parts that follow the state.
//!
//! Leptos owns the state (signals, memos, effects); its typed views would cost
//! half of the bundle, see ARCHITECTURE.md. Here an element is built once; what
//! may change is a live text, a live attribute or a live region, and each of
//! them is one effect. A live region is built anew when what it reads changes;
//! the effects inside of it end with it.

use std::borrow::Cow;

use leptos::prelude::{Owner, RenderEffect, StoredValue};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Event, Node};

/// An element that is being built.
pub struct El(Element);

/// A new element, such as `el("p")`.
pub fn el(tag: &str) -> El {
    El(document()
        .create_element(tag)
        .expect("the tag is a valid name"))
}

/// Several nodes in a row, without an element around them.
pub fn all(nodes: impl IntoIterator<Item = Node>) -> Node {
    let fragment = document().create_document_fragment();
    for node in nodes {
        append(&fragment, &node);
    }
    fragment.into()
}

/// Nothing at all.
pub fn nothing() -> Node {
    document().create_document_fragment().into()
}

/// A text.
pub fn text(text: &str) -> Node {
    document().create_text_node(text).into()
}

/// A text that follows the state.
pub fn live_text(read: impl Fn() -> String + 'static) -> Node {
    let node: Node = document().create_text_node("").into();
    let target = node.clone();
    follow(Box::new(move || target.set_text_content(Some(&read()))));
    node
}

/// A region that follows the state: built anew whenever what `build` reads changes.
pub fn live(build: impl Fn() -> Node + 'static) -> Node {
    live_boxed(Box::new(build))
}

/// A region that is there while a condition holds.
pub fn when(holds: impl Fn() -> bool + 'static, build: impl Fn() -> Node + 'static) -> Node {
    live(move || if holds() { build() } else { nothing() })
}

impl El {
    /// Sets the class.
    pub fn class(self, class: &str) -> El {
        self.attr("class", class)
    }

    /// Sets an attribute.
    pub fn attr(self, name: &str, value: &str) -> El {
        set(&self.0, name, Some(value));
        self
    }

    /// An attribute that follows the state; `None` takes it away.
    pub fn live_attr(
        self,
        name: &'static str,
        read: impl Fn() -> Option<Cow<'static, str>> + 'static,
    ) -> El {
        let element = self.0.clone();
        follow(Box::new(move || set(&element, name, read().as_deref())));
        self
    }

    /// An attribute without a value, there while a condition holds.
    pub fn live_flag(self, name: &'static str, holds: impl Fn() -> bool + 'static) -> El {
        self.live_attr(name, move || holds().then_some(Cow::Borrowed("")))
    }

    /// A property that follows the state, such as the `value` of a field.
    pub fn live_prop(self, name: &'static str, read: impl Fn() -> String + 'static) -> El {
        let element = self.0.clone();
        follow(Box::new(move || {
            let value = JsValue::from_str(&read());
            js_sys::Reflect::set(&element, &JsValue::from_str(name), &value)
                .expect("an element takes its own properties");
        }));
        self
    }

    /// Adds a text.
    pub fn text(self, content: &str) -> El {
        append(&self.0, &text(content));
        self
    }

    /// Adds a text that follows the state.
    pub fn live_text(self, read: impl Fn() -> String + 'static) -> El {
        append(&self.0, &live_text(read));
        self
    }

    /// Adds a child.
    pub fn child(self, child: impl Into<Node>) -> El {
        append(&self.0, &child.into());
        self
    }

    /// Adds children.
    pub fn children(self, children: impl IntoIterator<Item = Node>) -> El {
        for child in children {
            append(&self.0, &child);
        }
        self
    }

    /// Calls `act` at an event of this element.
    pub fn on(self, event: &str, act: impl FnMut(Event) + 'static) -> El {
        listen(&self.0, event, Box::new(act));
        self
    }

    /// Calls `act` at a click.
    pub fn on_click(self, mut act: impl FnMut() + 'static) -> El {
        self.on("click", move |_| act())
    }

    /// The element itself, for what only the browser can do with it.
    pub fn element(&self) -> &Element {
        &self.0
    }

    /// Sets the content from HTML that the compiler of the notes has sanitised.
    pub(super) fn sanitised(self, html: &str) -> El {
        self.0.set_inner_html(html);
        self
    }
}

impl From<El> for Node {
    fn from(element: El) -> Node {
        element.0.into()
    }
}

/// Mounts the app into an element, for the life of the page.
pub fn mount(root: &Element, build: impl FnOnce() -> Node) {
    // A second start of the executor is refused; the first one serves.
    drop(any_spawner::Executor::init_wasm_bindgen());
    let owner = Owner::new();
    let app = owner.with(build);
    append(root, &app);
    std::mem::forget(owner);
}

/// Runs `act` now and whenever what it reads changes, until the region around it ends.
fn follow(act: Box<dyn Fn()>) {
    let effect = RenderEffect::new(move |_| act());
    // The owner of the region keeps the effect, and drops it with itself.
    StoredValue::new_local(effect);
}

fn live_boxed(build: Box<dyn Fn() -> Node>) -> Node {
    let document = document();
    let start: Node = document.create_comment("").into();
    let end: Node = document.create_comment("").into();
    let region = document.create_document_fragment();
    append(&region, &start);
    append(&region, &end);
    follow(Box::new(move || {
        let content = build();
        replace(&start, &end, &content);
    }));
    region.into()
}

/// Puts `content` between two marks, instead of what is there.
fn replace(start: &Node, end: &Node, content: &Node) {
    let Some(parent) = end.parent_node() else {
        return;
    };
    while let Some(old) = start.next_sibling().filter(|node| node != end) {
        parent
            .remove_child(&old)
            .expect("it stands between the marks of this parent");
    }
    parent
        .insert_before(content, Some(end))
        .expect("the mark is a child of this parent");
}

fn append(parent: &Node, child: &Node) {
    parent
        .append_child(child)
        .expect("a new node can be added to an element");
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    }
    .expect("the attribute has a valid name");
}

fn listen(element: &Element, event: &str, act: Box<dyn FnMut(Event)>) {
    // The browser drops the closure when it drops the element.
    let act = Closure::wrap(act).into_js_value();
    element
        .add_event_listener_with_callback(event, act.unchecked_ref())
        .expect("a function is a valid listener");
}

fn document() -> Document {
    web_sys::window()
        .and_then(|window| window.document())
        .expect("the app runs in a page")
}
