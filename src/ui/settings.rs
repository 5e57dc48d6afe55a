//! Settings: the schedule, the look, the log as a file, and what this app is.

use leptos::ev::Event;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::words;
use crate::state::{App, Import, Theme};

/// The settings screen.
#[component]
pub fn Settings() -> impl IntoView {
    view! {
        <section class="settings">
            <h1 tabindex="-1">"Settings"</h1>
            <Scheduling />
            <Look />
            <Log />
            <About />
        </section>
    }
}

#[component]
fn Scheduling() -> impl IntoView {
    let app = App::get();
    let retention = Memo::new(move |_| app.settings().desired_retention_percent);
    let new_per_day = Memo::new(move |_| app.settings().new_per_day);
    let choose_retention = move |event: Event| {
        if let Ok(percent) = event_target_value(&event).parse() {
            app.choose_retention(percent);
        }
    };
    let choose_new = move |event: Event| match event_target_value(&event).parse() {
        Ok(number) => app.choose_new_per_day(number),
        Err(_) => restore(&event, &new_per_day.get_untracked().to_string()),
    };
    view! {
        <section class="settings-group">
            <h2>"Schedule"</h2>
            <label class="field">
                <span>"Desired retention"</span>
                <span class="settings-range">
                    <input
                        type="range"
                        min="70"
                        max="97"
                        step="1"
                        aria-describedby="retention-help"
                        prop:value=move || retention.get().to_string()
                        on:change=choose_retention
                    />
                    <output>{move || retention.get()} " %"</output>
                </span>
            </label>
            <p class="muted" id="retention-help">
                "How likely you want to know a card when it comes back. Higher means more \
                 reviews; it counts from each card's next answer on."
            </p>
            <label class="field">
                <span>"New cards a day"</span>
                <input
                    type="number"
                    min="0"
                    max="999"
                    step="1"
                    inputmode="numeric"
                    prop:value=move || new_per_day.get().to_string()
                    on:change=choose_new
                />
            </label>
        </section>
    }
}

#[component]
fn Look() -> impl IntoView {
    let app = App::get();
    let choices =
        [("system", "System", Theme::System), ("light", "Light", Theme::Light), ("dark", "Dark", Theme::Dark)];
    let chosen = Memo::new(move |_| app.settings().theme);
    let choose = move |event: Event| {
        let value = event_target_value(&event);
        if let Some((.., theme)) = choices.iter().find(|(name, ..)| *name == value) {
            app.choose_theme(*theme);
        }
    };
    let options = choices.map(|(value, name, theme)| {
        view! { <option value=value selected=move || chosen.get() == theme>{name}</option> }
    });
    view! {
        <section class="settings-group">
            <h2>"Look"</h2>
            <label class="field">
                <span>"Theme"</span>
                <select on:change=choose>{options}</select>
            </label>
        </section>
    }
}

#[component]
fn Log() -> impl IntoView {
    let app = App::get();
    let result = RwSignal::new(None::<Result<Import, String>>);
    let import = move |event: Event| {
        let input: HtmlInputElement = event_target(&event);
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        leptos::task::spawn_local(async move {
            result.set(Some(app.import_file(file).await));
            // The same file can be chosen again.
            input.set_value("");
        });
    };
    let size = move || words::count(app.event_count() as u32, "entry", "entries");
    view! {
        <section class="settings-group">
            <h2>"Your log"</h2>
            <p>
                "Every answer is one entry of the log, kept in this browser: " {size} ". The \
                 file holds all of them; importing adds what is missing and changes nothing else."
            </p>
            <div class="settings-files">
                <button class="button" on:click=move |_| app.download_log()>"Export log"</button>
                <label class="field settings-import">
                    <span>"Import log"</span>
                    <input type="file" accept=".jsonl,.json,.txt,application/jsonl" on:change=import />
                </label>
            </div>
            <div role="status">
                {move || result.get().map(|result| view! { <ImportResult result /> })}
            </div>
        </section>
    }
}

#[component]
fn ImportResult(result: Result<Import, String>) -> impl IntoView {
    match result {
        Ok(import) => {
            let text = format!(
                "{} added, {} already here.",
                words::count(import.added, "entry", "entries"),
                import.known,
            );
            let bad = (import.unreadable > 0).then(|| {
                format!(" {} could not be read and were left out.", words::count(import.unreadable, "line", "lines"))
            });
            let missing = (import.missing > 0).then(|| {
                let entries = words::count(import.missing, "entry", "entries");
                format!(" {entries} that the file should have are not in it: it was cut off.")
            });
            view! { <p class="notice">{text} {bad} {missing}</p> }.into_any()
        }
        Err(reason) => view! { <p class="notice notice-bad">"Nothing was imported. " {reason}</p> }.into_any(),
    }
}

#[component]
fn About() -> impl IntoView {
    let app = App::get();
    view! {
        <section class="settings-group">
            <h2>"About"</h2>
            <p>
                "Quire " {env!("CARGO_PKG_VERSION")} ", cards " <code>{app.bundle().version()}</code>
                ". It asks no server for anything: notes, schedule and progress are on this device."
            </p>
            <p>{move || app.offline_text()}</p>
        </section>
    }
}

/// Puts the valid value back into a field that holds something else.
fn restore(event: &Event, value: &str) {
    if let Some(input) = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()) {
        input.set_value(value);
    }
}
