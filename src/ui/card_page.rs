//! The page of one card: the whole answer, its schedule and its history.

use deck::{CardId, CardIndex};
use leptos::prelude::*;

use super::answer::{PartView, Question};
use super::link::Link;
use super::words;
use crate::state::{App, Reviewed, Route};

/// One card, found by its id.
#[component]
pub fn CardPage(
    /// Which card.
    id: CardId,
) -> impl IntoView {
    let app = App::get();
    match app.bundle().find(&id) {
        Some(card) => view! { <Found card /> }.into_any(),
        None => view! { <Missing id /> }.into_any(),
    }
}

#[component]
fn Found(card: CardIndex) -> impl IntoView {
    let app = App::get();
    let bundle = app.bundle();
    let entry = bundle.card(card);
    let deck = bundle.deck(entry.deck());
    let body = bundle.body(card);
    let prompt = body.prompt().map(|part| view! { <PartView part class="part part-prompt" /> });
    let parts: Vec<_> = body.parts().map(|part| view! { <PartView part /> }).collect();
    let place = format!("{}:{}", deck.path(), entry.line());
    view! {
        <article class="card-page">
            <p class="study-deck"><Link to=Route::Cards>"Cards"</Link> " · " <span dir="auto">{deck.title()}</span></p>
            <Question card=entry />
            {prompt}
            <div class="answer">{parts}</div>
            <Schedule id=entry.id() />
            <p class="muted card-page-place">"In your notes: "<code>{place}</code></p>
            <Neighbours card />
        </article>
    }
}

#[component]
fn Schedule(id: CardId) -> impl IntoView {
    let app = App::get();
    let facts = move || {
        let facts = facts_of(app, id).into_iter();
        facts.map(|(name, value)| view! { <Fact name value /> }).collect::<Vec<_>>()
    };
    let history = move || match app.history(id) {
        reviews if reviews.is_empty() => {
            view! { <p class="muted">"Not studied yet."</p> }.into_any()
        }
        reviews => view! { <History reviews /> }.into_any(),
    };
    view! {
        <section class="card-page-schedule" aria-label="Study history">
            <h2>"Study history"</h2>
            <dl class="due-kinds">{facts}</dl>
            {history}
        </section>
    }
}

#[component]
fn Fact(name: &'static str, value: String) -> impl IntoView {
    view! {
        <div class="due-kind">
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
}

#[component]
fn History(reviews: Vec<Reviewed>) -> impl IntoView {
    let rows: Vec<_> = reviews
        .into_iter()
        .map(|review| {
            view! {
                <tr>
                    <td>{review.date}</td>
                    <td>{words::rating(review.rating)}</td>
                    <td>{words::duration(u64::from(review.took_ms))}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <table class="card-page-history">
            <thead>
                <tr>
                    <th scope="col">"Study day"</th>
                    <th scope="col">"Grade"</th>
                    <th scope="col">"Time"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn Neighbours(card: CardIndex) -> impl IntoView {
    let bundle = App::get().bundle();
    let id_of = |index: u32| bundle.card(CardIndex(index)).id();
    let before = card.0.checked_sub(1).map(|index| {
        view! { <Link to=Route::Card(id_of(index)) class="button button-quiet">"Previous card"</Link> }
    });
    let after = (card.0 + 1 < bundle.card_count()).then(|| {
        view! { <Link to=Route::Card(id_of(card.0 + 1)) class="button button-quiet">"Next card"</Link> }
    });
    view! { <nav class="card-page-neighbours" aria-label="Neighbouring cards">{before} {after}</nav> }
}

#[component]
fn Missing(id: CardId) -> impl IntoView {
    let app = App::get();
    let studied = app.history(id).len() as u32;
    let kept = (studied > 0).then(|| {
        let reviews = words::count(studied, "review", "reviews");
        view! { <p>"Its " {reviews} " are kept in your log, and count again when the card comes back."</p> }
    });
    view! {
        <section class="empty">
            <h1 tabindex="-1">"No such card"</h1>
            <p>"The notes of this version have no card with the id " <code>{id.to_string()}</code> "."</p>
            {kept}
            <Link to=Route::Cards class="button">"See all cards"</Link>
        </section>
    }
}

/// What the schedule knows of a card, as name and value.
fn facts_of(app: App, id: CardId) -> Vec<(&'static str, String)> {
    let Some(card) = app.card_state(id) else { return Vec::new() };
    let settings = app.settings();
    let mut facts = vec![("Stage", words::stage(card.stage).to_owned())];
    if let Some(when) = card.due {
        facts.push(("Due", words::due(when, &settings, app.now())));
    }
    if let Some(percent) = app.retrievability_percent(id) {
        facts.push(("Known now", format!("{percent} %")));
    }
    if let Some(memory) = card.memory {
        facts.push(("Stability", words::days(memory.stability.max(1.0) as u32)));
        facts.push(("Difficulty", format!("{} of 10", (memory.difficulty + 0.5) as u32)));
    }
    facts.push(("Lapses", card.lapses.to_string()));
    facts
}
