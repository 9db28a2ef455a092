//! The scripted model and a real Pi of each generation, without anything of ours between them: what later tests build on.

use std::process::Stdio;
use std::time::Duration;

use oqto_e2e::process::{command, kill_and_reap};
use oqto_e2e::world::World;
use oqto_e2e::{DEADLINE, Outcome};
use oqto_testkit::demo::{MESSAGES_PROVIDER, PROVIDER, RESPONSES_PROVIDER};
use oqto_testkit::pi::Generation;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};

/// Runs one prompt in Pi and gives the texts of the assistant and the tools, in order.
async fn ask(world: &World, provider: &str, prompt: &str) -> Outcome<Vec<String>> {
    let mut pi = command(&world.home, world.home.bin().join("pi"));
    pi.args(["--mode", "rpc", "--no-session", "--provider", provider, "--model", "demo"]);
    let mut pi = pi.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn()?;
    let mut input = pi.stdin.take().ok_or("no stdin")?;
    let mut lines = BufReader::new(pi.stdout.take().ok_or("no stdout")?).lines();
    input.write_all(format!("{}\n", json!({"id": "1", "type": "prompt", "message": prompt})).as_bytes()).await?;
    let mut said = Vec::new();
    let answer = async {
        while let Some(line) = lines.next_line().await? {
            let record: Value = serde_json::from_str(&line)?;
            match record["type"].as_str() {
                Some("message_end") => said.extend(texts(&record["message"])),
                Some("agent_end") => return Ok(()),
                _ => {}
            }
        }
        Outcome::Err("Pi ended".into())
    };
    tokio::time::timeout(DEADLINE, answer).await??;
    kill_and_reap(&mut pi).await?;
    Ok(said)
}

fn texts(message: &Value) -> Vec<String> {
    if !["assistant", "toolResult"].contains(&message["role"].as_str().unwrap_or_default()) {
        return Vec::new();
    }
    let text = |block: &Value| block["text"].as_str().or_else(|| block["thinking"].as_str()).map(String::from);
    message["content"].as_array().map(|blocks| blocks.iter().filter_map(text).collect()).unwrap_or_default()
}

async fn every_api_works(generation: Generation) -> Outcome {
    let world = World::new(generation).await?;
    for provider in [PROVIDER, RESPONSES_PROVIDER, MESSAGES_PROVIDER] {
        let said = ask(&world, provider, "fake:think\nfake:tool bash {\"command\":\"echo out\"}").await?;
        let thought = "Let me think about this. It is simple.";
        let expected = [thought, "Calling a tool.", "out\n", thought, "Tool said: out\n"];
        assert_eq!(said, expected, "{provider} with Pi {}", generation.version());
    }
    world.no_orphans(Duration::from_secs(5)).await
}

#[tokio::test]
async fn pi_073_speaks_every_api_with_the_scripted_model() -> Outcome {
    every_api_works(Generation::V073).await
}

#[tokio::test]
async fn pi_087_speaks_every_api_with_the_scripted_model() -> Outcome {
    every_api_works(Generation::V087).await
}
