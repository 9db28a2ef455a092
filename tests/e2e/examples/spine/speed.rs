//! One busy agent and one reader.

use std::time::Instant;

use oqto_e2e::Outcome;
use oqto_e2e::browser::Browser;
use oqto_testkit::figure::Figure;
use serde_json::json;

use super::page::{Page, is_entry};
use super::programs::Programs;

const DELTAS: u32 = 300_000;
const CHUNKS: u32 = 1_500;

/// Deltas a second until all of the answer is with the reader.
pub(crate) async fn deltas(programs: &Programs, browser: &Browser) -> Outcome {
    let (seconds, frames) = answer(programs, browser, &format!("words {DELTAS}")).await?;
    let bare = bare(programs, &format!("words {DELTAS}"), "").await?;
    Figure::new("deltas of one agent to one WebSocket client (0.87)", f64::from(DELTAS) / seconds, "1/s")
        .beside(f64::from(DELTAS) / bare)
        .at_least(50_000.0);
    Figure::new("frames that these deltas came in", f64::from(frames), "").at_least(1.0);
    Ok(())
}

/// An answer that repeats itself with every delta: 19 MB.
pub(crate) async fn whole_messages(programs: &Programs, browser: &Browser) -> Outcome {
    let (seconds, _) = answer(programs, browser, &format!("words {CHUNKS}")).await?;
    let bare = bare(programs, &format!("words {CHUNKS}"), "--full").await?;
    Figure::new("answer of 1,500 chunks, each with the whole message (0.73, 19 MB)", seconds, "s")
        .beside(bare)
        .at_most(0.5);
    Ok(())
}

/// Seconds from a prompt to the end of its turn, and the frames of text in between.
async fn answer(programs: &Programs, browser: &Browser, script: &str) -> Outcome<(f64, u32)> {
    let mut page = Page::open(browser).await?;
    let session = page.create(&programs.home.work()).await?;
    page.subscribe(session).await?;
    // Nothing is measured cold.
    let mut best = (f64::INFINITY, 0);
    for _ in 0..3 {
        let start = Instant::now();
        page.send("prompt", Some(session), &json!({"text": script})).await?;
        let mut frames = 0;
        loop {
            let line = page.next().await?;
            if line.contains("\"stream.text_delta\"") {
                frames += 1;
            } else if is_entry(&line, "turn.ended") {
                break;
            }
        }
        let seconds = start.elapsed().as_secs_f64();
        if seconds < best.0 {
            best = (seconds, frames);
        }
    }
    page.ask("session.stop", Some(session), &json!({})).await?;
    Ok(best)
}

/// Seconds that the agent needs to write the same into a pipe.
async fn bare(programs: &Programs, script: &str, form: &str) -> Outcome<f64> {
    use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _};
    let mut agent = oqto_e2e::process::command(&programs.home, oqto_testkit::binaries::bin("fake_pi")?);
    agent.args((!form.is_empty()).then_some(form));
    let mut agent = agent.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped()).spawn()?;
    let prompt = json!({"id": "p", "type": "prompt", "message": script}).to_string() + "\n";
    let start = Instant::now();
    agent.stdin.as_mut().ok_or("no stdin")?.write_all(prompt.as_bytes()).await?;
    let mut lines = tokio::io::BufReader::with_capacity(1 << 16, agent.stdout.take().ok_or("no stdout")?).lines();
    while let Some(line) = lines.next_line().await? {
        if line.starts_with("{\"messages\"") || line.starts_with("{\"type\":\"agent_end\"") {
            break;
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    agent.kill().await?;
    Ok(seconds)
}
