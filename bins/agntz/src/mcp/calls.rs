//! How a call runs: the command line that it stands for is parsed and run as `main` would, with `--json`, one after the
//! other on one thread, since commands may change what belongs to the whole process.

use std::ffi::OsString;
use std::io::Write;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use clap::Parser as _;
use oqto_kit::style::Stream;
use oqto_kit::{App as _, Exit, Printer};
use serde::Deserialize;
use serde_json::value::RawValue;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

use crate::cli::Cli;

/// The most that a call may print, in bytes. More is of no use to a model.
const MOST: usize = 1 << 20;

/// What a call said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// The result, or what is wrong: JSON where the command prints JSON.
    pub(super) text: String,
    /// Warnings beside it.
    pub(super) warnings: String,
    /// Whether it failed.
    pub(super) failed: bool,
}

/// A call that waits for its turn.
pub(super) struct Call {
    pub(super) line: Vec<OsString>,
    pub(super) cancelled: CancellationToken,
    pub(super) answer: oneshot::Sender<Said>,
}

/// The thread that runs calls.
pub(super) struct Worker {
    queue: Sender<Call>,
    thread: JoinHandle<()>,
}

impl Worker {
    pub(super) fn start() -> std::io::Result<Self> {
        let (queue, calls) = channel::<Call>();
        let thread = std::thread::Builder::new().name("calls".into()).spawn(move || {
            for call in calls {
                // What nobody waits for any more does not begin.
                if !call.cancelled.is_cancelled() {
                    // Nobody is there to be told when the client has gone away meanwhile.
                    let _ = call.answer.send(run(&call.line));
                }
            }
        })?;
        Ok(Self { queue, thread })
    }

    pub(super) fn queue(&self) -> Sender<Call> {
        self.queue.clone()
    }

    /// Waits until everything that was queued is done.
    pub(super) fn finish(self) {
        drop(self.queue);
        // A panic in it has been printed.
        let _ = self.thread.join();
    }
}

/// Runs one command line, without the program's name.
fn run(line: &[OsString]) -> Said {
    let words = [OsString::from("agntz"), OsString::from("--json")].into_iter().chain(line.iter().cloned());
    let app = match Cli::try_parse_from(words) {
        Ok(app) => app,
        Err(error) => return Said { text: error.to_string(), warnings: String::new(), failed: true },
    };
    let (out, err) = (Captured::default(), Captured::default());
    let printer =
        Printer::new(app.flags(), (Box::new(out.clone()), Stream::Other), (Box::new(err.clone()), Stream::Other));
    let exit = oqto_kit::app::run_with(app, printer);
    judge(exit, &out.text(), err.text())
}

/// What `--json` prints: one of both.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope<'a> {
    #[serde(borrow)]
    ok: Option<&'a RawValue>,
    #[serde(borrow)]
    error: Option<&'a RawValue>,
}

/// What the output of a command says.
fn judge(exit: Exit, out: &str, warnings: String) -> Said {
    let (text, failed) = match serde_json::from_str(out) {
        Ok(Envelope { ok: Some(ok), error: None }) => (ok.get(), false),
        Ok(Envelope { ok: None, error: Some(error) }) => (error.get(), true),
        Ok(_) | Err(_) => (out, exit != Exit::DONE),
    };
    Said { text: text.to_owned(), warnings, failed }
}

/// A stream that keeps what is written to it.
#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Captured {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() + bytes.len() > MOST {
            let why = "the answer has more than a megabyte; ask for less, for example with a limit";
            // An error that follows must fit again.
            kept.clear();
            return Err(std::io::Error::other(why));
        }
        kept.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_envelope_is_opened_and_anything_else_is_passed_on() {
        let said = |text: &str, failed| Said { text: text.into(), warnings: String::new(), failed };
        let judged = |exit, out: &str| judge(exit, out, String::new());
        assert_eq!(judged(Exit::DONE, "{\"ok\":[1]}\n"), said("[1]", false));
        assert_eq!(judged(Exit::code(75), "{\"error\":{\"code\":\"x\"}}\n"), said("{\"code\":\"x\"}", true));
        assert_eq!(judged(Exit::NOTHING_FOUND, "{\"ok\":[]}\n"), said("[]", false));
        assert_eq!(judged(Exit::DONE, "# Issues\n"), said("# Issues\n", false));
        assert_eq!(judged(Exit::DONE, "{\"a\":1}\n{\"b\":2}\n"), said("{\"a\":1}\n{\"b\":2}\n", false));
    }

    #[test]
    fn too_much_is_refused() {
        let mut captured = Captured::default();
        captured.write_all(&vec![b'x'; MOST]).unwrap();
        assert!(captured.write_all(b"x").unwrap_err().to_string().contains("megabyte"));
        captured.write_all(b"the error fits").unwrap();
        assert_eq!(captured.text(), "the error fits");
    }

    #[test]
    fn a_wrong_line_says_what_is_wrong() {
        let said = run(&["mail".into(), "burn".into()]);
        assert!(said.failed && said.text.contains("burn"), "{said:?}");
    }
}
