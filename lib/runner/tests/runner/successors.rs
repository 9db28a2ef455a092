//! A runner that goes and comes again, and one whose successor has taken over.

use std::time::Duration;

use oqto_e2e::Outcome;
use oqto_e2e::session::Session;
use oqto_protocol::entry::TurnEnd;
use oqto_protocol::error::ErrorKind;
use oqto_runner_core::server::drain;
use oqto_testkit::wait;
use serde_json::json;

use crate::support::{DEADLINE, World, client_of, shown};

/// The session on a connection to the runner that runs now, from the number that was reached.
async fn again(world: &World, session: Session) -> Outcome<Session> {
    Session::follow(world.client().await?, session.reader).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_goes_on_while_its_runner_is_replaced() -> Outcome {
    let mut world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    session.prompt("one then count 100 100/s then two").await?;
    session.until("some words", |reader| shown(reader).len() > 40).await?;
    session.prompt("queued").await?;
    for _ in 0..3 {
        world.stop_runner().await?;
        world.start_runner().await?;
        session = again(&world, session).await?;
        session.until("the snapshot", oqto_e2e::reader::Reader::caught_up).await?;
    }
    assert_eq!(session.turns(2).await?, [TurnEnd::Done, TurnEnd::Done]);
    let answers = session.answers();
    assert!(answers[0].starts_with("one") && answers[0].ends_with("two"), "{answers:?}");
    assert_eq!(answers[0].split(' ').count(), 101, "{answers:?}");
    assert_eq!(answers[1..], ["queued"]);
    session.agrees_with(world.client().await?).await?;
    world.ends(&mut session).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_that_ends_while_no_runner_is_there_is_found_by_the_next() -> Outcome {
    let mut world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    session.prompt("one then count 20 40/s then two then exit 5").await?;
    session.until("some words", |reader| !shown(reader).is_empty()).await?;
    world.stop_runner().await?;
    wait::until("the agent to end", DEADLINE, || async { world.agents().is_empty().then_some(()) }).await?;
    world.start_runner().await?;
    session = again(&world, session).await?;
    assert_eq!(session.turns(1).await?, [TurnEnd::Crashed]);
    assert!(session.answers()[0].ends_with("two"), "{:?}", session.answers());
    session.ends("again", TurnEnd::Done).await?;
    session.agrees_with(world.client().await?).await?;
    world.ends(&mut session).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_whose_holder_died_meanwhile_is_closed_by_the_next_runner() -> Outcome {
    let mut world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    session.prompt("some words then wait").await?;
    session.until("the words", |reader| shown(reader) == "some words").await?;
    world.stop_runner().await?;
    for one in world.holders() {
        one.signal(rustix::process::Signal::KILL);
    }
    wait::until("the holder to end", DEADLINE, || async { world.holders().is_empty().then_some(()) }).await?;
    world.start_runner().await?;
    session = again(&world, session).await?;
    assert_eq!(session.turns(1).await?, [TurnEnd::Crashed]);
    assert_eq!(session.answers(), ["some words"]);
    world.nobody_is_left().await?;
    session.agrees_with(world.client().await?).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_runner_whose_successor_has_taken_over_writes_nothing_more() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    session.ends("before", TurnEnd::Done).await?;
    session.call("session.stop", json!({})).await?;
    let successor = world.another_runner().await?;
    let mut late = world.client().await?;
    // It learns of its successor by what it is asked to write; nobody is told that it was written.
    let written = late.ask("session.rename", Some(session.id), json!({"title": "too late"})).await;
    assert!(!matches!(written, Ok(Ok(_))), "{written:?}");
    let old = world.runner()?.clone();
    wait::until("the end of the old runner", DEADLINE, || async { old.fatal.get().cloned() }).await?;
    assert_eq!(old.fatal.get().map(|error| error.code), Some(ErrorKind::Fenced));
    tokio::time::timeout(Duration::from_secs(10), drain(&old)).await?;
    session = Session::follow(client_of(&successor).await?, session.reader).await?;
    session.call("session.rename", json!({"title": "in time"})).await?;
    session.ends("after", TurnEnd::Done).await?;
    let renamed = session.reader.payloads("session.renamed");
    assert_eq!(renamed.last().map(|renamed| renamed["title"].clone()), Some(json!("in time")));
    assert!(renamed.iter().all(|renamed| renamed["title"] != "too late"), "{renamed:?}");
    session.agrees_with(client_of(&successor).await?).await?;
    successor.shutdown.cancel();
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_that_a_successor_has_taken_over_goes_on_with_it() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    session.prompt("one then count 50 50/s then two").await?;
    session.until("some words", |reader| !shown(reader).is_empty()).await?;
    let successor = world.another_runner().await?;
    let old = world.runner()?.clone();
    wait::until("the end of the old runner", DEADLINE, || async { old.fatal.get().cloned() }).await?;
    assert_eq!(old.fatal.get().map(|error| error.code), Some(ErrorKind::Fenced));
    session = Session::follow(client_of(&successor).await?, session.reader).await?;
    assert_eq!(session.turns(1).await?, [TurnEnd::Done]);
    assert_eq!(session.answers()[0].split(' ').count(), 51, "{:?}", session.answers());
    session.agrees_with(client_of(&successor).await?).await?;
    successor.shutdown.cancel();
    Ok(())
}
