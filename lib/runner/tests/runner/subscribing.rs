//! Readers: from the beginning, from a number, from a number that means nothing, and too slow.

use oqto_e2e::Outcome;
use oqto_e2e::reader::Reader;
use oqto_e2e::session::Session;
use oqto_protocol::entry::TurnEnd;
use oqto_protocol::ids::LogId;
use serde_json::json;

use crate::support::World;

/// More than every queue between session and reader holds.
const DELTAS: u64 = 16_000;

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_means_nothing_here_is_told_to_start_again() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    session.ends("one", TurnEnd::Done).await?;
    let (log, head) = (session.reader.log, session.reader.seq());
    let mut client = world.client().await?;
    let mut subscribe = async |params| client.call("subscribe", Some(session.id), params).await;
    let reply = subscribe(json!({"log": log, "after": head})).await?;
    assert_eq!((&reply["from"], reply["reset"].as_bool().unwrap_or(false)), (&json!(head), false));
    for elsewhere in [json!({"log": log, "after": head + 1}), json!({"log": LogId::mint(), "after": 1})] {
        let reply = subscribe(elsewhere).await?;
        assert_eq!((&reply["from"], &reply["reset"]), (&json!(0), &json!(true)));
    }
    let reply = subscribe(json!({"tail": 2})).await?;
    assert_eq!(reply["from"], json!(head - 2));
    world.ends(&mut session).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_is_too_slow_loses_deltas_and_nothing_else() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    let mut slow = Session::follow(world.client().await?, Reader::new(session.id)).await?;
    slow.until("the snapshot", Reader::caught_up).await?;
    session.ends(&format!("words {DELTAS}"), TurnEnd::Done).await?;
    let head = session.reader.seq();
    // Only now it reads.
    slow.until(&format!("entry {head}"), |reader| reader.seq() >= head).await?;
    assert!(slow.reader.live < DELTAS, "it was not behind: {} live events", slow.reader.live);
    assert_eq!(slow.reader.entries, session.reader.entries);
    slow.agrees_with(world.client().await?).await?;
    // It is one of those who are told again.
    session.ends("after", TurnEnd::Done).await?;
    slow.turns(2).await?;
    assert_eq!(slow.answers().last().map(String::as_str), Some("after"));
    slow.check()?;
    world.ends(&mut session).await
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_that_come_in_the_middle_of_an_answer_see_all_of_it() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    session.prompt("count 900 300/s").await?;
    let mut readers = Vec::new();
    for live in [5, 50, 100, 150, 200] {
        // A reader on a busy machine is told the rest at once.
        let begun = |reader: &Reader| reader.live > live || !reader.payloads("turn.ended").is_empty();
        session.until("some deltas", begun).await?;
        readers.push(Session::follow(world.client().await?, Reader::new(session.id)).await?);
    }
    session.turns(1).await?;
    for mut reader in readers {
        reader.turns(1).await?;
        reader.check()?;
        assert_eq!(reader.answers(), session.answers());
    }
    session.agrees_with(world.client().await?).await?;
    world.ends(&mut session).await
}

/// Five prompts of the greatest length wait: a snapshot with all of their text would not fit into a line.
#[tokio::test(flavor = "multi_thread")]
async fn a_reader_of_a_session_with_a_long_queue_gets_its_snapshot() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    session.prompt("wait").await?;
    for _ in 0..5 {
        session.call("follow_up", json!({"text": "é".repeat(1 << 20)})).await?;
    }
    let mut fresh = Session::follow(world.client().await?, Reader::new(session.id)).await?;
    fresh.until("the snapshot", Reader::caught_up).await?;
    let queue = fresh.reader.payloads("prompt.queued");
    assert_eq!(queue.len(), 5);
    assert!(queue.iter().all(|queued| queued["parts"][0]["text"].as_str().is_some_and(|text| text.len() == 2 << 20)));
    world.ends(&mut session).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prompt_that_no_line_holds_as_json_is_refused() -> Outcome {
    let world = World::with_runner(&[]).await?;
    let mut session = world.session().await?;
    for (letter, bytes) in [("\u{1}", (1 << 20) + 1), ("x", (2 << 20) + 1)] {
        let mut client = world.client().await?;
        let params = json!({"text": letter.repeat(bytes)});
        let error = crate::support::refused(&mut client, "prompt", Some(session.id), params).await?;
        assert_eq!(error.code, oqto_protocol::error::ErrorKind::TooLarge, "{}", error.message);
    }
    // Almost as much fits.
    session.ends(&format!("{} then done", "\u{1}".repeat((1 << 20) - 10)), TurnEnd::Done).await?;
    world.ends(&mut session).await
}
