//! Stopping, resuming, parking, deleting; and a history that is away.

use std::time::Duration;

use oqto_e2e::Outcome;
use oqto_protocol::entry::TurnEnd;
use oqto_protocol::error::ErrorKind;
use serde_json::json;

use crate::support::{World, refused, shown};

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_idle_falls_asleep_and_wakes_with_the_next_prompt() -> Outcome {
    let mut world = World::new(&[]).await?;
    world.limits.park_after = Duration::from_millis(200);
    world.start_runner().await?;
    let mut session = world.session().await?;
    session.ends("before", TurnEnd::Done).await?;
    world.state_of(session.id, "asleep").await?;
    world.nobody_is_left().await?;
    session.ends("after", TurnEnd::Done).await?;
    assert_eq!(session.answers(), ["before", "after"]);
    assert_eq!(session.reader.payloads("session.closed")[0]["reason"], "parked");
    let resumed = session.reader.payloads("session.resumed");
    assert!(resumed.iter().all(|resumed| resumed["fresh"] != true), "it remembers: {resumed:?}");
    session.agrees_with(world.client().await?).await?;
    world.nobody_is_left().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_whose_native_file_is_gone_starts_fresh_and_says_so() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    session.ends("before", TurnEnd::Done).await?;
    session.call("session.stop", json!({})).await?;
    let bound = session.reader.payloads("harness.bound");
    let file = bound[0]["native_file"].as_str().ok_or("no native file")?.to_owned();
    std::fs::remove_file(&file)?;
    session.ends("after", TurnEnd::Done).await?;
    let resumed = session.reader.payloads("session.resumed");
    assert_eq!(resumed.len(), 1);
    assert_eq!(
        (&resumed[0]["fresh"], resumed[0]["reason"].as_str()),
        (&json!(true), Some(&*format!("its session file {file} is gone")))
    );
    session.agrees_with(world.client().await?).await?;
    world.ends(&mut session).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_in_the_middle_ends_the_turn_once_and_leaves_nobody() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    session.prompt("some words then wait").await?;
    session.until("the words", |reader| shown(reader) == "some words").await?;
    session.prompt("later").await?;
    let stopped = session.call("session.stop", json!({})).await?;
    assert_eq!((&stopped["turn_ended"], &stopped["queued"]), (&json!(true), &json!(1)));
    assert_eq!(session.turns(1).await?, [TurnEnd::Aborted]);
    assert_eq!(session.answers(), ["some words"]);
    world.nobody_is_left().await?;
    session.call("session.resume", json!({})).await?;
    session.ends("again", TurnEnd::Done).await?;
    session.agrees_with(world.client().await?).await?;
    world.ends(&mut session).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_session_is_gone_with_its_processes() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    session.prompt("some words then wait").await?;
    session.until("the words", |reader| shown(reader) == "some words").await?;
    let mut client = world.client().await?;
    client.call("session.delete", Some(session.id), json!({})).await?;
    world.nobody_is_left().await?;
    let gone = refused(&mut client, "session.get", Some(session.id), json!({})).await?;
    assert_eq!(gone.code, ErrorKind::NotFound);
    let list = client.call("session.list", None, json!({})).await?;
    assert_eq!(list["sessions"], json!([]));
    assert!(!world.runner()?.holders_of(session.id).exists());
    Ok(())
}

/// A command that is on its way when the history goes away may still take effect: who asked without a key is told that,
/// and not to try again; and it does take effect.
#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_the_history_is_not_said_to_have_failed() -> Outcome {
    let mut world = World::new(&[]).await?;
    world.limits.durable = Duration::from_secs(1);
    world.start_runner().await?;
    let mut session = world.session().await?;
    world.stop_history().await?;
    let undecided = refused(&mut session.client, "session.rename", Some(session.id), json!({"title": "later"})).await?;
    assert_eq!(undecided.code, ErrorKind::TimedOut, "{undecided:?}");
    assert!(!undecided.retryable && undecided.message.ends_with("may still take effect"), "{undecided:?}");
    // From now on it is known that the history is away: nothing is begun, and trying again is right.
    let refused = refused(&mut session.client, "session.rename", Some(session.id), json!({"title": "never"})).await?;
    assert!(refused.retryable, "{refused:?}");
    world.start_history().await?;
    session
        .until("the new title", |reader| {
            reader.payloads("session.renamed").iter().any(|renamed| renamed["title"] == "later")
        })
        .await?;
    world.ends(&mut session).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_that_is_away_costs_nothing() -> Outcome {
    let mut world = World::new(&[]).await?;
    world.limits.durable = Duration::from_secs(1);
    world.start_runner().await?;
    let mut session = world.session().await?;
    session.prompt("one then count 50 50/s then two").await?;
    session.until("the words", |reader| shown(reader).starts_with("one")).await?;
    world.stop_history().await?;
    let later = json!({"text": "later", "client_id": "later-1"});
    let away = refused(&mut session.client, "prompt", Some(session.id), later.clone()).await?;
    assert!(away.retryable, "{away:?}");
    // What needs no history goes on.
    session.call("get_state", json!({})).await?;
    world.start_history().await?;
    assert_eq!(session.turns(1).await?, [TurnEnd::Done]);
    let answer = session.answers().remove(0);
    assert!(answer.starts_with("one") && answer.ends_with("two"), "{answer}");
    session.call("prompt", later.clone()).await?;
    session.call("prompt", later).await?;
    assert_eq!(session.turns(2).await?, [TurnEnd::Done, TurnEnd::Done]);
    session.ends("now", TurnEnd::Done).await?;
    assert_eq!(session.answers()[1..], ["later", "now"]);
    session.agrees_with(world.client().await?).await?;
    world.ends(&mut session).await
}
