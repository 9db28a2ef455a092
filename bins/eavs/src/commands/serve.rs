//! `eavs serve`

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use oqto_gateway::book::system_clock;
use oqto_gateway::config::{Settings, Weight};
use oqto_gateway::gateway::Gateway;
use oqto_gateway::server::{Listeners, serve};
use oqto_kit::config::FlagValue;
use oqto_kit::{Ctx, Error, Exit, Result};
use oqto_protocol::error::ErrorKind;
use tokio::signal::unix::{SignalKind, signal};

use crate::commands::accounts::findings;
use crate::failure::{listening, opening};
use crate::place::{Place, variable};
use crate::watch::Watch;

/// How long answers on their way may take after a signal, and what they used may take to be written down.
const GRACE: Duration = Duration::from_secs(15);

/// How often what is older, or more, than the configuration wants is forgotten.
const TIDY: Duration = Duration::from_secs(60);

/// Serve on a loopback address and on the admin socket
///
/// Every request needs a virtual key (`eavs keys create`), in the header that the client's SDK uses. Providers, aliases
/// and policy are read again when the configuration file changes and on
/// SIGHUP, and kept accounts when one is added or removed; requests on their way are not touched.
#[derive(Args, Debug)]
#[command(after_help = include_str!("serve/help.txt"))]
pub(crate) struct Serve {
    /// A loopback address and a port, 0 for any free one [default: 127.0.0.1:3033]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: &Serve) -> Result<Exit> {
    let flags = FlagValue::given("--listen", "server.listen", args.listen.map(|address| address.to_string()));
    let settings = ctx.config::<Settings>(flags.into_iter().collect())?.value;
    for finding in findings(ctx, place, &settings)?.iter().filter(|finding| finding.weight == Weight::Warning) {
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

/// Reads the configuration again when its file is another or SIGHUP asks for it, and the kept accounts when theirs is. What
/// cannot work changes nothing, and is told until something can.
async fn reload(ctx: &Ctx, gateway: &Gateway) -> Result<()> {
    let listening = signal(SignalKind::hangup());
    let mut asked =
        listening.map_err(|error| Error::new(ErrorKind::Failed, "cannot listen for SIGHUP").because(error))?;
    let files = ctx.config_files::<Settings>()?;
    let mut configuration = Watch::new(vec![files.system, files.own]);
    let kept = || gateway.vault().files();
    let mut accounts = Watch::new(kept());
    loop {
        if accounts.files() != kept() {
            accounts = Watch::new(kept());
        }
        let again = tokio::select! {
            Some(()) = asked.recv() => configured_again(ctx, gateway),
            () = configuration.changed() => configured_again(ctx, gateway),
            () = accounts.changed() => {
                let taken = gateway.reload_accounts(&variable).map_err(|error| opening("cannot reload", &error));
                taken.map(|()| "the kept accounts were read again")
            }
        };
        match again {
            Ok(what) => ctx.note(what),
            Err(error) => {
                gateway.not_taken(error.message());
                ctx.printer().warn(&format!("the configuration stays as it was: {}", error.message()));
            }
        }
    }
}

fn configured_again(ctx: &Ctx, gateway: &Gateway) -> Result<&'static str> {
    let settings = ctx.config::<Settings>(Vec::new())?.value;
    gateway.reload(&settings, &variable).map_err(|error| opening("cannot reload", &error))?;
    Ok("providers, aliases and policy were read again")
}
