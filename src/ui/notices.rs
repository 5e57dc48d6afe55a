//! What the learner must know on any screen: storage trouble, lines set aside,
//! a new version.

use leptos::prelude::*;

use crate::state::{App, Trouble};

/// All notices, above the screen.
#[component]
pub fn Notices() -> impl IntoView {
    let app = App::get();
    view! {
        <div class="notices">
            {move || app.trouble().map(|trouble| view! { <StorageTrouble trouble /> })}
            {move || app.set_aside_lines().map(|lines| view! { <LinesSetAside lines /> })}
            {move || app.update_is_ready().then(|| view! { <UpdateReady /> })}
        </div>
    }
}

#[component]
fn StorageTrouble(trouble: Trouble) -> impl IntoView {
    let app = App::get();
    let text = match trouble {
        Trouble::Blocked => {
            "This browser blocks storage for this site. You can study, but your answers \
             live only as long as this page: download them before you leave."
        }
        Trouble::Full => {
            "The browser's storage for this site is full. Your new answers are kept in \
             this page only: download them, then free some space."
        }
        Trouble::Failing => {
            "The browser could not save your last answers. They are kept in this page \
             and tried again at the next answer: download them to be safe."
        }
    };
    let waiting = move || match app.unsaved_events() {
        0 => String::new(),
        1 => " 1 entry is not saved yet.".to_owned(),
        number => format!(" {number} entries are not saved yet."),
    };
    view! {
        <div class="notice notice-bad" role="alert">
            <p>{text} {waiting}</p>
            <button class="button" on:click=move |_| app.download_log()>"Download log"</button>
        </div>
    }
}

#[component]
fn LinesSetAside(lines: usize) -> impl IntoView {
    let app = App::get();
    let text = if lines == 1 { "1 stored line" } else { "Some stored lines" };
    view! {
        <div class="notice" role="alert">
            <p>
                {text}
                " of your log could not be read. Nothing was deleted: what was there is set \
                 aside and part of the download; everything else is in use."
            </p>
            <div class="notice-actions">
                <button class="button" on:click=move |_| app.download_log()>"Download log"</button>
                <button class="button button-quiet" on:click=move |_| app.dismiss_set_aside()>
                    "Close"
                </button>
            </div>
        </div>
    }
}

#[component]
fn UpdateReady() -> impl IntoView {
    let app = App::get();
    view! {
        <div class="notice" role="status">
            <p>"A new version of your cards is ready. Your progress stays."</p>
            <div class="notice-actions">
                <button class="button" on:click=move |_| app.accept_update()>"Update now"</button>
                <button class="button button-quiet" on:click=move |_| app.postpone_update()>
                    "Later"
                </button>
            </div>
        </div>
    }
}
