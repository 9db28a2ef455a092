//! `oqtoctl ask`: a question to an agent, its answer on stdout.

mod asking;
mod follow;
mod main_session;
pub(crate) mod question;
mod transcript;
mod watch;

use crate::client::Client;
use crate::listing;
use crate::place::Place;
use crate::target::{self, Reading};
use asking::{Answer, Asking, reached};
use follow::Follow;
use oqto_kit::{Ctx, Error, Exit, OrFail as _, Result, escape};
use oqto_protocol::command::Prompted;
use oqto_protocol::error::ErrorKind;
use oqto_protocol::session::SessionInfo;
use std::io::{IsTerminal as _, Read as _};
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::Instant;

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

pub(crate) fn run(ctx: &Ctx, place: &Place, args: &Args) -> Result<Exit> {
    let question = question_text(args.question.as_deref())?;
    let mut answer = ctx.block_on(Box::pin(ask(ctx, place, args, question)))?;
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
    let (follow, session, prompted) = tokio::select! {
        sent = sending => sent?,
        () = reached(deadline) => return Err(too_late_to_send(args.timeout)),
        _ = interrupts.recv() => return Err(Error::new(ErrorKind::Cancelled, "ended before the question was sent")),
    };
    if prompted.turn.is_none() {
        ctx.note(&waits(&session));
    }
    Asking::new(ctx, args, follow, &prompted, deadline, interrupts).run().await
}

async fn send<'a>(
    ctx: &'a Ctx,
    place: &'a Place,
    args: &Args,
    question: String,
) -> Result<(Follow<'a>, SessionInfo, Prompted)> {
    let (client, events) = place.open(ctx).await?;
    let session = session(ctx, &client, args).await?;
    let mut follow = Follow::begin(ctx, place, client, events, session.id).await?;
    let prompted = follow.prompt(question).await?;
    Ok((follow, session, prompted))
}

/// Why a question has to wait.
fn waits(session: &SessionInfo) -> String {
    match session.open_inputs {
        0 => "the session is busy; the question waits for its turn".to_owned(),
        _ => format!(
            "the agent waits for an answer itself (see: oqtoctl session answer {}); the question waits for its turn",
            session.id
        ),
    }
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

fn too_late_to_send(timeout: Option<Duration>) -> Error {
    let after = timeout.unwrap_or_default().as_secs_f64();
    let what = format!("the agent was not ready after {after} s; whether the question was sent is not known");
    Error::new(ErrorKind::TimedOut, what).hint("see: oqtoctl session list")
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
