//! What providers say is left of their limits, as it is known and told.

use axum::http::Method;
use oqto_gateway::config::Settings;
use oqto_gateway::server::{Door, Lock};
use serde_json::{Value, json};

use crate::support::{Provider, Say, World, config};

fn said(text: &str) -> Value {
    json!({"model": "gpt-5-mini", "messages": [{"role": "user", "content": text}]})
}

fn answer() -> Say {
    Say::json(&json!({"choices": [], "usage": {"prompt_tokens": 5, "completion_tokens": 1}}))
}

#[tokio::test]
async fn limits_are_known_by_account_and_outlive_the_service() {
    let provider = Provider::start().await;
    let accounts = "accounts = [{label = 'a', api_key = 'ka'}, {label = 'b', api_key = 'kb'}]";
    let world = World::start(&format!("[providers.openai]\nbase_url = '{}'\n{accounts}\n", provider.url())).await;
    let (a, b) = (world.key(json!({"account": "a"})).await, world.key(json!({"account": "b"})).await);
    assert_eq!(world.gateway.book.quotas(), []);
    let told = |left: &str| {
        answer()
            .with("x-ratelimit-limit-tokens", "1000")
            .with("x-ratelimit-remaining-tokens", left)
            .with("x-other", "9")
    };
    provider.says([told("900"), told("70"), told("60")]);
    for key in [&a, &b, &b] {
        assert_eq!(world.post("/v1/chat/completions", key, &said("x")).await.status, 200);
    }
    let left = |quotas: &Value| -> Vec<(String, u64)> {
        let quotas = quotas.as_array().unwrap().iter();
        quotas.map(|q| (q["account"].as_str().unwrap().into(), q["meters"][0]["remaining"].as_u64().unwrap())).collect()
    };
    let expected = [("a".to_owned(), 900), ("b".to_owned(), 60)];
    let database = world.folder.path().join("data/eavs.db");
    let socket = world.socket();
    let door = world.door().await;
    assert_eq!(left(&door.ask(Method::GET, "/admin/quotas", None).await.unwrap()), expected);
    let _folder = world.stop().await;
    // Without the service it is what was known last.
    let door = Door::open(&socket, &database, Lock::Taken, Settings::default, &|_| None).await.unwrap();
    let kept = door.ask(Method::GET, "/admin/quotas", None).await.unwrap();
    assert_eq!(left(&kept), expected);
    assert!(kept[0]["seen_at"].is_string());
    door.close().await;
}

#[tokio::test]
async fn a_refusal_tells_when_it_may_be_asked_again_and_an_answer_ends_that() {
    let provider = Provider::start().await;
    let world = World::start(&config(&provider, "upstream = {retries = 0}")).await;
    let key = world.any_key().await;
    provider.says([Say::error(429, &json!({"error": {"message": "slow down"}})).with("retry-after", "7")]);
    let before = world.gateway.book.now_ms();
    assert_eq!(world.post("/v1/chat/completions", &key, &said("x")).await.status, 429);
    let quota = world.gateway.book.quotas().remove(0);
    assert_eq!((quota.provider.as_str(), quota.account.as_str()), ("openai", "default"));
    assert!(quota.retry_at.is_some_and(|at| (before + 7000..before + 37_000).contains(&at.0)), "{quota:?}");
    provider.says([answer().with("x-ratelimit-remaining-requests", "3")]);
    assert_eq!(world.post("/v1/chat/completions", &key, &said("x")).await.status, 200);
    let quota = world.gateway.book.quotas().remove(0);
    assert_eq!((quota.retry_at, quota.meters[0].remaining), (None, Some(3)));
}
