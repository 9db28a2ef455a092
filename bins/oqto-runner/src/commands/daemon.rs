//! What every command needs to know of the daemon: its settings, and reaching it.

use std::path::Path;
use std::time::{Duration, Instant};

use oqto_kit::{Ctx, Dirs, Error, OrFail as _, Result, dirs};
use oqto_process::helper::{Helper, detached};
use oqto_protocol::env;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_runner_core::history::ServiceAt;
use oqto_runner_core::server::{Settings, socket_error};
use oqto_wire::unix;
use tokio::net::UnixStream;

use crate::config::Config;

/// How long a daemon that was started may take to listen.
const START: Duration = Duration::from_secs(15);

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
        environment: std::env::vars().collect(),
    })
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

/// A connection to this user's daemon, which is started if it does not answer.
pub(crate) async fn reach(ctx: &Ctx) -> Result<UnixStream> {
    let dirs = ctx.dirs()?;
    let socket = dirs.runner_socket();
    if let Ok(stream) = unix::connect(&socket).await {
        return Ok(stream);
    }
    let program = std::env::current_exe().or_fail(ErrorKind::Failed, || "cannot find this program itself")?;
    let log = log_file(&dirs, "oqto-runner.log")?;
    let mut daemon = detached(&Helper::new(program).arg("serve"), &log)
        .or_fail(ErrorKind::Unreachable, || "the runner cannot be started")?;
    await_daemon(&socket, &log, &mut daemon).await
}

async fn await_daemon(socket: &Path, log: &Path, daemon: &mut oqto_process::helper::Detached) -> Result<UnixStream> {
    let deadline = Instant::now() + START;
    let mut pause = Duration::from_millis(2);
    loop {
        let ended = tokio::select! {
            status = daemon.exited() => Some(status),
            () = tokio::time::sleep(pause) => None,
        };
        match unix::connect(socket).await {
            Ok(stream) => return Ok(stream),
            Err(error) if ended.is_some() || Instant::now() >= deadline => {
                let hint = format!("see {}", log.display());
                return Err(Error::new(ErrorKind::Unreachable, "the runner was started and does not answer")
                    .because(failed(socket_error(&error)))
                    .hint(hint));
            }
            Err(_) => pause = (pause * 2).min(Duration::from_millis(50)),
        }
    }
}
