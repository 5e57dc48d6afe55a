//! The frame of every screen: the navigation, the notices, the screen itself.

use leptos::ev;
use leptos::prelude::*;

use super::card_page::CardPage;
use super::cards::Cards;
use super::link::Link;
use super::notices::Notices;
use super::settings::Settings;
use super::study::Study;
use super::today::Today;
use crate::state::{App, Route};

/// The whole app.
#[component]
pub fn Quire() -> impl IntoView {
    let app = App::start();
    provide_context(app);
    let back = window_event_listener(ev::popstate, move |_| app.follow_address());
    on_cleanup(move || back.remove());
    let route = Memo::new(move |_| app.route());
    Effect::new(move |before: Option<Route>| {
        let now = route.get();
        app.arrived(now, before);
        now
    });
    let studying = move || route.get() == Route::Study;
    view! {
        <div class="shell" class:shell-studying=studying>
            <Navigation />
            <Notices />
            <main class="shell-main" id="main">
                {move || screen(route.get())}
            </main>
            <p class="visually-hidden" role="status" aria-live="polite">
                {move || app.announcement()}
            </p>
        </div>
    }
}

#[component]
fn Navigation() -> impl IntoView {
    view! {
        <header class="shell-header">
            <Link to=Route::Today class="shell-brand">"Quire"</Link>
            <nav class="shell-nav" aria-label="Main">
                <Link to=Route::Today class="shell-link">"Today"</Link>
                <Link to=Route::Cards class="shell-link">"Cards"</Link>
                <Link to=Route::Settings class="shell-link">"Settings"</Link>
            </nav>
        </header>
    }
}

fn screen(route: Route) -> AnyView {
    match route {
        Route::Today => view! { <Today /> }.into_any(),
        Route::Study => view! { <Study /> }.into_any(),
        Route::Cards => view! { <Cards /> }.into_any(),
        Route::Card(id) => view! { <CardPage id /> }.into_any(),
        Route::Settings => view! { <Settings /> }.into_any(),
        Route::NotFound => view! { <NotFound /> }.into_any(),
    }
}

#[component]
fn NotFound() -> impl IntoView {
    view! {
        <section class="empty">
            <h1 tabindex="-1">"No such page"</h1>
            <p>"There is nothing at this address. Your cards and your progress are where they were."</p>
            <Link to=Route::Today class="button">"Go to Today"</Link>
        </section>
    }
}
