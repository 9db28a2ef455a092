//! A runner goes away and comes back; a page is told, and nothing is silently lost.

use crate::support::Server;
use crate::support::browser::Browser;

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

fn pipes(server: &Server) -> usize {
    server.tasks.names().iter().filter(|name| **name == "runner pipe").count()
}
