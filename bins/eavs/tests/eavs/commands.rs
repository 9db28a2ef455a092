//! Commands without a service.

use crate::Ground;

#[test]
fn keys_are_made_listed_shown_and_revoked() {
    let ground = Ground::new("");
    let key = ground.said(&[
        "keys",
        "create",
        "--name",
        "Zoë ✓",
        "--owner",
        "ada",
        "--budget",
        "2.5",
        "--model",
        "claude-*",
        "--expires",
        "8h",
    ]);
    assert!(key.starts_with("eavs_") && key.len() == 48, "{key}");
    assert_eq!(ground.said(&["keys", "list"]).lines().count(), 1);
    let shown = ground.json(&["keys", "show", "Zoë ✓"]);
    assert_eq!((shown["owner"].as_str(), shown["permissions"]["max_budget_usd"].as_f64()), (Some("ada"), Some(2.5)));
    assert_eq!(shown["permissions"]["allowed_models"][0], "claude-*");
    assert!(!shown.to_string().contains(&key));
    ground.said(&["keys", "revoke", "Zoë ✓"]);
    assert_eq!(ground.said(&["keys", "list"]), "");
    assert!(ground.said(&["keys", "list", "--all"]).ends_with("revoked"));
}

#[test]
fn what_is_wrong_is_told_with_its_exit_code() {
    let ground = Ground::new("");
    let (code, error) = ground.refused(&["keys", "show", "nobody"]);
    assert_eq!(
        (code, error["code"].as_str(), error["hint"].as_str()),
        (Some(3), Some("not_found"), Some("eavs keys list"))
    );
    for wrong in [
        &["keys", "create", "--budget", "-1"][..],
        &["keys", "create", "--budget", "NaN"],
        &["keys", "create", "--expires", "tomorrow"],
        &["keys", "create", "--expires", "2020-01-01T00:00:00Z"],
        &["keys", "create", "--label", "x"],
        &["usage", "--days", "0"],
        &["nonsense"],
    ] {
        assert_eq!(ground.refused(wrong).0, Some(2), "{wrong:?}");
    }
    assert_eq!(ground.json(&["keys", "list"]).as_array().map(Vec::len), Some(0), "nothing of it was made");
    for _ in 0..2 {
        ground.said(&["keys", "create", "--name", "twice"]);
    }
    assert_eq!(ground.refused(&["keys", "show", "twice"]).0, Some(1), "one of two cannot be meant");
}

#[test]
fn a_configuration_is_checked() {
    let ground = Ground::new("[providers.openai]\napi_kee = 'x'\n");
    let (code, error) = ground.refused(&["config", "check"]);
    assert_eq!((code, error["hint"].as_str()), (Some(78), Some("did you mean `api_key`?")));
    assert!(error["message"].as_str().unwrap().contains("eavs.toml:2"));
    assert_eq!(ground.refused(&["serve"]).0, Some(78));
    ground.configure("[providers.openai]\nbase_url = 'ftp://x'\n");
    assert_eq!(ground.run(&["config", "check"]).status.code(), Some(78));
    assert_eq!(ground.run(&["serve", "--listen", "127.0.0.1:0"]).status.code(), Some(78));
    assert_eq!(ground.refused(&["serve", "--listen", "0.0.0.0:0"]).0, Some(78), "loopback only");
    ground.configure("[providers.openai]\napi_key = 'sk-planted'\n[providers.scripted]\n");
    assert_eq!(ground.run(&["config", "check"]).status.code(), Some(0));
    let shown = ground.said(&["config", "show"]);
    assert!(shown.contains("providers.openai.api_key = \"[hidden]\"") && !shown.contains("sk-planted"), "{shown}");
    assert!(ground.said(&["providers", "list"]).contains("openai\topenai\thttps://api.openai.com/v1\t\tset"));
}

#[test]
fn models_are_found_with_their_prices() {
    let ground = Ground::new("[providers.mine]\nkind = 'vllm'\nmodels = [{id = 'qwen', context = 1000}]\n");
    assert_eq!(ground.said(&["models", "list"]), "mine/qwen\tqwen\t1,000\t16,384\t0\t0\t\ttools");
    let haiku = ground.json(&["models", "show", "anthropic/claude-haiku-4-5"]);
    assert_eq!(haiku["cost"]["cache_write"], 1.25);
    assert_eq!(ground.run(&["models", "list", "no-such"]).status.code(), Some(3));
    assert_eq!(ground.refused(&["models", "show", "no-such"]).0, Some(3));
    assert!(ground.said(&["models", "list", "--all"]).lines().count() > 500);
}

#[test]
fn it_explains_itself() {
    let ground = Ground::new("");
    let help = ground.said(&["--help"]);
    assert!(help.contains("Examples:") && help.contains("Exit codes:"));
    assert!(ground.said(&["keys", "create", "--help"]).contains("Examples:"));
    assert!(ground.said(&["completions", "bash"]).contains("eavs"));
    let doctor = ground.run(&["doctor"]);
    assert!(String::from_utf8_lossy(&doctor.stdout).contains("eavs serve"));
}

#[test]
fn a_policy_can_be_tried() {
    let ground = Ground::new("[policy]\nrules = [{key = 'trial', deny = 'no'}, {cap = {max_tokens = 5}}]\n");
    let file = ground.home.root().join("work/request.json");
    std::fs::write(&file, "{\"model\":\"m\",\"max_tokens\":9,\"tools\":[{\"type\":\"web_search\"}]}").unwrap();
    let file = file.to_str().unwrap();
    let tried = ground.json(&["policy", "test", file]);
    assert_eq!(tried["request"], serde_json::json!({"model": "m", "max_tokens": 5}));
    assert_eq!(tried["changes"].as_array().map(Vec::len), Some(2));
    let (code, error) = ground.refused(&["policy", "test", file, "--key", "trial"]);
    assert_eq!((code, error["code"].as_str()), (Some(77), Some("not_permitted")));
    assert_eq!(ground.refused(&["policy", "test", "/nowhere"]).0, Some(3));
    assert_eq!(ground.refused(&["policy", "test", "-"]).0, Some(2), "nothing is no request");
}
