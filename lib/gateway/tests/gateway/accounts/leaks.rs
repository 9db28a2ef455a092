//! No secret of an account is in anything that anyone is shown.

use std::io::Write;
use std::sync::{Arc, Mutex};

use serde_json::json;

use super::logins::{Logins, key, login, put, vault};
use crate::support::{Provider, Say, World};

#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<u8>>>);

impl Write for Heard {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn planted_secrets_are_nowhere() {
    let logged = Heard::default();
    let writer = logged.clone();
    // What other tests of this program log meanwhile is looked at too: their secrets are planted as well.
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone());
    tracing::subscriber::set_global_default(subscriber.finish()).unwrap();

    let (provider, logins) = (Provider::start().await, Logins::start().await);
    let folder = tempfile::tempdir().unwrap();
    let kept = vault(&folder);
    put(&kept, login("work", "access-planted-0", "refresh-planted-0", -1));
    put(&kept, login("ended", "access-planted-8", "refresh-planted-8", -1));
    put(&kept, key("house", "spare", "sk-planted-spare-1"));
    logins.honours("refresh-planted-0");
    let secret = "client_secret = 'client-planted-1', client_id";
    let toml = format!(
        "upstream = {{retries = 3}}\n[server]\nadmin_key = 'admin-planted-1'\n[providers.house]\nkind = 'openai_compatible'\n\
         headers = {{x-team = 'header-planted-1'}}\nbase_url = '{}'\n{}",
        provider.url(),
        logins.settings().replace("client_id", secret)
    );
    let world = World::at(folder, &toml).await;
    let any = world.any_key().await;
    // A provider that says everything that it was shown.
    let all =
        "access-planted-0 access-planted-1 access-planted-8 refresh-planted-1 sk-planted-spare-1 header-planted-1";
    let echo = |status| Say::error(status, &json!({"error": {"message": format!("wrong: {all}")}}));
    let mut seen = Vec::new();
    for status in [401, 400, 500, 429, 302] {
        provider.says([echo(status)]);
        for bound in
            [any.clone(), world.key(json!({"account": "work"})).await, world.key(json!({"account": "ended"})).await]
        {
            let heard = world.post("/house/v1/chat/completions", &bound, &json!({"model": "m", "messages": []})).await;
            seen.push(format!("{}{}", heard.head, heard.text()));
        }
    }
    assert!(seen.iter().any(|text| text.contains("[hidden]")), "something was to be hidden");
    assert!(seen.iter().any(|text| text.contains("has to log in again")), "a login ended");
    let admin = [("authorization", "Bearer admin-planted-1".to_owned())];
    for path in ["status", "providers", "quotas", "keys", "usage", "requests", "metrics"] {
        let heard = world.get(&format!("/admin/{path}"), &admin).await;
        assert_eq!(heard.status, 200, "{path}");
        seen.push(heard.text());
    }
    let client = [("authorization", format!("Bearer {}", any.expose()))];
    for path in ["/providers/detail", "/v1/models", "/providers"] {
        seen.push(world.get(path, &client).await.text());
    }
    seen.push(format!("{:?} {:?} {:?}", world.gateway, world.gateway.current().settings, kept.read().unwrap()));
    seen.push(serde_json::to_string(&world.gateway.current().settings).unwrap());
    seen.push(String::from_utf8_lossy(&logged.0.lock().unwrap()).into_owned());
    assert!(seen.last().unwrap().contains("a token was renewed"), "the log was heard");
    let folder = world.stop().await;
    for entry in std::fs::read_dir(folder.path().join("data")).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        seen.push(String::from_utf8_lossy(&bytes).into_owned());
    }
    for text in &seen {
        assert!(!text.contains("planted"), "{text}");
    }
    let carried = provider.asked().iter().any(|asked| asked.headers["authorization"] == "Bearer access-planted-1");
    assert!(carried, "the secrets were really there");
}
