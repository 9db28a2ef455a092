//! The holder behind a session: starting one, attaching to it, feeding and following it, and clearing up after it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use oqto_harness::adapter::{Adapter, Exit, Outgoing};
use oqto_process::{Holder, HolderState, Records, StreamError};
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::ids::SessionId;
use tokio::sync::mpsc;

use super::process::{FromHolder, StreamEnd, Up};
use crate::context::Shared;
use crate::gateway::Access;
use crate::harnesses::{Installation, Launch};

/// Asks a holder to end its tree.
pub(super) fn kill(ctx: &Shared, holder: Option<Holder>) {
    let Some(holder) = holder else { return };
    ctx.tasks.spawn(async move {
        if let Err(error) = holder.kill_tree().await {
            tracing::debug!(%error, "the holder cannot be asked to end its tree");
        }
    });
}

/// Ends every process that carries the tag of a holder that is gone, not wanted, or does not end.
pub(super) fn sweep(dir: &Path) {
    match oqto_process::inspect(dir) {
        Ok(HolderState::Running(meta) | HolderState::Exited(meta) | HolderState::Dead(meta)) => {
            if let Err(error) = oqto_process::sweep_holder(&meta) {
                tracing::error!(dir = %dir.display(), %error, "processes are left");
            }
        }
        Ok(HolderState::Absent) => {}
        Err(error) => tracing::warn!(dir = %dir.display(), %error, "a holder cannot be judged"),
    }
}

/// Where the holder of a start lives.
pub(super) fn holder_dir(ctx: &Shared, session: SessionId, start: &str) -> PathBuf {
    ctx.holders_of(session).join(start)
}

/// A holder removes its directory itself; the one of a holder that is gone is removed for it.
pub(super) async fn release(ctx: &Shared, session: SessionId, start: &str, holder: Option<Holder>) {
    let dir = holder_dir(ctx, session, start);
    let released = match holder {
        Some(holder) => holder.release().await.is_ok(),
        None => false,
    };
    if !released {
        remove(&dir);
    }
    let launch = launch_file(&dir);
    if let Err(error) = std::fs::remove_file(&launch)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(path = %launch.display(), %error, "cannot be removed");
    }
    if let Some(gateway) = &ctx.gateway {
        gateway.start_is_over();
    }
}

/// Removes the directory of a holder that is gone.
pub(super) fn remove(dir: &Path) {
    if let Err(error) = std::fs::remove_dir_all(dir)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(path = %dir.display(), %error, "cannot be removed");
    }
}

/// Says which harness a holder was started for, beside its directory: needed to read its journal.
pub(super) fn launch_file(dir: &Path) -> PathBuf {
    dir.with_extension("launch.json")
}

pub(super) async fn launch_holder(
    ctx: &Shared,
    session: SessionId,
    start: &str,
    launch: &Launch,
    records: mpsc::Sender<FromHolder>,
) -> Result<Up, WireError> {
    let installation = ctx.catalog.installation(&launch.harness).await?;
    let access = match &ctx.gateway {
        Some(gateway) => Some(gateway.begin(start, launch, ctx.catalog.usual_model()).await?),
        None => None,
    };
    let started = start_holder(ctx, session, start, launch, access.as_ref(), installation, records).await;
    if let Some(gateway) = &ctx.gateway {
        gateway.began(start);
    }
    started
}

async fn start_holder(
    ctx: &Shared,
    session: SessionId,
    start: &str,
    launch: &Launch,
    access: Option<&Access>,
    installation: Installation,
    records: mpsc::Sender<FromHolder>,
) -> Result<Up, WireError> {
    let dir = holder_dir(ctx, session, start);
    let spec = ctx.catalog.spec(ctx, &installation, launch, access, &dir, start)?;
    prepare(&dir, &installation)?;
    oqto_process::start(&ctx.places.hold_program, &spec).await.map_err(|error| {
        let why = crate::harnesses::chain(&error);
        WireError::new(ErrorKind::HarnessUnavailable, format!("{} cannot be started: {why}", launch.harness))
            .with_hint("run `oqtoctl doctor`")
    })?;
    let (holder, stream) = oqto_process::attach(&dir, ctx.epoch, 0).await.map_err(|error| {
        let why = crate::harnesses::chain(&error);
        WireError::new(ErrorKind::HarnessUnavailable, format!("the holder cannot be attached to: {why}"))
    })?;
    let adapter = installation.adapter(session, start, None)?;
    Ok(attached(ctx, start, dir, holder, stream, adapter, installation, records))
}

/// The directory above a holder's, and the note beside it.
fn prepare(dir: &Path, installation: &Installation) -> Result<(), WireError> {
    use std::os::unix::fs::DirBuilderExt as _;
    let parent = dir.parent().unwrap_or(dir);
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(parent)
        .map_err(|error| crate::trust::not_written(parent, &error))?;
    let note = launch_file(dir);
    let text =
        serde_json::to_vec(installation).map_err(|error| WireError::new(ErrorKind::Internal, error.to_string()))?;
    std::fs::write(&note, text).map_err(|error| crate::trust::not_written(&note, &error))
}

#[expect(clippy::too_many_arguments, reason = "the parts of a process, each once")]
pub(super) fn attached(
    ctx: &Shared,
    start: &str,
    dir: PathBuf,
    holder: Holder,
    stream: Records,
    adapter: Box<dyn Adapter>,
    installation: Installation,
    records: mpsc::Sender<FromHolder>,
) -> Up {
    let (sends, queue) = mpsc::unbounded_channel();
    ctx.tasks.spawn(feed(holder.clone(), queue));
    ctx.tasks.spawn(follow(start.to_owned(), stream, records));
    Up {
        start: start.to_owned(),
        dir,
        holder: Some(holder),
        sends,
        adapter,
        installation,
        next_index: 0,
        since: Instant::now(),
        bound: false,
        ending: None,
        replay_until: 0,
        deferred: Vec::new(),
        sent_ids: HashSet::new(),
        exit: Exit::default(),
    }
}

async fn feed(holder: Holder, mut queue: mpsc::UnboundedReceiver<Outgoing>) {
    while let Some(outgoing) = queue.recv().await {
        loop {
            match holder.send(&outgoing.id, outgoing.bytes.clone()).await {
                Ok(_) => break,
                Err(oqto_process::CallError::Refused(failure)) if later(&failure) => {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                Err(error) => {
                    tracing::debug!(id = outgoing.id, %error, "not sent; the records will say why");
                    break;
                }
            }
        }
    }
}

const fn later(failure: &oqto_process::frames::CallFailure) -> bool {
    use oqto_process::frames::FailureCode;
    match failure.code {
        FailureCode::Busy | FailureCode::NoSpace => true,
        FailureCode::StdinClosed | FailureCode::State | FailureCode::Invalid | FailureCode::System => false,
    }
}

async fn follow(start: String, mut stream: Records, records: mpsc::Sender<FromHolder>) {
    let end = loop {
        let next = tokio::select! {
            next = stream.next() => next,
            () = records.closed() => return,
        };
        match next {
            Some(Ok(record)) => {
                if records.send(FromHolder::Record(start.clone(), record)).await.is_err() {
                    return;
                }
            }
            Some(Err(StreamError::Fenced { .. })) => break StreamEnd::Fenced,
            Some(Err(StreamError::Lost { .. })) => break StreamEnd::Lost,
            None => break StreamEnd::Released,
        }
    };
    // The actor may have ended; then nobody needs to know.
    let _ended = records.send(FromHolder::Ended(start, end)).await;
}
