//! Accounts that are read again while the gateway runs.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::Notify;

use super::logins::{key, put, vault};
use crate::support::{Provider, Say, Step, World};

fn body() -> Value {
    json!({"model": "m", "messages": []})
}

fn config(provider: &Provider) -> String {
    format!("[providers.house]\nkind = 'groq'\nbase_url = '{}'\n[server]\nadmin_key = 'admin'\n", provider.url())
}

async fn problems(world: &World) -> Vec<String> {
    let heard = world.get("/admin/status", &[("authorization", "Bearer admin".to_owned())]).await;
    let told = |one: &Value| format!("{}: {}", one["what"].as_str().unwrap(), one["detail"].as_str().unwrap());
    heard.json()["problems"].as_array().unwrap().iter().map(told).collect()
}

#[tokio::test]
async fn an_answer_on_its_way_goes_on_through_it() {
    let provider = Provider::start().await;
    let folder = tempfile::tempdir().unwrap();
    let kept = vault(&folder);
    put(&kept, key("house", "a", "key-planted-a"));
    let world = World::at(folder, &config(&provider)).await;
    let any = world.any_key().await;
    let go = Arc::new(Notify::new());
    let steps = vec![
        Step::Send("data: {\"choices\":[],\"first\":1}\n\n".into()),
        Step::Wait(Arc::clone(&go)),
        Step::Send(
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}\n\ndata: [DONE]\n\n".into(),
        ),
    ];
    provider.says([Say::steps(steps), Say::json(&json!({"id": "x", "choices": []}))]);
    let headers = [("authorization", format!("Bearer {}", any.expose()))];
    let text = json!({"model": "m", "stream": true, "messages": []}).to_string();
    let mut stream = world.begin("POST", "/house/v1/chat/completions", &headers, text.as_bytes()).await;
    stream.until("first").await;
    put(&kept, key("house", "b", "key-planted-b"));
    kept.change(oqto_gateway::accounts::Change::Remove { provider: "house".into(), label: "a".into() }).unwrap();
    world.gateway.reload_accounts(&|_| None).unwrap();
    assert_eq!(world.post("/house/v1/chat/completions", &any, &body()).await.status, 200);
    go.notify_one();
    let heard = stream.rest().await;
    assert!(heard.whole && heard.text().contains("[DONE]"), "{}", heard.text());
    let shown: Vec<_> =
        provider.asked().iter().map(|asked| asked.headers["authorization"].to_str().unwrap().to_owned()).collect();
    assert_eq!(shown, ["Bearer key-planted-a", "Bearer key-planted-b"]);
    let rows = world.settled(2).await;
    assert!(rows.iter().any(|row| row.account == "a" && row.outcome == "done"), "{rows:?}");
}

#[tokio::test]
async fn what_cannot_be_opened_is_told_and_takes_nothing_away() {
    let provider = Provider::start().await;
    provider.says([Say::json(&json!({"id": "x", "choices": []}))]);
    let folder = tempfile::tempdir().unwrap();
    let kept = vault(&folder);
    put(&kept, key("house", "a", "key-planted-a"));
    put(&kept, key("nobody", "c", "key-planted-c"));
    let world = World::at(folder, &config(&provider)).await;
    let any = world.any_key().await;
    let unused = "nobody/c: no provider is called \"nobody\", so that it is not used";
    assert_eq!(problems(&world).await, [unused]);
    let file = kept.files().pop().unwrap();
    let right = std::fs::read(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    world.gateway.reload_accounts(&|_| None).unwrap();
    let told = problems(&world).await;
    assert!(
        told.len() == 1 && told[0].contains("is not there, and without it no kept account can be opened"),
        "{told:?}"
    );
    assert_eq!(world.post("/house/v1/chat/completions", &any, &body()).await.status, 200, "what was read before stays");

    // A gateway that starts so has no kept account, and everything else.
    let folder = world.stop().await;
    let toml = format!("{}[providers.open]\nkind = 'vllm'\nbase_url = '{}'\n", config(&provider), provider.url());
    let world = World::at(folder, &toml).await;
    let heard = world.post("/house/v1/chat/completions", &any, &body()).await;
    assert_eq!((heard.status, heard.json()["error"]["code"].as_str()), (503, Some("provider_without_key")));
    assert_eq!(world.post("/open/v1/chat/completions", &any, &body()).await.status, 200);
    std::fs::write(&file, right).unwrap();
    std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    world.gateway.reload_accounts(&|_| None).unwrap();
    assert_eq!(world.post("/house/v1/chat/completions", &any, &body()).await.status, 200);
    assert_eq!(problems(&world).await, [unused]);
    world.gateway.not_taken("line 3".to_owned());
    assert_eq!(problems(&world).await, ["configuration: line 3", unused]);
}
