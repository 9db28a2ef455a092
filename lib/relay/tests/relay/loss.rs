//! A runner goes away and comes back; a page is told, and nothing is silently lost.

use crate::support::browser::Browser;
use crate::support::{Server, http};
use futures_util::StreamExt as _;
use std::time::Duration;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;

#[tokio::test]
async fn a_lost_pipe_is_said_and_so_is_its_return() {
    let server = Server::start().await;
    let mut browser = Browser::open(&server).await;
    browser.ask(r#"{"id":"1","cmd":"x"}"#).await;
    server.runners[0].down();
    let lost = browser.json().await;
    assert_eq!(
        (&lost["event"], &lost["data"]),
        (&"runner.lost".into(), &serde_json::json!({"runner":"local","pipe":1}))
    );
    let refused = browser.ask(r#"{"channel":"files","id":"2","cmd":"read"}"#).await;
    assert_eq!((&refused["error"]["code"], &refused["channel"]), (&"unreachable".into(), &"files".into()));
    assert_eq!(refused["error"]["retryable"], true);
    server.runners[0].up();
    let back = browser.json().await;
    assert_eq!(
        (&back["event"], &back["data"]),
        (&"runner.back".into(), &serde_json::json!({"runner":"local","pipe":2}))
    );
    assert_eq!(browser.ask(r#"{"id":"3","cmd":"y"}"#).await["ok"]["did"], "y");
    server.stop().await;
}

#[tokio::test]
async fn a_runner_that_cannot_be_reached_answers_every_request() {
    let server = Server::start().await;
    server.runners[0].down();
    let mut browser = Browser::open(&server).await;
    browser.send(r#"{"id":"1","cmd":"x"}"#).await;
    let reply = browser.json().await;
    assert_eq!((&reply["id"], &reply["error"]["message"]), (&"1".into(), &"local is down".into()));
    assert_eq!(browser.json().await["event"], "runner.lost");
    server.runners[0].up();
    assert_eq!(browser.json().await["event"], "runner.back");
    server.stop().await;
}

#[tokio::test]
async fn each_browser_has_a_pipe_of_its_own() {
    let server = Server::start().await;
    let mut first = Browser::open(&server).await;
    let mut second = Browser::open(&server).await;
    first.ask(r#"{"id":"same","cmd":"one"}"#).await;
    let reply = second.ask(r#"{"id":"same","cmd":"two"}"#).await;
    assert_eq!(reply["ok"]["did"], "two");
    assert_eq!(server.runners[0].hellos().len(), 2);
    server.stop().await;
}

#[tokio::test]
async fn a_page_that_leaves_closes_its_pipe() {
    let server = Server::start().await;
    let mut browser = Browser::open(&server).await;
    browser.ask(r#"{"id":"1","cmd":"x"}"#).await;
    assert_eq!(pipes(&server), 1);
    drop(browser);
    crate::support::soon("the pipe to close", async {
        while pipes(&server) > 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    server.stop().await;
}

/// The next text message, however long it takes in the time of the test.
async fn patiently(browser: &mut Browser) -> serde_json::Value {
    loop {
        let message = tokio::time::timeout(Duration::from_secs(100), browser.socket.next()).await;
        if let Message::Text(text) = message.expect("something comes").expect("it is open").unwrap() {
            return serde_json::from_str(&text).unwrap();
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_runner_that_hangs_is_given_up_and_reached_again() {
    let server = Server::start().await;
    let mut browser = Browser::open(&server).await;
    browser.ask(r#"{"id":"1","cmd":"x"}"#).await;
    let silent_since = Instant::now();
    server.runners[0].hang();
    browser.send(r#"{"id":"2","cmd":"y"}"#).await;
    let lost = patiently(&mut browser).await;
    assert_eq!(
        (&lost["event"], &lost["data"]),
        (&"runner.lost".into(), &serde_json::json!({"runner":"local","pipe":1}))
    );
    let waited = silent_since.elapsed();
    assert!(waited >= Duration::from_secs(11) && waited < Duration::from_secs(20), "{waited:?}");
    assert_eq!(patiently(&mut browser).await["event"], "runner.back");
    assert_eq!(browser.ask(r#"{"id":"3","cmd":"z"}"#).await["ok"]["did"], "z");
    // What was asked of the dead connection is void: it is neither answered nor asked again.
    assert!(server.runners[0].lines().iter().all(|line| !line.windows(9).any(|part| part == br#""cmd":"y""#)));
    server.stop().await;
}

#[tokio::test(start_paused = true)]
async fn an_idle_runner_that_answers_stays() {
    let server = Server::start().await;
    let mut browser = Browser::open(&server).await;
    browser.ask(r#"{"id":"1","cmd":"x"}"#).await;
    let quiet = tokio::time::timeout(Duration::from_secs(95), patiently(&mut browser)).await;
    assert!(quiet.is_err(), "{quiet:?}");
    let asked = server.runners[0].lines().iter().filter(|line| line.windows(4).any(|part| part == b"ping")).count();
    assert!((17..=19).contains(&asked), "asked {asked} times");
    assert_eq!((pipes(&server), server.runners[0].hellos().len()), (1, 1));
    server.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_request_over_http_does_not_wait_for_a_runner_that_hangs() {
    let server = Server::start().await;
    let cookie = server.sign_in().await;
    let headers = [("cookie", cookie.as_str())];
    assert_eq!(http::get(&server, "/api/sessions", &headers).await.status, 200);
    server.runners[0].hang();
    tokio::time::advance(Duration::from_secs(5)).await;
    let began = Instant::now();
    let refused = http::get(&server, "/api/sessions", &headers).await;
    assert_eq!(refused.status, 503, "{}", refused.body);
    assert!(refused.body.contains("\"unreachable\"") && began.elapsed() < Duration::from_secs(20), "{}", refused.body);
    assert_eq!(http::get(&server, "/api/sessions", &headers).await.status, 200, "it is reached anew");
    server.stop().await;
}

fn pipes(server: &Server) -> usize {
    server.tasks.names().iter().filter(|name| **name == "runner pipe").count()
}
