//! Cards that were edited since their last review: the text of then is kept when a review is
//! saved, and compared when the card is shown.

use deck::{CardId, CardIndex};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::app::App;
use super::kept::{CardText, Kept, TextChange};
use super::plain::plain_text;
use crate::platform::database::Database;

/// What comes before a card's id in the name of its text.
const TEXT: &str = "text:";

/// What is known of the edits of one card, for as long as it is shown.
#[derive(Clone, Copy)]
pub struct Edits {
    app: App,
    card: CardIndex,
    kept: RwSignal<Kept>,
}

/// That a card was edited since its last review.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Edit {
    /// What its text was is not known here.
    Unknown,
    /// What it was.
    Known(CardText),
}

impl App {
    /// Looks for the text that a card had at its last review.
    pub fn edits(&self, card: CardIndex) -> Edits {
        let kept = RwSignal::new(Kept::default());
        let edits = Edits {
            app: *self,
            card,
            kept,
        };
        let id = self.bundle().card(card).id();
        let is_new = self
            .core
            .with_untracked(|core| core.state.history(id).next().is_none());
        if !is_new {
            let database = self.database();
            spawn_local(async move {
                // The card may be gone from the screen by now.
                drop(kept.try_set(read(&database, id).await));
            });
        }
        edits
    }

    /// Keeps the texts of cards when their reviews have been saved, for the life of the page.
    pub(super) fn keep_texts(&self) {
        let app = *self;
        Effect::new(move |_| {
            let saving = app.saving();
            if saving.pending > 0 || saving.trouble.is_some() {
                return;
            }
            let mut cards = Vec::new();
            app.core
                .update_untracked(|core| cards = std::mem::take(&mut core.unkept));
            if !cards.is_empty() {
                spawn_local(async move { app.keep_texts_of(cards).await });
            }
        });
    }

    async fn keep_texts_of(&self, cards: Vec<CardId>) {
        let (bundle, database) = (self.bundle(), self.database());
        let mut texts = Vec::new();
        for id in cards {
            let Some(card) = bundle.find(&id) else {
                continue;
            };
            let mut kept = read(&database, id).await;
            if let Some(kept) = kept.take(CardText::of(&bundle, card)) {
                texts.push((format!("{TEXT}{id}"), Some(kept.encode())));
            }
        }
        // A text that is not kept costs the view of a later edit, nothing more.
        drop(database.note_seen(&texts).await);
    }

    /// Forgets the texts of cards that are gone and have no reviews.
    pub(super) async fn tidy_texts(&self) {
        let (bundle, database) = (self.bundle(), self.database());
        let Ok(keys) = database.seen_keys().await else {
            return;
        };
        let is_over = |key: &String| {
            let Some(id) = key.strip_prefix(TEXT) else {
                return false;
            };
            let has_reviews = |id| {
                self.core
                    .with_untracked(|core| core.state.history(id).next().is_some())
            };
            let id = id.parse::<CardId>();
            id.map_or(true, |id| bundle.find(&id).is_none() && !has_reviews(id))
        };
        let over = keys.into_iter().filter(is_over);
        let texts: Vec<(String, Option<String>)> = over.map(|key| (key, None)).collect();
        // What is not deleted now is deleted another time.
        drop(database.note_seen(&texts).await);
    }
}

impl Edits {
    /// Whether the card was edited since its last review, and what it was then. The log has the
    /// fingerprint of the answer; the question is known only where this device did the review.
    pub fn edit(&self) -> Option<Edit> {
        let bundle = self.app.bundle();
        let entry = bundle.card(self.card);
        let (fingerprint, is_own) = self.app.core.with(|core| {
            let review = core.state.history(entry.id()).last()?;
            let is_own = review.id.device == core.state.author().device;
            Some((review.review()?.fingerprint, is_own))
        })?;
        let is_edited = fingerprint != 0 && fingerprint != entry.fingerprint();
        self.kept.with(|kept| {
            let then = kept.find(fingerprint);
            let question = || plain_text(entry.question_html());
            let is_reworded = then.is_some_and(|then| is_own && then.question != question());
            match (is_edited || is_reworded, then) {
                (false, _) => None,
                (true, None) => Some(Edit::Unknown),
                (true, Some(then)) => Some(Edit::Known(then.clone())),
            }
        })
    }

    /// What was edited since.
    pub fn since(&self, then: &CardText) -> TextChange {
        CardText::of(&self.app.bundle(), self.card).since(then)
    }
}

/// The texts of a card; none where they cannot be read.
async fn read(database: &Database, id: CardId) -> Kept {
    let text = database.seen(&format!("{TEXT}{id}")).await;
    let text = text.ok().flatten().unwrap_or_default();
    Kept::decode(&text)
}
