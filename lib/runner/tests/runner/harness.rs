//! Agents that misbehave.

use std::time::Duration;

use oqto_e2e::Outcome;
use oqto_e2e::session::Session;
use oqto_protocol::entry::TurnEnd;
use oqto_protocol::error::ErrorKind;
use oqto_protocol::message::{Media, Part, Role, StopReason};

use crate::support::{World, refused, shown};

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_that_behaves_answers_and_goes() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    session.ends("count 100 then and out", TurnEnd::Done).await?;
    assert!(session.answers()[0].ends_with(" and out"), "{:?}", session.answers());
    session.agrees_with(world.client().await?).await?;
    world.ends(&mut session).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_agent_answers_too() -> Outcome {
    let world = World::with_runner(&["--full"]).await?;
    let mut session = world.session().await?;
    session.ends("count 100 then and out", TurnEnd::Done).await?;
    assert!(session.answers()[0].ends_with(" and out"), "{:?}", session.answers());
    session.agrees_with(world.client().await?).await?;
    world.ends(&mut session).await
}

/// Creates a session that must not come into being; nothing of it may be left.
async fn stillborn(boot: &str, boot_limit: Duration) -> Outcome<oqto_protocol::error::WireError> {
    let mut world = World::new(&["--boot", boot]).await?;
    world.limits.boot = boot_limit;
    world.start_runner().await?;
    let mut client = world.client().await?;
    let error = refused(&mut client, "session.create", None, world.session_params()).await?;
    let list = client.call("session.list", None, serde_json::json!({})).await?;
    assert_eq!(list["sessions"], serde_json::json!([]));
    world.nobody_is_left().await?;
    Ok(error)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_that_exits_at_once_is_told_with_its_last_words() -> Outcome {
    let error = stillborn("exit:3", Duration::from_secs(30)).await?;
    assert_eq!(error.code, ErrorKind::HarnessFailed);
    assert_eq!(error.message, "pi ended with code 3: fake_pi ends with code 3, as it was told");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_that_hangs_at_the_start_is_given_up() -> Outcome {
    let error = stillborn("hang", Duration::from_secs(1)).await?;
    assert_eq!(error.code, ErrorKind::HarnessFailed);
    assert_eq!(error.message, "pi did not become ready within 1 s");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn garbage_and_a_flood_of_words_at_the_start_are_survived() -> Outcome {
    for boot in ["garbage", "flood"] {
        let world = World::with_runner(&["--boot", boot]).await?;
        let mut session = world.session().await?;
        session.ends("and still here", TurnEnd::Done).await?;
        assert_eq!(session.answers(), ["and still here"], "{boot}");
        session.check()?;
        world.ends(&mut session).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn garbage_and_a_flood_in_an_answer_change_nothing_of_it() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    session.ends("one then garbage 50 then flood-stderr 20000 then  two", TurnEnd::Done).await?;
    assert_eq!(session.answers(), ["onetwo"]);
    session.agrees_with(world.client().await?).await?;
    world.ends(&mut session).await
}

/// What was shown before a crash, and what the log says of it afterwards.
async fn crash(script: &str) -> Outcome<(World, Session)> {
    let world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    session.ends(script, TurnEnd::Crashed).await?;
    session.until("the end of the process", |reader| !reader.payloads("session.closed").is_empty()).await?;
    let last = session.messages().pop().ok_or("no message")?;
    assert_eq!((last.role, last.stop_reason), (Role::Assistant, Some(StopReason::Crashed)));
    session.check()?;
    Ok((world, session))
}

#[tokio::test(flavor = "multi_thread")]
async fn text_that_was_shown_before_a_crash_is_kept_and_the_next_prompt_wakes_the_session() -> Outcome {
    let (world, mut session) = crash("these words stay then exit 9").await?;
    assert_eq!(session.answers(), ["these words stay"]);
    let closed = session.reader.payloads("session.closed");
    assert_eq!(closed[0]["reason"], "crashed");
    assert!(closed[0]["message"].as_str().is_some_and(|said| said.starts_with("pi ended with code 9")), "{closed:?}");
    session.ends("again", TurnEnd::Done).await?;
    assert_eq!(session.answers(), ["these words stay", "again"]);
    session.agrees_with(world.client().await?).await?;
    world.ends(&mut session).await
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_record_before_the_end_is_no_word_of_the_answer() -> Outcome {
    let (_world, session) = crash("whole then partial-line then exit 1").await?;
    assert_eq!(session.answers(), ["whole"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_killed_in_the_middle_is_a_crash() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    session.prompt("some words then wait").await?;
    session.until("the words", |reader| shown(reader) == "some words").await?;
    for agent in world.agents() {
        agent.signal(rustix::process::Signal::KILL);
    }
    assert_eq!(session.turns(1).await?, [TurnEnd::Crashed]);
    assert_eq!(session.answers(), ["some words"]);
    session.until("the end of the process", |reader| !reader.payloads("session.closed").is_empty()).await?;
    session.agrees_with(world.client().await?).await?;
    world.nobody_is_left().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_holder_killed_in_the_middle_leaves_neither_words_nor_processes_behind() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    session.prompt("some words then wait").await?;
    session.until("the words", |reader| shown(reader) == "some words").await?;
    for holder in world.holders() {
        holder.signal(rustix::process::Signal::KILL);
    }
    assert_eq!(session.turns(1).await?, [TurnEnd::Crashed]);
    assert_eq!(session.answers(), ["some words"]);
    world.nobody_is_left().await?;
    session.check()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_abort_that_is_not_answered_ends_the_process_and_the_session_goes_on() -> Outcome {
    let mut world = World::new(&[]).await?;
    world.limits.abort = Duration::from_millis(300);
    world.start_runner().await?;
    let mut session = world.session().await?;
    session.prompt("some words then hang").await?;
    session.until("the words", |reader| shown(reader) == "some words").await?;
    session.call("abort", serde_json::json!({})).await?;
    assert_eq!(session.turns(1).await?, [TurnEnd::Aborted]);
    session.ends("again", TurnEnd::Done).await?;
    assert_eq!(session.answers(), ["some words", "again"]);
    session.agrees_with(world.client().await?).await?;
    world.ends(&mut session).await
}

/// An answer that no frame holds: its beginning is in the entry, and all of it is attached.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_larger_than_a_frame_is_attached() -> Outcome {
    for megabytes in [3, 12] {
        let world = World::with_runner(&[]).await?;
        let mut session = world.session().await?;
        session.ends(&format!("line {megabytes}"), TurnEnd::Done).await?;
        let message = session.messages().pop().ok_or("no message")?;
        let attached = message.parts.iter().find_map(|part| {
            if let Part::Attachment { media: Media::Blob { bytes, .. }, .. } = part { Some(*bytes) } else { None }
        });
        assert_eq!(attached, Some(megabytes << 20));
        assert!(session.answers()[0].starts_with("xxxx") && session.answers()[0].len() < 1 << 20);
        let mut fresh = Session::follow(world.client().await?, oqto_e2e::reader::Reader::new(session.id)).await?;
        fresh.until("the snapshot", oqto_e2e::reader::Reader::caught_up).await?;
        assert_eq!(fresh.reader.entries, session.reader.entries);
        fresh.check()?;
        world.ends(&mut session).await?;
    }
    Ok(())
}
