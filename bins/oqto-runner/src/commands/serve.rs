//! `oqto-runner serve`.

use std::time::Duration;

use oqto_kit::{Ctx, Exit, Result};
use oqto_protocol::error::ErrorKind;
use oqto_runner_core::{server, socket};
use oqto_wire::unix::{Listener, activated};

use super::daemon::{failed, settings};

/// How long connections get when the runner stops.
const GRACE: Duration = Duration::from_secs(10);

/// Be the daemon
///
/// Serves the runner's socket, or the one that a service manager passes on. Agents go on when it stops; the next runner
/// attaches to them.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {}

pub(crate) fn run(ctx: &Ctx, _args: &Args) -> Result<Exit> {
    let settings = settings(ctx)?;
    let place = ctx.dirs()?.runner_socket();
    ctx.serve(GRACE, |tasks| async move {
        let listener = match activated() {
            Some(inherited) => Listener::inherited(inherited, &place).map_err(|error| socket::socket_error(&error)),
            None => socket::bind(&place).await,
        };
        let listener = match listener {
            Ok(listener) => listener,
            Err(error) if error.code == ErrorKind::AlreadyExists => {
                ctx.note(&error.message);
                return Ok(());
            }
            Err(error) => return Err(failed(error)),
        };
        let runner = server::start(settings).await.map_err(failed)?;
        let stop = tasks.token().clone();
        let shutdown = runner.shutdown.clone();
        tasks.spawn("stop", async move {
            tokio::select! {
                () = stop.cancelled() => shutdown.cancel(),
                () = shutdown.cancelled() => {}
            }
        });
        let served = server::listen(&runner, &listener).await;
        // Who comes now finds nobody and starts the next one, instead of waiting for a daemon that is going.
        drop(listener);
        server::drain(&runner).await;
        served.map_err(failed)
    })?;
    Ok(Exit::DONE)
}
