//! `Live`: what a watched page asks for: the notes as they are now, and what is wrong with them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use deck::{Bundle, CardId, Compiled, Content};
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use serde_json::json;

use super::answer::{self, Body};
use super::succession::Succession;

/// The bundle, in place of the one that other builds have in their wasm.
const DECKS: &str = "decks.bin";

/// What is shown at the moment; the page asks for it again and again.
const NEWS: &str = "watch.json";

/// Says which notes and which build of the app an answer comes from.
const VERSION: HeaderName = HeaderName::from_static("quire-version");

/// The latest good notes and the latest news, shared by the watcher and the server.
#[derive(Clone, Default, Debug)]
pub struct Live(Arc<Mutex<Now>>);

#[derive(Default, Debug)]
struct Now {
    decks: Bytes,
    /// The ids of the cards, deck by deck.
    cards: BTreeMap<String, Vec<CardId>>,
    succession: Succession,
    /// The images that the notes show, by their names in the app.
    images: BTreeMap<String, Content>,
    problems: serde_json::Value,
    /// Why the app itself could not be built.
    failure: Option<String>,
    /// Counts the builds of the app.
    apps: u32,
}

/// Whether compiled notes are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// They are.
    Shown,
    /// They have errors: the ones before stay.
    Refused,
}

impl Live {
    /// Takes compiled notes in. Those with errors are told of and not shown, unless there are none
    /// before them.
    pub fn take_notes(&self, compiled: &Compiled) -> Taken {
        let mut now = self.now();
        now.problems = json!(compiled.problems);
        if compiled.has_errors() && !now.decks.is_empty() {
            return Taken::Refused;
        }
        let ids = |deck: &deck::Deck| deck.cards.iter().map(|card| card.id).collect();
        let decks = compiled.decks.iter();
        let cards = decks.map(|deck| (deck.path.clone(), ids(deck))).collect();
        let before = std::mem::replace(&mut now.cards, cards);
        let Now {
            succession, cards, ..
        } = &mut *now;
        succession.follow(&before, cards);
        now.decks = compiled.to_bytes().into();
        let images = compiled.images.iter();
        now.images = images
            .map(|image| (image.name.clone(), image.content.clone()))
            .collect();
        Taken::Shown
    }

    /// Takes in how a build of the app has ended.
    pub fn take_app(&self, built: Result<(), String>) {
        let mut now = self.now();
        now.failure = built.err();
        now.apps += u32::from(now.failure.is_none());
    }

    /// The answer to a request for `name`, where it is one of ours.
    pub fn answer(&self, name: &str) -> Option<Response<Body>> {
        let now = self.now();
        match name {
            DECKS => Some(now.response("application/octet-stream", now.decks.clone())),
            NEWS => Some(now.response("application/json", now.news().to_string().into())),
            _ => now.image(name),
        }
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        self.0.lock().unwrap_or_else(|broken| broken.into_inner())
    }
}

impl Now {
    fn version(&self) -> String {
        let notes = Bundle::new(&self.decks);
        let notes = notes.as_ref().map_or("", Bundle::version);
        format!("{}-{notes}", self.apps)
    }

    fn news(&self) -> serde_json::Value {
        json!({
            "version": self.version(),
            "problems": self.problems,
            "failure": self.failure,
            "renamed": self.succession.renamed(),
            "removed": self.succession.removed(),
        })
    }

    /// An image that a note shows since the app was built. Its name changes with its content.
    fn image(&self, name: &str) -> Option<Response<Body>> {
        let bytes = self.images.get(name)?.read().ok()?;
        let kind = match name.rsplit_once('.')?.1 {
            "svg" => "image/svg+xml",
            "jpg" => "image/jpeg",
            "png" => "image/png",
            "gif" => "image/gif",
            "webp" => "image/webp",
            "avif" => "image/avif",
            _ => return None,
        };
        Some(self.response(kind, bytes.into()))
    }

    fn response(&self, kind: &'static str, body: Bytes) -> Response<Body> {
        let mut response = answer::empty(StatusCode::OK).map(|_| answer::whole(body));
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        let version = HeaderValue::from_str(&self.version());
        headers.insert(VERSION, version.expect("a version is plain ASCII"));
        response
    }
}

#[cfg(test)]
mod tests {
    use deck::{Folder, Note, Settings, compile};

    use super::*;

    fn compiled(text: &str) -> Compiled {
        let note = Note {
            path: "a.md".to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        compile(&Folder::of_notes([note]), &Settings::default())
    }

    fn version(live: &Live) -> String {
        live.now().version()
    }

    #[test]
    fn good_notes_are_shown_and_bad_ones_leave_them() {
        let live = Live::default();
        assert_eq!(live.take_notes(&compiled("## Q\n\nOne.\n")), Taken::Shown);
        let first = version(&live);
        let refused = live.take_notes(&compiled("## Q\n\nTwo.\n\n## \n\nLost.\n"));
        assert_eq!((refused, version(&live)), (Taken::Refused, first.clone()));
        let news = live.now().news();
        assert_eq!(news["problems"][0]["code"], "empty-question", "{news}");
        assert_eq!(live.take_notes(&compiled("## Q\n\nTwo.\n")), Taken::Shown);
        assert_ne!(version(&live), first);
        assert_eq!(live.now().news()["problems"], json!([]));
    }

    #[test]
    fn what_is_seen_of_the_notes_is_their_version() {
        let live = Live::default();
        live.take_notes(&compiled("## Q\n\nOne.\n"));
        let first = version(&live);
        live.take_notes(&compiled("##   Q\n\n\nOne.\n"));
        assert_eq!(version(&live), first);
        live.take_app(Ok(()));
        assert_ne!(version(&live), first);
    }

    #[test]
    fn an_app_that_does_not_build_is_told_until_it_does() {
        let live = Live::default();
        live.take_app(Ok(()));
        let good = version(&live);
        live.take_app(Err("no".to_owned()));
        assert_eq!(live.now().news()["failure"], "no");
        assert_eq!(version(&live), good);
        live.take_app(Ok(()));
        assert!(live.now().news()["failure"].is_null());
    }

    #[test]
    fn an_image_that_a_note_shows_is_there_with_the_note() {
        let picture = b"\x89PNG\r\n\x1a\n\0\0\0\0\0\0\0\0".to_vec();
        let mut folder = Folder::of_notes([Note {
            path: "a.md".to_owned(),
            bytes: b"## Q\n\n![x](a.png)\n".to_vec(),
        }]);
        let content = Content::InMemory(picture);
        folder.others.insert("a.png".to_owned(), content);
        let compiled = compile(&folder, &Settings::default());
        let live = Live::default();
        live.take_notes(&compiled);
        let answer = live.answer(&compiled.images[0].name).unwrap();
        assert_eq!(answer.headers()[CONTENT_TYPE], "image/png");
        assert!(live.answer("notes/image-0.png").is_none());
    }

    #[test]
    fn only_its_own_names_are_answered() {
        let live = Live::default();
        live.take_notes(&compiled("## Q\n\nOne.\n"));
        for name in [DECKS, NEWS] {
            let answer = live.answer(name).unwrap();
            assert_eq!(answer.headers()["cache-control"], "no-store");
            assert_eq!(answer.headers()[VERSION], version(&live));
        }
        assert!(live.answer("index.html").is_none());
    }
}
