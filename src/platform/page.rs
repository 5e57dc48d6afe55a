//! The page: its address, title, theme and the events shared with the boot script.

use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use web_sys::{CustomEvent, CustomEventInit, Document, HtmlElement, Window};

/// The window. A wasm page always has one.
pub fn window() -> Window {
    web_sys::window().expect("the app runs in a page, never in a worker")
}

/// The document. A wasm page always has one.
pub fn document() -> Document {
    window()
        .document()
        .expect("a window that shows a page has a document")
}

/// The element of index.html with this id.
pub fn element(id: &str) -> HtmlElement {
    let element = document().get_element_by_id(id).expect("index.html has it");
    element.dyn_into().expect("it is an HTML element")
}

/// The path that the app is served under, such as `/` or `/quire/`; ASCII, as
/// in URLs. It is also the scope of everything that is stored.
pub fn base_path() -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    let path = web_sys::Url::new(&base).map_or_else(|_| "/".to_owned(), |url| url.pathname());
    match path.rfind('/') {
        Some(end) => path[..=end].to_owned(),
        None => "/".to_owned(),
    }
}

/// The current path below the base, without a leading slash, and without
/// query or fragment.
pub fn current_path() -> String {
    let path = window().location().pathname().unwrap_or_default();
    let base = base_path();
    path.strip_prefix(&base).unwrap_or_default().to_owned()
}

/// What stands in the address behind a `?`.
pub fn current_query() -> String {
    let search = window().location().search().unwrap_or_default();
    search.strip_prefix('?').unwrap_or(&search).to_owned()
}

/// Puts a path below the base into the address bar as a new entry of the history.
pub fn push_path(path: &str) {
    let address = format!("{}{path}", base_path());
    if let Ok(history) = window().history() {
        // Refused only when a script pushes hundreds of entries a second; the
        // screen changes all the same.
        history
            .push_state_with_url(&JsValue::NULL, "", Some(&address))
            .ok();
    }
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Whether this is a page of a browser on an iPhone or iPad, and not an installed app. (An iPad
/// says that it is a Mac, but no Mac has a touch screen.)
pub fn is_ios_tab() -> bool {
    let navigator = window().navigator();
    let agent = navigator.user_agent().unwrap_or_default();
    let is_ios = agent.contains("iPhone") || agent.contains("iPad");
    let is_ipad = agent.contains("Macintosh") && navigator.max_touch_points() > 1;
    let standalone = js_sys::Reflect::get(&navigator, &"standalone".into());
    (is_ios || is_ipad) && !standalone.is_ok_and(|standalone| standalone.is_truthy())
}

/// Whether nobody can see the page: it is a tab behind another, or the phone is locked.
pub fn is_hidden() -> bool {
    document().hidden()
}

/// Sets the title of the page.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Sets `data-theme` on the root element, or removes it to follow the system.
pub fn set_theme(theme: Option<&str>) {
    let Some(root) = document().document_element() else {
        return;
    };
    match theme {
        Some(name) => root.set_attribute("data-theme", name),
        None => root.remove_attribute("data-theme"),
    }
    .expect("`data-theme` is a valid attribute name");
}

/// Tells the boot script how many events no store has taken yet.
pub fn set_unsaved(events: usize) {
    set_count("data-unsaved", events);
}

/// Tells whoever watches the page how many events the archive has not acknowledged, and how many
/// of this page load it has.
pub fn set_saving(pending: usize, saved: usize) {
    set_count("data-pending", pending);
    set_count("data-saved", saved);
}

/// Sets a number on the root element; no attribute is 0.
fn set_count(name: &str, number: usize) {
    let Some(root) = document().document_element() else {
        return;
    };
    match number {
        0 => root.remove_attribute(name),
        number => root.set_attribute(name, &number.to_string()),
    }
    .expect("the attribute has a valid name");
}

/// Moves the keyboard focus to the first element that a selector finds.
pub fn focus(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that vanished in the meantime cannot take the focus: no harm.
        element.focus().ok();
    }
}

/// Runs `action` after the next frame was prepared, when new elements exist.
pub fn after_render(action: impl FnOnce() + 'static) {
    let callback = Closure::once_into_js(action);
    let scheduled = window().request_animation_frame(callback.unchecked_ref());
    scheduled.expect("a function is a valid frame callback");
}

/// Tells the boot script that the app has mounted.
pub fn announce_started() {
    dispatch("quire:started", "");
}

/// Makes a panic visible: the boot script shows its failure screen.
pub fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let message = panic.to_string();
        web_sys::console::error_1(&JsValue::from_str(&message));
        dispatch("quire:panic", &message);
    }));
}

fn dispatch(name: &str, detail: &str) {
    let init = CustomEventInit::new();
    init.set_detail(&JsValue::from_str(detail));
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        window().dispatch_event(&event).ok();
    }
}
