//! From device to device by QR codes: one screen shows them in turn, the other's camera reads.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{HtmlVideoElement, Node};

use super::dom::{El, all, el, live};
use super::importing::incoming;
use super::shapes::{button, field, muted, quiet_button, select};
use super::words;
use crate::state::{App, Showing, Since};

/// What the section shows.
#[derive(Clone)]
enum View {
    Choice,
    Codes(Showing),
    Camera,
    Failed(String),
}

/// The section about codes.
pub fn by_codes(app: App) -> El {
    let view = RwSignal::new_local(View::Choice);
    let said = RwSignal::new(String::new());
    let content = move || match view.get() {
        View::Choice => choice(app, view),
        View::Codes(showing) => codes(app, showing, view),
        View::Camera => camera(app, view).into(),
        View::Failed(reason) => failed(&reason, view),
    };
    el("section")
        .class("settings-group")
        .child(el("h2").text("By QR codes"))
        .child(el("p").text(
            "For small differences, without a file and without a network: one device shows codes \
             in turn, the other reads them with its camera. Only what the other one lacks is added.",
        ))
        .child(live(content))
        .child(
            el("div")
                .attr("role", "status")
                .child(el("p").live_text(move || said.get()))
                .child(incoming(app, move |text| said.set(text.unwrap_or_default()))),
        )
}

fn choice(app: App, view: RwSignal<View, LocalStorage>) -> Node {
    let since = RwSignal::new(Since::Days(1));
    let choices = [
        ("1", "Today"),
        ("3", "The last 3 days"),
        ("7", "The last 7 days"),
        ("export", "Since the last export"),
    ];
    let pick = select(&choices, "1").on("change", move |event| {
        let days = event_target_value(&event).parse();
        since.set(days.map_or(Since::Export, Since::Days));
    });
    let show = move || {
        spawn_local(async move {
            view.set(match app.show_codes(since.get_untracked()).await {
                Ok(showing) => View::Codes(showing),
                Err(reason) => View::Failed(reason),
            });
        });
    };
    all([
        field("What to send", pick).into(),
        el("div")
            .class("notice-actions")
            .child(button("Show codes", show))
            .child(quiet_button("Scan codes", move || view.set(View::Camera)))
            .into(),
    ])
}

fn codes(app: App, showing: Showing, view: RwSignal<View, LocalStorage>) -> Node {
    let (number, total) = (RwSignal::new(0), showing.total);
    showing.turn(number);
    let events = words::count(showing.events, "entry", "entries");
    let codes = words::count(total as u32, "code", "codes");
    let place = move || format!("{events} in {codes}. Code {} of {total}.", number.get() + 1);
    let picture = el("img")
        .class("transfer-code")
        .attr("tabindex", "-1")
        .attr("alt", "A QR code with a part of your log")
        .live_attr("src", move || Some(showing.picture(number.get()).into()));
    app.bring_into_sight(".transfer-code");
    all([
        Node::from(picture),
        el("p").class("muted").live_text(place).into(),
        quiet_button("Done", move || view.set(View::Choice))
            .class("button button-quiet button-start")
            .into(),
    ])
}

fn camera(app: App, view: RwSignal<View, LocalStorage>) -> El {
    let video = el("video")
        .class("transfer-video")
        .attr("tabindex", "-1")
        .attr("playsinline", "")
        .attr("aria-label", "What the camera sees");
    let element: HtmlVideoElement = video.element().clone().unchecked_into();
    let progress = RwSignal::new("Point the camera at the codes of the other device.".to_owned());
    app.bring_into_sight(".transfer-video");
    let scan = app.scan_codes(element, move |text| drop(progress.try_set(text)));
    spawn_local(async move {
        let read = scan.run().await;
        // Where the camera's region has gone, nobody waits for this.
        if progress.try_get_untracked().is_none() {
            return;
        }
        view.try_update(|view| {
            *view = match read {
                Ok(()) => View::Choice,
                Err(reason) => View::Failed(reason),
            }
        });
    });
    el("div")
        .class("transfer-camera")
        .child(video)
        .child(
            el("p")
                .attr("role", "status")
                .live_text(move || progress.get()),
        )
        .child(quiet_button("Stop", move || view.set(View::Choice)))
}

fn failed(reason: &str, view: RwSignal<View, LocalStorage>) -> Node {
    let text = format!("This did not work: {reason}.");
    all([
        Node::from(
            muted(&text)
                .class("notice notice-bad")
                .attr("role", "alert"),
        ),
        button("Back", move || view.set(View::Choice)).into(),
    ])
}
