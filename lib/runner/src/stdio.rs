//! The frames for a script: `channel` and `id` may be left out, a session that is made is subscribed to, a request
//! without `session` means the one made last. The end of input lets running turns finish.
//!
//! What the runner says is printed as the bytes that came, in their order; what the script says is completed and passed
//! on in its order. Only the making of a session is waited for, since the next line may mean it: so an answer or an abort
//! reaches the runner while another command is under way.

mod running;
mod script;

use bytes::Bytes;
use oqto_protocol::error::{ErrorKind, WireError};
use oqto_protocol::system::Hello;
use oqto_wire::greeting::hello_line;
use oqto_wire::source::{LineSink, LineSource, Received};
use oqto_wire::{Limits, Outgoing, pump, queue};

use script::Script;

/// Speaks for one script until its input has ended and its turns are over. `hello` is what the runner has said first, and
/// is what is printed first. Gives the exit code.
///
/// # Errors
/// When the script's own pipes (`cancelled`) or the connection (`unreachable`) fail.
pub async fn run<R, S, F, T>(
    input: &mut R,
    output: &mut S,
    hello: Hello,
    mut from_runner: F,
    to_runner: T,
) -> Result<u8, WireError>
where
    R: LineSource,
    S: LineSink,
    F: LineSource,
    T: LineSink,
{
    print(output, hello_line(hello).map_err(|error| pipe(&error))?).await?;
    let (outgoing, outbox) = queue(Limits::default());
    let sending = async {
        let _lost = pump(outbox, to_runner).await;
        // What the runner has said before it went is still read.
        std::future::pending().await
    };
    tokio::select! {
        code = speak(input, output, &mut from_runner, &outgoing) => code,
        never = sending => never,
    }
}

async fn speak<R, S, F>(
    input: &mut R,
    output: &mut S,
    from_runner: &mut F,
    outgoing: &Outgoing,
) -> Result<u8, WireError>
where
    R: LineSource,
    S: LineSink,
    F: LineSource,
{
    let mut script = Script::default();
    loop {
        if let Some(code) = script.is_over() {
            return Ok(code);
        }
        tokio::select! {
            line = from_runner.next_line() => match line.map_err(|_| lost())? {
                Some(Received::Line(line)) => {
                    if let Some(line) = script.runner_said(line) {
                        print(output, line).await?;
                    }
                }
                Some(Received::Refused(error)) => tracing::warn!(%error, "a line of the runner was refused"),
                None => return Err(lost()),
            },
            sent = send_first(outgoing, script.first_unsent()) => {
                sent?;
                script.first_is_sent();
            }
            line = input.next_line(), if script.takes_input() => {
                let refused = match line.map_err(|error| pipe(&error))? {
                    Some(Received::Line(line)) => script.script_said(&line),
                    Some(Received::Refused(error)) => Some(script.refusal(None, WireError::from(&error))),
                    None => {
                        script.input_is_over();
                        None
                    }
                };
                if let Some(refused) = refused {
                    print(output, refused).await?;
                }
            }
        }
    }
}

/// Sends the line that waits longest; waits for ever where there is none.
async fn send_first(outgoing: &Outgoing, line: Option<Bytes>) -> Result<(), WireError> {
    match line {
        // A runner that is gone is noticed when it is read from.
        Some(line) if !outgoing.is_closed() => outgoing.send(line).await.map_err(|_| lost()),
        Some(_) | None => std::future::pending().await,
    }
}

async fn print<S: LineSink>(output: &mut S, line: Bytes) -> Result<(), WireError> {
    output.feed(line).await.map_err(|error| pipe(&error))?;
    output.flush().await.map_err(|error| pipe(&error))
}

fn lost() -> WireError {
    WireError::new(ErrorKind::Unreachable, "the runner has closed the connection").with_hint("oqtoctl doctor")
}

fn pipe(error: &std::io::Error) -> WireError {
    WireError::new(ErrorKind::Cancelled, format!("the pipe is closed: {error}"))
}
