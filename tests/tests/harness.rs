//! The harness itself: what no scenario may pass in silence.

use browser_tests::{Device, Look, scenario};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs a scenario on a page of one body, and expects it to fail with `expected` in its message.
#[track_caller]
fn check(body: &str, expected: &str) {
    let failure = catch_unwind(AssertUnwindSafe(|| visit(body)));
    let failure = failure.expect_err("the scenario must not pass");
    let message = failure.downcast_ref::<String>().map_or("", String::as_str);
    assert!(message.contains(expected), "{message}");
}

fn visit(body: &str) {
    scenario(async |stage| {
        stage.expects_errors_with("net::ERR_PROXY_CONNECTION_FAILED");
        let folder = tempfile::tempdir().expect("the folder for temporary files can be written");
        let page = format!("<!doctype html><title>x</title>{POLICY}{ICON}<h1>Page</h1>{body}");
        fs::write(folder.path().join("index.html"), page).expect("the folder is new");
        let site = stage.site(folder.path()).await;
        let learner = stage.learner(&site, Device::Desktop).await;
        learner.opens("").await;
        learner.sees_heading("Page").await;
        learner.sees(Look::button("Good")).await;
    });
}

const POLICY: &str = "<meta http-equiv=Content-Security-Policy content=\"style-src 'self'\">";
const ICON: &str = "<link rel=icon href=data:,>";

#[test]
fn a_page_as_it_should_be_passes() {
    visit("<button>Good</button>");
}

#[test]
fn what_is_not_there_or_cannot_be_seen_is_not_found() {
    let hidden = "<button hidden>Good</button><div aria-hidden=true><button>Good</button></div>";
    check(
        &format!("<button>Easy</button>{hidden}"),
        "finds only [\"Easy\"]",
    );
}

#[test]
fn what_the_policy_blocks_fails_a_scenario() {
    check(
        "<button style='color: red'>Good</button>",
        "Content Security Policy",
    );
}

#[test]
fn a_request_to_somebody_else_fails_a_scenario() {
    check(
        "<button>Good</button><img src=http://example.com/a.png>",
        "example.com",
    );
}

#[test]
fn a_file_that_is_not_there_fails_a_scenario() {
    check(
        "<button>Good</button><img src=missing.png>",
        "status of 404",
    );
}
