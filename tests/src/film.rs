//! A camera that looks at the screen of another device.

use crate::learner::{GLANCE, Learner, PATIENCE};
use crate::look::Look;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::time::Instant;

/// How often each picture follows itself: at 30 a second a third of a second, about as long as
/// the app shows a code.
const REPEATS: usize = 10;

impl Learner {
    /// Holds the screen of a learner before the camera of this machine, which must have one: each
    /// of the codes, where that screen shows codes.
    pub async fn has_before_the_camera(&self, other: &Learner) {
        let pictures = match other.code_on_the_screen().await {
            Some((_, total)) => other.pictures_of_codes(total).await,
            None => vec![other.picture_in_jpeg().await],
        };
        self.tells(format!("has {} pictures before the camera", pictures.len()));
        let film: Vec<u8> = pictures
            .iter()
            .flat_map(|picture| picture.repeat(REPEATS))
            .collect();
        fs::write(self.browser.film(), film).expect("the test's own folder can be written");
    }

    /// The screen with each of the codes that it shows in turn.
    async fn pictures_of_codes(&self, total: usize) -> Vec<Vec<u8>> {
        let code = Look::picture("A QR code with a part of your log");
        self.reaches(&code).await;
        let mut pictures = BTreeMap::new();
        let deadline = Instant::now() + 3 * PATIENCE;
        while pictures.len() < total {
            let before = self.code_on_the_screen().await;
            let start = Instant::now();
            let picture = self.picture_in_jpeg().await;
            let after = self.code_on_the_screen().await;
            // One code stays; of several, none can have come and gone so soon.
            if before == after && (total == 1 || start.elapsed() < GLANCE * 12) {
                pictures.insert(before, picture);
            }
            if Instant::now() > deadline {
                let seen = pictures.len();
                self.gives_up(&format!("saw only {seen} of {total} codes"));
            }
        }
        pictures.into_values().collect()
    }

    /// The number of the code that is shown, and of how many.
    async fn code_on_the_screen(&self) -> Option<(usize, usize)> {
        let page = self.page_text().await;
        let (_, said) = page.split_once(". Code ")?;
        let (number, rest) = said.split_once(" of ")?;
        let (total, _) = rest.split_once('.')?;
        Some((number.parse().ok()?, total.parse().ok()?))
    }

    async fn picture_in_jpeg(&self) -> Vec<u8> {
        let wanted = json!({ "format": "jpeg", "quality": 90 });
        let answer = self
            .browser
            .chromium("Page.captureScreenshot", wanted)
            .await;
        let data = answer["data"].as_str().unwrap_or("");
        BASE64_STANDARD
            .decode(data)
            .expect("the driver gives pictures in base 64")
    }
}
