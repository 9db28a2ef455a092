//! `eavs serve`

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use oqto_gateway::book::system_clock;
use oqto_gateway::config::{Settings, Weight, check};
use oqto_gateway::gateway::Gateway;
use oqto_gateway::server::{Listeners, limits, serve};
use oqto_kit::config::FlagValue;
use oqto_kit::{Ctx, Error, Exit, Result};
use oqto_protocol::error::ErrorKind;
use tokio::signal::unix::{SignalKind, signal};

use crate::failure::{listening, opening};
use crate::place::{Place, variable};

/// How long answers on their way may take after a signal, and what they used may take to be written down.
const GRACE: Duration = Duration::from_secs(15);

/// How often requests that are older than the configuration keeps them are forgotten.
const TIDY: Duration = Duration::from_secs(3600);

/// Serve on a loopback address and on the admin socket
///
/// Every request needs a virtual key (`eavs keys create`), in the header that the client's SDK uses. Providers, aliases
/// and policy are read again on SIGHUP.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  eavs serve\n  eavs serve --listen 127.0.0.1:0 --config ./eavs.toml\n\n\
    Clients:\n  OPENAI_BASE_URL=http://127.0.0.1:3033/v1  OPENAI_API_KEY=eavs_…\n  \
    ANTHROPIC_BASE_URL=http://127.0.0.1:3033  ANTHROPIC_API_KEY=eavs_…")]
pub(crate) struct Serve {
    /// A loopback address and a port, 0 for any free one [default: 127.0.0.1:3033]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: &Serve) -> Result<Exit> {
    let flags = FlagValue::given("--listen", "server.listen", args.listen.map(|address| address.to_string()));
    let settings = ctx.config::<Settings>(flags.into_iter().collect())?.value;
    for finding in check(&settings, &variable).iter().filter(|finding| finding.weight == Weight::Warning) {
        ctx.printer().warn(&format!("{}: {}", finding.key, finding.problem));
    }
    let (database, socket) = (place.database(ctx)?, place.socket(ctx)?);
    ctx.serve(GRACE, |tasks| async move {
        let listen = settings.server.listen;
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
            failed = reload(ctx, &gateway) => failed,
        }
    })?;
    Ok(Exit::DONE)
}

/// Forgets what is too old, a few requests at a time.
async fn tidy(gateway: &Gateway) {
    loop {
        let limits = limits(&gateway.settings, gateway.book.now_ms());
        match gateway.book.tidy(limits).await {
            Ok(0) => tokio::time::sleep(TIDY).await,
            Ok(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            Err(error) => {
                tracing::warn!(%error, "old requests cannot be forgotten");
                tokio::time::sleep(TIDY).await;
            }
        }
    }
}

/// Reads the configuration again whenever SIGHUP asks for it. One that cannot work changes nothing.
async fn reload(ctx: &Ctx, gateway: &Gateway) -> Result<()> {
    let listening = signal(SignalKind::hangup());
    let mut asked =
        listening.map_err(|error| Error::new(ErrorKind::Failed, "cannot listen for SIGHUP").because(error))?;
    while asked.recv().await.is_some() {
        let read = ctx.config::<Settings>(Vec::new());
        let taken = read.and_then(|loaded| {
            gateway.reload(&loaded.value, &variable).map_err(|error| opening("cannot reload", &error))
        });
        match taken {
            Ok(()) => ctx.note("providers, aliases and policy were read again"),
            Err(error) => ctx.printer().warn(&format!("the configuration stays as it was: {}", error.message())),
        }
    }
    std::future::pending().await
}
