//! What every command needs to know of the daemon: its settings, and reaching it.

use std::path::Path;
use std::time::Duration;

use oqto_kit::config::{self, Schema as _};
use oqto_kit::{Ctx, Dirs, Error, OrFail as _, Result, dirs};
use oqto_process::helper::{Helper, Look, OnDemand, OnDemandError};
use oqto_protocol::env;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_runner_core::gateway::config::Reading;
use oqto_runner_core::history::ServiceAt;
use oqto_runner_core::server::Settings;
use oqto_runner_core::socket::socket_error;
use oqto_wire::unix::{self, SocketError};
use tokio::net::UnixStream;

use crate::config::Config;

/// How long a daemon may take from its start until it answers. One that has to take over from another that hangs waits
/// half of it.
const START: Duration = Duration::from_secs(30);

/// A protocol error as one for people.
pub(crate) fn failed(error: WireError) -> Error {
    let kit = Error::new(error.code, error.message);
    match error.hint {
        Some(hint) => kit.hint(hint),
        None => kit,
    }
}

/// The settings of a runner that keeps its things in the user's directories.
pub(crate) fn settings(ctx: &Ctx) -> Result<Settings> {
    let dirs = ctx.dirs()?;
    let config = ctx.config::<Config>(Vec::new())?.value.0;
    config.gateway.check().map_err(failed)?;
    let start = vec![
        "serve".to_owned(),
        "--socket".to_owned(),
        dirs.hstry_socket().display().to_string(),
        "--database".to_owned(),
        dirs.hstry_db().display().to_string(),
    ];
    Ok(Settings {
        software: concat!("oqto-runner/", env!("CARGO_PKG_VERSION")).to_owned(),
        config,
        state: dirs.runner_state(),
        hstry: ServiceAt {
            socket: dirs.hstry_socket(),
            start: Some((dirs::sibling("hstry")?, start)),
            log: log_file(&dirs, "hstry.log")?,
        },
        hold_program: dirs::sibling("oqto-hold")?,
        home: first_workspace(&dirs),
        gateway: Some(reading(ctx)?),
        environment: std::env::vars().collect(),
    })
}

/// What the configuration says about the gateway whenever it is asked: a person who raises a budget need not start the
/// runner anew.
fn reading(ctx: &Ctx) -> Result<Reading> {
    let dirs = ctx.dirs()?;
    let own = ctx.config_files::<Config>()?;
    let named = Some(own.own).filter(|file| *file != dirs.config.join(Config::FILE));
    Ok(Reading::of(move || {
        let var = |name: &str| std::env::var_os(name);
        let read = config::load::<Config>(config::Sources::new(&dirs, named.as_deref(), &var));
        read.map(|loaded| loaded.value.0.gateway)
            .map_err(|error| WireError::new(error.kind(), error.message()).with_hint("see: oqto-runner config"))
    }))
}

/// What relative workspaces are taken from: the person's home, or the sample workspace beside the demo model.
fn first_workspace(dirs: &Dirs) -> std::path::PathBuf {
    let sample = dirs.data.join("sample-workspace");
    if std::env::var_os(env::OQTO_DEMO_PI_DIR).is_some() && sample.is_dir() { sample } else { dirs.home.clone() }
}

/// Where a daemon's own words go.
pub(crate) fn log_file(dirs: &Dirs, name: &str) -> Result<std::path::PathBuf> {
    unix::ensure_private_folder(&dirs.state).or_fail(ErrorKind::Config, || "the folder for logs cannot be used")?;
    Ok(dirs.state.join(name))
}

/// A connection to this user's daemon, which is started if it does not answer. One that is stopped or hangs is succeeded.
pub(crate) async fn reach(ctx: &Ctx) -> Result<UnixStream> {
    let socket = ctx.dirs()?.runner_socket();
    let program = std::env::current_exe().or_fail(ErrorKind::Failed, || "cannot find this program itself")?;
    let log = log_file(&ctx.dirs()?, "oqto-runner.log")?;
    let daemon = OnDemand::new(Some(Helper::new(program).arg("serve")), log, START);
    let look = || async { Look::of(unix::connect_speaking(&socket).await, SocketError::is_absent) };
    daemon.reach(look).await.map_err(|error| unreachable(error, daemon.log()))
}

fn unreachable(error: OnDemandError<SocketError>, log: &Path) -> Error {
    let said = |what| Error::new(ErrorKind::Unreachable, what);
    match error {
        OnDemandError::Absent(why) => said("the runner cannot be reached").because(failed(socket_error(&why))),
        OnDemandError::Start(why) => said("the runner cannot be started").because(why).hint("oqtoctl doctor"),
        why @ (OnDemandError::Ended { .. } | OnDemandError::Deadline { .. }) => {
            said("the runner does not answer").because(why).hint(format!("see {}", log.display()))
        }
    }
}
