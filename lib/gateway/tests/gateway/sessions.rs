//! Sessions of agents: one key that counts, one budget over all keys.

use std::net::SocketAddr;
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpStream, UnixStream};
use tokio::sync::Notify;

use crate::support::{Provider, Say, Step, World, config};
use oqto_kit::Secret;

/// Asks on the admin socket: the status and the answer.
async fn ask(world: &World, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
    let body = body.map(|body| body.to_string()).unwrap_or_default();
    let mut stream = UnixStream::connect(world.socket()).await.unwrap();
    let text = format!(
        "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut heard = String::new();
    stream.read_to_string(&mut heard).await.unwrap();
    let (head, body) = heard.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), serde_json::from_str(body).unwrap())
}

async fn begun(world: &World, session: &str, terms: Value) -> (Secret, Value) {
    let (status, told) = ask(world, "POST", &format!("/admin/sessions/{session}"), Some(terms)).await;
    assert_eq!(status, 201, "{told}");
    (Secret::new(told["key"].as_str().unwrap()), told)
}

fn answer() -> Say {
    Say::json(&json!({"choices": [{"message": {"content": "x"}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 0, "completion_tokens": 100}}))
}

fn body() -> Value {
    json!({"model": "gpt-5-mini", "max_completion_tokens": 100, "messages": []})
}

/// Asks for an answer in a connection of its own: the status.
async fn post_to(address: SocketAddr, key: &Secret) -> u16 {
    let text = body().to_string();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{text}",
        key.expose(),
        text.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut heard = String::new();
    stream.read_to_string(&mut heard).await.unwrap();
    heard.split(' ').nth(1).unwrap().parse().unwrap()
}

fn near(value: &Value, expected: f64) {
    assert!((value.as_f64().unwrap() - expected).abs() < 1e-9, "{value} is not {expected}");
}

#[tokio::test]
async fn a_new_key_ends_the_one_before_and_has_what_is_left() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    provider.says([answer()]);
    // An answer costs 0.0002 dollars.
    let terms = json!({"permissions": {"max_budget_usd": 0.0005, "max_budget_tokens": 1000}, "labels": {"place": "x"}});
    let (first, told) = begun(&world, "ses_1", terms.clone()).await;
    assert_eq!(told["session"]["closed"], false);
    assert_eq!(world.post("/v1/chat/completions", &first, &body()).await.status, 200);
    world.settled(1).await;

    let (second, told) = begun(&world, "ses_1", terms).await;
    near(&told["session"]["budget_usd"], 0.0005);
    near(&told["session"]["spent_usd"], 0.0002);
    assert_eq!(told["session"]["budget_tokens"], 1000);
    assert_eq!(world.post("/v1/chat/completions", &first, &body()).await.status, 401, "the first is worth nothing");
    assert_eq!(world.post("/v1/chat/completions", &second, &body()).await.status, 200);
    world.settled(2).await;
    // Less than the least that another answer could cost is left: the session has no budget anew.
    assert_eq!(world.post("/v1/chat/completions", &second, &body()).await.status, 200);
    assert_eq!(world.post("/v1/chat/completions", &second, &body()).await.status, 402);

    let (_, standing) = ask(&world, "GET", "/admin/sessions/ses_1", None).await;
    near(&standing["spent_usd"], 0.0006);
    assert_eq!(standing["requests"], 3, "{standing}");
    let (_, open) = ask(&world, "GET", "/admin/sessions", None).await;
    assert_eq!(open, json!([{"session": "ses_1", "labels": {"place": "x"}}]));
    let (_, closed) = ask(&world, "DELETE", "/admin/sessions/ses_1", None).await;
    assert_eq!(closed["closed"], true);
    assert_eq!(world.post("/v1/chat/completions", &second, &body()).await.status, 401);
    assert_eq!(ask(&world, "GET", "/admin/sessions", None).await.1, json!([]));
}

#[tokio::test]
async fn a_budget_is_changed_where_it_is_and_what_is_set_aside_stays_so() {
    let provider = Provider::start().await;
    let toml = config(&provider, "");
    let world = World::start(&toml).await;
    let go = Arc::new(Notify::new());
    let mut held = answer();
    held.steps.insert(0, Step::Wait(Arc::clone(&go)));
    provider.says([held, answer()]);
    let ask_for = |world: &World, key: &Secret| {
        let (address, key) = (world.address, key.clone());
        async move { post_to(address, &key).await }
    };
    let budget = "/admin/sessions/ses_1/budget";
    // An answer costs 0.0002 dollars: one fits, and another has to wait for it.
    let (key, told) = begun(&world, "ses_1", json!({"permissions": {"max_budget_usd": 0.00025}})).await;
    let id = told["session"]["key_id"].clone();
    let first = tokio::spawn(ask_for(&world, &key));
    provider.answering(1).await;
    assert_eq!(ask_for(&world, &key).await, 429, "what is left is set aside");

    let (status, standing) = ask(&world, "PUT", budget, Some(json!({"budget_usd": 0.0005}))).await;
    assert_eq!((status, &standing["key_id"]), (200, &id), "{standing}");
    near(&standing["budget_usd"], 0.0005);
    assert_eq!(ask_for(&world, &key).await, 200, "the same key goes on");
    assert_eq!(ask_for(&world, &key).await, 429, "what was set aside before the change still is");
    go.notify_one();
    assert_eq!(first.await.unwrap(), 200);
    world.settled(2).await;
    assert_eq!(ask(&world, "PUT", budget, Some(json!({"budget_usd": 0.0004}))).await.0, 200);
    assert_eq!(ask_for(&world, &key).await, 402);

    // What is agreed outlives the gateway, and the keys of a session have one budget together.
    let (status, standing) = ask(&world, "PUT", budget, Some(json!({"budget_usd": 0.001, "budget_tokens": 300}))).await;
    assert_eq!((status, &standing["budget_tokens"]), (200, &json!(300)), "{standing}");
    let folder = world.stop().await;
    let world = World::at(folder, &toml).await;
    let (_, standing) = ask(&world, "GET", "/admin/sessions/ses_1", None).await;
    near(&standing["budget_usd"], 0.001);
    near(&standing["spent_usd"], 0.0004);
    assert_eq!((&standing["budget_tokens"], &standing["key_id"]), (&json!(300), &id));
    assert_eq!(ask_for(&world, &key).await, 200);
    assert_eq!(ask_for(&world, &key).await, 402, "the tokens are used up");
    let (second, _) = begun(&world, "ses_1", json!({"permissions": {"max_budget_usd": 0.0006}})).await;
    assert_eq!(ask_for(&world, &second).await, 402);
    let (_, standing) = ask(&world, "PUT", budget, Some(json!({}))).await;
    assert_eq!((standing.get("budget_usd"), standing.get("budget_tokens")), (None, None), "{standing}");
    assert_eq!(ask_for(&world, &second).await, 200);
    let (_, standing) = ask(&world, "PUT", budget, Some(json!({"budget_usd": 0.0001}))).await;
    near(&standing["spent_usd"], 0.0008);
    assert_eq!(ask_for(&world, &second).await, 402, "less than was used is nothing");

    for wrong in [json!({"budget_usd": -1}), json!({"budget": 1}), json!("much")] {
        let (status, told) = ask(&world, "PUT", budget, Some(wrong.clone())).await;
        assert_eq!((status, &told["error"]["code"]), (400, &json!("invalid_terms")), "{wrong}: {told}");
    }
    assert_eq!(ask(&world, "PUT", "/admin/sessions/ses_2/budget", Some(json!({}))).await.0, 404);
    assert_eq!(ask(&world, "POST", budget, Some(json!({}))).await.0, 405);
}

#[tokio::test]
async fn a_session_is_offered_the_models_that_it_may_use() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let terms = json!({"permissions": {"allowed_models": ["gpt-5-mini"]}});
    let (status, look) = ask(&world, "POST", "/admin/sessions", Some(terms.clone())).await;
    assert_eq!(status, 200, "{look}");
    let (_, told) = begun(&world, "ses_1", terms).await;
    assert_eq!(told["providers"], look["providers"]);
    let models: Vec<&Value> =
        look["providers"].as_object().unwrap().values().flat_map(|one| one["models"].as_array().unwrap()).collect();
    assert!(!models.is_empty() && models.iter().all(|model| model["id"] == "gpt-5-mini"), "{look}");
    let address = look["address"].as_str().unwrap();
    for entry in look["providers"].as_object().unwrap().values() {
        assert!(entry["baseUrl"].as_str().unwrap().starts_with(address), "{entry}");
    }
    assert_eq!(ask(&world, "GET", "/admin/keys", None).await.1.as_array().unwrap().len(), 1, "a look makes no key");
}

#[tokio::test]
async fn what_is_wrong_is_refused_and_makes_nothing() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    for wrong in [
        json!({"permissions": {"max_budget_usd": -1}}),
        json!({"expires_in_seconds": 0}),
        json!({"expires_in_seconds": "soon"}),
        json!({"expires_in_seconds": 1e300}),
        json!({"session": 7}),
        json!({"unknown": true}),
        json!([]),
    ] {
        let (status, told) = ask(&world, "POST", "/admin/sessions/ses_1", Some(wrong.clone())).await;
        assert_eq!((status, &told["error"]["code"]), (400, &json!("invalid_terms")), "{wrong}: {told}");
    }
    assert_eq!(ask(&world, "GET", "/admin/sessions/ses_1", None).await.0, 404);
    assert_eq!(ask(&world, "DELETE", "/admin/sessions/ses_1", None).await.0, 404);
    assert_eq!(ask(&world, "PUT", "/admin/sessions", None).await.0, 405);
    assert_eq!(ask(&world, "GET", "/admin/keys", None).await.1, json!([]));
    let (_, told) = begun(&world, "ses_1", json!({"expires_in_seconds": 60})).await;
    assert!(told["key"].as_str().unwrap().starts_with("eavs_"));
    // It is a route of those who run the gateway: a session's own key opens nothing.
    let key = Secret::new(told["key"].as_str().unwrap());
    let heard = world.get("/admin/sessions", &[("authorization", format!("Bearer {}", key.expose()))]).await;
    assert!(matches!(heard.status, 401 | 403), "{}", heard.status);
}

#[tokio::test]
async fn of_keys_that_are_made_at_once_for_a_session_one_counts() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "")).await;
    let terms = || json!({"permissions": {"max_budget_usd": 1}});
    let all = futures_util::future::join_all((0..16).map(|_| begun(&world, "s", terms()))).await;
    provider.says([answer()]);
    let mut served = 0;
    for (key, _) in &all {
        served += u32::from(world.post("/v1/chat/completions", key, &body()).await.status == 200);
    }
    assert_eq!(served, 1, "a session has one key, and so one budget");
}
