//! The pipe of one browser to one runner: opened on first use, opened again when it is lost, and never silent about it.

use super::backoff::Backoff;
use super::silence::{self, Silence};
use super::{Link, Routes, Runner, Runners};
use crate::asks::Asks;
use crate::routing::routing_of;
use bytes::Bytes;
use oqto_kit::Tasks;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::frame::Frame;
use oqto_protocol::system::{Hello, RunnerPipe, RunnerState, SystemEvent};
use oqto_wire::greeting::{frame_line, now_ms, read_hello, say_hello};
use oqto_wire::{Closed, Limits, LineSource as _, Outbox, Outgoing, Received, pump, queue};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long opening a pipe may take, starting the runner included.
const OPEN_DEADLINE: Duration = Duration::from_secs(45);

/// What waits for a runner that does not read, per browser.
const TO_RUNNER: Limits = Limits { lines: 256, bytes: 1024 * 1024 };

/// The near end of a pipe. Dropping it closes the pipe.
#[derive(Debug)]
pub(crate) struct Pipe {
    state: Arc<Mutex<State>>,
    end: CancellationToken,
}

#[derive(Debug, Clone)]
enum State {
    /// Open, or being opened for the first time: what is sent waits in the queue.
    Open(Outgoing),
    /// Lost and being opened again: what is sent is refused with this.
    Lost(WireError),
}

/// What a pipe is made of.
pub(crate) struct PipeSeed {
    /// All runners, for what is learned about sessions.
    pub(crate) runners: Arc<Runners>,
    /// The place of its own runner among them.
    pub(crate) place: usize,
    /// What is said to the runner first.
    pub(crate) hello: Hello,
    /// Where its lines go.
    pub(crate) browser: Outgoing,
    /// Questions of our own that it may answer.
    pub(crate) asks: Arc<Asks>,
    /// The number of the browser's connection.
    pub(crate) connection: u64,
}

impl Pipe {
    /// Begins to open the pipe.
    pub(crate) fn open(seed: PipeSeed, tasks: &Tasks) -> Result<Self, WireError> {
        let (outgoing, outbox) = queue(TO_RUNNER);
        let state = Arc::new(Mutex::new(State::Open(outgoing)));
        let end = tasks.token().child_token();
        let task = PipeTask {
            runner: Arc::clone(seed.runners.at(seed.place)?),
            backoff: Backoff::new(seed.connection.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ now_ms()),
            state: Arc::clone(&state),
            number: 1,
            seed,
        };
        let ended = end.clone();
        tasks.spawn("runner pipe", async move {
            tokio::select! {
                () = ended.cancelled() => {}
                () = task.run(outbox) => {}
            }
        });
        Ok(Self { state, end })
    }

    /// Sends a line, waiting while the runner does not read.
    ///
    /// # Errors
    /// `unreachable` while the pipe is lost.
    pub(crate) async fn send(&self, line: Bytes) -> Result<(), WireError> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match state {
            State::Lost(error) => Err(error),
            State::Open(outgoing) => outgoing.send(line).await.map_err(|Closed| {
                WireError::new(ErrorKind::Unreachable, "the connection to the runner was lost just now")
            }),
        }
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        self.end.cancel();
    }
}

struct PipeTask {
    seed: PipeSeed,
    runner: Arc<Runner>,
    backoff: Backoff,
    state: Arc<Mutex<State>>,
    /// Which pipe to the runner, counted from 1 for a browser.
    number: u64,
}

impl PipeTask {
    /// Opens, carries, and opens again until the browser is gone.
    async fn run(mut self, first: Outbox) {
        let mut first = Some(first);
        loop {
            let error = match self.establish().await {
                Ok(link) => {
                    let outbox = match first.take() {
                        Some(outbox) => outbox,
                        None => self.reopen(),
                    };
                    self.runner.set_state(RunnerState::Connected);
                    if self.number > 1 && self.tell(SystemEvent::RunnerBack(self.place())).await.is_err() {
                        return;
                    }
                    self.backoff.reset();
                    match self.carry(link, outbox).await {
                        Ended::Browser => return,
                        Ended::Runner(error) => error,
                    }
                }
                Err(error) => error,
            };
            if self.lost(error, first.take()).await.is_err() {
                return;
            }
            self.number += 1;
        }
    }

    /// Says that the pipe is gone, refuses what waited for it, and waits before the next attempts, which stay quiet.
    async fn lost(&mut self, error: WireError, waiting: Option<Outbox>) -> Result<(), Closed> {
        tracing::info!(runner = self.runner.name(), %error, "pipe lost");
        self.runner.set_state(RunnerState::Lost);
        self.set(State::Lost(error.clone()));
        if let Some(outbox) = waiting {
            self.refuse_waiting(outbox, &error).await?;
        }
        self.tell(SystemEvent::RunnerLost(self.place())).await?;
        tokio::time::sleep(self.backoff.wait()).await;
        Ok(())
    }

    /// Tries until a pipe is open. Only the very first attempt may fail aloud.
    async fn establish(&mut self) -> Result<Link, WireError> {
        loop {
            let opened = tokio::time::timeout(OPEN_DEADLINE, self.open_once()).await;
            let error = match opened {
                Ok(Ok(link)) => return Ok(link),
                Ok(Err(error)) => error,
                Err(_) => WireError::new(
                    ErrorKind::Unreachable,
                    format!("runner {} did not answer within {} s", self.runner.name(), OPEN_DEADLINE.as_secs()),
                ),
            };
            if self.number == 1 {
                return Err(error);
            }
            tracing::debug!(runner = self.runner.name(), %error, "runner still away");
            self.set(State::Lost(error));
            tokio::time::sleep(self.backoff.wait()).await;
        }
    }

    async fn open_once(&self) -> Result<Link, WireError> {
        let mut link = self.runner.connect().await?;
        let failed = |reason: String| {
            WireError::new(ErrorKind::Unreachable, format!("runner {} cannot be used: {reason}", self.runner.name()))
        };
        say_hello(&mut link.sink, self.seed.hello.clone()).await.map_err(|e| failed(e.to_string()))?;
        // The runner's own hello ends here: the browser hears ours.
        read_hello(&mut link.source).await.map_err(|e| failed(e.to_string()))?;
        Ok(link)
    }

    /// Carries lines in both directions until either end is gone, or the runner says nothing any more.
    async fn carry(&self, link: Link, outbox: Outbox) -> Ended {
        let Link { mut source, sink, carrier } = link;
        let reading = async {
            let mut silence = Silence::begins();
            loop {
                let received = tokio::select! {
                    biased;
                    received = source.next_line() => received,
                    asked = silence.asks() => match asked {
                        silence::Verdict::Ask => {
                            self.ask_for_a_sign();
                            continue;
                        }
                        silence::Verdict::Dead => return self.ended(&silence::said()),
                    },
                };
                match received {
                    Ok(Some(Received::Line(line))) => {
                        if self.forward(line).await.is_err() {
                            return Ended::Browser;
                        }
                    }
                    Ok(Some(Received::Refused(error))) => {
                        tracing::warn!(runner = self.runner.name(), %error, "a line of the runner was refused");
                    }
                    Ok(None) => return self.ended("it closed the connection"),
                    Err(error) => return self.ended(&error.to_string()),
                }
                // Only now: while a page does not take what came, its runner is not listened to.
                silence = Silence::begins();
            }
        };
        let writing = async {
            match pump(outbox, sink).await {
                Ok(()) => Ended::Browser,
                Err(error) => self.ended(&error.to_string()),
            }
        };
        let ended = tokio::select! {
            ended = reading => ended,
            ended = writing => ended,
        };
        drop(carrier);
        ended
    }

    /// Hands a line of the runner on as it came. What is no frame goes no further.
    async fn forward(&self, line: Bytes) -> Result<(), Closed> {
        let routing = match routing_of(&line) {
            Ok(routing) => routing,
            Err(error) => {
                tracing::warn!(runner = self.runner.name(), %error, "a line of the runner was refused");
                return Ok(());
            }
        };
        if let Some(id) = routing.id.as_deref().filter(|id| Asks::is_ours(id)) {
            self.seed.asks.answer(id, &line);
            return Ok(());
        }
        if let Some(session) = routing.session.as_deref() {
            self.routes().learn(session, self.seed.place);
        }
        self.seed.browser.send(line).await
    }

    /// A `ping`, which any runner answers at once. Where the queue is full there is enough to answer already.
    fn ask_for_a_sign(&self) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (State::Open(outgoing), Ok(ping)) = (state, silence::ping()) else { return };
        if let Err(refused) = outgoing.try_send(ping) {
            tracing::debug!(runner = self.runner.name(), %refused, "no ping was sent");
        }
    }

    fn routes(&self) -> &Routes {
        &self.seed.runners.routes
    }

    fn ended(&self, reason: &str) -> Ended {
        let message = format!("the connection to runner {} was lost: {reason}", self.runner.name());
        Ended::Runner(WireError::new(ErrorKind::Unreachable, message))
    }

    fn reopen(&self) -> Outbox {
        let (outgoing, outbox) = queue(TO_RUNNER);
        self.set(State::Open(outgoing));
        outbox
    }

    fn set(&self, state: State) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = state;
    }

    fn place(&self) -> RunnerPipe {
        RunnerPipe { runner: self.runner.name().to_owned(), pipe: self.number }
    }

    async fn tell(&self, event: SystemEvent) -> Result<(), Closed> {
        match event_line(&event) {
            Ok(line) => self.seed.browser.send(line).await,
            Err(error) => {
                tracing::error!(%error, "an event could not be written");
                Ok(())
            }
        }
    }

    /// Requests that were never sent are answered; so nothing waits for a reply that cannot come.
    async fn refuse_waiting(&self, mut outbox: Outbox, error: &WireError) -> Result<(), Closed> {
        let mut lines = Vec::new();
        outbox.close();
        outbox.take_ready(&mut lines);
        for line in lines {
            let Ok(routing) = routing_of(&line) else {
                continue;
            };
            let Some(id) = routing.id else { continue };
            if Asks::is_ours(&id) {
                self.seed.asks.fail(&id);
                continue;
            }
            let reply = Frame::failure(routing.channel.unwrap_or_default(), Some(id.into_owned()), error.clone());
            if let Ok(line) = frame_line(&reply) {
                self.seed.browser.send(line).await?;
            }
        }
        Ok(())
    }
}

/// Which end of a pipe went away.
enum Ended {
    Browser,
    Runner(WireError),
}

fn event_line(event: &SystemEvent) -> io::Result<Bytes> {
    frame_line(&Frame::system(now_ms(), event).map_err(io::Error::other)?)
}
