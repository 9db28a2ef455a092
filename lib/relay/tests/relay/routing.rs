//! Lines go to the right runner and come back, unchanged.

use crate::support::Server;
use crate::support::browser::Browser;
use oqto_protocol::ids::SessionId;

/// Valid JSON that any re-encoding would change: spacing, escapes, order, unknown fields, big numbers.
const ODD: &str =
    r#"{ "cmd" : "echo","id":"\u0063\u0031",  "zeta":1e400000, "params":{"b":1,"a":"\/\u00e9é"} ,"channel":"agent"}"#;

#[tokio::test]
async fn lines_go_through_unchanged_in_both_directions() {
    let server = Server::start().await;
    let mut browser = Browser::open(&server).await;
    browser.send(ODD).await;
    let reply = browser.line().await;
    assert_eq!(reply, r#"{"channel":"agent","id":"c1","ok":{"did":"echo"}}"#);
    assert_eq!(server.runners[0].lines(), [ODD]);
    let odd_event = r#"{"event":"stream.text_delta" ,"data":{"delta":"\u2028 \ud83d\ude00"},"seq":1.0}"#;
    let say = serde_json::json!({"cmd": "say", "id": "2", "params": odd_event}).to_string();
    browser.send(&say).await;
    assert_eq!(browser.line().await, odd_event);
    server.stop().await;
}

#[tokio::test]
async fn the_hello_names_the_runners_and_theirs_is_swallowed() {
    let server = Server::with_runners(&["local", "far"]).await;
    let mut browser = Browser::open(&server).await;
    let data = &browser.hello["data"];
    assert_eq!(data["protocol"], 1);
    assert_eq!(
        data["runners"],
        serde_json::json!([{"name":"local","state":"unknown"},{"name":"far","state":"unknown"}])
    );
    let reply = browser.ask(r#"{"id":"1","cmd":"x","runner":"far"}"#).await;
    assert_eq!(reply["ok"]["did"], "x");
    let hellos = server.runners[1].hellos();
    assert_eq!(hellos[0].peer.as_ref().unwrap().account, "owner");
    assert!(server.runners[0].hellos().is_empty(), "a pipe is opened when it is needed");
    server.stop().await;
}

#[tokio::test]
async fn a_session_is_found_by_asking_and_then_remembered() {
    let server = Server::with_runners(&["a", "b"]).await;
    let session = SessionId::mint().to_string();
    server.runners[1].owns(&session);
    let mut browser = Browser::open(&server).await;
    for id in ["1", "2"] {
        let reply = browser.ask(&format!(r#"{{"id":"{id}","cmd":"prompt","session":"{session}"}}"#)).await;
        assert_eq!(reply["ok"]["did"], "prompt");
    }
    let count = |runner: usize, cmd: &str| {
        server.runners[runner].lines().iter().filter(|line| String::from_utf8_lossy(line).contains(cmd)).count()
    };
    assert_eq!((count(0, "session.get"), count(1, "session.get")), (1, 1), "asked once");
    assert_eq!((count(0, "prompt"), count(1, "prompt")), (0, 2));
    server.stop().await;
}

#[tokio::test]
async fn what_does_not_exist_is_an_error() {
    let server = Server::with_runners(&["a", "b"]).await;
    let mut browser = Browser::open(&server).await;
    let session = SessionId::mint();
    for (request, code, says) in [
        (r#"{"id":"1","cmd":"x","runner":"none"}"#.to_owned(), "not_found", "no runner \"none\""),
        (format!(r#"{{"id":"1","cmd":"prompt","session":"{session}"}}"#), "not_found", "no session ses_"),
        (r#"{"id":"1","cmd":"prompt","session":"nonsense"}"#.to_owned(), "not_found", "no session \"nonsense\""),
    ] {
        let reply = browser.ask(&request).await;
        assert_eq!(reply["error"]["code"], code, "{request}");
        assert!(reply["error"]["message"].as_str().unwrap().starts_with(says), "{reply}");
    }
    server.runners[1].down();
    let reply = browser.ask(&format!(r#"{{"id":"1","cmd":"prompt","session":"{session}"}}"#)).await;
    assert_eq!(reply["error"]["code"], "unreachable", "it may be on the runner that is away: {reply}");
    server.stop().await;
}

#[tokio::test]
async fn the_relay_answers_for_itself() {
    let server = Server::start().await;
    let mut browser = Browser::open(&server).await;
    let pong = browser.ask(r#"{"channel":"system","id":"1","cmd":"ping"}"#).await;
    assert!(pong["ok"]["ts"].as_u64().unwrap() > 1_700_000_000_000);
    let info = browser.ask(r#"{"channel":"system","id":"2","cmd":"relay.info"}"#).await;
    assert_eq!(info["ok"]["connections"], 1);
    assert_eq!(info["ok"]["address"], server.origin());
    let passed_on = browser.ask(r#"{"channel":"system","id":"3","cmd":"runner.info"}"#).await;
    assert_eq!(passed_on["ok"]["did"], "runner.info");
    server.stop().await;
}
