//! The one place where HTML of the notes reaches the page. It was sanitised
//! when the notes were compiled.

use deck::{CardEntry, Part};
use leptos::prelude::*;

/// The question, as the heading of a screen.
#[component]
pub fn Question(
    /// Whose question.
    card: CardEntry<'static>,
) -> impl IntoView {
    view! { <h1 class="question" tabindex="-1" dir="auto" inner_html=card.question_html()></h1> }
}

/// One part of an answer, or its prompt.
#[component]
pub fn PartView(
    /// Which part.
    part: Part<'static>,
    /// The class of the element: `part` or `part part-prompt`.
    #[prop(optional, default = "part")]
    class: &'static str,
) -> impl IntoView {
    view! { <div class=class tabindex="-1" dir="auto" inner_html=part.html()></div> }
}

/// The introduction of a deck.
#[component]
pub fn Intro(
    /// Sanitised HTML.
    html: &'static str,
) -> impl IntoView {
    view! { <div class="intro" dir="auto" inner_html=html></div> }
}

/// A question in one line, as in lists.
#[component]
pub fn QuestionLine(
    /// Whose question.
    card: CardEntry<'static>,
) -> impl IntoView {
    view! { <span class="question-line" dir="auto" inner_html=card.question_html()></span> }
}
