//! `oqto-runner --stdio`.

use std::path::PathBuf;

use oqto_kit::{Ctx, Error, Exit, OrFail as _, Result};
use oqto_protocol::error::ErrorKind;
use oqto_runner_core::{connection, server, stdio};
use oqto_wire::greeting::hello;
use oqto_wire::source::{LineSink, LineSource};
use oqto_wire::{HelloRule, peer, pipes, unix};

use super::daemon::{failed, reach, settings};

const SOFTWARE: &str = concat!("oqto-runner-stdio/", env!("CARGO_PKG_VERSION"));

pub(crate) fn run(ctx: &Ctx, state: Option<PathBuf>) -> Result<Exit> {
    let code = ctx.block_on(async {
        match state {
            None => {
                let (source, sink) = unix::lines(reach(ctx).await?);
                speak(source, sink).await
            }
            Some(state) => private(ctx, state).await,
        }
    })?;
    Ok(Exit::code(code))
}

/// A runner of its own, in this process: its history and its holders are in `state`, and its sessions are stopped
/// with it.
async fn private(ctx: &Ctx, state: PathBuf) -> Result<u8> {
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
    let code = speak(near.0, near.1).await;
    server::stop_sessions(&runner).await;
    server::drain(&runner).await;
    code
}

async fn speak<R, S>(source: R, sink: S) -> Result<u8>
where
    R: LineSource + 'static,
    S: LineSink + 'static,
{
    let (peer, mut events, driver) = peer::open(source, sink, hello(SOFTWARE, &[]))
        .await
        .map_err(|error| Error::new(error.kind(), "the runner did not say hello").because(error))?;
    let driving = tokio::spawn(driver.run());
    let (mut input, mut output) = pipes::stdio();
    let code = stdio::run(&mut input, &mut output, &peer, &mut events).await;
    driving.abort();
    match code {
        Ok(code) => Ok(code),
        // Nobody reads what is printed any more: that is the reader's choice.
        Err(error) if error.code == ErrorKind::Cancelled => Ok(0),
        Err(error) => Err(failed(error)),
    }
}
