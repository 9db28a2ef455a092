//! The adapter and real Pis of both generations, against a scripted model.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::needless_pass_by_value,
    clippy::wildcard_enum_match_arm,
    reason = "a test picks what it looks at, and fails by panicking"
)]

mod child;

use child::{Place, Record, Running, exists};
use oqto_harness::adapter::{Action, Adapter, Answer, Image, Output, Reply};
use oqto_harness::pi::{LaunchRequest, Pi};
use oqto_protocol::entry::{InputOutcome, LogEvent, TurnEnd};
use oqto_protocol::ids::PromptId;
use oqto_protocol::live::LiveEvent;
use oqto_protocol::message::{Message, Part, Role, StopReason};
use oqto_testkit::pi::Generation;

macro_rules! both {
    ($($name:ident),*) => {
        mod v073 { $(#[test] fn $name() { super::$name(super::Generation::V073); })* }
        mod v087 { $(#[test] fn $name() { super::$name(super::Generation::V087); })* }
    };
}

both!(
    text_tools_and_thinking,
    another_model_and_level_on_the_same_file,
    abort_while_text_streams,
    abort_while_a_tool_runs,
    a_steer_is_delivered,
    a_queued_steer_comes_back_on_abort,
    a_steer_ends_once_when_a_tool_is_aborted,
    questions,
    an_abort_closes_a_question,
    retries,
    a_full_context_is_summarised_within_the_turn,
    an_overflow_is_summarised_within_the_turn,
    commands_with_a_key,
    going_back,
    a_copy_in_a_new_process,
    a_death_in_the_middle
);

fn start(place: &Place) -> Running {
    place.start(LaunchRequest {
        model: Some("demo/demo".to_owned()),
        thinking: Some("low".to_owned()),
        ..LaunchRequest::default()
    })
}

fn messages(outputs: &[Output]) -> Vec<Message> {
    let messages = outputs.iter().filter_map(|output| match output {
        Output::Entry(LogEvent::Message(entry)) => Some(entry.message.clone()),
        _ => None,
    });
    messages.collect()
}

fn reason(outputs: &[Output]) -> Option<(TurnEnd, Option<String>)> {
    let settled: Vec<_> = outputs
        .iter()
        .filter_map(|output| match output {
            Output::Settled { reason, message, .. } => Some((*reason, message.clone())),
            _ => None,
        })
        .collect();
    assert!(settled.len() < 2, "{settled:?}");
    settled.into_iter().next()
}

/// What was shown piece by piece, message by message: the same as what is kept.
fn streamed(outputs: &[Output]) -> Vec<(String, String)> {
    let mut shown: Vec<(String, String)> = Vec::new();
    for output in outputs {
        match output {
            Output::Live(LiveEvent::MessageStart(start)) => {
                shown.push((start.message_id.to_string(), String::new()));
            }
            Output::Live(LiveEvent::TextDelta(delta)) => {
                let last = shown.last_mut().expect("a message that has begun");
                assert_eq!(last.0, delta.message_id.to_string());
                last.1.push_str(&delta.delta);
            }
            _ => {}
        }
    }
    shown
}

/// Reading the same journal again, from anywhere, gives the same.
fn reads_again_the_same(running: &Running, place: &Place) {
    let mut adapter = Pi::new(running.session, place.dialect());
    let mut again = Vec::new();
    for (index, (ts, record)) in running.journal.iter().enumerate() {
        if let Some(kept) = adapter.checkpoint() {
            adapter = Pi::restore(running.session, place.dialect(), &kept).expect("a checkpoint");
        }
        adapter.read(index as u64, *ts, record.input(), &mut again);
    }
    assert_eq!(again, running.outputs);
}

/// What Pi itself told last about the result of a tool.
fn told(running: &Running, tool: &str) -> String {
    let out = running.journal.iter().filter_map(|(_, record)| match record {
        Record::Stdout(bytes) => Some(bytes.as_slice()),
        Record::Stderr(_) | Record::Sent(_) | Record::Exited(_) => None,
    });
    let out = String::from_utf8(out.flatten().copied().collect()).expect("text");
    let events = out.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let mut ends = events.filter(|event| event["type"] == "tool_execution_end" && event["toolName"] == tool);
    let content = ends.next_back().expect("the end of a tool")["result"]["content"].clone();
    content.as_array().expect("parts").iter().filter_map(|part| part["text"].as_str()).collect()
}

fn text_tools_and_thinking(generation: Generation) {
    let place = Place::new(generation);
    let mut pi = start(&place);
    let out = pi.turn("fake:think\nfake:tool write {\"path\":\"a.txt\",\"content\":\"hi\"}\nfake:tool bash {\"command\":\"cat a.txt; exit 3\"}");
    assert_eq!(reason(&out), Some((TurnEnd::Done, None)));
    let kept = messages(&out);
    let roles: Vec<Role> = kept.iter().map(|message| message.role).collect();
    assert_eq!(roles, [Role::Assistant, Role::Tool, Role::Assistant, Role::Tool, Role::Assistant]);
    assert!(matches!(&kept[0].parts[0], Part::Thinking { text } if !text.is_empty()));
    assert!(
        kept[0]
            .parts
            .iter()
            .any(|part| matches!(part, Part::ToolCall(call) if call.name == "write" && call.input["path"] == "a.txt"))
    );
    let Part::ToolResult(result) = &kept[3].parts[0] else { panic!("a result") };
    assert!(result.is_error && result.duration_ms.is_some());
    // Pi waits a moment only for what its child has written: on a busy machine it may miss it. What it tells is kept.
    assert_eq!(result.output, told(&pi, "bash"));
    assert!(result.output.contains("code 3"), "{}", result.output);
    let texts: Vec<_> = kept
        .iter()
        .filter(|message| message.role == Role::Assistant)
        .map(|message| (message.id.to_string(), message.text()))
        .collect();
    assert_eq!(streamed(&out), texts);
    assert_eq!(kept[0].stop_reason, Some(StopReason::ToolUse));
    pi.ends();
    reads_again_the_same(&pi, &place);
}

fn bound(outputs: &[Output]) -> (Option<String>, Option<String>, Option<String>, bool) {
    let bound = outputs.iter().rev().find_map(|output| match output {
        Output::Bound { native_file, model, thinking, has_messages, .. } => {
            Some((native_file.clone(), model.clone(), thinking.clone(), *has_messages))
        }
        _ => None,
    });
    bound.expect("bound")
}

fn another_model_and_level_on_the_same_file(generation: Generation) {
    let place = Place::new(generation);
    let settings = place.home.pi_agent_dir().join("settings.json");
    let before = std::fs::read_to_string(&settings).expect("settings");
    let mut pi = start(&place);
    let (file, model, thinking, has_messages) = bound(&pi.outputs);
    assert_eq!((model.as_deref(), thinking.as_deref(), has_messages), (Some("demo"), Some("low"), false));
    assert!(!exists(file.as_deref()), "the file comes with the first answer");
    pi.turn("fake:text one");
    assert!(exists(file.as_deref()));
    pi.ends();
    let mut pi = place.start(LaunchRequest {
        session_file: file.clone(),
        model: Some("demo/demo-2".to_owned()),
        thinking: Some("high".to_owned()),
        ..LaunchRequest::default()
    });
    assert_eq!(bound(&pi.outputs), (file, Some("demo-2".to_owned()), Some("high".to_owned()), true));
    let out = pi.turn("fake:text two");
    assert_eq!(messages(&out)[0].model.as_deref(), Some("demo-2"));
    pi.ends();
    assert_eq!(std::fs::read_to_string(&settings).expect("settings"), before, "no other session is affected");
    let gone = place.home.work().join("gone.jsonl").display().to_string();
    let pi = place.start(LaunchRequest { session_file: Some(gone.clone()), ..LaunchRequest::default() });
    let (file, _, _, has_messages) = bound(&pi.outputs);
    assert_eq!((file, has_messages), (Some(gone), false), "a missing file starts fresh");
}

fn first_delta(pi: &mut Running) {
    pi.until("text", |output| matches!(output, Output::Live(LiveEvent::TextDelta(_))));
}

fn abort_while_text_streams(generation: Generation) {
    let place = Place::new(generation);
    let mut pi = start(&place);
    let turn = pi.prompts("fake:slow 100");
    first_delta(&mut pi);
    pi.does(&Action::Abort { turn });
    pi.settles();
    assert_eq!(reason(&pi.outputs), Some((TurnEnd::Aborted, None)));
    let kept = messages(&pi.outputs);
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].stop_reason, Some(StopReason::Aborted));
    assert_eq!(streamed(&pi.outputs), vec![(kept[0].id.to_string(), kept[0].text())]);
    let out = pi.turn("fake:text again");
    assert_eq!(reason(&out), Some((TurnEnd::Done, None)));
    assert_eq!(messages(&out)[0].text().trim(), "again");
}

fn tool_output(pi: &mut Running) {
    pi.until(
        "output",
        |output| matches!(output, Output::Live(LiveEvent::ToolProgress(progress)) if progress.output.contains("begun")),
    );
}

fn abort_while_a_tool_runs(generation: Generation) {
    let place = Place::new(generation);
    let mut pi = start(&place);
    let turn = pi.prompts("fake:tool bash {\"command\":\"echo begun; sleep 50\"}");
    tool_output(&mut pi);
    pi.does(&Action::Abort { turn });
    pi.settles();
    assert_eq!(reason(&pi.outputs), Some((TurnEnd::Aborted, None)));
    let kept = messages(&pi.outputs);
    assert_eq!(kept.len(), 2, "no empty answer at the end: {kept:#?}");
    assert!(
        matches!(&kept[1].parts[0], Part::ToolResult(result) if result.is_error && result.output.contains("begun"))
    );
    pi.ends();
    reads_again_the_same(&pi, &place);
}

fn steer(pi: &mut Running, text: &str, images: Vec<Image>) -> PromptId {
    let prompt = PromptId::mint();
    pi.does(&Action::Steer { prompt, text: text.to_owned(), images });
    prompt
}

fn a_steer_is_delivered(generation: Generation) {
    let place = Place::new(generation);
    let mut pi = start(&place);
    pi.prompts("fake:tool bash {\"command\":\"echo begun; sleep 1\"}");
    tool_output(&mut pi);
    let one = steer(&mut pi, "fake:text steered", Vec::new());
    let image = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    let images = vec![Image { data: image.to_owned(), mime_type: "image/png".to_owned() }];
    let two = steer(&mut pi, "", images);
    pi.settles();
    let delivered: Vec<PromptId> = pi
        .outputs
        .iter()
        .filter_map(|output| match output {
            Output::SteerDelivered { prompt } => Some(*prompt),
            Output::SteerReturned { .. } => panic!("it was returned"),
            _ => None,
        })
        .collect();
    assert_eq!(delivered, [one, two]);
    assert!(messages(&pi.outputs).iter().all(|message| message.role != Role::User));
    assert!(messages(&pi.outputs).iter().any(|message| message.text().trim() == "steered"));
    assert_eq!(reason(&pi.outputs), Some((TurnEnd::Done, None)));
}

fn a_queued_steer_comes_back_on_abort(generation: Generation) {
    let place = Place::new(generation);
    let mut pi = start(&place);
    let turn = pi.prompts("fake:slow 100");
    first_delta(&mut pi);
    let prompt = steer(&mut pi, "fake:text never", Vec::new());
    pi.does(&Action::Abort { turn });
    pi.settles();
    assert!(pi.outputs.contains(&Output::SteerReturned { prompt }), "{:#?}", pi.outputs);
    assert_eq!(reason(&pi.outputs), Some((TurnEnd::Aborted, None)));
    let restart = pi.outputs.contains(&Output::NeedsRestart);
    assert_eq!(restart, generation == Generation::V073, "only a newer Pi can empty its queue");
    if !restart {
        let out = pi.turn("fake:text next");
        assert_eq!(messages(&out).len(), 1, "the steer is not said in the next run");
    }
    reads_again_the_same(&pi, &place);
}

/// After an aborted tool Pi still takes the next queued message into its context, before it ends the run.
fn a_steer_ends_once_when_a_tool_is_aborted(generation: Generation) {
    let place = Place::new(generation);
    let mut pi = start(&place);
    let turn = pi.prompts("fake:tool bash {\"command\":\"echo begun; sleep 50\"}");
    tool_output(&mut pi);
    let steers = [steer(&mut pi, "fake:text first", Vec::new()), steer(&mut pi, "fake:text second", Vec::new())];
    pi.does(&Action::Abort { turn });
    pi.settles();
    for prompt in steers {
        let ends = [Output::SteerDelivered { prompt }, Output::SteerReturned { prompt }];
        let times = pi.outputs.iter().filter(|output| ends.contains(output));
        assert_eq!(times.count(), 1, "{:#?}", pi.outputs);
    }
    assert_eq!(reason(&pi.outputs), Some((TurnEnd::Aborted, None)));
    reads_again_the_same(&pi, &place);
}

const ASKING: &str = r#"export default function (pi: any) {
  pi.registerCommand("ask", { description: "asks", handler: async (_args: string, ctx: any) => {
    const value = await ctx.ui.input("Name?", "a name");
    ctx.ui.notify(value === undefined ? "no name" : `hello ${value}`, "info");
  } });
  pi.registerCommand("ask-briefly", { description: "asks", handler: async (_args: string, ctx: any) => {
    const value = await ctx.ui.confirm("Sure?", "Really.", { timeout: 200 });
    ctx.ui.notify(value ? "yes" : "no", "info");
  } });
  pi.registerCommand("say", { description: "says", handler: async (_args: string, ctx: any) => {
    pi.sendUserMessage("fake:text said by an extension");
    await ctx.waitForIdle();
  } });
}
"#;

fn asked(pi: &mut Running) -> oqto_protocol::ids::InputId {
    let output = pi.until("a question", |output| matches!(output, Output::Entry(LogEvent::InputRequested(_))));
    let Output::Entry(LogEvent::InputRequested(asked)) = output else { unreachable!("it was looked for") };
    asked.request.id
}

fn outcomes(outputs: &[Output]) -> Vec<InputOutcome> {
    let outcomes = outputs.iter().filter_map(|output| match output {
        Output::Entry(LogEvent::InputResolved(resolved)) => Some(resolved.outcome),
        _ => None,
    });
    outcomes.collect()
}

fn questions(generation: Generation) {
    let place = Place::new(generation);
    place.extension("asking.ts", ASKING);
    let mut pi = start(&place);
    pi.prompts("/ask");
    let input = asked(&mut pi);
    pi.does(&Action::Respond { input, answer: Answer::Value("Ann".to_owned()) });
    pi.until(
        "the notice",
        |output| matches!(output, Output::Live(LiveEvent::Notify(notify)) if notify.message == "hello Ann"),
    );
    pi.settles();
    assert_eq!(reason(&pi.outputs), Some((TurnEnd::Done, None)), "a handled prompt ends its turn");
    let before = pi.outputs.len();
    pi.prompts("/ask-briefly");
    pi.settles();
    pi.until("expired", |output| matches!(output, Output::Entry(LogEvent::InputResolved(_))));
    assert_eq!(outcomes(&pi.outputs), [InputOutcome::Answered, InputOutcome::Expired]);
    assert_eq!(reason(&pi.outputs[before..]), Some((TurnEnd::Done, None)));
}

fn an_abort_closes_a_question(generation: Generation) {
    let place = Place::new(generation);
    place.extension("asking.ts", ASKING);
    let mut pi = start(&place);
    let turn = pi.prompts("/ask");
    asked(&mut pi);
    pi.does(&Action::Abort { turn });
    pi.settles();
    assert_eq!(outcomes(&pi.outputs), [InputOutcome::Cancelled]);
    assert_eq!(reason(&pi.outputs), Some((TurnEnd::Aborted, None)));
}

fn retries(generation: Generation) {
    let place = Place::new(generation);
    let mut pi = start(&place);
    // An older Pi hides two more attempts behind every one of its own.
    let times = match generation {
        Generation::V073 => 4,
        Generation::V087 => 2,
    };
    let out = pi.turn(&format!("fake:error 503 {times}\nfake:text at last"));
    assert_eq!(reason(&out), Some((TurnEnd::Done, None)));
    assert!(out.iter().any(|output| matches!(output, Output::Live(LiveEvent::RetryStart(_)))));
    let kept = messages(&out);
    assert_eq!(kept.len(), 1, "failed attempts are no messages: {kept:#?}");
    let out = pi.turn("fake:error 400");
    let Some((TurnEnd::Error, Some(message))) = reason(&out) else { panic!("{out:#?}") };
    assert!(message.contains("400"), "{message}");
    // Pi's words go on as they are, by which the runner knows what happened; what is kept is their sentence.
    assert_eq!(messages(&out)[0].error, Some(oqto_harness::pi::failure(&message).message));
    pi.ends();
    reads_again_the_same(&pi, &place);
}

fn summarised(generation: Generation, window: u64, reserve: u64, why: &str) {
    let place = Place::new(generation);
    place.small_context(window, reserve);
    let mut pi = start(&place);
    pi.turn("fake:text one");
    let out = pi.turn("fake:text two");
    let place_of = |wanted: &dyn Fn(&Output) -> bool| out.iter().position(wanted);
    let compacted = place_of(
        &|output| matches!(output, Output::Entry(LogEvent::ContextCompacted(compacted)) if compacted.reason == why),
    );
    let settled = place_of(&|output| matches!(output, Output::Settled { .. }));
    assert!(compacted.is_some() && compacted < settled, "{out:#?}");
    assert_eq!(reason(&out), Some((TurnEnd::Done, None)));
    pi.ends();
    reads_again_the_same(&pi, &place);
}

fn a_full_context_is_summarised_within_the_turn(generation: Generation) {
    summarised(generation, 4_000, 3_000, "threshold");
}

/// The answer is there, but the provider counts more tokens than there is room for. An older Pi announces another run
/// then, which it cannot begin.
fn an_overflow_is_summarised_within_the_turn(generation: Generation) {
    summarised(generation, 1_000, 500, "overflow");
}

fn reply(pi: &mut Running, action: &Action) -> Result<Reply, oqto_protocol::error::WireError> {
    pi.does(action);
    let output = pi.until("a reply", |output| matches!(output, Output::Reply { .. }));
    let Output::Reply { result, .. } = output else { unreachable!("it was looked for") };
    result
}

fn commands_with_a_key(generation: Generation) {
    let place = Place::new(generation);
    place.extension("asking.ts", ASKING);
    let mut pi = start(&place);
    let key = || "k".to_owned();
    let Ok(Reply::Models { models, thinking_levels }) = reply(&mut pi, &Action::Models { key: key() }) else {
        panic!("models")
    };
    assert!(models.iter().any(|model| model.id == "demo-2" && model.provider == "demo" && model.images));
    assert!(thinking_levels.iter().any(|level| level == "high"), "{thinking_levels:?}");
    let Ok(Reply::Commands(commands)) = reply(&mut pi, &Action::Commands { key: "c".to_owned() }) else {
        panic!("commands")
    };
    assert!(commands.iter().any(|command| command.name == "ask" && command.source == "extension"));
    assert_eq!(reply(&mut pi, &Action::Rename { key: "r".to_owned(), title: "Mine".to_owned() }), Ok(Reply::Done));
    assert!(!pi.outputs.iter().any(|output| matches!(output, Output::Entry(LogEvent::SessionRenamed(_)))));
    pi.turn("fake:text one");
    let Ok(Reply::Stats(stats)) = reply(&mut pi, &Action::Stats { key: "s".to_owned() }) else { panic!("stats") };
    assert_eq!((stats.user_messages, stats.assistant_messages), (1, 1));
    pi.prompts("/say");
    // What an extension says in the person's place is not taken for the echo of the prompt.
    pi.until("its message", |output| {
        matches!(output, Output::Entry(LogEvent::Message(entry))
            if entry.message.role == Role::User && entry.message.text() == "fake:text said by an extension")
    });
}

fn going_back(generation: Generation) {
    let place = Place::new(generation);
    let mut pi = start(&place);
    let (first, ..) = bound(&pi.outputs);
    for text in ["fake:text one", "fake:text two", "fake:text three"] {
        pi.turn(text);
    }
    let back = Action::Rewind { key: "k".to_owned(), user_messages_back: 1 };
    assert_eq!(reply(&mut pi, &back), Ok(Reply::Rewound { text: "fake:text two".to_owned() }));
    let (second, _, _, has_messages) = bound(&pi.outputs);
    assert!(has_messages && second != first);
    assert_eq!(messages(&pi.turn("fake:text other"))[0].text().trim(), "other");
    let Ok(Reply::Stats(stats)) = reply(&mut pi, &Action::Stats { key: "s".to_owned() }) else { panic!("stats") };
    assert_eq!(stats.user_messages, 2, "one and other");
}

fn a_copy_in_a_new_process(generation: Generation) {
    let place = Place::new(generation);
    let mut pi = start(&place);
    pi.turn("fake:text one");
    let (file, ..) = bound(&pi.outputs);
    pi.ends();
    let copy = place.start(LaunchRequest { fork_file: file.clone(), ..LaunchRequest::default() });
    let (other, _, _, has_messages) = bound(&copy.outputs);
    assert!(has_messages && other != file && exists(other.as_deref()));
}

fn a_death_in_the_middle(generation: Generation) {
    let place = Place::new(generation);
    let mut pi = start(&place);
    pi.prompts("fake:slow 100");
    first_delta(&mut pi);
    pi.kill();
    let kept = messages(&pi.outputs);
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].stop_reason, Some(StopReason::Crashed));
    assert_eq!(streamed(&pi.outputs), vec![(kept[0].id.to_string(), kept[0].text())]);
    assert!(matches!(pi.outputs.last(), Some(Output::Exited { exit, .. }) if exit.signal == Some(9)));
    assert_eq!(reason(&pi.outputs), None);
}
