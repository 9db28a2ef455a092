//! Changing what runs: abort, steer, follow-up, the queue.

use oqto_e2e::reader::Reader;
use oqto_e2e::session::ended;
use oqto_e2e::world::World;
use oqto_e2e::{DEADLINE, Outcome, both_generations};
use oqto_protocol::entry::TurnEnd;
use oqto_protocol::message::{Role, StopReason};
use oqto_testkit::pi::Generation;
use oqto_testkit::wait;
use serde_json::json;

both_generations! {
    abort_while_text_streams,
    abort_while_a_tool_runs,
    abort_while_the_model_hangs,
    steer_into_a_running_turn,
    follow_ups_wait_and_run_in_order,
    a_waiting_prompt_is_cancelled,
    the_same_key_twice_is_one_prompt,
}

/// Text of the message that is being streamed.
fn streamed(reader: &Reader) -> String {
    let streaming = reader.fold.as_ref().and_then(|fold| fold.streaming.as_ref());
    streaming.map(|message| message.parts.iter().map(|part| part.text.clone()).collect()).unwrap_or_default()
}

fn runs_a_tool(reader: &Reader) -> bool {
    reader.fold.as_ref().is_some_and(|fold| !fold.tools.is_empty())
}

async fn abort_while_text_streams(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = world.session().await?;
    session.prompt("fake:slow 300").await?;
    session.until("some text", |reader| streamed(reader).contains("chunk3 ")).await?;
    session.call("abort", json!({})).await?;
    assert_eq!(session.turns(1).await?, [TurnEnd::Aborted]);
    let answer = session.messages().pop().ok_or("no message")?;
    assert_eq!((answer.role, answer.stop_reason), (Role::Assistant, Some(StopReason::Aborted)));
    assert!(session.answers()[0].starts_with("chunk1 chunk2 chunk3 "), "{:?}", session.answers());
    session.ends("fake:text Going on.", TurnEnd::Done).await?;
    session.agrees_with(world.client().await?).await
}

async fn abort_while_a_tool_runs(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = world.session().await?;
    session.prompt("fake:tool bash {\"command\":\"echo begun; sleep 61\"}").await?;
    session.until("the tool", runs_a_tool).await?;
    session.call("abort", json!({})).await?;
    assert_eq!(session.turns(1).await?, [TurnEnd::Aborted]);
    assert!(session.results()[0].1, "{:?}", session.results());
    let gone = || async { world.find("sleep 61").is_empty().then_some(()) };
    wait::until("the tool's process is gone", DEADLINE, gone).await?;
    session.agrees_with(world.client().await?).await
}

async fn abort_while_the_model_hangs(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = world.session().await?;
    session.prompt("fake:text half\nfake:hang").await?;
    session.until("half an answer", |reader| streamed(reader).contains("half")).await?;
    session.call("abort", json!({})).await?;
    assert_eq!(session.turns(1).await?, [TurnEnd::Aborted]);
    assert_eq!(session.answers(), ["half"]);
    session.agrees_with(world.client().await?).await
}

async fn steer_into_a_running_turn(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = world.session().await?;
    session.prompt("fake:tool bash {\"command\":\"sleep 1; echo slept\"}").await?;
    session.until("the tool", runs_a_tool).await?;
    session.call("steer", json!({"text": "fake:text Steered."})).await?;
    assert_eq!(session.turns(1).await?, [TurnEnd::Done]);
    let users: Vec<_> = session.messages().into_iter().filter(|message| message.role == Role::User).collect();
    assert_eq!(users.len(), 2, "{users:?}");
    assert_eq!(session.answers().last().map(String::as_str), Some("Steered."));
    assert_eq!(session.reader.fold.as_ref().map(|fold| fold.queue.len()), Some(0));
    session.agrees_with(world.client().await?).await
}

async fn follow_ups_wait_and_run_in_order(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = world.session().await?;
    session.prompt("fake:slow 10").await?;
    for text in ["fake:text first", "fake:text second"] {
        session.call("follow_up", json!({"text": text})).await?;
    }
    session.until("both wait", |reader| reader.payloads("prompt.queued").len() == 2).await?;
    assert_eq!(session.turns(3).await?, [TurnEnd::Done; 3]);
    assert_eq!(session.answers()[1..], ["first", "second"]);
    session.agrees_with(world.client().await?).await
}

async fn a_waiting_prompt_is_cancelled(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = world.session().await?;
    session.prompt("fake:slow 8").await?;
    let queued = session.call("follow_up", json!({"text": "fake:text never"})).await?;
    session.call("queue.cancel", json!({"prompt": queued["prompt"]})).await?;
    session.turns(1).await?;
    session.ends("fake:text after", TurnEnd::Done).await?;
    assert_eq!(session.answers()[1..], ["after"]);
    session.agrees_with(world.client().await?).await
}

async fn the_same_key_twice_is_one_prompt(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = world.session().await?;
    let prompt = json!({"text": "fake:text once", "client_id": "key-1"});
    let first = session.call("prompt", prompt.clone()).await?;
    let again = session.call("prompt", prompt.clone()).await?;
    session.turns(1).await?;
    let later = session.call("prompt", prompt).await?;
    assert_eq!((&again, &later), (&first, &first));
    session.run("fake:text two").await?;
    assert_eq!(session.answers(), ["once", "two"]);
    assert_eq!(ended(&session.reader).len(), 2);
    session.agrees_with(world.client().await?).await
}
