//! Which provider answers, and what happens when one does not.

use std::time::Instant;

use serde_json::{Value, json};

use crate::support::{Provider, Say, Step, World};

fn answer(name: &str) -> Say {
    Say::json(&json!({"id": name, "choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 1}}))
}

fn overloaded() -> Say {
    Say::error(529, &json!({"error": {"message": "overloaded"}}))
}

fn body(model: &str) -> Value {
    json!({"model": model, "messages": []})
}

/// Two providers, and an alias for first the one and then the other.
async fn two(more: &str, accounts: &str) -> (Provider, Provider, World) {
    let (one, two) = (Provider::start().await, Provider::start().await);
    let toml = format!(
        "{more}\naliases = {{both = ['one/m', 'two/n']}}\n[providers.one]\nkind = 'openai_compatible'\nbase_url = '{}'\n{accounts}\n\
         [providers.two]\nkind = 'openai_compatible'\nbase_url = '{}'\n",
        one.url(),
        two.url()
    );
    let world = World::start(&toml).await;
    (one, two, world)
}

#[tokio::test]
async fn an_alias_goes_on_to_the_next_and_names_its_model() {
    let (one, two, world) = two("upstream = {retries = 0}", "").await;
    let key = world.any_key().await;
    one.says([overloaded()]);
    two.says([answer("two")]);
    let heard = world.post("/v1/chat/completions", &key, &body("both")).await;
    assert_eq!((heard.status, &heard.json()["id"]), (200, &json!("two")));
    assert_eq!((&one.asked()[0].json()["model"], &two.asked()[0].json()["model"]), (&json!("m"), &json!("n")));
    let rows = world.rows().await;
    let told: Vec<_> = rows.iter().map(|row| (row.provider.as_str(), row.outcome.as_str(), row.status)).collect();
    assert_eq!(told, [("one", "refused", 529), ("two", "done", 200)]);
    two.says([overloaded()]);
    let heard = world.post("/v1/chat/completions", &key, &body("both")).await;
    assert_eq!((heard.status, heard.json()["error"]["message"].as_str()), (529, Some("overloaded")));
}

#[tokio::test]
async fn a_provider_that_is_not_there_is_passed_over() {
    let (one, two, world) = two("upstream = {retries = 0}", "").await;
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let key = world.any_key().await;
    two.says([answer("two")]);
    let settings = format!(
        "aliases = {{both = ['one/m', 'two/n']}}\n[providers.one]\nkind = 'vllm'\nbase_url = 'http://{free}/v1'\n\
         [providers.two]\nkind = 'vllm'\nbase_url = '{}'\n",
        two.url()
    );
    world.gateway.reload(&toml::from_str(&settings).unwrap(), &|_| None).unwrap();
    assert_eq!(world.post("/v1/chat/completions", &key, &body("both")).await.json()["id"], "two");
    let heard = world.post("/one/v1/chat/completions", &key, &body("m")).await;
    assert_eq!((heard.status, heard.json()["error"]["code"].as_str()), (502, Some("provider_unreachable")));
    assert_eq!(one.asked().len(), 0);
    let wrong = "[providers.one]\nkind = 'vllm'\nbase_url = 'gopher://x'";
    assert!(world.gateway.reload(&toml::from_str(wrong).unwrap(), &|_| None).is_err());
    assert_eq!(world.post("/v1/chat/completions", &key, &body("both")).await.status, 200, "what was stays");
}

#[tokio::test]
async fn a_provider_is_asked_again_when_it_said_to() {
    let (one, _two, world) = two("upstream = {retries = 2}", "").await;
    let key = world.any_key().await;
    one.says([overloaded().with("retry-after-ms", "300"), answer("one")]);
    let before = Instant::now();
    let heard = world.post("/one/v1/chat/completions", &key, &body("m")).await;
    assert_eq!((heard.status, one.asked().len()), (200, 2));
    assert!(before.elapsed().as_millis() >= 300, "not before it said");
    assert_eq!(world.rows().await.len(), 1, "one request, one row");
}

#[tokio::test]
async fn a_wait_that_is_too_long_is_left_to_the_client() {
    let (one, _two, world) = two("upstream = {retries = 2, longest_wait_seconds = 5}", "").await;
    let key = world.any_key().await;
    one.says([Say::error(429, &json!({"error": {"message": "slow down"}})).with("retry-after", "3600")]);
    let heard = world.post("/one/v1/chat/completions", &key, &body("m")).await;
    assert_eq!((heard.status, heard.header("retry-after"), one.asked().len()), (429, Some("3600"), 1));
}

#[tokio::test]
async fn another_account_answers_for_one_that_may_not() {
    let accounts = "accounts = [{label = 'a', api_key = 'key-of-a-12345'}, {label = 'b', api_key = 'key-of-b-12345'}]";
    let (one, _two, world) = two("upstream = {retries = 2}", accounts).await;
    let key = world.any_key().await;
    one.says([Say::error(401, &json!({"error": {"message": "key-of-a-12345 is wrong"}})), answer("one")]);
    let heard = world.post("/one/v1/chat/completions", &key, &body("m")).await;
    assert_eq!((heard.status, one.asked().len()), (200, 2));
    let shown = |index: usize| one.asked()[index].headers["authorization"].to_str().unwrap().to_owned();
    assert_ne!(shown(0), shown(1));
    let bound = world.key(json!({"account": "b"})).await;
    one.says([answer("one")]);
    for _ in 0..3 {
        world.post("/one/v1/chat/completions", &bound, &body("m")).await;
        assert_eq!(one.asked().pop().unwrap().headers["authorization"], "Bearer key-of-b-12345");
    }
    one.says([Say::error(401, &json!({"error": {"message": "key-of-b-12345 is wrong"}}))]);
    let heard = world.post("/one/v1/chat/completions", &bound, &body("m")).await;
    assert_eq!((heard.status, heard.json()["error"]["code"].as_str()), (502, Some("provider_key_refused")));
    assert!(!heard.text().contains("key-of-b"));
    let nobody = world.key(json!({"account": "c"})).await;
    assert_eq!(world.post("/one/v1/chat/completions", &nobody, &body("m")).await.status, 503);
}

#[tokio::test]
async fn a_provider_is_asked_only_so_much_at_once() {
    let (one, _two, world) = two("", "max_concurrent = 1").await;
    let key = world.any_key().await;
    let go = std::sync::Arc::new(tokio::sync::Notify::new());
    let waits = Say { steps: vec![Step::Wait(go.clone()), Step::Send("{}".into())], ..answer("one") };
    one.says([waits, answer("one")]);
    let auth = [("x-api-key", key.expose().to_owned())];
    let text = body("m").to_string();
    let mut first = world.begin("POST", "/one/v1/chat/completions", &auth, text.as_bytes()).await;
    one.answering(1).await;
    let mut second = world.begin("POST", "/one/v1/chat/completions", &auth, text.as_bytes()).await;
    // The other provider is not held up, and is asked after the second request came.
    assert_eq!(world.get("/v1/models", &auth).await.status, 200);
    assert_eq!(one.asked().len(), 1);
    go.notify_one();
    assert_eq!(first.rest().await.status, 200);
    assert_eq!(second.rest().await.status, 200);
    assert_eq!(one.asked().len(), 2);
}
