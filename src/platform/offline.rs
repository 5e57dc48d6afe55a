//! The service worker, seen from the page: registered, asked for updates, and one
//! reload when the next version takes over.
//!
//! A page keeps the version it started with. The next one waits until the learner
//! accepts it, in any tab; then every open page loads itself again, once.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    CacheStorage, EventTarget, RegistrationOptions, ServiceWorker, ServiceWorkerContainer,
    ServiceWorkerRegistration, ServiceWorkerState, ServiceWorkerUpdateViaCache, Storage,
    VisibilityState,
};

use super::page::{base_path, document, window};

/// How often an open page asks for a new version.
const CHECK_EVERY_MS: i32 = 60 * 60 * 1000;

/// Whether the app will open without a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// This browser, or this address, has no service workers.
    Unsupported,
    /// This build keeps nothing, so that changed notes show at once.
    Off,
    /// The files are on their way.
    Installing,
    /// Every file is kept.
    Ready,
    /// The files could not be kept; the browser's reason.
    Failed(String),
}

/// A new version that waits for the learner's word.
#[derive(Clone)]
pub struct Update {
    registration: ServiceWorkerRegistration,
}

thread_local! {
    static STATUS: RefCell<Status> = const { RefCell::new(Status::Installing) };
    /// Set by the click on "Update now": this page then reloads whatever the guard says.
    static ACCEPTED_HERE: Cell<bool> = const { Cell::new(false) };
}

/// What the settings screen says about offline use.
pub fn status() -> Status {
    STATUS.with_borrow(Clone::clone)
}

/// Registers the worker, or removes an old one where the page asks for none. The
/// callback runs for every new version that waits, also one that waited at the start;
/// the latest one counts. Nothing here can fail the app: see [`status`].
pub fn start(on_update_ready: impl Fn(Update) + 'static) {
    let Some(workers) = workers() else {
        return set_status(Status::Unsupported);
    };
    if document()
        .query_selector("meta[name=quire-worker][content=on]")
        .ok()
        .flatten()
        .is_none()
    {
        set_status(Status::Off);
        spawn_local(remove_worker(workers));
        return;
    }
    reload_when_replaced(&workers);
    spawn_local(async move {
        match register(&workers).await {
            Ok(registration) => follow(registration, Rc::new(on_update_ready)),
            Err(error) => set_status(Status::Failed(reason(&error))),
        }
    });
}

impl Update {
    /// Lets the waiting version take over; the page then loads itself again.
    pub fn accept(self) {
        ACCEPTED_HERE.set(true);
        let Some(waiting) = self.registration.waiting() else {
            // Another tab was faster, and it took over already.
            return reload();
        };
        let message = js_sys::Object::new();
        let set = Reflect::set(&message, &"type".into(), &"SKIP_WAITING".into());
        set.expect("a plain object takes a property");
        if waiting.post_message(&message).is_err() {
            reload();
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Status::Unsupported => out.write_str(
                "Offline use is not possible here: it needs https or localhost, and a \
                 browser that allows service workers.",
            ),
            Status::Off => {
                out.write_str("Offline use is off in this build, which follows your notes.")
            }
            Status::Installing => out.write_str("The app is being kept for offline use."),
            Status::Ready => out.write_str("The app is kept in this browser and works offline."),
            Status::Failed(reason) => write!(
                out,
                "The app could not be kept for offline use, and tries again at the next \
                 start. The browser says: {reason}"
            ),
        }
    }
}

/// The browser's workers. Where they are missing the property is absent, which the
/// typed getter cannot say; where storage is blocked, reading it may throw.
fn workers() -> Option<ServiceWorkerContainer> {
    let workers = Reflect::get(&window().navigator(), &"serviceWorker".into()).ok()?;
    workers.is_object().then(|| workers.unchecked_into())
}

async fn register(workers: &ServiceWorkerContainer) -> Result<ServiceWorkerRegistration, JsValue> {
    let base = base_path();
    let options = RegistrationOptions::new();
    options.set_scope(&base);
    options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
    let promise = workers.register_with_options(&format!("{base}sw.js"), &options);
    Ok(JsFuture::from(promise).await?.unchecked_into())
}

/// Watches a registration for as long as the page lives.
fn follow(registration: ServiceWorkerRegistration, on_update_ready: Rc<dyn Fn(Update)>) {
    let look = {
        let registration = registration.clone();
        move || look_at(&registration, &*on_update_ready)
    };
    look();
    let found = {
        let (registration, look) = (registration.clone(), look.clone());
        move || {
            if let Some(worker) = registration.installing() {
                follow_worker(&worker, look.clone());
            }
        }
    };
    found();
    listen(&registration, "updatefound", found);
    check_for_updates(registration);
}

fn follow_worker(worker: &ServiceWorker, look: impl Fn() + 'static) {
    let watched = worker.clone();
    listen(worker, "statechange", move || {
        let nothing_kept = status() != Status::Ready;
        if watched.state() == ServiceWorkerState::Redundant && nothing_kept {
            set_status(Status::Failed("a file did not arrive whole".to_owned()));
        }
        look();
    });
}

/// A waiting worker is an update only where another is active.
fn look_at(registration: &ServiceWorkerRegistration, on_update_ready: &dyn Fn(Update)) {
    if registration.active().is_some() {
        set_status(Status::Ready);
        if registration.waiting().is_some() {
            on_update_ready(Update {
                registration: registration.clone(),
            });
        }
    }
}

/// Besides the browser's own check at each start: when the page comes back to the
/// front, and every hour while it stays open.
fn check_for_updates(registration: ServiceWorkerRegistration) {
    let check = move || {
        if document().visibility_state() == VisibilityState::Visible
            && window().navigator().on_line()
            && let Ok(promise) = registration.update()
        {
            // Without an answer the page stays as it is, and asks again later.
            spawn_local(async move { drop(JsFuture::from(promise).await) });
        }
    };
    let hourly = Closure::<dyn Fn()>::new(check.clone()).into_js_value();
    listen(&document(), "visibilitychange", check);
    let timer = window().set_interval_with_callback_and_timeout_and_arguments_0(
        hourly.unchecked_ref(),
        CHECK_EVERY_MS,
    );
    timer.expect("a function is a valid timer callback");
}

/// The first worker of a new visitor claims a page that is of its own version: no reload
/// for that. Every later change of the controller is a new version.
fn reload_when_replaced(workers: &ServiceWorkerContainer) {
    let armed = Cell::new(workers.controller().is_some());
    listen(workers, "controllerchange", move || {
        if ACCEPTED_HERE.get() || (armed.replace(true) && guard_allows_reload()) {
            reload();
        }
    });
}

/// A page of one version reloads once without being asked to. If the same version comes
/// back and is replaced again, it stays, so that no pair of versions can loop.
fn guard_allows_reload() -> bool {
    let Some((storage, version)) = tab_storage().zip(page_version()) else {
        return true;
    };
    let key = format!("quire:{}:reloaded", base_path());
    let before = storage.get_item(&key).ok().flatten();
    if before.as_deref() == Some(&*version) {
        return false;
    }
    storage.set_item(&key, &version).is_ok()
}

/// The names of the app's files, which carry the hash of their contents.
fn page_version() -> Option<String> {
    let boot = document().query_selector("script[data-app]").ok()??;
    Some(format!(
        "{} {}",
        boot.get_attribute("data-app")?,
        boot.get_attribute("data-wasm")?
    ))
}

fn tab_storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

fn reload() {
    // Refused only to a page that is being closed.
    window().location().reload().ok();
}

async fn remove_worker(workers: ServiceWorkerContainer) {
    let scope = base_path();
    let found = JsFuture::from(workers.get_registration_with_document_url(&scope)).await;
    let Some(registration) = found.ok().filter(JsValue::is_object) else {
        return;
    };
    let registration: ServiceWorkerRegistration = registration.unchecked_into();
    // Another app may be registered further up on this origin.
    if registration.scope() != format!("{}{scope}", origin()) {
        return;
    }
    if let Ok(promise) = registration.unregister() {
        JsFuture::from(promise).await.ok();
    }
    if let Ok(caches) = window().caches() {
        delete_own_caches(&caches, &format!("quire:{scope}:")).await;
    }
}

/// The version behind the prefix is 16 hexadecimal digits: a scope with a colon in its
/// path must not lose its caches to this one.
async fn delete_own_caches(caches: &CacheStorage, prefix: &str) {
    let Ok(names) = JsFuture::from(caches.keys()).await else {
        return;
    };
    for name in js_sys::Array::from(&names)
        .iter()
        .filter_map(|name| name.as_string())
    {
        let version = name.strip_prefix(prefix).unwrap_or_default();
        if version.len() == 16 && version.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            JsFuture::from(caches.delete(&name)).await.ok();
        }
    }
}

fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Listens for as long as the page lives.
fn listen(target: &EventTarget, event: &str, handler: impl Fn() + 'static) {
    let handler = Closure::<dyn Fn()>::new(handler).into_js_value();
    let added = target.add_event_listener_with_callback(event, handler.unchecked_ref());
    added.expect("a function is a valid listener");
}

fn set_status(status: Status) {
    STATUS.set(status);
}

fn reason(error: &JsValue) -> String {
    let message = Reflect::get(error, &"message".into())
        .ok()
        .and_then(|text| text.as_string());
    message.unwrap_or_else(|| "no reason".to_owned())
}
