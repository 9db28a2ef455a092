//! Questions that a Pi extension asks the person.

use oqto_e2e::reader::Reader;
use oqto_e2e::session::Session;
use oqto_e2e::world::World;
use oqto_e2e::{Outcome, both_generations};
use oqto_protocol::entry::{InputRequest, TurnEnd};
use oqto_protocol::error::ErrorKind;
use oqto_protocol::session::SessionState;
use oqto_testkit::pi::Generation;
use serde_json::{Value, json};

both_generations! {
    a_choice_before_a_tool,
    a_refusal_before_a_tool,
    text_yes_or_no_and_an_editor,
    the_first_answer_wins,
    abort_while_a_question_is_open,
    the_harness_stops_waiting,
}

async fn asking(generation: Generation) -> Outcome<(World, Session)> {
    let world = World::with_runner(generation).await?;
    let extensions = world.home.pi_agent_dir().join("extensions");
    std::fs::create_dir_all(&extensions)?;
    std::fs::write(extensions.join("asking.ts"), include_str!("../fixtures/asking.ts"))?;
    let session = world.session().await?;
    Ok((world, session))
}

fn open(reader: &Reader) -> Option<&InputRequest> {
    reader.fold.as_ref().and_then(|fold| fold.inputs.first())
}

/// Waits for a question.
async fn question(session: &mut Session) -> Outcome<InputRequest> {
    session.until("a question", |reader| open(reader).is_some()).await?;
    assert_eq!(session.reader.fold.as_ref().map(|fold| fold.state), Some(SessionState::Waiting));
    open(&session.reader).cloned().ok_or_else(|| "no question".into())
}

fn answer(request: &InputRequest, answer: Value) -> Value {
    let mut params = json!({"request_id": request.id});
    if let (Some(params), Value::Object(answer)) = (params.as_object_mut(), answer) {
        params.extend(answer);
    }
    params
}

/// Runs a command of the extension that asks one question, answers it, and gives what the extension said then.
async fn told(session: &mut Session, command: &str, reply: Value) -> Outcome<(InputRequest, String)> {
    let before = session.reader.payloads("turn.ended").len();
    session.prompt(command).await?;
    let request = question(session).await?;
    session.call("input.respond", answer(&request, reply)).await?;
    let notice = loop {
        let frame = session.client.event(oqto_e2e::DEADLINE).await?;
        session.reader.take(&frame);
        if frame.event.as_deref() == Some("notify") {
            let data: Value = frame.data.ok_or("no data")?.decode()?;
            break data["message"].as_str().unwrap_or_default().to_owned();
        }
    };
    session.turns(before + 1).await?;
    Ok((request, notice))
}

async fn a_choice_before_a_tool(generation: Generation) -> Outcome {
    let (world, mut session) = asking(generation).await?;
    session.prompt("fake:tool bash {\"command\":\"echo careful\"}").await?;
    let request = question(&mut session).await?;
    assert_eq!(
        (request.title.as_str(), request.options.as_slice()),
        ("Run this command?", &["Allow".into(), "Block".into()][..])
    );
    session.call("input.respond", answer(&request, json!({"value": "Allow"}))).await?;
    assert_eq!(session.turns(1).await?, [TurnEnd::Done]);
    assert_eq!(session.results(), [("careful\n".to_owned(), false)]);
    session.agrees_with(world.client().await?).await
}

async fn a_refusal_before_a_tool(generation: Generation) -> Outcome {
    let (world, mut session) = asking(generation).await?;
    session.prompt("fake:tool bash {\"command\":\"echo careful > made\"}").await?;
    let request = question(&mut session).await?;
    session.call("input.respond", answer(&request, json!({"value": "Block"}))).await?;
    assert_eq!(session.turns(1).await?, [TurnEnd::Done]);
    assert_eq!(session.results(), [("Blocked by the person".to_owned(), true)]);
    assert!(!world.home.work().join("made").exists());
    session.agrees_with(world.client().await?).await
}

async fn text_yes_or_no_and_an_editor(generation: Generation) -> Outcome {
    let (world, mut session) = asking(generation).await?;
    let (request, notice) = told(&mut session, "/ask-input", json!({"value": "Ada"})).await?;
    assert_eq!((request.placeholder.as_deref(), notice.as_str()), (Some("a name"), "the name is Ada"));
    let (request, notice) = told(&mut session, "/ask-confirm", json!({"confirmed": true})).await?;
    assert_eq!((request.message.as_deref(), notice.as_str()), (Some("It cannot be undone."), "sure"));
    let (_, notice) = told(&mut session, "/ask-confirm", json!({"confirmed": false})).await?;
    assert_eq!(notice, "not sure");
    let (request, notice) = told(&mut session, "/ask-editor", json!({"value": "a\nb\nc"})).await?;
    assert_eq!((request.prefill.as_deref(), notice.as_str()), (Some("one\ntwo"), "3 lines"));
    let (_, notice) = told(&mut session, "/ask-editor", json!({"cancelled": true})).await?;
    assert_eq!(notice, "unchanged");
    session.agrees_with(world.client().await?).await
}

async fn the_first_answer_wins(generation: Generation) -> Outcome {
    let (world, mut session) = asking(generation).await?;
    session.prompt("fake:tool bash {\"command\":\"echo careful\"}").await?;
    let request = question(&mut session).await?;
    let mut other = world.client().await?;
    other.call("input.respond", Some(session.id), answer(&request, json!({"value": "Allow"}))).await?;
    let late = other.ask("input.respond", Some(session.id), answer(&request, json!({"value": "Block"}))).await?;
    assert_eq!(late.map_err(|error| error.code), Err(ErrorKind::Conflict));
    assert_eq!(session.turns(1).await?, [TurnEnd::Done]);
    assert_eq!(session.results(), [("careful\n".to_owned(), false)]);
    session.agrees_with(world.client().await?).await
}

async fn abort_while_a_question_is_open(generation: Generation) -> Outcome {
    let (world, mut session) = asking(generation).await?;
    session.prompt("fake:tool bash {\"command\":\"echo careful\"}").await?;
    question(&mut session).await?;
    session.call("abort", json!({})).await?;
    assert_eq!(session.turns(1).await?, [TurnEnd::Aborted]);
    let resolved = session.reader.payloads("input.resolved");
    assert_eq!(resolved[0]["outcome"], "cancelled");
    session.ends("fake:text fine", TurnEnd::Done).await?;
    session.agrees_with(world.client().await?).await
}

/// The question that was asked first.
fn question_of(session: &Session) -> Outcome<InputRequest> {
    let asked = session.reader.payloads("input.requested").into_iter().next().ok_or("nothing was asked")?;
    Ok(serde_json::from_value(asked["request"].clone())?)
}

async fn the_harness_stops_waiting(generation: Generation) -> Outcome {
    let (world, mut session) = asking(generation).await?;
    session.prompt("/ask-briefly").await?;
    session.until("the end of the question", |reader| !reader.payloads("input.resolved").is_empty()).await?;
    assert_eq!(session.reader.payloads("input.resolved")[0]["outcome"], "expired");
    let told = |name: &str| {
        session.reader.entries.iter().find(|entry| entry.event.as_ref().is_some_and(|event| event.name() == name))
    };
    let (asked, gone) = (told("input.requested").ok_or("not asked")?, told("input.resolved").ok_or("not resolved")?);
    let until =
        session.reader.payloads("input.requested")[0]["request"]["expires_at"].as_u64().ok_or("no end is told")?;
    // The extension waits for 300 ms, and a person is told when that is over; then the question goes at once.
    assert!((290..=310).contains(&until.saturating_sub(asked.ts)), "{until} is not 300 ms after {}", asked.ts);
    assert!((until..until + 2_000).contains(&gone.ts), "gone at {}, to go at {until}", gone.ts);
    let late = session
        .client
        .ask("input.respond", Some(session.id), answer(&question_of(&session)?, json!({"value": "Yes"})))
        .await?;
    assert_eq!(late.map_err(|error| error.code), Err(ErrorKind::Conflict));
    session.turns(1).await?;
    session.agrees_with(world.client().await?).await
}
