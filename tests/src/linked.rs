//! What a page shows only to a closer look: whether it is still the same, where its focus is, and
//! how large its images are.

use crate::learner::Learner;
use serde_json::{Value, json};

impl Learner {
    /// Marks the page, to know it again.
    pub async fn marks_the_page(&self) {
        let script = "window.marked = true";
        self.browser.run(script, vec![]).await;
    }

    /// Whether the page is the marked one: it was not loaded anew.
    pub async fn has_the_marked_page(&self) -> bool {
        let script = "return window.marked === true";
        self.browser.run(script, vec![]).await == json!(true)
    }

    /// The text of what has the focus.
    pub async fn focused_text(&self) -> String {
        let script = "return document.activeElement.textContent";
        let text = self.browser.run(script, vec![]).await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// The width and height of the first image of an answer: its own, and as it is shown.
    pub async fn sizes_of_image(&self) -> Value {
        let script = "const image = document.querySelector('.part img');
            return image.decode().then(() =>
                [image.naturalWidth, image.naturalHeight, image.width, image.height]);";
        self.browser.run(script, vec![]).await
    }
}
