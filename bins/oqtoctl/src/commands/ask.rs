//! `oqtoctl ask`: a question to an agent, its answer on stdout.

mod follow;
mod main_session;
pub(crate) mod question;
mod transcript;
mod watch;

use crate::client::Client;
use crate::place::Place;
use crate::target::{self, Reading};
use crate::{listing, terminal};
use follow::Follow;
use oqto_kit::{Ctx, Error, Exit, OrFail as _, Page, Report, Result, escape};
use oqto_protocol::command::Prompted;
use oqto_protocol::entry::{InputRequest, TurnEnd, TurnEnded};
use oqto_protocol::error::ErrorKind;
use oqto_protocol::frame::Frame;
use oqto_protocol::ids::{SessionId, TurnId};
use oqto_protocol::message::Usage;
use oqto_protocol::session::SessionInfo;
use serde::Serialize;
use std::io::{IsTerminal as _, Read as _};
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::Instant;
use watch::{News, Watch};

/// The default session.
const MAIN: &str = "@@main";

/// Ask an agent, and print its answer
///
/// Prints the last thing the agent says, or with --stream everything as it says it. Ctrl-C ends the turn; a second one
/// leaves it running. Where the agent asks something back, it is asked here on a terminal; elsewhere this ends with
/// exit code 75 and says how to answer.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// @@main, or @@session: with an id, the beginning of one, or a title
    ///
    /// @@main is the session used last in the home workspace of the default runner; where there is none it is created.
    #[arg(value_name = "TARGET")]
    target: String,
    /// The question; `-`, or nothing where stdin is not a terminal, reads it from stdin
    #[arg(value_name = "QUESTION")]
    question: Option<String>,
    /// Print what the agent says as it says it
    #[arg(long, short)]
    stream: bool,
    /// Wait at most this long; the turn goes on without this command then (exit code 124)
    #[arg(long, short, value_name = "SECONDS", value_parser = seconds)]
    timeout: Option<Duration>,
    /// The workspace that @@main is taken from, instead of the runner's home
    #[arg(long, value_name = "PATH")]
    workspace: Option<String>,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is not a number of seconds above 0");
    let seconds = text.parse::<f64>().ok().filter(|seconds| *seconds > 0.0);
    seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()).ok_or_else(wrong)
}

/// An answer, as `--json` prints it.
#[derive(Serialize)]
struct Answer {
    session: SessionId,
    turn: TurnId,
    /// The last thing the agent said.
    answer: String,
    /// Everything it said, in order.
    texts: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<Usage>,
    duration_ms: u64,
}

impl Report for Answer {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        if self.answer.is_empty() { Ok(()) } else { page.line(&self.answer) }
    }
}

pub(crate) fn run(ctx: &Ctx, place: &Place, args: Args) -> Result<Exit> {
    let question = question_text(args.question.as_deref())?;
    let mut answer = ctx.block_on(Box::pin(ask(ctx, place, &args, question)))?;
    if answer.answer.is_empty() {
        ctx.note("the agent said nothing");
    }
    if args.stream && !ctx.printer().is_json() {
        return Ok(Exit::DONE);
    }
    if ctx.printer().is_terminal() && !ctx.printer().is_json() {
        answer.answer = escape::text(&answer.answer).into_owned();
    }
    ctx.print(&answer)
}

fn question_text(given: Option<&str>) -> Result<String> {
    let nothing = |what: &str| Error::new(ErrorKind::InvalidParams, what).hint("oqtoctl ask @@main \"…\"");
    let text = match given {
        Some("-") => piped()?,
        Some(text) => text.to_owned(),
        None if std::io::stdin().is_terminal() => return Err(nothing("no question is given")),
        None => piped()?,
    };
    if text.trim().is_empty() { Err(nothing("the question is empty")) } else { Ok(text) }
}

fn piped() -> Result<String> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .or_fail(ErrorKind::InvalidParams, || "the question on stdin cannot be read as text")?;
    Ok(text)
}

async fn ask(ctx: &Ctx, place: &Place, args: &Args, question: String) -> Result<Answer> {
    let mut interrupts = signal(SignalKind::interrupt()).or_fail(ErrorKind::Failed, || "cannot listen for signals")?;
    let deadline = args.timeout.map(|timeout| Instant::now() + timeout);
    let sending = Box::pin(send(ctx, place, args, question));
    let (follow, prompted) = tokio::select! {
        sent = sending => sent?,
        () = reached(deadline) => return Err(too_late_to_send(args.timeout)),
        _ = interrupts.recv() => return Err(Error::new(ErrorKind::Cancelled, "ended before the question was sent")),
    };
    if prompted.turn.is_none() {
        ctx.note("the session is busy; the question waits for its turn");
    }
    let asking = Asking {
        ctx,
        args,
        watch: Watch::new(&prompted),
        follow,
        deadline,
        interrupts,
        interrupted: false,
        questions: Vec::new(),
        lines: None,
    };
    asking.run().await
}

async fn send<'a>(ctx: &'a Ctx, place: &'a Place, args: &Args, question: String) -> Result<(Follow<'a>, Prompted)> {
    let (client, events) = place.open(ctx).await?;
    let session = session(ctx, &client, args).await?;
    let mut follow = Follow::begin(ctx, place, client, events, session.id).await?;
    let prompted = follow.prompt(question).await?;
    Ok((follow, prompted))
}

async fn session(ctx: &Ctx, client: &Client, args: &Args) -> Result<SessionInfo> {
    if args.target == MAIN {
        return main_session::find_or_create(ctx, client, args.workspace.as_deref()).await;
    }
    if args.workspace.is_some() {
        let error = Error::new(ErrorKind::InvalidParams, "--workspace says which session @@main is");
        return Err(error.hint("leave it out, or ask @@main"));
    }
    if args.target.starts_with("@@") && !args.target.starts_with("@@session:") {
        let error = Error::new(ErrorKind::NotFound, format!("no target {}", args.target));
        return Err(error.hint("there are @@main and @@session:ID"));
    }
    target::session(client, &args.target, Reading::Generous).await
}

async fn reached(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => tokio::time::sleep_until(deadline).await,
        None => std::future::pending().await,
    }
}

fn too_late_to_send(timeout: Option<Duration>) -> Error {
    let after = timeout.unwrap_or_default().as_secs_f64();
    let what = format!("the agent was not ready after {after} s; whether the question was sent is not known");
    Error::new(ErrorKind::TimedOut, what).hint("see: oqtoctl session list")
}

/// A question that was sent, until its turn has ended.
struct Asking<'a> {
    ctx: &'a Ctx,
    args: &'a Args,
    watch: Watch,
    follow: Follow<'a>,
    deadline: Option<Instant>,
    interrupts: Signal,
    interrupted: bool,
    /// What the agent wants to know, in order.
    questions: Vec<InputRequest>,
    lines: Option<terminal::Lines>,
}

enum Step {
    Event(Frame),
    Typed(Option<String>),
    Interrupted,
    TimedOut,
}

impl Asking<'_> {
    async fn run(mut self) -> Result<Answer> {
        loop {
            let ended = match self.step().await? {
                Step::Event(frame) => self.heard(&frame).await?,
                Step::Typed(line) => self.typed(line).await?,
                Step::Interrupted => self.interrupt().await?,
                Step::TimedOut => return self.timed_out(),
            };
            if let Some(ended) = ended {
                self.finish_line()?;
                return self.answer(ended);
            }
        }
    }

    async fn step(&mut self) -> Result<Step> {
        let Self { follow, lines, interrupts, deadline, .. } = self;
        tokio::select! {
            biased;
            _ = interrupts.recv() => Ok(Step::Interrupted),
            event = follow.next() => event.map(Step::Event),
            line = typed(lines) => Ok(Step::Typed(line)),
            () = reached(*deadline) => Ok(Step::TimedOut),
        }
    }

    async fn heard(&mut self, frame: &Frame) -> Result<Option<TurnEnded>> {
        if self.args.stream && self.ctx.printer().is_json() && self.watch.concerns(frame) {
            self.ctx.printer().json_line(frame)?;
        }
        for news in self.watch.take(frame)? {
            match news {
                News::Text(text) => self.show(&text)?,
                News::Notice(text) => self.ctx.note(&escape::text(&text)),
                News::Asked(request) => self.asked(request)?,
                News::Resolved(id) => self.resolved(id),
                News::TakenBack => return Err(self.taken_back()),
                News::Ended(ended) => return Ok(Some(ended)),
            }
        }
        Ok(None)
    }

    fn show(&self, text: &str) -> Result<()> {
        if !self.args.stream || self.ctx.printer().is_json() {
            return Ok(());
        }
        if self.ctx.printer().is_terminal() {
            self.ctx.printer().data(escape::text(text).as_bytes())
        } else {
            self.ctx.printer().data(text.as_bytes())
        }
    }

    fn finish_line(&self) -> Result<()> {
        if self.watch.is_amid_line() { self.show("\n") } else { Ok(()) }
    }

    fn asked(&mut self, request: InputRequest) -> Result<()> {
        if !terminal::is_there() {
            self.finish_line()?;
            return Err(question::unanswerable(self.follow.session(), &request));
        }
        self.questions.push(request);
        if self.questions.len() == 1 {
            self.put();
        }
        Ok(())
    }

    /// Puts the first open question to the person.
    fn put(&mut self) {
        match self.questions.first() {
            Some(request) => {
                terminal::prompt(&question::on_terminal(request));
                self.lines.get_or_insert_with(terminal::Lines::of_stdin).listen();
            }
            None => {
                if let Some(lines) = &mut self.lines {
                    lines.ignore();
                }
            }
        }
    }

    async fn typed(&mut self, line: Option<String>) -> Result<Option<TurnEnded>> {
        let Some(request) = self.questions.first() else { return Ok(None) };
        match question::answer(request, line.as_deref()) {
            Ok(given) => {
                let answered = self.follow.respond(given).await;
                // Somebody else may have been faster; then the log says so.
                if let Err(error) = answered {
                    self.ctx.note(&escape::text(&error.message()));
                }
                self.questions.remove(0);
            }
            Err(wrong) => self.ctx.note(&wrong),
        }
        self.put();
        Ok(None)
    }

    fn resolved(&mut self, id: oqto_protocol::ids::InputId) {
        let Some(place) = self.questions.iter().position(|open| open.id == id) else { return };
        self.questions.remove(place);
        if place == 0 {
            self.ctx.note("\n(the question is settled)");
            self.put();
        }
    }

    /// The first Ctrl-C ends the turn, the second leaves it alone, also when the first has no effect yet.
    async fn interrupt(&mut self) -> Result<Option<TurnEnded>> {
        if std::mem::replace(&mut self.interrupted, true) {
            return self.leave();
        }
        self.ctx.note("ending the turn (Ctrl-C again leaves it running)");
        let queued = self.watch.queued();
        let Self { follow, interrupts, .. } = self;
        let ending = async {
            match queued {
                Some(prompt) => follow.take_back(prompt).await,
                None => follow.abort().await,
            }
        };
        tokio::select! {
            asked = ending => asked.map(|()| None),
            _ = interrupts.recv() => self.leave(),
        }
    }

    fn leave(&self) -> Result<Option<TurnEnded>> {
        self.finish_line()?;
        let what = "left before the turn has ended; it goes on";
        Err(Error::new(ErrorKind::Cancelled, what).hint(self.look()))
    }

    fn timed_out(&self) -> Result<Answer> {
        self.finish_line()?;
        let after = self.args.timeout.unwrap_or_default().as_secs_f64();
        let what = if self.watch.queued().is_some() {
            format!("no answer within {after} s; the question still waits for its turn")
        } else {
            format!("no answer within {after} s; the turn goes on")
        };
        Err(Error::new(ErrorKind::TimedOut, what).hint(self.look()))
    }

    fn look(&self) -> String {
        format!("see how it goes: oqtoctl session get {}", self.follow.session())
    }

    fn taken_back(&self) -> Error {
        Error::new(ErrorKind::Cancelled, "the question was taken back before its turn came").hint(self.look())
    }

    fn answer(self, ended: TurnEnded) -> Result<Answer> {
        let session = self.follow.session();
        let failed = |kind, what: &str| {
            let reason = ended.message.clone().map_or_else(|| what.to_owned(), |why| format!("{what}: {why}"));
            let error = Error::new(kind, reason);
            match &ended.hint {
                Some(hint) => error.hint(hint.clone()),
                None => error.hint(format!("oqtoctl session get {session}")),
            }
        };
        match ended.reason {
            TurnEnd::Done => {
                let texts = self.watch.into_texts();
                let answer = texts.last().cloned().unwrap_or_default();
                let (turn, usage, duration_ms) = (ended.turn, ended.usage, ended.duration_ms);
                Ok(Answer { session, turn, answer, texts, usage, duration_ms })
            }
            TurnEnd::Aborted => Err(failed(ErrorKind::Cancelled, "the turn was aborted")),
            TurnEnd::Error => Err(failed(ErrorKind::HarnessFailed, "the turn failed")),
            TurnEnd::Crashed => Err(failed(ErrorKind::HarnessFailed, "the agent crashed")),
        }
    }
}

async fn typed(lines: &mut Option<terminal::Lines>) -> Option<String> {
    match lines {
        Some(lines) => lines.next().await,
        None => std::future::pending().await,
    }
}

/// What a new main session is announced with.
fn announce(ctx: &Ctx, session: &SessionInfo) {
    ctx.note(&format!("new session {} in {}", session.id, escape::line(&listing::short(&session.workspace))));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeout_is_a_number_of_seconds() {
        assert_eq!(seconds("1.5"), Ok(Duration::from_millis(1500)));
        for wrong in ["0", "-1", "soon", "inf", "nan"] {
            assert!(seconds(wrong).is_err(), "{wrong}");
        }
    }
}
