//! `hstry serve`

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use oqto_history::server::{Config, serve};
use oqto_history::{Client, HistoryError};
use oqto_kit::{Ctx, Exit, Result};

use crate::cli::Place;
use crate::failure::failed;

/// How long requests in flight may take after a signal.
const GRACE: Duration = Duration::from_secs(10);

/// Serve the history on a Unix socket
///
/// Only one service can own a database. When one answers on the socket already, there is nothing to do and this
/// succeeds.
#[derive(Args, Debug)]
pub(crate) struct Serve {
    /// The socket [default: $OQTO_HSTRY_SOCKET, else hstry.sock in the runtime directory]
    #[arg(long, value_name = "PATH")]
    socket: Option<PathBuf>,
    /// End when nobody was connected for this many seconds
    #[arg(long, value_name = "SECONDS")]
    idle_timeout: Option<u64>,
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: &Serve) -> Result<Exit> {
    let database = place.database(ctx)?;
    let socket = match &args.socket {
        Some(socket) => socket.clone(),
        None => ctx.dirs()?.hstry_socket(),
    };
    let mut config = Config::new(database);
    config.idle_timeout = args.idle_timeout.map(Duration::from_secs);
    let served = ctx.serve(GRACE, |tasks| async move {
        let stop = tasks.token().clone();
        let ready = || ctx.note(&format!("serving on {}", oqto_kit::escape::line(&socket.display().to_string())));
        match serve(&socket, config, stop, ready).await {
            Err(HistoryError::Owned(_)) if answers(&socket).await => {
                ctx.note("a service answers there already");
                Ok(())
            }
            outcome => outcome.map_err(|error| failed("cannot serve the history", &error)),
        }
    });
    served.map(|()| Exit::DONE)
}

async fn answers(socket: &std::path::Path) -> bool {
    let asked = async { Client::connect_unix(socket).await?.stats().await };
    tokio::time::timeout(Duration::from_secs(2), asked).await.is_ok_and(|answer| answer.is_ok())
}
