//! `eavs serve`

mod again;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use oqto_gateway::book::system_clock;
use oqto_gateway::gateway::Gateway;
use oqto_gateway::server::{Listeners, serve};
use oqto_kit::config::FlagValue;
use oqto_kit::{Ctx, Exit, Result};

use crate::failure::{listening, opening};
use crate::place::{Place, variable};
use again::{Again, hangups};

/// How long answers on their way may take after a signal, and what they used may take to be written down.
const GRACE: Duration = Duration::from_secs(15);

/// How often what is older, or more, than the configuration wants is forgotten.
const TIDY: Duration = Duration::from_secs(60);

/// Serve on a loopback address and on the admin socket
///
/// Every request needs a virtual key (`eavs keys create`), in the header that the client's SDK uses.
#[derive(Args, Debug)]
#[command(after_help = include_str!("serve/help.txt"))]
pub(crate) struct Serve {
    /// A loopback address and a port, 0 for any free one [default: 127.0.0.1:3033]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: &Serve) -> Result<Exit> {
    let flags = FlagValue::given("--listen", "server.listen", args.listen.map(|address| address.to_string()));
    let (again, settings) = Again::first(ctx, place, flags.into_iter().collect())?;
    let (database, socket) = (place.database(ctx)?, place.socket(ctx)?);
    ctx.serve(GRACE, |tasks| async move {
        let listen = settings.server.listen;
        // From here on, a signal does not end it.
        let asked = hangups()?;
        let opened = Gateway::open(settings, &database, system_clock(), &variable, tasks.clone()).await;
        let gateway = opened.map_err(|error| opening("cannot serve", &error))?;
        let listeners = match Listeners::bind(listen, &socket).await {
            Ok(listeners) => listeners,
            Err(error) => {
                gateway.book.close().await;
                return Err(listening(&error));
            }
        };
        ctx.note(&format!("listening on http://{}", listeners.address()));
        let stop = tasks.token().clone();
        let tidying = Arc::clone(&gateway);
        tasks.spawn("tidy", async move { stop.run_until_cancelled(tidy(&tidying)).await });
        tokio::select! {
            () = serve(&gateway, listeners) => Ok(()),
            failed = again.run(&gateway, asked) => failed,
        }
    })?;
    Ok(Exit::DONE)
}

/// Forgets what is too old, a few requests at a time.
async fn tidy(gateway: &Gateway) {
    loop {
        match gateway.tidy().await {
            Ok(0) => tokio::time::sleep(TIDY).await,
            Ok(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            Err(error) => {
                tracing::warn!(%error, "old requests cannot be forgotten");
                tokio::time::sleep(TIDY).await;
            }
        }
    }
}
