//! `oqto-runner --stdio`.

use std::cell::Cell;
use std::path::PathBuf;
use std::time::Duration;

use oqto_kit::{Ctx, Error, Exit, OrFail as _, Result};
use oqto_protocol::error::{ErrorKind, exit};
use oqto_runner_core::{connection, server, stdio};
use oqto_wire::greeting::{hello, read_hello, say_hello};
use oqto_wire::source::{LineSink, LineSource};
use oqto_wire::{HelloRule, pipes, unix};
use tokio_util::sync::CancellationToken;

use super::daemon::{failed, reach, settings};

const SOFTWARE: &str = concat!("oqto-runner-stdio/", env!("CARGO_PKG_VERSION"));

/// How long the sessions of a private runner get to end when a signal ends it.
const GRACE: Duration = Duration::from_secs(20);

pub(crate) fn run(ctx: &Ctx, state: Option<PathBuf>) -> Result<Exit> {
    let code = match state {
        None => ctx.block_on(async {
            let (source, sink) = unix::lines(reach(ctx).await?);
            speak(source, sink).await
        })?,
        Some(state) => {
            let code = Cell::new(exit::DONE);
            ctx.serve(GRACE, |tasks| {
                let (stop, code) = (tasks.token().clone(), &code);
                async move {
                    code.set(private(ctx, state, stop).await?);
                    Ok(())
                }
            })?;
            code.get()
        }
    };
    Ok(Exit::code(code))
}

/// A runner of its own, in this process: its history and its holders are in `state`, and its sessions are stopped
/// with it, also when a signal ends it.
async fn private(ctx: &Ctx, state: PathBuf, stop: CancellationToken) -> Result<u8> {
    let state = std::path::absolute(&state).or_fail(ErrorKind::Config, || "the state directory cannot be used")?;
    unix::ensure_private_folder(&state).or_fail(ErrorKind::Config, || "the state directory cannot be used")?;
    let mut settings = settings(ctx)?;
    settings.state = state.join("runner");
    settings.hstry.socket = state.join("hstry.sock");
    settings.hstry.log = state.join("hstry.log");
    let database = state.join("hstry.db");
    if let Some((_, arguments)) = &mut settings.hstry.start {
        *arguments = vec![
            "serve".into(),
            "--idle-timeout".into(),
            "5".into(),
            "--socket".into(),
            settings.hstry.socket.display().to_string(),
            "--database".into(),
            database.display().to_string(),
        ];
    }
    let runner = server::start(settings).await.map_err(failed)?;
    let (near, far) = pipes::memory(1 << 20);
    runner.tasks.spawn(connection::serve(runner.clone(), far.0, far.1, HelloRule::Optional));
    let code = tokio::select! {
        code = speak(near.0, near.1) => code,
        () = stop.cancelled() => Err(Error::new(ErrorKind::Cancelled, "ended by a signal")),
    };
    server::stop_sessions(&runner).await;
    server::drain(&runner).await;
    code
}

async fn speak<R, S>(mut source: R, mut sink: S) -> Result<u8>
where
    R: LineSource,
    S: LineSink,
{
    let greeted = async {
        say_hello(&mut sink, hello(SOFTWARE, &[])).await?;
        read_hello(&mut source).await
    };
    let theirs =
        greeted.await.map_err(|error| Error::new(error.kind(), "the runner did not say hello").because(error))?;
    let (mut input, mut output) = pipes::stdio();
    match stdio::run(&mut input, &mut output, theirs, source, sink).await {
        Ok(code) => Ok(code),
        // Nobody reads what is printed any more: that is the reader's choice.
        Err(error) if error.code == ErrorKind::Cancelled => Ok(exit::DONE),
        Err(error) => Err(failed(error)),
    }
}
