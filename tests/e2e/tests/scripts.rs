//! Lines piped into `oqto-runner --stdio`: scripting without an SDK, and its exit codes.

use oqto_e2e::script::{create, pipe, prompt};
use oqto_e2e::world::World;
use oqto_e2e::{DEADLINE, Outcome, both_generations};
use oqto_testkit::pi::Generation;
use serde_json::json;

both_generations! {
    the_script_of_the_protocol_works,
    a_private_runner_leaves_nothing_running,
    a_question_nobody_can_answer_is_cancelled,
}

async fn the_script_of_the_protocol_works(generation: Generation) -> Outcome {
    let world = World::new(generation).await?;
    let script = [create(), prompt("fake:tool bash {\"command\":\"echo TODO\"}\nfake:text One TODO.")];
    let ran = pipe(&world, &[], &script).await?;
    assert_eq!((ran.code, ran.texts()), (Some(0), vec!["Calling a tool.", "One TODO."]), "{}", ran.stderr);
    Ok(())
}

async fn a_private_runner_leaves_nothing_running(generation: Generation) -> Outcome {
    let world = World::new(generation).await?;
    let state = world.home.root().join("private");
    let state = state.to_str().ok_or("the path is not text")?;
    let ran = pipe(&world, &["--state", state], &[create(), prompt("fake:text Alone.")]).await?;
    assert_eq!((ran.code, ran.texts()), (Some(0), vec!["Alone."]), "{}", ran.stderr);
    let nobody = || async { world.inhabitants().is_empty().then_some(()) };
    let waited = oqto_testkit::wait::until("everybody has gone", DEADLINE, nobody).await;
    waited.map_err(|error| format!("{error}: {:#?}", world.inhabitants()).into())
}

async fn a_question_nobody_can_answer_is_cancelled(generation: Generation) -> Outcome {
    let world = World::new(generation).await?;
    let extensions = world.home.pi_agent_dir().join("extensions");
    std::fs::create_dir_all(&extensions)?;
    std::fs::write(extensions.join("asking.ts"), include_str!("../fixtures/asking.ts"))?;
    let ran = pipe(&world, &[], &[create(), prompt("fake:tool bash {\"command\":\"echo careful\"}")]).await?;
    assert_eq!(ran.code, Some(75), "{}", ran.stderr);
    let resolved = ran.frames.iter().find(|frame| frame["event"] == "input.resolved");
    assert_eq!(resolved.map(|frame| frame["data"]["outcome"].clone()), Some(json!("cancelled")));
    Ok(())
}
