//! `oqto serve`.

use super::provider::Provider;
use crate::config::Config;
use crate::runners::runners;
use oqto_kit::config::FlagValue;
use oqto_kit::{Ctx, Dirs, Error, Exit, OrFail as _, Page, Report, Result, Tasks, escape};
use oqto_protocol::error::ErrorKind;
use oqto_relay::auth::{Allowed, Authenticator, SignIns};
use oqto_relay::{Parts, Relay, server};
use oqto_wire::unix::{Listener, SocketError, ensure_private_folder};
use serde::Serialize;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::pin;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long open connections get when the server stops.
const GRACE: Duration = Duration::from_secs(5);

/// How long the first link waits for a runner that has to be replaced.
const SETTLING: Duration = Duration::from_millis(100);

/// Start the server
///
/// Prints its address and a link that signs you in. Agents go on when it stops, and so does the model gateway that they
/// ask; pages come back when it starts again.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// Use the built-in demo model although a provider is connected
    #[arg(long)]
    demo: bool,
    /// Let agents ask for models through eavs, which is started on demand with the keys found in the environment
    #[arg(long, conflicts_with = "demo")]
    gateway: bool,
}

pub(crate) fn run(ctx: &Ctx, args: Args) -> Result<Exit> {
    let flags = FlagValue::given("--listen", "listen", args.listen).into_iter().collect();
    let mut config = ctx.config::<Config>(flags)?.value;
    config.gateway.enabled |= args.gateway;
    let dirs = ctx.dirs()?;
    let demo = args.demo;
    ctx.serve(GRACE, |tasks| serve(ctx, config, dirs, demo, tasks))?;
    Ok(Exit::DONE)
}

async fn serve(ctx: &Ctx, config: Config, dirs: Dirs, demo: bool, tasks: Tasks) -> Result<()> {
    let (listener, address) = listen(&config.listen).await?;
    let admin = Listener::bind(&dirs.admin_socket()).map_err(admin_error)?;
    let provider = Provider::find(ctx, &dirs, demo, &config.gateway).await?;
    let draining = tasks.token().clone();
    let relay = Relay::new(parts(&config, &dirs, &provider, address)?, tasks);
    server::serve_admin_socket(&relay, admin);
    // Usually nobody meets a runner that is about to be replaced. One that is slow to answer keeps nobody waiting,
    // neither at the start nor at the end; a page that meets it comes back to the new one.
    let mut settling = pin!(draining.run_until_cancelled(provider.settle(ctx, &dirs)));
    let settled = tokio::time::timeout(SETTLING, &mut settling).await.is_ok();
    announce(ctx, &relay, &provider)?;
    let rest = async {
        if !settled {
            settling.await;
        }
    };
    let kept = draining.run_until_cancelled(provider.keep());
    let (served, (), _) = tokio::join!(server::serve(relay, listener), rest, kept);
    served.or_fail(ErrorKind::Failed, || "the server failed")
}

fn parts(config: &Config, dirs: &Dirs, provider: &Provider, address: SocketAddr) -> Result<Parts> {
    Ok(Parts {
        runners: runners(&config.runner, dirs, &provider.environment())?,
        authenticator: Authenticator::single(sign_ins(dirs)?, address.port()),
        allowed: Allowed { hosts: config.allowed_hosts.clone(), origins: config.allowed_origins.clone() },
        address: format!("http://{address}"),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        demo: provider.is_demo(),
    })
}

fn sign_ins(dirs: &Dirs) -> Result<SignIns> {
    ensure_private_folder(&dirs.state)
        .or_fail(ErrorKind::Failed, || "the folder for the server's state cannot be used")?;
    let path = dirs.state.join("sign-ins.json");
    SignIns::open(&path).map_err(|error| {
        let hint = format!("sign everybody out: rm {}", path.display());
        Error::new(ErrorKind::Failed, "the sign-ins cannot be read").because(error).hint(hint)
    })
}

async fn listen(asked: &str) -> Result<(TcpListener, SocketAddr)> {
    let bound = async {
        let listener = TcpListener::bind(asked).await?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    };
    bound.await.map_err(|error: io::Error| {
        let kind = error.kind();
        let failed = |meaning| Error::new(meaning, format!("cannot listen on {asked}")).because(error);
        if kind == io::ErrorKind::AddrInUse {
            let next = free_port_beside(asked);
            let hint = format!("choose another port: oqto serve --listen {next}");
            failed(ErrorKind::Conflict).hint(hint)
        } else if kind == io::ErrorKind::PermissionDenied {
            let hint = "use a port above 1023: oqto serve --listen 127.0.0.1:8080";
            failed(ErrorKind::NotPermitted).hint(hint)
        } else {
            failed(ErrorKind::Config).hint("oqto serve --listen 127.0.0.1:8080")
        }
    })
}

/// The same address with the next port, as a suggestion.
fn free_port_beside(asked: &str) -> String {
    let next = asked.rsplit_once(':').and_then(|(host, port)| Some((host, port.parse::<u16>().ok()?.checked_add(1)?)));
    next.map_or_else(|| "127.0.0.1:8081".to_owned(), |(host, port)| format!("{host}:{port}"))
}

fn admin_error(error: SocketError) -> Error {
    let in_use = matches!(error, SocketError::InUse(_));
    let kind = if in_use { ErrorKind::Conflict } else { ErrorKind::Config };
    let failed = Error::new(kind, "cannot serve the admin socket").because(error);
    if in_use {
        failed.hint("a server of yours runs already; get a link to it with: oqto link")
    } else {
        failed.hint("name another place for it: OQTO_ADMIN_SOCKET=/path/to/admin.sock oqto serve")
    }
}

/// What is printed when the server is ready.
#[derive(Serialize)]
struct Ready {
    address: String,
    link: String,
    expires_at: u64,
    /// What says that a provider is connected; nothing for the demo model.
    provider: Option<String>,
    /// The admin socket of the model gateway, where agents ask it.
    #[serde(skip_serializing_if = "Option::is_none")]
    gateway: Option<PathBuf>,
    demo: bool,
}

impl Report for Ready {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let address = page.styles().bold(&self.address);
        page.line(format!("Oqto listens on {address}"))?;
        if self.demo {
            page.line("No model provider is connected: agents talk to the demo model (scripted answers).")?;
            page.line("Connect one with a key, for example: ANTHROPIC_API_KEY=… oqto serve, or with `pi` and /login")?;
        }
        if self.gateway.is_some() {
            let providers = self.provider.as_deref().unwrap_or_default();
            page.line(format!("Agents ask for models through eavs, which has your keys: {}", escape::line(providers)))?;
        }
        page.line(format!("Sign in once with: {}", self.link))
    }
}

fn announce(ctx: &Ctx, relay: &Relay, provider: &Provider) -> Result<()> {
    let link = relay.new_link()?;
    let ready = Ready {
        address: relay.info().address,
        link: link.url,
        expires_at: link.expires_at,
        provider: provider.named().map(str::to_owned),
        gateway: provider.gateway().map(|gateway| gateway.socket().to_path_buf()),
        demo: provider.is_demo(),
    };
    ctx.print(&ready).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_taken_port_is_said_with_the_way_out() {
        let (_taken, address) = listen("127.0.0.1:0").await.unwrap();
        let error = listen(&address.to_string()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Conflict);
        assert_eq!(error.what(), format!("cannot listen on {address}"));
        let hint = format!("choose another port: oqto serve --listen 127.0.0.1:{}", address.port() + 1);
        assert_eq!(error.advice(), Some(hint.as_str()));
    }
}
