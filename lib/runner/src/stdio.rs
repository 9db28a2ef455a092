//! The frames for a script: `channel` and `id` may be left out, a session that is made is subscribed to, a request
//! without `session` means the one made last. The end of input lets running turns finish.

use std::collections::HashSet;
use std::time::Duration;

use bytes::Bytes;
use oqto_protocol::command::{Command, InputRespond, Prompted, SessionReply, Subscribe};
use oqto_protocol::entry::{InputRequested, LogEvent, TurnEnd};
use oqto_protocol::error::{ErrorKind, WireError, exit};
use oqto_protocol::frame::{Channel, Frame};
use oqto_protocol::ids::{InputId, PromptId, SessionId, TurnId};
use oqto_protocol::raw::RawJson;
use oqto_wire::peer::{Event, Events, Peer};
use oqto_wire::source::{LineSink, LineSource, Received};

/// How long after the end of input an answer of the runner may take.
const DEADLINE: Duration = Duration::from_secs(120);

/// Speaks for one script until its input has ended and its turns are over. Gives the exit code.
///
/// # Errors
/// When the script's own pipes or the connection fail.
pub async fn run<R, S>(input: &mut R, output: &mut S, peer: &Peer, events: &mut Events) -> Result<u8, WireError>
where
    R: LineSource,
    S: LineSink,
{
    let mut script = Script::new(peer.clone());
    loop {
        tokio::select! {
            biased;
            event = events.next() => match event {
                Some(event) => script.event(output, event).await?,
                None => return Err(lost()),
            },
            line = input.next_line(), if script.open => match line.map_err(|error| pipe(&error))? {
                Some(Received::Line(line)) => script.request(output, &line, events).await?,
                Some(Received::Refused(error)) => script.refuse(output, None, WireError::from(&error)).await?,
                None => {
                    script.open = false;
                    script.cancel_open_questions(output, events).await?;
                }
            },
        }
        if !script.open && script.nothing_runs() {
            output.flush().await.map_err(|error| pipe(&error))?;
            return Ok(script.code);
        }
    }
}

struct Script {
    peer: Peer,
    session: Option<SessionId>,
    open: bool,
    code: u8,
    next: u64,
    turns: HashSet<TurnId>,
    ended: HashSet<TurnId>,
    prompts: HashSet<PromptId>,
    questions: Vec<(SessionId, InputId)>,
}

impl Script {
    fn new(peer: Peer) -> Self {
        Self {
            peer,
            session: None,
            open: true,
            code: exit::DONE,
            next: 0,
            turns: HashSet::new(),
            ended: HashSet::new(),
            prompts: HashSet::new(),
            questions: Vec::new(),
        }
    }

    fn nothing_runs(&self) -> bool {
        self.turns.is_empty() && self.prompts.is_empty()
    }

    fn failed(&mut self, code: u8) {
        if self.code == exit::DONE {
            self.code = code;
        }
    }

    async fn print<S: LineSink>(&self, output: &mut S, line: Bytes) -> Result<(), WireError> {
        output.feed(line).await.map_err(|error| pipe(&error))?;
        output.flush().await.map_err(|error| pipe(&error))
    }

    async fn refuse<S: LineSink>(
        &mut self,
        output: &mut S,
        id: Option<String>,
        error: WireError,
    ) -> Result<(), WireError> {
        self.failed(error.code.exit_code());
        let line = Frame::failure(Channel::Agent, id, error).to_line().map_err(|error| internal(&error))?;
        self.print(output, line.into()).await
    }

    async fn request<S: LineSink>(
        &mut self,
        output: &mut S,
        line: &[u8],
        events: &mut Events,
    ) -> Result<(), WireError> {
        if line.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        let mut frame = match Frame::parse(line) {
            Ok(frame) => frame,
            Err(error) => return self.refuse(output, None, WireError::from(&error)).await,
        };
        let Some(name) = frame.cmd.clone() else { return Ok(()) };
        self.next += 1;
        let id = frame.id.get_or_insert_with(|| format!("s{}", self.next)).clone();
        frame.channel = Some(frame.channel.unwrap_or(if name == "search" { Channel::Hstry } else { Channel::Agent }));
        let params = frame.params.as_ref().map_or("{}", RawJson::get);
        let needs_session = Command::decode(&name, params)
            .and_then(Result::ok)
            .is_none_or(|command| command.needs_session() && name != "session.create");
        if needs_session && frame.session.is_none() {
            frame.session = self.session;
        }
        if name == "session.create" {
            frame.params = Some(with_absolute_workspace(frame.params.as_ref())?);
        }
        let reply = self.ask(output, frame, events).await?;
        self.answered(output, &name, &id, reply, events).await
    }

    /// Asks and goes on printing events while it waits, so that their order with the reply stays.
    async fn ask<S: LineSink>(
        &mut self,
        output: &mut S,
        frame: Frame,
        events: &mut Events,
    ) -> Result<Frame, WireError> {
        let peer = self.peer.clone();
        let asked = peer.request(frame);
        tokio::pin!(asked);
        loop {
            tokio::select! {
                biased;
                event = events.next() => match event {
                    Some(event) => Box::pin(self.event(output, event)).await?,
                    None => return Err(lost()),
                },
                reply = &mut asked => return reply.map_err(|error| error.to_wire()),
            }
        }
    }

    async fn answered<S: LineSink>(
        &mut self,
        output: &mut S,
        name: &str,
        id: &str,
        reply: Frame,
        events: &mut Events,
    ) -> Result<(), WireError> {
        let line = reply.to_line().map_err(|error| internal(&error))?;
        self.print(output, line.into()).await?;
        if let Some(error) = &reply.error {
            self.failed(error.code.exit_code());
            return Ok(());
        }
        let Some(ok) = &reply.ok else { return Ok(()) };
        match name {
            "session.create" => {
                let made: SessionReply = ok.decode().map_err(|error| internal(&error))?;
                self.session = Some(made.session.id);
                self.subscribe(output, made.session.id, id, events).await?;
            }
            "prompt" | "steer" | "follow_up" | "queue.send" => {
                let prompted: Prompted = ok.decode().map_err(|error| internal(&error))?;
                match (prompted.turn, prompted.prompt) {
                    (Some(turn), _) if !self.ended.contains(&turn) => {
                        self.turns.insert(turn);
                    }
                    (None, Some(prompt)) => {
                        self.prompts.insert(prompt);
                    }
                    (_, _) => {}
                }
            }
            _ => {}
        }
        Ok(())
    }

    async fn subscribe<S: LineSink>(
        &mut self,
        output: &mut S,
        session: SessionId,
        id: &str,
        events: &mut Events,
    ) -> Result<(), WireError> {
        let params = Subscribe { log: None, after: Some(0), tail: None };
        let params = RawJson::of(&params).map_err(|error| internal(&error))?;
        let mut frame = Frame::request(Channel::Agent, format!("{id}-subscribe"), "subscribe", Some(params));
        frame.session = Some(session);
        let reply = self.ask(output, frame, events).await?;
        let line = reply.to_line().map_err(|error| internal(&error))?;
        self.print(output, line.into()).await
    }

    async fn event<S: LineSink>(&mut self, output: &mut S, event: Event) -> Result<(), WireError> {
        let (frame, line) = (event.frame, event.line);
        self.print(output, line).await?;
        let (Some(name), Some(data)) = (frame.event.as_deref(), frame.data.as_ref()) else { return Ok(()) };
        if name == "subscription.ended" {
            self.failed(exit::FAILED);
            self.turns.clear();
            self.prompts.clear();
        }
        if frame.seq.is_none() {
            return Ok(());
        }
        let Some(Ok(event)) = LogEvent::decode(name, data.get()) else { return Ok(()) };
        let question = self.note(frame.session, &event);
        if let Some((session, input)) = question.filter(|_| !self.open) {
            self.cancel_question(session, input).await?;
        }
        Ok(())
    }

    /// Follows what runs. Gives a question that has just been asked.
    fn note(&mut self, session: Option<SessionId>, event: &LogEvent) -> Option<(SessionId, InputId)> {
        match event {
            LogEvent::TurnStarted(started) => {
                if started.prompt.is_some_and(|prompt| self.prompts.remove(&prompt)) {
                    self.turns.insert(started.turn);
                }
                None
            }
            LogEvent::TurnEnded(ended) => {
                self.turns.remove(&ended.turn);
                self.ended.insert(ended.turn);
                if matches!(ended.reason, TurnEnd::Error | TurnEnd::Crashed) {
                    self.failed(exit::FAILED);
                }
                None
            }
            LogEvent::Message(entry) => {
                if let Some(prompt) = entry.message.prompt {
                    self.prompts.remove(&prompt);
                }
                None
            }
            LogEvent::PromptCancelled(cancelled) => {
                self.prompts.remove(&cancelled.prompt);
                None
            }
            LogEvent::PromptQueued(queued) => {
                if queued.held && self.prompts.remove(&queued.prompt) {
                    self.failed(exit::FAILED);
                }
                None
            }
            LogEvent::InputRequested(InputRequested { request, .. }) => {
                let question = (session?, request.id);
                self.questions.push(question);
                Some(question)
            }
            LogEvent::InputResolved(resolved) => {
                self.questions.retain(|(_, input)| *input != resolved.request_id);
                None
            }
            LogEvent::SessionCreated(_)
            | LogEvent::SessionRenamed(_)
            | LogEvent::SessionRewound(_)
            | LogEvent::SessionResumed(_)
            | LogEvent::ConfigChanged(_)
            | LogEvent::ContextCompacted(_)
            | LogEvent::SessionForked(_)
            | LogEvent::HarnessBound(_)
            | LogEvent::SessionClosed(_) => None,
        }
    }

    /// Nobody can answer any more.
    async fn cancel_open_questions<S: LineSink>(
        &mut self,
        output: &mut S,
        _events: &mut Events,
    ) -> Result<(), WireError> {
        for (session, input) in self.questions.clone() {
            self.cancel_question(session, input).await?;
        }
        output.flush().await.map_err(|error| pipe(&error))
    }

    async fn cancel_question(&mut self, session: SessionId, input: InputId) -> Result<(), WireError> {
        self.failed(exit::TRY_AGAIN);
        let params = InputRespond { request_id: input, value: None, confirmed: None, cancelled: true, client_id: None };
        let params = RawJson::of(&params).map_err(|error| internal(&error))?;
        let mut frame = Frame::request(Channel::Agent, format!("cancel-{input}"), "input.respond", Some(params));
        frame.session = Some(session);
        let line = frame.to_line().map_err(|error| internal(&error))?;
        let sent = tokio::time::timeout(DEADLINE, self.peer.send_line(line.into())).await;
        sent.map_err(|_| lost())?.map_err(|error| error.to_wire())
    }
}

/// A script's workspace is relative to where the script runs, which need not be where the runner does.
fn with_absolute_workspace(params: Option<&RawJson>) -> Result<RawJson, WireError> {
    let mut params: serde_json::Value =
        params.map_or(Ok(serde_json::json!({})), RawJson::decode).map_err(|error| internal(&error))?;
    if let Some(workspace) = params.get("workspace").and_then(serde_json::Value::as_str)
        && !workspace.starts_with('~')
        && let Ok(absolute) = std::path::absolute(workspace)
        && let Some(absolute) = absolute.to_str()
    {
        params["workspace"] = absolute.into();
    }
    RawJson::of(&params).map_err(|error| internal(&error))
}

fn lost() -> WireError {
    WireError::new(ErrorKind::Unreachable, "the runner has closed the connection").with_hint("oqtoctl doctor")
}

fn pipe(error: &std::io::Error) -> WireError {
    WireError::new(ErrorKind::Cancelled, format!("the pipe is closed: {error}"))
}

fn internal(error: &serde_json::Error) -> WireError {
    WireError::new(ErrorKind::Internal, error.to_string())
}
