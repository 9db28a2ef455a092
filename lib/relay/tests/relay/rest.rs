//! Sessions and search over HTTP.

use crate::support::Server;
use crate::support::http::{get, send};
use oqto_protocol::ids::SessionId;
use serde_json::Value;

fn last_line(server: &Server, runner: usize) -> Value {
    serde_json::from_slice(server.runners[runner].lines().last().unwrap()).unwrap()
}

#[tokio::test]
async fn each_request_becomes_one_frame() {
    let server = Server::start().await;
    let cookie = server.sign_in().await;
    let session = SessionId::mint().to_string();
    server.runners[0].owns(&session);
    let base = format!("/api/sessions/{session}");
    for (method, path, body, cmd, params) in [
        ("GET", base.clone(), "", "session.get", r"{}"),
        ("DELETE", base.clone(), "", "session.delete", r#"{"client_id":"k1"}"#),
        ("POST", format!("{base}/stop"), "", "session.stop", r#"{"client_id":"k1"}"#),
        ("POST", format!("{base}/resume"), "", "session.resume", r#"{"client_id":"k1"}"#),
        ("POST", format!("{base}/prompt"), r#"{"text":"hi"}"#, "prompt", r#"{"client_id":"k1","text":"hi"}"#),
        ("GET", format!("{base}/messages?limit=5&before=9"), "", "get_messages", r#"{"before":9,"limit":5}"#),
        (
            "GET",
            "/api/search?q=a+b&limit=3&mode=code".into(),
            "",
            "search",
            r#"{"limit":3,"mode":"code","query":"a b"}"#,
        ),
        (
            "POST",
            "/api/sessions".into(),
            r#"{"harness":"pi"}"#,
            "session.create",
            r#"{"client_id":"k1","harness":"pi"}"#,
        ),
    ] {
        let headers = [("Cookie", cookie.as_str()), ("Idempotency-Key", "k1")];
        let response = send(&server, method, &path, &headers, body).await;
        assert_eq!(response.status, 200, "{method} {path}: {}", response.body);
        let sent = last_line(&server, 0);
        assert_eq!(
            (sent["cmd"].as_str(), &sent["params"]),
            (Some(cmd), &serde_json::from_str(params).unwrap()),
            "{path}"
        );
        assert_eq!(sent["session"].is_string(), path.starts_with(&base), "{path}");
    }
    server.stop().await;
}

#[tokio::test]
async fn errors_have_the_status_of_their_kind() {
    let server = Server::start().await;
    let cookie = server.sign_in().await;
    let auth = [("Cookie", cookie.as_str())];
    let session = SessionId::mint();
    for (method, path, body, status, code) in [
        ("GET", format!("/api/sessions/{session}"), "", 404, "not_found"),
        ("GET", "/api/sessions/nonsense".into(), "", 404, "not_found"),
        ("GET", "/api/sessions?limit=many".into(), "", 400, "invalid_params"),
        ("GET", "/api/sessions?runner=none".into(), "", 404, "not_found"),
        ("GET", "/api/search".into(), "", 400, "invalid_params"),
        ("POST", "/api/sessions".into(), "[1]", 400, "invalid_params"),
    ] {
        let response = send(&server, method, &path, &auth, body).await;
        assert_eq!((response.status, response.code().as_str()), (status, code), "{method} {path}: {}", response.body);
    }
    server.runners[0].down();
    let away = get(&server, "/api/sessions", &auth).await;
    assert_eq!((away.status, away.code().as_str()), (503, "unreachable"), "{}", away.body);
    server.stop().await;
}

#[tokio::test]
async fn the_lists_of_all_runners_are_one() {
    let server = Server::with_runners(&["a", "b", "c"]).await;
    let cookie = server.sign_in().await;
    let auth = [("Cookie", cookie.as_str())];
    let sessions: Vec<String> = (0..2).map(|_| SessionId::mint().to_string()).collect();
    server.runners[0].owns(&sessions[0]);
    server.runners[1].owns(&sessions[1]);
    server.runners[2].down();
    let list = get(&server, "/api/sessions", &auth).await.json();
    assert_eq!(list["sessions"].as_array().unwrap().len(), 2);
    assert_eq!(list["unreachable"][0]["runner"], "c");
    let one = get(&server, "/api/sessions?runner=b", &auth).await.json();
    assert_eq!(one["sessions"], serde_json::json!([{"id": sessions[1]}]));
    // A session of the second runner is found without naming it.
    let found = get(&server, &format!("/api/sessions/{}", sessions[1]), &auth).await;
    assert_eq!(found.status, 200, "{}", found.body);
    server.stop().await;
}

#[tokio::test]
async fn a_lost_connection_is_opened_again() {
    let server = Server::start().await;
    let cookie = server.sign_in().await;
    let auth = [("Cookie", cookie.as_str())];
    assert_eq!(get(&server, "/api/sessions", &auth).await.status, 200);
    server.runners[0].down();
    crate::support::soon("the loss to be noticed", async {
        while get(&server, "/api/sessions", &auth).await.status != 503 {}
    })
    .await;
    server.runners[0].up();
    assert_eq!(get(&server, "/api/sessions", &auth).await.status, 200);
    server.stop().await;
}
