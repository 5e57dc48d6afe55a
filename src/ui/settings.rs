//! Settings: the schedule, the look, the log as a file, and what this app is.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

use super::dom::{El, el};
use super::importing::log;
use super::shapes::{field, heading, muted, select};
use crate::state::{App, Theme};

/// The settings screen.
pub fn settings(app: App) -> El {
    el("section")
        .class("settings")
        .child(heading("Settings"))
        .child(scheduling(app))
        .child(look(app))
        .child(log(app))
        .child(about(app))
}

fn group(name: &str) -> El {
    el("section")
        .class("settings-group")
        .child(el("h2").text(name))
}

fn scheduling(app: App) -> El {
    let help = "How likely you want to know a card when it comes back. Higher means more \
                reviews; it counts from each card's next answer on.";
    group("Schedule")
        .child(retention(app))
        .child(muted(help).attr("id", "retention-help"))
        .child(new_per_day(app))
}

fn retention(app: App) -> El {
    let percent = Memo::new(move |_| app.settings().desired_retention_percent);
    let choose = move |event: Event| {
        if let Ok(percent) = event_target_value(&event).parse() {
            app.choose_retention(percent);
        }
    };
    let range = el("input")
        .attr("type", "range")
        .attr("min", "70")
        .attr("max", "97")
        .attr("step", "1")
        .attr("aria-describedby", "retention-help")
        .live_prop("value", move || percent.get().to_string())
        .on("change", choose);
    let shown = el("output").live_text(move || format!("{} %", percent.get()));
    field(
        "Desired retention",
        el("span").class("settings-range").child(range).child(shown),
    )
}

fn new_per_day(app: App) -> El {
    let number = Memo::new(move |_| app.settings().new_per_day);
    let choose = move |event: Event| match event_target_value(&event).parse() {
        Ok(number) => app.choose_new_per_day(number),
        Err(_) => restore(&event, &number.get_untracked().to_string()),
    };
    let input = el("input")
        .attr("type", "number")
        .attr("min", "0")
        .attr("max", "999")
        .attr("step", "1")
        .attr("inputmode", "numeric")
        .live_prop("value", move || number.get().to_string())
        .on("change", choose);
    field("New cards a day", input)
}

fn look(app: App) -> El {
    let choose = move |event: Event| {
        app.choose_theme(match event_target_value(&event).as_str() {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::System,
        });
    };
    let choices = [("system", "System"), ("light", "Light"), ("dark", "Dark")];
    // Set once: a field that is built anew at every choice would lose the focus.
    let chosen = match untrack(move || app.settings().theme) {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    group("Look").child(field(
        "Theme",
        select(&choices, chosen).on("change", choose),
    ))
}

fn about(app: App) -> El {
    let version = el("p")
        .text(concat!("Quire ", env!("CARGO_PKG_VERSION"), ", cards "))
        .child(el("code").text(app.bundle().version()))
        .text(". It asks no server for anything: notes, schedule and progress are on this device.");
    group("About")
        .child(version)
        .child(el("p").live_text(move || app.offline_text()))
}

/// Puts the valid value back into a field that holds something else.
fn restore(event: &Event, value: &str) {
    if let Some(input) = event
        .target()
        .and_then(|t| t.dyn_into::<HtmlInputElement>().ok())
    {
        input.set_value(value);
    }
}
