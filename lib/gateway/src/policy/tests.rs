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

#[test]
fn an_address_in_an_odd_place_or_in_escapes_is_left_out_too() {
    let far = "https://10.0.0.1/secret";
    for (api, text) in [
        (
            Api::Chat,
            r#"{"messages":[{"role":"user","content":[{"type":"image_url","image\u005furl":{"url":"FAR"}}]}]}"#,
        ),
        (Api::Chat, r#"{"messages":[{"content":[{"type":"file","file":{"file_data":"FAR"}}]}]}"#),
        (Api::Chat, r#"{"messages":[{"content":[{"type":"document_url","document_url":"FAR"}]}]}"#),
        (Api::Chat, r#"{"messages":[{"content":[{"type":"audio_url","audio_url":{"url":"FAR"}}]}]}"#),
        (Api::Responses, r#"{"prompt":{"variables":{"a":{"type":"input_file","file_url":"FAR"}}}}"#),
        (Api::Responses, r#"{"input":[{"content":[{"type":"input_image","image\u005Furl":"FAR"}]}]}"#),
        (Api::Messages, r#"{"messages":[{"content":[{"type":"image","source":{"type":"\u0075rl","url":"FAR"}}]}]}"#),
        (Api::Generate, r#"{"systemInstruction":{"parts":[{"fileData":{"fileUri":"FAR"}}]}}"#),
        (Api::Generate, r#"{"contents":[{"parts":[{"fileData":{},"file_data":{"file_uri":"FAR"}}]}]}"#),
        (Api::Generate, r#"{"requests":[{"content":{"parts":[{"fileData":{"fileUri":"FAR"}}]}}]}"#),
        (Api::Generate, r#"{"generateContentRequest":{"contents":[{"parts":[{"fileData":{"file\u0055ri":"FAR"}}]}]}}"#),
    ] {
        let mut document = Document::parse(text.replace("FAR", far).into()).unwrap();
        Policy::default().apply(&mut document, about(api)).unwrap();
        let left = document.value().unwrap().to_string();
        assert!(!left.contains(far) && left.contains("left out"), "{text}");
    }
    // Data stays, also without its beginning.
    let data = json!({"messages": [{"content": [{"type": "file", "file": {"file_data": "JVBERi0xLjQK"}}]}]});
    assert_eq!(applied(&Policy::default(), Api::Chat, &data), (data, Vec::new()));
}

#[test]
fn fields_that_are_tools_of_a_provider_go_unless_they_are_allowed() {
    let request =
        json!({"plugins": [{"id": "web"}], "search_parameters": {"mode": "on"}, "web_search_options": {}, "n": 1});
    assert_eq!(applied(&Policy::default(), Api::Chat, &request).0, json!({"n": 1}));
    let may = policy("allow_hosted_tools = ['plugins', '*search*']");
    assert_eq!(applied(&may, Api::Chat, &request).0, request);
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    fn number() -> impl Strategy<Value = Value> {
        prop_oneof![Just(Value::Null), (-5_i64..200).prop_map(Value::from), (0.0..9.0).prop_map(|n: f64| json!(n))]
    }

    fn request() -> impl Strategy<Value = Value> {
        let name = prop::sample::select(vec!["max_tokens", "temperature", "n", "user"]);
        prop::collection::btree_map(name, number(), 0..5)
            .prop_map(|map| Value::Object(map.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()))
    }

    fn fields() -> impl Strategy<Value = Map<String, Value>> {
        let number = (0_i64..100).prop_map(Value::from);
        let name = prop::sample::select(vec!["max_tokens", "temperature", "n", "user"]);
        prop::collection::btree_map(name, number, 0..3)
            .prop_map(|map| map.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    fn rule() -> impl Strategy<Value = Rule> {
        let removed = prop::collection::vec(prop::sample::select(vec!["max_tokens", "user"]), 0..2);
        (removed, fields(), fields(), fields()).prop_map(|(removed, default, set, cap)| Rule {
            remove: removed.into_iter().map(str::to_owned).collect(),
            default,
            set,
            cap,
            ..Rule::default()
        })
    }

    proptest! {
        #[test]
        fn a_rule_does_what_it_says_and_nothing_when_it_is_done_again(request in request(), rule in rule()) {
            let policy = Policy { rules: vec![rule.clone()], ..Policy::default() };
            let (once, changes) = applied(&policy, Api::Chat, &request);
            for (name, value) in once.as_object().unwrap() {
                let capped = rule.cap.get(name).and_then(Value::as_f64);
                let set = rule.set.get(name);
                if let (Some(most), Some(value)) = (capped, value.as_f64()) {
                    prop_assert!(value <= most);
                }
                match set {
                    Some(set) => prop_assert!(value == set || capped.is_some_and(|most| set.as_f64() > Some(most))),
                    None if rule.remove.contains(name) => prop_assert!(rule.default.contains_key(name)),
                    None => {}
                }
            }
            for name in rule.default.keys() {
                prop_assert!(!once[name].is_null());
            }
            // What no rule names is as it came.
            for (name, value) in request.as_object().unwrap() {
                let named = rule.remove.contains(name)
                    || [&rule.default, &rule.set, &rule.cap].into_iter().any(|fields| fields.contains_key(name));
                prop_assert!(named || once[name] == *value);
            }
            prop_assert_eq!(changes.is_empty(), once == request);
            prop_assert_eq!(applied(&policy, Api::Chat, &once).0, once);
        }

        #[test]
        fn what_it_leaves_out_it_leaves_out_once(
            parts in prop::collection::vec(prop::sample::select(vec![
                json!({"type": "text", "text": "t"}),
                json!({"type": "image_url", "image_url": {"url": "https://a.example/b"}}),
                json!({"type": "image_url", "image_url": {"url": "data:image/png;base64,QQ=="}}),
                json!({"type": "file", "file": {"file_data": "http://a.example"}}),
            ]), 0..6),
            tools in prop::collection::vec(prop::sample::select(vec![
                json!({"type": "function", "function": {"name": "f"}}),
                json!({"type": "web_search"}),
                json!({"type": "mcp", "server_url": "https://a.example"}),
            ]), 0..4),
        ) {
            let request = json!({"messages": [{"role": "user", "content": parts}], "tools": tools, "tool_choice": {"type": "web_search"}});
            let (once, changes) = applied(&Policy::default(), Api::Chat, &request);
            prop_assert!(!once.to_string().contains("a.example"));
            prop_assert_eq!(once["messages"][0]["content"].as_array().unwrap().len(), parts.len());
            prop_assert_eq!(changes.is_empty(), once == request);
            prop_assert_eq!(applied(&Policy::default(), Api::Chat, &once), (once, Vec::new()));
        }
    }
}

fn denied(text: &str, api: Api) -> String {
    let mut document = Document::parse(text.to_owned().into()).unwrap();
    Policy::default().apply(&mut document, about(api)).unwrap_err().0
}

#[test]
fn what_cannot_be_looked_into_is_denied_and_does_not_slip_through() {
    let part = r#"{"type":"image_url","image_url":{"url":"https://10.0.0.1/x"}}"#;
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    for odd in [deep.as_str(), "1e999", r#""\ud800""#, r#"{"a":1,"a":2}"#] {
        let text = format!(r#"{{"model":"m","messages":[{{"role":"user","content":[{part}],"odd":{odd}}}]}}"#);
        assert!(denied(&text, Api::Chat).contains("\"messages\" cannot be looked into"), "{odd}");
        let text = format!(r#"{{"tools":[{{"type":"web_search"}},{{"type":"function","x":{odd}}}]}}"#);
        assert!(denied(&text, Api::Responses).contains("\"tools\" cannot be looked into"), "{odd}");
    }
    let twice = r#"{"messages":[{"content":[{"image_url":{"url":"https://x.example","url":"data:,"}}]}]}"#;
    assert!(denied(twice, Api::Chat).contains("the field \"url\" twice"));
    let plain = format!(r#"{{"messages":[{{"content":"x","odd":{deep}}}]}}"#);
    let mut document = Document::parse(plain.clone().into()).unwrap();
    assert_eq!(Policy::default().apply(&mut document, about(Api::Chat)), Ok(Vec::new()));
    assert_eq!(document.bytes(), plain, "what has no sign of a file is not looked into");
}

#[test]
fn a_place_that_is_named_like_data_is_looked_into() {
    let far = "https://10.0.0.1/secret";
    let cases = [
        (
            Api::Responses,
            json!({"prompt": {"id": "p", "variables": {"input": {"type": "input_file", "file_url": far}}}}),
        ),
        (Api::Responses, json!({"input": [{"type": "input_image", "image_url": {"url": far}}]})),
        (
            Api::Messages,
            json!({"messages": [{"content": [{"type": "tool_result", "input": [
            {"type": "image", "source": {"type": "url", "url": far}}]}]}]}),
        ),
        (Api::Generate, json!({"contents": [{"args": [{"fileData": {"fileUri": far}}]}]})),
        (Api::Generate, json!({"system_instruction": {"parts": [{"file_data": {"file_uri": far}}]}})),
        (
            Api::Chat,
            json!({"messages": [{"content": [{"type": "file", "file": {"file_data": "https:10.0.0.1/secret"}}]}]}),
        ),
    ];
    for (api, request) in cases {
        let (changed, _) = applied(&Policy::default(), api, &request);
        assert!(!changed.to_string().contains("10.0.0.1"), "{changed}");
    }
    // What a tool was called with stays as it is.
    for (api, request) in [
        (
            Api::Generate,
            json!({"contents": [{"parts": [{"functionCall": {"name": "f", "args": {"fileData": {"fileUri": far}}}}]}]}),
        ),
        (
            Api::Messages,
            json!({"messages": [{"content": [{"type": "tool_use", "input": {"source": {"type": "url", "url": far}}}]}]}),
        ),
    ] {
        assert_eq!(applied(&Policy::default(), api, &request), (request.clone(), Vec::new()));
    }
}

#[test]
fn tools_in_other_forms_are_taken_away_too() {
    let gone = |api, request: Value| applied(&Policy::default(), api, &request).0;
    assert_eq!(gone(Api::Generate, json!({"tools": {"googleSearch": {}}})), json!({}));
    let shell = |environment: Value| json!({"tools": [{"type": "shell", "environment": environment}]});
    assert_eq!(gone(Api::Responses, shell(json!({"type": "container_auto"}))), json!({}));
    assert_eq!(gone(Api::Responses, shell(json!({"type": "local"}))), shell(json!({"type": "local"})));
    let function = json!({"type": "function", "name": "f"});
    let space = |tools: Value| json!({"tools": [{"type": "namespace", "name": "n", "tools": tools}]});
    assert_eq!(gone(Api::Responses, space(json!([function, {"type": "mcp"}]))), space(json!([function])));
    assert_eq!(gone(Api::Responses, space(json!([{"type": "mcp"}]))), json!({}));
    let search = |place: &str| json!({"tools": [{"type": "tool_search", "execution": place}]});
    assert_eq!(gone(Api::Responses, search("client")), search("client"));
    assert_eq!(gone(Api::Responses, search("server")), json!({}));
    assert_eq!(gone(Api::Chat, json!({"Plugins": [{"id": "web"}], "webSearchOptions": {}})), json!({}));
    for api in [Api::Chat, Api::Responses, Api::Messages] {
        let all = json!({"plugins": [{"id": "web"}], "web_search_options": {}, "search_parameters": {"mode": "on"},
            "mcp_servers": [{"url": "https://x.example"}], "search_settings": {}, "compound_custom": {}, "enable_search": true,
            "search_options": {}, "connectors": [{"id": "web-search"}], "max_tokens": 5});
        assert_eq!(gone(api, all), json!({"max_tokens": 5}));
    }
    let online = About { model: "openai/gpt-5-mini:ONLINE", ..about(Api::Chat) };
    let asked = |policy: &Policy| policy.apply(&mut Document::from(&json!({})), online);
    assert!(asked(&Policy::default()).unwrap_err().0.contains(":online"));
    assert_eq!(asked(&policy("allow_hosted_tools = ['plugins']")), Ok(Vec::new()));
}

#[test]
fn nothing_costs_what_nobody_is_told() {
    for said in ["true", "1", "\"true\""] {
        assert!(denied(&format!(r#"{{"background":{said}}}"#), Api::Responses).contains("background"), "{said}");
    }
    let plain = json!({"background": false, "service_tier": "flex"});
    assert_eq!(applied(&Policy::default(), Api::Responses, &plain).0, plain);
    let others = json!({"model": "small", "models": ["large"], "service_tier": "priority", "speed": "fast"});
    assert_eq!(applied(&Policy::default(), Api::Chat, &others).0, json!({"model": "small"}));
    let faster = json!({"service_tier": "Priority"});
    assert_eq!(applied(&policy("allow_priority = true"), Api::Chat, &faster).0, faster);
}

#[test]
fn rules_hold_whatever_the_spelling() {
    let mine = policy("rules = [{cap = {max_tokens = 100}, remove = ['user'], set = {provider = {data = 'deny'}}}]");
    for odd in ["\"5000\"", "1e999", "5e3", "[5000]", "5000.5"] {
        let mut document = Document::parse(format!(r#"{{"Max_Tokens":{odd},"User":"x"}}"#).into()).unwrap();
        mine.apply(&mut document, about(Api::Chat)).unwrap();
        let expected = json!({"Max_Tokens": 100, "provider": {"data": "deny"}});
        assert_eq!(document.value().unwrap(), expected, "{odd}");
    }
    let twice = r#"{"provider":{"data":"allow","data":"deny"}}"#;
    let mut document = Document::parse(twice.into()).unwrap();
    mine.apply(&mut document, about(Api::Chat)).unwrap();
    assert_eq!(document.bytes(), r#"{"provider":{"data":"deny"}}"#);
    let denies = policy("rules = [{model = 'gpt-5*', deny = 'no'}]");
    let shouted = About { model: "GPT-5-MINI", ..about(Api::Chat) };
    assert_eq!(denies.apply(&mut Document::from(&json!({})), shouted), Err(Denied("no".into())));
}
