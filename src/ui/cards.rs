//! Cards: all of them, deck by deck.

use deck::DeckEntry;
use leptos::prelude::*;

use super::answer::{Intro, QuestionLine};
use super::link::Link;
use super::words;
use crate::state::{App, Route};

/// How many cards of a deck are listed before the learner asks for all.
const FIRST_CARDS: u32 = 100;

/// The list of all cards.
#[component]
pub fn Cards() -> impl IntoView {
    let app = App::get();
    let decks: Vec<_> = app.bundle().decks().map(|deck| view! { <DeckOfCards deck /> }).collect();
    let total = words::count(app.bundle().card_count(), "card", "cards");
    view! {
        <section class="cards">
            <h1 tabindex="-1">"Cards"</h1>
            <p class="muted">{total}</p>
            {decks}
        </section>
    }
}

#[component]
fn DeckOfCards(deck: DeckEntry<'static>) -> impl IntoView {
    let cards = deck.cards();
    let all = RwSignal::new(cards.len() as u32 <= FIRST_CARDS);
    let listed = move || {
        let end = if all.get() { cards.end } else { cards.start + FIRST_CARDS };
        (cards.start..end).map(|index| view! { <CardRow index /> }).collect::<Vec<_>>()
    };
    let more = move || {
        (!all.get()).then(|| {
            let name = format!("Show all {} cards", deck.cards().len());
            view! {
                <button class="button button-quiet" on:click=move |_| all.set(true)>{name}</button>
            }
        })
    };
    let tags: Vec<_> =
        deck.tags().map(|tag| view! { <span class="tag">{tag}</span> " " }).collect();
    view! {
        <section class="cards-deck">
            <h2 dir="auto">{deck.title()}</h2>
            <p class="cards-tags">{tags}</p>
            <Intro html=deck.intro_html() />
            <ol class="cards-list">{listed}</ol>
            {more}
        </section>
    }
}

#[component]
fn CardRow(index: u32) -> impl IntoView {
    let app = App::get();
    let card = app.bundle().card(deck::CardIndex(index));
    let id = card.id();
    let state = move || words::standing(app.card_state(id).as_ref(), &app.settings(), app.now());
    view! {
        <li class="cards-row">
            <Link to=Route::Card(id) class="cards-link"><QuestionLine card /></Link>
            <span class="cards-state">{state}</span>
        </li>
    }
}
