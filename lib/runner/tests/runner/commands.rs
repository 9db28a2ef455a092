//! Commands that are refused, and commands that come twice.

use oqto_e2e::Outcome;
use oqto_e2e::session::Session;
use oqto_protocol::entry::TurnEnd;
use oqto_protocol::error::ErrorKind;
use oqto_protocol::ids::SessionId;
use serde_json::json;

use crate::support::{World, refused, shown};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_known_is_an_error_and_the_connection_goes_on() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut client = world.client().await?;
    let nobody = SessionId::mint();
    let unknown = refused(&mut client, "prompt", Some(nobody), json!({"text": "x"})).await?;
    assert_eq!((unknown.code, unknown.message), (ErrorKind::NotFound, format!("no session {nobody}")));
    let unknown = refused(&mut client, "subscribe", Some(nobody), json!({})).await?;
    assert_eq!(unknown.code, ErrorKind::NotFound);
    let unknown = refused(&mut client, "session.explode", None, json!({})).await?;
    assert_eq!(unknown.code, ErrorKind::UnknownCommand);
    let wrong = refused(&mut client, "session.rename", Some(nobody), json!({"title": 7})).await?;
    assert_eq!(wrong.code, ErrorKind::InvalidParams);
    assert!(wrong.message.contains("`session.rename`"), "{}", wrong.message);
    let missing = refused(&mut client, "prompt", None, json!({"text": "x"})).await?;
    assert_eq!(missing.code, ErrorKind::InvalidParams);
    let mut session = Session::create(client, world.session_params()).await?;
    let empty = refused(&mut session.client, "prompt", Some(session.id), json!({"text": " \n"})).await?;
    assert_eq!((empty.code, empty.message.as_str()), (ErrorKind::InvalidParams, "the prompt is empty"));
    session.ends("fine", TurnEnd::Done).await?;
    world.ends(&mut session).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_needs_a_harness_a_workspace_and_no_sandbox() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut client = world.client().await?;
    let mut create = async |params| refused(&mut client, "session.create", None, params).await;
    let work = world.home.work();
    let missing = create(json!({"harness": "pi", "workspace": work.join("none")})).await?;
    assert_eq!(missing.code, ErrorKind::Workspace);
    assert!(missing.message.contains("none"), "{}", missing.message);
    let file = work.join("file");
    std::fs::write(&file, "")?;
    let no_folder = create(json!({"harness": "pi", "workspace": file})).await?;
    assert_eq!(no_folder.code, ErrorKind::Workspace);
    assert!(no_folder.message.ends_with("is not a directory"), "{}", no_folder.message);
    let stranger = create(json!({"harness": "none", "workspace": work})).await?;
    assert_eq!(stranger.code, ErrorKind::NotFound);
    let sandboxed = create(json!({"harness": "pi", "workspace": work, "sandbox": "strict"})).await?;
    assert_eq!(sandboxed.code, ErrorKind::Unsupported);
    let orphan = create(json!({"harness": "pi", "workspace": work, "parent": SessionId::mint()})).await?;
    assert_eq!(orphan.code, ErrorKind::NotFound);
    let created = client.call("session.create", None, json!({"harness": "pi", "workspace": work})).await?;
    assert_eq!(created["session"]["state"], "idle");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_created_twice_with_one_key_is_one_session() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut client = world.client().await?;
    let mut params = world.session_params();
    params["client_id"] = json!("create-1");
    let first = client.call("session.create", None, params.clone()).await?;
    let second = client.call("session.create", None, params).await?;
    assert_eq!(first["session"]["id"], second["session"]["id"]);
    let list = client.call("session.list", None, json!({})).await?;
    assert_eq!(list["sessions"].as_array().map(Vec::len), Some(1));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prompt_that_is_sent_twice_with_one_key_is_one_turn() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    let params = json!({"text": "once then wait", "client_id": "prompt-1"});
    let first = session.call("prompt", params.clone()).await?;
    let mut other = world.client().await?;
    let second = other.call("prompt", Some(session.id), params.clone()).await?;
    assert_eq!(first, second);
    session.until("the words", |reader| shown(reader) == "once").await?;
    session.call("abort", json!({})).await?;
    assert_eq!(session.turns(1).await?, [TurnEnd::Aborted]);
    let third = session.call("prompt", params).await?;
    assert_eq!(first, third);
    session.ends("another", TurnEnd::Done).await?;
    assert_eq!(session.answers(), ["once", "another"]);
    session.agrees_with(world.client().await?).await?;
    world.ends(&mut session).await
}

#[tokio::test(flavor = "multi_thread")]
async fn waiting_prompts_are_edited_cancelled_and_sent() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    session.prompt("first then wait").await?;
    session.until("the words", |reader| shown(reader) == "first").await?;
    let queued = |reply: serde_json::Value| reply["prompt"].clone();
    let edited = queued(session.prompt("second").await?);
    let cancelled = queued(session.prompt("never").await?);
    session.call("queue.edit", json!({"prompt": edited, "text": "second, better"})).await?;
    session.call("queue.cancel", json!({"prompt": cancelled})).await?;
    let gone = refused(&mut session.client, "queue.cancel", Some(session.id), json!({"prompt": cancelled})).await?;
    assert_eq!(gone.code, ErrorKind::NotFound);
    session.call("abort", json!({})).await?;
    session.turns(1).await?;
    session.until("the queue to be held", |reader| held(reader) == [true]).await?;
    session.call("queue.send", json!({"prompt": edited})).await?;
    assert_eq!(session.turns(2).await?, [TurnEnd::Aborted, TurnEnd::Done]);
    assert_eq!(session.answers(), ["first", "second, better"]);
    session.agrees_with(world.client().await?).await?;
    world.ends(&mut session).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_steer_that_was_not_delivered_comes_back_with_an_abort() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    session.prompt("first then wait").await?;
    session.until("the words", |reader| shown(reader) == "first").await?;
    session.call("steer", json!({"text": "steered"})).await?;
    session.call("abort", json!({})).await?;
    assert_eq!(session.turns(1).await?, [TurnEnd::Aborted]);
    session.until("the steer in the queue", |reader| held(reader) == [true]).await?;
    session.agrees_with(world.client().await?).await?;
    world.ends(&mut session).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_steer_is_delivered_before_the_turn_ends() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    session.prompt("count 40 40/s").await?;
    session.until("some words", |reader| !shown(reader).is_empty()).await?;
    session.call("steer", json!({"text": "steered"})).await?;
    assert_eq!(session.turns(1).await?, [TurnEnd::Done]);
    assert_eq!(session.answers().last().map(String::as_str), Some("steered"));
    session.agrees_with(world.client().await?).await?;
    world.ends(&mut session).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_answer_to_a_question_wins() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    session.prompt("ask").await?;
    session.until("the question", |reader| !reader.payloads("input.requested").is_empty()).await?;
    let asked = session.reader.payloads("input.requested")[0].clone();
    let id = asked["request"]["id"].clone();
    let answer = json!({"request_id": id, "value": "yes"});
    session.call("input.respond", answer.clone()).await?;
    let late = refused(&mut session.client, "input.respond", Some(session.id), answer).await?;
    assert_eq!(late.code, ErrorKind::Conflict);
    assert_eq!(session.turns(1).await?, [TurnEnd::Done]);
    assert_eq!(session.answers(), ["yes "]);
    session.agrees_with(world.client().await?).await?;
    world.ends(&mut session).await
}

/// Whether each waiting prompt is held, in order.
fn held(reader: &oqto_e2e::reader::Reader) -> Vec<bool> {
    reader.fold.as_ref().map(|fold| fold.queue.iter().map(|item| item.held).collect()).unwrap_or_default()
}
