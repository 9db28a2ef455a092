//! The models that a harness offers, asked of a short-lived process of its own: a person chooses one before there is a
//! session. The process keeps no session and is ended as soon as it has answered.

use std::time::{Duration, Instant};

use oqto_harness::adapter::{Action, Exit, Input, Output, Reply};
use oqto_process::helper::{Piped, piped};
use oqto_protocol::command::Models;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::ids::SessionId;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::context::Shared;
use crate::harnesses::{Installation, chain};

/// How long the process may take.
const DEADLINE: Duration = Duration::from_secs(30);
/// How long an answer stays good.
const FRESH: Duration = Duration::from_secs(60);

/// Answers that are still good.
#[derive(Debug, Default)]
pub struct Known(tokio::sync::Mutex<Vec<(String, Instant, Models)>>);

/// The models of a harness in a workspace.
///
/// # Errors
/// `harness_unavailable`, `harness_failed`, `timed_out`.
pub async fn of(ctx: &Shared, harness: &str, workspace: &str) -> Result<Models, WireError> {
    // One at a time: two pages that open at once need one process.
    let mut known = ctx.models.0.lock().await;
    known.retain(|(_, at, _)| at.elapsed() < FRESH);
    if let Some((_, _, models)) = known.iter().find(|(place, ..)| place == workspace) {
        return Ok(models.clone());
    }
    let installation = ctx.catalog.installation(harness).await?;
    let asked = tokio::time::timeout(DEADLINE, ask(ctx, &installation, workspace)).await;
    let models = asked.map_err(|_| {
        WireError::new(
            ErrorKind::TimedOut,
            format!("{harness} did not tell its models within {} s", DEADLINE.as_secs()),
        )
    })??;
    known.push((workspace.to_owned(), Instant::now(), models.clone()));
    Ok(models)
}

async fn ask(ctx: &Shared, installation: &Installation, workspace: &str) -> Result<Models, WireError> {
    let origin = SessionId::mint();
    let mut adapter = installation.adapter(origin, "models", None)?;
    let access = match &ctx.gateway {
        Some(gateway) => Some(gateway.look().await?),
        None => None,
    };
    let helper = ctx.catalog.passing(installation, workspace, access.as_ref()).await;
    let failed = |why: String| WireError::new(ErrorKind::HarnessFailed, format!("{} {why}", installation.harness));
    let mut process = piped(&helper).map_err(|error| failed(format!("cannot be started: {}", chain(&error))))?;
    let mut index = 0;
    for outgoing in adapter.encode(&Action::Models { key: "models".to_owned() })? {
        write(&mut process, &outgoing.bytes).await.map_err(|error| failed(format!("does not listen: {error}")))?;
        adapter.read(index, 0, Input::Sent { id: &outgoing.id, bytes: &outgoing.bytes }, &mut Vec::new());
        index += 1;
    }
    let mut buffer = vec![0_u8; 64 * 1024];
    loop {
        let mut outputs = Vec::new();
        let count = read(&mut process, &mut buffer).await.map_err(|error| failed(format!("was lost: {error}")))?;
        let input = if count == 0 { Input::Exited(Exit::default()) } else { Input::Stdout(&buffer[..count]) };
        adapter.read(index, 0, input, &mut outputs);
        index += 1;
        for output in outputs {
            match output {
                Output::Reply { result, .. } => return models(result),
                Output::Send(outgoing) => {
                    write(&mut process, &outgoing.bytes)
                        .await
                        .map_err(|error| failed(format!("does not listen: {error}")))?;
                    adapter.read(index, 0, Input::Sent { id: &outgoing.id, bytes: &outgoing.bytes }, &mut Vec::new());
                    index += 1;
                }
                Output::Exited { last_words, .. } => return Err(failed(format!("ended: {last_words}"))),
                Output::Entry(_)
                | Output::Live(_)
                | Output::Bound { .. }
                | Output::PromptAccepted { .. }
                | Output::SteerDelivered { .. }
                | Output::SteerReturned { .. }
                | Output::Settled { .. }
                | Output::NeedsRestart => {}
            }
        }
    }
}

fn models(result: Result<Reply, WireError>) -> Result<Models, WireError> {
    match result? {
        Reply::Models { models, thinking_levels } => Ok(Models { models, thinking_levels }),
        Reply::Done | Reply::Commands(_) | Reply::Stats(_) | Reply::Rewound { .. } => {
            Err(WireError::new(ErrorKind::HarnessFailed, "the harness answered something else than its models"))
        }
    }
}

async fn write(process: &mut Piped, bytes: &[u8]) -> std::io::Result<()> {
    let Some(stdin) = process.stdin.as_mut() else { return Err(std::io::ErrorKind::BrokenPipe.into()) };
    stdin.write_all(bytes).await?;
    stdin.flush().await
}

async fn read(process: &mut Piped, buffer: &mut [u8]) -> std::io::Result<usize> {
    match process.stdout.as_mut() {
        Some(stdout) => stdout.read(buffer).await,
        None => Ok(0),
    }
}
