//! What a page shows only to a closer look: whether it is still the same, where its focus is, how
//! large its images and formulas are, and what stands in it unseen.

use crate::learner::{GLANCE, Learner, PATIENCE};
use serde_json::{Value, json};
use std::time::Instant;

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

    /// Whether the first image of an answer has come, and the room that it takes.
    pub async fn room_of_image(&self) -> (bool, Value) {
        let script = "const image = document.querySelector('.part img');
            const { x, y, width, height } = image.getBoundingClientRect();
            return [image.complete && image.naturalWidth > 0,
                [x + scrollX, y + scrollY, width, height, document.body.scrollHeight]];";
        let said = self.browser.run(script, vec![]).await;
        (said[0] == json!(true), said[1].clone())
    }

    /// Waits until the first image of an answer has come.
    pub async fn gets_the_image(&self) {
        let deadline = Instant::now() + PATIENCE;
        while !self.room_of_image().await.0 {
            if Instant::now() > deadline {
                self.gives_up("waits for an image, but it does not come");
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// The width and height of each formula, if the browser takes it for one.
    pub async fn sizes_of_formulas(&self) -> Vec<(f64, f64)> {
        let script = "return [...document.querySelectorAll('main math')]
            .filter(math => math.namespaceURI === 'http://www.w3.org/1998/Math/MathML')
            .map(math => math.getBoundingClientRect())
            .map(({ width, height }) => [width, height]);";
        let sizes = self.browser.run(script, vec![]).await;
        let number = |value: &Value| value.as_f64().unwrap_or(f64::NAN);
        let sizes = sizes.as_array().into_iter().flatten();
        sizes
            .map(|size| (number(&size[0]), number(&size[1])))
            .collect()
    }

    /// The options of a choice that are shown in an answer or above it, with their letters.
    pub async fn options(&self) -> Vec<String> {
        let script = "return [...document.querySelectorAll('main ol')]
            .filter(list => getComputedStyle(list).listStyleType === 'upper-alpha')
            .flatMap(list => [...list.children].map((option, place) =>
                String.fromCharCode(64 + (option.value || place + 1)) + ' ' + option.textContent.trim()));";
        let options = self.browser.run(script, vec![]).await;
        let options = options.as_array().into_iter().flatten();
        options
            .map(|option| option.as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// Whether the page has this text anywhere in it, seen or unseen.
    pub async fn has_in_the_page(&self, text: &str) -> bool {
        let script = "return document.documentElement.outerHTML.includes(arguments[0])";
        self.browser.run(script, vec![json!(text)]).await == json!(true)
    }

    /// By how much the page is wider than the screen, in CSS pixels.
    pub async fn overhang(&self) -> f64 {
        let script = "const page = document.documentElement;
            return page.scrollWidth - page.clientWidth";
        let overhang = self.browser.run(script, vec![]).await;
        overhang.as_f64().unwrap_or(f64::NAN)
    }
}
