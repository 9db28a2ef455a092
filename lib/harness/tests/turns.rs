//! When a turn is over, and what is left of retries, aborts and steers.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::needless_pass_by_value,
    clippy::wildcard_enum_match_arm,
    reason = "a test picks what it looks at, and fails by panicking"
)]

mod script;

use oqto_harness::adapter::{Action, Adapter, Image, Output};
use oqto_harness::pi::Pi;
use oqto_protocol::entry::{LogEvent, TurnEnd};
use oqto_protocol::error::ErrorKind;
use oqto_protocol::message::{Part, Role, StopReason, Usage};
use script::{Script, prompt_id, turn};
use serde_json::json;

fn settled(reason: TurnEnd, message: Option<&str>, answers: u64) -> Output {
    let usage = (answers > 0).then(|| Usage {
        input_tokens: 10 * answers,
        output_tokens: 2 * answers,
        cache_read_tokens: 0,
        cache_write_tokens: 0,
        cost_usd: 0.5 * answers as f64,
    });
    Output::Settled { turn: turn(), reason, message: message.map(str::to_owned), usage }
}

#[test]
fn a_newer_pi_says_itself_that_it_has_settled() {
    let mut script = Script::delta();
    script.begins("hi").answer_begins().text("yo").answer_ends("yo", "stop").ends(Some(false));
    assert_eq!(script.settled(), vec![]);
    script.all(&["agent_settled"]);
    assert_eq!(script.settled(), vec![settled(TurnEnd::Done, None, 1)]);
}

#[test]
fn an_older_pi_is_asked_after_its_run() {
    let mut script = Script::full();
    script.begins("hi").answer_begins().answer_ends("yo", "stop").forget().ends(None);
    assert_eq!(script.settled(), vec![]);
    script.probe(false);
    assert_eq!(script.settled(), vec![settled(TurnEnd::Done, None, 1)]);
}

#[test]
fn the_end_of_an_earlier_run_does_not_end_the_turn() {
    let mut script = Script::delta();
    script.prompts("hi").all(&["agent_settled"]);
    script.answers(&format!("prompt:{}", turn()), Ok(json!(null)));
    script.probe(true).all(&["agent_settled"]);
    assert_eq!(script.settled(), vec![]);
    script.all(&["agent_start"]).ends(Some(false)).all(&["agent_settled"]);
    assert_eq!(script.settled(), vec![settled(TurnEnd::Done, None, 0)]);
}

#[test]
fn a_prompt_that_an_extension_handles_ends_done() {
    for mut script in [Script::full(), Script::delta()] {
        script.prompts("/fix").answers(&format!("prompt:{}", turn()), Ok(json!(null)));
        assert_eq!(script.settled(), vec![]);
        script.probe(false);
        assert_eq!(script.settled(), vec![settled(TurnEnd::Done, None, 0)]);
    }
}

#[test]
fn what_an_extension_says_while_it_handles_a_prompt_is_kept() {
    let mut script = Script::delta();
    script.prompts("/review").all(&["agent_start"]).user("Please review.");
    assert_eq!(script.messages().len(), 1);
    assert_eq!(script.messages()[0].role, Role::User);
    script.answer_begins().answer_ends("fine", "stop").ends(Some(false)).all(&["agent_settled"]);
    assert_eq!(script.settled(), vec![], "its answer is still to come");
    script.answers(&format!("prompt:{}", turn()), Ok(json!(null))).probe(false);
    assert_eq!(script.settled(), vec![settled(TurnEnd::Done, None, 1)]);
}

#[test]
fn a_command_of_an_extension_has_no_echo() {
    let mut script = Script::delta();
    script.does(&Action::Boot);
    let commands = json!({"commands": [{"name": "say", "source": "extension"}, {"name": "fix", "source": "prompt"}]});
    script.answers("extensions", Ok(commands)).answers("boot", Ok(json!({"sessionId": "s"})));
    // The handler is done before the run that it began.
    script.prompts("/say it").answers(&format!("prompt:{}", turn()), Ok(json!(null)));
    script.probe(true).all(&["agent_start"]).user("Said by the extension.");
    assert_eq!(script.messages().len(), 1);
    script.answer_begins().answer_ends("fine", "stop").ends(Some(false)).all(&["agent_settled"]);
    assert_eq!(script.settled(), vec![settled(TurnEnd::Done, None, 1)]);
    script.forget().begins("/fix it");
    assert_eq!(script.messages(), vec![], "a template is expanded, and echoed");
}

#[test]
fn a_refused_prompt_ends_with_the_reason() {
    let mut script = Script::delta();
    script.prompts("hi").answers(&format!("prompt:{}", turn()), Err("No API key found for x."));
    assert_eq!(script.settled(), vec![settled(TurnEnd::Error, Some("No API key found for x."), 0)]);
}

#[test]
fn a_failed_attempt_that_is_tried_again_is_no_message() {
    let mut script = Script::full();
    script.begins("hi").answer_begins().answer_ends("", "error").forget().ends(None);
    script.says(
        json!({"type": "auto_retry_start", "attempt": 1, "maxAttempts": 3, "delayMs": 300, "errorMessage": "503"}),
    );
    // An older Pi is not streaming while it waits.
    script.probe(false);
    assert_eq!(script.settled(), vec![]);
    script.all(&["agent_start"]).answer_begins().answer_ends("yo", "stop").forget().ends(None).probe(false);
    assert_eq!(script.messages(), vec![]);
    assert_eq!(script.settled(), vec![settled(TurnEnd::Done, None, 2)]);
}

#[test]
fn the_last_failed_attempt_is_the_answer() {
    let mut script = Script::delta();
    script.begins("hi");
    for attempt in 1..=2 {
        script.answer_begins().answer_ends("", "error").ends(Some(attempt == 1));
        if attempt == 1 {
            script.says(json!({"type": "auto_retry_start", "attempt": 1, "maxAttempts": 1, "delayMs": 1}));
            script.all(&["agent_start"]);
        }
    }
    script.says(json!({"type": "auto_retry_end", "success": false, "attempt": 1, "finalError": "503 overloaded"}));
    script.all(&["agent_settled"]);
    let messages = script.messages();
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].stop_reason, Some(StopReason::Error));
    assert_eq!(messages[0].error.as_deref(), Some("503 overloaded"));
    assert_eq!(script.settled(), vec![settled(TurnEnd::Error, Some("503 overloaded"), 2)]);
}

#[test]
fn what_was_shown_of_a_failed_attempt_is_kept() {
    let mut script = Script::delta();
    script.begins("hi").answer_begins().text("half an ").answer_ends("", "error").ends(Some(true));
    assert_eq!(script.messages(), vec![]);
    script.says(json!({"type": "auto_retry_start", "attempt": 1, "maxAttempts": 3, "delayMs": 300}));
    let messages = script.messages();
    assert_eq!(messages[0].parts, vec![Part::Text { text: "half an ".to_owned() }]);
    assert_eq!(messages[0].stop_reason, Some(StopReason::Error));
}

#[test]
fn a_run_that_fails_without_a_message_tells_why() {
    let mut script = Script::full();
    script.begins("hi").forget();
    script.says(json!({"type": "agent_end", "messages": [script::assistant("", "error")]})).probe(false);
    assert_eq!(script.settled(), vec![settled(TurnEnd::Error, Some("503 overloaded"), 0)]);
}

#[test]
fn an_overflow_is_summarised_and_tried_again_within_the_turn() {
    let mut script = Script::full();
    script.begins("hi").answer_begins().answer_ends("", "error").forget().ends(None);
    script.says(json!({"type": "compaction_start", "reason": "overflow"})).probe(false);
    assert_eq!(script.settled(), vec![]);
    let result = json!({"summary": "s", "tokensBefore": 9});
    script.forget();
    script.says(
        json!({"type": "compaction_end", "reason": "overflow", "result": result, "aborted": false, "willRetry": true}),
    );
    // Between the summary and the next run an older Pi is idle for a moment.
    script.probe(false);
    assert_eq!(script.settled(), vec![]);
    assert!(script.pi.deadline().is_some(), "it is asked again if nothing comes");
    assert!(script.out.iter().any(|output| matches!(output, Output::Entry(LogEvent::ContextCompacted(_)))));
    script.all(&["agent_start"]).answer_begins().answer_ends("yo", "stop").forget().ends(None).probe(false);
    assert_eq!(script.settled(), vec![settled(TurnEnd::Done, None, 2)]);
}

#[test]
fn a_continuation_that_never_comes_is_given_up() {
    let mut script = Script::full();
    script.begins("hi").answer_begins().answer_ends("", "error").forget().ends(None);
    script.says(json!({"type": "auto_retry_start", "attempt": 1, "maxAttempts": 3, "delayMs": 300}));
    let deadline = script.pi.deadline().expect("a deadline");
    script.ts = deadline;
    let wake = script.pi.wake();
    script.echo(&wake[0]).answers(&wake[0].id, Ok(json!({"isStreaming": false})));
    assert_eq!(script.settled(), vec![settled(TurnEnd::Error, Some("503 overloaded"), 1)]);
    assert_eq!(script.pi.deadline(), None);
}

fn abort() -> Action {
    Action::Abort { turn: turn() }
}

#[test]
fn an_abort_is_ours_whatever_the_trailing_message_says() {
    let mut script = Script::delta();
    script.begins("hi").answer_begins().text("half").does(&abort());
    script.answers(&format!("clear:{}", turn()), Ok(json!({"steering": [], "followUp": []})));
    script.answer_ends("half", "aborted");
    // A newer Pi begins one more answer after an aborted tool, empty and with stop reason `error`.
    script.answer_begins().answer_ends("", "error").ends(Some(false)).all(&["agent_settled"]);
    let messages = script.messages();
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].stop_reason, Some(StopReason::Aborted));
    assert_eq!(script.settled(), vec![settled(TurnEnd::Aborted, None, 2)]);
}

#[test]
fn an_abort_declines_open_questions_and_empties_the_queue_first() {
    let mut script = Script::delta();
    script.begins("hi");
    script.says(json!({"type": "extension_ui_request", "id": "q", "method": "confirm", "title": "Sure?"}));
    let question = script.question();
    let ids: Vec<String> = script.does(&abort()).into_iter().map(|line| line.id).collect();
    assert_eq!(ids, [format!("respond:{question}"), format!("clear:{}", turn()), format!("abort:{}", turn())]);
    let mut older = Script::full();
    older.begins("hi");
    assert_eq!(older.does(&abort()).len(), 1, "an older Pi cannot empty its queue");
}

#[test]
fn an_abort_between_two_runs_is_said_again() {
    let mut script = Script::full();
    script.begins("hi").answer_begins().answer_ends("", "error").ends(None);
    script.says(json!({"type": "auto_retry_start", "attempt": 1, "maxAttempts": 3, "delayMs": 1}));
    script.does(&abort());
    script.answers(&format!("abort:{}", turn()), Ok(json!(null))).forget().all(&["agent_start"]);
    let again = script.sends();
    assert_eq!(again.len(), 1);
    assert!(again[0].id.starts_with(&format!("abort:{}:", turn())));
    script.echo(&again[0]).answer_begins().answer_ends("", "aborted").forget().ends(None).probe(false);
    assert_eq!(script.settled().len(), 1);
}

#[test]
fn steers_are_delivered_in_order_whatever_pi_makes_of_their_texts() {
    let mut script = Script::delta();
    script.begins("hi");
    script.steers("a").queue(&["expanded a"]).answers(&format!("steer:{}", prompt_id("a")), Ok(json!(null)));
    script.queue(&["expanded a", "from an extension"]);
    script.steers("b").queue(&["expanded a", "from an extension", "a"]);
    script.answers(&format!("steer:{}", prompt_id("b")), Ok(json!(null))).forget();
    script.queue(&["from an extension", "a"]).user("expanded a");
    script.queue(&["a"]).user("from an extension").queue(&[]).user("a");
    let delivered: Vec<_> = script.out.clone();
    assert_eq!(delivered.len(), 3);
    assert_eq!(delivered[0], Output::SteerDelivered { prompt: prompt_id("a") });
    assert_eq!(script.messages()[0].text(), "from an extension");
    assert_eq!(delivered[2], Output::SteerDelivered { prompt: prompt_id("b") });
}

#[test]
fn a_newer_pi_gives_queued_steers_back_on_abort() {
    let mut script = Script::delta();
    script.begins("hi").steers("a").queue(&["a"]);
    script.answers(&format!("steer:{}", prompt_id("a")), Ok(json!(null))).does(&abort());
    script.queue(&[]).answers(&format!("clear:{}", turn()), Ok(json!({"steering": ["a"], "followUp": []})));
    assert!(script.has(&Output::SteerReturned { prompt: prompt_id("a") }));
    script.answer_begins().answer_ends("", "aborted").ends(Some(false)).all(&["agent_settled"]);
    assert!(!script.has(&Output::NeedsRestart));
    assert_eq!(script.settled().len(), 1);
}

#[test]
fn a_steer_that_is_delivered_while_the_queue_is_emptied_is_not_given_back() {
    let mut script = Script::delta();
    script.begins("hi").steers("a").queue(&["a"]);
    script.answers(&format!("steer:{}", prompt_id("a")), Ok(json!(null))).does(&abort());
    script.queue(&[]).user("a").queue(&[]);
    script.answers(&format!("clear:{}", turn()), Ok(json!({"steering": [], "followUp": []})));
    assert!(script.has(&Output::SteerDelivered { prompt: prompt_id("a") }));
    assert!(!script.has(&Output::SteerReturned { prompt: prompt_id("a") }));
}

#[test]
fn an_older_pi_with_queued_steers_has_to_be_started_again() {
    let mut script = Script::full();
    script.begins("hi").steers("a").queue(&["a"]);
    script.answers(&format!("steer:{}", prompt_id("a")), Ok(json!(null))).does(&abort());
    script.answer_begins().answer_ends("", "aborted").forget().ends(None).probe(false);
    let place = |wanted: &Output| script.out.iter().position(|output| output == wanted);
    let returned = place(&Output::SteerReturned { prompt: prompt_id("a") });
    let restart = place(&Output::NeedsRestart);
    let end = place(&settled(TurnEnd::Aborted, None, 1));
    assert!(returned.is_some() && returned < restart && restart < end);
}

#[test]
fn a_pi_that_does_not_know_how_to_empty_its_queue_has_to_be_started_again() {
    let mut script = Script::delta();
    script.begins("hi").steers("a").queue(&["a"]);
    script.answers(&format!("steer:{}", prompt_id("a")), Ok(json!(null)));
    script.does(&abort());
    script.answers(&format!("clear:{}", turn()), Err("Unknown command: clear_queue"));
    script.answer_begins().answer_ends("", "aborted").ends(Some(false));
    script.all(&["agent_settled"]);
    assert!(script.has(&Output::SteerReturned { prompt: prompt_id("a") }));
    assert!(script.has(&Output::NeedsRestart));
    assert_eq!(script.settled().len(), 1);
}

#[test]
fn a_steer_that_comes_too_late_is_given_back() {
    let mut script = Script::delta();
    script.begins("hi").steers("late").answer_begins().answer_ends("yo", "stop").ends(Some(false));
    script.all(&["agent_settled"]);
    assert_eq!(script.settled(), vec![], "the answer to the steer is outstanding");
    script.queue(&["late"]).answers(&format!("steer:{}", prompt_id("late")), Ok(json!(null)));
    assert!(script.has(&Output::SteerReturned { prompt: prompt_id("late") }));
    assert!(script.sends().iter().any(|send| send.id.starts_with("clear:")));
    assert_eq!(script.settled(), vec![settled(TurnEnd::Done, None, 1)]);
}

#[test]
fn a_refused_steer_is_given_back_with_the_reason() {
    let mut script = Script::delta();
    script.begins("hi").steers("/x");
    script.answers(&format!("steer:{}", prompt_id("/x")), Err("Extension command \"/x\" cannot be queued."));
    assert!(script.has(&Output::SteerReturned { prompt: prompt_id("/x") }));
}

#[test]
fn what_cannot_be_done_now_is_a_conflict() {
    let mut script = Script::delta();
    let steer = Action::Steer { prompt: prompt_id("a"), text: "a".to_owned(), images: Vec::new() };
    let prompt = Action::Prompt { turn: turn(), text: "a".to_owned(), images: Vec::new() };
    let compact = Action::Compact { key: "k".to_owned(), instructions: None };
    assert_eq!(script.refuses(&steer).code, ErrorKind::Conflict);
    assert_eq!(script.refuses(&abort()).code, ErrorKind::Conflict);
    script.begins("hi");
    assert_eq!(script.refuses(&prompt).code, ErrorKind::Conflict);
    assert_eq!(script.refuses(&compact).code, ErrorKind::Conflict);
    assert_eq!(script.pi.encode(&steer).map(|lines| lines.len()), Ok(1));
}

#[test]
fn pictures_alone_come_with_a_text_so_that_pi_does_not_lose_them() {
    let script = Script::delta();
    let image = Image { data: "aGk=".to_owned(), mime_type: "image/png".to_owned() };
    let action = Action::Prompt { turn: turn(), text: String::new(), images: vec![image] };
    let line = &script.pi.encode(&action).expect("a line")[0];
    let sent: serde_json::Value = serde_json::from_slice(&line.bytes).expect("JSON");
    assert_eq!(sent["message"], " ");
    assert_eq!(sent["images"], json!([{"type": "image", "data": "aGk=", "mimeType": "image/png"}]));
    assert_eq!(line.bytes.last(), Some(&b'\n'));
}

#[test]
fn a_checkpoint_of_another_form_is_refused() {
    let script = Script::delta();
    let kept = String::from_utf8(script.pi.checkpoint().expect("a checkpoint")).expect("UTF-8");
    let session = oqto_protocol::ids::SessionId::mint();
    let newer = kept.replace("\"format\":1", "\"format\":2");
    assert_ne!(newer, kept);
    let error = Pi::restore(session, oqto_harness::pi::Generation::Full, newer.as_bytes()).expect_err("another form");
    assert_eq!(error.to_string(), "the checkpoint has form 2, this version reads form 1");
}
