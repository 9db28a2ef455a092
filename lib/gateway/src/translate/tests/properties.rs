//! What holds for any request, any answer and any stream.

use super::*;

fn words() -> impl Strategy<Value = String> + Clone {
    "[a-zäß漢🌍\"\\\\\n ]{1,16}".prop_filter("a text says something", |text: &String| !text.trim().is_empty())
}

fn input() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!({})),
        words().prop_map(|w| json!({"text": w, "n": [1, null, 2.5]})),
        words().prop_map(|w| json!({"deep": {"er": [w]}, "empty": ""})),
    ]
}

/// One message of a person, without what tools answered.
fn said() -> impl Strategy<Value = Value> {
    let image = "[A-Za-z0-9]{4,20}".prop_map(
        |data| json!({"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": data}}),
    );
    let text = words().prop_map(|text| json!({"type": "text", "text": text}));
    prop_oneof![
        text.clone().prop_map(|text| json!([text])),
        (text.clone(), image.clone()).prop_map(|(text, image)| json!([text, image])),
        (image, text).prop_map(|(image, text)| json!([image, text])),
    ]
}

/// What a model said, and what its tools answered.
fn turn() -> impl Strategy<Value = Vec<Value>> {
    let call = (0_u32..9999, input());
    let thought = prop::option::of(words());
    let calls = prop::collection::vec((call, words(), any::<bool>()), 0..4);
    (thought, prop::option::of(words()), calls, said()).prop_map(|(thought, text, calls, next)| {
        let mut blocks: Vec<Value> = Vec::new();
        blocks.extend(thought.map(|thought| json!({"type": "thinking", "thinking": thought, "signature": "s"})));
        // Somebody who calls nothing says something.
        let text = text.or_else(|| calls.is_empty().then(|| "done".to_owned()));
        blocks.extend(text.map(|text| json!({"type": "text", "text": text})));
        let id = |number: &u32, place: usize| format!("c{number}_{place}");
        blocks.extend(calls.iter().enumerate().map(|(place, ((number, input), _, _))| {
            json!({"type": "tool_use", "id": id(number, place), "name": "f", "input": input})
        }));
        let mut answered: Vec<Value> = calls
            .iter()
            .enumerate()
            .map(|(place, ((number, _), text, failed))| {
                let mut result = json!({"type": "tool_result", "tool_use_id": id(number, place), "content": text});
                if *failed {
                    result["is_error"] = json!(true);
                }
                result
            })
            .collect();
        if answered.is_empty() {
            answered = next.as_array().cloned().unwrap_or_default();
        }
        vec![json!({"role": "assistant", "content": blocks}), json!({"role": "user", "content": answered})]
    })
}

fn messages_request() -> impl Strategy<Value = Value> {
    let choice = prop_oneof![
        Just(Value::Null),
        Just(json!({"type": "auto"})),
        Just(json!({"type": "any"})),
        Just(json!({"type": "none"})),
        Just(json!({"type": "tool", "name": "f"})),
        Just(json!({"type": "any", "disable_parallel_tool_use": true})),
    ];
    let stops = prop::collection::vec("[a-z]{1,5}", 0..3);
    let parts = (prop::option::of(words()), said(), prop::collection::vec(turn(), 0..4));
    (parts, choice, stops, 1_u64..9999, any::<bool>()).prop_map(
        |((system, first, turns), choice, stops, limit, tools)| {
            let mut messages = vec![json!({"role": "user", "content": first})];
            messages.extend(turns.into_iter().flatten());
            let mut request = json!({"model": "m", "max_tokens": limit, "stream": false, "messages": messages});
            if let Some(system) = system {
                request["system"] = json!(system);
            }
            if !stops.is_empty() {
                request["stop_sequences"] = json!(stops);
            }
            if tools {
                request["tools"] = json!([{"name": "f", "description": "d", "input_schema": {"type": "object"}}]);
                if !choice.is_null() {
                    request["tool_choice"] = choice;
                }
            }
            request
        },
    )
}

/// A request as chat can say it: without thoughts, which no other provider takes, and with failures told in the text.
fn sayable(request: &Value) -> Value {
    let mut request = request.clone();
    for message in request["messages"].as_array_mut().unwrap() {
        let blocks = message["content"].as_array_mut().unwrap();
        blocks.retain(|block| block["type"] != "thinking");
        for block in blocks.iter_mut().filter(|block| block["is_error"] == true) {
            block["content"] = json!(format!("Error: {}", block["content"].as_str().unwrap()));
            block.as_object_mut().unwrap().remove("is_error");
        }
    }
    request["messages"].as_array_mut().unwrap().retain(|message| message["content"] != json!([]));
    request
}

/// An answer with any blocks.
fn message() -> impl Strategy<Value = Value> {
    let usage = (0_u64..9999, 0_u64..9999, 0_u64..9999, 0_u64..9999);
    let calls = prop::collection::vec((0_u32..9999, input()), 0..4);
    (prop::option::of(words()), prop::option::of(words()), calls, usage).prop_map(
        |(thought, text, calls, (input, read, written, output))| {
            let mut blocks: Vec<Value> = Vec::new();
            blocks.extend(thought.map(|thought| json!({"type": "thinking", "thinking": thought, "signature": ""})));
            blocks.extend(text.map(|text| json!({"type": "text", "text": text})));
            blocks.extend(calls.iter().enumerate().map(|(place, (number, input))| {
                json!({"type": "tool_use", "id": format!("c{number}_{place}"), "name": "f", "input": input})
            }));
            let reason = if calls.is_empty() { "end_turn" } else { "tool_use" };
            json!({"id": "msg_1", "type": "message", "role": "assistant", "model": "m", "content": blocks,
                "stop_reason": reason, "stop_sequence": null, "usage": {"input_tokens": input,
                    "cache_read_input_tokens": read, "cache_creation_input_tokens": written, "output_tokens": output}})
        },
    )
}

/// A text in pieces of a few characters.
fn in_pieces(text: &str, size: usize) -> Vec<String> {
    let all: Vec<char> = text.chars().collect();
    all.chunks(size.max(1)).map(|piece| piece.iter().collect()).collect()
}

/// The stream that says what a message says.
fn as_stream(message: &Value, size: usize) -> String {
    let mut started = message.clone();
    started["content"] = json!([]);
    started["stop_reason"] = Value::Null;
    started["usage"]["output_tokens"] = json!(1);
    let mut events = vec![json!({"type": "message_start", "message": started})];
    for (index, block) in message["content"].as_array().unwrap().iter().enumerate() {
        let (opening, kind, field, text) = match block["type"].as_str().unwrap() {
            "thinking" => {
                (json!({"type": "thinking", "thinking": ""}), "thinking_delta", "thinking", block["thinking"].clone())
            }
            "text" => (json!({"type": "text", "text": ""}), "text_delta", "text", block["text"].clone()),
            _ => {
                let opening = json!({"type": "tool_use", "id": block["id"], "name": block["name"], "input": {}});
                (opening, "input_json_delta", "partial_json", json!(block["input"].to_string()))
            }
        };
        events.push(json!({"type": "content_block_start", "index": index, "content_block": opening}));
        for piece in in_pieces(text.as_str().unwrap(), size) {
            events.push(json!({"type": "content_block_delta", "index": index, "delta": {"type": kind, field: piece}}));
        }
        events.push(json!({"type": "content_block_stop", "index": index}));
    }
    let delta = json!({"stop_reason": message["stop_reason"], "stop_sequence": null});
    events.push(
        json!({"type": "message_delta", "delta": delta, "usage": {"output_tokens": message["usage"]["output_tokens"]}}),
    );
    events.push(json!({"type": "message_stop"}));
    events.iter().map(|event| format!("event: {}\ndata: {event}\n\n", event["type"].as_str().unwrap())).collect()
}

proptest! {
    #[test]
    fn a_messages_request_goes_there_and_back(request in messages_request()) {
        prop_assert_eq!(to_messages(&to_chat(&request)), sayable(&request));
    }

    #[test]
    fn thoughts_go_with_the_message_that_they_came_before(request in messages_request()) {
        let thoughts = |request: &Value, field: &str| -> Vec<String> {
            let messages = request["messages"].as_array().unwrap().iter();
            let found = messages.flat_map(|message| match field {
                "thinking" => message["content"].as_array().cloned().unwrap_or_default(),
                _ => vec![message.clone()],
            });
            found.filter_map(|one| one[field].as_str().map(str::to_owned)).collect()
        };
        let mut chat = to_chat(&request);
        prop_assert_eq!(thoughts(&chat, "reasoning_content"), thoughts(&request, "thinking"));
        without_thoughts(&mut chat);
        prop_assert_eq!(thoughts(&chat, "reasoning_content"), Vec::<String>::new());
    }

    #[test]
    fn a_stream_says_what_the_whole_answer_says(message in message(), size in 1_usize..9, chunk in 1_usize..400) {
        let whole = answer(Api::Messages, Api::Chat, &message).unwrap();
        let expected = json!({"message": whole["choices"][0]["message"], "finish_reason": whole["choices"][0]["finish_reason"],
            "usage": whole["usage"]});
        let stream = translated(Api::Messages, Api::Chat, &as_stream(&message, size), chunk);
        prop_assert_eq!(folded_chat(&events(&stream)), expected);
        prop_assert!(stream.ends_with("data: [DONE]\n\n"));
        // And back: nothing is lost of what both have words for.
        let back = translated(Api::Chat, Api::Messages, &stream, chunk);
        let told = json!({"content": message["content"], "stop_reason": message["stop_reason"], "usage": message["usage"]});
        prop_assert_eq!(folded_message(&events(&back)), told);
        prop_assert_eq!(answer(Api::Chat, Api::Messages, &whole).unwrap(), message);
    }

    #[test]
    fn a_stream_that_is_cut_anywhere_has_no_good_end(message in message(), at in 0.0_f64..1.0) {
        let text = as_stream(&message, 5);
        // Before the last event, which says that it is over.
        let last = text.find("event: message_stop").unwrap();
        let at = (0..=(last as f64 * at) as usize).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let chat = translated(Api::Messages, Api::Chat, &text[..at], 50);
        prop_assert!(!chat.contains("[DONE]") && chat.contains("broke off"), "{}", chat);
        let messages = translated(Api::Chat, Api::Messages, &chat, 50);
        prop_assert!(!messages.contains("message_stop") && messages.contains("broke off"));
    }
}

#[test]
fn a_model_that_is_in_the_middle_of_its_tools_is_not_made_to_think() {
    // Its thoughts before the call cannot be shown to it: chat has lost their signatures.
    let call = json!({"role": "assistant", "content": null, "tool_calls": [
        {"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}}]});
    let result = json!({"role": "tool", "tool_call_id": "c", "content": "out"});
    let user = json!({"role": "user", "content": "x"});
    let thinks = |messages: &[&Value]| {
        let chat = json!({"model": "m", "reasoning_effort": "low", "temperature": 0.5, "messages": messages});
        let said = to_messages(&chat);
        assert_eq!(said["thinking"].is_object(), said.get("temperature").is_none());
        said["thinking"].is_object()
    };
    assert!(thinks(&[&user]));
    assert!(!thinks(&[&user, &call, &result]));
    assert!(!thinks(&[&user, &call, &result, &user]), "what the person adds does not end the turn");
    let done = json!({"role": "assistant", "content": "done"});
    assert!(thinks(&[&user, &call, &result, &done, &user]));
}

#[test]
fn thoughts_never_make_a_model_write_more_than_it_was_let() {
    let said = |limit: u64, effort: &str| {
        let chat = json!({"model": "m", "max_completion_tokens": limit, "reasoning_effort": effort, "messages": []});
        let said = to_messages(&chat);
        (said["max_tokens"].as_u64().unwrap(), said["thinking"]["budget_tokens"].as_u64().unwrap())
    };
    assert_eq!(said(64_000, "high"), (64_000, 16_384));
    assert_eq!(said(64_000, "xhigh"), (64_000, 32_000));
    assert_eq!(said(20_000, "high"), (20_000, 10_000));
    assert_eq!(said(2048, "low"), (2048, 1024));
    // Less than messages let a model think comes on top.
    assert_eq!(said(100, "high"), (1124, 1024));
}

#[test]
fn ids_of_other_models_are_put_into_letters_that_are_taken() {
    let said = |ids: [&str; 2]| {
        let call = |id: &str| json!({"id": id, "type": "function", "function": {"name": "f", "arguments": "{}"}});
        let result = |id: &str| json!({"role": "tool", "tool_call_id": id, "content": "out"});
        let chat = json!({"model": "m", "messages": [{"role": "user", "content": "x"},
            {"role": "assistant", "content": " ", "tool_calls": ids.map(call)}, result(ids[0]), result(ids[1])]});
        let turns = to_messages(&chat)["messages"].clone();
        let of =
            |turn: usize, place: usize, field: &str| turns[turn]["content"][place][field].as_str().unwrap().to_owned();
        let (calls, results) = ([of(1, 0, "id"), of(1, 1, "id")], [of(2, 0, "tool_use_id"), of(2, 1, "tool_use_id")]);
        assert_eq!(calls, results, "who is called is who answers");
        calls
    };
    assert_eq!(said(["call_a-1", "toolu_2"]), ["call_a-1", "toolu_2"]);
    let [one, other] = said(["functions.f:0", "functions:f.0"]);
    let taken = |id: &str| id.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-".contains(letter));
    assert!(one != other && taken(&one) && taken(&other), "{one} {other}");
}

#[test]
fn an_effort_that_the_model_chooses_itself_goes_on() {
    let said = |effort: Value| {
        let messages = json!({"model": "m", "max_tokens": 9, "messages": [], "thinking": {"type": "adaptive"}, "output_config": {"effort": effort}});
        to_chat(&messages)["reasoning_effort"].clone()
    };
    assert_eq!(
        (said(json!("low")), said(json!("max")), said(Value::Null)),
        (json!("low"), json!("xhigh"), Value::Null)
    );
}
