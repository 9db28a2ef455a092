//! The budget of a session: used up, told, raised where it is, and gone on with; and what may not be raised.

use std::time::Duration;

use oqto_e2e::reader::Reader;
use oqto_e2e::session::Session;
use oqto_e2e::world::World;
use oqto_e2e::{DEADLINE, Outcome};
use oqto_protocol::entry::{LogEvent, TurnEnd, TurnEnded};
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_testkit::pi::Generation;
use oqto_testkit::wait;
use rustix::process::Signal;
use serde_json::{Value, json};

const USED_UP: &str = "the budget of this conversation is used up";

fn usd(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

fn near(value: &Value, expected: f64) {
    assert!((usd(value) - expected).abs() < 1e-9, "{value} is not {expected}");
}

fn last_end(session: &Session) -> Outcome<TurnEnded> {
    let ends = session.reader.entries.iter().rev().find_map(|entry| match &entry.event {
        Some(LogEvent::TurnEnded(ended)) => Some(ended.clone()),
        _ => None,
    });
    ends.ok_or_else(|| "no turn has ended".into())
}

fn starts(session: &Session) -> usize {
    session.reader.payloads("harness.bound").len()
}

async fn refused(session: &mut Session, params: Value) -> Outcome<WireError> {
    session.client.ask("set_budget", Some(session.id), params).await?.err().ok_or_else(|| "it was changed".into())
}

async fn a_used_up_budget_is_raised_where_it_is(generation: Generation) -> Outcome {
    let mut world = World::new(generation).await?;
    // A cent is less than the smallest question to this model may cost.
    world.use_gateway("budget_usd = 0.00001\nbudget_max_usd = 2.0")?;
    world.start_served().await?;
    for provider in ["eavs-chatting", "eavs-responding", "eavs-messaging"] {
        let mut session = world.session_with(json!({"model": format!("{provider}/demo")})).await?;
        session.ends("fake:text one", TurnEnd::Error).await?;
        let ended = last_end(&session)?;
        assert_eq!((ended.code, ended.message.as_deref()), (Some(ErrorKind::Budget), Some(USED_UP)), "{provider}");
        assert!(ended.hint.is_some_and(|hint| hint.contains("oqtoctl session budget")), "{provider}");
        let key = world.standing(session.id).await?["key_id"].clone();
        let (pis, bound) = (world.pis(), starts(&session));
        assert_eq!(pis.len(), 1, "the agent stays: {pis:?}");

        let beyond = refused(&mut session, json!({"usd": 2.5})).await?;
        assert_eq!(beyond.code, ErrorKind::NotPermitted, "{beyond:?}");
        assert_eq!(beyond.message, "a conversation may cost $2.00 at most on this runner");
        assert!(beyond.hint.is_some_and(|hint| hint.contains("budget_max_usd")));
        assert_eq!(refused(&mut session, json!({"unlimited": ["usd"]})).await?.code, ErrorKind::NotPermitted);
        assert_eq!(refused(&mut session, json!({"usd": -1.0})).await?.code, ErrorKind::InvalidParams);
        assert_eq!(session.reader.payloads("budget.changed").len(), 0, "nothing that was refused is kept");
        near(&world.standing(session.id).await?["budget_usd"], 0.00001);

        let raised = json!({"usd": 1.5, "tokens": 50_000, "client_id": format!("raise-{provider}")});
        let told = session.call("set_budget", raised.clone()).await?;
        near(&told["usd"], 1.5);
        near(&told["max_usd"], 2.0);
        assert_eq!((&told["tokens"], told.get("max_tokens")), (&json!(50_000), None), "{told}");
        assert_eq!(session.call("set_budget", raised).await?, told, "the same command again is the same answer");
        session.ends("fake:text two", TurnEnd::Done).await?;
        assert_eq!(session.answers().last().map(String::as_str), Some("two"));
        assert_eq!(session.reader.payloads("budget.changed").len(), 1);
        let standing = world.standing(session.id).await?;
        assert_eq!(standing["key_id"], key, "{provider}: the same key goes on");
        assert_eq!((world.pis().len(), world.pis()[0].pid, starts(&session)), (1, pis[0].pid, bound), "the same agent");

        let known = session.call("get_budget", json!({})).await?;
        near(&known["usd"], 1.5);
        near(&known["spent_usd"], usd(&standing["spent_usd"]));
        assert!(usd(&known["spent_usd"]) > 0.0, "{known}");
        assert_eq!(session.call("get_stats", json!({})).await?["budget"], known);
        session.call("session.delete", json!({})).await?;
    }
    world.no_orphans(Duration::from_secs(10)).await
}

/// Runs `oqtoctl session budget` about a session: the exit code, and what it printed as JSON.
async fn by_hand(world: &World, session: &Session, more: &[&str]) -> Outcome<(Option<i32>, Value)> {
    let mut oqtoctl = world.program("oqtoctl")?;
    oqtoctl.args(["--json", "session", "budget", &session.id.to_string()]).args(more);
    let ran = tokio::time::timeout(DEADLINE, oqtoctl.output()).await??;
    let told = serde_json::from_slice(&ran.stdout);
    let told = told.map_err(|error| format!("{error}: {}", String::from_utf8_lossy(&ran.stderr)))?;
    Ok((ran.status.code(), told))
}

async fn a_budget_is_seen_and_raised_by_hand(generation: Generation) -> Outcome {
    let mut world = World::new(generation).await?;
    world.use_gateway("budget_usd = 0.00001\nbudget_max_usd = 2.0\nbudget_max_tokens = \"unlimited\"")?;
    world.start_served().await?;
    let mut session = world.session_with(json!({"model": "eavs-chatting/demo"})).await?;
    session.ends("fake:text one", TurnEnd::Error).await?;
    let (code, seen) = by_hand(&world, &session, &[]).await?;
    let expected = json!({"usd": 0.00001, "max_usd": 2.0, "spent_usd": 0.0, "spent_tokens": 0});
    assert_eq!((code, &seen["ok"]["budget"]), (Some(0), &expected), "{seen}");
    let (code, refused) = by_hand(&world, &session, &["--usd", "2.01"]).await?;
    assert_eq!((code, &refused["error"]["code"]), (Some(77), &json!("not_permitted")), "{refused}");
    assert_eq!(refused["error"]["message"], "a conversation may cost $2.00 at most on this runner");
    let (code, _) = by_hand(&world, &session, &["--usd", "unlimited"]).await?;
    assert_eq!(code, Some(77));
    let (code, raised) = by_hand(&world, &session, &["--usd", "2", "--tokens", "unlimited"]).await?;
    assert_eq!((code, &raised["ok"]["budget"]["usd"]), (Some(0), &json!(2.0)), "{raised}");
    session.ends("fake:text two", TurnEnd::Done).await?;
    session.check()
}

async fn a_refusal_is_told_as_its_sentence(generation: Generation) -> Outcome {
    let mut world = World::new(generation).await?;
    world.use_gateway("")?;
    world.start_served().await?;
    for provider in ["eavs-chatting", "eavs-responding", "eavs-messaging"] {
        let mut session = world.session_with(json!({"model": format!("{provider}/demo")})).await?;
        session.ends("fake:error 400", TurnEnd::Error).await?;
        let said = last_end(&session)?.message.unwrap_or_default();
        assert!(said.contains("scripted error 400") && !said.contains(['{', '"']), "{provider}: {said}");
        let message = session.messages().pop().and_then(|message| message.error);
        assert_eq!(message.as_deref(), Some(&*said), "{provider}: what failed is told in the same words");
    }
    Ok(())
}

async fn a_budget_outlives_every_program(generation: Generation) -> Outcome {
    let mut world = World::new(generation).await?;
    world.use_gateway("budget_usd = 0.00001\nbudget_max_usd = \"unlimited\"")?;
    world.start_served().await?;
    let mut session = world.session_with(json!({"model": "eavs-chatting/demo"})).await?;
    session.ends("fake:text one", TurnEnd::Error).await?;
    session.call("set_budget", json!({"usd": 1.25})).await?;
    let key = world.standing(session.id).await?["key_id"].clone();

    world.kill_gateway().await?;
    let standing = world.standing(session.id).await?;
    near(&standing["budget_usd"], 1.25);
    assert_eq!(standing["key_id"], key);
    session.ends("fake:text two", TurnEnd::Done).await?;

    // A start of its own has a key of its own, and the same budget.
    session.call("session.stop", json!({})).await?;
    let asleep = session.call("get_budget", json!({})).await?;
    near(&asleep["usd"], 1.25);
    session.call("set_budget", json!({"unlimited": ["usd"], "tokens": 90_000})).await?;
    let id = session.id;
    drop(session);
    world.kill_relay().await?;
    world.find("oqto-runner").iter().for_each(|runner| runner.signal(Signal::KILL));
    world.start_served().await?;
    let mut session = Session::follow(world.client().await?, Reader::new(id)).await?;
    let after = session.call("get_budget", json!({})).await?;
    assert_eq!((after.get("usd"), &after["tokens"]), (None, &json!(90_000)), "{after}");
    session.ends("fake:text three", TurnEnd::Done).await?;
    let standing = world.standing(id).await?;
    assert_ne!(standing["key_id"], key, "another start, another key");
    assert_eq!((standing.get("budget_usd"), &standing["budget_tokens"]), (None, &json!(90_000)), "{standing}");

    // A maximum that comes later holds for what was said before, from the next start on.
    world.runner_says("budget_usd = 0.00001\nbudget_max_usd = 0.00002")?;
    session.call("session.stop", json!({})).await?;
    session.ends("fake:text four", TurnEnd::Error).await?;
    assert_eq!(last_end(&session)?.code, Some(ErrorKind::Budget));
    let gone = || async { world.standing(id).await.ok().filter(|standing| standing["closed"] == false) };
    wait::until("the key of the session", DEADLINE, gone).await?;
    session.check()
}

async fn without_a_gateway_there_is_no_budget(generation: Generation) -> Outcome {
    let mut world = World::new(generation).await?;
    world.start_runner().await?;
    let mut session = world.session().await?;
    session.ends("fake:text one", TurnEnd::Done).await?;
    assert_eq!(refused(&mut session, json!({"usd": 1.0})).await?.code, ErrorKind::Unsupported);
    let known = session.client.ask("get_budget", Some(session.id), json!({})).await?.err().ok_or("there is one")?;
    assert_eq!(known.code, ErrorKind::Unsupported);
    assert!(known.hint.is_some_and(|hint| hint.contains("oqto serve --gateway")));
    assert_eq!(session.call("get_stats", json!({})).await?.get("budget"), None);
    session.check()
}

oqto_e2e::both_generations!(
    a_used_up_budget_is_raised_where_it_is,
    a_budget_is_seen_and_raised_by_hand,
    a_refusal_is_told_as_its_sentence,
    a_budget_outlives_every_program,
    without_a_gateway_there_is_no_budget,
);
