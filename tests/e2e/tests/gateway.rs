//! The model gateway with the rest: a real Pi asks eavs for the scripted model, with a key that the runner got for it.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use oqto_e2e::gateway::{PROVIDER_KEY, PROVIDERS};
use oqto_e2e::session::Session;
use oqto_e2e::world::World;
use oqto_e2e::{DEADLINE, Outcome};
use oqto_protocol::entry::{LogEvent, TurnEnd};
use oqto_testkit::pi::Generation;
use oqto_testkit::wait;
use rustix::process::Signal;
use serde_json::{Value, json};

/// Files of a folder with their contents; sessions, and what Pi keeps for itself, aside.
fn files(world: &World) -> BTreeMap<String, String> {
    let read = |name: &str| fs::read_to_string(world.home.pi_agent_dir().join(name)).unwrap_or_default();
    ["models.json", "settings.json"].map(|name| (name.to_owned(), read(name))).into()
}

/// The environment of the world's only Pi.
fn environment(world: &World) -> Outcome<BTreeMap<String, String>> {
    let pis = world.pis();
    let [pi] = pis.as_slice() else { return Err(format!("not one Pi: {pis:?}").into()) };
    let bytes = fs::read(format!("/proc/{}/environ", pi.pid))?;
    let pairs = bytes.split(|byte| *byte == 0).map(String::from_utf8_lossy);
    Ok(pairs.filter_map(|pair| pair.split_once('=').map(|(name, value)| (name.into(), value.into()))).collect())
}

async fn asked_through(world: &World, provider: &str) -> Outcome<Session> {
    world.session_with(json!({"model": format!("{provider}/demo")})).await
}

fn usd(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

/// What the last turn said when it ended in an error: message and hint.
fn last_error(session: &Session) -> (String, String) {
    let error = session.reader.entries.iter().rev().find_map(|entry| match &entry.event {
        Some(LogEvent::TurnEnded(ended)) => Some((ended.message.clone(), ended.hint.clone())),
        _ => None,
    });
    let (message, hint) = error.unwrap_or_default();
    (message.unwrap_or_default(), hint.unwrap_or_default())
}

async fn each_api_is_asked_with_a_key_of_the_session(generation: Generation) -> Outcome {
    let mut world = World::new(generation).await?;
    world.use_gateway("budget_usd = 2.0")?;
    world.start_served().await?;
    let before = files(&world);
    for provider in PROVIDERS {
        let mut session = asked_through(&world, provider).await?;
        session.ends("fake:text hello from behind", TurnEnd::Done).await?;
        assert_eq!(session.answers().last().map(String::as_str), Some("hello from behind"), "{provider}");

        let given = environment(&world)?;
        assert!(given.get("EAVS_API_KEY").is_some_and(|key| key.starts_with("eavs_")), "{provider}: {given:?}");
        let leaked: Vec<_> = given.iter().filter(|(_, value)| value.contains(PROVIDER_KEY)).collect();
        assert!(leaked.is_empty(), "{provider}: {leaked:?}");

        // Pi counts with the catalog's prices, the gateway with its own book.
        let stats = session.call("get_stats", json!({})).await?;
        let cost = usd(&stats["usage"]["cost_usd"]);
        assert!(cost > 0.0, "{stats}");
        assert!((cost - usd(&stats["budget"]["spent_usd"])).abs() < 1e-9, "{provider}: {stats}");
        assert_eq!([usd(&stats["budget"]["usd"]), usd(&stats["context_window"])], [2.0, 100_000.0], "{stats}");

        let id = session.id;
        assert_eq!(world.standing(id).await?["closed"], false);
        session.call("session.delete", json!({})).await?;
        world.no_key_of(id).await?;
    }
    assert_eq!(files(&world), before, "the person's files are as they were");
    world.no_orphans(Duration::from_secs(10)).await
}

async fn a_used_up_budget_is_said_and_may_be_raised(generation: Generation) -> Outcome {
    let mut world = World::new(generation).await?;
    world.use_gateway("budget_usd = 2.0")?;
    world.start_served().await?;
    let mut session = asked_through(&world, "eavs-chatting").await?;
    session.ends("fake:text one", TurnEnd::Done).await?;
    let spent = usd(&world.standing(session.id).await?["spent_usd"]);

    // A session's budget is one over all its starts: what it has spent does not come back with a new key.
    world.runner_says("budget_usd = 0.0000001")?;
    session.call("session.stop", json!({})).await?;
    session.ends("fake:text two", TurnEnd::Error).await?;
    let (message, hint) = last_error(&session);
    assert!(message.contains("the budget of this conversation is used up"), "{message}");
    assert!(hint.contains("oqtoctl session budget SESSION --usd"), "{hint}");

    world.runner_says("budget_usd = 2.0")?;
    session.ends("fake:text three", TurnEnd::Done).await?;
    assert_eq!(session.answers().last().map(String::as_str), Some("three"));
    let standing = world.standing(session.id).await?;
    assert!(usd(&standing["spent_usd"]) > spent, "{standing}");
    assert!((usd(&standing["budget_usd"]) - 2.0).abs() < 1e-9, "{standing}");
    session.check()
}

async fn a_gateway_that_is_killed_in_the_middle_is_no_event(generation: Generation) -> Outcome {
    let mut world = World::new(generation).await?;
    world.use_gateway("")?;
    world.start_served().await?;
    let mut session = asked_through(&world, "eavs-messaging").await?;
    session.ends("fake:text before", TurnEnd::Done).await?;
    let key = world.standing(session.id).await?["key_id"].clone();

    session.prompt("fake:slow 30").await?;
    let words = |reader: &oqto_e2e::reader::Reader| {
        let streaming = reader.fold.as_ref().and_then(|fold| fold.streaming.as_ref());
        streaming.is_some_and(|message| message.parts.iter().any(|part| !part.text.is_empty()))
    };
    session.until("the first words", words).await?;
    world.kill_gateway().await?;
    session.turns(2).await?;
    session.ends("fake:text after", TurnEnd::Done).await?;
    assert_eq!(session.answers().last().map(String::as_str), Some("after"));
    assert_eq!(world.standing(session.id).await?["key_id"], key, "the same key goes on");
    session.check()
}

async fn a_gateway_that_is_away_is_said_and_may_be_back(generation: Generation) -> Outcome {
    let mut world = World::new(generation).await?;
    world.use_gateway("")?;
    let socket = world.gateway_socket();
    world.environment.push(("OQTO_GATEWAY".into(), socket.display().to_string()));
    world.start_runner().await?;
    let mut client = world.client().await?;
    let create = json!({"harness": "pi", "workspace": world.home.work(), "model": "eavs-chatting/demo"});
    let refused = client.ask("session.create", None, create.clone()).await?.err().ok_or("it was made")?;
    assert_eq!((refused.code.code(), refused.retryable), ("unreachable", true), "{refused:?}");
    assert!(refused.message.contains("the model gateway does not answer"), "{refused:?}");
    assert!(refused.hint.as_deref().is_some_and(|hint| hint.contains("try again")), "{refused:?}");

    let mut eavs = world.program("eavs")?;
    let mut eavs = eavs.args(["serve", "--listen", "127.0.0.1:0"]).spawn()?;
    let answers = || async { world.ask_gateway("GET", "/admin/status").await.ok() };
    wait::until("the gateway", DEADLINE, answers).await?;
    let mut session = Session::create(client, create).await?;
    session.ends("fake:text there", TurnEnd::Done).await?;
    oqto_e2e::process::kill_and_reap(&mut eavs).await
}

async fn keys_that_a_killed_runner_left_end_with_the_next(generation: Generation) -> Outcome {
    let mut world = World::new(generation).await?;
    world.use_gateway("")?;
    world.start_served().await?;
    let mut session = asked_through(&world, "eavs-chatting").await?;
    session.ends("fake:text one", TurnEnd::Done).await?;
    let id = session.id;
    drop(session);
    // The relay would start the next runner before its agents are gone.
    world.kill_relay().await?;
    for name in ["oqto-runner", "oqto-hold", "node", "bun", "pi"] {
        for one in world.find(name) {
            one.signal(Signal::KILL);
        }
    }
    let gone = || async { world.pis().is_empty().then_some(()) };
    wait::until("the end of the agent", DEADLINE, gone).await?;
    assert_eq!(world.standing(id).await?["closed"], false, "nobody has ended it yet");
    let socket = world.gateway_socket().display().to_string();
    world.environment.push(("OQTO_GATEWAY".into(), socket));
    world.start_runner().await?;
    world.no_key_of(id).await
}

oqto_e2e::both_generations!(
    each_api_is_asked_with_a_key_of_the_session,
    a_used_up_budget_is_said_and_may_be_raised,
    a_gateway_that_is_killed_in_the_middle_is_no_event,
    a_gateway_that_is_away_is_said_and_may_be_back,
    keys_that_a_killed_runner_left_end_with_the_next,
);

/// The process of the world's runner.
async fn runner(world: &World) -> Outcome<u64> {
    let details = world.client().await?.call("runner.info", None, json!({})).await?;
    details["pid"].as_u64().ok_or_else(|| "no pid".into())
}

/// Starts `oqto serve` again, with what is in the world's environment now.
async fn served_again(world: &mut World) -> Outcome {
    world.kill_relay().await?;
    world.start_served().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_runner_for_another_pi_or_without_the_gateway_is_replaced() -> Outcome {
    let mut world = World::new(Generation::V087).await?;
    world.environment.push(("ANTHROPIC_API_KEY".into(), PROVIDER_KEY.into()));
    world.start_served().await?;
    let first = runner(&world).await?;
    served_again(&mut world).await?;
    assert_eq!(runner(&world).await?, first, "nothing is another: it stays");

    let pi = world.home.bin().join("pi").display().to_string();
    world.environment.push(("OQTO_PI".into(), pi.clone()));
    served_again(&mut world).await?;
    let replaced = || async { runner(&world).await.ok().filter(|pid| *pid != first) };
    let second = wait::until("a runner with the other Pi", DEADLINE, replaced).await?;
    let details = world.client().await?.call("runner.info", None, json!({})).await?;
    assert_eq!((details["pi_command"].as_str(), details.get("gateway")), (Some(&*pi), None), "{details}");

    world.use_gateway("")?;
    served_again(&mut world).await?;
    let replaced = || async { runner(&world).await.ok().filter(|pid| *pid != second) };
    wait::until("a runner that uses the gateway", DEADLINE, replaced).await?;
    let details = world.client().await?.call("runner.info", None, json!({})).await?;
    assert!(details["gateway"]["address"].as_str().is_some_and(|at| at.starts_with("http://127.0.0.1:")), "{details}");
    let given = details["agent_environment"].as_array().ok_or("no names")?;
    assert!(given.contains(&json!("EAVS_API_KEY")) && !given.contains(&json!("ANTHROPIC_API_KEY")), "{details}");
    Ok(())
}
