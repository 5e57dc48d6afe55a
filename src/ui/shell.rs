//! The frame of every screen: the navigation, the notices, the screen itself.

use leptos::ev;
use leptos::prelude::*;
use web_sys::{Element, Node};

use super::answer::follow_links;
use super::card_page::card_page;
use super::cards::cards;
use super::devices::devices;
use super::dom::{self, El, el, live};
use super::link::{button_link, link};
use super::news::changes;
use super::notices::notices;
use super::settings::settings;
use super::shapes::heading;
use super::storage::storage;
use super::study::study;
use super::today::today;
use crate::state::{App, Route, Start};

/// Starts the app and mounts it, for the life of the page.
pub fn mount(root: &Element, start: Start) {
    dom::mount(root, || shell(App::start(start)).into());
}

fn shell(app: App) -> El {
    // For the life of the page: the handle is not needed.
    drop(window_event_listener(ev::popstate, move |_| {
        app.follow_address()
    }));
    Effect::new(move |before: Option<Route>| {
        let now = app.route();
        app.arrived(now, before);
        now
    });
    let route = Memo::new(move |_| app.route());
    let class = move || match route.get() {
        Route::Study => Some("shell shell-studying".into()),
        _ => Some("shell".into()),
    };
    let main = el("main").class("shell-main").attr("id", "main");
    let main = follow_links(app, main);
    let status = el("p").class("visually-hidden").attr("role", "status");
    el("div")
        .live_attr("class", class)
        .child(navigation(app))
        .child(notices(app))
        .child(main.child(live(move || screen(app, route.get()))))
        .child(status.live_text(move || app.announcement()))
}

fn navigation(app: App) -> El {
    let entry = move |to, name| Node::from(link(app, to).class("shell-link").text(name));
    let entries = [
        (Route::Today, "Today"),
        (Route::Cards, "Cards"),
        (Route::Settings, "Settings"),
    ];
    let main = el("nav").class("shell-nav").attr("aria-label", "Main");
    el("header")
        .class("shell-header")
        .child(link(app, Route::Today).class("shell-brand").text("Quire"))
        .child(main.children(entries.map(|(to, name)| entry(to, name))))
}

fn screen(app: App, route: Route) -> Node {
    match route {
        Route::Today => today(app),
        Route::Study => study(app),
        Route::Cards | Route::Deck(_) => cards(app),
        Route::Card(id) => card_page(app, id),
        Route::Changes => changes(app),
        Route::Settings => settings(app),
        Route::Storage => storage(app),
        Route::Devices => devices(app),
        Route::NotFound => not_found(app),
    }
    .into()
}

fn not_found(app: App) -> El {
    let text =
        "There is nothing at this address. Your cards and your progress are where they were.";
    el("section")
        .class("empty")
        .child(heading("No such page"))
        .child(el("p").text(text))
        .child(button_link(app, Route::Today, "Go to Today"))
}
