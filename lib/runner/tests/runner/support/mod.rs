//! A runner in this process with a real history service and real holders, and an agent that misbehaves on command.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use oqto_e2e::Outcome;
use oqto_e2e::client::Client;
use oqto_e2e::process::{Inhabitant, inhabitants};
use oqto_e2e::reader::Reader;
use oqto_e2e::session::Session;
use oqto_history::HistoryError;
use oqto_protocol::error::WireError;
use oqto_protocol::ids::SessionId;
use oqto_runner_core::config::RunnerConfig;
use oqto_runner_core::connection;
use oqto_runner_core::context::{Limits, Shared};
use oqto_runner_core::history::{History, ServiceAt};
use oqto_runner_core::server::{Settings, adopt, context, drain};
use oqto_runner_core::trust::TrustStore;
use oqto_testkit::home::Home;
use oqto_testkit::{binaries, wait};
use oqto_wire::{HelloRule, pipes};
use rustix::process::Signal;
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Long enough for a busy machine.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);

/// Everything that a runner needs.
pub(crate) struct World {
    pub(crate) home: Home,
    /// How the agent is started.
    pub(crate) pi: Vec<String>,
    pub(crate) limits: Limits,
    hstry: Option<(CancellationToken, JoinHandle<Result<(), HistoryError>>)>,
    runner: Option<Shared>,
}

impl World {
    /// A world with a history service and no runner.
    pub(crate) async fn new(pi_arguments: &[&str]) -> Outcome<Self> {
        let mut pi = vec![binaries::bin("fake_pi")?.display().to_string()];
        pi.extend(pi_arguments.iter().map(|word| (*word).to_owned()));
        let mut world = Self { home: Home::new()?, pi, limits: Limits::default(), hstry: None, runner: None };
        world.start_history().await?;
        Ok(world)
    }

    /// A world whose runner is up.
    pub(crate) async fn with_runner(pi_arguments: &[&str]) -> Outcome<Self> {
        let mut world = Self::new(pi_arguments).await?;
        world.start_runner().await?;
        Ok(world)
    }

    /// Starts the history service.
    pub(crate) async fn start_history(&mut self) -> Outcome {
        let stop = CancellationToken::new();
        let config = oqto_history::server::Config::new(self.home.data().join("hstry.db"));
        let (socket, token) = (self.hstry_socket(), stop.clone());
        let (ready, is_ready) = tokio::sync::oneshot::channel();
        let task = tokio::spawn(async move {
            oqto_history::server::serve(&socket, config, token, || ready.send(()).unwrap_or_default()).await
        });
        if is_ready.await.is_err() {
            return Err(format!("the history service does not start: {:?}", task.await).into());
        }
        self.hstry = Some((stop, task));
        Ok(())
    }

    /// Ends the history service.
    pub(crate) async fn stop_history(&mut self) -> Outcome {
        if let Some((stop, task)) = self.hstry.take() {
            stop.cancel();
            task.await??;
        }
        Ok(())
    }

    fn hstry_socket(&self) -> PathBuf {
        self.home.runtime().join("h.sock")
    }

    /// Another runner over the same state. The one before is not told.
    pub(crate) async fn another_runner(&self) -> Outcome<Shared> {
        let state = self.home.state().join("runner");
        std::fs::create_dir_all(&state)?;
        let hstry = ServiceAt { socket: self.hstry_socket(), start: None, log: self.home.root().join("hstry.log") };
        let text = |words: (std::ffi::OsString, std::ffi::OsString)| {
            (words.0.to_string_lossy().into_owned(), words.1.to_string_lossy().into_owned())
        };
        let settings = Settings {
            software: "oqto-runner/test".into(),
            config: RunnerConfig { pi: self.pi.clone(), ..RunnerConfig::default() },
            state: state.clone(),
            hstry: hstry.clone(),
            hold_program: binaries::bin("oqto-hold")?,
            home: self.home.home(),
            gateway: None,
            environment: self.home.env().into_iter().map(text).collect(),
        };
        let trust = TrustStore::open(&state).map_err(said)?;
        let history = History::open(hstry, "rnr_test".into(), &state.join("claim.json")).await.map_err(said)?;
        let mut runner = context(settings, trust, history);
        Arc::get_mut(&mut runner).ok_or("the runner is shared already")?.limits = self.limits;
        adopt(&runner).await.map_err(said)?;
        Ok(runner)
    }

    /// Starts the runner.
    pub(crate) async fn start_runner(&mut self) -> Outcome {
        self.runner = Some(self.another_runner().await?);
        Ok(())
    }

    /// Ends the runner; its agents go on.
    pub(crate) async fn stop_runner(&mut self) -> Outcome {
        let runner = self.runner.take().ok_or("no runner was started")?;
        tokio::time::timeout(DEADLINE, drain(&runner)).await.map_err(|_| "the runner does not end".into())
    }

    /// The runner.
    pub(crate) fn runner(&self) -> Outcome<&Shared> {
        self.runner.as_ref().ok_or_else(|| "no runner was started".into())
    }

    /// A new connection.
    pub(crate) async fn client(&self) -> Outcome<Client> {
        client_of(self.runner()?).await
    }

    /// A new session, followed from its beginning.
    pub(crate) async fn session(&self) -> Outcome<Session> {
        Session::create(self.client().await?, self.session_params()).await
    }

    pub(crate) fn session_params(&self) -> Value {
        json!({"harness": "pi", "workspace": self.home.work()})
    }

    /// The agents' own processes.
    pub(crate) fn agents(&self) -> Vec<Inhabitant> {
        inhabitants(self.home.root()).into_iter().filter(|one| one.program == "fake_pi").collect()
    }

    /// The holders.
    pub(crate) fn holders(&self) -> Vec<Inhabitant> {
        inhabitants(self.home.root()).into_iter().filter(|one| one.program == "oqto-hold").collect()
    }

    /// Waits until no process is left.
    pub(crate) async fn nobody_is_left(&self) -> Outcome {
        let nobody = || async { inhabitants(self.home.root()).is_empty().then_some(()) };
        wait::until("no process is left", DEADLINE, nobody)
            .await
            .map_err(|missed| format!("{missed}: {:#?}", inhabitants(self.home.root())).into())
    }

    /// Waits until the session of this id is in a state, as the list says.
    pub(crate) async fn state_of(&self, id: SessionId, state: &str) -> Outcome {
        let runner = self.runner()?;
        let is_there = || async {
            let row = runner.registry.get(id)?;
            (serde_json::to_value(row.state).ok()? == state).then_some(())
        };
        Ok(wait::until(&format!("state {state}"), DEADLINE, is_there).await?)
    }

    /// Stops a session, so that nothing of it is left.
    pub(crate) async fn ends(&self, session: &mut Session) -> Outcome {
        session.call("session.stop", json!({})).await?;
        self.nobody_is_left().await
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some(runner) = &self.runner {
            runner.shutdown.cancel();
        }
        // Holders outlive their runner on purpose; looking twice finds those that were being started.
        for _ in 0..3 {
            for one in inhabitants(self.home.root()) {
                one.signal(Signal::KILL);
            }
        }
    }
}

/// A connection to a runner in this process.
pub(crate) async fn client_of(runner: &Shared) -> Outcome<Client> {
    let (near, far) = tokio::io::duplex(1 << 20);
    let (source, sink) = pipes::halves(far);
    runner.tasks.spawn(connection::serve(runner.clone(), source, sink, HelloRule::Optional));
    let (read, write) = tokio::io::split(near);
    Client::over(read, write).await
}

/// An error of the wire as one of a test.
#[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
pub(crate) fn said(error: WireError) -> Box<dyn std::error::Error + Send + Sync> {
    format!("{error:?}").into()
}

/// The refusal of a command that must be refused.
pub(crate) async fn refused(
    client: &mut Client,
    cmd: &str,
    session: Option<SessionId>,
    params: Value,
) -> Outcome<WireError> {
    match client.ask(cmd, session, params).await? {
        Err(error) => Ok(error),
        Ok(reply) => Err(format!("{cmd} was not refused: {reply}").into()),
    }
}

/// The text that is being streamed.
pub(crate) fn shown(reader: &Reader) -> String {
    let streaming = reader.fold.as_ref().and_then(|fold| fold.streaming.as_ref());
    streaming.map(|message| message.parts.iter().map(|part| part.text.as_str()).collect()).unwrap_or_default()
}
