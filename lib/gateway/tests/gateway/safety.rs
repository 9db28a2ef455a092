//! What must not get out, and who must not get in.

use std::os::unix::fs::PermissionsExt as _;
use std::time::Instant;

use axum::http::Method;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::support::{PLANTED, Provider, SURELY, Say, Step, World, config};

#[tokio::test]
async fn planted_secrets_are_in_no_answer_and_in_no_file() {
    let provider = Provider::start().await;
    let world =
        World::start(&config(&provider, "server = {admin_key = 'admin-planted-key'}\nupstream = {retries = 0}")).await;
    let key = world.key(json!({"name": "k", "permissions": {"max_budget_usd": 1}})).await;
    let admin = [("authorization", "Bearer admin-planted-key".to_owned())];
    let echo = json!({"error": {"message": format!("bad key {PLANTED} for {PLANTED}"), "param": PLANTED}});
    let mut heard = Vec::new();
    for status in [400, 401, 403, 404, 422, 429, 500, 503] {
        provider.says([Say::error(status, &echo)]);
        for (path, body) in [
            ("/v1/chat/completions", json!({"model": "gpt-5-mini", "messages": []})),
            ("/v1/messages", json!({"model": "gpt-5-mini", "max_tokens": 1, "messages": []})),
            ("/v1beta/models/gemini-2.5-flash:generateContent", json!({})),
        ] {
            let said = world.post(path, &key, &body).await;
            assert!(said.status >= 400);
            heard.push(format!("{}{}", said.head, said.text()));
        }
    }
    provider.says([Say::error(500, &json!({})).with("x-request-id", "1")]);
    heard.push(world.post("/v1/messages", &key, &json!({"model": key.expose()})).await.text());
    for path in [
        "/admin/keys",
        "/admin/keys/k",
        "/admin/keys/k/usage",
        "/admin/usage",
        "/admin/requests",
        "/admin/status",
        "/admin/providers",
    ] {
        let said = world.get(path, &admin).await;
        assert_eq!(said.status, 200, "{path}");
        heard.push(said.text());
    }
    heard.push(format!("{:?} {:?}", world.gateway, world.gateway.current().settings));
    let shown = [("x-api-key", key.expose().to_owned())];
    heard.push(world.get("/providers/detail", &shown).await.text());
    let key_text = key.expose().to_owned();
    let folder = world.stop().await;
    for file in std::fs::read_dir(folder.path().join("data")).unwrap() {
        let path = file.unwrap().path();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o077, 0, "{}", path.display());
        heard.push(String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned());
    }
    assert!(heard.iter().any(|text| text.contains("bad key [hidden]")), "the search has something to find");
    for (name, secret) in [
        ("the provider's key", PLANTED),
        ("the virtual key", key_text.as_str()),
        ("the admin key", "admin-planted-key"),
    ] {
        let told = heard
            .iter()
            .find(|text| text.contains(secret) && !(name == "the virtual key" && text.contains("model_not_found")));
        assert!(told.is_none(), "{name} is in {:?}", told.map(|text| text.chars().take(400).collect::<String>()));
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let (provider, elsewhere) = (Provider::start().await, Provider::start().await);
    let world = World::start(&config(&provider, "upstream = {retries = 0}")).await;
    let key = world.any_key().await;
    elsewhere.says([Say::json(&json!({}))]);
    for status in [301, 302, 307, 308] {
        provider.says([Say::error(status, &json!({})).with("location", &elsewhere.url())]);
        let heard = world.post("/v1/chat/completions", &key, &json!({"model": "gpt-5-mini", "messages": []})).await;
        assert_eq!((heard.status, heard.json()["error"]["code"].as_str()), (502, Some("provider_redirects")));
        assert_eq!(heard.header("location"), None);
    }
    assert_eq!(elsewhere.asked().len(), 0);
}

#[tokio::test]
async fn a_client_that_dribbles_is_let_go_and_others_are_not_held_up() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "server = {receive_timeout_seconds = 1}")).await;
    let key = world.any_key().await;
    let before = Instant::now();
    let mut head = tokio::net::TcpStream::connect(world.address).await.unwrap();
    head.write_all(b"POST /v1/messages HTTP/1.1\r\nhost: x\r\nx-slow: ").await.unwrap();
    let mut body = tokio::net::TcpStream::connect(world.address).await.unwrap();
    let begun = format!(
        "POST /v1/messages HTTP/1.1\r\nhost: x\r\nx-api-key: {}\r\ncontent-length: 100\r\n\r\n{{",
        key.expose()
    );
    body.write_all(begun.as_bytes()).await.unwrap();
    assert_eq!(world.get("/health", &[]).await.status, 200);
    let mut heard = Vec::new();
    tokio::time::timeout(SURELY, head.read_to_end(&mut heard)).await.expect("it is let go").unwrap();
    let mut heard = Vec::new();
    tokio::time::timeout(SURELY, body.read_to_end(&mut heard)).await.expect("it is let go").unwrap();
    assert!(String::from_utf8_lossy(&heard).starts_with("HTTP/1.1 408"), "{}", String::from_utf8_lossy(&heard));
    assert!(before.elapsed().as_millis() >= 1000);
}

#[tokio::test]
async fn a_client_that_does_not_read_is_let_go_and_costs_no_memory() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "server = {send_timeout_seconds = 1}")).await;
    let key = world.any_key().await;
    let chunk = format!("data: {}\n\n", "x".repeat(1 << 20));
    provider.says([Say::steps(vec![Step::Send(chunk.into()); 200])]);
    let body = json!({"model": "gpt-5-mini", "stream": true, "messages": []}).to_string();
    let auth = [("x-api-key", key.expose().to_owned())];
    let client = world.begin("POST", "/v1/chat/completions", &auth, body.as_bytes()).await;
    provider.answering(1).await;
    provider.answering(0).await;
    let row = world.settled(1).await.pop().unwrap();
    assert_eq!(row.outcome, "interrupted");
    drop(client);
}

#[tokio::test]
async fn heads_that_are_too_large_are_refused() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let large = [("x-large", "y".repeat(1 << 20))];
    assert_eq!(world.get("/health", &large).await.status, 431);
    assert_eq!(world.get("/health", &[("x-large", "y".repeat(30_000))]).await.status, 200);
}

#[tokio::test]
async fn the_admin_socket_is_for_this_user_and_needs_no_key() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    assert_eq!(std::fs::metadata(world.socket()).unwrap().permissions().mode() & 0o777, 0o600);
    let heard = world.get("/admin/keys", &[("authorization", "Bearer x".into())]).await;
    assert_eq!((heard.status, heard.json()["error"]["code"].as_str()), (403, Some("admin_disabled")));
    let door = world.door().await;
    let made = door.ask(Method::POST, "/admin/keys", Some(&json!({"name": "Zoë ✓"}))).await.unwrap();
    assert!(made["key"].as_str().unwrap().starts_with("eavs_"));
    let found = door.ask(Method::GET, "/admin/keys/Zo%C3%AB%20%E2%9C%93", None).await.unwrap();
    assert_eq!((&found["key_id"], found.get("key")), (&made["key_id"], None));
    let wrong = door.ask(Method::POST, "/admin/keys", Some(&json!({"nmae": 1}))).await.unwrap_err();
    assert!(wrong.to_string().contains("unknown field `nmae`"), "{wrong}");
}
