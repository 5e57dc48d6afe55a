//! Devices: who wrote the log, and how it gets from one device to another.

use leptos::prelude::*;
use web_sys::{Event, Node};

use super::dom::{El, el, live};
use super::link::{button_link, link};
use super::shapes::{field, group, heading, muted};
use super::transfer::by_codes;
use super::words;
use crate::state::{App, Device, Route};

/// The page about devices.
pub fn devices(app: App) -> El {
    el("section")
        .class("settings")
        .child(link(app, Route::Settings).class("back").text("Settings"))
        .child(heading("Devices"))
        .child(this_device(app))
        .child(all_devices(app))
        .child(by_file(app))
        .child(by_codes(app))
}

fn this_device(app: App) -> El {
    let id = app.this_device();
    // Set when it changes only: another tab's answer must not wipe what is being typed.
    let name = Memo::new(move |_| {
        let devices = app.devices();
        let this = devices.iter().find(|device| device.id == id);
        this.and_then(|device| device.name.clone())
            .unwrap_or_default()
    });
    let rename = move |event: Event| app.name_device(&event_target_value(&event));
    let input = el("input")
        .attr("type", "text")
        .attr("maxlength", "40")
        .attr("autocomplete", "off")
        .attr("placeholder", "such as Phone or Laptop")
        .live_prop("value", move || name.get())
        .on("change", rename);
    group("This device").child(field("Name", input))
}

fn all_devices(app: App) -> El {
    let list = move || {
        let rows = app.devices_in_order();
        let rows = rows.iter().map(|device| row(app, device).into());
        Node::from(el("ul").class("rows").children(rows))
    };
    group("In your log")
        .child(muted(
            "Every device whose answers are in this log, and when it wrote last.",
        ))
        .child(live(list))
}

fn row(app: App, device: &Device) -> El {
    let name = match &device.name {
        Some(name) => name.clone(),
        None => format!("Device {}", device.id),
    };
    let this = if device.id == app.this_device() {
        " · this one"
    } else {
        ""
    };
    let entries = words::count(device.events as u32, "entry", "entries");
    let last = app.date_of(device.last_utc_ms);
    let text = el("div")
        .class("rows-text")
        .child(el("span").attr("dir", "auto").text(&name))
        .child(
            el("span")
                .class("muted")
                .text(&format!("{entries} · last on {last}{this}")),
        );
    el("li").class("rows-row").child(text)
}

fn by_file(app: App) -> El {
    group("By file")
        .child(el("p").text(
            "Export the log on one device, send the file to the other by any means you like, and \
             import it there. Do the same in the other direction, and both have everything: a \
             merge loses nothing, in whatever order and however often you do it.",
        ))
        .child(el("div").class("notice-actions").child(button_link(
            app,
            Route::Settings,
            "Export or import",
        )))
}
