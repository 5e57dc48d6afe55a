//! The one place that reads the clock, waits, and rolls the dice.

use std::time::Duration;

use js_sys::Date;
use leptos::ev;
use leptos::prelude::{set_interval, set_timeout, window_event_listener};
use study::{Now, StudyDay};
use wasm_bindgen::JsValue;

/// The browser's time and its offset from UTC, in minutes east.
pub fn now() -> Now {
    let date = Date::new_0();
    Now {
        utc_ms: date.get_time() as i64,
        utc_offset_min: -(date.get_timezone_offset() as i32),
    }
}

/// A study day as `2026-11-22`.
pub fn date_of(day: StudyDay) -> String {
    let midnight_ms = f64::from(day.0) * 86_400_000.0;
    let text = String::from(Date::new(&JsValue::from_f64(midnight_ms)).to_iso_string());
    text.split('T').next().unwrap_or_default().to_owned()
}

/// Calls `action` once at a time, in UTC milliseconds; at once if it is past.
pub fn at(utc_ms: i64, action: impl FnOnce() + 'static) {
    let wait_ms = u64::try_from(utc_ms - now().utc_ms).unwrap_or(0);
    set_timeout(action, Duration::from_millis(wait_ms));
}

/// Calls `action` every minute, and when the learner comes back to the page.
pub fn every_minute_and_on_return(action: impl Fn() + Clone + 'static) {
    set_interval(action.clone(), Duration::from_secs(60));
    // For the life of the page: the handle is not needed.
    drop(window_event_listener(ev::focus, move |_| action()));
}

/// Random bits, for the ids of devices and page loads.
pub fn random_bits() -> u64 {
    // Without `crypto` (a very old browser) the bits only have to differ
    // between two loads of one device.
    getrandom::u64().unwrap_or_else(|_| (js_sys::Math::random() * 2f64.powi(53)) as u64)
}
