//! Links between screens: real addresses, followed without loading the page.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::state::{App, Route};

/// A link to a screen. With a modifier key, or another button than the first,
/// the browser does what it does with any link.
#[component]
pub fn Link(
    /// Where it leads.
    to: Route,
    /// The class of the `a` element.
    #[prop(optional)]
    class: &'static str,
    /// What is read and shown.
    children: Children,
) -> impl IntoView {
    let app = App::get();
    let follow = move |event: MouseEvent| {
        let modified =
            event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
        if event.button() == 0 && !modified {
            event.prevent_default();
            app.go(to);
        }
    };
    // An empty address would mean this page, not the base.
    let address = match to.path() {
        path if path.is_empty() => "./".to_owned(),
        path => path,
    };
    let current = move || (app.route() == to).then_some("page");
    view! {
        <a href=address class=class aria-current=current on:click=follow>
            {children()}
        </a>
    }
}
