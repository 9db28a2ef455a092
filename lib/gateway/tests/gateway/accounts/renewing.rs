//! Tokens that end, and tokens that are refused.

use std::sync::Arc;

use serde_json::{Value, json};

use super::logins::{Logins, Say as Told, kept, key, login, put, vault};
use crate::support::{Provider, Say, World};

fn body() -> Value {
    json!({"model": "m", "messages": []})
}

fn answer() -> Say {
    Say::json(&json!({"id": "x", "choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 1}}))
}

fn config(provider: &Provider, logins: &Logins) -> String {
    format!(
        "upstream = {{retries = 2}}\n[providers.house]\nkind = 'openai_compatible'\nbase_url = '{}'\n{}",
        provider.url(),
        logins.settings()
    )
}

struct Ground {
    provider: Provider,
    logins: Logins,
    folder: Option<tempfile::TempDir>,
}

impl Ground {
    async fn new() -> Self {
        let folder = Some(tempfile::tempdir().unwrap());
        Self { provider: Provider::start().await, logins: Logins::start().await, folder }
    }

    async fn world(&mut self) -> World {
        World::at(self.folder.take().unwrap(), &config(&self.provider, &self.logins)).await
    }

    /// What the provider was shown, in order.
    fn shown(&self) -> Vec<String> {
        let asked = self.provider.asked();
        asked.iter().map(|asked| asked.headers["authorization"].to_str().unwrap().to_owned()).collect()
    }
}

async fn ask(world: &World, key: &oqto_kit::Secret) -> (u16, String) {
    let heard = world.post("/house/v1/chat/completions", key, &body()).await;
    let code =
        if heard.status == 200 { String::new() } else { heard.json()["error"]["code"].as_str().unwrap().to_owned() };
    assert!(!heard.text().contains("planted"), "{}", heard.text());
    (heard.status, code)
}

#[tokio::test]
async fn a_token_that_ends_soon_is_renewed_and_kept_before_it_is_used() {
    let mut ground = Ground::new().await;
    let vault = vault(ground.folder.as_ref().unwrap());
    put(&vault, login("work", "access-planted-0", "refresh-planted-0", 60));
    ground.logins.honours("refresh-planted-0");
    let world = ground.world().await;
    let any = world.any_key().await;
    ground.provider.says([answer()]);
    assert_eq!(ask(&world, &any).await, (200, String::new()));
    assert_eq!(ground.shown(), ["Bearer access-planted-1"]);
    let now = kept(&vault, "work");
    assert_eq!((now.access.expose(), now.refresh.unwrap().expose()), ("access-planted-1", "refresh-planted-1"));
    let form = &ground.logins.asked("/token")[0];
    assert_eq!((form["refresh_token"].as_str(), form["scope"].as_str()), ("refresh-planted-0", "models offline"));

    let folder = world.stop().await;
    ground.folder = Some(folder);
    let world = ground.world().await;
    assert_eq!(ask(&world, &any).await, (200, String::new()));
    assert_eq!((ground.shown()[1].as_str(), ground.logins.renewals()), ("Bearer access-planted-1", 1));
}

#[tokio::test]
async fn many_requests_and_two_gateways_renew_once() {
    let mut ground = Ground::new().await;
    let vault = vault(ground.folder.as_ref().unwrap());
    put(&vault, login("work", "access-planted-0", "refresh-planted-0", -1));
    ground.logins.honours("refresh-planted-0");
    ground.provider.says([answer()]);
    let at = |path: &std::path::Path| path.display().to_string();
    let shared = format!("[accounts]\nfile = '{}'\nkey_file = '{}'\n", at(vault.file()), at(&vault.files()[1]));
    let (one, two) = (
        Arc::new(ground.world().await),
        Arc::new(World::start(&format!("{}{shared}", config(&ground.provider, &ground.logins))).await),
    );
    let mut all = tokio::task::JoinSet::new();
    for world in [&one, &two] {
        let key = world.any_key().await;
        for _ in 0..20 {
            let (world, key) = (Arc::clone(world), key.clone());
            all.spawn(async move { ask(&world, &key).await });
        }
    }
    for done in all.join_all().await {
        assert_eq!(done, (200, String::new()));
    }
    assert_eq!(ground.logins.renewals(), 1);
    assert!(ground.shown().iter().all(|shown| shown == "Bearer access-planted-1"));
    assert_eq!(ground.shown().len(), 40);
}

#[tokio::test]
async fn a_token_that_is_refused_is_renewed_once() {
    let mut ground = Ground::new().await;
    let vault = vault(ground.folder.as_ref().unwrap());
    put(&vault, login("work", "access-planted-0", "refresh-planted-0", 3000));
    ground.logins.honours("refresh-planted-0");
    let world = ground.world().await;
    let any = world.any_key().await;
    let refused = Say::error(401, &json!({"error": {"message": "access-planted-0 is over"}}));
    ground.provider.says([refused.clone(), answer()]);
    assert_eq!(ask(&world, &any).await, (200, String::new()));
    assert_eq!(ground.shown(), ["Bearer access-planted-0", "Bearer access-planted-1"]);
    // A provider that refuses what is new has another reason.
    ground.provider.says([refused]);
    assert_eq!(ask(&world, &any).await, (502, "provider_key_refused".to_owned()));
    assert_eq!((ground.shown().len(), ground.logins.renewals()), (3, 1));
}

#[tokio::test]
async fn a_login_that_the_provider_ended_is_told_and_others_answer() {
    let mut ground = Ground::new().await;
    let vault = vault(ground.folder.as_ref().unwrap());
    put(&vault, login("work", "access-planted-0", "refresh-planted-0", -1));
    let world = ground.world().await;
    let (any, bound) = (world.any_key().await, world.key(json!({"account": "work"})).await);
    ground.provider.says([answer()]);
    assert_eq!(ask(&world, &any).await, (503, "provider_login_ended".to_owned()));
    let why = kept(&vault, "work").ended.unwrap();
    assert_eq!(why, "invalid_grant ([hidden] is worth nothing)");
    put(&vault, key("house", "spare", "key-planted-1"));
    world.gateway.reload_accounts(&|_| None).unwrap();
    for _ in 0..3 {
        assert_eq!(ask(&world, &any).await, (200, String::new()));
    }
    assert!(ground.shown().iter().all(|shown| shown == "Bearer key-planted-1"));
    let heard = world.post("/house/v1/chat/completions", &bound, &body()).await;
    let said = heard.json()["error"]["message"].as_str().unwrap().to_owned();
    assert!(said.contains("eavs accounts login house --label work"), "{said}");
    assert_eq!(ground.logins.renewals(), 1, "an ended login is not tried again");

    put(&vault, login("work", "access-planted-9", "refresh-planted-9", 3000));
    world.gateway.reload_accounts(&|_| None).unwrap();
    assert_eq!(ask(&world, &bound).await, (200, String::new()));
    assert_eq!(ground.shown().pop().unwrap(), "Bearer access-planted-9");
}

#[tokio::test]
async fn logins_that_cannot_be_reached_do_not_take_away_what_still_works() {
    let mut ground = Ground::new().await;
    let vault = vault(ground.folder.as_ref().unwrap());
    put(&vault, login("soon", "access-planted-0", "refresh-planted-0", 30));
    ground.logins.says([Told::Status(503), Told::Status(503)]);
    let world = ground.world().await;
    let any = world.any_key().await;
    ground.provider.says([answer()]);
    assert_eq!(ask(&world, &any).await, (200, String::new()));
    assert_eq!(ground.shown(), ["Bearer access-planted-0"]);
    put(&vault, login("soon", "access-planted-0", "refresh-planted-0", -1));
    put(&vault, key("house", "spare", "key-planted-1"));
    world.gateway.reload_accounts(&|_| None).unwrap();
    let bound = world.key(json!({"account": "soon"})).await;
    assert_eq!(ask(&world, &bound).await, (503, "provider_token_not_renewed".to_owned()));
    for _ in 0..2 {
        assert_eq!(ask(&world, &any).await, (200, String::new()));
    }
    assert_eq!(ground.shown().pop().unwrap(), "Bearer key-planted-1");
    assert_eq!(ground.logins.renewals(), 1, "it is not asked again at once");
}

#[tokio::test]
async fn a_client_that_goes_away_takes_no_token_with_it() {
    let mut ground = Ground::new().await;
    let vault = vault(ground.folder.as_ref().unwrap());
    put(&vault, login("work", "access-planted-0", "refresh-planted-0", -1));
    ground.logins.honours("refresh-planted-0");
    ground.logins.may.forget_permits(usize::MAX >> 3);
    let world = ground.world().await;
    let any = world.any_key().await;
    let headers = [("authorization", format!("Bearer {}", any.expose()))];
    let text = body().to_string();
    let client = world.begin("POST", "/house/v1/chat/completions", &headers, text.as_bytes()).await;
    until(|| ground.logins.renewals() == 1).await;
    drop(client);
    until(|| world.gateway.book.now_ms() > 0).await;
    ground.logins.may.add_permits(1);
    until(|| kept(&vault, "work").access.expose() == "access-planted-1").await;
}

async fn until(done: impl Fn() -> bool) {
    let waiting = async {
        while !done() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(crate::support::SURELY, waiting).await.expect("it happens");
}
