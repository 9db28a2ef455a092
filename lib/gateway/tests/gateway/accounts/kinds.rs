//! Every kind of provider is asked where it listens, and shown its key as it wants to be.

use serde_json::{Value, json};

use super::logins::{key, put, vault};
use crate::support::{Provider, Say, World};

const KEY: &str = "key-planted-of-a-kind";

fn question(path: &str) -> Value {
    if path.ends_with("generateContent") {
        json!({"contents": [{"role": "user", "parts": [{"text": "x"}]}]})
    } else if path.ends_with("embeddings") || path.ends_with("responses") {
        json!({"model": "m", "input": "x"})
    } else {
        json!({"model": "m", "max_tokens": 5, "messages": [{"role": "user", "content": "x"}]})
    }
}

/// Asks one provider by one path, and gives where it was asked and what it was shown.
async fn asked(settings: &str, base: &str, path: &str) -> (String, String) {
    let provider = Provider::start().await;
    provider.says([Say::json(&json!({"id": "x", "choices": []}))]);
    let folder = tempfile::tempdir().unwrap();
    put(&vault(&folder), key("house", "work", KEY));
    let toml = format!("[providers.house]\n{settings}\nbase_url = 'http://{}{base}'\n", provider.address);
    let world = World::at(folder, &toml).await;
    let any = world.any_key().await;
    let heard = world.post(&format!("/house{path}"), &any, &question(path)).await;
    assert_eq!(heard.status, 200, "{settings} {path}: {}", heard.text());
    let asked = provider.asked().pop().unwrap();
    let shown = |name: &str| asked.headers.get(name).map(|value| format!("{name}: {}", value.to_str().unwrap()));
    let all: Vec<_> =
        ["authorization", "x-api-key", "api-key", "x-goog-api-key"].into_iter().filter_map(shown).collect();
    (asked.path, all.join(", ").replace(KEY, "KEY"))
}

#[tokio::test]
async fn those_that_speak_as_openai_does() {
    for kind in [
        "openai",
        "openrouter",
        "groq",
        "mistral",
        "deepseek",
        "xai",
        "together",
        "cerebras",
        "ollama",
        "vllm",
        "llama_cpp",
        "openai_compatible",
    ] {
        for (path, below) in [("/v1/chat/completions", "/chat/completions"), ("/v1/embeddings", "/embeddings")] {
            let heard = asked(&format!("kind = '{kind}'"), "/at/v1", path).await;
            assert_eq!(heard, (format!("/at/v1{below}"), "authorization: Bearer KEY".to_owned()), "{kind}");
        }
    }
    let heard = asked("kind = 'openai'", "/v1", "/v1/responses").await;
    assert_eq!(heard, ("/v1/responses".to_owned(), "authorization: Bearer KEY".to_owned()));
}

#[tokio::test]
async fn those_that_speak_as_they_like() {
    let heard = asked("kind = 'anthropic'", "/v1", "/v1/messages").await;
    assert_eq!(heard, ("/v1/messages".to_owned(), "x-api-key: KEY".to_owned()));
    let heard = asked("kind = 'google'", "/v1beta", "/v1beta/models/gemini:generateContent").await;
    assert_eq!(heard, ("/v1beta/models/gemini:generateContent".to_owned(), "x-goog-api-key: KEY".to_owned()));
}

#[tokio::test]
async fn azure_is_asked_by_both_of_its_apis() {
    let with_key = |path: &str| (path.to_owned(), "api-key: KEY".to_owned());
    for (version, base, call, path) in [
        ("", "", "chat/completions", "/openai/v1/chat/completions"),
        ("", "", "responses", "/openai/v1/responses"),
        ("", "", "embeddings", "/openai/v1/embeddings"),
        ("", "/openai/v1/", "chat/completions", "/openai/v1/chat/completions"),
        ("preview", "", "responses", "/openai/v1/responses?api-version=preview"),
        ("2024-10-21", "", "chat/completions", "/openai/deployments/m/chat/completions?api-version=2024-10-21"),
        ("2024-10-21", "/openai", "embeddings", "/openai/deployments/m/embeddings?api-version=2024-10-21"),
        ("2025-03-01-preview", "", "responses", "/openai/responses?api-version=2025-03-01-preview"),
        (
            "2024-10-21",
            "/openai/deployments/mine",
            "chat/completions",
            "/openai/deployments/mine/chat/completions?api-version=2024-10-21",
        ),
    ] {
        let version = if version.is_empty() { String::new() } else { format!("api_version = '{version}'") };
        let heard = asked(&format!("kind = 'azure'\n{version}"), base, &format!("/v1/{call}")).await;
        assert_eq!(heard, with_key(path), "{version} {base} {call}");
    }
}

#[tokio::test]
async fn an_account_is_tried_by_what_needs_its_key() {
    use oqto_gateway::gateway::probe;
    let provider = Provider::start().await;
    let folder = tempfile::tempdir().unwrap();
    let kept = vault(&folder);
    let toml = format!(
        "[providers.openrouter]\nbase_url = '{0}'\n[providers.anthropic]\nbase_url = '{0}'\n[providers.groq]\n\
         [providers.scripted]\n",
        provider.url()
    );
    put(&kept, key("openrouter", "work", KEY));
    put(&kept, key("anthropic", "work", KEY));
    let settings = toml::from_str(&toml).unwrap();
    let database = folder.path().join("data/eavs.db");
    let tried = async |only: Option<&'static str>| {
        let all = probe(&settings, &database, &|_| None, only).await.unwrap();
        let told = |one: oqto_gateway::gateway::Probed| (one.key_accepted, one.models, one.problem);
        all.into_iter().map(told).collect::<Vec<_>>()
    };
    let models = Say::json(&json!({"data": [{"id": "a"}, {"id": "b"}]}));
    provider.says([Say::json(&json!({"data": {"label": "me"}})), models.clone()]);
    assert_eq!(tried(Some("openrouter")).await, [(Some(true), Some(2), None)]);
    let paths: Vec<_> = provider.asked().iter().map(|asked| asked.path.clone()).collect();
    assert_eq!(paths, ["/v1/key", "/v1/models"]);
    provider.says([models]);
    assert_eq!(tried(Some("anthropic")).await, [(Some(true), Some(2), None)]);
    let asked = provider.asked().pop().unwrap();
    assert_eq!(
        (asked.path.as_str(), asked.headers["anthropic-version"].to_str().unwrap()),
        ("/v1/models?limit=1000", "2023-06-01")
    );
    provider.says([Say::error(401, &json!({"error": {"message": format!("{KEY} is wrong")}}))]);
    let refused = "it refuses the key (401 Unauthorized)".to_owned();
    assert_eq!(tried(Some("anthropic")).await, [(Some(false), None, Some(refused))]);
    assert_eq!(tried(Some("groq")).await, [(None, None, Some("it has no key: eavs accounts add groq".to_owned()))]);
    assert_eq!(tried(Some("scripted")).await[0].2, None);
    assert_eq!(tried(None).await.len(), 4);
}
