//! The session: question, prompt on request, the answer part by part, a grade.

use deck::CardIndex;
use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::answer::{PartView, Question};
use super::link::Link;
use super::today::BackToToday;
use super::words;
use crate::state::{App, Due, Grant, Place, Prompt, Rating, Route};

/// The session in progress, its end, or the news that nothing is due.
#[component]
pub fn Study() -> impl IntoView {
    let app = App::get();
    app.continue_or_start();
    let keys = window_event_listener(ev::keydown, move |event| on_key(app, &event));
    on_cleanup(move || keys.remove());
    // The card is built anew only when another card comes, or the same one again.
    let shown = Memo::new(move |_| app.place());
    let screen = move || match shown.get() {
        None => view! { <NothingDue /> }.into_any(),
        Some(Place::Finished) => view! { <Finished /> }.into_any(),
        Some(Place::Wait { until_utc_ms }) => view! { <Wait until_utc_ms /> }.into_any(),
        Some(Place::Card(current)) => match app.bundle().find(&current.card) {
            Some(card) => view! { <CardInStudy card /> }.into_any(),
            None => view! { <NothingDue /> }.into_any(),
        },
    };
    view! { <section class="study">{screen}</section> }
}

#[component]
fn CardInStudy(card: CardIndex) -> impl IntoView {
    let app = App::get();
    let bundle = app.bundle();
    let entry = bundle.card(card);
    let deck = bundle.deck(entry.deck());
    let parts: Vec<_> = bundle.body(card).parts().collect();
    let total = parts.len() as u32;
    let shown = Memo::new(move |_| app.shown_parts().min(total));
    let visible = move || (0..shown.get()).collect::<Vec<u32>>();
    let part = move |index: u32| view! { <PartView part=parts[index as usize] /> };
    view! {
        <SessionBar />
        <article class="study-card">
            <p class="study-deck" dir="auto">{deck.title()}</p>
            <Question card=entry />
            <PromptOfCard card />
            <div class="answer">
                <For each=visible key=|index| *index children=part />
            </div>
        </article>
        <Actions shown total />
    }
}

#[component]
fn PromptOfCard(card: CardIndex) -> impl IntoView {
    let app = App::get();
    let prompt = app.bundle().body(card).prompt();
    prompt.map(|part| {
        let shown = Memo::new(move |_| app.prompt() == Prompt::Shown);
        move || match shown.get() {
            true => view! { <PartView part class="part part-prompt" /> }.into_any(),
            false => view! {
                <button class="button button-quiet" on:click=move |_| app.show_prompt()>
                    "Show prompt"
                </button>
            }
            .into_any(),
        }
    })
}

#[component]
fn SessionBar() -> impl IntoView {
    let app = App::get();
    let progress = Memo::new(move |_| app.progress());
    let left = move || {
        let progress = progress.get();
        let answers = words::count(progress.left, "answer", "answers");
        format!("{answers} · {} left", words::minutes(progress.minutes))
    };
    view! {
        <div class="study-bar">
            <Link to=Route::Today class="study-leave">"Leave"</Link>
            <progress
                class="study-progress"
                aria-label="Session progress"
                max=move || (progress.get().done + progress.get().left).max(1).to_string()
                value=move || progress.get().done.to_string()
            ></progress>
            <span class="study-left">{left}</span>
            <button
                class="button button-quiet study-undo"
                prop:disabled=move || !app.can_undo()
                on:click=move |_| app.undo()
            >
                "Undo"
            </button>
        </div>
    }
}

/// The bar under the thumb: reveal, then grade.
#[component]
fn Actions(shown: Memo<u32>, total: u32) -> impl IntoView {
    let all_shown = Memo::new(move |_| shown.get() >= total);
    view! {
        <div class="study-actions">
            {move || match all_shown.get() {
                true => view! { <Grades /> }.into_any(),
                false => view! { <Reveal shown total /> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Reveal(shown: Memo<u32>, total: u32) -> impl IntoView {
    let app = App::get();
    let next = move || match total {
        1 => "Show answer".to_owned(),
        _ => format!("Show next part ({} of {total})", shown.get() + 1),
    };
    let all = (total > 1).then(|| {
        view! {
            <button class="button button-quiet" on:click=move |_| app.show_all_parts()>
                "Show all parts"
            </button>
        }
    });
    view! {
        <div class="study-reveal">
            {all}
            <button class="button button-big" on:click=move |_| app.show_next_part()>{next}</button>
        </div>
    }
}

#[component]
fn Grades() -> impl IntoView {
    let app = App::get();
    let buttons = move || {
        let grants = app.grants().into_iter();
        grants.map(|grant| view! { <Grade grant /> }).collect::<Vec<_>>()
    };
    view! { <div class="study-grades" role="group" aria-label="How did it go?">{buttons}</div> }
}

#[component]
fn Grade(grant: Grant) -> impl IntoView {
    let app = App::get();
    let rating = grant.rating;
    let class = match rating {
        Rating::Again => "button grade grade-again",
        Rating::Hard => "button grade grade-hard",
        Rating::Good => "button grade grade-good",
        Rating::Easy => "button grade grade-easy",
    };
    view! {
        <button class=class on:click=move |_| app.grade(rating)>
            <span class="grade-name">{words::rating(rating)}" "</span>
            <span class="grade-interval">{words::interval(grant.interval)}</span>
        </button>
    }
}

#[component]
fn Wait(until_utc_ms: i64) -> impl IntoView {
    let app = App::get();
    app.wake_at(until_utc_ms);
    let due = Due::At { utc_ms: until_utc_ms };
    let when = move || words::due(due, &app.settings(), app.now());
    view! {
        <SessionBar />
        <div class="empty">
            <h1 tabindex="-1">"A short break"</h1>
            <p>"The next card comes " {when} "."</p>
            <button class="button" on:click=move |_| app.end_session()>"End the session"</button>
        </div>
    }
}

#[component]
fn Finished() -> impl IntoView {
    let app = App::get();
    let summary = app.summary();
    let facts = [
        ("Answers", summary.answers.to_string()),
        ("Time", words::duration(summary.took_ms)),
        ("Remembered", summary.remembered_percent.map_or("–".to_owned(), |n| format!("{n} %"))),
    ];
    let facts = facts.map(|(name, value)| {
        view! {
            <div class="due-kind">
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
    });
    let more = (summary.due_now > 0).then(|| {
        view! {
            <button class="button" on:click=move |_| app.start_session(None)>"Study more"</button>
        }
    });
    view! {
        <div class="empty study-finished">
            <h1 tabindex="-1">"Session finished"</h1>
            <dl class="due-kinds">{facts}</dl>
            <p class="muted">"Everything is saved."</p>
            <div class="notice-actions">
                {more}
                <BackToToday />
                <button
                    class="button button-quiet"
                    prop:disabled=move || !app.can_undo()
                    on:click=move |_| app.undo()
                >
                    "Undo"
                </button>
            </div>
        </div>
    }
}

#[component]
fn NothingDue() -> impl IntoView {
    view! {
        <div class="empty">
            <h1 tabindex="-1">"Nothing due"</h1>
            <p>"There is nothing to study right now."</p>
            <BackToToday />
        </div>
    }
}

fn on_key(app: App, event: &KeyboardEvent) {
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
    if modified || event.repeat() || event.default_prevented() {
        return;
    }
    let key = event.key();
    if is_left_to(event, &key) {
        return;
    }
    match key.as_str() {
        " " | "Enter" => app.reveal_or_grade_good(),
        "a" => app.show_all_parts(),
        "p" => app.show_prompt(),
        "u" => app.undo(),
        "1" => app.grade(Rating::Again),
        "2" => app.grade(Rating::Hard),
        "3" => app.grade(Rating::Good),
        "4" => app.grade(Rating::Easy),
        "Escape" => app.go(Route::Today),
        _ => return,
    }
    event.prevent_default();
}

/// Whether the focused element itself answers to this key: a field to every
/// key, a button or a link to Space and Enter.
fn is_left_to(event: &KeyboardEvent, key: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let selector = match key {
        " " | "Enter" => "a, button, input, select, textarea, summary",
        _ => "input, select, textarea",
    };
    let Some(target) = target else { return false };
    target.closest(selector).ok().flatten().is_some()
}
