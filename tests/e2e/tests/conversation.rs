//! A conversation with a real Pi through a real runner: text, thinking, tools, images, errors and retries.

use oqto_e2e::session::ended;
use oqto_e2e::world::World;
use oqto_e2e::{Outcome, both_generations};
use oqto_protocol::entry::TurnEnd;
use oqto_protocol::message::{Part, Role, StopReason};
use oqto_testkit::demo::{MESSAGES_PROVIDER, RESPONSES_PROVIDER};
use oqto_testkit::pi::Generation;
use serde_json::json;

both_generations! {
    text_and_thinking,
    tools_one_after_the_other,
    tools_side_by_side,
    tools_that_fail,
    images,
    an_error_ends_the_turn,
    a_retry_that_succeeds,
    a_retry_that_does_not,
    other_apis,
    two_sessions_at_once,
}

async fn text_and_thinking(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = world.session().await?;
    session.ends("fake:think\nfake:text The answer is forty two.", TurnEnd::Done).await?;
    let messages = session.messages();
    let kinds: Vec<_> = messages.iter().map(|message| (message.role, message.stop_reason)).collect();
    assert_eq!(kinds, [(Role::User, None), (Role::Assistant, Some(StopReason::Stop))]);
    let expected = [
        Part::Thinking { text: "Let me think about this. It is simple.".into() },
        Part::Text { text: "The answer is forty two.".into() },
    ];
    assert_eq!(messages[1].parts, expected);
    assert_eq!((messages[1].provider.as_deref(), messages[1].model.as_deref()), (Some("demo"), Some("demo")));
    assert!(session.reader.live > 5, "the answer was streamed: {} live events", session.reader.live);
    session.agrees_with(world.client().await?).await
}

async fn tools_one_after_the_other(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = world.session().await?;
    let script = [
        json!({"path": "hello.txt", "content": "hello\nworld\n"}),
        json!({"path": "hello.txt", "edits": [{"oldText": "world", "newText": "there"}]}),
        json!({"command": "cat hello.txt"}),
    ];
    let [write, edit, bash] = script;
    let prompt = format!("fake:tool write {write}\nfake:tool edit {edit}\nfake:tool bash {bash}\nfake:text done");
    session.ends(&prompt, TurnEnd::Done).await?;
    assert_eq!(std::fs::read_to_string(world.home.work().join("hello.txt"))?, "hello\nthere\n");
    assert_eq!(session.results().last(), Some(&("hello\nthere\n".to_owned(), false)));
    assert_eq!(session.answers().last().map(String::as_str), Some("done"));
    session.agrees_with(world.client().await?).await
}

async fn tools_side_by_side(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = world.session().await?;
    let prompt = "fake:ptool bash {\"command\":\"echo a\"}\nfake:ptool bash {\"command\":\"echo b\"}";
    session.ends(prompt, TurnEnd::Done).await?;
    assert_eq!(session.results(), [("a\n".to_owned(), false), ("b\n".to_owned(), false)]);
    session.agrees_with(world.client().await?).await
}

async fn tools_that_fail(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = world.session().await?;
    let prompt = "fake:tool bash {\"command\":\"echo out; exit 3\"}\nfake:tool read {\"path\":\"none.txt\"}\nfake:tool nosuch {\"a\":1}";
    session.ends(prompt, TurnEnd::Done).await?;
    let results = session.results();
    assert_eq!(results.iter().map(|(_, failed)| *failed).collect::<Vec<_>>(), [true; 3], "{results:?}");
    assert!(results[0].0.contains("code 3") && results[1].0.contains("ENOENT"), "{results:?}");
    assert!(results[2].0.contains("nosuch"), "{results:?}");
    session.agrees_with(world.client().await?).await
}

/// A PNG of one pixel.
const PIXEL: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

async fn images(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = world.session().await?;
    let image = json!({"kind": "base64", "mime_type": "image/png", "data": PIXEL});
    session.call("prompt", json!({"text": "fake:text I see it.", "images": [image]})).await?;
    assert_eq!(session.turns(1).await?, [TurnEnd::Done]);
    let asked = world.model.log().records();
    assert_eq!(asked.last().map(|record| record.conversation.images), Some(1));
    let shown = session.messages()[0].parts.iter().filter(|part| matches!(part, Part::Image { .. })).count();
    assert_eq!(shown, 1, "{:?}", session.messages()[0]);
    session.agrees_with(world.client().await?).await
}

async fn an_error_ends_the_turn(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = world.session().await?;
    session.ends("fake:error 400", TurnEnd::Error).await?;
    let ended = session.reader.payloads("turn.ended");
    assert!(ended[0]["message"].as_str().is_some_and(|message| message.contains("400")), "{ended:?}");
    session.ends("fake:text It works again.", TurnEnd::Done).await?;
    session.agrees_with(world.client().await?).await
}

async fn a_retry_that_succeeds(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = world.session().await?;
    session.ends("fake:error 529 1\nfake:text Second try.", TurnEnd::Done).await?;
    assert_eq!(session.answers().last().map(String::as_str), Some("Second try."));
    session.agrees_with(world.client().await?).await
}

async fn a_retry_that_does_not(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let mut session = world.session().await?;
    session.ends("fake:error 503", TurnEnd::Error).await?;
    assert_eq!(ended(&session.reader).len(), 1, "retries are inside the turn");
    session.ends("fake:text Back.", TurnEnd::Done).await?;
    session.agrees_with(world.client().await?).await
}

async fn other_apis(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    for provider in [RESPONSES_PROVIDER, MESSAGES_PROVIDER] {
        let mut session = world.session_with(json!({"model": format!("{provider}/demo"), "thinking": "low"})).await?;
        let prompt = "fake:think\nfake:tool bash {\"command\":\"echo out\"}";
        session.ends(prompt, TurnEnd::Done).await?;
        assert_eq!(session.results(), [("out\n".to_owned(), false)], "{provider}");
        assert_eq!(session.answers().last().map(String::as_str), Some("Tool said: out\n"), "{provider}");
        session.agrees_with(world.client().await?).await?;
    }
    Ok(())
}

async fn two_sessions_at_once(generation: Generation) -> Outcome {
    let world = World::with_runner(generation).await?;
    let (mut one, mut two) = (world.session().await?, world.session().await?);
    one.prompt("fake:slow 10").await?;
    two.ends("fake:text Not waiting.", TurnEnd::Done).await?;
    assert_eq!(one.turns(1).await?, [TurnEnd::Done]);
    assert_eq!(two.answers(), ["Not waiting."]);
    one.agrees_with(world.client().await?).await?;
    two.agrees_with(world.client().await?).await
}
