//! The one place that reads the clock, waits, and rolls the dice.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use js_sys::{Date, Promise};
use leptos::ev;
use leptos::prelude::{set_interval, set_timeout, window_event_listener};
use study::{Now, StudyDay};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::page::window;

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
    iso(f64::from(day.0) * 86_400_000.0, 10)
}

/// A moment as `2026-11-22 14:05`, by the clock and the zone of this device.
pub fn local_time(utc_ms: i64) -> String {
    let utc_ms = utc_ms as f64;
    let offset_min = Date::new(&JsValue::from_f64(utc_ms)).get_timezone_offset();
    iso(utc_ms - offset_min * 60_000.0, 16).replace('T', " ")
}

/// The beginning of a time as `2026-11-22T14:05:00.000Z`. JavaScript throws where a log names a time beyond its
/// calendar, which ends with the year 275760.
fn iso(utc_ms: f64, chars: usize) -> String {
    let date = Date::new(&JsValue::from_f64(utc_ms));
    match date.get_time().is_nan() {
        true => "no date".to_owned(),
        false => String::from(date.to_iso_string())
            .chars()
            .take(chars)
            .collect(),
    }
}

/// Calls `action` once at a time, in UTC milliseconds; at once if it is past.
pub fn at(utc_ms: i64, action: impl FnOnce() + 'static) {
    let wait_ms = u64::try_from(utc_ms - now().utc_ms).unwrap_or(0);
    set_timeout(action, Duration::from_millis(wait_ms));
}

/// What a work gives, unless it takes longer than this.
pub async fn within<T>(limit_ms: i32, work: impl Future<Output = T>) -> Option<T> {
    let mut limit = pin!(wait(limit_ms));
    let mut work = pin!(work);
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => limit.as_mut().poll(context).map(|()| None),
    })
    .await
}

/// Waits.
pub async fn wait(wait_ms: i32) {
    let over = Promise::new(&mut |resolve, _| {
        let set = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, wait_ms);
        set.expect("a function is a valid timer callback");
    });
    JsFuture::from(over).await.ok();
}

/// Calls `action` every minute, and when the learner comes back to the page.
pub fn every_minute_and_on_return(action: impl Fn() + Clone + 'static) {
    set_interval(action.clone(), Duration::from_secs(60));
    // For the life of the page: the handles are not needed.
    let again = action.clone();
    drop(window_event_listener(ev::focus, move |_| again()));
    // A phone that comes back to the app gives the page no focus.
    drop(window_event_listener(ev::visibilitychange, move |_| {
        action()
    }));
}

/// Random bits, for the ids of devices and page loads.
pub fn random_bits() -> u64 {
    // Without `crypto` (a very old browser) the bits only have to differ
    // between two loads of one device.
    getrandom::u64().unwrap_or_else(|_| (js_sys::Math::random() * 2f64.powi(53)) as u64)
}
