//! `eavs models pi`

use serde_json::Value;

use crate::Ground;

const CONFIG: &str = "[server]\nlisten = \"127.0.0.1:3911\"\n[providers.anthropic]\napi_key = \"sk-planted-key\"\n";

#[test]
fn pis_list_of_models_is_merged_and_written_once() {
    let ground = Ground::new(CONFIG);
    let file = ground.home.home().join(".pi/agent/models.json");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, "{\n  // mine\n  \"providers\": {\"home\": {\"baseUrl\": \"http://box\"}}\n}\n").unwrap();
    let told = ground.json(&["models", "pi"]);
    assert_eq!((told["written"].as_bool(), told["added"][0]["name"].as_str()), (Some(false), Some("eavs-anthropic")));
    let untouched = std::fs::read_to_string(&file).unwrap();
    assert!(!untouched.contains("eavs-"));

    let told = ground.json(&["models", "pi", "--write"]);
    assert_eq!((told["written"].as_bool(), told["path"].as_str()), (Some(true), file.to_str()));
    let written = std::fs::read_to_string(&file).unwrap();
    assert!(written.contains("// mine") && written.contains("\"home\": {\"baseUrl\": \"http://box\"}"), "{written}");
    assert!(written.contains("\"baseUrl\": \"http://127.0.0.1:3911/anthropic\"") && written.contains("$EAVS_API_KEY"));
    assert!(!written.contains("sk-planted-key"));
    assert!(ground.said(&["models", "pi", "--write"]).ends_with("has everything already"));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), written);

    // What is configured no more goes, and everything else stays.
    ground.configure("");
    ground.said(&["models", "pi", "--write"]);
    let left = std::fs::read_to_string(&file).unwrap();
    assert!(left.contains("// mine") && left.contains("http://box") && !left.contains("eavs-anthropic"), "{left}");
}

#[test]
fn another_file_and_another_address_may_be_named() {
    let ground = Ground::new(CONFIG);
    let file = ground.home.work().join("größe.json");
    let path = file.to_str().unwrap();
    ground.said(&["models", "pi", "--write", path, "--base-url", "http://10.0.0.1:8000/"]);
    let read: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(read["providers"]["eavs-anthropic"]["baseUrl"], "http://10.0.0.1:8000/anthropic");
    let printed = ground.said(&["models", "pi", "--print"]);
    let printed: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(printed["providers"]["eavs-anthropic"]["baseUrl"], "http://127.0.0.1:3911/anthropic");
    assert!(!ground.home.home().join(".pi").exists(), "printing writes nothing");
}

#[test]
fn a_file_that_cannot_be_read_stays_as_it_is() {
    let ground = Ground::new(CONFIG);
    let file = ground.home.work().join("models.json");
    std::fs::write(&file, "{\"providers\": {").unwrap();
    let (code, error) = ground.refused(&["models", "pi", "--write", file.to_str().unwrap()]);
    assert_eq!((code, error["code"].as_str()), (Some(78), Some("config")), "{error}");
    assert!(error["message"].as_str().unwrap().contains("line 1, column 16"), "{error}");
    assert!(error["hint"].as_str().unwrap().starts_with("mend it"), "{error}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "{\"providers\": {");
    for wrong in [&["models", "pi", "--base-url", "ftp://x"][..], &["models", "pi", "--write", "x", "--print"]] {
        assert_eq!(ground.refused(wrong).0, Some(2), "{wrong:?}");
    }
    let ground = Ground::new("[server]\nlisten = \"127.0.0.1:0\"\n");
    assert_eq!(ground.refused(&["models", "pi"]).0, Some(78), "nobody knows the address");
}
