//! The life of a session: compaction, fork, rewind, models, thinking, titles, stop, resume, delete.

use oqto_e2e::reader::Reader;
use oqto_e2e::session::Session;
use oqto_e2e::world::World;
use oqto_e2e::{Outcome, both_generations};
use oqto_protocol::entry::TurnEnd;
use oqto_protocol::error::ErrorKind;
use oqto_protocol::ids::SessionId;
use oqto_protocol::session::SessionState;
use oqto_testkit::pi::Generation;
use serde_json::{Value, json};

both_generations! {
    compaction,
    fork_before_a_message,
    rewind_before_a_message,
    another_model_for_one_session_only,
    another_thinking_level_for_one_session_only,
    rename,
    stop_and_resume,
    delete,
    commands_models_and_statistics,
}

/// Numbers of the user messages.
fn user_entries(reader: &Reader) -> Vec<u64> {
    let is_user = |data: &str| serde_json::from_str::<Value>(data).is_ok_and(|data| data["message"]["role"] == "user");
    reader.entries.iter().filter(|entry| is_user(&entry.data)).map(|entry| entry.seq).collect()
}

fn state(session: &Session) -> Option<SessionState> {
    session.reader.fold.as_ref().map(|fold| fold.state)
}

async fn compaction(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = world.session().await?;
    for number in 0..3 {
        let text = format!("lorem-ipsum-{number}-").repeat(5000);
        session.ends(&format!("fake:text {text}"), TurnEnd::Done).await?;
    }
    session.call("compact", json!({})).await?;
    session.until("the summary", |reader| !reader.payloads("context.compacted").is_empty()).await?;
    let compacted = session.reader.payloads("context.compacted");
    assert!(compacted[0]["summary"].as_str().is_some_and(|summary| summary.contains("scripted")), "{compacted:?}");
    session.ends("fake:text after it", TurnEnd::Done).await?;
    let sent = world.model.log().records().last().map(|record| record.body.to_string().len());
    assert!(sent.is_some_and(|bytes| bytes < 200_000), "the context is smaller than before: {sent:?}");
    session.agrees_with(world.client().await?).await
}

async fn three_answers(world: &World) -> Outcome<Session> {
    let mut session = world.session().await?;
    for text in ["one", "two", "three"] {
        session.ends(&format!("fake:text {text}"), TurnEnd::Done).await?;
    }
    Ok(session)
}

async fn fork_before_a_message(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = three_answers(&world).await?;
    let at = user_entries(&session.reader)[1];
    let forked = session.call("fork", json!({"at": at})).await?;
    assert_eq!(forked["text"], "fake:text two");
    let id: SessionId = serde_json::from_value(forked["session"]["id"].clone())?;
    assert_ne!(id, session.id);
    let mut fork = Session::follow(world.client().await?, Reader::new(id)).await?;
    fork.ends("fake:text other", TurnEnd::Done).await?;
    assert_eq!(fork.answers(), ["one", "other"]);
    let asked = world.model.log().records().last().map(|record| record.conversation.prompts);
    assert_eq!(asked, Some(2), "the model was told what came before the fork, and nothing else");
    session.ends("fake:text four", TurnEnd::Done).await?;
    assert_eq!(session.answers(), ["one", "two", "three", "four"]);
    session.call("session.delete", json!({})).await?;
    fork.ends("fake:text still here", TurnEnd::Done).await?;
    fork.agrees_with(world.client().await?).await
}

async fn rewind_before_a_message(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = three_answers(&world).await?;
    let to = user_entries(&session.reader)[1];
    let rewound = session.call("rewind", json!({"to": to})).await?;
    assert_eq!(rewound["text"], "fake:text two");
    session.ends("fake:text instead", TurnEnd::Done).await?;
    let asked = world.model.log().records().last().map(|record| record.conversation.prompts);
    assert_eq!(asked, Some(2), "the model was told what came before, and nothing else");
    let fold = session.reader.fold.clone().ok_or("no fold")?;
    let shown: Vec<_> = user_entries(&session.reader).into_iter().map(|seq| fold.shows(seq)).collect();
    assert_eq!(shown, [true, false, false, true]);
    session.agrees_with(world.client().await?).await
}

async fn another_model_for_one_session_only(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let settings = world.home.pi_agent_dir().join("settings.json");
    let before = std::fs::read_to_string(&settings)?;
    let (mut one, mut two) = (world.session().await?, world.session().await?);
    one.ends("fake:text before", TurnEnd::Done).await?;
    one.call("set_model", json!({"provider": "demo", "model": "demo-2"})).await?;
    let model = || world.model.log().records().last().map(|record| record.conversation.model.clone());
    one.ends("fake:text with the second", TurnEnd::Done).await?;
    assert_eq!(model().as_deref(), Some("demo-2"));
    two.ends("fake:text with the first", TurnEnd::Done).await?;
    assert_eq!(model().as_deref(), Some("demo"));
    let mut three = world.session().await?;
    three.ends("fake:text with the first", TurnEnd::Done).await?;
    assert_eq!(model().as_deref(), Some("demo"));
    assert_eq!(std::fs::read_to_string(&settings)?, before, "the person's settings stay as they are");
    let refused = one.client.ask("set_model", Some(one.id), json!({"provider": "demo", "model": "none"})).await?;
    assert_eq!(refused.map_err(|error| error.code), Err(ErrorKind::Model));
    one.agrees_with(world.client().await?).await
}

async fn another_thinking_level_for_one_session_only(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let settings = world.home.pi_agent_dir().join("settings.json");
    let before = std::fs::read_to_string(&settings)?;
    let mut session = world.session().await?;
    session.ends("fake:text before", TurnEnd::Done).await?;
    session.call("set_thinking_level", json!({"level": "high"})).await?;
    session.until("the change", |reader| !reader.payloads("config.changed").is_empty()).await?;
    session.ends("fake:text after", TurnEnd::Done).await?;
    let level = session.reader.fold.as_ref().and_then(|fold| fold.thinking.clone());
    assert_eq!(level.as_deref(), Some("high"));
    assert_eq!(std::fs::read_to_string(&settings)?, before, "the person's settings stay as they are");
    session.agrees_with(world.client().await?).await
}

async fn rename(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = world.session().await?;
    session.ends("fake:text hello", TurnEnd::Done).await?;
    session.call("session.rename", json!({"title": "A better name"})).await?;
    session.until("the new title", |reader| !reader.payloads("session.renamed").is_empty()).await?;
    let listed = session.client.call("session.list", None, json!({"query": "better"})).await?;
    assert_eq!(listed["sessions"][0]["title"], "A better name");
    session.agrees_with(world.client().await?).await
}

async fn stop_and_resume(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = world.session().await?;
    session.ends("fake:text remember", TurnEnd::Done).await?;
    session.call("session.stop", json!({})).await?;
    session.until("the end of the process", |reader| !reader.payloads("session.closed").is_empty()).await?;
    assert_eq!(state(&session), Some(SessionState::Stopped));
    world.no_orphans(oqto_e2e::DEADLINE).await?;
    session.call("session.resume", json!({})).await?;
    session.ends("fake:text again", TurnEnd::Done).await?;
    let resumed = session.reader.payloads("session.resumed");
    assert!(resumed.iter().all(|data| data["fresh"] == false), "{resumed:?}");
    let asked = world.model.log().records().last().map(|record| record.conversation.prompts);
    assert_eq!(asked, Some(2), "the agent remembers");
    session.agrees_with(world.client().await?).await
}

async fn delete(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = world.session().await?;
    session.prompt("fake:slow 100").await?;
    session.until("a turn", |reader| !reader.payloads("turn.started").is_empty()).await?;
    let id = session.id;
    session.call("session.delete", json!({})).await?;
    world.no_orphans(oqto_e2e::DEADLINE).await?;
    let mut client = world.client().await?;
    let gone = client.ask("session.get", Some(id), json!({})).await?;
    assert_eq!(gone.map_err(|error| error.code), Err(ErrorKind::NotFound));
    let listed = client.call("session.list", None, json!({})).await?;
    assert_eq!(listed["sessions"], json!([]));
    Ok(())
}

async fn commands_models_and_statistics(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let extensions = world.home.pi_agent_dir().join("extensions");
    std::fs::create_dir_all(&extensions)?;
    std::fs::write(extensions.join("asking.ts"), include_str!("../fixtures/asking.ts"))?;
    let mut session = world.session().await?;
    session.ends("fake:text hello", TurnEnd::Done).await?;
    let commands = session.call("get_commands", json!({})).await?;
    assert!(commands.to_string().contains("\"ask-input\""), "{commands}");
    let models = session.call("get_models", json!({})).await?;
    let has = |id: &str| models["models"].as_array().is_some_and(|models| models.iter().any(|model| model["id"] == id));
    assert!(has("demo") && has("demo-2"), "{models}");
    let statistics = session.call("get_stats", json!({})).await?;
    assert_eq!((&statistics["user_messages"], &statistics["assistant_messages"]), (&json!(1), &json!(1)));
    session.agrees_with(world.client().await?).await
}
