//! The page of one card: the whole answer, its schedule and its history.

use deck::{CardId, CardIndex};
use web_sys::Node;

use super::answer;
use super::breadcrumb::{Steps, breadcrumb};
use super::dom::{El, all, el, live, nothing};
use super::edited::{edited_note, what_changed};
use super::link::button_link;
use super::shapes::{facts, heading, muted};
use super::words;
use crate::state::{App, Reviewed, Route};

/// One card, found by its id.
pub fn card_page(app: App, id: CardId) -> El {
    match app.bundle().find(&id) {
        Some(card) => found(app, card),
        None => missing(app, id),
    }
}

fn found(app: App, card: CardIndex) -> El {
    let bundle = app.bundle();
    let entry = bundle.card(card);
    let deck = bundle.deck(entry.deck());
    let body = bundle.body(card);
    let prompt = body
        .prompt()
        .map_or_else(nothing, |part| answer::prompt(entry, part).into());
    let parts = body.parts().map(|part| answer::part(entry, part).into());
    let edits = app.edits(card);
    let place = format!("{}:{}", deck.path(), entry.line());
    el("article")
        .class("card-page")
        .child(breadcrumb(app, entry, Steps::Links))
        .child(answer::question(entry))
        .child(edited_note(edits))
        .child(what_changed(edits, entry.direction()))
        .child(answer::given(entry))
        .child(prompt)
        .child(el("div").class("answer").children(parts))
        .child(schedule(app, entry.id()))
        .child(
            muted("In your notes: ")
                .class("muted card-page-place")
                .child(el("code").text(&place)),
        )
        .child(neighbours(app, card))
}

fn schedule(app: App, id: CardId) -> El {
    el("section")
        .class("card-page-schedule")
        .attr("aria-label", "Study history")
        .child(el("h2").text("Study history"))
        .child(live(move || match app.history(id) {
            reviews if reviews.is_empty() => muted("Not studied yet.").into(),
            reviews => all([facts(facts_of(app, id)).into(), history(reviews).into()]),
        }))
}

fn history(reviews: Vec<Reviewed>) -> El {
    let titles = ["Study day", "Grade", "Time"];
    let titles = titles.map(|name| Node::from(el("th").attr("scope", "col").text(name)));
    let rows = reviews.into_iter().map(|review| {
        let took = words::duration(u64::from(review.took_ms));
        let cells = [review.date.as_str(), words::rating(review.rating), &took];
        el("tr")
            .children(cells.map(|cell| el("td").text(cell).into()))
            .into()
    });
    el("table")
        .class("card-page-history")
        .child(el("thead").child(el("tr").children(titles)))
        .child(el("tbody").children(rows))
}

fn neighbours(app: App, card: CardIndex) -> El {
    let bundle = app.bundle();
    let to = move |index: u32, name: &str| {
        let id = bundle.card(CardIndex(index)).id();
        button_link(app, Route::Card(id), name)
            .class("button button-quiet")
            .into()
    };
    let before = card
        .0
        .checked_sub(1)
        .map(|index| to(index, "Previous card"));
    let after = (card.0 + 1 < bundle.card_count()).then(|| to(card.0 + 1, "Next card"));
    el("nav")
        .class("card-page-neighbours")
        .attr("aria-label", "Neighbouring cards")
        .children(before.into_iter().chain(after))
}

fn missing(app: App, id: CardId) -> El {
    let kept = match app.history(id).len() as u32 {
        0 => nothing(),
        number => {
            let reviews = words::count(number, "review is", "reviews are");
            let text = format!("Its {reviews} kept in your log, for when the card comes back.");
            el("p").text(&text).into()
        }
    };
    let text = el("p")
        .text("The notes of this version have no card with the id ")
        .child(el("code").text(id.as_str()))
        .text(".");
    el("section")
        .class("empty")
        .child(heading("No such card"))
        .child(text)
        .child(kept)
        .child(button_link(app, Route::Cards, "See all cards"))
}

/// What the schedule knows of a card, as name and value.
fn facts_of(app: App, id: CardId) -> Vec<(&'static str, String)> {
    let Some(card) = app.card_state(id) else {
        return Vec::new();
    };
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
        facts.push((
            "Difficulty",
            format!("{} of 10", (memory.difficulty + 0.5) as u32),
        ));
    }
    facts.push(("Lapses", card.lapses.to_string()));
    facts
}
