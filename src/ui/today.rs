//! Today: what is due, by deck, and one button to start.

use deck::DeckEntry;
use leptos::prelude::*;

use super::link::Link;
use super::words;
use crate::state::{App, Counts, Length, Route};

/// The first screen.
#[component]
pub fn Today() -> impl IntoView {
    let app = App::get();
    view! {
        <section class="today">
            <h1 tabindex="-1">"Today"</h1>
            {move || view! { <Due counts=app.counts() /> }}
            {move || app.is_first_run().then(|| view! { <Welcome /> })}
            <Decks />
        </section>
    }
}

#[component]
fn Welcome() -> impl IntoView {
    let app = App::get();
    view! {
        <section class="welcome" aria-label="Welcome to Quire">
            <h2>"Welcome to Quire"</h2>
            <p>
                "Read a question, say the answer to yourself, then grade how it went: "
                <b>"Again"</b>" if you did not know it, "<b>"Hard"</b>" if it took a struggle, "
                <b>"Good"</b>" if it came, "<b>"Easy"</b>" if it cost nothing; the better the \
                grade, the later the card returns."
            </p>
            <p>
                "Your progress lives in this browser on this device, with no account and no \
                server, so export it in Settings now and then."
            </p>
            <p>
                "To study your own notes, put Markdown files into the "<code>"content"</code>
                " folder (each "<code>"## heading"</code>" becomes a card) and run "
                <code>"cargo xtask serve"</code>"."
            </p>
            <button class="button" on:click=move |_| app.dismiss_welcome()>"Got it"</button>
        </section>
    }
}

#[component]
fn Due(counts: Counts) -> impl IntoView {
    let app = App::get();
    if let Some(left) = app.session_left() {
        return view! { <Continue left /> }.into_any();
    }
    if counts.total() == 0 {
        return view! { <NothingDue /> }.into_any();
    }
    let minutes = words::minutes(counts.minutes);
    view! {
        <section class="due" aria-label="Due today">
            <p class="due-total">
                <span class="due-number">{counts.total()}</span>
                <span class="due-unit">
                    {if counts.total() == 1 { "card" } else { "cards" }} " · about " {minutes}
                </span>
            </p>
            <Breakdown counts />
            <div class="due-start">
                <SessionLength />
                <button class="button button-big" on:click=move |_| app.start_session(None)>
                    "Start studying"
                </button>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Breakdown(counts: Counts) -> impl IntoView {
    let kinds = [("To review", counts.due), ("Learning", counts.learning), ("New", counts.new)];
    let items = kinds.map(|(name, number)| {
        view! {
            <div class="due-kind">
                <dt>{name}</dt>
                <dd>{number}</dd>
            </div>
        }
    });
    view! { <dl class="due-kinds">{items}</dl> }
}

#[component]
fn SessionLength() -> impl IntoView {
    let app = App::get();
    let choices = [
        ("5", "5 minutes"),
        ("10", "10 minutes"),
        ("20", "20 minutes"),
        ("40", "40 minutes"),
        ("all", "All that is due"),
    ];
    let chosen = move || match app.session_length() {
        Length::Minutes(minutes) => minutes.to_string(),
        Length::AllDue => "all".to_owned(),
    };
    let choose = move |event| {
        let value = event_target_value(&event);
        app.choose_length(value.parse().map_or(Length::AllDue, Length::Minutes));
    };
    let options = choices.map(|(value, name)| {
        view! { <option value=value selected=move || chosen() == value>{name}</option> }
    });
    view! {
        <label class="field">
            <span>"Session length"</span>
            <select on:change=choose>{options}</select>
        </label>
    }
}

#[component]
fn Continue(left: u32) -> impl IntoView {
    let app = App::get();
    view! {
        <section class="due" aria-label="Session in progress">
            <p class="due-total">
                <span class="due-number">{left}</span>
                <span class="due-unit">
                    {if left == 1 { "answer" } else { "answers" }} " left in your session"
                </span>
            </p>
            <div class="due-start">
                <button class="button button-big" on:click=move |_| app.go(Route::Study)>
                    "Continue session"
                </button>
                <button class="button button-quiet" on:click=move |_| app.end_session()>
                    "End it"
                </button>
            </div>
        </section>
    }
}

#[component]
fn NothingDue() -> impl IntoView {
    let app = App::get();
    let when = move || match app.next_due_in_days() {
        Some((days_ahead, number)) => {
            let cards = words::count(number, "card comes", "cards come");
            format!("{cards} {}.", words::from_today(days_ahead))
        }
        None => "There are no cards yet: add notes and build again.".to_owned(),
    };
    view! {
        <section class="due due-none" aria-label="Due today">
            <p class="due-done">"Nothing is due. Well done."</p>
            <p class="muted">{when}</p>
        </section>
    }
}

#[component]
fn Decks() -> impl IntoView {
    let app = App::get();
    let decks = app.bundle().decks();
    let rows: Vec<_> = decks.map(|deck| view! { <DeckRow deck /> }).collect();
    view! {
        <section class="decks" aria-label="Decks">
            <h2>"Decks"</h2>
            <ul class="decks-list">{rows}</ul>
        </section>
    }
}

#[component]
fn DeckRow(deck: DeckEntry<'static>) -> impl IntoView {
    let app = App::get();
    let index = deck.index();
    let counts = Memo::new(move |_| app.deck_counts(index));
    let summary = move || {
        let counts = counts.get();
        match counts.total() {
            0 => "nothing due".to_owned(),
            _ => format!("{} to review · {} new", counts.due + counts.learning, counts.new),
        }
    };
    let total = words::count(deck.cards().len() as u32, "card", "cards");
    let name = format!("Study {}", deck.title());
    let study = move || {
        (counts.get().total() > 0).then(|| {
            view! {
                <button
                    class="button button-quiet"
                    aria-label=name.clone()
                    on:click=move |_| app.start_session(Some(index))
                >
                    "Study"
                </button>
            }
        })
    };
    view! {
        <li class="deck-row">
            <div class="deck-row-text">
                <span class="deck-row-title" dir="auto">{deck.title()}</span>
                <span class="muted">{total} " · " {summary}</span>
            </div>
            {study}
        </li>
    }
}

/// A way back to Today, for empty screens.
#[component]
pub fn BackToToday() -> impl IntoView {
    view! { <Link to=Route::Today class="button">"Back to Today"</Link> }
}
