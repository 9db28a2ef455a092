mod properties;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn to_messages(chat: &Value) -> Value {
    request(Api::Chat, Api::Messages, chat).unwrap()
}

fn to_chat(messages: &Value) -> Value {
    request(Api::Messages, Api::Chat, messages).unwrap()
}

#[test]
fn a_chat_request_becomes_a_messages_request() {
    let chat = json!({"model": "m", "max_completion_tokens": 100, "temperature": 1.5, "stop": "END", "user": "ada", "seed": 3,
        "messages": [
            {"role": "system", "content": "be brief"},
            {"role": "developer", "content": [{"type": "text", "text": "be kind"}]},
            {"role": "user", "content": [{"type": "text", "text": "what is this?"},
                {"type": "image_url", "image_url": {"url": "data:image/png;base64,QUJD"}}]},
            {"role": "assistant", "content": null, "tool_calls": [
                {"id": "c1", "type": "function", "function": {"name": "look", "arguments": "{\"at\":1}"}},
                {"id": "c2", "type": "function", "function": {"name": "look", "arguments": ""}}]},
            {"role": "tool", "tool_call_id": "c1", "content": "a cat"},
            {"role": "tool", "tool_call_id": "c2", "content": [{"type": "text", "text": "a dog"}]},
            {"role": "user", "content": "so?"}],
        "tools": [{"type": "function", "function": {"name": "look", "description": "d", "parameters": {"type": "object"}}}],
        "tool_choice": "required", "parallel_tool_calls": false});
    assert_eq!(
        to_messages(&chat),
        json!({"model": "m", "max_tokens": 100, "temperature": 1.0, "stop_sequences": ["END"], "metadata": {"user_id": "ada"},
            "system": "be brief\n\nbe kind",
            "messages": [
                {"role": "user", "content": [{"type": "text", "text": "what is this?"},
                    {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "QUJD"}}]},
                {"role": "assistant", "content": [{"type": "tool_use", "id": "c1", "name": "look", "input": {"at": 1}},
                    {"type": "tool_use", "id": "c2", "name": "look", "input": {}}]},
                {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "c1", "content": "a cat"},
                    {"type": "tool_result", "tool_use_id": "c2", "content": [{"type": "text", "text": "a dog"}]},
                    {"type": "text", "text": "so?"}]}],
            "tools": [{"name": "look", "description": "d", "input_schema": {"type": "object"}}],
            "tool_choice": {"type": "any", "disable_parallel_tool_use": true}})
    );
}

#[test]
fn a_messages_request_becomes_a_chat_request() {
    let messages = json!({"model": "m", "max_tokens": 9, "system": [{"type": "text", "text": "be brief", "cache_control": {"type": "ephemeral"}}],
        "thinking": {"type": "enabled", "budget_tokens": 4000}, "stop_sequences": ["X"],
        "messages": [
            {"role": "user", "content": "hi"},
            {"role": "assistant", "content": [{"type": "thinking", "thinking": "t", "signature": "s"},
                {"type": "text", "text": "looking"}, {"type": "tool_use", "id": "c", "name": "look", "input": {"at": 1}}]},
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "c", "is_error": true,
                "content": [{"type": "text", "text": "no"}, {"type": "image", "source": {"type": "url", "url": "https://x/y"}}]},
                {"type": "text", "text": "and?"}]}],
        "tools": [{"name": "look", "input_schema": {"type": "object"}}], "tool_choice": {"type": "tool", "name": "look"}});
    assert_eq!(
        to_chat(&messages),
        json!({"model": "m", "max_tokens": 9, "reasoning_effort": "medium", "stop": ["X"],
            "messages": [
                {"role": "system", "content": "be brief"},
                {"role": "user", "content": "hi"},
                {"role": "assistant", "content": "looking", "reasoning_content": "t", "tool_calls": [
                    {"id": "c", "type": "function", "function": {"name": "look", "arguments": "{\"at\":1}"}}]},
                {"role": "tool", "tool_call_id": "c", "content": "Error: no"},
                {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "https://x/y"}},
                    {"type": "text", "text": "and?"}]}],
            "tools": [{"type": "function", "function": {"name": "look", "parameters": {"type": "object"}}}],
            "tool_choice": {"type": "function", "function": {"name": "look"}}})
    );
}

#[test]
fn what_would_be_another_question_is_refused() {
    let with = |name: &str, value: Value| {
        let mut chat = json!({"model": "m", "messages": [{"role": "user", "content": "x"}]});
        chat[name] = value;
        request(Api::Chat, Api::Messages, &chat).unwrap_err()
    };
    assert!(with("n", json!(2)).contains("one answer"));
    assert!(with("response_format", json!({"type": "json_schema"})).contains("json_schema"));
    assert!(with("messages", json!([{"role": "robot"}])).contains("robot"));
    assert!(with("messages", json!([{"role": "user", "content": [{"type": "input_audio"}]}])).contains("input_audio"));
    let server_tool = json!({"messages": [], "tools": [{"type": "web_search_20250305", "name": "web_search"}]});
    assert!(request(Api::Messages, Api::Chat, &server_tool).unwrap_err().contains("web_search_20250305"));
}

#[test]
fn thoughts_have_room_beside_the_answer() {
    let chat = json!({"model": "m", "max_tokens": 100, "reasoning_effort": "medium", "temperature": 0.2, "messages": [],
        "tool_choice": "required", "tools": [{"type": "function", "function": {"name": "f"}}]});
    let messages = to_messages(&chat);
    assert_eq!(messages["max_tokens"], 1124);
    assert_eq!(messages["thinking"], json!({"type": "enabled", "budget_tokens": 1024}));
    assert_eq!((messages.get("temperature"), &messages["tool_choice"]["type"]), (None, &json!("auto")));
}

const MESSAGE: &str = r#"{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"thinking","thinking":"hm","signature":"s"},{"type":"text","text":"Grüße 🌍"},{"type":"tool_use","id":"t1","name":"bash","input":{"command":"ls"}}],"stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":40,"cache_read_input_tokens":60,"cache_creation_input_tokens":5,"output_tokens":20}}"#;

const MESSAGE_STREAM: &str = "event: message_start\r\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"m\",\"usage\":{\"input_tokens\":40,\"cache_read_input_tokens\":60,\"cache_creation_input_tokens\":5,\"output_tokens\":1}}}\r\n\r\n\
event: ping\ndata: {\"type\":\"ping\"}\n\n: a comment\n\n\
data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\"}}\n\n\
data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"hm\"}}\n\n\
data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"s\"}}\n\n\
data: {\"type\":\"content_block_stop\",\"index\":0}\n\n\
data: {\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n\
data: {\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"text_delta\",\"text\":\"Grüße \"}}\n\n\
data: {\"type\":\"content_block_delta\",\"index\":1,\n\
data: \"delta\":{\"type\":\"text_delta\",\"text\":\"🌍\"}}\n\n\
data: {\"type\":\"content_block_stop\",\"index\":1}\n\n\
data: {\"type\":\"content_block_start\",\"index\":2,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"bash\",\"input\":{}}}\n\n\
data: {\"type\":\"content_block_delta\",\"index\":2,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"command\\\":\"}}\n\n\
data: {\"type\":\"content_block_delta\",\"index\":2,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"\\\"ls\\\"}\"}}\n\n\
data: {\"type\":\"content_block_stop\",\"index\":2}\n\n\
data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"},\"usage\":{\"output_tokens\":20}}\n\n\
data: {\"type\":\"message_stop\"}\n\n";

/// A stream in `from` words as one in `to` words, cut into chunks of so many bytes.
fn translated(from: Api, to: Api, text: &str, chunk: usize) -> String {
    let mut stream = Stream::new(from, to, true);
    let mut out: Vec<u8> = text.as_bytes().chunks(chunk.max(1)).flat_map(|chunk| stream.feed(chunk)).collect();
    out.extend(stream.finish());
    String::from_utf8(out).unwrap()
}

fn events(text: &str) -> Vec<Value> {
    let mut events = Vec::new();
    Parser::default()
        .feed(text.as_bytes(), &mut |event| events.extend(serde_json::from_slice::<Value>(event.data).ok()))
        .unwrap();
    events
}

/// The chat answer that the chunks of a stream make.
fn folded_chat(chunks: &[Value]) -> Value {
    let mut message = json!({"role": "assistant", "content": null});
    let (mut finish, mut usage) = (Value::Null, Value::Null);
    let add = |at: &mut Value, more: &Value| {
        if let Some(more) = more.as_str().filter(|more| !more.is_empty()) {
            *at = json!(format!("{}{more}", at.as_str().unwrap_or_default()));
        }
    };
    for chunk in chunks {
        if chunk["usage"].is_object() {
            usage = chunk["usage"].clone();
        }
        let choice = &chunk["choices"][0];
        let delta = &choice["delta"];
        add(&mut message["content"], &delta["content"]);
        if delta["reasoning_content"].is_string() {
            add(&mut message["reasoning_content"], &delta["reasoning_content"]);
        }
        for call in delta["tool_calls"].as_array().into_iter().flatten() {
            let index = usize::try_from(call["index"].as_u64().unwrap()).unwrap();
            if call["id"].is_string() {
                let mut calls = message["tool_calls"].as_array().cloned().unwrap_or_default();
                calls.push(json!({"id": call["id"], "type": "function", "function": call["function"]}));
                message["tool_calls"] = calls.into();
            } else {
                add(&mut message["tool_calls"][index]["function"]["arguments"], &call["function"]["arguments"]);
            }
        }
        if !choice["finish_reason"].is_null() {
            finish = choice["finish_reason"].clone();
        }
    }
    json!({"message": message, "finish_reason": finish, "usage": usage})
}

/// The message that the events of a stream make.
fn folded_message(events: &[Value]) -> Value {
    let mut blocks: Vec<Value> = Vec::new();
    let (mut reason, mut usage, mut open, mut partial) = (Value::Null, Value::Null, None, String::new());
    for event in events {
        match event["type"].as_str().unwrap() {
            "content_block_start" => {
                assert_eq!(open, None, "one block at a time");
                open = event["index"].as_u64();
                assert_eq!(open, Some(blocks.len() as u64));
                blocks.push(event["content_block"].clone());
                partial.clear();
            }
            "content_block_delta" => {
                assert_eq!(open, event["index"].as_u64());
                let (block, delta) = (blocks.last_mut().unwrap(), &event["delta"]);
                for (name, field) in [("text_delta", "text"), ("thinking_delta", "thinking")] {
                    if delta["type"] == name {
                        block[field] =
                            json!(format!("{}{}", block[field].as_str().unwrap(), delta[field].as_str().unwrap()));
                    }
                }
                partial.push_str(delta["partial_json"].as_str().unwrap_or_default());
            }
            "content_block_stop" => {
                assert_eq!(open.take(), event["index"].as_u64());
                if !partial.is_empty() {
                    blocks.last_mut().unwrap()["input"] = serde_json::from_str(&partial).unwrap();
                }
            }
            "message_delta" => {
                reason = event["delta"]["stop_reason"].clone();
                usage = event["usage"].clone();
            }
            _ => {}
        }
    }
    json!({"content": blocks, "stop_reason": reason, "usage": usage})
}

#[test]
fn a_stream_of_a_message_says_what_the_message_says() {
    let whole = answer(Api::Messages, Api::Chat, &serde_json::from_str(MESSAGE).unwrap()).unwrap();
    let expected =
        json!({"message": whole["choices"][0]["message"], "finish_reason": "tool_calls", "usage": whole["usage"]});
    assert_eq!(whole["usage"]["prompt_tokens"], 105);
    for chunk in [1, 3, 7, 100_000] {
        let text = translated(Api::Messages, Api::Chat, MESSAGE_STREAM, chunk);
        assert!(text.ends_with("data: [DONE]\n\n"));
        assert_eq!(folded_chat(&events(&text)), expected);
    }
}

#[test]
fn a_message_goes_there_and_back() {
    let message: Value = serde_json::from_str(MESSAGE).unwrap();
    let chat = answer(Api::Messages, Api::Chat, &message).unwrap();
    let mut back = answer(Api::Chat, Api::Messages, &chat).unwrap();
    back["content"][0]["signature"] = json!("s");
    assert_eq!(back, message);
    let stream = translated(Api::Chat, Api::Messages, &translated(Api::Messages, Api::Chat, MESSAGE_STREAM, 5), 3);
    let mut folded = folded_message(&events(&stream));
    folded["content"][0]["signature"] = json!("s");
    let expected =
        json!({"content": message["content"], "stop_reason": message["stop_reason"], "usage": message["usage"]});
    assert_eq!(folded, expected);
}

#[test]
fn calls_side_by_side_become_blocks_one_after_the_other() {
    let chunk = |delta: Value| format!("data: {}\n\n", json!({"choices": [{"delta": delta, "finish_reason": null}]}));
    let call = |index: u64, id: Value, arguments: &str| {
        chunk(
            json!({"tool_calls": [{"index": index, "id": id, "function": {"name": if id.is_null() { Value::Null } else { json!("f") }, "arguments": arguments}}]}),
        )
    };
    let text = [
        call(0, json!("a"), "{\"x\":"),
        call(1, json!("b"), "{\"y\":"),
        call(0, Value::Null, "1}"),
        call(1, Value::Null, "2}"),
        "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n".to_owned(),
    ]
    .concat();
    let folded = folded_message(&events(&translated(Api::Chat, Api::Messages, &text, 11)));
    assert_eq!(
        folded["content"],
        json!([{"type": "tool_use", "id": "a", "name": "f", "input": {"x": 1}},
            {"type": "tool_use", "id": "b", "name": "f", "input": {"y": 2}}])
    );
}

/// A chunk of a chat stream that has a piece of a call.
fn call_chunk(call: &Value) -> String {
    format!("data: {}\n\n", json!({"choices": [{"delta": {"tool_calls": [call]}, "finish_reason": null}]}))
}

const CALLS_END: &str = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n";

#[test]
fn calls_that_all_have_the_same_number_are_told_apart_by_their_ids() {
    let call = |id: &str, name: &str, arguments: &str| {
        call_chunk(&json!({"index": 0, "id": id, "function": {"name": name, "arguments": arguments}}))
    };
    // The second says its id again and again, as some do.
    let text = [call("a", "f", "{\"x\":1}"), call("b", "g", "{\"y\""), call("b", "g", ":2}"), CALLS_END.to_owned()];
    let folded = folded_message(&events(&translated(Api::Chat, Api::Messages, &text.concat(), 11)));
    assert_eq!(
        folded["content"],
        json!([{"type": "tool_use", "id": "a", "name": "f", "input": {"x": 1}},
            {"type": "tool_use", "id": "b", "name": "g", "input": {"y": 2}}])
    );
}

#[test]
fn calls_without_end_are_not_held() {
    let mut stream = Stream::new(Api::Chat, Api::Messages, true);
    let long = "x".repeat(1 << 20);
    let mut said = String::new();
    for _ in 0..18 {
        let more = call_chunk(&json!({"index": 1, "id": "b", "function": {"name": "f", "arguments": long}}));
        let first = call_chunk(&json!({"index": 0, "id": "a", "function": {"name": "f"}}));
        said.push_str(&String::from_utf8(stream.feed(format!("{first}{more}").as_bytes())).unwrap());
    }
    assert!(said.contains("more tools at once than can be held") && said.len() < 4096, "{}", said.len());
}

#[test]
fn a_call_without_arguments_has_an_empty_object() {
    let text = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\"}}\n\n\
        data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"f\",\"input\":{}}}\n\n\
        data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"\"}}\n\n\
        data: {\"type\":\"content_block_stop\",\"index\":0}\n\n\
        data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"}}\n\ndata: {\"type\":\"message_stop\"}\n\n";
    let folded = folded_chat(&events(&translated(Api::Messages, Api::Chat, text, 9)));
    assert_eq!(folded["message"]["tool_calls"][0]["function"], json!({"name": "f", "arguments": "{}"}));
}

#[test]
fn ids_are_shortened_where_no_others_are_taken_and_belong_together_still() {
    let mut chat = to_chat(&json!({"model": "m", "max_tokens": 5, "messages": [
        {"role": "assistant", "content": [{"type": "tool_use", "id": "toolu_01A", "name": "f", "input": {}},
            {"type": "tool_use", "id": "toolu_01B", "name": "f", "input": {}},
            {"type": "tool_use", "id": "abcDEF123", "name": "f", "input": {}}]},
        {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_01B", "content": "b"},
            {"type": "tool_result", "tool_use_id": "toolu_01A", "content": "a"}]}]}));
    with_short_ids(&mut chat);
    let calls = &chat["messages"][0]["tool_calls"];
    let id = |call: &Value| call["id"].as_str().unwrap().to_owned();
    let ids = [id(&calls[0]), id(&calls[1]), id(&calls[2])];
    assert!(ids.iter().all(|id| id.len() == 9 && id.chars().all(|c| c.is_ascii_alphanumeric())), "{ids:?}");
    assert_ne!(ids[0], ids[1]);
    assert_eq!(ids[2], "abcDEF123");
    assert_eq!([&chat["messages"][1]["tool_call_id"], &chat["messages"][2]["tool_call_id"]], [&ids[1], &ids[0]]);
}

#[test]
fn only_a_clear_wish_for_a_stream_goes_on() {
    for (stream, said) in [(json!(true), json!(true)), (json!("true"), Value::Null), (json!(1), Value::Null)] {
        let chat = json!({"model": "m", "stream": stream, "messages": [{"role": "user", "content": "x"}]});
        assert_eq!(to_messages(&chat)["stream"], said);
        let messages =
            json!({"model": "m", "max_tokens": 5, "stream": stream, "messages": [{"role": "user", "content": "x"}]});
        assert_eq!(to_chat(&messages)["stream"], said);
    }
}

#[test]
fn the_data_of_a_file_is_never_an_address() {
    let chat = json!({"model": "m", "messages": [{"role": "user", "content": [
        {"type": "file", "file": {"file_data": "JVBERi0xLjc="}}]}]});
    let source = json!({"type": "base64", "media_type": "application/pdf", "data": "JVBERi0xLjc="});
    assert_eq!(to_messages(&chat)["messages"][0]["content"][0], json!({"type": "document", "source": source}));
}

#[test]
fn thoughts_that_only_the_sum_has_are_told() {
    let chat = json!({"id": "c", "model": "m", "choices": [{"message": {"content": "x"}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 32, "completion_tokens": 9, "total_tokens": 135}});
    assert_eq!(answer(Api::Chat, Api::Messages, &chat).unwrap()["usage"]["output_tokens"], 103);
}

#[test]
fn a_stream_that_was_cut_has_no_good_end() {
    let cut = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]}\n\n";
    let said = events(&translated(Api::Chat, Api::Messages, cut, 9));
    assert_eq!(said.last().unwrap()["type"], "error");
    let half = &MESSAGE_STREAM[..MESSAGE_STREAM.find("event: ping").unwrap()];
    assert!(!translated(Api::Messages, Api::Chat, half, 9).contains("[DONE]"));
}

#[test]
fn errors_in_a_stream_go_on() {
    let overloaded =
        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"busy\"}}\n\n";
    assert_eq!(events(&translated(Api::Messages, Api::Chat, overloaded, 9))[0]["error"]["message"], "busy");
    let failed = "data: {\"error\":{\"message\":\"no\",\"code\":500}}\n\n";
    let said = events(&translated(Api::Chat, Api::Messages, failed, 9));
    assert_eq!((said.len(), &said[0]["error"]["message"]), (1, &json!("no")));
}

/// Chat requests as a messages client would have them said: what has one form in both.
fn chat_request() -> impl Strategy<Value = Value> {
    let word = "[a-zäß漢🌍 ]{1,12}".prop_filter("a text says something", |text: &String| !text.trim().is_empty());
    let input = prop_oneof![Just(json!({})), word.clone().prop_map(|w| json!({"text": w, "n": [1, null, 2.5]}))];
    let call = (0_u32..99, input).prop_map(|(id, input)| {
        json!({"id": format!("c{id}"), "type": "function", "function": {"name": "f", "arguments": input.to_string()}})
    });
    let image = "[A-Za-z0-9]{4,20}"
        .prop_map(|data| json!({"type": "image_url", "image_url": {"url": format!("data:image/png;base64,{data}")}}));
    let user = prop_oneof![
        word.clone().prop_map(|text| json!({"role": "user", "content": text})),
        (word.clone(), image)
            .prop_map(|(text, image)| json!({"role": "user", "content": [{"type": "text", "text": text}, image]})),
    ];
    let answer = prop_oneof![
        word.clone().prop_map(|text| vec![json!({"role": "assistant", "content": text})]),
        (prop::option::of(word.clone()), prop::collection::vec((call, word.clone()), 1..4)).prop_map(
            |(text, calls)| {
                let said: Vec<_> = calls.iter().map(|(call, _)| call.clone()).collect();
                let mut turns = vec![json!({"role": "assistant", "content": text, "tool_calls": said})];
                turns.extend(
                    calls
                        .iter()
                        .map(|(call, text)| json!({"role": "tool", "tool_call_id": call["id"], "content": text})),
                );
                turns.push(json!({"role": "assistant", "content": "done"}));
                turns
            }
        ),
    ];
    let turn = (user, answer).prop_map(|(user, answer)| [vec![user], answer].concat());
    let tools = prop::bool::ANY.prop_map(|has| {
        has.then(|| json!([{"type": "function", "function": {"name": "f", "description": "d", "parameters": {"type": "object"}}}]))
    });
    let choice = prop_oneof![
        Just(json!("auto")),
        Just(json!("required")),
        Just(json!("none")),
        Just(json!({"type": "function", "function": {"name": "f"}}))
    ];
    (prop::option::of(word), prop::collection::vec(turn, 1..5), tools, choice, 1_u64..9999, any::<bool>()).prop_map(
        |(system, turns, tools, choice, limit, stream)| {
            let system = system.map(|text| json!({"role": "system", "content": text}));
            let messages: Vec<_> = system.into_iter().chain(turns.into_iter().flatten()).collect();
            let mut chat = json!({"model": "m", "max_tokens": limit, "stream": stream, "messages": messages});
            if let Some(tools) = tools {
                chat["tools"] = tools;
                chat["tool_choice"] = choice;
            }
            chat
        },
    )
}

proptest! {
    #[test]
    fn a_request_goes_there_and_back(chat in chat_request()) {
        prop_assert_eq!(to_chat(&to_messages(&chat)), chat);
    }

    #[test]
    fn any_cut_of_any_stream_means_the_same(cuts in prop::collection::vec(1_usize..40, 1..60)) {
        let mut stream = Stream::new(Api::Messages, Api::Chat, true);
        let (mut out, mut rest) = (Vec::new(), MESSAGE_STREAM.as_bytes());
        for cut in cuts.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (now, later) = rest.split_at((*cut).min(rest.len()));
            out.extend(stream.feed(now));
            rest = later;
        }
        let expected = folded_chat(&events(&translated(Api::Messages, Api::Chat, MESSAGE_STREAM, 1 << 20)));
        prop_assert_eq!(folded_chat(&events(std::str::from_utf8(&out).unwrap())), expected);
    }

    #[test]
    fn no_request_breaks_it(chat in any_json(), messages in any_json()) {
        let _ = request(Api::Chat, Api::Messages, &chat);
        let _ = request(Api::Messages, Api::Chat, &messages);
        let _ = answer(Api::Chat, Api::Messages, &chat);
        let _ = answer(Api::Messages, Api::Chat, &messages);
        let event = format!("data: {chat}\n\ndata: {messages}\n\n");
        let _ = translated(Api::Chat, Api::Messages, &event, 50);
        let _ = translated(Api::Messages, Api::Chat, &event, 50);
    }
}

/// Any JSON that uses the words of both sides.
fn any_json() -> impl Strategy<Value = Value> {
    let words = prop::sample::select(vec![
        "type",
        "text",
        "messages",
        "role",
        "content",
        "user",
        "assistant",
        "tool",
        "tool_use",
        "tool_calls",
        "choices",
        "delta",
        "index",
        "function",
        "arguments",
        "content_block",
        "message_delta",
        "content_block_start",
        "content_block_delta",
        "tools",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        words.clone().prop_map(Value::from)
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(words.clone(), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())),
        ]
    })
}
