//! Lines, answers while they are written, tools, questions, crashes, and commands with a key.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::needless_pass_by_value,
    clippy::wildcard_enum_match_arm,
    reason = "a test picks what it looks at, and fails by panicking"
)]

mod script;

use oqto_harness::adapter::{Action, Adapter, Answer, Exit, Output, Reply};
use oqto_protocol::entry::{ConfigChanged, InputOutcome, LogEvent, Origin};
use oqto_protocol::error::ErrorKind;
use oqto_protocol::live::LiveEvent;
use oqto_protocol::message::{Media, Part, Role, StopReason};
use script::{Script, turn};
use serde_json::{Value, json};

fn deltas(script: &Script) -> Vec<(u32, u64, String)> {
    let deltas = script.live().into_iter().filter_map(|live| match live {
        LiveEvent::TextDelta(delta) | LiveEvent::ThinkingDelta(delta) => Some((delta.part, delta.offset, delta.delta)),
        LiveEvent::ToolCallDelta(delta) => Some((delta.part, delta.offset, delta.delta)),
        _ => None,
    });
    deltas.collect()
}

fn notices(script: &Script) -> usize {
    script.live().iter().filter(|live| matches!(live, LiveEvent::Notify(_))).count()
}

#[test]
fn garbage_is_told_once_a_burst_and_never_glued_to_a_record() {
    let mut script = Script::delta();
    script.raw(b"npm warn x\n\xff\xfe\n{\"type\":\n[1,2]\n");
    assert_eq!(notices(&script), 1);
    script.all(&["agent_start"]).raw(b"again\n");
    assert_eq!(notices(&script), 2);
    assert_eq!(script.pi.garbage_lines(), 5);
    script.forget().raw(b"no newline here: {\"type\":\"agent_settled\"}\n");
    assert!(script.live().iter().any(|live| matches!(live, LiveEvent::AgentIdle(_))));
}

#[test]
fn several_records_on_one_line_are_all_read() {
    let mut script = Script::delta();
    script.begins("hi").answer_begins().forget();
    let delta = |text: &str| json!({"type": "message_update", "assistantMessageEvent": {"type": "text_delta", "contentIndex": 0, "delta": text}});
    script.raw(format!("{}{} {}\n", delta("a"), delta("b"), delta("c")).as_bytes());
    assert_eq!(deltas(&script).len(), 3);
    assert_eq!(notices(&script), 0);
}

#[test]
fn a_huge_line_in_small_pieces_is_read_once() {
    let mut script = Script::full();
    script.begins("hi").answer_begins();
    let filler = "x".repeat(24 * 1024 * 1024);
    let event = json!({"type": "text_delta", "contentIndex": 0, "delta": "ok", "partial": {"content": [{"type": "text", "text": filler}]}});
    let line = format!("{}\n", json!({"type": "message_update", "message": {}, "assistantMessageEvent": event}));
    for piece in line.as_bytes().chunks(64 * 1024) {
        script.raw(piece);
    }
    assert_eq!(deltas(&script), vec![(0, 0, "ok".to_owned())]);
}

#[test]
fn offsets_count_utf16_and_half_emojis_do_not_break_them() {
    let mut script = Script::delta();
    script.begins("hi").answer_begins().text("aü😀").text("b").forget();
    script.raw(
        br#"{"type":"message_update","assistantMessageEvent":{"type":"text_delta","contentIndex":0,"delta":"\ud83d"}}"#,
    );
    script.raw(b"\n").text("c");
    assert_eq!(deltas(&script), vec![(0, 5, "\u{fffd}".to_owned()), (0, 6, "c".to_owned())]);
    assert_eq!(notices(&script), 0);
}

#[test]
fn blocks_may_end_out_of_order_and_the_end_completes_the_text() {
    let mut script = Script::delta();
    script.begins("hi").answer_begins();
    script.update(json!({"type": "thinking_start", "contentIndex": 0}));
    script.update(json!({"type": "thinking_delta", "contentIndex": 0, "delta": "hm"}));
    script.update(json!({"type": "text_start", "contentIndex": 1}));
    script.update(json!({"type": "text_delta", "contentIndex": 1, "delta": "y"}));
    script.update(json!({"type": "thinking_end", "contentIndex": 0, "content": "hm"}));
    script.update(json!({"type": "text_end", "contentIndex": 1, "content": "yes"}));
    assert_eq!(deltas(&script), vec![(0, 0, "hm".into()), (1, 0, "y".into()), (1, 1, "es".into())]);
}

#[test]
fn a_call_is_named_by_both_generations() {
    let starts = [
        json!({"type": "toolcall_start", "contentIndex": 1, "id": "c|1", "toolName": "bash"}),
        json!({"type": "toolcall_start", "contentIndex": 1,
            "partial": {"content": [{"type": "text", "text": "x"}, {"type": "toolCall", "id": "c|1", "name": "bash", "partialArgs": "{"}]}}),
    ];
    for start in starts {
        let mut script = Script::delta();
        script.begins("hi").answer_begins().update(start);
        script.update(json!({"type": "toolcall_delta", "contentIndex": 1, "delta": ""}));
        script.update(json!({"type": "toolcall_delta", "contentIndex": 1, "delta": "{}"}));
        let named: Vec<_> = script
            .live()
            .into_iter()
            .filter_map(|live| match live {
                LiveEvent::ToolCallDelta(delta) => Some((delta.tool_call_id, delta.name, delta.delta)),
                _ => None,
            })
            .collect();
        let expected =
            vec![(Some("c|1".to_owned()), Some("bash".to_owned()), String::new()), (None, None, "{}".to_owned())];
        assert_eq!(named, expected);
    }
}

#[test]
fn a_result_keeps_pictures_and_the_diff_and_knows_how_long_it_took() {
    let mut script = Script::delta();
    script.begins("hi");
    script.says(json!({"type": "tool_execution_start", "toolCallId": "c", "toolName": "edit", "args": {"path": "a"}}));
    script.later(200);
    let content = json!([{"type": "text", "text": "done"}, {"type": "image", "data": "aGk=", "mimeType": "image/png"}]);
    let details = json!({"diff": "-a\n+b", "patch": "@@", "firstChangedLine": 1});
    script.says(json!({"type": "tool_execution_end", "toolCallId": "c", "toolName": "edit", "isError": false,
        "result": {"content": content, "details": details}}));
    script.says(json!({"type": "message_end", "message": {"role": "toolResult", "toolCallId": "c", "toolName": "edit",
        "content": content, "details": details, "isError": false, "timestamp": 9}}));
    let messages = script.messages();
    let Part::ToolResult(result) = &messages[0].parts[0] else { panic!("a result") };
    assert_eq!(result.output, "done");
    assert_eq!(result.media, vec![Media::Base64 { data: "aGk=".into(), mime_type: "image/png".into() }]);
    assert_eq!(result.details, Some(details));
    assert_eq!(result.duration_ms, Some(201));
    assert_eq!(messages[0].role, Role::Tool);
}

#[test]
fn progress_is_the_end_of_a_long_output() {
    let mut script = Script::delta();
    script.begins("hi");
    script.says(json!({"type": "tool_execution_start", "toolCallId": "c", "toolName": "bash", "args": {}})).forget();
    let update = |content: Value| json!({"type": "tool_execution_update", "toolCallId": "c", "partialResult": {"content": content}});
    // The first update has nothing yet.
    script.says(update(json!([])));
    assert!(script.live().is_empty());
    let long = format!("{}end", "ä".repeat(50_000));
    script.says(update(json!([{"type": "text", "text": long}])));
    let live = script.live();
    let LiveEvent::ToolProgress(progress) = &live[0] else { panic!("progress") };
    assert!(progress.output.len() <= 64 * 1024 && progress.output.ends_with("äend"));
}

#[test]
fn a_death_in_the_middle_keeps_what_was_shown() {
    let mut script = Script::delta();
    script.begins("hi").steers("s");
    script.says(json!({"type": "extension_ui_request", "id": "q", "method": "input", "title": "Name?"}));
    script.says(json!({"type": "tool_execution_start", "toolCallId": "c", "toolName": "bash", "args": {}}));
    script.says(json!({"type": "tool_execution_update", "toolCallId": "c", "partialResult": {"content": [{"type": "text", "text": "line 1"}]}}));
    script.answer_begins().text("half an ").text("answer");
    script.does(&Action::Stats { key: "k".to_owned() });
    script.stderr("Error: out of memory\n").raw(b"{\"type\":\"message_up");
    let shown = script.live().iter().find_map(|live| match live {
        LiveEvent::MessageStart(start) => Some(start.message_id),
        _ => None,
    });
    script.forget().exits(Exit { code: None, signal: Some(9) });
    let messages = script.messages();
    assert_eq!(Some(messages[0].id), shown);
    assert_eq!(messages[0].stop_reason, Some(StopReason::Crashed));
    assert_eq!(messages[0].text(), "half an answer");
    let Part::ToolResult(result) = &messages[1].parts[0] else { panic!("a result") };
    assert!(result.is_error);
    assert_eq!(result.output, "line 1\n\n[the agent ended before the tool did]");
    assert!(script.out.iter().any(|output| matches!(output, Output::Entry(LogEvent::InputResolved(resolved)) if resolved.outcome == InputOutcome::Gone)));
    assert!(script.has(&Output::SteerReturned { prompt: script::prompt_id("s") }));
    assert!(script.out.iter().any(|output| matches!(output, Output::Reply { key, result: Err(error) } if key == "k" && error.code == ErrorKind::HarnessFailed)));
    let end =
        Output::Exited { exit: Exit { code: None, signal: Some(9) }, last_words: "Error: out of memory".to_owned() };
    assert_eq!(script.out.last(), Some(&end));
    assert_eq!(script.settled(), vec![], "the session ends the turn");
}

#[test]
fn a_whole_record_without_its_newline_counts_at_the_end() {
    let mut script = Script::delta();
    script.begins("hi").raw(b"{\"type\":\"agent_end\",\"willRetry\":false}\n{\"type\":\"agent_settled\"}").forget();
    assert_eq!(script.pi.checkpoint(), None, "in the middle of a line");
    script.exits(Exit { code: Some(0), signal: None });
    assert_eq!(script.settled().len(), 1);
}

fn answer(script: &Script, answer: Answer) -> Action {
    Action::Respond { input: script.question(), answer }
}

#[test]
fn a_question_is_answered_once_and_in_its_own_terms() {
    let mut script = Script::delta();
    script.says(json!({"type": "extension_ui_request", "id": "q", "method": "select", "title": "\u{1b}[31mWhich?\u{1b}[0m", "options": ["A", "B"]}));
    let wrong = [Answer::Value("C".to_owned()), Answer::Confirmed(true)];
    for wrong in wrong {
        let action = answer(&script, wrong);
        assert_eq!(script.refuses(&action).code, ErrorKind::InvalidParams);
    }
    let action = answer(&script, Answer::Value("B".to_owned()));
    let line = script.does(&action).remove(0);
    let sent: Value = serde_json::from_slice(&line.bytes).expect("JSON");
    assert_eq!(sent, json!({"type": "extension_ui_response", "id": "q", "value": "B"}));
    let resolved = script.out.iter().find_map(|output| match output {
        Output::Entry(LogEvent::InputResolved(resolved)) => Some(resolved.clone()),
        _ => None,
    });
    assert_eq!(
        resolved.map(|resolved| (resolved.outcome, resolved.value)),
        Some((InputOutcome::Answered, Some(json!("B"))))
    );
    assert_eq!(script.refuses(&action).code, ErrorKind::Conflict);
}

#[test]
fn a_no_is_an_answer_and_declining_is_none() {
    for (given, outcome) in
        [(Answer::Confirmed(false), InputOutcome::Answered), (Answer::Cancelled, InputOutcome::Cancelled)]
    {
        let mut script = Script::delta();
        script.says(json!({"type": "extension_ui_request", "id": "q", "method": "confirm", "title": "Sure?", "message": "All of it."}));
        let action = answer(&script, given);
        script.does(&action);
        assert!(script.out.iter().any(
            |output| matches!(output, Output::Entry(LogEvent::InputResolved(resolved)) if resolved.outcome == outcome)
        ));
    }
}

#[test]
fn a_question_expires_at_the_first_record_after_its_time() {
    let mut script = Script::delta();
    script.says(
        json!({"type": "extension_ui_request", "id": "q", "method": "confirm", "title": "Sure?", "timeout": 5_000}),
    );
    let deadline = script.pi.deadline().expect("a deadline");
    script.ts = deadline - 1;
    script.forget().stderr("");
    assert!(script.out.is_empty());
    let wake = script.pi.wake();
    script.ts = deadline;
    script.echo(&wake[0]);
    assert!(
        matches!(script.out.as_slice(), [Output::Entry(LogEvent::InputResolved(resolved))] if resolved.outcome == InputOutcome::Expired)
    );
    assert_eq!(script.pi.deadline(), None);
}

#[test]
fn a_question_of_an_unknown_kind_is_declined() {
    let mut script = Script::delta();
    script.says(json!({"type": "extension_ui_request", "id": "q", "method": "hologram"}));
    let decline = script.sends().remove(0);
    let sent: Value = serde_json::from_slice(&decline.bytes).expect("JSON");
    assert_eq!(sent, json!({"type": "extension_ui_response", "id": "q", "cancelled": true}));
    script.forget().echo(&decline);
    assert!(script.out.is_empty());
}

#[test]
fn another_conversation_behind_the_same_child_is_noticed() {
    let mut script = Script::delta();
    script.does(&Action::Boot);
    script.answers("boot", Ok(json!({"sessionId": "one", "sessionFile": "/one"})));
    script.prompts("/clear").answers(&format!("prompt:{}", turn()), Ok(json!(null)));
    script.probe_with(json!({"isStreaming": false, "sessionId": "two", "sessionFile": "/two"}));
    let bound: Vec<_> = script
        .out
        .iter()
        .filter_map(|output| match output {
            Output::Bound { native_file, .. } => native_file.as_deref(),
            _ => None,
        })
        .collect();
    assert_eq!(bound, ["/one", "/two"]);
    assert_eq!(script.settled().len(), 1);
}

#[test]
fn going_back_takes_three_steps_and_binds_again() {
    let mut script = Script::full();
    let back = Action::Rewind { key: "k".to_owned(), user_messages_back: 1 };
    script.does(&back);
    let listed = json!({"messages": [{"entryId": "e1", "text": "one"}, {"entryId": "e2", "text": "two"}, {"entryId": "e3", "text": "three"}]});
    script.answers("rewind:k", Ok(listed));
    let fork = script.sends().remove(0);
    assert_eq!(
        serde_json::from_slice::<Value>(&fork.bytes).expect("JSON"),
        json!({"id": "fork:k", "type": "fork", "entryId": "e2"})
    );
    script.echo(&fork).answers("fork:k", Ok(json!({"text": "two", "cancelled": false})));
    let rebind = script.sends().remove(1);
    script
        .forget()
        .echo(&rebind)
        .answers("rebind:k", Ok(json!({"sessionId": "n", "sessionFile": "/n.jsonl", "messageCount": 2})));
    assert!(matches!(&script.out[0], Output::Bound { native_file: Some(file), .. } if file == "/n.jsonl"));
    assert_eq!(
        script.out[1],
        Output::Reply { key: "k".to_owned(), result: Ok(Reply::Rewound { text: "two".to_owned() }) }
    );
}

#[test]
fn going_back_too_far_or_against_an_extension_is_told() {
    let mut script = Script::full();
    script.does(&Action::Rewind { key: "far".to_owned(), user_messages_back: 3 });
    script.answers("rewind:far", Ok(json!({"messages": []})));
    script.does(&Action::Rewind { key: "no".to_owned(), user_messages_back: 0 });
    script.answers("rewind:no", Ok(json!({"messages": [{"entryId": "e", "text": "x"}]})));
    let fork = script.sends().remove(0);
    script.echo(&fork).answers("fork:no", Ok(json!({"cancelled": true})));
    let codes: Vec<_> = script
        .out
        .iter()
        .filter_map(|output| match output {
            Output::Reply { key, result: Err(error) } => Some((key.as_str(), error.code)),
            _ => None,
        })
        .collect();
    assert_eq!(codes, [("far", ErrorKind::NotFound), ("no", ErrorKind::Cancelled)]);
}

#[test]
fn an_error_without_an_id_is_matched_by_its_command() {
    let mut script = Script::full();
    script.does(&Action::Commands { key: "k".to_owned() });
    script.says(json!({"type": "response", "command": "get_commands", "success": false, "error": "Unknown command: get_commands"}));
    assert!(
        matches!(&script.out[0], Output::Reply { key, result: Err(error) } if key == "k" && error.code == ErrorKind::Unsupported)
    );
}

#[test]
fn thinking_levels_of_an_older_pi_follow_from_the_model() {
    let models = json!({"models": [
        {"id": "m", "provider": "p", "name": "M", "reasoning": true, "input": ["text", "image"], "contextWindow": 9, "thinkingLevelMap": {"xhigh": "max", "off": null}},
        {"id": "n", "provider": "p", "reasoning": false}]});
    for (model, levels) in [("m", vec!["minimal", "low", "medium", "high", "xhigh"]), ("n", vec!["off"])] {
        let mut script = Script::full();
        script.does(&Action::Boot);
        script.answers("boot", Ok(json!({"model": {"id": model, "provider": "p"}}))).forget();
        assert_eq!(script.does(&Action::Models { key: "k".to_owned() }).len(), 1);
        script.answers("models:k", Ok(models.clone()));
        let Output::Reply { result: Ok(Reply::Models { models, thinking_levels }), .. } = &script.out[0] else {
            panic!("models")
        };
        assert_eq!(thinking_levels, &levels);
        assert!(models[0].images && !models[1].images);
        assert_eq!(models[1].name, "n");
    }
    let mut newer = Script::delta();
    assert_eq!(newer.does(&Action::Models { key: "k".to_owned() }).len(), 2);
    newer.answers("levels:k", Ok(json!({"levels": ["off", "max"]}))).answers("models:k", Ok(models));
    assert!(
        matches!(&newer.out[0], Output::Reply { result: Ok(Reply::Models { thinking_levels, .. }), .. } if thinking_levels == &["off", "max"])
    );
}

#[test]
fn our_own_renaming_is_not_told_again() {
    let mut script = Script::delta();
    script.does(&Action::Rename { key: "k".to_owned(), title: "Mine".to_owned() });
    script.says(json!({"type": "session_info_changed", "name": "Mine"})).answers("rename:k", Ok(json!(null)));
    assert_eq!(script.out, vec![Output::Reply { key: "k".to_owned(), result: Ok(Reply::Done) }]);
    script.forget().says(json!({"type": "session_info_changed", "name": "Theirs"}));
    assert!(matches!(&script.out[0], Output::Entry(LogEvent::SessionRenamed(renamed)) if renamed.title == "Theirs"));
}

#[test]
fn what_an_extension_switches_is_told_once() {
    let mut script = Script::delta();
    script.does(&Action::Boot);
    script.answers("boot", Ok(json!({"model": {"id": "m", "provider": "fake"}, "thinkingLevel": "low"}))).forget();
    script.says(json!({"type": "thinking_level_changed", "level": "low"}));
    script.begins("hi").answer_begins().answer_ends("same model", "stop").forget();
    let mut other = script::assistant("other model", "stop");
    other["model"] = json!("n");
    script.answer_begins().says(json!({"type": "message_end", "message": other}));
    script.says(json!({"type": "thinking_level_changed", "level": "high"}));
    let changes: Vec<_> = script
        .out
        .iter()
        .filter_map(|output| match output {
            Output::Entry(LogEvent::ConfigChanged(changed)) => Some(changed.clone()),
            _ => None,
        })
        .collect();
    let model =
        ConfigChanged { model: Some("n".into()), provider: Some("fake".into()), thinking: None, by: Origin::Harness };
    let thinking = ConfigChanged { model: None, provider: None, thinking: Some("high".into()), by: Origin::Harness };
    assert_eq!(changes, [model, thinking]);
}

#[test]
fn system_messages_are_none_and_shown_extension_messages_are() {
    let mut script = Script::delta();
    script.begins("hi").forget();
    for (role, display) in
        [("system", true), ("custom", false), ("custom", true), ("bashExecution", true), ("future", true)]
    {
        script.says(json!({"type": "message_end", "message": {"role": role, "content": "text", "display": display}}));
    }
    let messages = script.messages();
    assert_eq!(messages.len(), 1);
    assert_eq!((messages[0].role, messages[0].text()), (Role::System, "text".to_owned()));
    assert_eq!(script.settled().len() + notices(&script), 0);
    assert_eq!(turn(), turn());
}
