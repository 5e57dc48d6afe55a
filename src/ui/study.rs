//! The session: question, prompt on request, the answer part by part, a grade.

use deck::CardIndex;
use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Node;

use super::answer;
use super::breadcrumb::{Steps, breadcrumb};
use super::dom::{El, all, el, live, nothing};
use super::edited::{edited_note, what_changed_once_answered};
use super::link::{button_link, link};
use super::shapes::{big_button, button, facts, heading, quiet_button};
use super::words;
use crate::state::{App, Due, Grant, Place, Prompt, Rating, Route};

/// The session in progress, its end, or the news that nothing is due.
pub fn study(app: App) -> El {
    if untrack(move || app.read_only()).is_none() {
        app.continue_or_start();
    }
    let keys = window_event_listener(ev::keydown, move |event| on_key(app, &event));
    on_cleanup(move || keys.remove());
    // The card is built anew only when another card comes, or the same one again.
    let place = Memo::new(move |_| app.place());
    // An archive that was late may turn out to be of a later version.
    let may_study = Memo::new(move |_| app.read_only().is_none());
    let screen = move || match may_study.get() {
        true => at_place(app, place.get()),
        false => read_only(app).into(),
    };
    el("section").class("study").child(live(screen))
}

fn at_place(app: App, place: Option<Place>) -> Node {
    match place {
        None => nothing_due(app).into(),
        Some(Place::Finished) => finished(app).into(),
        Some(Place::Wait { until_utc_ms }) => wait(app, until_utc_ms),
        Some(Place::Card(current)) => match app.bundle().find(&current.card) {
            Some(card) => card_in_study(app, card),
            None => nothing_due(app).into(),
        },
    }
}

fn card_in_study(app: App, card: CardIndex) -> Node {
    let bundle = app.bundle();
    let entry = bundle.card(card);
    let edits = app.edits(card);
    let top = el("div")
        .class("study-top")
        .attr("dir", answer::direction(entry.direction()))
        .child(breadcrumb(app, entry, Steps::Plain))
        .child(saved(app));
    let article = el("article")
        .class("study-card")
        .child(top)
        .child(answer::question(entry))
        .child(edited_note(edits))
        .child(answer::given(entry))
        .child(prompt_of(app, card))
        .child(shown_parts(app, card))
        .child(what_changed_once_answered(app, entry, edits));
    all([
        session_bar(app).into(),
        article.into(),
        actions(app, entry.part_count()).into(),
    ])
}

/// Whether the answers so far are on the disk. Not read aloud: it changes after every answer.
fn saved(app: App) -> El {
    let text = move || {
        let saving = app.saving();
        match (saving.pending, saving.trouble) {
            (0, _) if saving.saved == 0 => String::new(),
            (0, _) => "Saved".to_owned(),
            (pending, None) => format!("Saving {pending}…"),
            (pending, Some(_)) => format!("{pending} waiting"),
        }
    };
    el("p").class("study-saved").live_text(text)
}

fn prompt_of(app: App, card: CardIndex) -> Node {
    let bundle = app.bundle();
    let entry = bundle.card(card);
    let Some(part) = bundle.body(card).prompt() else {
        return nothing();
    };
    let shown = Memo::new(move |_| app.prompt());
    live(move || match shown.get() {
        Prompt::Shown => answer::prompt(entry, part).into(),
        Prompt::Hidden => quiet_button("Show prompt", move || app.show_prompt()).into(),
    })
}

/// The parts that are shown. Each is a region of its own, so that showing one
/// more builds that one only.
fn shown_parts(app: App, card: CardIndex) -> El {
    let shown = Memo::new(move |_| app.shown_parts());
    let bundle = app.bundle();
    let entry = bundle.card(card);
    let parts = bundle.body(card).parts().enumerate().map(|(index, part)| {
        let visible = Memo::new(move |_| shown.get() > index as u32);
        live(move || {
            if visible.get() {
                answer::part(entry, part).into()
            } else {
                nothing()
            }
        })
    });
    el("div").class("answer").children(parts)
}

fn session_bar(app: App) -> El {
    let progress = Memo::new(move |_| app.progress());
    let left = move || {
        let progress = progress.get();
        format!(
            "{} left · {}",
            progress.left,
            words::minutes(progress.minutes)
        )
    };
    let all = move || progress.get().done + progress.get().left;
    let bar = el("progress")
        .class("study-progress")
        .attr("aria-label", "Session progress")
        .live_attr("max", move || Some(all().max(1).to_string().into()))
        .live_attr("value", move || {
            Some(progress.get().done.to_string().into())
        });
    el("div")
        .class("study-bar")
        .child(link(app, Route::Today).class("study-leave").text("Leave"))
        .child(bar)
        .child(el("span").class("study-left").live_text(left))
        .child(undo_button(app))
}

fn undo_button(app: App) -> El {
    quiet_button("Undo", move || app.undo())
        .class("button button-quiet study-undo")
        .live_flag("disabled", move || !app.can_undo())
}

/// The bar under the thumb: reveal, then grade.
fn actions(app: App, total: u32) -> El {
    let shown = Memo::new(move |_| app.shown_parts().min(total));
    let complete = Memo::new(move |_| shown.get() == total);
    let bar = move || match complete.get() {
        true => grades(app),
        false => reveal(app, shown, total).into(),
    };
    el("div").class("study-actions").child(live(bar))
}

fn reveal(app: App, shown: Memo<u32>, total: u32) -> El {
    let bar = el("div").class("study-reveal");
    if total == 1 {
        return bar.child(big_button("Show answer", move || app.show_next_part()));
    }
    let place = move || format!("{} of {total}", shown.get() + 1);
    let next = big_button("", move || app.show_next_part())
        .class("button button-big study-next")
        .child(el("span").text("Show next part"))
        .text(" ")
        .child(el("span").class("study-next-place").live_text(place));
    bar.child(quiet_button("Show all parts", move || app.show_all_parts()))
        .child(next)
}

fn grades(app: App) -> Node {
    live(move || {
        let buttons = app
            .grants()
            .into_iter()
            .map(|grant| grade(app, &grant).into());
        let group = el("div").class("study-grades").attr("role", "group");
        group
            .attr("aria-label", "How did it go?")
            .children(buttons)
            .into()
    })
}

fn grade(app: App, grant: &Grant) -> El {
    let rating = grant.rating;
    let class = match rating {
        Rating::Again => "button grade grade-again",
        Rating::Hard => "button grade grade-hard",
        Rating::Good => "button grade grade-good",
        Rating::Easy => "button grade grade-easy",
    };
    let interval = words::interval(grant.interval);
    button("", move || app.grade(rating))
        .class(class)
        .child(el("span").class("grade-name").text(words::rating(rating)))
        .text(" ")
        .child(el("span").class("grade-interval").text(&interval))
}

fn wait(app: App, until_utc_ms: i64) -> Node {
    app.wake_at(until_utc_ms);
    let due = Due::At {
        utc_ms: until_utc_ms,
    };
    let when = move || {
        format!(
            "The next card comes {}.",
            words::due(due, &app.settings(), app.now())
        )
    };
    let text = el("div")
        .class("empty")
        .child(heading("A short break"))
        .child(el("p").live_text(when))
        .child(button("End the session", move || app.end_session()));
    all([session_bar(app).into(), text.into()])
}

fn finished(app: App) -> El {
    let summary = app.summary();
    let remembered = summary
        .remembered_percent
        .map_or("–".to_owned(), |n| format!("{n} %"));
    let list = facts([
        ("Answers", summary.answers.to_string()),
        ("Time", words::duration(summary.took_ms)),
        ("Remembered", remembered),
    ]);
    let saved = move || {
        let saving = app.saving();
        match (saving.pending, saving.trouble) {
            (0, _) => "Everything is saved in this browser.".to_owned(),
            (pending, None) => format!("Saving {pending}…"),
            _ => "Not everything is safely saved yet: download your log.".to_owned(),
        }
    };
    let saved = el("p").class("muted").live_text(saved);
    let more = match summary.due_now {
        0 => nothing(),
        _ => button("Study more", move || app.start_session(None)).into(),
    };
    let actions = el("div")
        .class("notice-actions")
        .child(more)
        .child(button_link(app, Route::Today, "Back to Today"))
        .child(undo_button(app));
    el("div")
        .class("empty study-finished")
        .child(heading("Session finished"))
        .child(list)
        .child(saved)
        .child(actions)
}

fn read_only(app: App) -> El {
    let text = "Your log was written by a newer version of Quire. Update the app to study; until \
                then it can be exported in Settings.";
    el("div")
        .class("empty")
        .child(heading("Update first"))
        .child(el("p").text(text))
        .child(button_link(app, Route::Settings, "Settings"))
}

fn nothing_due(app: App) -> El {
    el("div")
        .class("empty")
        .child(heading("Nothing due"))
        .child(el("p").text("There is nothing to study right now."))
        .child(button_link(app, Route::Today, "Back to Today"))
}

fn on_key(app: App, event: &KeyboardEvent) {
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
    if untrack(move || app.read_only()).is_some()
        || modified
        || event.repeat()
        || event.default_prevented()
    {
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
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let selector = match key {
        " " | "Enter" => "a, button, input, select, textarea, summary",
        _ => "input, select, textarea",
    };
    let Some(target) = target else { return false };
    target.closest(selector).ok().flatten().is_some()
}
