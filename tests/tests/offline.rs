//! With the server gone the app is whole: every screen, every deep link, every answer.

use browser_tests::{Device, Grade, Look, Setup, scenario};

#[test]
fn a_session_goes_on_when_the_server_is_gone_and_the_page_is_reloaded() {
    scenario(async |stage| {
        stage.expects_errors_with("net::ERR_CONNECTION_REFUSED");
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Phone).await;
        learner.starts_a_session().await;
        let second = learner.answers(Grade::Easy).await.next;
        learner.has_the_app_offline().await;
        site.stop().await;
        learner.reloads().await;
        learner.sees_heading(&second).await;
        let third = learner.answers(Grade::Easy).await.next;
        learner.restarts_the_browser().await;
        learner.opens("study").await;
        learner.sees_heading(&third).await;
        learner.opens("cards").await;
        learner.taps(Look::link(&second)).await;
        learner.sees_heading(&second).await;
        let card = learner.address().await;
        learner.opens(&card).await;
        learner.sees_heading(&second).await;
        learner.opens("settings").await;
        learner.sees_heading("Settings").await;
    });
}

#[test]
fn a_deep_link_opens_on_a_first_visit() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let sender = stage.learner(&site, Device::Desktop).await;
        sender.opens("cards").await;
        sender.sees_heading("Cards").await;
        let question = sender
            .names_of(Look::link(""))
            .await
            .pop()
            .expect("the list has cards");
        sender.clicks(Look::link(&question)).await;
        sender.sees_heading(&question).await;
        let address = sender.address().await;

        let receiver = stage.learner(&site, Device::Phone).await;
        receiver.opens(&address).await;
        receiver.sees_heading(&question).await;
        receiver.opens("cards/nosuchcard").await;
        receiver.sees_heading("No such card").await;
        receiver.opens("no/such/page").await;
        receiver.sees_heading("No such page").await;
    });
}

#[test]
fn nothing_is_asked_of_the_server_once_the_app_is_kept() {
    scenario(async |stage| {
        let site = stage.site(&Setup::dist_test()).await;
        let learner = stage.learner(&site, Device::Desktop).await;
        learner.opens("").await;
        learner.has_the_app_offline().await;
        site.take_requests();
        learner.starts_a_session().await;
        learner.answers(Grade::Easy).await;
        learner.opens("cards").await;
        learner.sees_heading("Cards").await;
        let requests = site.take_requests();
        // The browser looks for a new version of the worker; the app's files are all here.
        assert!(requests.iter().all(|path| path == "sw.js"), "{requests:?}");
    });
}
