//! The service, with the scripted model.

use rustix::process::Signal;
use serde_json::{Value, json};

use crate::{Ground, ask};

fn said(text: &str) -> Value {
    json!({"model": "scripted/demo", "max_tokens": 50, "messages": [{"role": "user", "content": format!("fake:text {text}")}]})
}

#[test]
fn it_answers_counts_and_ends() {
    let ground = Ground::new("[providers.scripted]\nmodels = [{id = 'demo', cost = {input = 1, output = 1000}}]\n");
    let service = ground.serve();
    let key = ground.said(&["keys", "create", "--name", "me", "--budget", "1"]);
    for path in ["/v1/chat/completions", "/v1/messages"] {
        let heard = ask(service.address, path, &key, &said("héllo wörld"));
        assert!(heard.starts_with("HTTP/1.1 200") && heard.contains("héllo wörld"), "{heard}");
    }
    let usage = ground.json(&["usage", "--by", "model"]);
    assert_eq!((usage[0]["group"].as_str(), usage[0]["requests"].as_u64()), (Some("scripted/demo"), Some(2)));
    assert_eq!(usage[0]["output"], 4);
    assert_eq!(ground.said(&["logs", "tail"]).lines().count(), 2);
    assert!(ground.said(&["doctor"]).contains("good\tscripted/default"));
    let (code, error) = ground.refused(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!((code, error["code"].as_str()), (Some(75), Some("unavailable")), "one owns the database");
    ground.said(&["keys", "revoke", "me"]);
    assert!(ask(service.address, "/v1/messages", &key, &said("x")).contains("revoked_api_key"));
    assert_eq!(service.stop(), Some(0));
    assert_eq!(ground.json(&["usage"])[0]["requests"], 2, "without the service too");
}

#[test]
fn a_hangup_takes_new_providers_and_leaves_the_old_where_the_new_are_wrong() {
    let ground = Ground::new("[providers.scripted]\n");
    let mut service = ground.serve();
    let key = ground.said(&["keys", "create"]);
    let with_alias = "[providers.scripted]\n[aliases]\nfast = ['scripted/demo']\n";
    let fast = json!({"model": "fast", "messages": [{"role": "user", "content": "fake:text hi"}]});
    assert!(ask(service.address, "/v1/chat/completions", &key, &fast).contains("model_not_found"));
    ground.configure(with_alias);
    service.signal(Signal::HUP);
    service.until_said("was read again");
    assert!(ask(service.address, "/v1/chat/completions", &key, &fast).starts_with("HTTP/1.1 200"));
    ground.configure("[providers.scripted]\n[aliases]\nfast = ['nobody/x']\n");
    service.signal(Signal::HUP);
    service.until_said("stays as it was");
    assert!(ask(service.address, "/v1/chat/completions", &key, &fast).starts_with("HTTP/1.1 200"));
    assert_eq!(service.stop(), Some(0));
}
