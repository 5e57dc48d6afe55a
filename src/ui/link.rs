//! Links between screens: real addresses, followed without loading the page.

use wasm_bindgen::JsCast;
use web_sys::MouseEvent;

use super::dom::{El, el};
use crate::state::{App, Filter, Route, cards_path};

/// A link to a screen. With a modifier key, or another button than the first,
/// the browser does what it does with any link.
pub fn link(app: App, to: Route) -> El {
    // An empty address would mean this page, not the base.
    let address = match to.path() {
        path if path.is_empty() => "./".to_owned(),
        path => path,
    };
    el("a")
        .attr("href", &address)
        .live_attr("aria-current", move || {
            (app.route() == to).then_some("page".into())
        })
        .on("click", move |event| {
            if event.dyn_ref::<MouseEvent>().is_none_or(is_plain) {
                event.prevent_default();
                app.go(to);
            }
        })
}

/// A link to the list of cards, of some or of all.
pub fn cards_link(app: App, filter: Option<Filter>) -> El {
    let query = filter.map(|filter| filter.query(&app.bundle()));
    let query = query.unwrap_or_default();
    el("a")
        .attr("href", &cards_path(&query))
        .on("click", move |event| {
            if event.dyn_ref::<MouseEvent>().is_none_or(is_plain) {
                event.prevent_default();
                app.show_cards(&query);
            }
        })
}

/// A link that looks like a button.
pub fn button_link(app: App, to: Route, name: &str) -> El {
    link(app, to).class("button").text(name)
}

/// Whether a click is meant for this page: no modifier key, and the first button.
pub fn is_plain(event: &MouseEvent) -> bool {
    let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    event.button() == 0 && !modified
}
