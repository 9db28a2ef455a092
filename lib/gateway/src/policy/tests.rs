use serde_json::{Value, json};

use super::*;

fn about(api: Api) -> About<'static> {
    About { api, key: "key_1", key_name: "ada", provider: "openai", model: "gpt-5-mini" }
}

fn applied(policy: &Policy, api: Api, request: &Value) -> (Value, Vec<String>) {
    let mut document = Document::from(request);
    let changes = policy.apply(&mut document, about(api)).unwrap();
    (document.value().unwrap(), changes)
}

fn policy(toml: &str) -> Policy {
    toml::from_str(toml).unwrap()
}

#[test]
fn a_request_that_nothing_concerns_keeps_its_bytes() {
    let text = r#"{ "model":"m", "messages" : [{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,QQ=="}}]}], "tools":[{"type":"function","function":{"name":"f"}}] }"#;
    let mut document = Document::parse(text.into()).unwrap();
    let mine = policy("rules = [{key = 'bob', deny = 'no'}, {cap = {max_tokens = 5}}]");
    assert_eq!(mine.apply(&mut document, about(Api::Chat)), Ok(Vec::new()));
    assert_eq!(document.bytes(), text);
}

#[test]
fn rules_are_taken_in_order_for_what_they_name() {
    let mine = policy(
        "[[rules]]\nprovider = 'open*'\nremove = ['user']\ndefault = {temperature = 0.5}\nset = {store = false}\ncap = {max_tokens = 100}\n\
         [[rules]]\nkey = 'a*'\nset = {temperature = 1}\n[[rules]]\nmodel = 'claude*'\nset = {temperature = 2}",
    );
    let request = json!({"user": "x", "max_tokens": 5000, "temperature": null, "store": true});
    let (changed, changes) = applied(&mine, Api::Chat, &request);
    assert_eq!(changed, json!({"max_tokens": 100, "temperature": 1, "store": false}));
    assert_eq!(changes.len(), 5);
    let denies = policy("rules = [{model = 'gpt-*', deny = 'not this one'}]");
    let denied = denies.apply(&mut Document::from(&request), about(Api::Chat));
    assert_eq!(denied, Err(Denied("not this one".into())));
    assert!(toml::from_str::<Policy>("rules = [{modle = 'x'}]").is_err());
}

#[test]
fn remote_files_are_left_out_in_every_wire() {
    let far = "https://10.0.0.1/secret";
    let near = "data:image/png;base64,QQ==";
    let cases = [
        (
            Api::Chat,
            json!({"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": far}},
                {"type": "image_url", "image_url": {"url": near}}]},
                {"role": "assistant", "tool_calls": [{"function": {"name": "f", "arguments": far}}]}]}),
        ),
        (
            Api::Responses,
            json!({"input": [{"type": "input_file", "file_url": far}, {"role": "user", "content": [
                {"type": "input_image", "image_url": far}, {"type": "input_image", "image_url": near}]}]}),
        ),
        (
            Api::Messages,
            json!({"messages": [{"role": "user", "content": [{"type": "document", "source": {"type": "url", "url": far}},
                {"type": "tool_result", "content": [{"type": "image", "source": {"type": "url", "url": far}}]}]},
                {"role": "assistant", "content": [{"type": "tool_use", "input": {"source": {"type": "url"}, "url": "kept"}}]}]}),
        ),
        (Api::Generate, json!({"contents": [{"parts": [{"fileData": {"fileUri": far}}, {"text": "t"}]}]})),
    ];
    for (api, request) in cases {
        let (changed, changes) = applied(&Policy::default(), api, &request);
        let text = changed.to_string();
        let left = if api == Api::Chat { 1 } else { 0 };
        assert_eq!(text.matches(far).count(), left, "{text}");
        assert!(text.contains("left out by the gateway's policy") && !changes.is_empty(), "{text}");
        assert_eq!(text.contains(near), request.to_string().contains(near), "what is inside stays");
        assert_eq!(text.contains("kept"), request.to_string().contains("kept"), "what a tool is called with stays");
        assert_eq!(applied(&policy("allow_remote_files = true"), api, &request).0, request);
    }
}

#[test]
fn tools_of_providers_are_taken_away_in_every_wire() {
    let function = json!({"type": "function", "name": "f"});
    let request = json!({"tools": [function, {"type": "web_search"}, {"type": "mcp", "server_url": "https://x"}],
        "tool_choice": {"type": "web_search"}});
    let (changed, changes) = applied(&Policy::default(), Api::Responses, &request);
    assert_eq!(changed, json!({"tools": [function], "tool_choice": "auto"}));
    assert_eq!(changes, ["the tool web_search was removed", "the tool mcp was removed"]);
    let own = json!([{"name": "f", "input_schema": {}}, {"type": "bash_20250124", "name": "bash"}]);
    let mut tools = own.clone();
    tools.as_array_mut().unwrap().push(json!({"type": "web_search_20250305", "name": "web_search"}));
    let request = json!({"tools": tools, "tool_choice": {"type": "tool", "name": "web_search"}, "mcp_servers": [{}]});
    let (changed, _) = applied(&Policy::default(), Api::Messages, &request);
    assert_eq!(changed, json!({"tools": own, "tool_choice": {"type": "auto"}}));
    let request = json!({"tools": [{"functionDeclarations": [], "googleSearch": {}}, {"codeExecution": {}}]});
    assert_eq!(
        applied(&Policy::default(), Api::Generate, &request).0,
        json!({"tools": [{"functionDeclarations": []}]})
    );
    let request = json!({"tools": [{"type": "web_search"}], "tool_choice": "required", "web_search_options": {}});
    assert_eq!(applied(&Policy::default(), Api::Chat, &request).0, json!({}));
    let mine = policy("allow_hosted_tools = ['web_search*']");
    assert_eq!(applied(&mine, Api::Chat, &request).0, request);
}
