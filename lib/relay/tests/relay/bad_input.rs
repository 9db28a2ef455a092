//! Nonsense from either side is an error of that frame, or ends that connection; never more.

use crate::support::Server;
use crate::support::browser::Browser;
use futures_util::SinkExt as _;
use std::time::Duration;
use tokio_tungstenite::tungstenite::Message;

#[tokio::test]
async fn what_is_no_frame_is_answered_and_the_connection_goes_on() {
    let server = Server::start().await;
    let mut browser = Browser::open(&server).await;
    let deep = format!(r#"{{"cmd":"x","params":{}1{}}}"#, "[".repeat(100_000), "]".repeat(99_999));
    for nonsense in
        ["garbage", "[1]", "{}", r#"{"event":"x"}"#, r#"{"id":"1","ok":{}}"#, deep.as_str(), "\u{0}", "{\"cmd\":1}"]
    {
        browser.send(nonsense).await;
        let answer = browser.json().await;
        let error = if answer["event"] == "protocol.error" { &answer["data"]["error"] } else { &answer["error"] };
        assert_eq!(error["code"], "malformed_frame", "{nonsense:.40}: {answer}");
    }
    browser.socket.send(Message::binary(vec![0xff, 0xfe])).await.unwrap();
    assert_eq!(browser.json().await["event"], "protocol.error");
    assert!(server.runners[0].lines().is_empty());
    assert_eq!(browser.ask(r#"{"id":"2","cmd":"x"}"#).await["ok"]["did"], "x");
    server.stop().await;
}

#[tokio::test]
async fn an_error_carries_the_id_where_there_is_one() {
    let server = Server::start().await;
    let mut browser = Browser::open(&server).await;
    let two_lines = "{\"id\":\"7\",\n\"cmd\":\"x\"}";
    let answer = browser.ask(two_lines).await;
    assert_eq!(answer["error"]["code"], "malformed_frame");
    assert!(answer["error"]["message"].as_str().unwrap().contains("one line"), "{answer}");
    let forged = browser.ask(r#"{"id":"relay:0","cmd":"x"}"#).await;
    assert_eq!(forged["error"]["code"], "invalid_params");
    assert!(server.runners[0].lines().is_empty());
    // White space at the end is no second line.
    browser.send("{\"id\":\"8\",\"cmd\":\"x\"}\r\n").await;
    assert_eq!(browser.json().await["id"], "8");
    server.stop().await;
}

#[tokio::test]
async fn a_message_over_the_limit_ends_its_connection_only() {
    let server = Server::start().await;
    let mut other = Browser::open(&server).await;
    let mut browser = Browser::open(&server).await;
    let fits = format!(r#"{{"id":"1","cmd":"mute","params":"{}"}}"#, "x".repeat(8 * 1024 * 1024 - 100));
    browser.send(&fits).await;
    assert_eq!(browser.ask(r#"{"id":"2","cmd":"x"}"#).await["ok"]["did"], "x");
    assert_eq!(server.runners[0].lines()[0].len(), fits.len());
    let over = format!(r#"{{"id":"3","cmd":"mute","params":"{}"}}"#, "x".repeat(9 * 1024 * 1024));
    // The server may close before all of it is sent.
    let _ = browser.socket.send(Message::text(over)).await;
    assert_eq!(browser.closed().await, Some(1009));
    assert_eq!(other.ask(r#"{"id":"4","cmd":"x"}"#).await["ok"]["did"], "x");
    server.stop().await;
}

#[tokio::test]
async fn another_protocol_version_is_told_and_turned_away() {
    let server = Server::start().await;
    let mut browser = Browser::open(&server).await;
    browser.send(r#"{"channel":"system","event":"hello","data":{"protocol":1,"software":"page/1"}}"#).await;
    assert_eq!(browser.ask(r#"{"id":"1","cmd":"x"}"#).await["ok"]["did"], "x");
    browser.send(r#"{"channel":"system","event":"hello","data":{"protocol":2,"software":"page/2"}}"#).await;
    let told = browser.json().await;
    assert_eq!(told["data"]["error"]["code"], "newer_version");
    assert_eq!(browser.closed().await, Some(1008));
    server.stop().await;
}

#[tokio::test]
async fn nonsense_of_a_runner_does_not_reach_the_page() {
    let server = Server::start().await;
    let mut browser = Browser::open(&server).await;
    for (id, nonsense) in ["Welcome to gpu-box!", "[]", "{\"event\":"].iter().enumerate() {
        let say = serde_json::json!({"cmd": "say", "id": id.to_string(), "params": nonsense}).to_string();
        browser.send(&say).await;
    }
    browser.send(r#"{"id":"after","cmd":"x"}"#).await;
    assert_eq!(browser.json().await["id"], "after");
    server.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_half_open_connection_is_closed() {
    let server = Server::start().await;
    let mut browser = Browser::open(&server).await;
    // A page that is alive answers pings, which happens whenever it reads; this one does not read.
    let opened = tokio::time::Instant::now();
    let given_up = async {
        while server.relay.info().connections > 0 {
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), given_up).await.expect("the server gives the page up");
    assert!(opened.elapsed() > Duration::from_secs(19), "{:?}", opened.elapsed());
    // Whether the close frame or the end of the stream is seen first, it is over.
    assert!(matches!(browser.closed().await, Some(1001) | None));
}

#[tokio::test(start_paused = true)]
async fn an_idle_page_that_answers_pings_stays() {
    let server = Server::start().await;
    let mut browser = Browser::open(&server).await;
    let reading = tokio::time::timeout(Duration::from_secs(100), browser.closed_or_silent()).await;
    assert!(reading.is_err(), "an idle page was closed");
    assert_eq!(server.relay.info().connections, 1);
    server.stop().await;
}
