//! The other tabs of the app: what they say, and which of them are alive.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use web_sys::{BroadcastChannel, MessageEvent};

use super::page::window;

/// A line to the other tabs. Without it (an old browser, blocked storage) each tab learns of the
/// others' answers at its next start.
pub struct Tabs(Option<BroadcastChannel>);

#[wasm_bindgen]
extern "C" {
    type Locks;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &Locks,
        name: &str,
        options: &JsValue,
        held: &Function,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn query(this: &Locks) -> Result<Promise, JsValue>;
}

impl Tabs {
    /// Joins the tabs of a scope.
    pub fn join(scope: &str) -> Tabs {
        Tabs(BroadcastChannel::new(&format!("quire:{scope}")).ok())
    }

    /// Calls `hear` with everything that another tab says.
    pub fn listen(&self, hear: impl Fn(String) + 'static) {
        let Some(channel) = &self.0 else {
            return;
        };
        let heard =
            move |message: MessageEvent| hear(message.data().as_string().unwrap_or_default());
        let heard = Closure::<dyn Fn(MessageEvent)>::new(heard).into_js_value();
        channel.set_onmessage(Some(heard.unchecked_ref()));
    }

    /// Says something to all other tabs.
    pub fn tell(&self, text: &str) {
        if let Some(channel) = &self.0 {
            // Nobody has to hear it: the stores have it too.
            channel.post_message(&text.into()).ok();
        }
    }
}

/// Holds a lock for the life of the page, so that the other tabs see that it is alive.
pub fn hold(name: &str) {
    let forever = Closure::<dyn Fn() -> Promise>::new(|| Promise::new(&mut |_, _| {}));
    if let Some(locks) = locks() {
        let held = locks.request(
            name,
            &js_sys::Object::new(),
            forever.as_ref().unchecked_ref(),
        );
        if let Ok(held) = held {
            // Refused where storage is blocked: then there are no stores to share either.
            spawn_local(async move { drop(JsFuture::from(held).await) });
        }
    }
    forever.forget();
}

/// The names of all locks that some tab holds; `None` where the browser has no locks.
pub async fn held() -> Option<Vec<String>> {
    let snapshot = JsFuture::from(locks()?.query().ok()?).await.ok()?;
    let held: Array = Reflect::get(&snapshot, &"held".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let name = |lock: JsValue| Reflect::get(&lock, &"name".into()).ok()?.as_string();
    Some(held.iter().filter_map(name).collect())
}

/// Does a work that one tab at a time should do, if no other one is at it. Without locks it is
/// done at once: the work is safe in two tabs, only wasted in one of them.
pub async fn alone(name: &str, work: impl Future<Output = ()> + 'static) {
    let Some(locks) = locks() else {
        return work.await;
    };
    let options = js_sys::Object::new();
    // A plain object takes every property.
    Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE).ok();
    let mut work = Some(work);
    let held = Closure::<dyn FnMut(JsValue) -> JsValue>::new(move |lock: JsValue| {
        match work.take().filter(|_| lock.is_object()) {
            None => JsValue::UNDEFINED,
            Some(work) => future_to_promise(async move {
                work.await;
                Ok(JsValue::UNDEFINED)
            })
            .into(),
        }
    });
    if let Ok(done) = locks.request(name, &options, held.as_ref().unchecked_ref()) {
        JsFuture::from(done).await.ok();
    }
}

fn locks() -> Option<Locks> {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
    locks.is_object().then(|| locks.unchecked_into())
}
