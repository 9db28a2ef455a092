//! One runner a user: its start, who comes, and its end.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use oqto_protocol::command::{Command, Keyed};
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::ids::SessionId;
use oqto_protocol::session::SessionState;
use oqto_wire::HelloRule;
use oqto_wire::unix::{self, Listener};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::acting::Actor;
use crate::config::RunnerConfig;
use crate::connection;
use crate::context::{Context, Places, Shared};
use crate::environment;
use crate::gateway::config::Reading;
use crate::gateway::{Gateway, tidy};
use crate::harnesses::Catalog;
use crate::history::{History, ServiceAt, row};
use crate::registry::Registry;
use crate::session::open;
use crate::trust::TrustStore;

/// How long the keys of sessions that are over may take to end with the runner.
const LAST_TIDYING: Duration = Duration::from_secs(2);

/// Everything a runner needs to start.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Name and version for hellos.
    pub software: String,
    /// The `[runner]` part of the configuration.
    pub config: RunnerConfig,
    /// The runner's own directory.
    pub state: PathBuf,
    /// The history service.
    pub hstry: ServiceAt,
    /// The holder's program.
    pub hold_program: PathBuf,
    /// What relative workspaces are taken from.
    pub home: PathBuf,
    /// How what is said about the gateway is read again; without it what `config` says holds as long as it runs.
    pub gateway: Option<Reading>,
    /// The environment that agents' environments are made from.
    pub environment: BTreeMap<String, String>,
}

/// Starts a runner: takes its state over, finds its sessions, and attaches to every agent that lives.
///
/// # Errors
/// `config`, `unavailable`, `unreachable`: each says what cannot be used.
pub async fn start(settings: Settings) -> Result<Shared, WireError> {
    private_dir(&settings.state)?;
    let writer = writer_id(&settings.state)?;
    let trust = TrustStore::open(&settings.state)?;
    let history = History::open(settings.hstry.clone(), writer, &settings.state.join("last-claim.json")).await?;
    let ctx = context(settings, trust, history);
    adopt(&ctx).await?;
    Ok(ctx)
}

/// The shared part of a runner whose history is open.
#[must_use]
pub fn context(mut settings: Settings, trust: TrustStore, history: History) -> Shared {
    let config = &settings.config.gateway;
    let reading = settings.gateway.take().unwrap_or_else(|| Reading::fixed(config.clone()));
    let gateway = Gateway::of(&config.socket, reading, &settings.state);
    if gateway.is_some() {
        // The gateway has the providers' keys, and agents have one for the gateway.
        settings.environment.retain(|name, _| !environment::is_kept_back(name, &settings.config.pass_environment));
    }
    let limits = settings.config.limits();
    let actor = Actor::here(&settings.environment, &settings.config.name);
    let catalog = Catalog::new(settings.environment, settings.config.pi.clone(), settings.config.pass_environment)
        .with_gateway(gateway.is_some());
    Arc::new(Context {
        name: settings.config.name,
        epoch: history.epoch(),
        actor,
        software: settings.software,
        places: Places {
            state: settings.state,
            hold_program: settings.hold_program,
            home: settings.home,
            hstry_socket: settings.hstry.socket,
        },
        limits,
        history,
        catalog,
        gateway,
        trust,
        models: crate::models::Known::default(),
        registry: Registry::default(),
        tasks: TaskTracker::new(),
        shutdown: CancellationToken::new(),
        fatal: OnceLock::new(),
    })
}

/// Finds the sessions of this runner. Those that have a process, or should have, get their actor at once.
///
/// # Errors
/// Those of the history.
pub async fn adopt(ctx: &Shared) -> Result<(), WireError> {
    ctx.tasks.spawn(tidy::keep(ctx.clone()));
    let conversations = ctx.history.all().await.map_err(|error| error.to_wire())?;
    for conversation in &conversations {
        let Some(info) = row(conversation, &ctx.name) else {
            tracing::warn!(
                id = conversation.id,
                "a conversation has no readable row; it is opened when it is asked for"
            );
            if let Ok(id) = conversation.id.parse::<SessionId>() {
                open(ctx, id);
            }
            continue;
        };
        let (id, state) = (info.id, info.state);
        ctx.registry.update(info);
        let closed = matches!(state, SessionState::Asleep | SessionState::Stopped | SessionState::Failed);
        if !closed || ctx.holders_of(id).is_dir() {
            open(ctx, id);
        }
    }
    Ok(())
}

/// Serves connections until the runner is told to end.
///
/// # Errors
/// When the socket fails, or a successor has taken over (`fenced`).
pub async fn listen(ctx: &Shared, listener: &Listener) -> Result<(), WireError> {
    let lost = crate::socket::lost(listener);
    tokio::pin!(lost);
    loop {
        tokio::select! {
            () = ctx.shutdown.cancelled() => break,
            error = &mut lost => {
                ctx.fail(error);
                break;
            }
            accepted = listener.accept() => match accepted {
                Ok(stream) => {
                    let (source, sink) = unix::lines(stream);
                    ctx.tasks.spawn(connection::serve(ctx.clone(), source, sink, HelloRule::Optional));
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
        }
    }
    ctx.fatal.get().cloned().map_or(Ok(()), Err)
}

/// Ends everything of a runner but the agents: their holders keep them alive.
pub async fn drain(ctx: &Shared) {
    ctx.shutdown.cancel();
    ctx.tasks.close();
    ctx.tasks.wait().await;
    if let Some(gateway) = &ctx.gateway {
        // What cannot be done in time is done by the next runner.
        let tidied = tokio::time::timeout(LAST_TIDYING, gateway.tidy(&ctx.places.state.join("holders"))).await;
        tracing::debug!(left = ?tidied.ok(), "keys of sessions that are over");
    }
}

fn private_dir(dir: &Path) -> Result<(), WireError> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(|error| {
        WireError::new(ErrorKind::Config, format!("the directory {} cannot be made: {error}", dir.display()))
    })
}

/// Who this runner is to the history: made once, kept beside its state.
fn writer_id(state: &Path) -> Result<String, WireError> {
    let file = state.join("runner-id");
    let failed = |what: &str, error: &std::io::Error| {
        WireError::new(ErrorKind::Config, format!("cannot {what} {}: {error}", file.display()))
    };
    match std::fs::read_to_string(&file) {
        Ok(id) if !id.trim().is_empty() => Ok(id.trim().to_owned()),
        Ok(_) => make_writer_id(&file).map_err(|error| failed("write", &error)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            make_writer_id(&file).map_err(|error| failed("write", &error))
        }
        Err(error) => Err(failed("read", &error)),
    }
}

fn make_writer_id(file: &Path) -> std::io::Result<String> {
    let id = format!("rnr_{}", uuid::Uuid::now_v7().simple());
    let written = oqto_whole::write(file, id.as_bytes(), oqto_whole::Access::KeptOrUsual);
    written.map(|()| id).map_err(|error| error.source)
}

/// Stops every session that has a process, and waits for it.
pub async fn stop_sessions(ctx: &Shared) {
    for session in ctx.registry.actors() {
        let stopped = session.run(Command::SessionStop(Keyed::default()), None).await;
        if let Err(error) = stopped {
            tracing::warn!(session = %session.id, %error, "not stopped");
        }
    }
}
