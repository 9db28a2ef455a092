//! One crash each, at a known moment: what the log must say then.

use oqto_e2e::process::Inhabitant;
use oqto_e2e::reader::Reader;
use oqto_e2e::session::Session;
use oqto_e2e::world::World;
use oqto_e2e::{DEADLINE, Outcome, both_generations};
use oqto_protocol::entry::TurnEnd;
use oqto_protocol::message::{Role, StopReason};
use oqto_testkit::pi::Generation;
use oqto_testkit::wait;
use rustix::process::Signal;

both_generations! {
    pi_dies_while_it_talks,
    pi_dies_while_a_tool_runs,
    the_holder_dies_while_pi_talks,
    the_runner_dies_while_pi_talks,
    the_runner_dies_between_turns,
    the_history_service_dies_while_pi_talks,
}

fn streamed(reader: &Reader) -> String {
    let streaming = reader.fold.as_ref().and_then(|fold| fold.streaming.as_ref());
    streaming.map(|message| message.parts.iter().map(|part| part.text.clone()).collect()).unwrap_or_default()
}

fn kill(victims: &[Inhabitant]) {
    assert!(!victims.is_empty(), "nobody to kill");
    victims.iter().for_each(|victim| victim.signal(Signal::KILL));
}

/// A session in the middle of a slow answer.
async fn talking(world: &World, chunks: u32) -> Outcome<Session> {
    let mut session = world.session().await?;
    session.prompt(&format!("fake:slow {chunks}")).await?;
    session.until("some text", |reader| streamed(reader).contains("chunk3 ")).await?;
    Ok(session)
}

async fn crashed_and_usable(world: &World, mut session: Session) -> Outcome {
    assert_eq!(session.turns(1).await?, [TurnEnd::Crashed]);
    let kept =
        session.messages().into_iter().find(|message| message.role == Role::Assistant).ok_or("nothing was kept")?;
    assert_eq!(kept.stop_reason, Some(StopReason::Crashed));
    assert!(session.answers()[0].starts_with("chunk1 chunk2 chunk3 "), "{:?}", session.answers());
    session.ends("fake:text alive", TurnEnd::Done).await?;
    session.agrees_with(world.client().await?).await
}

async fn pi_dies_while_it_talks(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let session = talking(&world, 300).await?;
    kill(&world.pis());
    crashed_and_usable(&world, session).await
}

async fn the_holder_dies_while_pi_talks(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let session = talking(&world, 300).await?;
    kill(&world.find("oqto-hold"));
    crashed_and_usable(&world, session).await
}

async fn pi_dies_while_a_tool_runs(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = world.session().await?;
    session.prompt("fake:tool bash {\"command\":\"echo begun; sleep 62\"}").await?;
    let runs = |reader: &Reader| reader.fold.as_ref().is_some_and(|fold| !fold.tools.is_empty());
    session.until("the tool", runs).await?;
    kill(&world.pis());
    assert_eq!(session.turns(1).await?, [TurnEnd::Crashed]);
    assert!(session.results()[0].1, "{:?}", session.results());
    let gone = || async { world.find("sleep 62").is_empty().then_some(()) };
    wait::until("the tool's process is gone", DEADLINE, gone).await?;
    session.ends("fake:text alive", TurnEnd::Done).await?;
    session.agrees_with(world.client().await?).await
}

/// Goes on with what the reader has, after the runner was replaced.
async fn come_back(world: &mut World, session: Session) -> Outcome<Session> {
    let reader = session.reader.clone();
    world.kill_runner().await?;
    world.start_runner().await?;
    Session::follow(world.client().await?, reader).await
}

async fn the_runner_dies_while_pi_talks(generation: Generation) -> Outcome {
    let mut world = World::with_runner(generation).await?;
    let session = talking(&world, 40).await?;
    let mut session = come_back(&mut world, session).await?;
    assert_eq!(session.turns(1).await?, [TurnEnd::Done]);
    let whole: Vec<_> = (1..=40).map(|n| format!("chunk{n}")).collect();
    assert_eq!(session.answers(), [whole.join(" ")]);
    session.ends("fake:text alive", TurnEnd::Done).await?;
    session.agrees_with(world.client().await?).await
}

async fn the_runner_dies_between_turns(generation: Generation) -> Outcome {
    let mut world = World::with_runner(generation).await?;
    let mut session = world.session().await?;
    session.ends("fake:text before", TurnEnd::Done).await?;
    let mut session = come_back(&mut world, session).await?;
    session.ends("fake:text after", TurnEnd::Done).await?;
    let asked = world.model.log().records().last().map(|record| record.conversation.prompts);
    assert_eq!(asked, Some(2), "it is the same agent");
    session.agrees_with(world.client().await?).await
}

async fn the_history_service_dies_while_pi_talks(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = talking(&world, 30).await?;
    kill(&world.find("hstry"));
    assert_eq!(session.turns(1).await?, [TurnEnd::Done]);
    let whole: Vec<_> = (1..=30).map(|n| format!("chunk{n}")).collect();
    assert_eq!(session.answers(), [whole.join(" ")]);
    session.ends("fake:text alive", TurnEnd::Done).await?;
    session.agrees_with(world.client().await?).await
}
